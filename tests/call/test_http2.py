"""HTTP/2 in httpx clients that the user passes in: calls share a connection, and each call has its own limits."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpcore
import httpx
import pytest

from cancelling import each_cancelling
from clients import AT_ONCE, PATIENCE_SECONDS, httpx_generators
from http2_service import Http2Service
from mistral_agents import Mistral, errors, response_of
from mistral_agents._causes import chain
from mistral_agents._clock import Clock, TimeLimit
from mistral_agents._limits import TimeIsOver, of_step, wrap

pytestmark = httpx_generators
# On a busy machine, a request must arrive before the limit of its call passes.
LIMITS: list[tuple[bool, dict[str, float]]] = [
    (False, {"deadline_ms": 300}),
    (False, {"timeout_ms": 150}),
    (True, {"deadline_ms": 300}),
    (True, {"first_event_timeout_ms": 300}),
]


def arguments(question: str, **options: Any) -> dict[str, Any]:
    """Return the arguments of a call that asks a question."""
    return {"agent_id": "ag_1", "messages": [{"role": "user", "content": question}], **options}


@contextlib.contextmanager
def opened(client: Mistral) -> Iterator[Mistral]:
    """Close the client and its httpx client at the end."""
    with client, client.connections.get_httpx_client():
        yield client


@contextlib.asynccontextmanager
async def opened_async(client: Mistral) -> AsyncIterator[Mistral]:
    """Close the client and its httpx client at the end."""
    async with client, client.connections.get_async_httpx_client():
        yield client


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("first", ["short", "long"])
@pytest.mark.parametrize(("streamed", "limit"), LIMITS)
def test_a_limit_is_the_calls_own(backend: str, first: str, limit: dict[str, float], *, streamed: bool) -> None:
    """A call whose limit passes ends in time and leaves the connection usable, whichever call is reading it."""
    found: dict[str, Any] = {}

    async def ask(client: Mistral, question: str, **options: Any) -> None:
        began = time.monotonic()
        try:
            if streamed:
                answer: Any = await client.agents.stream_async(**arguments(question, **options))
                found[question] = (await answer.get_final_response()).choices[0].message.content
            else:
                answer = await client.agents.complete_async(**arguments(question, **options))
                found[question] = answer.choices[0].message.content
        except errors.MistralError as error:
            found[question] = type(error)
            found["seconds"] = time.monotonic() - began
            await anyio.to_thread.run_sync(service.wait_for, "long")
            await anyio.to_thread.run_sync(service.answer, "long")

    async def main() -> None:
        async with opened_async(service.client()) as client:
            warm = anyio.create_task_group()
            async with warm:
                warm.start_soon(ask, client, "warm")
                await anyio.to_thread.run_sync(service.wait_for, "warm")
                await anyio.to_thread.run_sync(service.answer, "warm")
            async with anyio.create_task_group() as calls:
                for question in (first, "long" if first == "short" else "short"):
                    calls.start_soon(partial(ask, client, question, **(limit if question == "short" else {})))
                    await anyio.to_thread.run_sync(service.wait_for, question)

    with Http2Service() as service:
        anyio.run(main, backend=backend)
    said = "long" if streamed else "Hi"
    assert (found["long"], issubclass(found["short"], errors.APITimeoutError)) == (said, True)
    assert (service.connections, 0.3 <= found["seconds"] < 1) == (1, True)


@pytest.mark.parametrize("first", ["short", "long"])
@pytest.mark.parametrize("streamed", [False, True])
def test_a_limit_of_a_blocking_call(first: str, *, streamed: bool) -> None:
    """A blocking call whose limit passes leaves the connection usable, but ends only when the reading call returns."""
    found: dict[str, Any] = {}

    def ask(question: str, **options: Any) -> None:
        try:
            if streamed:
                stream = client.agents.stream(**arguments(question, **options))
                found[question] = stream.get_final_response().choices[0].message.content
            else:
                found[question] = client.agents.complete(**arguments(question, **options)).choices[0].message.content
        except errors.MistralError as error:
            found[question] = type(error)

    with Http2Service() as service, opened(service.client()) as client:
        threads = [threading.Thread(target=ask, args=("warm",))]
        threads[0].start()
        service.wait_for("warm")
        service.answer("warm")
        threads[0].join(PATIENCE_SECONDS)
        for question in (first, "long" if first == "short" else "short"):
            options = {"deadline_ms": 300} if question == "short" else {}
            threads.append(threading.Thread(target=ask, args=(question,), kwargs=options))
            threads[-1].start()
            service.wait_for(question)
        if first == "short":  # then the short call reads the connection
            threads[1].join(PATIENCE_SECONDS)
        else:
            threading.Event().wait(0.4)
        service.answer("long")
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
    assert found["long"] == ("long" if streamed else "Hi")
    assert (found["short"], service.connections) == (errors.DeadlineExceededError, 1)


class SharedSocket:
    """A blocking connection; as its first read begins, another call changes the timeout of the socket."""

    def __init__(self) -> None:
        self.timeouts: list[float | None] = []

    def read(self, _: int, timeout: float | None = None) -> bytes:
        """Time out at once in the first read, as the other call's timeout says; then return data."""
        self.timeouts.append(timeout)
        if len(self.timeouts) == 1:
            raise httpcore.ReadTimeout("timed out")
        return b"data"

    def write(self, *_: object) -> None:
        """Accept the data."""


def test_the_timeout_of_another_calls_write() -> None:
    """Threads share a socket and its timeout: a read that times out before its own limit is continued."""
    sock = SharedSocket()
    wrap(sock, blocking=True)
    with limited_by(PATIENCE_SECONDS):
        assert sock.read(10, PATIENCE_SECONDS) == b"data"
    assert len(sock.timeouts) == 2


class Writing:
    """A connection that records what was written, and whether the write had a timeout of about a second."""

    def __init__(self) -> None:
        self.written: list[tuple[bytes, bool]] = []

    def read(self, *_: object) -> bytes:
        """Return the end of the connection."""
        return b""

    def write(self, buffer: bytes, timeout: float) -> None:
        """Write at once."""
        self.written.append((buffer, 0.9 < timeout < 2))


class WritingAsync(Writing):
    """The same for async calls; it takes a few turns of the event loop to write, and may fail."""

    failure: Exception | None = None

    async def write(self, buffer: bytes, timeout: float) -> None:  # type: ignore[override]  # noqa: ASYNC109  # as httpcore
        """Write, unless this is cancelled."""
        for _ in range(5):
            await anyio.lowlevel.checkpoint()
        if self.failure is not None:
            raise self.failure
        super().write(buffer, timeout)


@contextlib.contextmanager
def limited_by(seconds: float) -> Iterator[None]:
    """Let a step of a call on a shared connection have this time."""
    limit = TimeLimit(Clock(), time.monotonic() + seconds)
    limit.shared = True
    before = of_step.set([limit])
    try:
        yield
    finally:
        of_step.reset(before)


def test_a_limit_during_a_blocking_write() -> None:
    """If the limit of a call passes before a write on a shared connection, the call still writes, and only then ends.

    The write may have bytes of several calls. If the socket is stuck, the write ends a second later, and httpcore
    closes the connection.
    """
    sock = Writing()
    wrap(sock, blocking=True)
    with limited_by(0), pytest.raises(TimeIsOver):
        sock.write(b"frames", 0.001)
    assert sock.written == [(b"frames", True)]


@each_cancelling
def test_a_cancellation_during_a_write(cancelling: str) -> None:
    """A cancelled call finishes its write on a shared connection, because the write may have bytes of several calls."""

    async def send() -> None:
        with limited_by(0):
            await sock.write(b"frames", 0.001)
        await anyio.lowlevel.checkpoint()

    async def main() -> None:
        if cancelling == "task.cancel":
            task = asyncio.ensure_future(send())
            await anyio.lowlevel.checkpoint()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        else:
            with anyio.CancelScope() as scope:
                scope.cancel()
                await send()
            assert scope.cancelled_caught

    sock = WritingAsync()
    wrap(sock, blocking=False)
    anyio.run(main, backend="trio" if cancelling == "trio" else "asyncio")
    assert sock.written == [(b"frames", True)]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_an_error_of_a_write(backend: str) -> None:
    """An error of a write on a shared connection reaches httpcore as it is."""

    async def main() -> None:
        sock = WritingAsync()
        sock.failure = httpcore.WriteError("broken")
        wrap(sock, blocking=False)
        with limited_by(1), pytest.raises(httpcore.WriteError, match="broken"):
            await sock.write(b"frames", 1)

    anyio.run(main, backend=backend)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_silent_stream(backend: str) -> None:
    """A stream that stalls on a shared connection fails with the events so far; the next call uses the connection."""
    found: list[Any] = []

    async def main() -> None:
        async with opened_async(service.client()) as client, anyio.create_task_group() as calls:

            async def begin() -> None:
                await anyio.to_thread.run_sync(service.wait_for, "a")
                await anyio.to_thread.run_sync(service.begin, "a")

            async def answer() -> None:
                await anyio.to_thread.run_sync(service.wait_for, "b")
                await anyio.to_thread.run_sync(service.answer, "b")

            calls.start_soon(begin)
            stream = await client.agents.stream_async(**arguments("a", idle_timeout_ms=60))
            with pytest.raises(errors.IdleTimeoutError) as caught:
                await stream.get_final_response()
            calls.start_soon(answer)
            found.extend([caught.value.partial, await client.agents.complete_async(**arguments("b"))])

    with Http2Service() as service:
        anyio.run(main, backend=backend)
    came, answer = found
    assert (came.choices[0].message.content, answer.choices[0].message.content) == ("a", "Hi")
    assert service.connections == 1


@pytest.mark.parametrize("end", [Http2Service.spoil, Http2Service.hang_up], ids=["violation", "lost"])
@pytest.mark.parametrize("backend", [None, "asyncio", "trio"])
def test_the_end_of_a_connection(backend: str | None, end: Callable[[Http2Service], None]) -> None:
    """If a service violates HTTP/2, or the connection is lost, each call gets an APIConnectionError without the key."""
    found: list[Exception] = []

    def spoil() -> None:
        service.wait_for("a", "b")
        end(service)

    def ask(question: str) -> None:
        try:
            client.agents.complete(**arguments(question))
        except Exception as error:  # noqa: BLE001  # the test checks its class
            found.append(error)

    async def ask_async(question: str) -> None:
        try:
            await client.agents.complete_async(**arguments(question))
        except Exception as error:  # noqa: BLE001  # the test checks its class
            found.append(error)

    async def main() -> None:
        async with opened_async(client), anyio.create_task_group() as calls:
            calls.start_soon(ask_async, "a")
            await anyio.to_thread.run_sync(service.wait_for, "a")
            calls.start_soon(ask_async, "b")
            await anyio.to_thread.run_sync(spoil)

    with Http2Service() as service:
        client = service.client(timeout_ms=PATIENCE_SECONDS * 1_000)
        if backend is None:
            with opened(client):
                threads = [threading.Thread(target=ask, args=(question,)) for question in "ab"]
                for thread, question in zip(threads, "ab", strict=True):
                    thread.start()
                    service.wait_for(question)
                spoil()
                for thread in threads:
                    thread.join(PATIENCE_SECONDS)
        else:
            anyio.run(main, backend=backend)
    assert [error for error in found if not isinstance(error, errors.APIConnectionError)] == []
    assert len(found) == 2
    frames = [frame for error in found for each in chain(error) for frame, _ in traceback.walk_tb(each.__traceback__)]
    requests = [value for frame in frames for value in frame.f_locals.values() if isinstance(value, httpcore.Request)]
    assert [request.headers for request in requests] == []


@pytest.mark.parametrize("live", [0, 1])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_connection_whose_streams_are_used_up(backend: str, live: int) -> None:
    """Calls that ended early use up the streams of their connection; then the next call opens a new connection.

    If a call that still waits has the last stream, the next call is repeated, because it could not be sent.
    """
    attempts: dict[str, int] = {}

    async def ask(client: Mistral, question: str) -> None:
        attempts[question] = response_of(await client.agents.complete_async(**arguments(question))).attempts

    async def give_up(client: Mistral, question: str) -> None:
        with pytest.raises(errors.DeadlineExceededError):
            await client.agents.complete_async(**arguments(question, deadline_ms=150))

    async def main() -> None:
        async with opened_async(service.client(retry_config=AT_ONCE)) as client, anyio.create_task_group() as calls:
            for number in range(2 - live):
                await give_up(client, str(number))
            for question in [*["live"] * live, "next"]:
                calls.start_soon(ask, client, question)
                await anyio.to_thread.run_sync(service.wait_for, question)
            for question in ["next", *["live"] * live]:
                await anyio.to_thread.run_sync(service.answer, question)

    with Http2Service(streams=2) as service:
        anyio.run(main, backend=backend)
    assert attempts == ({"live": 1, "next": 2} if live else {"next": 1})
    assert service.connections == 2


def client_whose_hook_raises(error: Exception) -> httpx.Client:
    """Make an httpx client whose request hook raises this error."""

    def hook(_: httpx.Request) -> None:
        raise error

    return httpx.Client(event_hooks={"request": [hook]})


def test_a_hooks_own_error_passes() -> None:
    """An error that a user's hook raises passes unchanged; it is not reported as a connection error."""
    with client_whose_hook_raises(ValueError("mine")) as own, pytest.raises(ValueError, match="mine"):
        Mistral("key", server_url="http://127.0.0.1:9", client=own).agents.complete(**arguments("a"))
