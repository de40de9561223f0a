"""The clients that are measured: each reads the text of an answer, in the same way.

`Httpx` is the baseline, B. `participants.py` says which clients take part, and with which packages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Protocol

Take = Callable[[str], object]
KEY = "benchmark"
ASK: dict[str, Any] = {
    "messages": [{"role": "user", "content": "How do I get to the café by the river?"}],
    "agent_id": "ag_benchmark",
}
TALK: dict[str, Any] = {"inputs": "How do I get to the café by the river?", "agent_id": "ag_benchmark"}


class Client(Protocol):
    """Reads the answers at one address. If a client cannot do something, that method raises NotImplementedError."""

    def __init__(self, server_url: str) -> None: ...

    def stream(self, take: Take) -> None:
        """Read a stream, and give each piece of its text to `take`, as it comes."""

    async def stream_async(self, take: Take) -> None:
        """Do the same on an event loop."""

    def converse(self, take: Take) -> None:
        """Read the stream of a conversation in the same way."""

    async def converse_async(self, take: Take) -> None:
        """Do the same on an event loop."""

    def complete(self) -> str:
        """Return the text of a JSON answer."""
        ...

    async def complete_async(self) -> str:
        """Do the same on an event loop."""
        ...

    @staticmethod
    def reader(texts: Sequence[str]) -> Callable[[], None]:
        """Return a function that reads the chunks of a stream: the time of its call is measured.

        The JSON is parsed beforehand, and the function makes models from it. B has no models: its function parses the
        JSON.
        """
        ...

    async def prepare_async(self, streams: int) -> None:
        """Get ready for `streams` streams at once: make the async client now instead of in the first call."""

    def close(self) -> None:
        """Close the connections of synchronous calls."""

    async def aclose(self) -> None:
        """Close the connections of asynchronous calls."""


class Httpx:
    """B: httpx, json and plain dicts, with the time limits and the pool of `Mistral`."""

    def __init__(self, server_url: str) -> None:
        import httpx

        self._url, self._conversations = f"{server_url}/v1/agents/completions", f"{server_url}/v1/conversations"
        self._settings: dict[str, Any] = {
            "timeout": httpx.Timeout(300, connect=10),
            "limits": httpx.Limits(max_connections=1_000, max_keepalive_connections=100),
            "headers": {"authorization": f"Bearer {KEY}"},
        }
        self._client = httpx.Client(**self._settings)

    @cached_property
    def _async_client(self) -> Any:
        import httpx

        return httpx.AsyncClient(**self._settings)

    def stream(self, take: Take) -> None:
        rest = b""
        with self._client.stream("POST", self._url, json={**ASK, "stream": True}) as response:
            for piece in response.iter_bytes():
                rest = take_texts(rest + piece, take)

    async def stream_async(self, take: Take) -> None:
        rest = b""
        async with self._async_client.stream("POST", self._url, json={**ASK, "stream": True}) as response:
            async for piece in response.aiter_bytes():
                rest = take_texts(rest + piece, take)

    def converse(self, take: Take) -> None:
        rest = b""
        with self._client.stream("POST", self._conversations, json={**TALK, "stream": True}) as response:
            for piece in response.iter_bytes():
                rest = take_said(rest + piece, take)

    async def converse_async(self, take: Take) -> None:
        rest = b""
        async with self._async_client.stream("POST", self._conversations, json={**TALK, "stream": True}) as response:
            async for piece in response.aiter_bytes():
                rest = take_said(rest + piece, take)

    def complete(self) -> str:
        return content_of(self._client.post(self._url, json=ASK).content)

    async def complete_async(self) -> str:
        return content_of((await self._async_client.post(self._url, json=ASK)).content)

    @staticmethod
    def reader(texts: Sequence[str]) -> Callable[[], None]:
        def read() -> None:
            for text in texts:
                json.loads(text)

        return read

    async def prepare_async(self, streams: int) -> None:  # noqa: ARG002  # its pool is for 1,000
        self._async_client  # noqa: B018  # made on first use

    def close(self) -> None:
        self._client.close()

    async def aclose(self) -> None:
        await self._async_client.aclose()


class MistralAgents:
    """This library. Its process decides whether it finds the packages of its extras."""

    def __init__(self, server_url: str) -> None:
        from mistral_agents import Mistral

        self._client = Mistral(KEY, server_url=server_url)

    def stream(self, take: Take) -> None:
        for event in self._client.agents.stream(**ASK):
            for choice in event.data.choices:
                content = choice.delta.content
                take(content if isinstance(content, str) else said_by(choice.delta))

    async def stream_async(self, take: Take) -> None:
        async for event in await self._client.agents.stream_async(**ASK):
            for choice in event.data.choices:
                content = choice.delta.content
                take(content if isinstance(content, str) else said_by(choice.delta))

    def converse(self, take: Take) -> None:
        for event in self._client.conversations.start_stream(**TALK):
            if event.data.type == "message.output.delta":
                take(str(event.data.content))

    async def converse_async(self, take: Take) -> None:
        async for event in await self._client.conversations.start_stream_async(**TALK):
            if event.data.type == "message.output.delta":
                take(str(event.data.content))

    def complete(self) -> str:
        answer: Any = self._client.agents.complete(**ASK)
        return str(answer.choices[0].message.content)

    async def complete_async(self) -> str:
        answer: Any = await self._client.agents.complete_async(**ASK)
        return str(answer.choices[0].message.content)

    @staticmethod
    def reader(texts: Sequence[str]) -> Callable[[], None]:
        from mistral_agents.models import CompletionChunk

        chunks = [json.loads(text) for text in texts]

        def read() -> None:
            for chunk in chunks:
                CompletionChunk.from_dict(chunk)

        return read

    async def prepare_async(self, streams: int) -> None:  # noqa: ARG002  # its pool is for 1,000
        self._client.connections.get_async_httpx_client()

    def close(self) -> None:
        self._client.close()

    async def aclose(self) -> None:
        await self._client.aclose()


class MistralAgentsConcurrency(MistralAgents):
    """This library with the httpx client that `mistral_agents.concurrency` has for many streams at once."""

    def __init__(self, server_url: str) -> None:
        from mistral_agents import Mistral
        from mistral_agents.concurrency import AsyncShardedClient

        self._sharded = AsyncShardedClient()
        self._client = Mistral(KEY, server_url=server_url, async_client=self._sharded)

    async def aclose(self) -> None:
        await super().aclose()
        await self._sharded.aclose()


def take_texts(received: bytes, take: Take) -> bytes:
    """Take the text of each whole event; return the bytes after them."""
    *events, rest = received.split(b"\n\n")
    for event in events:
        data = event[6:]
        if data == b"[DONE]":
            continue
        for choice in json.loads(data)["choices"]:
            delta = choice["delta"]
            content = delta.get("content")
            take(content if isinstance(content, str) else said_in(delta))
    return rest


def take_said(received: bytes, take: Take) -> bytes:
    """Take the text of each whole event of a conversation; return the bytes after them."""
    *events, rest = received.split(b"\n\n")
    for event in events:
        name, _, data = event.partition(b"\n")
        if name == b"event: message.output.delta":
            take(json.loads(data[6:])["content"])
        else:
            json.loads(data[6:])
    return rest


def said_in(delta: dict[str, Any]) -> str:
    """Return the text that the tool calls and the content parts of a delta add."""
    functions = [call["function"] for call in delta.get("tool_calls") or []]
    parts = [part for each in delta.get("content") or [] for part in each.get("thinking", [each])]
    said = [function["name"] + function["arguments"] for function in functions]
    return "".join(said + [part["text"] for part in parts])


def said_by(delta: Any) -> str:
    """Return the same text for a delta that is a model of this library or of another SDK."""
    functions = [call.function for call in delta.tool_calls or []]
    parts = [part for each in delta.content or [] for part in getattr(each, "thinking", [each])]
    said = [(function.name or "") + function.arguments for function in functions]
    return "".join(said + [part.text for part in parts])


def content_of(body: bytes) -> str:
    """Return the text of a JSON answer."""
    text: str = json.loads(body)["choices"][0]["message"]["content"]
    return text
