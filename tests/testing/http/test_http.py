"""The stub as an HTTP server: what proxies, browsers, probes and careful clients expect of a server."""

from __future__ import annotations

import email.utils
import gzip
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from client_settings import ANY_KEY
from completion_payloads import ASK
from mistral_agents.testing import (
    Recorder,
    StubServer,
    completion,
    in_turn,
    json_reply,
    stream_reply,
    unused_address,
    verbatim,
)
from mistral_agents.testing.openapi.contract import PATH
from testing.socket_client import exchange

ORIGIN = {"Origin": "http://localhost:3000"}


def test_answers_have_the_headers_of_a_server(http: httpx.Client) -> None:
    """An answer has its date, and the two identifiers that the service gives it."""
    answer = http.post(PATH, json=ASK)
    assert email.utils.parsedate_to_datetime(answer.headers["date"]).tzinfo is not None
    assert answer.headers["x-request-id"] == answer.headers["mistral-correlation-id"] == "stub-000001"


def test_probe_is_no_request(http: httpx.Client, stub: StubServer) -> None:
    """A probe on `/` is answered, needs no key, and is not recorded as a request."""
    assert [http.get("/").json(), http.head("/").status_code] == [{"status": "ok"}, 200]
    assert stub.requests == []


def test_refused_key_names_the_scheme() -> None:
    """An answer 401 says how to send a key."""
    with StubServer() as stub:
        answer = httpx.post(stub.url + PATH, json=ASK, trust_env=False)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_preflight_is_answered(http: httpx.Client, stub: StubServer) -> None:
    """A browser's preflight may ask for any method and headers, and does not count as a request to a strict stub."""
    asked = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization,content-type"}
    answer = http.options("/v1/agents/ag_1", headers={**ORIGIN, **asked})
    allowed = {name: value for name, value in answer.headers.items() if name.startswith("access-control-allow")}
    assert (answer.status_code, stub.requests) == (204, [])
    assert allowed == {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "PATCH",
        "access-control-allow-headers": "authorization,content-type",
    }


def test_pages_of_other_origins_may_read(http: httpx.Client, stub: StubServer) -> None:
    """A page of another origin can read answers, streams and scripted faults; other clients get no header for this."""
    stub.respond = in_turn(None, None, json_reply({}, 503), None)
    bodies = [ASK, {**ASK, "stream": True}, ASK]
    answers = [http.post(PATH, json=body, headers=ORIGIN) for body in bodies]
    assert [answer.headers["access-control-allow-origin"] for answer in answers] == ["*"] * 3
    assert [answer.headers["access-control-expose-headers"] for answer in answers] == ["*"] * 3
    assert "access-control-allow-origin" not in http.post(PATH, json=ASK).headers


@pytest.mark.parametrize("own", [None, "http://localhost:3000"])
@pytest.mark.parametrize("recorded_with", [{}, ORIGIN])
def test_pages_of_other_origins_may_read_what_passes(
    tmp_path: Path, own: str | None, recorded_with: dict[str, str]
) -> None:
    """A page of another origin can read the answers of a recorder and of a replay.

    If the service's answer already says which origins may read it, this stays unchanged.
    """
    replies = [  # as raw bytes, because the stub that plays the service adds no headers to them
        verbatim(json_reply({}, 503, access_control_allow_origin=own)),
        verbatim(stream_reply("[DONE]", access_control_allow_origin=own)),
    ]

    def permissions(stub: StubServer, headers: dict[str, str]) -> list[str | None]:
        with stub, httpx.Client(base_url=stub.url, headers={**ANY_KEY, **headers}, trust_env=False) as http:
            answers = [http.post(PATH, json={**ASK, "stream": stream}) for stream in (False, True)]
        assert [answer.status_code for answer in answers] == [503, 200]
        return [answer.headers.get("access-control-allow-origin") for answer in answers]

    path = tmp_path / "recording.yaml"
    with StubServer(respond=lambda request: replies[request.json["stream"]]) as service:
        passed = permissions(StubServer(record=Recorder(path, service.url)), recorded_with)
    assert passed == [own or ("*" if recorded_with else None)] * 2
    assert permissions(StubServer(replay=path), ORIGIN) == [own or "*"] * 2
    assert permissions(StubServer(replay=path), {}) == [own] * 2


def test_page_may_read_why_nothing_was_forwarded(tmp_path: Path) -> None:
    """A page can also read the answer of a recorder whose service is down."""
    with unused_address() as url, StubServer(record=Recorder(tmp_path / "recording.yaml", url)) as stub:
        answer = httpx.post(stub.url + PATH, json=ASK, headers={**ANY_KEY, **ORIGIN}, trust_env=False)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (502, "*")


def test_absolute_targets(stub: StubServer) -> None:
    """A request with a whole address in its first line, as for a proxy, counts as a request for the path in it."""
    head = (
        "GET http://api.mistral.ai/v1/agents?page=0 HTTP/1.1\r\nhost: api.mistral.ai\r\nauthorization: Bearer k\r\n\r\n"
    )
    assert exchange(stub, head.encode()).startswith(b"HTTP/1.1 200 ")
    (request,) = stub.requests
    assert (request.path, request.query, request.operation) == ("/v1/agents", "page=0", "agents_list")


def test_compressed_bodies(http: httpx.Client, stub: StubServer) -> None:
    """A body may be compressed with gzip; the stub sees what is inside."""
    packed = gzip.compress(json.dumps(ASK).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert http.post(PATH, content=packed, headers=headers).status_code == 200
    assert stub.requests[0].json == ASK


def test_compressed_members(http: httpx.Client, stub: StubServer) -> None:
    """A gzip body may have several members, also small ones, and may be compressed twice."""
    text = json.dumps(ASK).encode()
    members = b"".join(gzip.compress(each) for each in (text[:9], b"", text[9:]))
    for encoding, packed in (("gzip", members), ("gzip, gzip", gzip.compress(members))):
        headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
        assert http.post(PATH, content=packed, headers=headers).status_code == 200
    assert [request.json for request in stub.requests] == [ASK, ASK]


def test_body_with_nothing_inside(http: httpx.Client) -> None:
    """A compressed body with nothing inside counts as no body, and not as a body that is too large."""
    asked = http.request("GET", "/v1/agents", content=gzip.compress(b""), headers={"Content-Encoding": "gzip"})
    assert (asked.status_code, asked.json()) == (200, [])


@pytest.mark.parametrize("encoding", ["br", "gzip", "gzip, br"])
def test_no_body_has_no_encoding(http: httpx.Client, encoding: str) -> None:
    """A request without a body is not refused because of its content encoding."""
    assert http.get("/v1/agents", headers={"Content-Encoding": encoding}).status_code == 200


@pytest.mark.parametrize(
    ("encoding", "body", "status"),
    [
        ("br", b"...", 415),
        ("gzip, br", b"...", 415),
        ("gzip", b"not gzip", 422),
        ("gzip", gzip.compress(json.dumps(ASK).encode())[:-9], 422),
        ("br, gzip", b"...", 415),
        ("gzip", gzip.compress(json.dumps(ASK).encode()) + b"more", 422),
        ("gzip", gzip.compress(b" " * 70_000_000), 413),
        ("gzip", gzip.compress(b" " * 40_000_000) * 2, 413),
    ],
    ids=["unknown", "one unknown", "none", "damaged", "also unknown", "garbage", "too large", "together too large"],
)
def test_compressed_bodies_that_are_refused(encoding: str, body: bytes, status: int) -> None:
    """An unknown encoding, a damaged body, and a body that is too large after decompression are refused."""
    headers = {**ANY_KEY, "Content-Type": "application/json", "Content-Encoding": encoding}
    with StubServer() as stub:
        answer = httpx.post(stub.url + PATH, content=body, headers=headers, trust_env=False)
    assert answer.status_code == status


LENGTHS = f"POST {PATH} HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n".encode()
NOT_HTTP: list[tuple[bytes, str, str]] = [
    (LENGTHS + b"0\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n", f"POST {PATH}", "Transfer-Encoding together with "),
    (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "- -", "illegal request line"),
    (
        b"GET /v1/agents HTTP/1.1\r\nhost: a\r\nauthorization Bearer the-secret-key\r\n\r\n",
        "- -",
        "illegal header line",
    ),
    (b"GET / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nx\r\n", "GET /", "illegal chunk header"),
]


@pytest.mark.parametrize(("sent", "line", "reason"), NOT_HTTP)
@pytest.mark.parametrize("strict", [False, True])
def test_request_that_is_not_http(sent: bytes, line: str, reason: str, strict: bool) -> None:  # noqa: FBT001  # pytest passes it by name
    """A request that breaks the rules of HTTP is refused, recorded and shown; to a strict stub it is unexpected."""
    stub = StubServer(strict=strict, respond=lambda _: json_reply({})).start()
    answer = exchange(stub, sent)
    head, _, body = answer.partition(b"\r\n\r\n")
    (shown,) = stub.journal.requests()
    stub.close()
    headers = dict(each.split(": ") for each in head.decode().lower().split("\r\n")[1:])
    assert (head[:13], answer.count(b"HTTP/1.1")) == (b"HTTP/1.1 400 ", 1)
    assert headers["connection"] == "close"
    assert "date" in headers
    why = json.loads(body)["message"]
    assert why.startswith(f"The request is not HTTP: {reason}")
    assert "secret" not in answer.decode()
    assert (shown["status"], shown["reason"], f"{shown['method']} {shown['path']}") == (400, why, line)
    assert [(each.method, each.operation) for each in stub.requests] == [(line.split(maxsplit=1)[0], "")]
    assert stub.complaints == [f"request 1 ({line}) was refused with 400: {why}"] * strict


@pytest.mark.parametrize("cut", [10, 40, -3])
def test_request_that_its_client_breaks_off(stub: StubServer, cut: int) -> None:
    """A request that does not arrive whole gets no answer. It does not count as unexpected: a call may be cancelled."""
    whole = b"GET /v1/agents HTTP/1.1\r\nhost: a\r\nauthorization: Bearer k\r\ncontent-length: 9\r\n\r\n123456789"
    assert (exchange(stub, whole[:cut]), stub.requests, stub.journal.requests()) == (b"", [], [])


@pytest.mark.parametrize("mode", ["record", "replay"])
def test_request_that_is_not_http_is_not_passed_on(tmp_path: Path, mode: str) -> None:
    """A recorder does not forward a request that breaks the rules of HTTP, and says so; a replay refuses it."""
    path = tmp_path / "recording.yaml"
    with StubServer() as service:
        recorder = Recorder(path, service.url)
        with (
            StubServer(record=recorder) as stub,
            httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http,
        ):
            http.post(PATH, json=ASK)
            if mode == "record":
                assert exchange(stub, LENGTHS).startswith(b"HTTP/1.1 400 ")
        assert len(service.requests) == 1
    reason = "the request is not HTTP: Transfer-Encoding together with Content-Length"
    assert recorder.problems == [f"request 2 (POST {PATH}) is not forwarded: {reason}"] * (mode == "record")
    if mode == "replay":
        stub = StubServer(replay=path, strict=True).start()
        assert exchange(stub, LENGTHS).startswith(b"HTTP/1.1 400 ")
        stub.close()
        assert [each.split(":")[0] for each in stub.complaints] == [f"request 1 (POST {PATH}) was refused with 400"]


def test_control_shows_and_resets(http: httpx.Client, stub: StubServer) -> None:
    """`/_stub/requests` shows what was received, with keys masked; `/_stub/reset` forgets it, and the state."""
    http.post(
        "/v1/agents",
        json={"model": "m", "name": "n", "instructions": "the-secret-key"},
        headers={"Authorization": "Bearer the-secret-key"},
    )
    text = http.get("/_stub/requests").text
    (shown,) = json.loads(text)
    assert (shown["operation"], shown["status"], shown["errors"]) == ("agents_create", 200, [])
    assert json.loads(shown["answer"])["name"] == "n"
    assert "the-secret-key" not in text
    assert ["authorization", "Bearer **************"] in shown["headers"]
    assert http.post("/_stub/reset").status_code == 204
    assert (http.get("/_stub/requests").json(), stub.requests, dict(stub.agents)) == ([], [], {})
    assert http.get("/_stub/health").json() == {"status": "ok"}


def test_script_in_json(http: httpx.Client) -> None:
    """A script comes as JSON: answers in turn, replies, streams with faults, also by operation."""
    script: Any = [
        {"reply": {"status": 503, "json": {"detail": "Busy"}, "headers": {"Retry-After": "1"}}},
        completion("Yes."),
        None,
        {"stream": [{"data": {"a": 1}, "event": "x"}, {"text": ": c\n\n"}, {"wait_seconds": 0}, {"data": "[DONE]"}]},
    ]
    assert http.post("/_stub/script", json=script).status_code == 204
    busy, said, usual, stream = [http.post(PATH, json=ASK) for _ in script]
    assert (busy.status_code, busy.headers["retry-after"], usual.status_code) == (503, "1", 200)
    assert said.json()["choices"][0]["message"]["content"] == "Yes."
    assert stream.text == 'event: x\ndata: {"a": 1}\n\n: c\n\ndata: [DONE]\n\n'
    http.post("/_stub/script", json={"agents_list": [[]], "agents_get": [{"stream": [{"hang_up": "reset"}]}]})
    assert http.get("/v1/agents").json() == []
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        http.get("/v1/agents/a")
    assert http.post("/_stub/script", content="null").status_code == 204


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (b"{", "script: Expecting property name"),
        (b"5", "script: expected a list of answers, or an object of such lists, got a number"),
        (b"[]", "script: expected a list with at least one answer, got a list"),
        (b'{"agents_get": {}}', "agents_get: expected a list with at least one answer, got an object"),
        (b'["Yes."]', "script[0]: expected null, an object or a list, got a text"),
        (
            b'[null, {"reply": {"state": 1}}]',
            "script[1].reply: expected an object with some of headers, ",
        ),
        (b'[{"reply": {"status": 99}}]', "script[0].reply.status: expected a number from 200 to 999, got 99"),
        (b'[{"reply": {"headers": {"a": 1}}}]', "script[0].reply.headers: expected an object of texts"),
        (b'[{"stream": {}}]', "script[0].stream: expected a list, got an object"),
        (b'[{"stream": [{"event": "a"}]}]', "script[0].stream[0]: expected an object with one of data, text,"),
    ],
)
def test_script_with_a_mistake(http: httpx.Client, stub: StubServer, script: bytes, why: str) -> None:
    """JSON that is not a script is refused, with the place of the mistake, and the previous script stays."""
    stub.respond = before = in_turn(None)
    answer = http.post("/_stub/script", content=script)
    assert (answer.status_code, answer.json()["message"][: len(why)]) == (400, why)
    assert stub.respond is before
    http.get("/v1/agents")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.com"},
        {"Host": "127.0.0.1.example.com"},
        {"Host": "192.0.2.1"},
        {"Host": "[::1"},
        {"Origin": "http://example.com"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
    ],
)
def test_control_is_for_this_machine(http: httpx.Client, headers: dict[str, str]) -> None:
    """A page of another origin, or of a host that is not this machine, cannot use `/_stub/`."""
    answers = [http.get("/_stub/requests", headers=headers), http.post("/_stub/reset", headers=headers)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert [name for name in answers[0].headers if name.startswith("access-control")] == []


def test_control_knows_its_paths_and_methods(http: httpx.Client, stub: StubServer) -> None:
    """Under `/_stub/`, an unknown path gets 404 and a wrong method 405; neither is a request to a strict stub."""
    assert [http.get("/_stub/else").status_code, http.get("/_stub/reset").status_code] == [404, 405]
    assert http.get("/_stub").text.startswith("<!doctype html>")
    assert stub.requests == []


def test_page_may_load_nothing(http: httpx.Client) -> None:
    """The page's policy allows its own style and script, and requests to the stub; nothing else may load or run."""
    answer = http.get("/_stub/")
    policy = dict(each.strip().split(" ", 1) for each in answer.headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "script-src": "'unsafe-inline'",
        "connect-src": "'self'",
    }
    assert answer.headers["cache-control"] == "no-store"


def test_events_show_requests_answers_and_pieces(http: httpx.Client, stub: StubServer) -> None:
    """A page is told of each request, of its answer, and of each piece of a stream when the piece is sent."""
    http.post(PATH, json=ASK)
    with http.stream("GET", "/_stub/events") as response:
        lines = response.iter_lines()
        assert next(lines) == ": open"

        def note() -> Any:
            return json.loads(next(line for line in lines if line.startswith("data: ")).removeprefix("data: "))

        before = note()
        assert (before["status"], len(stub.requests)) == (200, 1)
        assert json.loads(before["answer"])["object"] == "chat.completion"
        with httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as other:
            other.post(PATH, json={**ASK, "stream": True})
        kinds: list[str] = []
        while not kinds or kinds[-1] != "end":
            kinds.append((told := note())["kind"])
            assert told["number"] == 2
    assert kinds[:3] == ["request", "answer", "piece"]
    assert set(kinds[3:-1]) == {"piece"}
