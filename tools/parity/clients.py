"""Calls either client, blocking or async; their methods have the same names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from .case import Arguments
from .methods import Method


class Ask(Protocol):
    """Calls a method; returns its answer, or the events of its stream."""

    def __call__(self, method: Method, arguments: Arguments) -> Any:
        """Call the method. Errors that the client raises are not caught."""
        ...


class Pair(NamedTuple):
    """Both clients, called in the same way."""

    ours: Ask
    theirs: Ask


def asking(client: Any) -> Ask:
    """Return a function that calls the blocking methods of a client."""

    def ask(method: Method, arguments: Arguments) -> Any:
        call = _method(client, method, "")
        if not method.streams:
            return _page(call(**arguments, retries=None))
        with call(**arguments, retries=None) as stream:
            return list(stream)

    return ask


class AsyncClients:
    """A context manager that opens both clients in one event loop."""

    def __init__(self, ours: Callable[[], Any], theirs: Callable[[], Any]) -> None:
        self._make = ours, theirs
        self._runner = asyncio.Runner()
        self._clients: list[Any] = []

    def __enter__(self) -> Self:
        async def enter() -> None:
            for make in self._make:
                self._clients.append(await make().__aenter__())

        self._runner.run(enter())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        async def leave() -> None:
            for client in self._clients:
                await client.__aexit__(kind, error, traceback)

        self._runner.run(leave())
        self._runner.close()

    @property
    def pair(self) -> Pair:
        """Both clients, called by their async methods."""
        return Pair(*map(self._asking, self._clients))

    def _asking(self, client: Any) -> Ask:
        async def ask_async(method: Method, arguments: Arguments) -> Any:
            answer = await _method(client, method, "_async")(**arguments, retries=None)
            if not method.streams:
                return _page(answer)
            async with answer as stream:
                return [event async for event in stream]

        return lambda method, arguments: self._runner.run(ask_async(method, arguments))


def _method(client: Any, method: Method, suffix: str) -> Any:
    resource = client
    for name in method.resource.split("."):
        resource = getattr(resource, name)
    return getattr(resource, method.name + suffix)


def _page(answer: Any) -> Any:
    """Return a page in the contract's form: `answer` of our page, `result` of the SDK's page if pages have tokens."""
    for name, beside in (("answer", "items"), ("result", "next")):
        if hasattr(answer, name) and hasattr(answer, beside):
            return getattr(answer, name)
    return answer


__all__ = ["Ask", "AsyncClients", "Pair", "asking"]
