"""A call or a stream that is cut off, at whichever point, leaves no connection open and no place in the pool taken."""

from __future__ import annotations

import asyncio
import functools
import itertools
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator
from types import FrameType
from typing import Any, Generic, TypeVar

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx
import pytest

from clients import ASK, KEY, PATIENCE_SECONDS, World, each_world, httpx_generators, texts
from counting_service import ROUTES, SUSPICIOUS, CountingService
from mistral_agents import Mistral
from mistral_agents._clock import Clock
from mistral_agents.errors import APIConnectionError
from mistral_agents.testing import STALL, RecordedRequest, Reply, StubServer, in_turn
from mistral_agents.testing.contract import PATH

pytestmark = httpx_generators

T = TypeVar("T")
When = Callable[[int, Callable[[], object]], object]
Call = Callable[[Mistral], Coroutine[Any, Any, object]]
MakeClient = Callable[[CountingService], Mistral]


class Watched(Generic[T]):
    """Awaits a coroutine, and calls `at` with the number of each of its waits, from 1, as it begins."""

    def __init__(self, coroutine: Coroutine[Any, Any, T], at: Callable[[int], object]) -> None:
        self._coroutine, self._at, self.waits = coroutine, at, 0

    def __await__(self) -> Generator[Any, Any, T]:
        resume = functools.partial(self._coroutine.send, None)
        while True:
            try:
                waits_for = resume()
            except StopIteration as done:
                result: T = done.value
                return result
            self.waits += 1
            self._at(self.waits)
            try:
                resume = functools.partial(self._coroutine.send, (yield waits_for))
            except BaseException as error:  # noqa: BLE001  # it is the coroutine's to handle
                resume = functools.partial(self._coroutine.throw, error)


async def complete(client: Mistral) -> object:
    """Ask for an answer."""
    return (await client.agents.complete_async(**ASK)).choices[0].message.content


async def stream(client: Mistral) -> object:
    """Read a stream to its end."""
    return texts([event async for event in await client.agents.stream_async(**ASK)])


async def final_response(client: Mistral) -> object:
    """Let a stream be put together."""
    async with await client.agents.stream_async(**ASK) as events:
        return (await events.get_final_response()).choices[0].message.content


def complete_blocking(client: Mistral) -> object:
    """Ask for an answer."""
    return client.agents.complete(**ASK).choices[0].message.content


def stream_blocking(client: Mistral) -> object:
    """Read a stream to its end."""
    return texts(list(client.agents.stream(**ASK)))


each_way = pytest.mark.parametrize("cancelling", ["asyncio", "trio", "task.cancel"])


async def cancelled(call: Coroutine[Any, Any, T], cancelling: str, when: When) -> tuple[int, T | None]:
    """Await a call that `when`, given the number of each wait as it begins, may cancel; return waits and result."""
    if cancelling == "task.cancel":
        watched = Watched(call, lambda wait: when(wait, task.cancel))
        task = asyncio.ensure_future(_awaited(watched))
        await asyncio.wait([task])
        return watched.waits, None if task.cancelled() else task.result()
    scope, result = anyio.CancelScope(), None
    watched = Watched(call, lambda wait: when(wait, scope.cancel))
    with scope:
        returned = await watched
        await anyio.lowlevel.checkpoint()  # what was cancelled in its last wait may have ended all the same
        result = returned
    return watched.waits, result


def backend_of(cancelling: str) -> str:
    """Return the event loop on which to cancel in this way."""
    return "trio" if cancelling == "trio" else "asyncio"


async def _awaited(awaitable: Awaitable[T]) -> T:
    return await awaitable


def cancelled_at_every_await(
    service: CountingService, make: MakeClient, call: Call, cancelling: str, *, busy: bool = False
) -> list[object]:
    """Cancel a call wherever it waits, once each; return what came of it, at last without cancelling.

    After each time another call finds the one place free, and nothing stays open.
    """

    async def cancel_at(number: int) -> tuple[int, object]:
        def when(wait: int, cancel: Callable[[], object]) -> None:
            service.go_on(paced=True)
            if wait == number:
                cancel()

        service.busy = busy
        async with make(service) as client:
            ended = await cancelled(call(client), cancelling, when)
            service.busy = False
            service.go_on(paced=False)
            assert await complete(client) == "Hi"
            assert await anyio.to_thread.run_sync(service.settles_at, 1)
        assert await anyio.to_thread.run_sync(service.settles_at, 0)
        return ended

    async def cancel_everywhere() -> list[object]:
        results: list[object] = []
        waits = 0
        while waits >= len(results):
            waits, result = await cancel_at(len(results) + 1)
            results.append(result)
        return results

    results = anyio.run(cancel_everywhere, backend=backend_of(cancelling))
    assert len(results) > 5
    return results


@pytest.mark.parametrize(
    ("route", "call", "busy", "whole"),
    [
        *((route, complete, False, "Hi") for route in ROUTES),
        *((route, stream, False, ["Hel", "lo", ""]) for route in ROUTES),
        ("http", complete, True, "Hi"),
        ("http", final_response, False, "Hello"),
    ],
)
@each_way
def test_at_every_await(cancelling: str, route: str, call: Call, whole: object, *, busy: bool) -> None:
    """Cancelled wherever it waits, a call ends there, the one place of the pool is free, and nothing stays open."""
    with CountingService(route) as service:
        results = cancelled_at_every_await(service, CountingService.client, call, cancelling, busy=busy)
    assert results == [None] * (len(results) - 1) + [whole]


def cancelled_while_waiting(make: MakeClient, cancelling: str) -> tuple[object, object]:
    """Cancel a call that waits for the one place, at the moment it gets it; return what came of it, and of the next."""

    async def call() -> tuple[object, object]:
        async with make(service) as client:
            held, waits, ended = await client.agents.stream_async(**ASK), anyio.Event(), []
            cancels: list[Callable[[], object]] = []

            def when(_: int, cancel: Callable[[], object]) -> None:
                cancels.append(cancel)
                waits.set()

            async def wait() -> None:
                ended.append(await cancelled(complete(client), cancelling, when))

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(wait)
                await waits.wait()
                await held.aclose()
                cancels[0]()
            return ended[0][1], await complete(client)

    with CountingService("http") as service:
        found = anyio.run(call, backend=backend_of(cancelling))
        assert service.settles_at(0)
    return found


@each_way
def test_waiting_for_a_place(cancelling: str) -> None:
    """A call that waits for the one connection, and is cancelled at the moment it gets it, leaves it to the next."""
    assert cancelled_while_waiting(CountingService.client, cancelling) == (None, "Hi")


@each_way
def test_a_connection_that_was_given_back(cancelling: str) -> None:
    """A call that was redirected, and is cancelled then, leaves alone the connection that it had at first."""
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
def test_a_tunnel_without_a_service(world: World) -> None:
    """A service behind a proxy whose certificate is refused takes no place of the pool away, attempt by attempt."""
    with CountingService("proxy") as service:
        with pytest.raises(APIConnectionError) as caught:
            world.complete(service.client(SUSPICIOUS), **ASK)
        assert service.settles_at(0)
    assert (caught.value.attempts, type(caught.value.__cause__)) == (3, httpx.ConnectError)


class Interrupted(BaseException):
    """What a signal may raise amid a call, as KeyboardInterrupt is."""


class InterruptingClock(Clock):
    """Raises when it is looked at for the n-th time: the client does so before it reads, writes or connects."""

    def __init__(self, number: int) -> None:
        self._looks, self._number = itertools.count(1), number

    def monotonic(self) -> float:
        if next(self._looks) == self._number:
            raise Interrupted
        return super().monotonic()


def by_the_clock(client: Mistral, number: int) -> None:
    """Interrupt where the client looks at its clock."""
    client.clock = InterruptingClock(number)


def by_the_socket(_: Mistral, number: int) -> None:
    """Interrupt right before, or right after, a socket reads or writes."""
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
    """Interrupted wherever it reads or writes, a blocking call ends there, and leaves nothing open, nothing taken."""

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
