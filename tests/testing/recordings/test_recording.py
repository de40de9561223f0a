"""Recording requests and answers, and replaying them: the file, masks, problems, and how requests are matched."""

from __future__ import annotations

import base64
import json
import socket
import tempfile
import threading
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from client_settings import ANY_KEY
from completion_payloads import ASK
from mistral_agents.testing import (
    STALL,
    HangUp,
    Masks,
    Raw,
    Recorder,
    RecordingError,
    Replay,
    Reply,
    StubError,
    StubServer,
    Wait,
    chunk,
    completion,
    event,
    gzipped,
    in_turn,
    json_reply,
    load_recording,
    stream_reply,
    unused_address,
    verbatim,
)
from mistral_agents.testing.openapi.contract import PATH
from mistral_agents.testing.recordings import recorder as recording_service
from mistral_agents.testing.recordings.recording import Chunk, Exchange, dump_exchange, dump_head
from mistral_agents.testing.secrets.masking import Masker
from testing.socket_client import STALL_SECONDS, receive

KEY = 'sk-the/secret+key=42"\\é'
COOKIE = "cookie-of-the-session"


def post(stub: StubServer, body: Any = ASK, path: str = PATH, **headers: str) -> httpx.Response:
    """Post a body as JSON, with a key."""
    given = {"Authorization": "Bearer the-secret-key", **headers}
    with httpx.Client(base_url=stub.url, headers=given, trust_env=False) as http:
        return http.post(path, json=body)


def record(path: Path, respond: Any, *bodies: Any, masks: Masks = Masks()) -> Recorder:  # noqa: B008  # it is frozen
    """Record these requests to a stub with this script."""
    with StubServer(respond=respond) as service:
        recorder = Recorder(path, service.url, masks=masks)
        with StubServer(record=recorder) as stub:
            for body in bodies:
                post(stub, body)
    return recorder


def test_recording_and_replay(tmp_path: Path) -> None:
    """A replay gives the recorded answers, whole or streamed, also of a conversation; nothing is made up."""
    path = tmp_path / "recording.yaml"

    def talk(stub: StubServer) -> list[str]:
        started = post(stub, {"inputs": "Hi", "model": "m"}, "/v1/conversations")
        which = started.json()["conversation_id"]
        again = post(stub, {"inputs": "And?", "stream": True}, f"/v1/conversations/{which}")
        return [post(stub).text, post(stub, {**ASK, "stream": True}).text, started.text, again.text]

    with StubServer() as service, StubServer(record=Recorder(path, service.url)) as recorder:
        recorded = talk(recorder)
    with StubServer(replay=path, strict=True) as stub:
        assert talk(stub) == recorded
        assert [request.operation for request in stub.requests][:2] == ["conversations_start", "conversations_append"]
    assert all(exchange.problems == [] for exchange in load_recording(path).exchanges)


def test_recording_reads_well(tmp_path: Path) -> None:
    """The file shows what passed, line by line: texts as texts, events as blocks, headers as lines."""
    path = tmp_path / "recording.yaml"
    record(path, in_turn(stream_reply(chunk("It"), chunk(" rains", 0, "stop"), "[DONE]")), {**ASK, "stream": True})
    text = path.read_text(encoding="utf-8")
    (shown,) = yaml.safe_load(text)["exchanges"]
    assert text.startswith("mistral_agents_recording: 1\nupstream: http://127.0.0.1:")
    assert shown["request"]["body"] == json.dumps({**ASK, "stream": True}, separators=(",", ":"))
    assert "authorization: Bearer **************" in shown["request"]["headers"]
    assert [line for line in shown["request"]["headers"] if line.startswith("host")] == []  # its port varies
    assert "    - at: " in text
    assert "      data: |+\n        data: {" in text
    assert (shown["answer"]["framing"], shown["answer"]["end"]) == ("chunked", "complete")


ENCODED = {
    "plain": KEY,
    "percent": urllib.parse.quote(KEY, safe=""),
    "percent, small": urllib.parse.quote(KEY, safe="").lower(),
    "form": urllib.parse.quote_plus(KEY),
    "JSON": json.dumps(KEY)[1:-1],
    "JSON, not ASCII": json.dumps(KEY, ensure_ascii=False)[1:-1],
    "JSON, escaped": "".join(f"\\u{ord(character):04X}" for character in KEY),
    "JSON in JSON": json.dumps(json.dumps(KEY))[1:-1],
    "JSON, slashes": json.dumps(KEY)[1:-1].replace("/", "\\/"),
    **{f"base64, {n} before": base64.b64encode(b"x" * n + KEY.encode() + b"y" * n).decode() for n in range(4)},
    **{f"base64 url, {n} before": base64.urlsafe_b64encode(b"?" * n + KEY.encode()).decode() for n in range(3)},
}


@pytest.mark.parametrize("form", ENCODED.values(), ids=ENCODED.keys())
@pytest.mark.parametrize("cut", [None, 1, 5])
def test_secret_is_masked_in_every_form(form: str, cut: int | None) -> None:
    """A secret is overwritten in every encoding, also across chunks; everything else, and every length, stays."""
    before, after = b'data: {"a": "', b'", "b": 1}\n\n'
    data = before + form.encode() + after
    chunks = [data] if cut is None else [data[at : at + cut] for at in range(0, len(data), cut)]
    masked = Masker(secrets=[KEY]).chunks(chunks)
    whole = b"".join(masked)
    assert [len(each) for each in masked] == [len(each) for each in chunks]
    assert (whole.startswith(before), whole.endswith(after)) == (True, True)
    inside = whole[len(before) : -len(after)]
    assert inside.count(b"*") >= len(KEY)
    for piece in (KEY.encode()[3:9], base64.b64encode(KEY.encode())[4:12], b"secret"):
        assert piece not in inside


@given(st.binary(max_size=200), st.lists(st.integers(1, 20), max_size=20))
def test_masking_leaves_the_rest_alone(data: bytes, cuts: list[int]) -> None:
    """A body without a secret does not change, however it is cut."""
    chunks, at = [], 0
    for length in cuts:
        chunks.append(data[at : at + length])
        at += length
    chunks.append(data[at:])
    assert Masker(secrets=["no-such-secret-here"]).chunks(chunks) == chunks


def test_keys_cookies_and_named_fields_never_reach_the_file(tmp_path: Path) -> None:
    """The file does not have keys, cookies, named headers, fields or patterns in any form, wherever they were sent."""
    path = tmp_path / "recording.yaml"
    secrets = ["the-secret-key", COOKIE, "tenant-9000-x", "pin-number-77", "4111222233334444"]
    answer = completion(" ".join(secrets), base64.b64encode(secrets[0].encode()).decode())
    reply = json_reply({**answer, "pin": secrets[3], "short": {"pin": ["77", 77]}}, set_cookie=f"sid={COOKIE}; Path=/")
    masks = Masks(headers=["X-Tenant"], fields=["pin"], patterns=[r"[0-9]{16}"])
    with StubServer(respond=in_turn(reply)) as service:
        recorder = Recorder(path, service.url, masks=masks)
        with StubServer(record=recorder) as stub:
            target = f"{PATH}?" + urllib.parse.urlencode({"k": "the-secret-key", "n": "4111222233334444"})
            body = {**ASK, "metadata": {"pin": secrets[3], "cookie": COOKIE}}
            received = post(stub, body, target, Cookie=f"sid={COOKIE}", **{"X-Tenant": secrets[2]})
    assert received.json()["pin"] == secrets[3]  # our client gets all of it
    content = path.read_bytes()
    for secret in secrets:
        for form in (secret, urllib.parse.quote(secret, safe=""), base64.b64encode(secret.encode()).decode()[:-4]):
            assert form.encode() not in content
    (exchange,) = load_recording(path).exchanges
    (answered,) = exchange.chunks
    assert json.loads(answered.data)["short"] == {"pin": ["**", 11]}
    assert len(answered.data) == int(dict(exchange.headers)["content-length"])


def test_compressed_secret_is_not_recorded(tmp_path: Path) -> None:
    """A compressed body with a secret in it cannot be masked: the exchange is left out, and this is reported."""
    path = tmp_path / "recording.yaml"
    replies = [gzipped(json_reply(completion(text))) for text in ("the-secret-key", "Hello")]
    recorder = record(path, in_turn(*replies), ASK, ASK)
    assert recorder.problems == [
        f"request 1 (POST {PATH}) is not recorded: its body is compressed, and has a secret in it"
    ]
    (exchange,) = load_recording(path).exchanges
    assert exchange.problems == []


def test_both_sides_are_checked(tmp_path: Path) -> None:
    """If a request, answer or event does not fit the contract, this is reported, and written into the file."""
    path = tmp_path / "recording.yaml"
    wrong = {**chunk("a"), "choices": [{"index": "0", "delta": {}}]}
    replies = [json_reply({"id": "a"}), stream_reply(chunk("a"), wrong), json_reply({}, 302), json_reply(b"<p>")]
    recorder = record(path, in_turn(*replies), {**ASK, "n": 0}, {**ASK, "stream": True}, ASK, ASK)
    named = [f"request {number} (POST {PATH})" for number in range(1, 5)]
    assert recorder.problems == [
        f"{named[0]}: request: body.n: Input should be greater than or equal to 1",
        *[f"{named[0]}: answer: body.{field}: Field required" for field in ("object", "created", "model", "choices")],
        f"{named[1]}: answer: event 2: event.data.choices.0.index: Input should be a valid integer",
        f"{named[1]}: answer: the stream ends without [DONE]",
        f"{named[2]}: answer: the contract has no status 302 for agents_complete",
        f"{named[3]}: answer: body: JSON decode error",
    ]
    written = [problem for exchange in load_recording(path).exchanges for problem in exchange.problems]
    assert [line.split(": ", 1)[1] for line in recorder.problems] == written


def test_lone_surrogates_pass(tmp_path: Path) -> None:
    """If the text of a problem has a lone surrogate, it is reported and written as an escape."""
    path = tmp_path / "recording.yaml"
    with StubServer() as service:
        recorder = Recorder(path, service.url)
        with StubServer(record=recorder) as stub:
            body = json.dumps({**ASK, "messages": [{"role": "\ud800", "content": "Hi"}]}).encode()
            assert receive(stub.port, body).status == 422
    assert [r"Input tag '\ud800'" in each for each in recorder.problems] == [True]
    assert load_recording(path).exchanges[0].request_body == body


def test_unknown_operation_is_told(tmp_path: Path) -> None:
    """A request whose operation is not in the contract is forwarded and reported."""
    recorder = record(tmp_path / "r.yaml", in_turn(json_reply({})))
    with StubServer(respond=in_turn(json_reply({}))) as service:
        recorder = Recorder(tmp_path / "r.yaml", service.url)
        with StubServer(record=recorder) as stub:
            assert post(stub, {}, "/v1/models").status_code == 200
    assert recorder.problems == ["request 1 (POST /v1/models): request: the contract has no POST /v1/models"]


def test_stream_is_passed_on_while_it_is_recorded(tmp_path: Path) -> None:
    """Each event reaches the client before the next one is sent; a recorder that is closed keeps what has arrived."""
    path = tmp_path / "recording.yaml"
    respond = in_turn(stream_reply(chunk("a"), STALL))
    with StubServer(respond=respond) as service, httpx.Client(trust_env=False) as http:
        stub = StubServer(record=Recorder(path, service.url)).start()
        ask = {"json": {**ASK, "stream": True}, "headers": {"Authorization": "Bearer any"}}
        with http.stream("POST", stub.url + PATH, **ask) as response:  # type: ignore[arg-type]  # arguments of `stream`
            received = response.iter_bytes()
            assert next(received) == event(chunk("a"))
            assert not path.exists()
            stub.close()
            with pytest.raises(httpx.RemoteProtocolError):
                next(received)
    (exchange,) = load_recording(path).exchanges
    assert ([each.data for each in exchange.chunks], exchange.end) == ([event(chunk("a"))], "interrupted")
    assert receive_silently(path) == "silent"


def test_exchanges_are_written_in_the_order_of_their_ends(tmp_path: Path) -> None:
    """The exchange whose answer ends first is the first in the file.

    This is so even if its service sends more bytes after this answer, and another exchange ends in the meantime.
    """
    path, second_is_over = tmp_path / "recording.yaml", threading.Event()
    late: list[Any] = [Wait(0.01), Raw(b"x")] * 500
    answer = json_reply({"n": 1})
    first = verbatim(attrs.evolve(answer, body=[*answer.body, *late]))
    with StubServer(respond=in_turn(first, json_reply({"n": 2})), sleep=second_is_over.wait) as service:
        recorder = Recorder(path, service.url)
        with StubServer(record=recorder) as stub, socket.create_connection(("127.0.0.1", stub.port)) as client:
            client.sendall(b"GET /v1/agents HTTP/1.1\r\nHost: a\r\n\r\n")
            assert first_bytes(client, b'{"n": 1}')
            assert post(stub).json() == {"n": 2}
            second_is_over.wait(0.3)  # longer than the recorder looks for more of the second answer
            second_is_over.set()
    exchanges = load_recording(path).exchanges
    assert [b"".join(chunk.data for chunk in each.chunks) for each in exchanges] == [b'{"n": 1}', b'{"n": 2}']


def first_bytes(client: socket.socket, end: bytes) -> bytes:
    """Receive until the bytes with which an answer ends have come."""
    received = b""
    while end not in received:
        received += client.recv(65_536) or pytest.fail(f"closed after {received!r}")
    return received


def receive_silently(path: Path) -> str:
    """Return how the replay of a recording ends for a client that waits a little."""
    with StubServer(replay=path) as stub:
        body = json.dumps({**ASK, "stream": True}, separators=(",", ":")).encode()
        return receive(stub.port, body, patience=STALL_SECONDS).end


def test_times_are_kept(tmp_path: Path) -> None:
    """A recording has the time of each chunk; a replay keeps the pauses on request, otherwise it sends all at once."""
    exchange = Exchange(
        "GET", "/v1/agents", [], b"", 200, "OK", [("transfer-encoding", "chunked")], "chunked", [], b"", "complete"
    )
    chunks = [Chunk(0.25, b"["), Chunk(0.25, b" "), Chunk(1.5, b"]")]
    path = tmp_path / "recording.yaml"
    path.write_text(dump_head("http://a", Masks()) + dump_exchange(attrs.evolve(exchange, chunks=chunks)))
    waits: list[float] = []
    for pace in (True, False):
        with (
            StubServer(replay=Replay(path, pace=pace), sleep=waits.append) as stub,
            httpx.Client(trust_env=False) as http,
        ):
            assert http.get(f"{stub.url}/v1/agents").json() == []
    assert waits == [0.25, 1.25]


def test_replay_by_matching(tmp_path: Path) -> None:
    """In any order, equal requests get equal answers, each once; keys and the order of JSON fields do not matter."""
    path = tmp_path / "recording.yaml"
    other = {**ASK, "agent_id": "ag_2"}
    record(path, in_turn(*[completion(text) for text in "abc"]), ASK, other, ASK)
    with StubServer(replay=path) as stub:
        bodies = [other, dict(reversed(ASK.items())), ASK]
        found = [post(stub, body, Authorization="Bearer another").json() for body in bodies]
        last = post(stub, ASK)
    assert [each["choices"][0]["message"]["content"] for each in found] == ["b", "a", "c"]
    assert (last.status_code, last.json()["type"]) == (400, "stub_error")
    assert "was recorded 2 time(s), and each answer has been given" in last.json()["message"]


def test_replay_in_order(tmp_path: Path) -> None:
    """If the order of the recording is required, any request but the next one is unexpected."""
    path = tmp_path / "recording.yaml"
    other = {**ASK, "agent_id": "ag_2"}
    record(path, None, ASK, other)
    stub = StubServer(replay=Replay(path, order="recorded"), strict=True).start()
    assert [post(stub, body).status_code for body in (other, ASK, other)] == [400, 200, 200]
    stub.close()
    with pytest.raises(StubError) as caught:
        stub.verify()
    assert "expected request 1 of the recording, which differs:" in str(caught.value)
    assert '- "agent_id": "ag_1",' in str(caught.value)
    assert '+ "agent_id": "ag_2",' in str(caught.value)


def test_unrecorded_request_is_shown_beside_the_closest(tmp_path: Path) -> None:
    """The error for a request that was not recorded shows how it differs from the closest recorded one."""
    path = tmp_path / "recording.yaml"
    record(path, None, ASK, {**ASK, "agent_id": "ag_2", "n": 2})
    with StubServer(replay=path) as stub:
        text = post(stub, {**ASK, "agent_id": "ag_2", "n": 3}).json()["message"]
        elsewhere = post(stub, {}, "/v1/agents").json()["message"]
    assert f"POST {PATH} was not recorded; the closest one differs:" in text
    assert [line for line in text.splitlines() if line[0] in "+-"][2:] == ['- "n": 2', '+ "n": 3']
    assert elsewhere.startswith("request 2 (POST /v1/agents) was not expected: POST /v1/agents was not recorded")


def test_masked_secrets_match(tmp_path: Path) -> None:
    """A request matches the recorded one even if its key and the value of a named field differ, also in length."""
    path = tmp_path / "recording.yaml"
    body = {**ASK, "metadata": {"pin": "123456", "key": "the-secret-key"}}
    record(path, None, body, masks=Masks(fields=["pin"]))
    again = {**ASK, "metadata": {"pin": "99", "key": "another-secret-key"}}
    with StubServer(replay=path, strict=True) as stub:
        assert post(stub, again, Authorization="Bearer another-secret-key").status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('metadata={"a":"x","n":[1,2]}&page=0&page_size=5', True),
        ('page_size=5&metadata={ "n": [1, 2], "a": "x" }&page=0', True),
        ('page=0&page_size=5&metadata={"a":"x","n":[2,1]}', False),
        ('page=0&page_size=50&metadata={"a":"x","n":[1,2]}', False),
        ("page=0&page_size=5", False),
        ('page=0&page_size=5&metadata={"a":"x","n":[true,2]}', False),
        ('page=0&page_size=5&metadata={"a":"x","n":[1.0,2]}&', True),
    ],
)
def test_queries_are_compared_by_content(tmp_path: Path, query: str, *, found: bool) -> None:
    """Neither the order of parameters nor the layout of JSON in them matters, but their values do."""
    path = tmp_path / "recording.yaml"
    recorded = '/v1/agents?page=0&metadata={"a": "x", "n": [1, 2]}&page_size=5'
    with StubServer() as service, StubServer(record=Recorder(path, service.url)) as stub:
        asked(stub, recorded)
    with StubServer(replay=path) as stub:
        assert asked(stub, f"/v1/agents?{query}") == (200 if found else 400)


@pytest.mark.parametrize(
    ("recorded", "other"),
    [
        ("a=1%26b%3D2", "a=1&b=2"),
        ("a=1&b=2", "a=1%26b%3D2"),
        ("a=%2526", "a=%26"),
        ("a%3Db=c", "a=b%3Dc"),
        ("flag", "flag="),
        ("a=1&a=2", "a=2&a=1"),
        ("a=%20", "a=%2B"),
    ],
)
def test_other_query(tmp_path: Path, recorded: str, other: str) -> None:
    """A query with other parameters does not match, even if it is the same text when it is decoded."""
    path = tmp_path / "recording.yaml"
    with StubServer() as service, StubServer(record=Recorder(path, service.url)) as stub:
        asked(stub, f"/v1/agents?{recorded}")
    replay, left = Replay(path), []
    with StubServer(replay=replay) as stub:
        for query in (other, recorded):
            asked(stub, f"/v1/agents?{query}")
            left.append(replay.left)
    assert left == [1, 0]


@pytest.mark.parametrize(
    ("recorded", "other", "found"),
    [
        ('{"n": 1}', '{"n": true}', False),
        ('{"n": [false]}', '{"n": [0]}', False),
        ('{"n": null}', '{"n": "null"}', False),
        ('{"n": 1, "m": 1e2}', '{"m": 100, "n": 1.0}', True),
        ('{"n": NaN}', '{"n": NaN}', True),
        ('"text"', "text", False),
    ],
)
def test_types_in_a_body(tmp_path: Path, recorded: str, other: str, *, found: bool) -> None:
    """A body matches only if its JSON has values of the same types; 1 and 1.0 are the same number."""
    path = tmp_path / "recording.yaml"
    with StubServer() as service, StubServer(record=Recorder(path, service.url)) as stub:
        receive(stub.port, recorded.encode())
    replay = Replay(path)
    with StubServer(replay=replay) as stub:
        receive(stub.port, other.encode())
    assert replay.left == (0 if found else 1)


def asked(stub: StubServer, target: str) -> int:
    """Return the status of the answer to a GET."""
    with httpx.Client(trust_env=False, headers=ANY_KEY) as http:
        return http.get(stub.url + target).status_code


def test_no_script_beside_a_service_or_a_recording(tmp_path: Path) -> None:
    """A recorder and a replay refuse a script, and say why."""
    path = tmp_path / "recording.yaml"
    with StubServer() as service, StubServer(record=Recorder(path, service.url)) as stub:
        answers = [post(stub, [None], "/_stub/script")]
        post(stub)
    with StubServer(replay=path, strict=True) as stub:
        answers.append(post(stub, [None], "/_stub/script"))
        post(stub)
    assert [(each.status_code, each.json()["type"]) for each in answers] == [(409, "no_script")] * 2


def test_masked_numbers_match(tmp_path: Path) -> None:
    """A masked number, also within another one, stays a number in the recording, and may differ in a replay."""
    path = tmp_path / "recording.yaml"
    body = {**ASK, "metadata": {"pin": 123456, "n": 1234567, "m": [-123456.5]}}
    record(path, None, body, masks=Masks(fields=["pin"]))
    sent = json.loads(load_recording(path).exchanges[0].request_body)
    assert sent == {**ASK, "metadata": {"pin": 111111, "n": 1111117, "m": [-111111.5]}}
    again = {**ASK, "metadata": {"pin": 9876543, "n": 98765437, "m": [-9876543.5]}}
    with StubServer(replay=path, strict=True) as stub:
        assert post(stub, again).status_code == 200


@pytest.mark.parametrize(
    ("masks", "headers"),
    [
        (Masks(headers=["X-Tenant"]), {"X-Tenant": "12345678"}),
        (Masks(patterns=["123[0-9]{5}"]), {}),
        (Masks(fields=["pin"]), {}),
        (Masks(), {"Cookie": "seen=12345678"}),
    ],
    ids=["header", "pattern", "field", "cookie"],
)
def test_number_that_only_the_sender_knows(tmp_path: Path, masks: Masks, headers: dict[str, str]) -> None:
    """A number is masked if it is a secret elsewhere in the same request, also within a longer number.

    In a replay, masked numbers match. Other numbers must be equal, even if they look like a mask.
    """
    path = tmp_path / "recording.yaml"
    pin = {"pin": "12345678", "n": 12345678, "m": [-1234567890.5, 1123456781], "text": "12345678"}
    with StubServer() as service, StubServer(record=Recorder(path, service.url, masks=masks)) as stub:
        post(stub, {**ASK, "metadata": {**pin, "few": 1}}, **headers)
    assert b"12345678" not in path.read_bytes()
    replay, left = Replay(path), []
    with StubServer(replay=replay) as stub:
        for few in (11, 111, 1):
            post(stub, {**ASK, "metadata": {**pin, "few": few}}, **headers)
            left.append(replay.left)
    assert left == [1, 1, 0]


def test_value_that_was_named_before(tmp_path: Path) -> None:
    """A value that was named in one request is masked in the next ones, and there it may differ in a replay, too."""
    path = tmp_path / "recording.yaml"

    def bodies(text: str, number: int) -> list[Any]:
        named = {"pin": [text, number]}
        return [{**ASK, "metadata": each} for each in (named, {"a": text, "b": number}, {"a": "b"})]

    record(path, None, *bodies("pin-number-77", 1234567), masks=Masks(fields=["pin"]))
    assert b"pin-number-77" not in path.read_bytes()
    stub = StubServer(replay=path, strict=True)
    with stub:
        for text, number in (("pin-number-77", 1234567), ("another-pin", 98765432)):
            assert [post(stub, body).status_code for body in bodies(text, number)] == [200] * 3
            stub.reset()


def test_length_of_a_body_is_not_masked(tmp_path: Path) -> None:
    """A pattern that matches any number does not mask the headers with the length of a body: a replay is valid HTTP."""
    path = tmp_path / "recording.yaml"
    record(path, None, ASK, masks=Masks(patterns=["[0-9]+"]))
    with StubServer(replay=path, strict=True) as stub:
        assert post(stub).status_code == 200


def test_form_and_query_of_a_request(tmp_path: Path) -> None:
    """Named fields of a form and of a query are masked, also where the answer repeats them, and may differ."""
    path, masks = tmp_path / "recording.yaml", Masks(fields=["pin"])
    reply = json_reply({"says": "form pin 1, query pin 2"})
    with (
        StubServer(respond=lambda _: reply) as service,
        StubServer(record=Recorder(path, service.url, masks=masks)) as stub,
    ):
        assert form_posted(stub, "form pin 1", "query pin 2") == 200
    assert [text for text in ("pin 1", "pin 2", "pin%201", "pin+1", "pin+2") if text in path.read_text()] == []
    with StubServer(replay=path, strict=True) as stub:
        assert form_posted(stub, "another one", "and another one") == 200


def form_posted(stub: StubServer, in_form: str, in_query: str) -> int:
    """Post a form."""
    with httpx.Client(trust_env=False, headers=ANY_KEY) as http:
        return http.post(
            stub.url + PATH, params={"a": "b", "pin": in_query}, data={"a": "b", "pin": in_form}
        ).status_code


def test_value_that_is_named_later(tmp_path: Path) -> None:
    """Each exchange is written when it is over. So a value that is named only later is not masked in it."""
    path = tmp_path / "recording.yaml"
    bodies = [
        {**ASK, "metadata": each} for each in ({"a": "pin-number-77"}, {"pin": "pin-number-77"}, {"a": "pin-number-77"})
    ]
    record(path, None, *bodies, masks=Masks(fields=["pin"]))
    sent = [each.request_body for each in load_recording(path).exchanges]
    assert [b"pin-number-77" in each for each in sent] == [True, False, False]


def test_service_that_is_down(tmp_path: Path) -> None:
    """If the service cannot be reached, the client gets 502, one line reports the reason, and no file is written."""
    with unused_address() as url:
        recorder = Recorder(tmp_path / "recording.yaml", url)
        with StubServer(record=recorder) as stub:
            answer = post(stub)
    assert (answer.status_code, answer.json()["type"]) == (502, "bad_gateway")
    (line,) = recorder.problems
    assert line.startswith(f"request 1 (POST {PATH}): {url} cannot be reached: ")
    assert list(tmp_path.iterdir()) == []


def test_body_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request whose body is too large is refused and reported; neither the service nor a replay gets a part of it."""
    monkeypatch.setattr("mistral_agents.testing.http.wire.MAX_BODY_BYTES", 1_000)
    path = tmp_path / "recording.yaml"
    with StubServer() as service:
        recorder = Recorder(path, service.url)
        with StubServer(record=recorder) as stub:
            assert post(stub, "long" * 1_000).status_code == 413
            assert receive(stub.port, b"").status == 422
        assert [request.body for request in service.requests] == [b""]
    assert recorder.problems[0].startswith(f"request 1 (POST {PATH}) is not forwarded: the body is larger than ")
    assert recorder.count == 1
    with StubServer(replay=path) as stub:
        refused = post(stub, "long" * 1_000)
    assert (refused.status_code, "its body is larger than" in refused.text) == (400, True)


def test_closing_beside_a_client_that_does_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing ends the connection of a client that has stopped reading, and then waits for its exchange."""
    monkeypatch.setattr(recording_service, "_LONGEST_WAIT_SECONDS", None)  # without the order, this test would hang
    sent, pause = [0], threading.Event()

    def body() -> Iterator[bytes]:
        for _ in range(1_000):
            sent[0] += 1
            yield bytes(64 * 1024)

    path = tmp_path / "recording.yaml"
    with StubServer(respond=lambda _: Reply(200, (), body())) as service:
        stub = StubServer(record=Recorder(path, service.url)).start()
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)  # so that little is on its way
            client.connect(("127.0.0.1", stub.port))
            client.sendall(b"GET /v1/agents HTTP/1.1\r\nhost: a\r\nauthorization: Bearer any\r\n\r\n")
            assert client.recv(1) == b"H"
            before = 0
            while before != sent[0]:  # until nothing more fits into the buffers of the sockets
                before = sent[0]
                pause.wait(0.1)
            stub.close()
    assert [exchange.end for exchange in load_recording(path).exchanges] == ["interrupted"]


def test_service_that_does_not_speak_http(tmp_path: Path) -> None:
    """An answer that is not HTTP is passed on unchanged, and is reported."""
    path = tmp_path / "recording.yaml"
    garbage = Reply(None, (), [Raw(b"SSH-2.0-OpenSSH\r\n"), HangUp()])
    with StubServer(respond=in_turn(garbage)) as service:
        recorder = Recorder(path, service.url)
        with StubServer(record=recorder) as stub:
            assert receive(stub.port).rest == b"SSH-2.0-OpenSSH\r\n"
    assert recorder.problems == [f"request 1 (POST {PATH}): answer: the head is not HTTP"]
    (exchange,) = load_recording(path).exchanges
    assert (exchange.status, exchange.rest) == (None, b"SSH-2.0-OpenSSH\r\n")


@pytest.mark.parametrize("length", ["002", "2\r\nContent-Length: 2", "2\r\nContent-Length: 02", "2, 2", "+2"])
@pytest.mark.parametrize(
    ("status", "header"),
    [("OK", "a"), ("OK", "a\0b"), ("OK", "a\rb"), ("O\0K", "a"), ("O\rK", "a"), ("", "\x0b\x85\xff"), ("\xff", "")],
)
def test_odd_head_can_be_replayed(tmp_path: Path, status: str, header: str, length: str) -> None:
    """Whatever the head of an answer has, the client gets it as it is, and a replay accepts the recording."""
    path = tmp_path / "recording.yaml"
    answer = f"HTTP/1.1 200 {status}\r\nX-A: {header}\r\nContent-Length: {length}\r\n\r\n{{}}".encode("latin-1")
    with (
        StubServer(respond=lambda _: Reply(None, (), [Raw(answer), HangUp()])) as service,
        StubServer(record=Recorder(path, service.url)) as recorder,
    ):
        recorded = receive(recorder.port)
    with StubServer(replay=path) as stub:
        assert receive(stub.port) == recorded


def test_300_streams_at_once(tmp_path: Path) -> None:
    """The recorder passes on 300 streams at the same time, and the recording has all bytes of each stream."""
    path = tmp_path / "recording.yaml"
    together = threading.Barrier(300)

    def respond(request: Any) -> Any:
        together.wait(timeout=50)
        return completion(f"You are {request.json['agent_id']}.")

    with StubServer(respond=respond) as service, StubServer(record=Recorder(path, service.url)) as stub:

        def ask(number: int) -> str:
            body = {**ASK, "agent_id": f"ag_{number}", "stream": True}
            head = f"POST {PATH} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer any\r\ncontent-type: application/json\r\n"
            received = receive_all(stub.port, head, json.dumps(body).encode())
            return received.decode()

        with ThreadPoolExecutor(300) as threads:
            found = list(threads.map(ask, range(300)))
    assert [f'"content":" ag_{number}."' in text and "data: [DONE]" in text for number, text in enumerate(found)] == [
        True
    ] * 300
    recording = load_recording(path)
    assert sorted(json.loads(each.request_body)["agent_id"] for each in recording.exchanges) == sorted(
        f"ag_{number}" for number in range(300)
    )
    assert {(each.end, tuple(each.problems)) for each in recording.exchanges} == {("complete", ())}


def receive_all(port: int, head: str, body: bytes) -> bytes:
    """Send a request, and return everything that arrives until the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=50) as sock:
        sock.sendall(head.encode() + b"content-length: %d\r\n\r\n" % len(body) + body)
        return b"".join(iter(lambda: sock.recv(65_536), b""))


headers = st.lists(
    st.tuples(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text("abc:é ", max_size=9).map(str.strip))
)
exchanges = st.builds(
    Exchange,
    method=st.sampled_from(["GET", "POST"]),
    target=st.text(max_size=20),
    request_headers=headers,
    request_body=st.binary(max_size=50) | st.text(max_size=50).map(lambda text: text.encode("utf-8", "replace")),
    status=st.none() | st.integers(200, 599),
    reason=st.just("OK"),
    headers=headers,
    framing=st.just("none"),
    chunks=st.lists(
        st.builds(
            Chunk,
            at=st.integers(0, 10**6).map(lambda thousandths: thousandths / 1_000),
            data=st.binary(min_size=1) | st.text("a \t\n\r\x85\u2028\ufeff:#|>-é😀", min_size=1).map(str.encode),
        )
    ),
    rest=st.binary(max_size=9),
    end=st.sampled_from(["complete", "closed", "reset", "interrupted"]),
    problems=st.lists(st.text(max_size=20)),
)


def framed(exchange: Exchange, framing: str) -> dict[str, Any]:
    """Return the fields that belong to a framing."""
    if exchange.status is None:
        return {"headers": [], "framing": "none", "reason": ""}
    if exchange.status in (204, 304):
        return {"framing": "none"}
    length = str(sum(len(each.data) for each in exchange.chunks))
    named = {"chunked": [("Transfer-Encoding", "chunked")], "length": [("content-length", length)], "close": []}
    return {"headers": [*exchange.headers, *named[framing]], "framing": framing}


@given(st.lists(st.tuples(exchanges, st.sampled_from(["chunked", "length", "close"])), max_size=3))
def test_file_holds_every_byte(written: list[tuple[Exchange, str]]) -> None:
    """Whatever a recording has, reading its file gives the same as was written."""
    whole = [attrs.evolve(each, **framed(each, framing)) for each, framing in written]
    text = dump_head("http://a", Masks(fields=["pin"])) + "".join(map(dump_exchange, whole))
    path = Path(FOLDER.name) / "recording.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    recording = load_recording(path)
    assert (list(recording.exchanges), recording.masks) == (whole, Masks(fields=("pin",)))


FOLDER = tempfile.TemporaryDirectory()


WRONG = {
    "": "does not begin with",
    "[]": "does not begin with",
    "a: [": "it is not YAML",
    "\x00": "it is not YAML",
    "a: " + "[" * 500: "line 1: there are more than 20 levels",
    "a: " + "[" * 5_000: "line 1",  # PyYAML from 6.0.4 has a limit of its own, and another message
    "- " * 200_000: "line 1",
    "a: &a [*a]": "line 1: `\\*a` is an alias; write the value itself",
    "a: 1\nb: 2\na: 1": "line 3: there are two fields `a`",
    "a:\n  5: b": "line 2: the name of a field is 5, not a text",
    "[a]: b": "line 1: the name of a field is \\['a'\\], not a text",
    "a: 2024-13-45": "line 1: '2024-13-45' is a timestamp; if it should be a text, quote it",
    "a: !!int foo": "line 1: 'foo' is not a int",
    "a: !!bool foo": "line 1: 'foo' is not a bool",
    "a: !!int ''": "line 1: '' is not a int",
    "a: !!binary é": "line 1: 'é' is not a binary",
    "mistral_agents_recording: 2": "does not begin with",
    "mistral_agents_recording: 1\nexchanges: 5": "`exchanges` is 5, not a list",
    "mistral_agents_recording: 1\nexchanges:\n- request: {method: GET}": "exchange 1 has no 'answer'",
    "mistral_agents_recording: 1\nexchanges:\n- 5": "exchange 1: it is 5, not an object",
    "mistral_agents_recording: 1\nexchanges:\n- {request: [], answer: {}}": "exchange 1: `request` is",
    "mistral_agents_recording: 1\nmasks: {colours: [red]}": "`masks` has the unknown field 'colours'",
    "mistral_agents_recording: 1\nmasks: 5": "`masks` is 5",
    "mistral_agents_recording: 1\nmasks: {fields: pin}": "`fields` of `masks` is not a list of texts",
    "mistral_agents_recording: 1\nmasks: {fields: [5]}": "`fields` of `masks` is not a list of texts",
    "mistral_agents_recording: 1\nmasks: {patterns: ['(']}": "is not a regular expression",
    "mistral_agents_recording: 1\nmasks: {patterns: ['a{99999999999}']}": "is not a regular expression",
    f"mistral_agents_recording: 1\nmasks: {{patterns: ['{'(' * 3_000}{')' * 3_000}']}}": "is not a regular expression",
}


@pytest.mark.parametrize(("text", "why"), WRONG.items())
def test_file_that_is_no_recording(tmp_path: Path, text: str, why: str) -> None:
    """A file that was edited wrongly is refused; the error is one line with the path and the reason."""
    path = tmp_path / "recording.yaml"
    path.write_text(text)
    with pytest.raises(RecordingError, match=why) as caught:
        load_recording(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("status: 200", "status: two hundred", "the status is 'two hundred'"),
        ("end: complete", "end: well", "'well' is not one of complete, closed, reset, interrupted"),
        ("method: POST", "method: 5", "expected a text, got 5"),
        ("status: 200", "status: 200\n    status: 201", "line [0-9]+: there are two fields `status`"),
        ("status: 200", "status: 2024-13-45", "line [0-9]+: '2024-13-45' is a timestamp"),
        ("framing: length", "framing: chunked", "`framing` is chunked, but the answer's status and headers say length"),
        ("method: POST", "method: HEAD", "`framing` is length, but the answer's status and headers say none"),
        ("id: stub-000001'", "id: a'\n    - 'Transfer-Encoding: chunked'", "`framing` is length, .* say chunked"),
        ("- at: 0", "- at: -1", "`at` is"),
        ("    end: complete", "", "exchange 1 has no 'end'"),
        (
            "    end:",
            "    ends:",
            "exchange 1: `answer` has the unknown field 'ends'; the known ones are status, reason, ",
        ),
        (
            "    body:",
            "    bdy:",
            "exchange 1: `request` has the unknown field 'bdy'; the known ones are method, target, headers, body",
        ),
        (
            "- at: 0",
            "- when: 1\n      at: 0",
            "exchange 1: a chunk has the unknown field 'when'; the known ones are at, data",
        ),
        (
            "exchanges:",
            "credential: {}\nexchanges:",
            "the file has the unknown field 'credential'; the known ones are ",
        ),
        ("- at: 0", "- 5\n    - at: 0", "exchange 1: a chunk is 5, not an object"),
        ("content-type: application/json", "content-type", "expected `name: value`, got 'content-type'"),
        ("x-request-id: stub", "x-request-id: \u2603", "expected one line of Latin-1"),
        ("- 'x-request-id: stub-000001'", '- "x: a\\r\\nb: c"', "expected one line of Latin-1"),
        ("reason: ''", "reason: \u2603", "expected one line of Latin-1"),
        ('"object":"chat.completion"', '"object":"chat"', "content-length is [0-9]+, but the body has [0-9]+ bytes"),
    ],
)
def test_mistake_in_an_exchange(tmp_path: Path, old: str, new: str, why: str) -> None:
    """The error for a mistake in one exchange says what is wrong."""
    path = tmp_path / "recording.yaml"
    record(path, None, ASK)
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(RecordingError, match=why):
        load_recording(path)


def test_empty_chunk(tmp_path: Path) -> None:
    """An empty chunk would end a chunked body. In a body of another kind, it changes nothing."""
    chunked = dump_exchange(exchange_with([("transfer-encoding", "chunked")], "chunked", b"a", b"", b"b"))
    closed = dump_exchange(exchange_with([], "close", b"a", b"", b"b"))
    path = tmp_path / "recording.yaml"
    path.write_text(dump_head("http://a", Masks()) + closed + chunked)
    with pytest.raises(RecordingError, match="exchange 2: a chunk is empty, which ends a body in HTTP"):
        load_recording(path)


def exchange_with(headers: list[tuple[str, str]], framing: str, *data: bytes) -> Exchange:
    """Return an exchange with these chunks in its answer."""
    chunks = [Chunk(0.0, each) for each in data]
    return Exchange("GET", "/v1/agents", [], b"", 200, "OK", headers, framing, chunks, b"", "complete")


def test_existing_file_is_left_alone(tmp_path: Path) -> None:
    """An existing file, a missing folder, an invalid address, a wrong pattern and a wrong order are refused."""
    path = tmp_path / "recording.yaml"
    path.write_text("mine")
    with pytest.raises(FileExistsError, match="a recording goes into a new file"):
        Recorder(path)
    with pytest.raises(FileNotFoundError, match="is not a folder"):
        Recorder(tmp_path / "none" / "recording.yaml")
    for address in (
        "http://a..b",
        f"https://{'a' * 80}.example",
        "api.mistral.ai",
        "ftp://a",
        "https://",
        "https://user:word@a",
        "http://a/?b=1",
    ):
        with pytest.raises(ValueError, match="upstream"):
            Recorder(tmp_path / "new.yaml", address)
    for pattern in ("(", "a{99999999999}", "(" * 3_000 + ")" * 3_000):
        with pytest.raises(ValueError, match="is not a regular expression"):
            Recorder(tmp_path / "new.yaml", masks=Masks(patterns=[pattern]))
    with pytest.raises(ValueError, match="order is 'random'"):
        Replay(path, order="random")  # type: ignore[arg-type]  # wrong on purpose
    assert path.read_text() == "mine"
