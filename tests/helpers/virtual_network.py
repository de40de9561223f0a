"""A network without sockets, on simulated time.

A script says what a server sends and when. Waiting for it moves a clock and takes no real time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import httpcore
import httpx
from anyio.lowlevel import checkpoint
from attrs import define, field, frozen

from client_settings import KEY, NO_CERTIFICATES
from completion_payloads import ASK, texts
from mistral_agents import Mistral
from mistral_agents._clock import Clock
from mistral_agents.errors import MistralError
from mistral_agents.models import CompletionEvent
from worlds import World

Script = Iterable[tuple[float, bytes]]
"""The pieces that a server sends, each with the seconds since the piece before; b"" closes the connection.

After the last piece the server sends nothing more."""


def head(status: int = 200, content_type: str = "text/event-stream", *headers: str) -> bytes:
    """Return the head of an answer; without headers its body is chunked."""
    lines = [f"HTTP/1.1 {status} ", f"content-type: {content_type}", *(headers or ("transfer-encoding: chunked",))]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


def framed(data: bytes) -> bytes:
    """Return data as a chunk of a chunked body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def dripped(data: bytes, pause: float) -> list[tuple[float, bytes]]:
    """Return a script that sends one byte at a time."""
    return [(pause, data[at : at + 1]) for at in range(len(data))]


# Longer than any test takes; after that a client that still reads an endless script fails.
_LONG_SECONDS = 20_000
_SOCKET_BYTES = 16_384


class VirtualClock(Clock):
    """Time that moves when someone waits; `sleeps` has the start and the length of each wait between attempts."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.luck = 0.5
        """The random number for every jitter."""
        self.sleeps: list[tuple[float, float]] = []

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def jitter(self) -> float:
        return self.luck

    def sleep(self, seconds: float) -> None:
        self.sleeps.append((self.now, seconds))
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)

    def wait(self, seconds: float, timeout: float | None, late: type[Exception]) -> None:
        """Let these seconds pass. If they are more than `timeout`, let only `timeout` pass, and raise `late`."""
        self.wait_until(self.now + seconds, timeout, late)

    def wait_until(self, moment: float, timeout: float | None, late: type[Exception]) -> None:
        """Let time pass until a moment, in the same way."""
        latest = math.inf if timeout is None else self.now + timeout
        assert min(moment, latest) < math.inf, "this would wait for ever"
        self.now = max(self.now, min(moment, latest))
        if moment > latest:
            raise late


class VirtualConnection:
    """One connection, from the client's side: each request that is written gets the network's next answer."""

    def __init__(self, network: VirtualNetwork) -> None:
        self.closed = False
        self._network, self._clock = network, network.clock
        self._script: Iterator[tuple[float, bytes]] = iter(())
        self._arrival, self._piece = math.inf, b""
        self._answered = True

    @property
    def readable(self) -> bool:
        """Whether something has arrived that was not read yet."""
        return self._arrival <= self._clock.now

    def encrypt(self, timeout: float | None) -> None:
        """Let the time pass that TLS takes to start; if that fails, the connection is closed, as in httpcore."""
        self.closed = True
        self._clock.wait(self._network.tls_seconds, timeout, httpcore.ConnectTimeout)
        self.closed = False

    def write(self, data: bytes, timeout: float | None) -> None:
        """Send a part of a request."""
        self._clock.wait(len(data) / self._network.bytes_per_second, timeout, httpcore.WriteTimeout)
        if data and self._answered:  # after an answer was read, a new request begins
            self._script, self._answered = iter(self._network.next_answer()), False
        self._arrival = self._clock.now

    def read(self, max_bytes: int, timeout: float | None) -> bytes:
        """Return all that has arrived, or wait for the next piece; b"" means the end of the connection."""
        assert self._clock.now < self._network.ends, "this would never end"
        if not self._answered:
            self._answered = True
            self._fetch()
        self._clock.wait_until(self._arrival, timeout, httpcore.ReadTimeout)
        data = b""
        while self.readable and self._piece and len(data) + len(self._piece) <= max_bytes:
            data += self._piece
            self._fetch()
        return data

    def _fetch(self) -> None:
        pause, self._piece = next(self._script, (math.inf, b""))
        self._arrival += pause


@define(slots=False)  # the package wraps methods of streams
class _Stream(httpcore.NetworkStream):
    connection: VirtualConnection

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.connection.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _SOCKET_BYTES):  # as in httpcore, each part gets the whole timeout
            self.connection.write(buffer[start : start + _SOCKET_BYTES], timeout)

    def close(self) -> None:
        self.connection.closed = True

    def start_tls(self, *_: Any, **options: Any) -> httpcore.NetworkStream:
        self.connection.encrypt(options["timeout"])
        return _Stream(self.connection)

    def get_extra_info(self, info: str) -> bool | None:
        return self.connection.readable if info == "is_readable" else None


@define(slots=False)
class _AsyncStream(httpcore.AsyncNetworkStream):
    connection: VirtualConnection

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  # httpcore's name
        await checkpoint()
        return self.connection.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  # httpcore's name
        await checkpoint()
        self.connection.write(buffer, timeout)

    async def aclose(self) -> None:
        self.connection.closed = True

    async def start_tls(self, *_: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        await checkpoint()
        self.connection.encrypt(options["timeout"])
        return _AsyncStream(self.connection)

    def get_extra_info(self, info: str) -> bool | None:
        return self.connection.readable if info == "is_readable" else None


@frozen
class _Backend(httpcore.NetworkBackend):
    network: VirtualNetwork

    def connect_tcp(self, *_: Any, **options: Any) -> httpcore.NetworkStream:
        return _Stream(self.network.connect(options["timeout"]))


@frozen
class _AsyncBackend(httpcore.AsyncNetworkBackend):
    network: VirtualNetwork

    async def connect_tcp(self, *_: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        await checkpoint()
        return _AsyncStream(self.network.connect(options["timeout"]))


class VirtualNetwork:
    """Gives the answers in turn and repeats the last one; connecting, TLS and sending can also take time."""

    def __init__(
        self, *answers: Script, connect_seconds: float = 0, tls_seconds: float = 0, bytes_per_second: float = math.inf
    ) -> None:
        self.clock = VirtualClock()
        self.connections: list[VirtualConnection] = []
        self.requests = 0
        self.ends = self.clock.now + _LONG_SECONDS
        self.connect_seconds, self.tls_seconds, self.bytes_per_second = connect_seconds, tls_seconds, bytes_per_second
        self._answers = list(answers)

    def client(self, **options: Any) -> Mistral:
        """Make a client that connects to this network."""
        transport = httpx.HTTPTransport(verify=NO_CERTIFICATES)
        async_transport = httpx.AsyncHTTPTransport(verify=NO_CERTIFICATES)
        # httpx has no way to set the network backend; httpcore, which opens its connections, has one.
        transport._pool = httpcore.ConnectionPool(NO_CERTIFICATES, network_backend=_Backend(self))
        async_transport._pool = httpcore.AsyncConnectionPool(NO_CERTIFICATES, network_backend=_AsyncBackend(self))
        http, async_http = httpx.Client(transport=transport), httpx.AsyncClient(transport=async_transport)
        client = Mistral(KEY, server_url="https://agents.test", client=http, async_client=async_http, **options)
        client.clock = self.clock
        return client

    def connect(self, timeout: float | None) -> VirtualConnection:
        """Open a connection."""
        self.clock.wait(self.connect_seconds, timeout, httpcore.ConnectTimeout)
        self.connections.append(VirtualConnection(self))
        return self.connections[-1]

    def next_answer(self) -> Script:
        """Return the script that answers a new request."""
        self.requests += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


@define
class Outcome:
    """What a caller saw; times are in seconds since the call began."""

    texts: list[str] = field(factory=list)
    times: list[float] = field(factory=list)
    """The time of each event."""
    error: Any = None
    ended: float = 0

    @property
    def partial(self) -> str:
        """The text of the error's `partial`, or "" if it has none."""
        return str(self.error.partial.choices[0].message.content) if self.error.partial else ""


def read(
    world: World,
    network: VirtualNetwork,
    settings: Mapping[str, Any] | None = None,
    *,
    works: Iterable[float] = (),
    streams: int = 1,
    **options: Any,
) -> Outcome:
    """Read streams to their end or an error. After each event, the caller works: `works` has the seconds of each."""
    outcome, working, clock, client = Outcome(), iter(works), network.clock, network.client(**(settings or {}))
    began = clock.now

    def take(event: CompletionEvent) -> None:
        outcome.texts += texts([event])
        outcome.times.append(clock.now - began)
        clock.now += next(working, 0)

    async def call() -> None:
        async with client:
            for _ in range(streams):
                async for event in await client.agents.stream_async(**ASK, **options):
                    take(event)

    def call_blocking() -> None:
        with client:
            for _ in range(streams):
                for event in client.agents.stream(**ASK, **options):
                    take(event)

    try:
        world.run(call_blocking, call)
    except MistralError as error:
        outcome.error = error
    outcome.ended = clock.now - began
    return outcome


def complete(world: World, network: VirtualNetwork, **options: Any) -> Outcome:
    """Make a call of `complete`."""
    outcome, began = Outcome(), network.clock.now
    try:
        outcome.texts = [str(world.complete(network.client(), **ASK, **options).choices[0].message.content)]
    except MistralError as error:
        outcome.error = error
    outcome.ended = network.clock.now - began
    return outcome
