"""Streams close their connections, however callers leave them."""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from collections.abc import Awaitable, Callable

import anyio
import anyio.lowlevel
import pytest

from client_settings import KEY
from completion_payloads import ASK, WHOLE_STREAM, chunk, sse, texts
from mistral_agents import Mistral
from mistral_agents.errors import StreamError
from mistral_agents.streams import AsyncEventStream, EventStream
from patience import PATIENCE_SECONDS
from raw_server import STREAM_HEAD, RawServer
from seam import seam, stream
from worlds import World, each_world


class Leave(Exception):  # noqa: N818  # it is not an error
    """Raised to leave a loop."""


def to_the_end(events: EventStream) -> None:
    """Read the whole stream."""
    assert texts(list(events)) == ["Hel", "lo", ""]


async def to_the_end_async(events: AsyncEventStream) -> None:
    """Read the whole stream."""
    assert texts([event async for event in events]) == ["Hel", "lo", ""]


def by_break(events: EventStream) -> None:
    """Leave the loop after the second event."""
    for number, _ in enumerate(events):
        if number:
            break


async def by_break_async(events: AsyncEventStream) -> None:
    """Leave the loop after the second event."""
    seen = 0
    async for _ in events:
        seen += 1
        if seen == 2:
            break


def by_exception(events: EventStream) -> None:
    """Leave the loop with an exception."""
    with contextlib.suppress(Leave):
        for _ in events:
            raise Leave


async def by_exception_async(events: AsyncEventStream) -> None:
    """Leave the loop with an exception."""
    with contextlib.suppress(Leave):
        async for _ in events:
            raise Leave


def by_with(events: EventStream) -> None:
    """Leave a `with` block before the first event."""
    with events as same:
        assert same is events


async def by_with_async(events: AsyncEventStream) -> None:
    """Leave a `with` block before the first event."""
    async with events as same:
        assert same is events


def by_break_in_with(events: EventStream) -> None:
    """Leave the loop after the first event, in a `with` block."""
    with events:
        for _ in events:
            break


async def by_break_in_with_async(events: AsyncEventStream) -> None:
    """Leave the loop after the first event, in a `with` block."""
    async with events:
        async for _ in events:
            break


def by_close(events: EventStream) -> None:
    """Close a stream that was not read, twice."""
    events.close()
    events.close()


async def by_close_async(events: AsyncEventStream) -> None:
    """Close a stream that was not read, twice."""
    await events.aclose()
    await events.aclose()


def by_closing_the_iterator(events: EventStream) -> None:
    """Close the iterator after one event."""
    iterator = iter(events)
    next(iterator)
    iterator.close()


async def by_closing_the_iterator_async(events: AsyncEventStream) -> None:
    """Close the iterator after one event."""
    iterator = aiter(events)
    await anext(iterator)
    await iterator.aclose()


def by_dropping_the_iterator(events: EventStream) -> None:
    """Drop the iterator after one event."""
    next(iter(events))
    gc.collect()


async def by_dropping_the_iterator_async(events: AsyncEventStream) -> None:
    """Drop the iterator after one event."""
    await anext(aiter(events))
    gc.collect()


def closed_soon(closed: Callable[[], bool]) -> bool:
    """Wait for the thread that closes dropped streams; return whether it closed this one."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not closed() and time.monotonic() < ends:
        threading.Event().wait(0.001)
    return closed()


each_way = pytest.mark.parametrize(
    ("leave", "leave_async"),
    [
        (to_the_end, to_the_end_async),
        (by_break, by_break_async),
        (by_exception, by_exception_async),
        (by_with, by_with_async),
        (by_break_in_with, by_break_in_with_async),
        (by_close, by_close_async),
        (by_closing_the_iterator, by_closing_the_iterator_async),
        (by_dropping_the_iterator, by_dropping_the_iterator_async),
    ],
    ids=lambda leave: leave.__name__.removesuffix("_async"),
)
Leaving = Callable[[EventStream], None]
LeavingAsync = Callable[[AsyncEventStream], Awaitable[None]]


async def until(done: Callable[[], bool]) -> None:
    """Let the event loop run, which closes dropped streams, until this one is closed, or for a hundred turns."""
    for _ in range(100):
        if not done():
            await anyio.lowlevel.checkpoint()


@each_way
@each_world
def test_the_body_is_closed(world: World, leave: Leaving, leave_async: LeavingAsync) -> None:
    """Whichever way a stream is left, its body is closed, nothing was read ahead, and it cannot be read further."""
    whole = leave is to_the_end
    end = [sse(chunk("", finish_reason="stop"))] if whole else [AssertionError("read ahead")]
    network = seam(stream(sse(chunk("Hel")), sse(chunk("lo")), *end))
    client = network.client()

    async def call() -> list[str]:
        events = await client.agents.stream_async(**ASK)
        await leave_async(events)
        await until(lambda: network.bodies[0].closed > 0)
        return texts([event async for event in events])

    def call_blocking() -> list[str]:
        events = client.agents.stream(**ASK)
        leave(events)
        assert closed_soon(lambda: network.bodies[0].closed > 0)
        return texts(list(events))

    try:
        again: object = world.run(call_blocking, call)
    except StreamError as error:
        again = type(error)
    assert again == ([] if whole else StreamError)
    assert network.bodies[0].closed > 0


@each_way
@each_world
def test_the_socket_is_closed(world: World, leave: Leaving, leave_async: LeavingAsync) -> None:
    """Whichever way a stream on a real connection is left, the server sees the connection close."""
    gone = []
    with RawServer(STREAM_HEAD + WHOLE_STREAM) as server:
        client = Mistral(KEY, server_url=server.url)

        async def call() -> None:
            async with client:
                await leave_async(await client.agents.stream_async(**ASK))
                gone.append(await anyio.to_thread.run_sync(server.left.wait, PATIENCE_SECONDS))

        def call_blocking() -> None:
            with client:
                leave(client.agents.stream(**ASK))
                gone.append(server.left.wait(PATIENCE_SECONDS))

        world.run(call_blocking, call)
    assert gone == [True]
