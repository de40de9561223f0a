"""What the stub shows of requests and answers in `/_stub/requests` and `/_stub/events`."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from client_settings import KEY
from completion_payloads import ASK
from mistral_agents.testing import (
    HangUp,
    Masks,
    Raw,
    Recorder,
    Reply,
    StubServer,
    chunk,
    completion,
    dripped,
    in_turn,
    json_reply,
    stream_reply,
    verbatim,
)
from mistral_agents.testing.exchange.arriving import MAX_BYTES, Arriving
from mistral_agents.testing.exchange.journal import Note
from mistral_agents.testing.openapi.contract import PATH
from mistral_agents.testing.secrets.masking import Masker


def client(stub: StubServer, **headers: str) -> httpx.Client:
    """Return a client that sends the key."""
    return httpx.Client(base_url=stub.url, headers={"Authorization": f"Bearer {KEY}", **headers}, trust_env=False)


@contextlib.contextmanager
def watched(stub: StubServer) -> Iterator[list[Note]]:
    """Collect what an open page is told."""
    told: list[Note] = []
    with stub.journal.notes() as notes:
        yield told
        stub.close()
        told += [notes.get_nowait() for _ in range(notes.qsize())]


def text_of(told: list[Note]) -> str:
    """Return what a page shows of the answers."""
    return "".join(note["text"] for note in told if note["kind"] == "piece")


SAYS = {
    "two events": stream_reply(chunk("It is the-sec"), chunk("ret-key."), chunk("", 0, "stop"), "[DONE]"),
    "byte by byte": dripped(stream_reply(chunk(f"It is {KEY}."), "[DONE]"), 0),
    "two pieces": Reply(200, [("content-type", "application/json")], [b'{"a": "the-sec', b'ret-key"}']),
    "two pieces, encoded": Reply(200, [("content-type", "text/plain")], [b"a=the-sec%7", b"2et-key&b="]),
    "in a last piece": Reply(200, [("content-type", "text/plain")], [b"a=", KEY.encode()]),
}


@pytest.mark.parametrize("answer", SAYS.values(), ids=SAYS.keys())
def test_key_is_masked_across_pieces(answer: Reply) -> None:
    """A key that comes back in several pieces is shown nowhere, and nothing else is masked."""
    with StubServer(respond=in_turn(answer), sleep=lambda _: None) as stub, client(stub) as http, watched(stub) as told:
        sent = http.post(PATH, json=ASK).text
        (kept,) = http.get("/_stub/requests").json()
    whole = text_of(told)
    assert (len(whole), kept["answer"]) == (len(sent), whole)
    assert whole == "".join("*" if masked == "*" else letter for letter, masked in zip(sent, whole, strict=True))
    assert whole.count("*") == (16 if "%72" in sent else 14)


def test_character_in_two_pieces_is_shown_whole() -> None:
    """A character whose bytes come in two pieces is shown as that character."""
    pieces = [each.encode("latin-1") for each in ("\xc3", "\xa9", " \xe2\x82", "\xac", " \xff", "")]
    answer = Reply(200, [("content-type", "text/plain")], [each for each in pieces if each])
    with StubServer(respond=in_turn(answer)) as stub, client(stub) as http, watched(stub) as told:
        http.post(PATH, json=ASK)
        (kept,) = http.get("/_stub/requests").json()
    assert (text_of(told), kept["answer"]) == ("é € �", "é € �")


def test_events_without_the_key_are_shown_at_once() -> None:
    """Only bytes that may be the beginning of a secret wait for the next piece; they are shown at the end."""
    masker = Masker(secrets=[KEY])
    arriving = Arriving(masker)
    shown = list[str]()
    for data in (b"data: a\n\n", b"data: the-s", b"ame\n\n", b"data: the-secret-k"):
        arriving.add(data)
        shown.append(arriving.advance())
    arriving.over = True
    assert [*shown, arriving.advance()] == ["data: a\n\n", "data: ", "the-same\n\n", "data: ", "the-secret-k"]


def test_secret_that_a_long_answer_ends_with() -> None:
    """If an answer is too long to be shown completely, no part of a secret is shown, either."""
    arriving = Arriving(Masker(secrets=[KEY]))
    arriving.add(b"-" * (MAX_BYTES - 5) + KEY.encode())
    arriving.over = True
    assert (arriving.advance(), arriving.text) == ("-" * (MAX_BYTES - 5),) * 2


class CountingMasker(Masker):
    """Counts how often it looks for secrets in a body."""

    count = 0

    def data(self, data: bytes) -> bytes:
        """Count."""
        self.count += 1
        return super().data(data)

    def settled(self, body: bytes) -> int:
        """Count."""
        self.count += 1
        return super().settled(body)


@pytest.mark.parametrize(("size", "expected"), [(10, [2, 2, 4, 6, 7, 7, 7]), (MAX_BYTES, [2, 2, 2, 2, 3, 3, 3])])
def test_body_is_masked_only_when_there_is_more_of_it(size: int, expected: list[int]) -> None:
    """A body is masked again when more bytes are kept, and when it is over, but not each time somebody asks for it."""
    masker = CountingMasker()
    arriving = Arriving(masker)
    counts = list[int]()
    for data in (b"-" * size, b"", b"-", b"-"):
        arriving.add(data)
        arriving.advance()
        counts.append(masker.count)
    arriving.over = True
    for _ in range(3):
        arriving.advance()
        counts.append(masker.count)
    assert counts == expected


def test_page_that_opens_in_the_middle() -> None:
    """A page that opens while an answer is sent shows it once: what was sent before, and what comes after."""
    stub = StubServer()
    with contextlib.ExitStack() as stack:

        def pieces() -> Iterator[bytes]:
            yield b"one "
            notes = stack.enter_context(stub.journal.notes())
            yield b"two "
            told.extend(notes.get_nowait() for _ in range(notes.qsize()))

        told: list[Note] = []
        stub.respond = lambda _: Reply(200, [("content-type", "text/plain")], pieces())
        with stub, client(stub) as http:
            assert http.post(PATH, json=ASK).text == "one two "
    assert told[0]["answer"] + text_of(told) == "one two "


@pytest.mark.parametrize("key", ["123456", '"n": 12', "{}, true"])
def test_key_that_looks_like_json(key: str) -> None:
    """A request is answered and shown, even if its key occurs in a number, or across the fields of its JSON."""
    with StubServer() as stub, client(stub, Authorization=f"Bearer {key}") as http:
        body = b'{"agent_id": [{}, true], "messages": {"n": 1234567}}'
        answer = http.post(PATH, content=body, headers={"Content-Type": "application/json"})
        (kept,) = http.get("/_stub/requests").json()
    assert answer.status_code == 422
    assert [key in json.dumps(each) for each in (kept["errors"], kept["body"])] == [False, False]


def test_credentials_are_not_shown() -> None:
    """A field that the contract marks `writeOnly` is shown nowhere, whether the request fits the contract or not."""
    secrets = ["connector-secret-1", 20261126]
    kinds = [{"type": "api-key", "value": value} for value in secrets]
    tools = [{"type": "connector", "connector_id": "c", "authorization": kind} for kind in kinds]
    body = {"model": "m", "name": "n", "instructions": "use connector-secret-1", "tools": tools}
    with StubServer() as stub, client(stub) as http, watched(stub) as told:
        assert http.post("/v1/agents", json=body).status_code == 422
        shown = http.get("/_stub/requests").text + json.dumps(told)
        stub.close()
    assert [each for each in secrets if str(each) in shown + json.dumps(told)] == []
    assert "api-key" in shown


MASKS = Masks(headers=["X-Tenant"], fields=["email"], patterns=["card-[0-9]+"])


def test_masks_hold_for_what_a_recorder_shows(tmp_path: Path) -> None:
    """A recorder and a replay do not show what `Masks` names, neither in requests nor in answers."""
    secrets = ["tenant-of-mine", "someone@example.com", "other@example.com", "card-1234", KEY]
    body: dict[str, Any] = {**ASK, "metadata": {"email": secrets[1]}}
    pieces = json_reply({**completion(*secrets[:2], *secrets[3:]), "email": secrets[2]})
    path = tmp_path / "recording.yaml"

    def shown(stub: StubServer) -> str:
        with stub, client(stub, **{"X-Tenant": secrets[0]}) as http, watched(stub) as told:
            http.post(f"{PATH}?email={secrets[1]}", json=body)
            return json.dumps(told) + http.get("/_stub/requests").text

    with StubServer(respond=in_turn(pieces)) as service:
        recorded = shown(StubServer(record=Recorder(path, service.url, masks=MASKS)))
    replayed = shown(StubServer(replay=path))
    assert [(text, secret) for text in (recorded, replayed) for secret in secrets if secret in text] == []


@pytest.mark.parametrize("interim", [b"", b"HTTP/1.1 103 Early Hints\r\nset-cookie: a=b; early=cookie-of-103\r\n\r\n"])
def test_page_shows_no_cookie_of_an_answer(tmp_path: Path, interim: bytes) -> None:
    """A cookie that an answer sets is masked in its body from the first byte, also on an open page."""
    body = b'{"a": "cookie-of-200", "b": "%b"}' % (b"cookie-of-103" if interim else b"")
    head = b"HTTP/1.1 200 OK\r\nset-cookie: session=cookie-of-200\r\ncontent-length: %d\r\n\r\n" % len(body)
    answer = Reply(None, (), [Raw(interim + head + body)])
    with StubServer(respond=in_turn(answer)) as service:
        stub = StubServer(record=Recorder(tmp_path / "recording.yaml", service.url))
        with stub, client(stub) as http, watched(stub) as told:
            http.post(PATH, json=ASK)
            stub.close()
    assert text_of(told) == re.sub("cookie-of-[0-9]+", "*" * 13, body.decode())


STREAM = stream_reply(chunk("It is raining."), chunk("", 0, "stop"), "[DONE]")
ENDS: dict[str, tuple[Reply, int | None, str]] = {
    "whole": (json_reply({"detail": "Busy"}, 503), 503, '{"detail": "Busy"}'),
    "stream": (STREAM, 200, "".join(each.decode() for each in STREAM.body if isinstance(each, bytes))),
    "broken off": (stream_reply("a", HangUp()), 200, "data: a\n\n"),
    "broken chunk": (stream_reply("a", Raw(b"9\r\ndata"), HangUp()), 200, "data: a\n\n9\r\ndata"),
    "no body": (Reply(204), 204, ""),
    "not HTTP": (Reply(None, (), [Raw(b"SSH-2.0\r\n\r\n"), HangUp()]), None, "SSH-2.0\r\n\r\n"),
    "nothing": (Reply(None, (), [HangUp()]), None, ""),
}


@pytest.mark.parametrize(("answer", "status", "text"), ENDS.values(), ids=ENDS.keys())
def test_answer_that_passes_is_shown_as_one(tmp_path: Path, answer: Reply, status: int | None, text: str) -> None:
    """A recorder and a replay show the status of an answer and its body, without its head and the sizes of chunks."""
    path = tmp_path / "recording.yaml"

    def passed(stub: StubServer) -> tuple[list[Note], Note]:
        with stub, client(stub) as http, watched(stub) as told:
            with contextlib.suppress(httpx.TransportError):
                http.post(PATH, json=ASK)
            stub.close()
            return told, stub.journal.requests()[0]

    with StubServer(respond=lambda _: answer) as service:
        recorded = passed(StubServer(record=Recorder(path, service.url)))
    raw = answer if answer.status in (None, 204) else verbatim(answer)
    for told, kept in (recorded, passed(StubServer(replay=path)), passed(StubServer(respond=lambda _: raw))):
        assert [each["kind"] for each in told if each["kind"] != "piece"] == ["request", "answer", "end"]
        (answered,) = [each for each in told if each["kind"] == "answer"]
        assert (answered["status"], text_of(told)) == (kept["status"], kept["answer"]) == (status, text)


def test_reset_is_told_to_an_open_page() -> None:
    """An open page is told of a reset, so that it shows nothing of the time before."""
    stub = StubServer()
    with stub, client(stub) as http, watched(stub) as told:
        http.post(PATH, json=ASK)
        http.post("/_stub/reset")
        http.post(PATH, json=ASK)
    kinds = [each["kind"] for each in told if each["kind"] != "piece"]
    assert kinds == ["request", "answer", "end", "reset", "request", "answer", "end"]


def test_reset_while_an_answer_is_sent() -> None:
    """After a reset, the rest of an answer from before is shown nowhere, also not as the answer to another request."""
    plain = [("content-type", "text/plain")]

    def before() -> Iterator[bytes]:
        yield b"first "
        with client(stub, Authorization="Bearer of-somebody-else") as other:
            other.post("/_stub/reset")
            assert other.post(PATH, json=ASK).text == "second"
        yield KEY.encode()

    stub = StubServer(respond=in_turn(Reply(200, plain, before()), Reply(201, plain, [b"second"])))
    with stub, client(stub) as http, watched(stub) as told:
        assert http.post(PATH, json=ASK).text == f"first {KEY}"
        (kept,) = http.get("/_stub/requests").json()
    assert (kept["number"], kept["status"], kept["answer"]) == (1, 201, "second")
    kinds = ["request", "answer", "piece", "reset", "request", "answer", "piece", "end"]
    assert [each["kind"] for each in told] == kinds
    assert text_of(told) == "first second"
