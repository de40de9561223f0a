"""A stream that was read to its end leaves its connection to the next call, if the body ends within 250 ms."""

from __future__ import annotations

import contextlib
import itertools
import socket
import ssl
import threading

import h11
import httpx
import pytest
import trustme
from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st

from client_settings import AT_ONCE, KEY
from completion_payloads import ASK, WHOLE_STREAM, sse
from mistral_agents import Mistral
from mistral_agents.testing import (
    STALL,
    Raw,
    Reply,
    StubServer,
    Wait,
    chunk,
    completion,
    event,
    gzipped,
    in_turn,
    json_reply,
    stream_reply,
)
from mistral_agents.testing.http.listener import Listener
from mistral_agents.testing.http.wire import Connection, Request
from patience import PATIENCE_SECONDS
from virtual_network import Script, VirtualNetwork, dripped, framed, head, read
from worlds import World, each_world

MANY, SOME = 200, 20
A, LAST = chunk("a"), chunk("b", finish_reason="stop")
A_MOMENT = 0.25 + 1e-6
"""How long the rest of a body may take after `[DONE]`: 250 ms, and a margin for floating-point arithmetic."""


def make_calls(world: World, client: Mistral, calls: list[str]) -> None:
    """Make calls one after another: `complete`, `stream`, or `leave`, which opens a stream and does not read it."""

    async def call() -> None:
        async with client:
            for name in calls:
                if name == "complete":
                    await client.agents.complete_async(**ASK)
                    continue
                async with await client.agents.stream_async(**ASK) as stream:
                    if name == "stream":
                        assert (await stream.get_final_response()).choices

    def call_blocking() -> None:
        with client:
            for name in calls:
                if name == "complete":
                    client.agents.complete(**ASK)
                    continue
                with client.agents.stream(**ASK) as stream:
                    if name == "stream":
                        assert stream.get_final_response().choices

    world.run(call_blocking, call)


def connections(stub: StubServer, world: World, calls: list[str]) -> list[int]:
    """Return the number of the connection on which each request of these calls came."""
    make_calls(world, Mistral(KEY, server_url=stub.url, retry_config=AT_ONCE), calls)
    return [request.connection for request in stub.requests]


@pytest.mark.parametrize(
    "calls",
    [["stream"] * MANY, ["complete"] * MANY, ["stream", "complete"] * (SOME // 2)],
    ids=["streams", "answers", "both in turn"],
)
@each_world
def test_calls_one_after_another_use_one_connection(world: World, calls: list[str]) -> None:
    """Two hundred streams, or answers, or both in turn, open one connection."""
    with StubServer() as stub:
        assert connections(stub, world, calls) == [0] * len(calls)


@pytest.mark.parametrize(
    "reply",
    [
        stream_reply(A, LAST, "[DONE]", Wait(1)),
        stream_reply(A, LAST, Wait(1)),
        gzipped(stream_reply(A, LAST, "[DONE]", Wait(1))),
    ],
    ids=["after [DONE]", "without [DONE]", "of gzip"],
)
@each_world
def test_the_end_of_a_body_is_waited_for(world: World, reply: Reply) -> None:
    """A connection is used again even if the server ends the body only after the caller has the last event."""
    taken = threading.Semaphore(0)

    async def call() -> None:
        async with client:
            for _ in range(SOME):
                async for found in await client.agents.stream_async(**ASK):
                    if found.data.choices[0].finish_reason:
                        taken.release()

    def call_blocking() -> None:
        with client:
            for _ in range(SOME):
                for found in client.agents.stream(**ASK):
                    if found.data.choices[0].finish_reason:
                        taken.release()

    with StubServer(respond=in_turn(reply), sleep=lambda _: taken.acquire(timeout=PATIENCE_SECONDS)) as stub:
        client = Mistral(KEY, server_url=stub.url, retry_config=AT_ONCE)
        world.run(call_blocking, call)
        assert [request.connection for request in stub.requests] == [0] * SOME


@each_world
def test_a_stream_that_is_closed_early_closes_its_connection(world: World) -> None:
    """The rest of a stream that is closed early is not read; the next call opens a new connection."""
    reply = stream_reply(A, STALL)
    with StubServer(respond=in_turn(None, reply, None, reply, None)) as stub:
        assert connections(stub, world, ["stream", "leave", "stream", "leave", "stream"]) == [0, 0, 1, 1, 2]


@each_world
def test_a_server_that_keeps_the_body_open(world: World) -> None:
    """If a server keeps a body open after `[DONE]`, the caller does not wait; the next call opens a new connection."""
    dawdles = stream_reply(A, LAST, "[DONE]", STALL)
    with StubServer(respond=in_turn(dawdles, None)) as stub:
        assert connections(stub, world, ["stream"] * 3) == [0, 1, 1]


@each_world
def test_refusals_keep_the_connection(world: World) -> None:
    """A refused attempt's body is read to its end, so that the next attempt uses the same connection."""
    busy = json_reply({"detail": "Busy"}, 503)
    with StubServer(respond=in_turn(*[busy, busy, None] * 4)) as stub:
        assert connections(stub, world, ["stream", "complete"] * 2) == [0] * 12


@pytest.mark.parametrize(
    "reply",
    [
        stream_reply(A, LAST, "[DONE]", connection="close"),
        Reply(None, body=[Raw(b"HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + WHOLE_STREAM)]),
    ],
    ids=["Connection: close", "HTTP/1.0"],
)
@each_world
def test_a_connection_for_one_answer_is_used_once(world: World, reply: Reply) -> None:
    """If a server closes its connection after each answer, each call opens a new one."""
    with StubServer(respond=in_turn(reply)) as stub:
        assert connections(stub, world, ["stream"] * 3) == [0, 1, 2]


class Dripping(Connection):
    """Sends one byte at a time what follows the last event: the last chunk, and a trailer."""

    def _send(self, event: h11.Event) -> None:
        if not isinstance(event, h11.EndOfMessage):
            super()._send(event)
            return
        for byte in self._http.send(h11.EndOfMessage(headers=[("x-a", "b")])) or b"":
            self._socket.sendall(bytes([byte]))


@define
class Service:
    """Serves streams on loopback, with TLS or without; `connections` has the number of each request's connection."""

    kind: type[Connection]
    tls: ssl.SSLContext | None
    connections: list[int] = field(factory=list)

    def serve(self, sock: socket.socket, number: int, stopping: threading.Event) -> None:
        """Serve a connection."""

        def respond(_: Request) -> Reply:
            self.connections.append(number)
            return stream_reply(A, LAST, "[DONE]")

        with contextlib.nullcontext(sock) if self.tls is None else self.tls.wrap_socket(sock, server_side=True) as wire:
            self.kind(wire, respond, stopping.wait, stopping).serve()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Make an authority for certificates."""
    return trustme.CA()


@pytest.mark.parametrize("kind", [Connection, Dripping], ids=["at once", "byte by byte"])
@pytest.mark.parametrize("scheme", ["http", "https"])
@each_world
def test_the_end_of_the_body_may_come_byte_by_byte(
    world: World, kind: type[Connection], scheme: str, authority: trustme.CA
) -> None:
    """Streams share one connection, encrypted or not, also if the end of each body arrives byte by byte."""
    of_server, of_client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.issue_cert("127.0.0.1").configure_cert(of_server)
    authority.configure_trust(of_client)
    service = Service(kind, of_server if scheme == "https" else None)
    listener = Listener("127.0.0.1", 0, service.serve)
    client = Mistral(KEY, server_url=f"{scheme}://127.0.0.1:{listener.port}")
    client.connections.verify_ssl = of_client
    with contextlib.closing(listener):
        make_calls(world, client, ["stream"] * SOME)
    assert service.connections == [0] * SOME


ENDINGS = {"the last chunk": b"0\r\n\r\n", "a trailer": b"0\r\nx-a: b\r\n\r\n"}
# No such pause, and no sum of pauses, is exactly 250 ms.
pauses = st.integers(0, 40).map(lambda hundredths: hundredths / 100 + 0.003)


@given(pause=pauses, ending=st.sampled_from([*ENDINGS.values()]), drips=st.booleans())
@each_world
def test_a_moment_is_enough(world: World, pause: float, ending: bytes, drips: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by position
    """If the body ends within 250 ms after `[DONE]`, its connection is used again; the caller never waits longer."""
    rest = dripped(ending, pause) if drips else [(pause, ending)]
    network = VirtualNetwork([(0.0, head() + framed(event(LAST) + event("[DONE]"))), *rest])
    seen = read(world, network, streams=2)
    arrival = sum(gap for gap, _ in rest)
    assert (seen.texts, seen.error) == (["b", "b"], None)
    assert len(network.connections) == (1 if arrival < 0.25 else 2)
    assert seen.ended <= 2 * A_MOMENT


ENDLESS: dict[str, Script] = {
    "silence": [],
    "chunks": itertools.repeat((0.01, framed(b"garbage"))),
    "comments": itertools.repeat((0.01, framed(b": still here\n\n"))),
    "events": itertools.repeat((0.01, framed(sse(A)))),
    "no chunks": itertools.repeat((0.01, b"garbage")),
    "a chunk byte by byte": dripped(framed(b"x" * 100), 0.01),
    "a trailer without an end": [(0.0, b"0\r\n"), *[(0.01, b"x-a: b\r\n")] * 100],
}


@pytest.mark.parametrize("deadline_ms", [None, 100])
@pytest.mark.parametrize("rest", ENDLESS)
@each_world
def test_what_follows_the_end_does_not_hold_the_caller(world: World, rest: str, deadline_ms: float | None) -> None:
    """Whatever comes after `[DONE]`, the stream ends without an error, within 250 ms or at the deadline."""
    start = [(0.05, head() + framed(event(LAST) + event("[DONE]")))]
    network = VirtualNetwork(itertools.chain(start, ENDLESS[rest]))
    seen = read(world, network, deadline_ms=deadline_ms)
    assert (seen.texts, seen.error) == (["b"], None)
    assert seen.ended - 0.05 <= (A_MOMENT if deadline_ms is None else 0.05 + 1e-6)
    assert [connection.closed for connection in network.connections] == [True]


@each_world
def test_a_cookie_is_not_sent_back(world: World) -> None:
    """Our own httpx clients do not send back cookies that the service sets."""
    answer = json_reply(completion("Hello"), set_cookie="seen=1")
    with StubServer(respond=lambda _: answer) as stub:
        make_calls(world, Mistral(KEY, server_url=stub.url), ["complete", "complete"])
        assert [request.headers.get("cookie") for request in stub.requests] == [None, None]


def test_an_httpx_client_of_the_user_keeps_its_cookies() -> None:
    """An httpx client that the user passes in sends cookies back, as it does without this package."""
    answer = json_reply(completion("Hello"), set_cookie="seen=1")
    with StubServer(respond=lambda _: answer) as stub, httpx.Client() as own:
        with Mistral(KEY, server_url=stub.url, client=own) as client:
            for _ in range(2):
                client.agents.complete(**ASK)
        assert [request.headers.get("cookie") for request in stub.requests] == [None, "seen=1"]
