"""Ways to cancel and interrupt a call at any point, and the calls that tests cancel."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, Generic, TypeVar

import anyio
import anyio.lowlevel
import anyio.to_thread
import pytest

from completion_payloads import ASK, texts
from counting_service import CountingService
from mistral_agents import Mistral

T = TypeVar("T")
When = Callable[[int, Callable[[], object]], object]
Call = Callable[[Mistral], Coroutine[Any, Any, object]]
MakeClient = Callable[[CountingService], Mistral]
each_cancelling = pytest.mark.parametrize("cancelling", ["asyncio", "trio", "task.cancel"])


class Interrupted(BaseException):
    """What a signal handler may raise during a call, like KeyboardInterrupt."""


class _Watched(Generic[T]):
    """Awaits a coroutine; as each of its waits begins, calls `at` with the number of the wait, from 1 on."""

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
            except BaseException as error:  # noqa: BLE001  # the coroutine has to handle it
                resume = functools.partial(self._coroutine.throw, error)


async def complete(client: Mistral) -> object:
    """Call `complete_async`; return the text of the answer."""
    return (await client.agents.complete_async(**ASK)).choices[0].message.content


async def stream(client: Mistral) -> object:
    """Read a stream to its end; return its texts."""
    return texts([event async for event in await client.agents.stream_async(**ASK)])


async def final_response(client: Mistral) -> object:
    """Return the text of a stream's final response."""
    async with await client.agents.stream_async(**ASK) as events:
        return (await events.get_final_response()).choices[0].message.content


async def cancelled(call: Coroutine[Any, Any, T], cancelling: str, when: When) -> tuple[int, T | None]:
    """Await a call; return its number of waits, and its result or None.

    As each wait begins, `when` gets its number, and a function that cancels the call.
    """
    if cancelling == "task.cancel":
        watched = _Watched(call, lambda wait: when(wait, task.cancel))
        task = asyncio.ensure_future(_awaited(watched))
        await asyncio.wait([task])
        return watched.waits, None if task.cancelled() else task.result()
    scope, result = anyio.CancelScope(), None
    watched = _Watched(call, lambda wait: when(wait, scope.cancel))
    with scope:
        returned = await watched
        await anyio.lowlevel.checkpoint()  # a call that is cancelled in its last wait may still return
        result = returned
    return watched.waits, result


async def _awaited(awaitable: Awaitable[T]) -> T:
    return await awaitable


def backend_of(cancelling: str) -> str:
    """Return the event loop that has this way to cancel."""
    return "trio" if cancelling == "trio" else "asyncio"


def cancelled_at_every_await(
    service: CountingService, make: MakeClient, call: Call, cancelling: str, *, busy: bool = False
) -> list[object]:
    """Cancel a call in its first wait, then a new call in its second one, and so on; return the results.

    The last call ends without being cancelled. After each of them another call gets the only connection slot of the
    client, and at the end no connection is open.
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


def cancelled_while_waiting(make: MakeClient, cancelling: str) -> tuple[object, object]:
    """Cancel a call in the moment it gets the client's only connection slot; return its result and the next call's."""

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
