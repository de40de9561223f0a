"""No recording contains a key, in whatever header or field it was sent, and in whatever form it comes back."""

from __future__ import annotations

import base64
import contextlib
import html
import json
import re
import socket
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from completion_payloads import ASK
from mistral_agents.testing import (
    HangUp,
    Raw,
    Recorder,
    Replay,
    Reply,
    StubServer,
    completion,
    in_turn,
    json_reply,
    load_recording,
)
from mistral_agents.testing.exchange.journal import Note
from mistral_agents.testing.openapi.contract import PATH, Contract, load_contract
from mistral_agents.testing.secrets.masking import Masker

KEY = 'k3y/of+"an=é-unusual-kind'
PLAIN = "k3y-of-an-unusual-kind"
CONNECTOR = {"type": "connector", "connector_id": "c_1"}


def forms(key: str) -> list[str]:
    """Return how a key may be written within a text."""
    written = [key, urllib.parse.quote(key, safe=""), json.dumps(key)[1:-1], json.dumps(json.dumps(key))[1:-1]]
    for before in ("", "a", "ab"):
        inner = base64.b64encode((before + key + "abc").encode()).decode()
        written += [inner, urllib.parse.quote(inner, safe="")]
    return written


def decoded(data: bytes, depth: int = 3) -> Iterator[bytes]:
    """Yield data, and the data decoded from percent, JSON, YAML and base64 encoding, also if encodings are nested."""
    yield data
    if not depth:
        return
    text = data.decode("utf-8", "replace")
    yield from decoded(urllib.parse.unquote_to_bytes(data), depth - 1) if b"%" in data else ()
    if "\\" in text:
        escaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
        yield from decoded(re.sub(r"\\(.)", r"\1", escaped).encode("utf-8", "replace"), depth - 1)
    for run in re.findall(r"[A-Za-z0-9+/]{8,}", html.unescape(text)):
        for start in range(4):
            part = run[start:]
            yield base64.b64decode(part[: len(part) // 4 * 4])


def recorded(path: Path, headers: dict[str, str], body: Any = ASK, key: str = PLAIN, **settings: Any) -> bytes:
    """Record a request, and an answer with all forms of the key; return the file."""
    answer = json_reply(completion(*forms(key)), x_said=PLAIN)
    with StubServer(respond=in_turn(answer, None)) as service:
        recorder = Recorder(path, service.url, **settings)
        with StubServer(record=recorder) as stub, httpx.Client(trust_env=False) as http:
            for _ in range(2):
                http.post(stub.url + PATH, headers=headers, json=body)
    assert recorder.count == 2
    return path.read_bytes()


def test_the_search_finds_a_key(tmp_path: Path) -> None:
    """The search of these tests finds a key in each form, and in a recording in which the key is not masked."""
    for key in (KEY, PLAIN):
        assert [form for form in forms(key) if not any(key.encode() in each for each in decoded(form.encode()))] == []
        content = recorded(tmp_path / f"{len(key)}.yaml", {"x-other": PLAIN, "authorization": "Bearer b"}, key=key)
        assert any(key.encode() in each for each in decoded(content))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Authorization", "{}"),
        ("Authorization", "Token {}"),
        ("Authorization", "ApiKey {}"),
        ("Authorization", "Some-Scheme   {}"),
        ("Authorization", 'Token token="{}", email="someone"'),
        ("Authorization", "AWS4-HMAC-SHA256 Credential=a/b, Signature={}"),
        ("Proxy-Authorization", "Custom {}"),
        ("X-Authorization", "{}"),
        ("X-Api-Key", "{}"),
        ("apikey", "{}"),
        ("X-Goog-Api-Key", "{}"),
        ("Ocp-Apim-Subscription-Key", "{}"),
        ("Private-Token", "{}"),
        ("X-Amz-Security-Token", "{}"),
        ("X-Client-Secret", "{}"),
        ("X-Mistral-Key", "{}"),
        ("X-CSRFToken", "{}"),
        ("X-Request-Token", "{}"),
        ("requesttoken", "{}"),
        ("X-Message-Token", "{}"),
        ("X-Socket-Token", "{}"),
        ("X-Trace-Token", "{}"),
        ("X-Public-Token", "{}"),
        ("X-Goog-IAP-JWT-Assertion", "{}"),
        ("X-Hub-Signature-256", "{}"),
        ("Authorization", "Custom jwt={}, realm=agents"),
    ],
)
def test_key_in_any_header(tmp_path: Path, name: str, value: str) -> None:
    """The recording does not have the key in any form, in whatever header and scheme it was sent."""
    content = recorded(tmp_path / "recording.yaml", {"authorization": "Bearer b", name: value.format(PLAIN)})
    assert [each for each in decoded(content) if PLAIN.encode() in each] == []


@pytest.mark.parametrize(
    "name",
    [
        "X-RateLimit-Remaining-Tokens",
        "Idempotency-Key",
        "X-Cache-Key",
        "X-Public-Key",
        "X-Next-Page-Token",
        "X-Continuation-Token",
        "X-Request-Key",
        "Sec-WebSocket-Key",
        "X-Request-Id",
        "Access-Control-Allow-Credentials",
        "WWW-Authenticate",
        "X-Monkey",
        "Keyed",
        "Author",
    ],
)
def test_other_headers_stay(name: str) -> None:
    """Headers whose names only look like that of a key are recorded unchanged."""
    masker = Masker()
    masker.learn_headers([(name, "something")])
    assert (masker.header(name, "something"), masker.data(b"something")) == ("something", b"something")


def test_parameters_of_a_digest_are_no_keys() -> None:
    """If a header with credentials has an address in it, this address is not masked in other places."""
    masker = Masker()
    value = f'Digest username="someone", realm="agents", uri="{PATH}", response="{PLAIN}"'
    masker.learn_headers([("Authorization", value)])
    assert (masker.target(PATH), masker.text(PLAIN)) == (PATH, "*" * len(PLAIN))
    assert set(masker.header("Authorization", value).removeprefix("Digest ")) == {"*"}


HEAD = b"HTTP/1.1 200 OK\r\n"
COOKIE = b"Set-Cookie: theme=dark; session=%b; Path=/\r\n" % PLAIN.encode()


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"a bad line\r\n" + COOKIE + b"\r\n{}",
        COOKIE + HEAD + b"\r\n{}",
        HEAD + COOKIE,
        HEAD + COOKIE.replace(b"C", b"c").replace(b": ", b" :\r\n ") + b"\r\n{}",
        b"HTTP/1.1 103 Early Hints\r\n" + COOKIE + b"\r\n" + HEAD + b"a bad line\r\n\r\n" + PLAIN.encode(),
        HEAD + b"content-length: 2\r\n\r\n{}" + HEAD + COOKIE + b"\r\n",
        HEAD + b"transfer-encoding: chunked\r\n\r\nno chunk\r\n" + COOKIE,
    ],
    ids=["bad line", "first line", "no end", "two lines", "interim", "second answer", "no chunk"],
)
@pytest.mark.parametrize("end", [[HangUp()], []], ids=["hung up", "ended"])
def test_cookie_that_is_not_in_a_head(tmp_path: Path, answer: bytes, end: list[HangUp]) -> None:
    """A cookie is masked in an answer that is not HTTP, in an interim answer, and in the bytes after an answer."""
    path = tmp_path / "recording.yaml"
    with StubServer(respond=in_turn(Reply(None, (), [Raw(answer), *end]))) as service:
        stub = StubServer(record=Recorder(path, service.url))
        with stub, httpx.Client(trust_env=False) as http, contextlib.suppress(httpx.TransportError):
            http.post(stub.url + PATH, headers={"authorization": "Bearer b"}, json=ASK)
    shown = json.dumps(stub.journal.requests())
    assert (PLAIN in path.read_text(encoding="utf-8"), PLAIN in shown) == (False, False)


@pytest.mark.parametrize("name", ["Cookie", "Set-Cookie"])
def test_word_in_a_cookie(name: str) -> None:
    """A plain word in a cookie is masked in the header, but not in bodies; other texts in cookies are."""
    masker, letters = Masker(), "letters" * 3
    value = f"theme=completed; a={PLAIN}; b={letters}"
    masker.learn_headers([(name, value)])
    assert set(masker.header(name, value)) == {"*"}
    assert masker.text(f"completed {PLAIN} {letters}") == f"completed {'*' * len(PLAIN)} {'*' * len(letters)}"


def test_cookie_if_the_client_goes_away(tmp_path: Path) -> None:
    """A cookie in an answer that is not HTTP is masked on the page, also if the client leaves before its end."""
    gone = threading.Event()

    def pieces() -> Iterator[Raw]:
        yield Raw(b"not HTTP\r\n" + COOKIE)
        gone.wait(10)
        for _ in range(1_000):
            yield Raw(bytes(10_000))

    with StubServer(respond=in_turn(Reply(None, (), pieces()))) as service:
        stub, told = StubServer(record=Recorder(tmp_path / "recording.yaml", service.url)), list[Note]()
        stub.journal.tell(told.append)
        with stub:
            with socket.create_connection(("127.0.0.1", stub.port)) as sock:
                sock.sendall(b"GET /v1/agents HTTP/1.1\r\nhost: a\r\n\r\n")
                sock.recv(10_000)
            gone.set()
    (shown,) = (each["text"] for each in told if each["kind"] == "piece")
    assert (shown[:8], PLAIN in shown) == ("not HTTP", False)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_secret_that_is_not_ascii_in_a_header(tmp_path: Path, encoding: str) -> None:
    """A secret that is not ASCII is masked in other headers of a request and of an answer, in both encodings."""
    secret, path = "pässwörd99", tmp_path / "recording.yaml"
    head = f"HTTP/1.1 200 OK\r\nx-other: {secret}\r\ncontent-length: 2\r\n\r\n{{}}".encode(encoding)
    with StubServer(respond=in_turn(Reply(None, (), [Raw(head)]))) as service:
        stub = StubServer(record=Recorder(path, service.url))
        with stub, httpx.Client(trust_env=False) as http:
            headers = [(b"x-other", f"my {secret}".encode(encoding))]
            http.post(stub.url + PATH, headers=headers, json={"password": secret})
            shown = json.dumps(stub.journal.requests(), ensure_ascii=False)
    (exchange,) = load_recording(path).exchanges
    masked = [dict(each)["x-other"] for each in (exchange.request_headers, exchange.headers)]
    assert [value.rstrip("*") for value in masked] == ["my ", ""]
    assert [part for part in ("sswö", "sswÃ¶", "rd99") if part in shown] == []


@pytest.mark.parametrize("key", [KEY, PLAIN, "abc"])
@pytest.mark.parametrize("kind", ["api-key", "oauth2-token", "unknown-kind"])
def test_credentials_in_a_body(tmp_path: Path, key: str, kind: str) -> None:
    """The recording does not have values of `writeOnly` fields in any form, except values that the contract lists."""
    tool = {**CONNECTOR, "authorization": {"type": kind, "value": key}}
    body = {**ASK, "tools": [tool], "metadata": {"a": "api-key"}}
    path = tmp_path / "recording.yaml"
    content = recorded(path, {"authorization": "Bearer b"}, body, key if len(key) > 5 else PLAIN)
    assert [each for each in decoded(content) if len(key) > 5 and key.encode() in each] == []
    sent = json.loads(load_recording(path).exchanges[0].request_body)
    masked = sent["tools"][0]["authorization"]
    assert (masked["type"], set(masked["value"])) == (kind if kind != "unknown-kind" else "*" * len(kind), {"*"})
    assert sent["metadata"] == {"a": "api-key"}
    other = {"api-key": "oauth2-token", "oauth2-token": "api-key"}.get(kind, "api-key")
    with StubServer(replay=Replay(path)) as stub, httpx.Client(trust_env=False) as http:
        for named, status in ((other, 400), (kind, 200)):  # the replay does not mask the contract's values, either
            tool["authorization"] = {"type": named, "value": "another"}
            answer = http.post(stub.url + PATH, headers={"authorization": "Bearer c"}, json=body)
            assert answer.status_code == status


def test_another_contract_marks_other_fields(tmp_path: Path) -> None:
    """The contract of the recorder says which fields of a body hold credentials."""
    document = json.loads(json.dumps(load_contract().document).replace('"authorization"', '"credentials"'))
    body = {**ASK, "tools": [{**CONNECTOR, "credentials": {"type": "api-key", "value": PLAIN}, "authorization": "all"}]}
    path = tmp_path / "recording.yaml"
    content = recorded(path, {"authorization": "Bearer b"}, body, contract=Contract(document))
    assert [each for each in decoded(content) if PLAIN.encode() in each] == []
    assert json.loads(load_recording(path).exchanges[0].request_body)["tools"][0]["authorization"] == "all"
