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

from call.http2_service import Http2Service
from call.virtual_loop import run_at_once
from cancelling import backend_of, each_cancelling
from client_settings import AT_ONCE
from mistral_agents import Mistral, _limits, errors, response_of
from mistral_agents._causes import chain
from mistral_agents._clock import Clock, TimeLimit
from mistral_agents._limits import TimeIsOver, of_step, wrap
from patience import PATIENCE_SECONDS

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
    """A connection that records what was written, and how long a stuck socket would have taken."""

    def __init__(self) -> None:
        self.written: list[tuple[bytes, float]] = []

    def read(self, *_: object) -> bytes:
        """Return the end of the connection."""
        return b""

    def write(self, buffer: bytes, timeout: float) -> None:
        """Write at once."""
        self.written.append((buffer, timeout))


class WritingAsync:
    """The same for async calls; the write takes some seconds, and may fail."""

    failure: Exception | None = None

    def __init__(self, seconds: float = 0) -> None:
        self.written: list[str] = []
        self._seconds = seconds

    def read(self, *_: object) -> None:
        """Do nothing."""

    async def write(self, buffer: bytes, timeout: float) -> None:  # noqa: ASYNC109  # as httpcore
        """Write, unless this is cancelled."""
        with anyio.move_on_after(timeout) as scope:
            await anyio.sleep(self._seconds)
        if scope.cancelled_caught:
            raise httpcore.WriteTimeout
        if self.failure is not None:
            raise self.failure
        self.written.append("sent" if buffer == b"frames" else "else")


@contextlib.contextmanager
def limited_by(seconds: float, monotonic: Callable[[], float] = time.monotonic) -> Iterator[TimeLimit]:
    """Set the time limit of a step of a call on a shared connection, in seconds from now."""
    clock = Clock()
    clock.monotonic = staticmethod(monotonic)
    limit = TimeLimit(clock, monotonic() + seconds)
    limit.shared = True
    before = of_step.set([limit])
    try:
        yield limit
    finally:
        of_step.reset(before)


@pytest.mark.parametrize(("left", "allowed"), [(25, 25), (0.5, 1), (0, 1), (-3, 1)])
def test_a_limit_during_a_blocking_write(left: float, allowed: float) -> None:
    """A call whose limit passes before a write still writes, because the write may have bytes of several calls.

    If the socket is stuck, the write ends at the limit, or after one second if that is later. Then httpcore closes the
    connection.
    """
    sock = Writing()
    wrap(sock, blocking=True)
    over = pytest.raises(TimeIsOver) if left <= 0 else contextlib.nullcontext()
    with limited_by(left, lambda: 0.0), over:
        sock.write(b"frames", 0.001)
    assert sock.written == [(b"frames", allowed)]


async def cancelled_after(call: Callable[[], Any], wait: Callable[[], Any], cancelling: str) -> None:
    """Run a call, and cancel it after a wait."""
    async with anyio.create_task_group() as tasks:
        if cancelling == "task.cancel":
            task = asyncio.ensure_future(call())
            task.add_done_callback(lambda _: tasks.cancel_scope.cancel())
            await wait()
            task.cancel()
            await asyncio.wait([task])
        else:

            async def run() -> None:
                await call()
                tasks.cancel_scope.cancel()

            tasks.start_soon(run)
            await wait()
            tasks.cancel_scope.cancel()


# For each write: the seconds until the limit, the seconds until the call is cancelled (None: never), the seconds that a
# write takes, and its result: how it ends, and after how many seconds.
WRITES: list[tuple[float, float | None, float, list[object]]] = [
    (25, None, 20, ["sent", 20]),
    (25, None, 26, ["timeout", 25]),
    (25, 5, 5.9, ["cancelled, sent", 5.9]),
    (25, 5, 100, ["cancelled", 6]),
    (25, 0, 0.9, ["cancelled, sent", 0.9]),
    (0, None, 0.9, ["sent", 0.9]),
    (0, None, 100, ["timeout", 1]),
    (0, 0.2, 100, ["cancelled", 1]),
]


@each_cancelling
@pytest.mark.parametrize(("left", "cancelled", "takes", "end"), WRITES)
def test_a_cancellation_during_a_write(
    left: float, cancelled: float | None, takes: float, end: list[object], cancelling: str
) -> None:
    """A cancelled call goes on with its write, because that may have bytes of several calls, for at most a second.

    If not everything was sent, the connection is broken.
    """
    found: list[object] = []

    async def send() -> None:
        began, ended = anyio.current_time(), ""
        try:
            with limited_by(left, anyio.current_time):
                await sock.write(b"frames", 0.001)
        except httpcore.WriteTimeout:
            ended = "timeout"
        except anyio.get_cancelled_exc_class():
            ended = "cancelled"
            raise
        finally:
            found.extend([", ".join(filter(None, [ended, *sock.written])), round(anyio.current_time() - began, 6)])

    async def wait() -> None:
        await anyio.sleep_forever() if cancelled is None else await anyio.sleep(cancelled)

    sock = WritingAsync(takes)
    limited = wrap(sock, blocking=False)
    run_at_once(partial(cancelled_after, send, wait, cancelling), backend_of(cancelling))
    assert (found, limited and limited.broken) == (end, sock.written == [])


@each_cancelling
def test_a_connection_with_half_a_frame(cancelling: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a cancelled call could not send everything, the other calls end at once; the next one opens a connection."""
    monkeypatch.setattr(_limits, "_STUCK_SECONDS", 0.05)
    found: list[object] = []

    async def ask(client: Mistral, question: str) -> None:
        try:
            await client.agents.complete_async(**arguments(question))
            found.append("Hi")
        except errors.MistralError as error:
            found.append(type(error))

    async def answer(question: str) -> None:
        await anyio.to_thread.run_sync(service.wait_for, question)
        await anyio.to_thread.run_sync(service.answer, question)

    async def main() -> None:
        async with opened_async(service.client(timeout_ms=PATIENCE_SECONDS * 1_000)) as client:
            for question in ("warm", "next"):
                async with anyio.create_task_group() as calls:
                    calls.start_soon(ask, client, question)
                    calls.start_soon(answer, question)
                if question == "next":
                    break
                async with anyio.create_task_group() as calls:
                    calls.start_soon(ask, client, "waits")
                    await anyio.to_thread.run_sync(service.wait_for, "waits")
                    large = partial(ask, client, "x" * 15_000_000)
                    stuck = partial(anyio.to_thread.run_sync, service.stop_reading, abandon_on_cancel=True)
                    await cancelled_after(large, stuck, cancelling)

    with Http2Service() as service:
        anyio.run(main, backend=backend_of(cancelling))
    assert (found, service.connections) == (["Hi", errors.APIConnectionError, "Hi"], 2)


class SlowStart:
    """httpcore's way to open connections; the first write waits for `go_on`."""

    def __init__(self) -> None:
        self.writes, self.go_on = threading.Event(), threading.Event()
        self._inner: Any = None

    def slow_down(self, own: Any) -> None:
        """Let an httpx client open its connections this way; httpx has no public way to set it."""
        pool = own._transport._pool
        self._inner, pool._network_backend = pool._network_backend, self

    def connect_tcp(self, *arguments: Any, **options: Any) -> Any:
        """Open a blocking connection."""
        stream = self._inner.connect_tcp(*arguments, **options)
        write = stream.write

        def slow(*arguments: Any) -> None:
            if arguments[0] and not self.writes.is_set():
                self.writes.set()
                assert self.go_on.wait(PATIENCE_SECONDS)
            write(*arguments)

        stream.write = slow
        return stream


class SlowStartAsync(SlowStart):
    """The same for async calls."""

    async def connect_tcp(self, *arguments: Any, **options: Any) -> Any:
        """Open a connection."""
        stream = await self._inner.connect_tcp(*arguments, **options)
        write = stream.write

        async def slow(*arguments: Any) -> None:
            if arguments[0] and not self.writes.is_set():
                self.writes.set()
                assert await anyio.to_thread.run_sync(self.go_on.wait, PATIENCE_SECONDS)
            await write(*arguments)

        stream.write = slow
        return stream


@pytest.mark.parametrize("backend", [None, "asyncio", "trio"])
def test_a_limit_while_the_connection_is_opened(backend: str | None) -> None:
    """If a call's limit passes while it sends the first bytes of a connection, the others can still use it."""
    found: dict[str, object] = {}

    def ask(question: str, **options: Any) -> None:
        try:
            found[question] = client.agents.complete(**arguments(question, **options)).choices[0].message.content
        except errors.MistralError as error:
            found[question] = type(error)

    async def ask_async(question: str, **options: Any) -> None:
        try:
            answer = await client.agents.complete_async(**arguments(question, **options))
            found[question] = answer.choices[0].message.content
        except errors.MistralError as error:
            found[question] = type(error)

    def go_on() -> None:
        assert slow.writes.wait(PATIENCE_SECONDS)
        threading.Event().wait(0.5)  # until the first call's limit has passed, and the second call waits
        slow.go_on.set()
        service.wait_for("second")
        service.answer("second")

    async def main() -> None:
        async with opened_async(client), anyio.create_task_group() as calls:
            slow.slow_down(client.connections.get_async_httpx_client())
            calls.start_soon(partial(ask_async, "first", deadline_ms=400))
            await anyio.to_thread.run_sync(slow.writes.wait, PATIENCE_SECONDS)
            calls.start_soon(ask_async, "second")
            await anyio.to_thread.run_sync(go_on)

    with Http2Service() as service:
        client = service.client(timeout_ms=PATIENCE_SECONDS * 1_000)
        slow = SlowStartAsync() if backend else SlowStart()
        if backend is None:
            with opened(client):
                slow.slow_down(client.connections.get_httpx_client())
                threads = [threading.Thread(target=ask, args=("first",), kwargs={"deadline_ms": 400})]
                threads += [threading.Thread(target=ask, args=("second",)), threading.Thread(target=go_on)]
                for thread in threads:
                    thread.start()
                    assert slow.writes.wait(PATIENCE_SECONDS)
                for thread in threads:
                    thread.join(PATIENCE_SECONDS)
        else:
            anyio.run(main, backend=backend)
    assert found == {"first": errors.DeadlineExceededError, "second": "Hi"}
    assert service.connections == 1


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


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("live", [0, 1])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_connection_whose_streams_are_used_up(backend: str, live: int, *, left: bool) -> None:
    """Calls that ended early use up the streams of their connection; then the next call opens a new connection.

    Streams that the caller leaves after an event also count. If a call that still waits for its answer has the last
    stream, the next call cannot be sent on this connection. Its second attempt opens a new connection.
    """
    attempts: dict[str, int] = {}

    async def ask(client: Mistral, question: str) -> None:
        attempts[question] = response_of(await client.agents.complete_async(**arguments(question))).attempts

    async def give_up(client: Mistral, question: str) -> None:
        with pytest.raises(errors.DeadlineExceededError):
            await client.agents.complete_async(**arguments(question, deadline_ms=150))

    async def leave(client: Mistral, question: str) -> None:
        async with await client.agents.stream_async(**arguments(question)) as events:
            await anext(aiter(events))

    async def main() -> None:
        async with opened_async(service.client(retry_config=AT_ONCE)) as client, anyio.create_task_group() as calls:
            for question in map(str, range(2 - live)):
                async with anyio.create_task_group() as early:
                    early.start_soon(leave if left else give_up, client, question)
                    await anyio.to_thread.run_sync(service.wait_for, question)
                    if left:
                        await anyio.to_thread.run_sync(service.begin, question)
            for question in [*["live"] * live, "next"]:
                calls.start_soon(ask, client, question)
                await anyio.to_thread.run_sync(service.wait_for, question)
            for question in ["next", *["live"] * live]:
                await anyio.to_thread.run_sync(service.answer, question)

    with Http2Service(streams=2) as service:
        anyio.run(main, backend=backend)
    assert attempts == ({"live": 1, "next": 2} if live else {"next": 1})
    assert service.connections == 2


@pytest.mark.parametrize(("padding", "connections"), [(8_000_000, 1), (9_000_000, 2)])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_connection_whose_window_is_used_up(backend: str, padding: int, connections: int) -> None:
    """Late answers to calls that ended early use up what the service may send; then calls open a new connection."""

    async def arrived(question: str) -> None:
        await anyio.to_thread.run_sync(service.wait_for, question)

    async def main() -> None:
        async with opened_async(service.client()) as client:
            for question in ("1", "2"):
                late = partial(client.agents.complete_async, **arguments(f"late {question}"))
                await cancelled_after(late, partial(arrived, f"late {question}"), backend)
                async with anyio.create_task_group() as calls:
                    calls.start_soon(partial(client.agents.complete_async, **arguments(question)))
                    await anyio.to_thread.run_sync(service.wait_for, question)
                    if question == "1":
                        await anyio.to_thread.run_sync(service.answer, "late 1", padding)
                    await anyio.to_thread.run_sync(service.answer, question)

    with Http2Service() as service:
        anyio.run(main, backend=backend)
    assert service.connections == connections


def client_whose_hook_raises(error: Exception) -> httpx.Client:
    """Make an httpx client whose request hook raises this error."""

    def hook(_: httpx.Request) -> None:
        raise error

    return httpx.Client(event_hooks={"request": [hook]})


def test_a_hooks_own_error_passes() -> None:
    """An error that a user's hook raises passes unchanged; it is not reported as a connection error."""
    with client_whose_hook_raises(ValueError("mine")) as own, pytest.raises(ValueError, match="mine"):
        Mistral("key", server_url="http://127.0.0.1:9", client=own).agents.complete(**arguments("a"))
