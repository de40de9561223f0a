"""Streams that nobody closes and answers that nobody reads: their connections are closed, or the test suite fails."""

from __future__ import annotations

import gc
import socket
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import anyio.to_thread
import httpcore  # noqa: F401  # a first import within a test would keep frames alive: tracebacks of failed imports
import httpx
import pytest

from client_settings import KEY
from completion_payloads import ASK, chunk, sse
from counting_service import CountingService
from mistral_agents import Mistral, _reaper, errors
from mistral_agents.models import UserMessage
from mistral_agents.streams import AsyncEventStream, EventStream
from new_process import WARNINGS
from patience import PATIENCE_SECONDS
from raw_server import STREAM_HEAD, RawServer
from seam import seam, stream
from streams.cycles import put_into_cycle
from worlds import World, each_world

pytest_plugins = ["pytester"]

UNFINISHED = STREAM_HEAD + sse(chunk("Hel"), chunk("lo"))


class Holder:
    """A pytest plugin whose fixture keeps objects alive after the tests."""

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []

    @pytest.fixture
    def held(self) -> list[socket.socket]:
        """Return a list that outlives the test."""
        return self.sockets


def unread(_: EventStream) -> None:
    """Read nothing of the stream."""


async def unread_async(_: AsyncEventStream) -> None:
    """Read nothing of the stream."""


def read_partly(stream: EventStream) -> None:
    """Read one event."""
    next(iter(stream))


async def read_partly_async(stream: AsyncEventStream) -> None:
    """Read one event."""
    await anext(aiter(stream))


def text_read_partly(stream: EventStream) -> None:
    """Read one piece of the text."""
    for _ in stream.text():
        break


async def text_read_partly_async(stream: AsyncEventStream) -> None:
    """Read one piece of the text."""
    async for _ in stream.text():
        break


def kept_in_a_cycle(stream: EventStream) -> None:
    """Read one event, and put stream and iterator into a reference cycle."""
    events = iter(stream)
    next(events)
    put_into_cycle(stream, events)


async def kept_in_a_cycle_async(stream: AsyncEventStream) -> None:
    """Read one event, and put stream and iterator into a reference cycle."""
    events = aiter(stream)
    await anext(events)
    put_into_cycle(stream, events)


Using = Callable[[EventStream], None]
UsingAsync = Callable[[AsyncEventStream], Awaitable[None]]


@pytest.mark.parametrize(
    ("use", "use_async"),
    [
        (unread, unread_async),
        (read_partly, read_partly_async),
        (text_read_partly, text_read_partly_async),
        (kept_in_a_cycle, kept_in_a_cycle_async),
    ],
    ids=lambda use: use.__name__.removesuffix("_async"),
)
@each_world
def test_a_stream_that_is_dropped(
    world: World, use: Using, use_async: UsingAsync, caplog: pytest.LogCaptureFixture
) -> None:
    """When a stream is no longer referenced, its connection is closed without a log line; its client stays open."""
    collected = use is kept_in_a_cycle
    with RawServer(UNFINISHED) as server:
        client = Mistral(KEY, server_url=server.url)

        async def use_and_drop() -> None:
            await use_async(await client.agents.stream_async(**ASK))

        async def call() -> bool:
            async with client:
                await use_and_drop()
                if collected:
                    gc.collect()
                return await anyio.to_thread.run_sync(server.left.wait, PATIENCE_SECONDS)

        def call_blocking() -> bool:
            with client:
                use(client.agents.stream(**ASK))
                if collected:
                    gc.collect()
                return server.left.wait(PATIENCE_SECONDS)

        left = world.run(call_blocking, call)
    assert (left, caplog.records) == (True, [])


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_stream_that_outlives_its_event_loop(backend: str, caplog: pytest.LogCaptureFixture) -> None:
    """An event loop closes its streams when it ends; dropping such a stream later does nothing."""
    with RawServer(UNFINISHED) as server:
        client = Mistral(KEY, server_url=server.url)

        async def call() -> tuple[object, ...]:
            stream = await client.agents.stream_async(**ASK)
            events = aiter(stream)
            return stream, events, await anext(events)

        kept = anyio.run(call, backend=backend)
        left = server.left.wait(PATIENCE_SECONDS)
        del kept
        gc.collect()
    # When a loop ends, asyncio closes all async generators at once; it logs that this fails for those of httpcore2.
    if httpx.__name__ == "httpx2":
        logged = [record for record in caplog.records if "closing of asynchronous generator" not in record.message]
    else:
        logged = caplog.records
    assert (left, logged) == (True, [])


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_streams_of_ended_event_loops_are_forgotten(backend: str) -> None:
    """A program that runs one event loop after another does not keep the streams that it left open in each."""
    client, before = seam(stream(sse(chunk("Hel"), chunk("lo")))).client(), len(_reaper._watch.open)

    async def call() -> object:
        opened = await client.agents.stream_async(**ASK)
        await anext(aiter(opened))
        return opened

    kept = [anyio.run(call, backend=backend) for _ in range(5)]
    assert len(_reaper._watch.open) - before <= 1
    del kept
    gc.collect()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_stream_that_is_dropped_right_before_its_client_closes(
    backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A stream that is left right before its client and its event loop end is closed together with the client."""
    with RawServer(UNFINISHED) as server:

        async def call() -> None:
            async with Mistral(KEY, server_url=server.url) as client:
                async for _ in await client.agents.stream_async(**ASK):
                    break

        anyio.run(call, backend=backend)
        left = server.left.wait(PATIENCE_SECONDS)
    assert (left, caplog.records) == (True, [])


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("status", "content_type", "expected"),
    [
        ("400 Bad Request", "application/json", errors.BadRequestError),
        ("503 Service Unavailable", "text/event-stream", errors.ServerError),
        ("200 OK", "text/html", errors.ResponseValidationError),
    ],
)
def test_an_answer_that_is_not_read_to_its_end(
    world: World, status: str, content_type: str, expected: type, *, streamed: bool
) -> None:
    """An error body or a body of the wrong type that is too large is not read to its end; its connection is closed."""
    left = []
    reply = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: 99999\r\n\r\n".encode() + b"." * 999
    with RawServer(reply) as server:
        client = Mistral(KEY, server_url=server.url, max_answer_bytes=99, retry_config=None)

        async def call() -> None:
            async with client:
                try:
                    await (client.agents.stream_async if streamed else client.agents.complete_async)(**ASK)
                finally:
                    left.append(await anyio.to_thread.run_sync(server.left.wait, PATIENCE_SECONDS))

        def call_blocking() -> None:
            with client:
                try:
                    (client.agents.stream if streamed else client.agents.complete)(**ASK)
                finally:
                    left.append(server.left.wait(PATIENCE_SECONDS))

        with pytest.raises(errors.MistralError) as caught:
            world.run(call_blocking, call)
    assert (type(caught.value), left) == (expected, [True])


def test_many_threads() -> None:
    """64 threads read streams of one client at once; each gets its own, complete; at the end no connection is open."""
    start = threading.Barrier(64)

    def ask(number: int) -> list[str]:
        start.wait(PATIENCE_SECONDS)
        asked = [UserMessage(content=f"question {number}, {turn}") for turn in range(3)]
        streams = (
            client.agents.stream(messages=[each], agent_id="ag_1", timeout_ms=PATIENCE_SECONDS * 1_000)
            for each in asked
        )
        return ["".join(stream.text()) for stream in streams]

    with CountingService("http") as service:
        with service.client(places=64) as client, ThreadPoolExecutor(64) as threads:
            answers = list(threads.map(ask, range(64)))
        assert service.settles_at(0)
    assert answers == [[f"question {number}, {turn}" for turn in range(3)] for number in range(64)]


def test_the_suite_fails_for_open_sockets(pytester: pytest.Pytester) -> None:
    """A test that leaves a socket open fails, whether the socket is dropped, in a cycle, or still referenced."""
    pytester.makeconftest(Path(__file__).parents[1].joinpath("conftest.py").read_text("utf-8"))
    pytester.makepyfile("""
        import socket

        def test_closed():
            socket.socket().close()

        def test_dropped():
            socket.socket()

        def test_in_a_cycle():
            cycle = [socket.socket()]
            cycle.append(cycle)

        def test_held(held):
            held.append(socket.socket())
    """)
    holder = Holder()
    outcomes = pytester.runpytest_inprocess(*WARNINGS, "-p", "no:asyncio", plugins=[holder]).parseoutcomes()
    for held in holder.sockets:
        held.close()
    assert outcomes == {"passed": 3, "failed": 1, "errors": 2}
