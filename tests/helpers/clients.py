"""A fake network (`Seam`), and ways to call a client (`World`): blocking, on asyncio and on trio."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from typing import Any, Self, TypeVar

import anyio
import httpx
import pytest
from attrs import define, field, frozen

from mistral_agents import BackoffStrategy, Mistral, RetryConfig, _exchange
from mistral_agents.errors import MistralError
from mistral_agents.models import ChatCompletionResponse, CompletionEvent
from mistral_agents.structured import ParsedResponse
from mistral_agents.tools import ToolRun

T = TypeVar("T")

KEY = "the-secret-key"
ASK: dict[str, Any] = {"messages": [{"role": "user", "content": "Hello"}], "agent_id": "ag_1"}
FILL_IN: dict[str, Any] = {"model": "codestral-2405", "prompt": "def", "suffix": "return a+b"}
PATIENCE_SECONDS = 10
"""How long to wait for something that should happen at once; after that a test fails."""
WARNINGS = ["-W", "error"]
"""Options with which a test starts another pytest: warnings are errors."""
if httpx.__name__ == "httpx2":
    # `make test-httpx2` adds a .pth file that imports httpx2, and with it anyio, when Python starts. anyio is a pytest
    # plugin, and pytest warns that it cannot rewrite the asserts of a plugin that is already imported.
    WARNINGS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
AT_ONCE = RetryConfig(backoff=BackoffStrategy(initial_interval=0))
"""The default retries, without waits."""

ANSWER: dict[str, Any] = {
    "id": "a1",
    "object": "chat.completion",
    "model": "mistral-medium-latest",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}


def chunk(text: str, index: int = 0, finish_reason: str | None = None) -> dict[str, Any]:
    """Make a chunk with one choice. It has the field `object`, so that the client reads it in the fast way."""
    choice = {"index": index, "delta": {"content": text}, "finish_reason": finish_reason}
    return {"object": "chat.completion.chunk", "choices": [choice]}


def sse(*events: object) -> bytes:
    """Return events as a server writes them; a string is written unchanged, anything else as JSON."""
    texts = (event if isinstance(event, str) else json.dumps(event) for event in events)
    return "".join(f"data: {text}\n\n" for text in texts).encode()


WHOLE_STREAM = sse(chunk("Hel"), chunk("lo"), chunk("", finish_reason="stop"), "[DONE]")


def texts(events: list[CompletionEvent]) -> list[str]:
    """Return, for each event that has a choice, the text that it adds to the first choice."""
    return [str(event.data.choices[0].delta.content) for event in events if event.data.choices]


@frozen
class Pieces:
    """Makes an iterator asynchronous. Not an async generator, because trio warns if one does not run to its end."""

    iterator: Iterator[bytes]

    def __aiter__(self) -> Pieces:
        return self

    async def __anext__(self) -> bytes:
        for piece in self.iterator:
            return piece
        raise StopAsyncIteration


@define
class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an answer: gives its pieces in turn, raises those that are errors, counts how often it is closed."""

    pieces: tuple[bytes | BaseException, ...]
    closed: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    def __aiter__(self) -> AsyncIterator[bytes]:
        return Pieces(iter(self))

    def close(self) -> None:
        """Count this call."""
        self.closed += 1

    async def aclose(self) -> None:
        """Count this call."""
        self.closed += 1


@frozen
class Answer:
    """An answer of the service."""

    status: int
    headers: Mapping[str, str]
    pieces: tuple[bytes | BaseException, ...]


def answer(
    body: object = ANSWER, status: int = 200, content_type: str | None = "application/json", **headers: str
) -> Answer:
    """Make an answer whose body is these bytes, or anything else as JSON; `_` in a header's name means `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if content_type is not None:
        named["content-type"] = content_type
    return Answer(status, named, (body if isinstance(body, bytes) else json.dumps(body).encode(),))


def stream(*pieces: bytes | BaseException, **headers: str) -> Answer:
    """Make an answer that is a stream and arrives in these pieces."""
    return Answer(200, answer(b"", 200, "text/event-stream", **headers).headers, pieces)


@define
class Seam:
    """Replaces the network: gives the answers in turn, repeats the last one, and keeps all requests and bodies."""

    answers: tuple[Answer | Exception, ...]
    requests: list[httpx.Request] = field(factory=list)
    bodies: list[Body] = field(factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request; a handler for httpx.MockTransport."""
        self.requests.append(request)
        now = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(now, Exception):
            raise now
        self.bodies.append(Body(now.pieces))
        return httpx.Response(now.status, headers=now.headers, stream=self.bodies[-1])

    @property
    def sent(self) -> Any:
        """The JSON body of the first request."""
        return json.loads(self.requests[0].content)

    def client(self, **options: Any) -> Mistral:
        """Make a client whose requests come to this seam."""
        transport = httpx.MockTransport(self)
        http = {"client": httpx.Client(transport=transport), "async_client": httpx.AsyncClient(transport=transport)}
        return Mistral(**{"api_key": KEY, "retry_config": AT_ONCE, **http, **options})


def seam(*answers: Answer | Exception) -> Seam:
    """Make a seam that gives these answers."""
    return Seam(answers or (answer(),))


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
# For a module's `pytestmark`: trio warns about async generators that did not run to their end, and httpx has some.
httpx_generators = pytest.mark.filterwarnings("ignore:Async generator 'http(x|core):ResourceWarning")


STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
"""The head of a stream whose body ends when its connection is closed."""
KEPT_ALIVE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n" + b'{"choices": []}'
"""An answer without choices, after which the connection stays open."""


def put_into_cycle(*kept: object) -> None:
    """Put objects into a list that contains itself, so that only the garbage collector frees them."""
    cycle: list[object] = [*kept]
    cycle.append(cycle)


class RawServer:
    """Accepts one connection on loopback, sends fixed bytes, and waits until the client closes the connection."""

    def __init__(self, reply: bytes) -> None:
        self._reply = reply
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.asked = threading.Event()
        """Set when a request has begun to arrive and the reply is out."""
        self.left = threading.Event()
        """Set when the client has closed the connection."""
        self.received = b""
        """The first byte of the request, if any arrived."""

    def _serve(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:  # the server was stopped before a client connected
            return
        with connection:
            connection.settimeout(PATIENCE_SECONDS)
            self.received = connection.recv(1)
            connection.sendall(self._reply)
            self.asked.set()
            with contextlib.suppress(ConnectionResetError):
                while connection.recv(65_536):
                    pass
            self.left.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        with contextlib.suppress(OSError):  # not every system can shut down a listening socket
            self._listener.shutdown(socket.SHUT_RDWR)  # ends a waiting accept()
        self._listener.close()
        self._thread.join()
