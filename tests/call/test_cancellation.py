"""A call or stream that is cancelled or interrupted, anywhere, leaves no connection open and frees its pool slot."""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx
import pytest

from cancelling import (
    Call,
    Interrupted,
    backend_of,
    cancelled,
    cancelled_at_every_await,
    cancelled_while_waiting,
    complete,
    each_cancelling,
    final_response,
    stream,
)
from client_settings import KEY
from completion_payloads import ASK, texts
from counting_service import ROUTES, SUSPICIOUS, CountingService
from mistral_agents import Mistral
from mistral_agents._clock import Clock
from mistral_agents.errors import APIConnectionError
from mistral_agents.testing import STALL, RecordedRequest, Reply, StubServer, in_turn
from mistral_agents.testing.openapi.contract import PATH
from patience import PATIENCE_SECONDS
from worlds import World, each_world


def complete_blocking(client: Mistral) -> object:
    """Call `complete`; return the text of the answer."""
    return client.agents.complete(**ASK).choices[0].message.content


def stream_blocking(client: Mistral) -> object:
    """Read a stream to its end; return its texts."""
    return texts(list(client.agents.stream(**ASK)))


@pytest.mark.parametrize(
    ("route", "call", "busy", "whole"),
    [
        *((route, complete, False, "Hi") for route in ROUTES),
        *((route, stream, False, ["Hel", "lo", ""]) for route in ROUTES),
        ("http", complete, True, "Hi"),
        ("http", final_response, False, "Hello"),
    ],
)
@each_cancelling
def test_at_every_await(cancelling: str, route: str, call: Call, whole: object, *, busy: bool) -> None:
    """A call that is cancelled at any await ends there, frees the pool's only slot, and leaves no connection open."""
    with CountingService(route) as service:
        results = cancelled_at_every_await(service, CountingService.client, call, cancelling, busy=busy)
    assert results == [None] * (len(results) - 1) + [whole]


@each_cancelling
def test_waiting_for_a_connection_slot(cancelling: str) -> None:
    """A call that is cancelled in the moment it gets the pool's only slot leaves the slot to the next call."""
    assert cancelled_while_waiting(CountingService.client, cancelling) == (None, "Hi")


@each_cancelling
def test_a_connection_that_was_given_back(cancelling: str) -> None:
    """Cancelling a call that was redirected does not close the first connection, which went back to the pool."""
    asked = threading.Event()

    def stall(_: RecordedRequest) -> Reply:
        asked.set()
        return Reply(None, body=[STALL])

    async def call() -> object:
        async with httpx.AsyncClient(follow_redirects=True, trust_env=False) as own:
            client = Mistral(KEY, server_url=near.url, async_client=own)
            cancels: list[Callable[[], object]] = []
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(cancelled, complete(client), cancelling, lambda _, cancel: cancels.append(cancel))
                assert await anyio.to_thread.run_sync(asked.wait, PATIENCE_SECONDS)
                cancels[0]()
            return await complete(client)

    with StubServer(respond=stall) as far:
        moved = Reply(307, [("location", far.url + PATH), ("content-length", "0")])
        with StubServer(respond=in_turn(moved, None)) as near:
            answer = anyio.run(call, backend=backend_of(cancelling))
    assert answer == "This is the answer to: Hello"
    assert [request.connection for request in near.requests] == [0, 0]


@each_world
def test_a_certificate_that_is_refused_behind_a_proxy(world: World) -> None:
    """If the client refuses the certificate of a service behind a proxy, no attempt keeps its slot of the pool."""
    with CountingService("proxy") as service:
        with pytest.raises(APIConnectionError) as caught:
            world.complete(service.client(SUSPICIOUS), **ASK)
        assert service.settles_at(0)
    assert (caught.value.attempts, type(caught.value.__cause__)) == (3, httpx.ConnectError)


class InterruptingClock(Clock):
    """A clock that raises Interrupted when it is read for the n-th time.

    The client reads its clock before each read from a connection, each write to it, and each connection attempt.
    """

    def __init__(self, number: int) -> None:
        self._looks, self._number = itertools.count(1), number

    def monotonic(self) -> float:
        if next(self._looks) == self._number:
            raise Interrupted
        return super().monotonic()


def by_the_clock(client: Mistral, number: int) -> None:
    """Interrupt when the client reads its clock for the n-th time."""
    client.clock = InterruptingClock(number)


def by_the_socket(_: Mistral, number: int) -> None:
    """Interrupt right before or right after a socket reads or writes, at the n-th such moment."""
    steps = itertools.count(1)

    def see(_: FrameType, event: str, called: Any) -> None:
        if event in ("c_call", "c_return") and called.__name__ in ("recv", "send", "read", "write"):
            owner = type(getattr(called, "__self__", None)).__name__
            if owner in ("socket", "_SSLSocket") and next(steps) == number:
                raise Interrupted

    sys.setprofile(see)


@pytest.mark.parametrize("interrupt", [by_the_clock, by_the_socket])
@pytest.mark.parametrize(("call", "whole"), [(complete_blocking, "Hi"), (stream_blocking, ["Hel", "lo", ""])])
@pytest.mark.parametrize("route", ROUTES)
def test_an_interrupt_at_every_read_and_write(
    route: str, call: Callable[[Mistral], object], whole: object, interrupt: Callable[[Mistral, int], None]
) -> None:
    """A blocking call that is interrupted at any read or write ends there, and leaves nothing open."""

    def interrupt_at(number: int) -> object:
        with service.client() as client:
            interrupt(client, number)
            try:
                result = call(client)
            except Interrupted:
                result = None
            finally:
                sys.setprofile(None)
            client.clock = Clock()
            assert (complete_blocking(client), service.settles_at(1)) == ("Hi", True)
        assert service.settles_at(0)
        return result

    with CountingService(route) as service:
        results = [interrupt_at(1)]
        while results[-1] is None:
            results.append(interrupt_at(len(results) + 1))
    assert results[-1] == whole
    assert len(results) > 5
