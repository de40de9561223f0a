"""How the stub uses connections, threads and processes."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import httpx
import pytest

from client_settings import ANY_KEY
from mistral_agents.testing import RecordedRequest, Reply, StubServer, in_turn
from mistral_agents.testing.http.wire import MAX_BODY_BYTES, HangUp, Piece, Raw, Wait
from mistral_agents.testing.openapi.contract import PATH
from testing.socket_client import exchange

ASK: dict[str, Any] = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Is it raining?"}]}
STREAM = {**ASK, "stream": True}
HOUR_MS = 3_600_000
STRICT = False
"""The stub of these tests accepts requests that the contract does not allow."""


def client(stub: StubServer) -> httpx.Client:
    """Open a client with a key and the stub's address."""
    return httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False)


def stub_threads() -> list[str]:
    """Name the threads that stubs have at present."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("stub-")]


def test_requests_are_recorded(stub: StubServer) -> None:
    """Requests are recorded in order, as they were sent; `repr` hides the key; each answer names its request."""
    with client(stub) as http:
        answers = [http.get("/else?where=1"), http.post(PATH, json=ASK)]
    assert [answer.headers["x-request-id"] for answer in answers] == ["stub-000001", "stub-000002"]
    other, asked = stub.requests
    assert (other.method, other.path, other.body, other.json, other.errors) == ("GET", "/else", b"", None, [])
    assert (asked.method, asked.path, json.loads(asked.body), asked.json, asked.errors) == ("POST", PATH, ASK, ASK, [])
    assert asked.headers["AUTHORIZATION"] == "Bearer any"
    assert "Bearer" not in repr(asked)


def test_stream_is_chunked_event_by_event(stub: StubServer) -> None:
    """A stream has no length, and each event is a chunk of the transfer encoding."""
    body = json.dumps(STREAM).encode()
    head = f"POST {PATH} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer k\r\ncontent-type: application/json\r\n"
    answer = exchange(stub, head.encode() + b"content-length: %d\r\n\r\n" % len(body) + body)
    answer_head, _, stream = answer.partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in answer_head.lower()
    assert stream.endswith(b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
    assert stream.count(b"\n\n\r\n") == stream.count(b"data: ")


def test_pace_is_kept_between_events() -> None:
    """With a pace, there is one wait of that length between any two events."""
    waits: list[float] = []
    with StubServer(pace_ms=250, sleep=waits.append) as stub, client(stub) as http:
        events = http.post(PATH, json=STREAM).text.count("data: ")
    assert waits == [0.25] * (events - 1)


def test_one_connection_serves_200_streams(stub: StubServer) -> None:
    """Streams read to their end, one after another, share a connection."""
    with client(stub) as http:
        ends = {http.post(PATH, json=STREAM).text[-8:] for _ in range(200)}
    assert ends == {"[DONE]\n\n"}
    assert [request.connection for request in stub.requests] == [0] * 200


@pytest.mark.anyio
async def test_100_streams_at_once() -> None:
    """A hundred streams run at the same time: none is answered before all requests have arrived."""
    together = threading.Barrier(100)

    def respond(_: RecordedRequest) -> None:
        together.wait(timeout=30)

    answers: list[httpx.Response] = []
    with StubServer(respond=respond) as stub:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(
            base_url=stub.url, headers=ANY_KEY, trust_env=False, limits=limits, timeout=40
        ) as http:

            async def ask() -> None:
                answers.append(await http.post(PATH, json=STREAM))

            async with anyio.create_task_group() as group:
                for _ in range(100):
                    group.start_soon(ask)
    assert [answer.text[-8:] for answer in answers] == ["[DONE]\n\n"] * 100
    assert stub_threads() == []


def test_close_ends_streams_and_idle_connections() -> None:
    """Closing breaks off a stream that waits, and leaves no thread, no connection and no listening port."""
    stub = StubServer(pace_ms=HOUR_MS).start()
    port = stub.port
    with client(stub) as idle, client(stub) as http:
        assert idle.get("/").status_code == 200
        with http.stream("POST", PATH, json=STREAM) as response:
            received = response.iter_bytes()
            assert next(received).startswith(b"data: ")
            stub.close()
            with pytest.raises(httpx.RemoteProtocolError):
                next(received)
    stub.close()
    assert stub_threads() == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_start_again_on_the_same_port() -> None:
    """A stub has an address while it is open; afterwards another stub can have the same address."""
    with StubServer() as first:
        port = first.port
        with pytest.raises(RuntimeError, match="listens already"):
            first.start()
        with pytest.raises(OSError, match=r"[Aa]ddress"):
            StubServer(port).start()
    with pytest.raises(RuntimeError, match="does not listen"):
        _ = first.url
    with StubServer(port) as second, client(second) as http:
        assert (second.url, http.post(PATH, json=ASK).status_code) == (f"http://127.0.0.1:{port}", 200)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.com", ""])  # noqa: S104  # refused, as it should
def test_other_hosts_are_refused(host: str) -> None:
    """An address that is not loopback is refused before the stub listens."""
    with pytest.raises(ValueError, match="loopback alone"):
        StubServer(host=host)


@pytest.mark.parametrize("pace_ms", [-1, float("nan"), float("inf")])
def test_impossible_pace_is_refused(pace_ms: float) -> None:
    """A pace that no clock can keep is refused."""
    with pytest.raises(ValueError, match="pace_ms"):
        StubServer(pace_ms=pace_ms)


@pytest.mark.parametrize(
    ("sent", "status_line"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"x" * 10_000_000, b"HTTP/1.1 431 "),
        (b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nshort", b""),
        (b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n", b"HTTP/1.1 400 "),
        (b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nno number\r\n", b"HTTP/1.1 400 "),
        (b"GET /else HTTP/1.0\r\n\r\n", b"HTTP/1.1 404 "),
        (b"GET / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 1\r\n\r\n", b"HTTP/1.1 100 "),
        (b"", b""),
    ],
)
def test_what_is_no_http_is_survived(stub: StubServer, sent: bytes, status_line: bytes) -> None:
    """Bytes that are not a whole request get an error status or nothing; the next client gets its answer."""
    assert exchange(stub, sent)[:13] == status_line
    with client(stub) as http:
        assert http.post(PATH, json=ASK).status_code == 200


def test_too_large_a_body_is_refused(stub: StubServer) -> None:
    """A body above the limit is read to its end but not kept, and is refused; the connection stays open."""
    pieces = [b" " * (MAX_BODY_BYTES // 4)] * 4 + [b"{"]
    with client(stub) as http:
        refused = http.post(PATH, content=iter(pieces), headers={"Content-Type": "application/json"})
        assert (refused.status_code, refused.json()["type"]) == (413, "content_too_large")
        assert http.post(PATH, json=ASK).status_code == 200
    assert [(request.body[:1], request.connection) for request in stub.requests] == [(b"", 0), (b"{", 0)]


def replying(*pieces: Piece, status: int | None = 200, length: int | None = None) -> Callable[[RecordedRequest], Reply]:
    """Make a hook that answers each request with the same pieces."""
    headers = [] if length is None else [("content-length", str(length))]
    return lambda _: Reply(status, headers, pieces)


@pytest.mark.parametrize(
    ("respond", "error"),
    [
        (replying(HangUp(), status=None), "Server disconnected without sending a response"),
        (replying(HangUp(reset=True), status=None), "Connection reset|Errno"),
        (replying(b'data: {"id', HangUp()), "incomplete chunked read"),
        (replying(b"data: {}", HangUp(reset=True)), "Connection reset|Errno"),
        (replying(Raw(b"10\r\nabc"), HangUp()), "incomplete chunked read"),
        (replying(b"{}", HangUp(), length=9), "received 2 bytes, expected 9"),
        (replying(Raw(b"SSH-2.0\r\n\r\n"), status=None), "illegal status line"),
    ],
)
def test_reply_can_break_the_rules(respond: Callable[[RecordedRequest], Reply], error: str) -> None:
    """A hook's reply can end the connection or break HTTP's rules at any byte."""
    with (
        StubServer(respond=respond) as stub,
        client(stub) as http,
        pytest.raises((httpx.RemoteProtocolError, httpx.ReadError), match=error),
    ):
        http.post(PATH, json=STREAM)


def test_reply_can_drip() -> None:
    """A hook's reply can be sent byte by byte, with a pause before each."""
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\ndrops"
    dripping = [piece for byte in answer for piece in (Wait(0.5), Raw(bytes([byte])))]
    waits: list[float] = []
    with StubServer(respond=replying(*dripping, status=None), sleep=waits.append) as stub, client(stub) as http:
        assert http.post(PATH, json=ASK).text == "drops"
    assert waits == [0.5] * len(answer)


def test_stalled_reply_ends_with_the_stub() -> None:
    """A reply that waits for ever blocks the client, but the stub can still be closed."""
    with (
        StubServer(respond=replying(b"data", Wait(float("inf")))) as stub,
        client(stub) as http,
        http.stream("POST", PATH) as response,
    ):
        received = response.iter_bytes()
        assert next(received) == b"data"
        stub.close()
        with pytest.raises(httpx.RemoteProtocolError):
            next(received)
    assert stub_threads() == []


def test_endless_reply_ends_with_its_client() -> None:
    """A reply's generator is closed once its client has gone."""
    closed = threading.Event()

    def endless() -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * 10_000
        finally:
            closed.set()

    with StubServer(respond=lambda _: Reply(200, (), endless())) as stub, client(stub) as http:
        with http.stream("POST", PATH) as response:
            assert next(response.iter_bytes())
        assert closed.wait(timeout=30)


@pytest.mark.parametrize(
    ("method", "reply"),
    [
        ("POST", Reply(204, (), [b"ignored"])),
        ("POST", Reply(304, [("etag", "1")], [b"ignored"])),
        ("POST", Reply(204)),
        ("HEAD", Reply(200, [("content-length", "7")], [b"ignored"])),
    ],
)
def test_reply_without_a_body(method: str, reply: Reply) -> None:
    """A response that has no body in HTTP (204, 304, to HEAD) is sent without one, and the connection stays open."""
    with StubServer(respond=in_turn(reply, None)) as stub, client(stub) as http:
        answer = http.request(method, PATH)
        assert http.post(PATH, json=ASK).status_code == 200
    assert (answer.status_code, answer.content) == (reply.status, b"")
    assert dict(answer.headers) == dict(reply.headers)
    assert [request.connection for request in stub.requests] == [0, 0]


@pytest.mark.parametrize("name", ["jsonschema", "yaml"])
def test_missing_package_names_the_extra(name: str) -> None:
    """Without the extra's packages the module can be imported; `StubServer` raises ImportError with what to install."""
    lines = ["import sys", f"sys.modules[{name!r}] = None", "import mistral_agents.testing", "print()"]
    program = "; ".join([*lines, "mistral_agents.testing.StubServer"])
    ending = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603  # our own
    last_line = ending.stderr.splitlines()[-1]
    assert (ending.stdout, last_line[:13]) == ("\n", "ImportError: ")
    assert name in last_line
    assert 'pip install "mistral-agents[testing] @ git+URL"' in last_line  # the command of the README
