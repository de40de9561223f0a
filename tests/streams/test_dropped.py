"""Streams that nobody closes are closed by something that is not a finalizer: the collector may run anywhere."""

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

from clients import ASK, KEY, PATIENCE_SECONDS, RawServer, World, chunk, each_world, httpx_generators, seam, sse, stream
from counting_service import CountingService
from mistral_agents import Mistral, errors
from mistral_agents.streams import EventStream
from mistral_agents.testing import STALL, StubServer, stream_reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


class Holder:
    """Refers to itself, and so stays until the collector finds it."""

    def __init__(self, events: Any) -> None:
        self.itself, self.iterator = self, events
        next(self.iterator)


def collect_inside_the_pool(frame: FrameType, event: str, _: object) -> None:
    """Run the collector where httpcore holds the lock of its pool; for `sys.setprofile`."""
    if event == "call" and frame.f_code.co_name == "_assign_requests_to_connections":
        gc.collect()


def test_the_collector_does_not_close() -> None:
    """A stream in a reference cycle, collected while the connection pool is locked, does not lock it for ever."""
    answered: list[object] = []

    def work() -> None:
        with CountingService("http") as service, service.client(places=20) as client:
            sys.setprofile(collect_inside_the_pool)
            for _ in range(5):
                Holder(iter(client.agents.stream(**ASK)))
                answered.append(client.agents.complete(**ASK).choices[0].message.content)

    worker = threading.Thread(target=work, daemon=True)
    gc.freeze()  # what other tests have left would make each collection slow
    try:
        worker.start()
        worker.join(PATIENCE_SECONDS)
    finally:
        gc.unfreeze()
    assert (worker.is_alive(), len(answered)) == (False, 5)


@httpx_generators
@each_world
@pytest.mark.parametrize("collected", [False, True])
def test_a_finalizer_closes_nothing(world: World, *, collected: bool) -> None:
    """What is dropped is still open when its finalizer has run; then a thread, or the event loop, closes it."""
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

    def drop(events: Any) -> None:
        if collected:
            cycle: list[Any] = [events]
            cycle.append(cycle)
            del cycle
            gc.collect()

    def call_blocking() -> None:
        with network.client() as client:
            events = client.agents.stream(**ASK)
            network.bodies[0].close = close(network.bodies[0].close)  # type: ignore[method-assign]  # to see who does it
            drop(events)
            del events
            assert closed.wait(PATIENCE_SECONDS)

    async def call() -> None:
        async with network.client() as client:
            events = await client.agents.stream_async(**ASK)
            drop(events)
            del events
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
from clients import ASK, KEY, RawServer
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
    """A process that ends with streams open, some dropped in cycles and some held, ends at once and says nothing."""
    if (httpx.__name__, world.backend) == ("httpx2", "asyncio"):
        pytest.xfail("asyncio closes all asynchronous generators at once at its end, and those of httpcore2 log that")
    program = [sys.executable, "-c", AT_EXIT, str(world)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "helpers"), "PYTHONWARNINGS": "default"}
    ended = subprocess.run(program, env=environment, capture_output=True, timeout=60, check=False)  # noqa: S603  # this Python
    assert (ended.returncode, ended.stdout, ended.stderr.decode()) == (0, b"", "")


@pytest.mark.parametrize("route", ["http", "https"])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_no_generator_is_left(backend: str, route: str, recwarn: pytest.WarningsRecorder) -> None:
    """Asynchronous streams that are dropped in cycles leave nothing behind that trio would warn of."""

    async def drop_some(client: Mistral) -> None:
        for _ in range(3):
            events = aiter(await client.agents.stream_async(**ASK))
            await anext(events)
            cycle: list[Any] = [events]
            cycle.append(cycle)
            del events, cycle
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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_fork() -> None:
    """A forked child closes no stream of its parent's, and closes those that it opens and drops itself."""
    with RawServer(HEAD + sse(chunk("a"))) as parents, RawServer(HEAD + sse(chunk("a"))) as childs:
        events = Mistral(KEY, server_url=parents.url).agents.stream(**ASK)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 and later: there are threads
            process = os.fork()
        if not process:
            status = 1
            try:
                del events
                gc.collect()
                own = Mistral(KEY, server_url=childs.url).agents.stream(**ASK)
                del own
                status = 0 if childs.left.is_set() or not threading.Event().wait(0.2) else 1
            finally:
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        assert (status, childs.left.wait(PATIENCE_SECONDS), parents.left.is_set()) == (0, True, False)
        events.close()
        assert parents.left.wait(PATIENCE_SECONDS)


def read_until_it_fails(events: EventStream[Any, Any], found: list[object]) -> None:
    """Note how many events come, and what is raised after them."""
    try:
        for event in events:
            found.append(event.event)  # noqa: PERF401  # what came before an error counts
    except errors.MistralError as error:
        found.append((type(error), error.partial is not None))


@pytest.mark.parametrize("route", ["http", "https", "proxy"])
def test_closing_from_another_thread(route: str) -> None:
    """A thread that waits for an event gets a StreamError at once when another one closes the stream."""
    with CountingService(route) as service:
        service.paced = True
        with service.client() as client:
            found: list[object] = []
            opened = threading.Event()

            def begin() -> None:
                while not opened.wait(0.05):  # the service counts from when it has read the request
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
    """After a stream was closed under its reader, the same client makes the next call."""
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


def test_a_socket_is_shut_down_and_not_closed() -> None:
    """What wakes the reader leaves the socket to the connection, and its encryption to the thread that reads."""
    from mistral_agents._transport import wake_reader  # noqa: PLC0415  # a private module

    ours, theirs = socket.socketpair()

    class Connection:
        def get_extra_info(self, _: str) -> socket.socket:
            return ours

    with ours, theirs:
        response = httpx.Response(200, extensions={"network_stream": Connection()})
        response.extensions["http_version"] = b"HTTP/2"
        wake_reader(response)
        ours.sendall(b"x")
        assert theirs.recv(1) == b"x"
        response.extensions["http_version"] = b"HTTP/1.1"
        wake_reader(response)
        assert (theirs.recv(1), ours.fileno() > 0) == (b"", True)
