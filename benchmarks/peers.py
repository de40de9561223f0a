"""The clients of the SDKs of Mistral and OpenAI, for comparison. Each SDK is installed in an environment of its own."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from .clients import ASK, KEY, TALK, Take, said_by


class MistralAI:
    """Mistral's own SDK."""

    def __init__(self, server_url: str) -> None:
        # The package is imported by name, because the type checkers run in an environment without it.
        self._client = importlib.import_module("mistralai.client").Mistral(api_key=KEY, server_url=server_url)

    def stream(self, take: Take) -> None:
        with self._client.agents.stream(**ASK) as stream:
            for event in stream:
                for choice in event.data.choices:
                    content = choice.delta.content
                    take(content if isinstance(content, str) else said_by(choice.delta))

    async def stream_async(self, take: Take) -> None:
        async with await self._client.agents.stream_async(**ASK) as stream:
            async for event in stream:
                for choice in event.data.choices:
                    content = choice.delta.content
                    take(content if isinstance(content, str) else said_by(choice.delta))

    def converse(self, take: Take) -> None:
        with self._client.beta.conversations.start_stream(**TALK) as stream:
            for event in stream:
                if event.data.type == "message.output.delta":
                    take(str(event.data.content))

    async def converse_async(self, take: Take) -> None:
        async with await self._client.beta.conversations.start_stream_async(**TALK) as stream:
            async for event in stream:
                if event.data.type == "message.output.delta":
                    take(str(event.data.content))

    def complete(self) -> str:
        return str(self._client.agents.complete(**ASK).choices[0].message.content)

    async def complete_async(self) -> str:
        return str((await self._client.agents.complete_async(**ASK)).choices[0].message.content)

    @staticmethod
    def reader(texts: Sequence[str]) -> Callable[[], None]:
        chunks, model = list(map(json.loads, texts)), importlib.import_module("mistralai.client.models").CompletionChunk

        def read() -> None:
            for chunk in chunks:
                model.model_validate(chunk)

        return read

    async def prepare_async(self, streams: int) -> None:
        if streams > 100:
            raise NotImplementedError("its pool has 100 connections")

    def close(self) -> None:
        self._client.__exit__(None, None, None)

    async def aclose(self) -> None:
        await self._client.__aexit__(None, None, None)


class OpenAI:
    """OpenAI's SDK. It reads the same chunks, but sends its requests to another path."""

    def __init__(self, server_url: str) -> None:
        self._settings = {"api_key": KEY, "base_url": f"{server_url}/v1"}
        self._ask = {"model": "any", "messages": ASK["messages"]}
        self._client = importlib.import_module("openai").OpenAI(**self._settings)

    @cached_property
    def _async_client(self) -> Any:
        return importlib.import_module("openai").AsyncOpenAI(**self._settings)

    def stream(self, take: Take) -> None:
        with self._client.chat.completions.create(**self._ask, stream=True) as stream:
            for event in stream:
                for choice in event.choices:
                    content = choice.delta.content
                    take(content if isinstance(content, str) else self._said_by(choice.delta))

    async def stream_async(self, take: Take) -> None:
        async with await self._async_client.chat.completions.create(**self._ask, stream=True) as stream:
            async for event in stream:
                for choice in event.choices:
                    content = choice.delta.content
                    take(content if isinstance(content, str) else self._said_by(choice.delta))

    def converse(self, take: Take) -> None:
        raise NotImplementedError("it has no conversations of this kind")

    async def converse_async(self, take: Take) -> None:
        raise NotImplementedError("it has no conversations of this kind")

    def complete(self) -> str:
        return str(self._client.chat.completions.create(**self._ask).choices[0].message.content)

    async def complete_async(self) -> str:
        return str((await self._async_client.chat.completions.create(**self._ask)).choices[0].message.content)

    @staticmethod
    def reader(texts: Sequence[str]) -> Callable[[], None]:
        raise NotImplementedError("its way to read a chunk is not public")

    async def prepare_async(self, streams: int) -> None:  # noqa: ARG002  # its pool is for 1,000
        self._async_client  # noqa: B018  # made on first use

    def close(self) -> None:
        self._client.close()

    async def aclose(self) -> None:
        await self._async_client.close()

    @staticmethod
    def _said_by(delta: Any) -> str:
        if delta.content is not None:
            raise NotImplementedError("its content is only text")
        return said_by(delta)
