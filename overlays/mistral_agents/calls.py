"""`Calls`: runs any operation of the contract, blocking or async, as an answer, a stream or a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

from ._answer import read_answer
from ._attempts import attempt
from ._exchange import Exchange, run
from ._options import OPTIONS, STREAM_OPTIONS, Settings
from ._request import Call, prepare
from .errors import InvalidArgumentError
from .responses import info_of, remember

if TYPE_CHECKING:
    import httpx

    from mistral_agents_api.operation import Operation

    from ._connections import Connections
    from ._transport import AnyClient
    from .paging import AsyncPage, Page
    from .streams import AsyncEventStream, EventStream

    A = TypeVar("A")
    E = TypeVar("E")
    I = TypeVar("I")  # noqa: E741  # as the compiled package calls it

# The module and class of each family of events, by the schema of an event's data.
FAMILIES = {
    "CompletionChunk": ("_completions", "Completions"),
    "ConversationEventsData": ("_conversations", "Conversations"),
}
# Options of other SDKs, and their names here.
ELSEWHERE = {
    "api_base": "server_url",
    "base_url": "server_url",
    "body": "extra_body",
    "deadline": "deadline_ms",
    "extra_headers": "http_headers",
    "headers": "http_headers",
    "idle_timeout": "idle_timeout_ms",
    "http_client": "client",
    "max_retries": "retries",
    "params": "extra_query",
    "query": "extra_query",
    "retry_config": "retries",
    "timeout": "timeout_ms",
}


_NOT_IN_THE_CONTRACT = "to send a field that the contract does not have, use extra_body"


class WrongKeywordError(InvalidArgumentError, TypeError):
    """A method got an argument that is unknown or has no name, or lacks a required one; nothing was sent."""


class Calls:
    """Runs operations, with the settings and the connections of one client."""

    def __init__(self, settings: Settings, connections: Connections) -> None:
        self.settings, self.connections = settings, connections

    def call(self, operation: Operation[A, Any, Any], arguments: Mapping[str, Any]) -> A:
        """Return an answer."""
        return run(self._answer(operation, arguments, self.connections.client))

    async def call_async(self, operation: Operation[A, Any, Any], arguments: Mapping[str, Any]) -> A:
        """Return an answer."""
        return await self._answer(operation, arguments, self.connections.async_client)

    def stream(self, operation: Operation[A, E, Any], arguments: Mapping[str, Any]) -> EventStream[E, A]:
        """Return a stream, once its first event has arrived."""
        from .streams import EventStream

        call, open_ = self._prepare_stream(operation, arguments)
        return EventStream(run(attempt(self.connections.client(call.url), call, open_)))

    async def stream_async(
        self, operation: Operation[A, E, Any], arguments: Mapping[str, Any]
    ) -> AsyncEventStream[E, A]:
        """Return a stream, once its first event has arrived."""
        from .streams import AsyncEventStream

        call, open_ = self._prepare_stream(operation, arguments)
        return AsyncEventStream(await attempt(self.connections.async_client(call.url), call, open_))

    def page(self, operation: Operation[A, Any, I], arguments: Mapping[str, Any]) -> Page[I, A]:
        """Return a page of a list."""
        from .paging import Page

        answer = run(self._answer(operation, arguments, self.connections.client))
        return Page(operation, dict(arguments), answer, self.page)

    async def page_async(self, operation: Operation[A, Any, I], arguments: Mapping[str, Any]) -> AsyncPage[I, A]:
        """Return a page of a list."""
        from .paging import AsyncPage

        answer = await self._answer(operation, arguments, self.connections.async_client)
        return AsyncPage(operation, dict(arguments), answer, self.page_async)

    def wrong_keywords(
        self, method: str, unknown: Collection[str], missing: Collection[str], known: Collection[str], *, unnamed: int
    ) -> Exception:
        """Make the error for a call with wrong arguments; it is also a TypeError. `unnamed`: how many have no name."""
        otherwise = f"did you mean {min(missing)!r}?" if len(missing) == len(unknown) == 1 else _NOT_IN_THE_CONTRACT
        said = [f"takes only arguments with names, and got {unnamed} without"] if unnamed else []
        said += [_unexpected(name, _advice(name, known, otherwise)) for name in sorted(unknown)]
        if missing:
            said.append(f"missing: {', '.join(sorted(missing))}")
        return WrongKeywordError(f"{method}() {'; '.join(said)}")

    async def _answer(
        self, operation: Operation[A, Any, Any], arguments: Mapping[str, Any], client: Callable[[httpx.URL], AnyClient]
    ) -> A:
        async def answer_to(exchange: Exchange) -> tuple[Any, Exchange]:
            return await read_answer(exchange), exchange

        call = self._prepare(operation, arguments, streamed=False)
        data, exchange = await attempt(client(call.url), call, answer_to)
        exchange.tell("end")
        answer: A = remember(data, info_of(exchange))
        return answer

    def __getstate__(self) -> dict[str, Any]:
        key = self.settings.api_key
        # A pickle contains a function or a class only by name. Of any other object (a str, a method, a partial) it
        # contains the content, and that may include the key.
        if key is not None and not isinstance(key, FunctionType | type):
            raise TypeError(
                "a Mistral that holds a key cannot be pickled: set MISTRAL_API_KEY, or give api_key a function that is "
                "defined in a module, because a pickle contains only its name"
            )
        return self.__dict__

    def _prepare_stream(
        self, operation: Operation[Any, Any, Any], arguments: Mapping[str, Any]
    ) -> tuple[Call, Callable[[Exchange], Awaitable[Any]]]:
        from ._events import Family
        from ._reading import Reading

        call, kind, stream = self._prepare(operation, arguments, streamed=True), Family, operation.stream
        assert stream is not None, f"{operation.name} has no stream"  # noqa: S101  # only streaming methods come here
        if stream.schema in FAMILIES:
            module, name = FAMILIES[stream.schema]
            kind = getattr(import_module(f".{module}", __package__), name)
        # Each attempt has its own reader. The family depends only on the request, so all attempts share it.
        return call, partial(Reading.open, family=kind(stream, call.body))

    def _prepare(self, operation: Operation[Any, Any, Any], arguments: Mapping[str, Any], *, streamed: bool) -> Call:
        return prepare(operation, arguments, self.settings, streamed=streamed)


def wrong_settings(unknown: Collection[str], known: Collection[str]) -> Exception:
    """Make the error for unknown settings of a client."""
    names = {"retries": "retry_config", "max_retries": "retry_config"}
    hints = {each: _advice(names.get(each, each), known, "help(Mistral) lists them") for each in sorted(unknown)}
    return WrongKeywordError(f"Mistral() {'; '.join(_unexpected(*each) for each in hints.items())}")


def _unexpected(name: str, hint: str) -> str:
    return f"got an unexpected keyword argument {name!r}; {hint}"


def _advice(name: str, known: Collection[str], otherwise: str = _NOT_IN_THE_CONTRACT) -> str:
    """Return a hint at what an unknown keyword argument may mean."""
    if name in known:
        return f"it is called {name!r} here"
    if name in ELSEWHERE and ELSEWHERE[name] in known:
        return f"it is called {ELSEWHERE[name]!r} here"
    if name in STREAM_OPTIONS - OPTIONS:
        return "only streams take it"
    import difflib  # slow to import, and seldom needed

    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else otherwise


__all__ = ["Calls", "WrongKeywordError"]
