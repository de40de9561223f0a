"""Streams that nobody closes are closed, but never by a finalizer, because the garbage collector may run anywhere."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from client_settings import KEY
from completion_payloads import ASK, WHOLE_STREAM, chunk, sse, texts
from counting_service import CountingService
from mistral_agents import Mistral, _reaper, errors
from mistral_agents._limits import wrap
from mistral_agents.streams import EventStream
from mistral_agents.testing import STALL, StubServer, stream_reply
from new_process import needs_fork, status_of_fork
from patience import PATIENCE_SECONDS
from raw_server import STREAM_HEAD, RawServer
from seam import seam, stream
from streams.cycles import put_into_cycle
from worlds import World, each_world


def collect_inside_the_pool(frame: FrameType, event: str, _: object) -> None:
    """Collect garbage while httpcore holds the lock of its pool; a function for `sys.setprofile`."""
    if event == "call" and frame.f_code.co_name == "_assign_requests_to_connections":
        gc.collect()


def test_the_garbage_collector_does_not_close() -> None:
    """A stream in a reference cycle that is collected while the pool is locked does not cause a deadlock."""
    answered: list[object] = []

    def work() -> None:
        with CountingService("http") as service, service.client(places=20) as client:
            sys.setprofile(collect_inside_the_pool)
            for _ in range(5):
                events = iter(client.agents.stream(**ASK))
                next(events)
                put_into_cycle(events)
                del events
                answered.append(client.agents.complete(**ASK).choices[0].message.content)

    worker = threading.Thread(target=work, daemon=True)
    gc.freeze()  # what other tests have left would make each collection slow
    try:
        worker.start()
        worker.join(PATIENCE_SECONDS)
    finally:
        gc.unfreeze()
    assert (worker.is_alive(), len(answered)) == (False, 5)


@each_world
@pytest.mark.parametrize("collected", [False, True])
def test_a_finalizer_closes_nothing(world: World, *, collected: bool) -> None:
    """A finalizer leaves a dropped stream open; a thread or the event loop closes it afterwards."""
    open_ = stream(sse(chunk("a")), AssertionError("read ahead"))
    network = seam(open_)
    closers: list[str] = []
    closed = threading.Event()

    def close(original: Callable[[], None]) -> Callable[[], None]:
        def closing() -> None:
            closers.append(threading.current_thread().name)
            original()
            closed.set()

        return closing

    def call_blocking() -> None:
        with network.client() as client:
            events = client.agents.stream(**ASK)
            network.bodies[0].close = close(network.bodies[0].close)  # type: ignore[method-assign]  # notes the thread that closes it
            if collected:
                put_into_cycle(events)
            del events
            gc.collect()
            assert closed.wait(PATIENCE_SECONDS)

    async def call() -> None:
        async with network.client() as client:
            events = await client.agents.stream_async(**ASK)
            if collected:
                put_into_cycle(events)
            del events
            gc.collect()
            assert network.bodies[0].closed == 0
            for _ in range(20):
                await anyio.lowlevel.checkpoint()
            assert network.bodies[0].closed > 0

    if world.backend is None:
        call_blocking()
        assert closers == ["mistral_agents: close"]
    else:
        anyio.run(call, backend=world.backend)


AT_EXIT = """
import sys, anyio
from client_settings import KEY
from completion_payloads import ASK
from raw_server import RawServer
from counting_service import CountingService

class Holder:
    pass

kept, service = [], CountingService("https")
client = service.client(places=20)

def keep(events, first):
    holder = Holder()
    holder.itself, holder.events = holder, events
    kept.append(holder)

async def ask():
    for _ in range(6):
        events = aiter(await client.agents.stream_async(**ASK))
        keep(events, await anext(events))

if sys.argv[1] == "blocking":
    for _ in range(6):
        events = iter(client.agents.stream(**ASK))
        keep(events, next(events))
else:
    anyio.run(ask, backend=sys.argv[1])
del kept[:3]
service._listener.close()
"""


@each_world
def test_the_end_of_the_interpreter(world: World) -> None:
    """A process with open streams, some in dropped cycles and some referenced, ends at once and without output."""
    if (httpx.__name__, world.backend) == ("httpx2", "asyncio"):
        pytest.xfail("asyncio closes all asynchronous generators at once at its end, and those of httpcore2 log that")
    program = [sys.executable, "-c", AT_EXIT, str(world)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "helpers"), "PYTHONWARNINGS": "default"}
    ended = subprocess.run(program, env=environment, capture_output=True, timeout=60, check=False)  # noqa: S603  # the code above
    assert (ended.returncode, ended.stdout, ended.stderr.decode()) == (0, b"", "")


@pytest.mark.parametrize("route", ["http", "https"])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_no_generator_is_left_unfinished(backend: str, route: str, recwarn: pytest.WarningsRecorder) -> None:
    """Async streams that are dropped in cycles leave no unfinished generator, of which trio would warn."""

    async def drop_some(client: Mistral) -> None:
        for _ in range(3):
            events = aiter(await client.agents.stream_async(**ASK))
            await anext(events)
            put_into_cycle(events)
            del events
            gc.collect()
            await client.agents.complete_async(**ASK)
        await client.aclose()

    with CountingService(route) as service:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            anyio.run(drop_some, service.client(places=5), backend=backend)
            gc.collect()
        assert service.settles_at(0)
    assert [str(each.message) for each in recwarn] == []


@needs_fork
def test_a_fork() -> None:
    """A forked child does not close its parent's streams; it closes streams that it opens and drops itself."""
    reply = STREAM_HEAD + sse(chunk("a"))
    with RawServer(reply) as parents:
        events = Mistral(KEY, server_url=parents.url).agents.stream(**ASK)

        def drop_both() -> None:
            nonlocal events
            del events
            gc.collect()
            with RawServer(reply) as childs:
                own = Mistral(KEY, server_url=childs.url).agents.stream(**ASK)
                del own
                assert childs.left.wait(PATIENCE_SECONDS)

        status = status_of_fork(drop_both)
        assert (status, parents.left.is_set()) == (0, False)
        events.close()
        assert parents.left.wait(PATIENCE_SECONDS)


@needs_fork
def test_a_stream_that_is_read_after_a_fork() -> None:
    """A forked child refuses to read a stream of its parent, and closing it there does not disturb the parent."""
    reply = stream_reply(chunk("a"), chunk("b"), chunk("c", finish_reason="stop"), "[DONE]")
    with StubServer(respond=lambda _: reply) as stub, Mistral(KEY, server_url=stub.url) as client:
        opened = client.agents.stream(**ASK)
        events = iter(opened)
        first = next(events)

        def read_on() -> None:
            with opened:
                for read in (lambda: next(events), lambda: list(opened)):
                    with pytest.raises(errors.StreamError, match="before this process was forked") as caught:
                        read()
                    partial: Any = caught.value.partial
                    assert partial.choices[0].message.content == "a"

        assert status_of_fork(read_on) == 0
        assert texts([first, *events]) == ["a", "b", "c"]


def read_until_it_fails(events: EventStream[Any, Any], found: list[object]) -> None:
    """Append each event's name to `found`, and then the error's class and whether it has a `partial`."""
    try:
        for event in events:
            found.append(event.event)  # noqa: PERF401  # what came before an error counts
    except errors.MistralError as error:
        found.append((type(error), error.partial is not None))


@pytest.mark.parametrize("route", ["http", "https", "proxy"])
def test_closing_from_another_thread(route: str) -> None:
    """A thread that waits for an event gets a StreamError as soon as another thread closes the stream."""
    with CountingService(route) as service:
        service.paced = True
        with service.client() as client:
            found: list[object] = []
            opened = threading.Event()

            def begin() -> None:
                # `go_on` is called again and again: it has no effect until the service has read the request.
                while not opened.wait(0.05):
                    service.go_on(paced=True)

            opener = threading.Thread(target=begin)
            opener.start()
            events = client.agents.stream(**ASK)
            opened.set()
            opener.join()
            reader = threading.Thread(target=read_until_it_fails, args=(events, found), daemon=True)
            reader.start()
            while not found:
                threading.Event().wait(0.001)
            events.close()
            reader.join(PATIENCE_SECONDS / 2)
            assert (reader.is_alive(), found[0], found[-1]) == (False, "message", (errors.StreamError, True))
        service.go_on(paced=False)
        assert service.settles_at(0)


def test_closing_from_another_thread_leaves_the_client_usable() -> None:
    """After another thread closed a stream that was being read, the same client makes the next call."""
    gate, found = threading.Event(), list[object]()
    reply = stream_reply(chunk("a"), STALL)
    respond = lambda request: reply if request.json.get("stream") else None  # noqa: E731  # one expression
    with StubServer(respond=respond) as stub, Mistral(KEY, server_url=stub.url) as client:
        events = client.agents.stream(**ASK)
        reader = threading.Thread(target=read_until_it_fails, args=(events, found), daemon=True)
        reader.start()
        while not found:
            gate.wait(0.001)
        events.close()
        reader.join(PATIENCE_SECONDS)
        assert client.agents.complete(**ASK).choices
    assert found == ["message", (errors.StreamError, True)]


class Connection:
    """A network stream with a real socket."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def read(self, _: int) -> bytes:
        """Return the end of the connection."""
        return b""

    def write(self, _: bytes) -> None:
        """Accept the data."""

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def get_extra_info(self, _: str) -> socket.socket:
        """Return the socket."""
        return self._sock


def test_a_socket_is_shut_down_and_not_closed() -> None:
    """`wake` shuts a socket down and does not close it; closing the connection does both."""
    for close in (False, True):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            connection = Connection(ours)
            limited = wrap(connection, blocking=True)
            assert limited is not None
            connection.close() if close else limited.wake()
            assert (theirs.recv(1), ours.fileno() > 0) == (b"", not close)


@needs_fork
def test_a_forked_child_shuts_no_socket_down() -> None:
    """A child that closes a connection of its parent closes only its own copy of the socket."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        connection = Connection(ours)
        wrap(connection, blocking=True)
        assert status_of_fork(connection.close) == 0
        ours.sendall(b"x")
        assert theirs.recv(1) == b"x"


def test_a_stream_when_no_thread_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of the interpreter, Python 3.12 starts no thread: a stream is read without one."""

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't create new thread at interpreter shutdown")

    monkeypatch.setattr(_reaper, "_watch", _reaper._Watch())
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with seam(stream(WHOLE_STREAM)).client() as client, client.agents.stream(**ASK) as events:
        assert "".join(events.text()) == "Hello"
