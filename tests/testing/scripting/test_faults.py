"""The functions that make replies for scripts, and what each reply puts on a connection, as plain httpx sees it."""

from __future__ import annotations

import itertools
import json
import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import httpx
import pytest

from client_settings import ANY_KEY
from completion_payloads import ASK
from mistral_agents import testing
from mistral_agents.testing import (
    STALL,
    HangUp,
    Raw,
    Reply,
    StubServer,
    Wait,
    chunk,
    completion,
    cut,
    dripped,
    error_event,
    event,
    gzipped,
    in_turn,
    json_reply,
    stream_reply,
    unused_address,
    verbatim,
)
from mistral_agents.testing.http import wire
from mistral_agents.testing.openapi.contract import PATH, load_contract
from mistral_agents.testing.scripting import completions, entries, entry_events, faults, script

EVENTS = b'data: {"a": 1}\n\ndata: [DONE]\n\n'
STREAM = stream_reply({"a": 1}, "[DONE]")


def ask(reply: Reply) -> httpx.Response:
    """Let a stub give this reply, and return the response that a client gets."""
    with (
        StubServer(respond=in_turn(reply)) as stub,
        httpx.Client(headers=ANY_KEY, trust_env=False, timeout=10) as http,
    ):
        return http.post(stub.url + PATH, json=ASK)


def sent(reply: Reply) -> bytes:
    """Return all bytes that a stub sends for a reply."""
    request = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n"
    with (
        StubServer(respond=in_turn(reply)) as stub,
        socket.create_connection(("127.0.0.1", stub.port), timeout=10) as sock,
    ):
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(65_536), b""))


def test_everything_is_exported() -> None:
    """The package exports all functions for replies, and the types of the pieces that replies consist of."""
    pieces = ["HangUp", "Raw", "Reply", "Wait"]
    answers = ["choices", "chunk", "chunks", "completion", "thinking", "tool_call"]
    own = {faults: faults.__all__, entries: entries.__all__, entry_events: ["events"]}
    modules = {**own, completions: answers, script: ["by_operation", "in_turn"], wire: pieces}
    recording = ["Masks", "Recorder", "RecordingError", "Replay", "load_recording"]
    stub = ["RecordedRequest", "StubError", "StubServer", "load_contract", *recording]
    assert sorted([*itertools.chain.from_iterable(modules.values()), *stub]) == sorted(testing.__all__)
    assert all(getattr(testing, name) is getattr(module, name) for module in modules for name in modules[module])
    assert set(testing.__all__) <= set(dir(testing))


def test_name_that_does_not_exist() -> None:
    """A name that the package does not have raises an AttributeError with the name."""
    with pytest.raises(AttributeError, match=r"'mistral_agents\.testing' has no attribute 'complection'"):
        _ = testing.complection  # type: ignore[attr-defined]  # that is the point


def test_answers_keep_the_contract() -> None:
    """An answer, its pieces and an error body fit the contract."""
    contract = load_contract()
    assert contract.answer_problems(200, completion("Hi")) == []
    assert contract.chunk_problems(chunk("Hi", 1, "stop")) == []
    assert contract.answer_problems(503, {"detail": "Busy"}) == []


def test_json_reply() -> None:
    """A JSON reply has its status, type, length and further headers, and the connection goes on after it."""
    answer = ask(json_reply({"detail": "Busy"}, 503, retry_after="7"))
    assert (answer.status_code, answer.json()) == (503, {"detail": "Busy"})
    named = {name: answer.headers[name] for name in answer.headers}
    assert named == {"content-type": "application/json", "content-length": "18", "retry-after": "7"}
    assert ask(json_reply(b"<html>", content_type="text/html")).headers["content-type"] == "text/html"


def test_headers_can_be_left_out() -> None:
    """A header whose value is None is not sent; without a content-length, the body is chunked."""
    answer = ask(json_reply(b"{}", content_type=None, content_length=None))
    assert (dict(answer.headers), answer.content) == ({"transfer-encoding": "chunked"}, b"{}")


def test_stream_reply() -> None:
    """A stream has an event for each mapping and each string; bytes, and the content of `Raw`, are sent unchanged."""
    answer = ask(stream_reply({"a": 1}, b": a comment\n\n", Raw(b"4\r\nabcd\r\n"), "[DONE]", x_request_id="r1"))
    assert answer.headers["content-type"] == "text/event-stream"
    assert answer.headers["x-request-id"] == "r1"
    assert answer.content == b'data: {"a": 1}\n\n: a comment\n\nabcddata: [DONE]\n\n'


def test_event() -> None:
    """An event may have a name; a string becomes its data unchanged, and anything else becomes JSON."""
    assert event({"a": 1}) == b'data: {"a": 1}\n\n'
    assert event("[DONE]", "end") == b"event: end\ndata: [DONE]\n\n"
    assert event([1, None]) == b"data: [1, null]\n\n"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("event", b'event: error\ndata: {"message": "Busy", "type": "overloaded", "code": 503}\n\n'),
        ("object", b'data: {"object": "error", "message": "Busy", "type": "overloaded", "code": 503}\n\n'),
        ("error", b'data: {"error": {"message": "Busy", "type": "overloaded", "code": 503}}\n\n'),
        ("detail", b'data: {"detail": "Busy"}\n\n'),
    ],
)
def test_error_event(form: Literal["event", "object", "error", "detail"], expected: bytes) -> None:
    """An error inside a stream has one of four forms."""
    assert error_event("Busy", "overloaded", 503, form) == expected


def test_in_turn() -> None:
    """Requests get the replies in order, and then the last reply every time; None means the stub's own answer."""
    respond = in_turn(json_reply({}, 503), json_reply({}, 429), None)
    with (
        StubServer(respond=respond) as stub,
        httpx.Client(headers=ANY_KEY, trust_env=False) as http,
    ):
        found = [http.post(stub.url + PATH, json=ASK).status_code for _ in range(4)]
    assert found == [503, 429, 200, 200]


def test_in_turn_gives_each_reply_once() -> None:
    """Even if several threads ask at the same time, each reply except the last is given once."""
    replies = [json_reply({}, status) for status in range(400, 600)]
    respond, request = in_turn(*replies), Any
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: respond(request), range(250)))  # type: ignore[arg-type]  # the script ignores it
    assert sorted(replies.index(reply) for reply in found if isinstance(reply, Reply)) == [*range(199), *[199] * 51]


def test_verbatim_is_what_the_stub_sends() -> None:
    """A verbatim reply sends the same bytes as the reply that it was made from, chunked or with a length."""
    for reply in (STREAM, json_reply(b"{}"), stream_reply(b"ab", Wait(0), Raw(b"1\r\nc\r\n"))):
        expected = sent(reply)
        assert sent(verbatim(reply)).replace(b"transfer-encoding", b"Transfer-Encoding") == expected


def test_verbatim_length_may_be_a_lie() -> None:
    """A verbatim reply keeps a content-length that is set, even if it is wrong."""
    answer = ask(verbatim(json_reply(b'{"a": 1}', content_length="3")))
    assert answer.content == b'{"a'
    with pytest.raises(httpx.RemoteProtocolError, match="received 8 bytes, expected 20"):
        ask(verbatim(json_reply(b'{"a": 1}', content_length="20")))


def data(reply: Reply) -> bytes:
    """Return all the bytes of a reply's body."""
    parts = [piece.data if isinstance(piece, Raw) else piece for piece in reply.body]
    return b"".join(part for part in parts if isinstance(part, bytes))


@pytest.mark.parametrize("at", range(len(EVENTS) + 2))
def test_cut(at: int) -> None:
    """A cut reply has the first bytes of the body, as many as asked for, and then the connection ends."""
    reply = cut(STREAM, at)
    assert (data(reply), list(reply.body)[-1]) == (EVENTS[:at], HangUp())
    assert sent(reply).count(b"0\r\n\r\n") == 0


def test_cut_head() -> None:
    """A verbatim reply can be cut in its head. Then the connection ends, or the given fault happens."""
    assert sent(cut(verbatim(STREAM), 12)) == b"HTTP/1.1 200"
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        ask(cut(verbatim(STREAM), 0))
    with pytest.raises(httpx.ReadError):
        ask(cut(verbatim(STREAM), 0, HangUp(reset=True)))
    assert list(cut(STREAM, 3, STALL).body) == [b"dat", STALL]


def test_dripped() -> None:
    """A dripped reply sends each byte of the body alone, after a pause; if it is verbatim, also those of the head."""
    waits: list[float] = []
    respond = in_turn(dripped(STREAM, 0.5), dripped(verbatim(STREAM), 0.25))
    with StubServer(respond=respond, sleep=waits.append) as stub, httpx.Client(trust_env=False) as http:
        found = [http.post(stub.url).content for _ in range(2)]
    assert found == [EVENTS] * 2
    assert waits == [0.5] * len(EVENTS) + [0.25] * len(sent(verbatim(STREAM)))


def test_gzipped() -> None:
    """A gzipped reply decompresses to the same reply; each piece can be decompressed before the next one arrives."""
    content = completion("Hello " * 100)
    answer = ask(gzipped(json_reply(content)))
    assert (answer.json(), answer.headers["content-encoding"]) == (content, "gzip")
    with (
        StubServer(respond=in_turn(gzipped(stream_reply({"a": 1}, STALL)))) as stub,
        httpx.Client(trust_env=False) as http,
        http.stream("POST", stub.url) as response,
    ):
        assert next(response.iter_bytes()) == EVENTS[:16]


def test_gzip_bomb() -> None:
    """A large body of equal bytes is compressed to about a thousandth of its size."""
    bomb = gzipped(json_reply(b" " * 5_000_000))
    assert len(data(bomb)) < 5_500


def test_unused_address() -> None:
    """Connections to an unused address are refused."""
    with unused_address() as url, pytest.raises(httpx.ConnectError), httpx.Client(trust_env=False) as http:
        http.post(url, content=json.dumps(ASK))


@pytest.mark.parametrize("make", [json_reply, stream_reply])
@pytest.mark.parametrize(
    "header",
    [{"a b": "x"}, {"": "x"}, {"x": "a\r\nb: c"}, {"x": "\u20ac"}, {"x": " a"}, {"x": "\x00"}, {"retry_after": 1}],
)
def test_header_that_cannot_be_sent(make: Callable[..., Reply], header: dict[str, Any]) -> None:
    """A header that HTTP does not allow is refused where the reply is made, not where it is sent."""
    (name, value), *_ = [(name.replace("_", "-"), value) for name, value in header.items()]
    with pytest.raises((TypeError, ValueError), match=re.escape(f"{name!r}: {value!r} cannot be a header of HTTP")):
        make("{}", **header)
