"""Streams of completions: the request, the events, and how a stream ends."""

from __future__ import annotations

import gzip
from typing import Any

import httpx
import pytest
from tools.stress.answers import Answer

from completion_payloads import ASK, FILL_IN, WHOLE_STREAM, chunk, sse, texts
from mistral_agents import errors
from mistral_agents.models import CompletionChunk, CompletionEvent
from seam import answer, seam, stream
from worlds import World, each_world

END = chunk("", finish_reason="stop")
FLAT = {"object": "error", "message": "Overheated", "type": "internal", "param": None, "code": "1300"}


@each_world
@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        (ASK, {**ASK, "stream": True}),
        ({**ASK, "stream": True, "n": 1}, {**ASK, "stream": True, "n": 1}),
        (FILL_IN, {**FILL_IN, "stream": True}),
        ({**FILL_IN, "model": None, "suffix": None}, {**FILL_IN, "model": None, "suffix": None, "stream": True}),
    ],
)
def test_the_request(world: World, arguments: dict[str, Any], sent: dict[str, Any]) -> None:
    """Both forms of request send the arguments and `stream: true`, and ask for events without compression."""
    network = seam(stream(WHOLE_STREAM))
    events = world.stream(network.client(), **arguments)
    headers = network.requests[0].headers
    assert (texts(events), network.sent) == (["Hel", "lo", ""], sent)
    assert (headers["accept"], headers["accept-encoding"]) == ("text/event-stream", "identity")


@each_world
def test_an_event(world: World) -> None:
    """An event has its chunk as a model, its name and the last id; a chunk keeps unknown fields."""
    later = {**chunk("a"), "new": 1}
    body = b"id: 7\n" + sse(later) + b"event: delta\n" + sse(chunk("b")) + sse("[DONE]")
    events = world.stream(seam(stream(body)).client(), **ASK)
    assert [(event.event, event.id) for event in events] == [("message", "7"), ("delta", "7")]
    assert [(type(event), type(event.data)) for event in events] == [(CompletionEvent, CompletionChunk)] * 2
    assert [event.data.to_dict() for event in events] == [later, chunk("b")]


@each_world
@pytest.mark.parametrize("content_type", ["text/event-stream; charset=utf-8", "Text/Event-Stream"])
def test_media_types(world: World, content_type: str) -> None:
    """The content type of a stream is read in any case, with or without a charset."""
    network = seam(answer(WHOLE_STREAM, content_type=content_type))
    assert texts(world.stream(network.client(), **ASK)) == ["Hel", "lo", ""]


@each_world
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_every_cut(world: World, line_end: bytes) -> None:
    """A body gives the same events wherever it is cut in two, and if it arrives byte by byte."""
    body = sse(chunk("é"), chunk("lo"), "[DONE]").replace(b"\n", line_end)
    cuts = range(len(body)) if world.backend is None else range(0, len(body), 17)
    answers = [stream(body[:cut], body[cut:]) for cut in cuts]
    answers.append(stream(*(body[at : at + 1] for at in range(len(body)))))
    found = [texts(world.stream(seam(made).client(), **ASK)) for made in answers]
    assert found == [["é", "lo"]] * len(answers)


ENDS_WELL: list[tuple[list[bytes | Exception], dict[str, Any], list[str]]] = [
    ([sse(chunk("a"), "[DONE]")], {}, ["a"]),
    ([sse(chunk("a")), b"data: [DONE]\n"], {}, ["a"]),
    ([sse(chunk("a")), b"data: [DO", b"NE]"], {}, ["a"]),
    ([sse(chunk("a")), b"data:[DONE]\r\n"], {}, ["a"]),
    ([sse("[DONE]")], {}, []),
    ([sse(chunk("a"), "[DONE]", chunk("b"), "{")], {}, ["a"]),
    ([sse(chunk("a"), "[DONE]"), sse(FLAT)], {}, ["a"]),
    ([sse(chunk("a"), "[DONE]"), httpx.ReadError("gone")], {}, ["a"]),
    ([sse(chunk("a"), END)], {}, ["a", ""]),
    ([sse(chunk("a"), END), b": bye\n"], {}, ["a", ""]),
    ([sse(chunk("a", 0, "stop"), chunk("b", 1, "length"))], {}, ["a", "b"]),
    ([sse(chunk("a", 1, "stop"), chunk("b", 0, "stop"))], {"n": 2}, ["a", "b"]),
    ([sse(chunk("a", 1, "stop"), chunk("b", 0, "stop"))], {"extra_body": {"n": 2}}, ["a", "b"]),
]
ENDS_BADLY: list[tuple[list[bytes | Exception], dict[str, Any], list[str]]] = [
    ([sse(chunk("a"))], {}, ["a"]),
    ([sse(chunk("a")), b"data: {"], {}, ["a"]),
    ([sse(chunk("a")), b"data: [DONE"], {}, ["a"]),
    ([sse(chunk("a")), b"data: x\ndata: [DONE]"], {}, ["a"]),
    ([sse(chunk("a")), httpx.RemoteProtocolError("gone")], {}, ["a"]),
    ([sse(chunk("a", 0, "stop"))], {"n": 2}, ["a"]),
    ([sse(chunk("a", 0, "stop"))], {"extra_body": {"n": 2}}, ["a"]),
    ([sse(chunk("a", 0, "stop"), chunk("b", 1))], {}, ["a", "b"]),
    ([sse(chunk("a", 0, "stop"), chunk("b", 0, "stop"))], {"n": 2}, ["a", "b"]),
    ([sse(chunk("a"), END), httpx.ReadError("gone")], {}, ["a", ""]),
    ([sse(chunk("a"), END), b"data: {"], {}, ["a", ""]),
]


@each_world
@pytest.mark.parametrize(("pieces", "arguments", "expected"), ENDS_WELL)
def test_ends_well(world: World, pieces: list[bytes], arguments: dict[str, Any], expected: list[str]) -> None:
    """A stream ends at `[DONE]`, whatever follows, or with the body, if every choice has a finish reason."""
    network = seam(stream(*pieces))
    assert texts(world.stream(network.client(), **ASK, **arguments)) == expected
    assert (len(network.requests), network.bodies[0].closed > 0) == (1, True)


@each_world
@pytest.mark.parametrize(("pieces", "arguments", "expected"), ENDS_BADLY)
def test_ends_badly(world: World, pieces: list[bytes], arguments: dict[str, Any], expected: list[str]) -> None:
    """Any other end raises StreamTruncatedError after all events; the stream is not retried."""
    network = seam(stream(*pieces))
    events, error = world.read(network.client(), **ASK, **arguments)
    assert (texts(events), type(error), error and error.attempts) == (expected, errors.StreamTruncatedError, 1)
    assert (len(network.requests), network.bodies[0].closed > 0) == (1, True)


@each_world
@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [b": comment\n\n"],
        [b"event: ping\ndata: {}\n\n"],
        [b'data: {"choices": []}\n'],
        [b"data: [DONE", b""],
        [httpx.ReadError("gone")],
        [b"data: {", httpx.RemoteProtocolError("gone")],
    ],
)
def test_an_end_before_the_first_event(world: World, pieces: list[bytes | Exception]) -> None:
    """A body that ends before its first event is retried; after the last attempt, it is an APIConnectionError."""
    network = seam(stream(*pieces))
    events, error = world.read(network.client(), **ASK)
    assert (events, type(error), error and error.attempts) == ([], errors.APIConnectionError, 3)
    assert [body.closed > 0 for body in network.bodies] == [True] * 3


@each_world
def test_attempts_before_the_first_event(world: World) -> None:
    """A stream is opened again until an attempt gives a first event; the caller gets the events of that attempt."""
    network = seam(stream(b": x\n\n"), httpx.ConnectError("no"), stream(b"event: ping\ndata: {}\n\n", WHOLE_STREAM))
    assert texts(world.stream(network.client(), **ASK)) == ["Hel", "lo", ""]
    assert (len(network.requests), [body.closed > 0 for body in network.bodies]) == (3, [True, True])


ERROR_FRAMES = [
    (b'event: error\ndata: {"message": "Overheated", "code": 5, "type": "t"}\n\n', 5, "t"),
    (b'event: error\ndata: {"detail": "Overheated"}\n\n', None, None),
    (b"event: error\ndata: Overheated\n\n", None, None),
    (b'event: error\ndata: "Overheated"\n\n', None, None),
    (b'event: error\ndata: {"choices": [], "message": "Overheated"}\n\n', None, None),
    (sse(FLAT), "1300", "internal"),
    (sse({**FLAT, "message": {"detail": [{"loc": ["body"], "msg": "Overheated"}]}}), "1300", "internal"),
    (sse({"object": "error", "message": "Overheated", "type": 5, "code": [1]}), None, None),
    (sse({"detail": "Overheated"}), None, None),
    (sse({"detail": [{"loc": ["body", "n"], "msg": "Overheated"}]}), None, None),
    (sse({"error": {"message": "Overheated", "type": "internal", "code": 500}}), 500, "internal"),
    (sse({"error": "Overheated"}), None, None),
]


@each_world
@pytest.mark.parametrize("before", [[], [chunk("a"), chunk("b")]], ids=["first", "later"])
@pytest.mark.parametrize(("frame", "code", "kind"), ERROR_FRAMES)
def test_an_error_in_the_stream(world: World, before: list[Any], frame: bytes, code: object, kind: object) -> None:
    """An error that comes as an event is raised, after the events before it, with its message, code and type."""
    network = seam(stream(sse(*before) + frame + sse(chunk("never"))))
    events, error = world.read(network.client(), **ASK)
    assert isinstance(error, errors.StreamEventError)
    assert (texts(events), error.code, error.type) == (["a", "b"][: len(before)], code, kind)
    assert ("Overheated" in str(error), b"Overheated" in error.body) == (True, True)
    assert (error.attempts, len(network.requests), network.bodies[0].closed > 0) == (1, 1, True)


DEEP = "[" * 100_000
NO_CHUNKS = ["{", "hello", "null", "5", '"text"', "[]", "{}", '{"choices": 5}', '{"choices": [5]}']
NO_CHUNKS += ['{"choices": [{"index": []}]}', '{"created": ' + "9" * 5_000 + "}", DEEP, '{"choices": ' + DEEP]


@each_world
@pytest.mark.parametrize("before", [[], [chunk("a")]], ids=["first", "later"])
@pytest.mark.parametrize("data", NO_CHUNKS, ids=lambda data: data[:30])
def test_an_event_that_is_not_a_chunk(world: World, before: list[Any], data: str) -> None:
    """An event that is not JSON or not a chunk raises an error with its raw data, after the events before it."""
    network = seam(stream(sse(*before, data, chunk("never"))))
    events, error = world.read(network.client(), **ASK)
    assert isinstance(error, errors.ResponseValidationError)
    assert (texts(events), error.body) == (["a"] if before else [], data.encode())
    assert (error.attempts, len(network.requests), network.bodies[0].closed > 0) == (1, 1, True)
    assert len(str(error)) < 1_000


@each_world
def test_what_is_skipped(world: World) -> None:
    """Comments, events without data, and events with another name and no chunk are skipped."""
    between = b": x\n\ndata:\n\ndata\n\nevent: ping\ndata: {}\n\nevent: ping\ndata: {\n\nevent: ping\ndata: 5\n\n"
    between += b'event: ping\ndata: {"message": 1}\n\nid: 3\n\n'
    network = seam(stream(between + sse(chunk("a")) + between + sse(END) + between + sse("[DONE]")))
    assert texts(world.stream(network.client(), **ASK)) == ["a", ""]


@each_world
@pytest.mark.parametrize(
    ("made", "came"),
    [
        (answer(), "application/json"),
        (answer(b"<html>", content_type="text/html"), "text/html"),
        (answer(b"", content_type="text/plain"), "text/plain"),
        (answer(WHOLE_STREAM, content_type=None), "without a content type"),
    ],
)
def test_a_body_that_is_not_a_stream(world: World, made: Answer, came: str) -> None:
    """A body with status 200 that is not a stream raises an error that says what came, and keeps it."""
    network = seam(made)
    events, error = world.read(network.client(), **ASK)
    assert isinstance(error, errors.ResponseValidationError)
    assert (events, error.body, came in str(error)) == ([], made.pieces[0], True)
    assert (error.attempts, network.bodies[0].closed > 0) == (1, True)


@each_world
@pytest.mark.parametrize("size", [1, 10, 10_000])
def test_gzip(world: World, size: int) -> None:
    """A compressed stream is read, though the request did not ask for compression, however its bytes arrive."""
    body = gzip.compress(WHOLE_STREAM)
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    network = seam(stream(*pieces, content_encoding="gzip"))
    assert texts(world.stream(network.client(), **ASK)) == ["Hel", "lo", ""]


@each_world
@pytest.mark.parametrize("streamed", [False, True])
def test_broken_gzip(world: World, *, streamed: bool) -> None:
    """A body that is not compressed as its header says raises ResponseValidationError."""
    kind = "text/event-stream" if streamed else "application/json"
    network = seam(answer(b"not gzip", content_type=kind, content_encoding="gzip"))
    with pytest.raises(errors.ResponseValidationError):
        (world.stream if streamed else world.complete)(network.client(), **ASK)
    assert (len(network.requests), network.bodies[0].closed > 0) == (1, True)


def test_details_of_a_stream() -> None:
    """A stream has the status, headers and request id of its response, and the number of attempts."""
    network = seam(answer(b"", 503), stream(WHOLE_STREAM, x_request_id="r-1"))
    with network.client().agents.stream(**ASK) as events:
        assert (events.status_code, events.request_id, events.attempts) == (200, "r-1", 2)
        assert (events.headers["x-request-id"], texts(list(events))) == ("r-1", ["Hel", "lo", ""])
