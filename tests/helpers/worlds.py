"""Ways to call a client (`World`): blocking, on asyncio and on trio."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import anyio
import pytest
from attrs import frozen

from mistral_agents import Mistral, _exchange
from mistral_agents.errors import MistralError
from mistral_agents.models import ChatCompletionResponse, CompletionEvent
from mistral_agents.structured import ParsedResponse
from mistral_agents.tools import ToolRun

T = TypeVar("T")


@frozen
class World:
    """One way to call a client: blocking, or on a new event loop of a backend. After a call it closes the client."""

    backend: str | None

    def __str__(self) -> str:
        return self.backend or "blocking"

    def run(self, blocking: Callable[[], T], awaiting: Callable[[], Awaitable[T]]) -> T:
        """Call the first function in the blocking world; in the others run the second on an event loop."""
        return blocking() if self.backend is None else anyio.run(awaiting, backend=self.backend)

    def run_coroutine(self, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run a coroutine function, on an event loop or without one; in the blocking world it must not wait."""
        return self.run(lambda: _exchange.run(call()), call)

    def complete(self, client: Mistral, **arguments: Any) -> ChatCompletionResponse:
        """Call `complete` or `complete_async`."""
        answered: ChatCompletionResponse = self._call(client, "complete", arguments)
        return answered

    def parse(self, client: Mistral, **arguments: Any) -> ParsedResponse[Any]:
        """Call `parse` or `parse_async`."""
        answered: ParsedResponse[Any] = self._call(client, "parse", arguments)
        return answered

    def run_tools(self, client: Mistral, **arguments: Any) -> ToolRun:
        """Call `run_tools` or `run_tools_async`."""
        ended: ToolRun = self._call(client, "run_tools", arguments)
        return ended

    def _call(self, client: Mistral, name: str, arguments: dict[str, Any]) -> Any:
        async def call() -> Any:
            async with client:
                return await getattr(client.agents, f"{name}_async")(**arguments)

        def call_blocking() -> Any:
            with client:
                return getattr(client.agents, name)(**arguments)

        return self.run(call_blocking, call)

    def stream(self, client: Mistral, **arguments: Any) -> list[CompletionEvent]:
        """Read the stream of `stream` or `stream_async` to its end."""
        events, error = self.read(client, **arguments)
        if error is not None:
            raise error
        return events

    def read(self, client: Mistral, **arguments: Any) -> tuple[list[CompletionEvent], MistralError | None]:
        """Read a stream to its end or until an error; return its events and the error."""
        return self.read_from(client, "agents", "stream", arguments)

    def read_from(
        self, client: Mistral, tag: str, method: str, arguments: dict[str, Any]
    ) -> tuple[list[Any], MistralError | None]:
        """Do the same with any streaming method."""
        events: list[Any] = []
        methods = getattr(client, tag)

        async def call() -> None:
            async with client:
                async for event in await getattr(methods, f"{method}_async")(**arguments):
                    events.append(event)  # noqa: PERF401  # keeps the events before an error

        def call_blocking() -> None:
            with client:
                for event in getattr(methods, method)(**arguments):
                    events.append(event)  # noqa: PERF402  # keeps the events before an error

        try:
            self.run(call_blocking, call)
        except MistralError as error:
            return events, error
        return events, None


WORLDS = [World(None), World("asyncio"), World("trio")]
each_world = pytest.mark.parametrize("world", WORLDS, ids=str)
