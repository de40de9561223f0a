"""What can go wrong between a client and the service: one scenario per line, with what the caller gets.

docs/reliability.md shows them as tables, whose rows are written from what the tests saw.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from attrs import field, fields_dict, frozen

from mistral_agents import errors
from mistral_agents.testing import (
    STALL,
    HangUp,
    Raw,
    Reply,
    Wait,
    chunk,
    completion,
    cut,
    dripped,
    error_event,
    event,
    gzipped,
    json_reply,
    stream_reply,
    verbatim,
)
from mistral_agents.testing.http.wire import Piece

Given = Reply | Callable[[], Reply] | None
"""A reply, or a function that makes it when it is needed; None means the stub's default reply."""


@frozen(eq=False)
class Scenario:
    """What the server does to a call, and what the caller should get."""

    call: Literal["complete", "stream", "start_stream"]
    server: str
    """What the server does, as the table says it."""
    replies: tuple[Given, ...]
    """One reply for each request, the last one repeated; without replies no server listens."""
    gives: Sequence[str] = ()
    """The texts that the caller gets: of the events, or of the answer."""
    error: type[errors.MistralError] | None = None
    """The error after the texts, which are also in its `partial`."""
    status: int | None = None
    """The error's status."""
    says: str = ""
    """A part of the error's message."""
    requests: int = 1
    """The number of attempts."""
    waits: tuple[float, ...] | None = None
    """The waits between attempts, in seconds; None means the default waits."""
    options: Mapping[str, Any] = field(factory=dict)
    """Options of the client and of the call."""

    @classmethod
    def of(cls, call: Literal["complete", "stream"], server: str, replies: tuple[Given, ...], given: Any) -> Scenario:
        """Make a scenario; names in `given` that are not fields of it are options."""
        options = {name: given[name] for name in given if name not in fields_dict(cls)}
        expected = {name: given[name] for name in given if name in fields_dict(cls)}
        return cls(call, server, replies, options=options, **expected)

    @property
    def limit_ms(self) -> float | None:
        """The time limit that ends the call, if one does."""
        if self.error is None or not issubclass(self.error, errors.APITimeoutError):
            return None
        limits: list[float] = [self.options[name] for name in self.options if name.endswith("_ms")]
        # A JSON answer that arrives byte by byte may take twice timeout_ms in all.
        drips = self.call == "complete" and self.server.startswith("drips") and "timeout_ms" in self.options
        return min(limits) * (2 if drips else 1)

    def __str__(self) -> str:
        return f"{self.call}: {self.server}"


def complete(server: str, *replies: Given, **given: Any) -> Scenario:
    """Make a scenario of a call of `complete`."""
    return Scenario.of("complete", server, replies, given)


def stream(server: str, *replies: Given, **given: Any) -> Scenario:
    """Make a scenario of a call of `stream`."""
    return Scenario.of("stream", server, replies, given)


def announced(length: int, *parts: dict[str, Any] | str) -> Reply:
    """Return a stream with this content-length, right or wrong."""
    return verbatim(stream_reply(*parts, content_length=str(length)))


HI = json_reply(completion("Hi"))
BAD, BUSY = json_reply({"detail": "Bad"}, 400), json_reply({"detail": "Busy"}, 503)
CHUNKED = json_reply(completion("Hi"), content_length=None)
HTML = json_reply(b"<html>", content_type="text/html")
BAD_GATEWAY = json_reply(b"<html>", 502, content_type="text/html")
MOVED = json_reply({}, 307, location="/elsewhere")
DEEP = b"[" * 100_000 + b"]" * 100_000
JUST_TOO_DEEP = b"[" * 201 + b"]" * 201
DIGITS = b'{"choices": [], "created": %b}' % (b"9" * 5_000)

USAGE = {"usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}}
A, B, BIG, LAST = chunk("a"), chunk("b"), chunk("x" * 500), chunk("b", finish_reason="stop")
AB = stream_reply(A, LAST, "[DONE]")
HALF = event(B)[:20]
HALF_CHUNK = Raw(b"40\r\ndata: {")
PINGS: list[Piece] = [event("", "ping"), Wait(0.01)] * 1_000
STEADY: list[Piece] = [event(A), Wait(0.06)] * 4
COMMENTS: list[Piece] = [b": still there\n\n", Wait(0.01)] * 1_000
RESET = HangUp(reset=True)
STALLED = cut(HI, 0, STALL)
SLOW = 0.02


@functools.cache
def bomb() -> Reply:
    """Return 64 KiB that unpack to 67 MB."""
    return gzipped(json_reply(b" " * 67_000_000))


@functools.cache
def event_bomb() -> Reply:
    """Return a compressed stream of an event and of the start of another, which is 67 MB long."""
    return gzipped(stream_reply(A, b"data: " + b" " * 67_000_000))


LOST: dict[str, Any] = {"error": errors.APIConnectionError, "requests": 3}
LATE: dict[str, Any] = {"error": errors.APITimeoutError, "timeout_ms": 80}
NO_EVENT: dict[str, Any] = {"error": errors.FirstEventTimeoutError, "first_event_timeout_ms": 80}
IDLE: dict[str, Any] = {"error": errors.IdleTimeoutError, "idle_timeout_ms": 80, "gives": "a"}
OVERDUE: dict[str, Any] = {"error": errors.DeadlineExceededError, "deadline_ms": 80}
# A limit that is long enough for what comes before it, also on a busy machine.
OVERDUE_LATER: dict[str, Any] = {"error": errors.DeadlineExceededError, "deadline_ms": 250}
SHORT: dict[str, Any] = {"error": errors.StreamTruncatedError}
REPORTED: dict[str, Any] = {"error": errors.StreamEventError, "says": "Oh no"}
INVALID: dict[str, Any] = {"error": errors.ResponseValidationError}
SERVER: dict[str, Any] = {"error": errors.ServerError, "requests": 3}

CONNECTIONS = [
    complete("refuses connections", **LOST),
    stream("refuses connections", **LOST),
    complete("resets before the head", cut(verbatim(HI), 0, RESET), **LOST),
    stream("resets before the head", cut(verbatim(AB), 0, RESET), **LOST),
    complete("closes before the head", cut(verbatim(HI), 0), **LOST),
    stream("closes before the head", cut(verbatim(AB), 0), **LOST),
    complete("closes within the head", cut(verbatim(HI), 30), **LOST),
    stream("closes within the head", cut(verbatim(AB), 30), **LOST),
    complete("closes before the head twice, then answers", *[cut(verbatim(HI), 0)] * 2, HI, gives=["Hi"], requests=3),
    stream("closes before the head twice, then answers", *[cut(verbatim(AB), 0)] * 2, AB, gives="ab", requests=3),
    complete("stalls before the head", cut(verbatim(HI), 0, STALL), **LATE),
    stream("stalls before the head", cut(verbatim(AB), 0, STALL), **NO_EVENT),
    complete("stalls within the head", cut(verbatim(HI), 30, STALL), **LATE),
    stream("stalls within the head", cut(verbatim(AB), 30, STALL), **NO_EVENT),
    complete("stalls before the head", cut(verbatim(HI), 0, STALL), **OVERDUE),
    stream("stalls before the head", cut(verbatim(AB), 0, STALL), **OVERDUE),
    complete("drips head and body, byte by byte", dripped(verbatim(HI)), gives=["Hi"]),
    stream("drips head and body, byte by byte", dripped(verbatim(AB)), gives="ab"),
    complete("drips the head, a byte every 20 ms", dripped(verbatim(HI), SLOW), **OVERDUE),
    complete("drips the head, a byte every 20 ms", dripped(verbatim(HI), SLOW), **LATE),
    stream("drips the head, a byte every 20 ms", dripped(verbatim(AB), SLOW), **NO_EVENT),
    complete("redirects (307)", MOVED, error=errors.SDKError, status=307),
    stream("redirects (307)", MOVED, error=errors.SDKError, status=307),
]
ANSWERS = [
    complete("sends JSON", HI, gives=["Hi"]),
    complete("sends JSON without a content type", json_reply(completion("Hi"), content_type=None), gives=["Hi"]),
    complete("compresses it (gzip)", gzipped(HI), gives=["Hi"]),
    complete("closes after the head", cut(HI, 0), **LOST),
    complete("resets after the head", cut(HI, 0, RESET), **LOST),
    complete("closes within the body", cut(HI, 30), **LOST),
    complete("closes within a chunk of the body", cut(verbatim(CHUNKED), 120), **LOST),
    complete("closes before the last, empty chunk", cut(CHUNKED, 1_000), **LOST),
    complete("closes within a compressed body", cut(gzipped(HI), 30), **LOST),
    complete("ends within a compressed body", cut(gzipped(HI), 30, b""), **LOST),
    complete(
        "closes before it has sent as much as it announced", verbatim(json_reply(b"{}", content_length="9")), **LOST
    ),
    complete("sends more than it announced", verbatim(json_reply(b'{"choices": []}', content_length="9")), **INVALID),
    complete("stalls after the head", cut(HI, 0, STALL), **LATE),
    complete("stalls within the body", cut(HI, 30, STALL), **LATE),
    complete("stalls within a chunk of the body", cut(verbatim(CHUNKED), 120, STALL), **LATE),
    complete("drips the body, a byte every 20 ms", dripped(HI, SLOW), **OVERDUE),
    complete("drips the body, a byte every 20 ms", dripped(HI, SLOW), **LATE),
    complete("announces gzip, but sends something else", json_reply(b"{}", content_encoding="gzip"), **INVALID),
    complete("sends 64 KiB that decompress to 67 MB", bomb, **INVALID, max_answer_bytes=10**6),
    complete("sends an answer that is too large", HI, **INVALID, max_answer_bytes=50),
    complete("sends lists nested 100,000 deep", json_reply(DEEP), **INVALID),
    complete("sends lists nested 201 deep", json_reply(JUST_TOO_DEEP), **INVALID),
    complete("sends an integer of 5,000 digits", json_reply(DIGITS), **INVALID),
    complete("sends JSON that is not an answer", json_reply({"choices": 5}), **INVALID),
    complete("sends an error under status 200", json_reply({"error": {"message": "Oh no"}}), **INVALID, says="Oh no"),
    complete("sends nothing under status 200", json_reply(b""), **INVALID),
    complete("sends HTML under status 200", HTML, **INVALID, says="<html>"),
    complete("sends HTML under status 502", BAD_GATEWAY, **SERVER, status=502, says="<html>"),
    complete("closes within the body of a 503", cut(BUSY, 9), **SERVER, status=503),
    complete(
        "stalls within the body of a 400", cut(BAD, 9, STALL), error=errors.BadRequestError, status=400, timeout_ms=80
    ),
    complete(
        "sends lists nested 100,000 deep with a 400", json_reply(DEEP, 400), error=errors.BadRequestError, status=400
    ),
    complete("answers 204", Reply(204), error=errors.SDKError, status=204),
    complete("answers 999", json_reply({}, 999), error=errors.SDKError, status=999),
    complete("sends a stream instead of JSON", AB, **INVALID),
]
ENDS = [
    stream("sends `[DONE]`", AB, gives="ab"),
    stream("sends `[DONE]` without an end of line", stream_reply(A, B, b"data: [DONE]"), gives="ab"),
    stream("sends `[DONE]` with blanks around it", stream_reply(A, B, b"data: \t [DONE] \t\n\n"), gives="ab"),
    stream("compresses it (gzip)", gzipped(AB), gives="ab"),
    stream("ends after a finish reason", stream_reply(A, LAST), gives="ab"),
    stream("ends after both finish reasons", stream_reply(LAST, chunk("c", 1, "stop")), gives="bc", n=2),
    stream("ends after one finish reason of two", stream_reply(A, LAST), gives="ab", **SHORT, n=2),
    stream("ends before a finish reason", stream_reply(A, B), gives="ab", **SHORT),
    stream("ends within an event", stream_reply(A, HALF), gives="a", **SHORT),
    stream("closes after a finish reason", stream_reply(A, LAST, HangUp()), gives="ab", **SHORT),
    stream("closes between two events", stream_reply(A, B, HangUp()), gives="ab", **SHORT),
    stream("closes within an event", stream_reply(A, HALF, HangUp()), gives="a", **SHORT),
    stream("closes within a chunk of the body", stream_reply(A, HALF_CHUNK, HangUp()), gives="a", **SHORT),
    stream("resets between two events", stream_reply(A, B, Wait(0.05), RESET), gives="ab", **SHORT),
    stream("resets within an event", stream_reply(A, HALF, Wait(0.05), RESET), gives="a", **SHORT),
    stream("ends without an event", stream_reply(), **LOST),
    stream("ends within the first event", stream_reply(HALF), **LOST),
    stream("closes before the first event", stream_reply(HangUp()), **LOST),
    stream("closes within the first event", stream_reply(HALF, HangUp()), **LOST),
    stream("closes after a comment", stream_reply(b": hello\n\n", HangUp()), **LOST),
    stream("resets before the first event", stream_reply(RESET), **LOST),
    stream("closes before it has sent as much as it announced", announced(999, A, B), gives="ab", **SHORT),
    stream("announces more, but sends `[DONE]`", announced(999, A, LAST, "[DONE]"), gives="ab"),
    stream("sends more than it announced", announced(len(event(A)) + 9, A, B), gives="a", **SHORT),
    stream(
        "sends more events after `[DONE]`", stream_reply(A, B, "[DONE]", chunk("c"), error_event("Late")), gives="ab"
    ),
    stream("stalls after `[DONE]`", stream_reply(A, B, "[DONE]", STALL), gives="ab"),
    stream("sends comments for ever after `[DONE]`", stream_reply(A, B, "[DONE]", *COMMENTS), gives="ab"),
    stream("closes after `[DONE]`", stream_reply(A, B, "[DONE]", HangUp()), gives="ab"),
]
SILENCE = [
    stream("stalls before the first event", stream_reply(STALL), **NO_EVENT),
    stream("stalls within the first event", stream_reply(HALF, STALL), **NO_EVENT),
    stream("drips the first event, a byte every 20 ms", dripped(AB, SLOW), **NO_EVENT),
    stream("sends pings for ever, and no event", stream_reply(*PINGS), **NO_EVENT),
    stream("sends comments for ever, and no event", stream_reply(*COMMENTS), **NO_EVENT),
    stream("stalls between two events", stream_reply(A, STALL), **IDLE),
    stream("stalls within an event", stream_reply(A, HALF, STALL), **IDLE),
    stream("stalls within a chunk of the body", stream_reply(A, HALF_CHUNK, STALL), **IDLE),
    stream("stalls after a finish reason", stream_reply(chunk("a", finish_reason="stop"), STALL), **IDLE),
    stream("drips an event, a byte every 20 ms", stream_reply(A, *dripped(stream_reply(B), SLOW).body), **IDLE),
    stream("sends pings for ever after an event", stream_reply(A, *PINGS), **IDLE),
    stream("sends comments for ever after an event", stream_reply(A, *COMMENTS), **IDLE),
    stream("sends an event every 60 ms", stream_reply(*STEADY, LAST), gives="aaaab", idle_timeout_ms=200),
    stream("stalls before the first event", stream_reply(STALL), **OVERDUE),
    stream("sends an event, then comments for ever", stream_reply(A, *COMMENTS), gives="a", **OVERDUE_LATER),
]
FRAMES = {
    "`event: error`": error_event("Oh no", form="event"),
    '`{"object": "error", ...}`': error_event("Oh no", form="object"),
    '`{"error": {...}}`': error_event("Oh no", form="error"),
    '`{"detail": ...}`': error_event("Oh no", form="detail"),
    "`error` beside `choices`": event(chunk("", finish_reason="error") | {"error": {"message": "Oh no"}}),
    "`error` inside a choice": event(
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "error", "error": {"message": "Oh no"}}]}
    ),
}
BUSY_EVENT = error_event("Oh no", code=503)
OVERLOADS = {
    "an error of code 503 (overload)": BUSY_EVENT,
    "an error of type `overloaded_error`": error_event("Oh no", "overloaded_error"),
    "an error of code 429 (rate limit)": error_event("Oh no", code="429", form="error"),
    "an error of type `rate_limit_exceeded`": error_event("Oh no", "rate_limit_exceeded", form="event"),
}
UNREADABLE = {
    "text that is not JSON": event("<html>"),
    "JSON that is not a piece of an answer": event({"a": 1}),
    "lists nested 100,000 deep": event(DEEP.decode()),
    "lists nested 201 deep": event(JUST_TOO_DEEP.decode()),
    "an integer of 5,000 digits": event(DIGITS.decode()),
}
EVENTS = [
    *[stream(f"begins with an error: {form}", stream_reply(frame), **REPORTED) for form, frame in FRAMES.items()],
    *[
        stream(f"sends an event, then an error: {form}", stream_reply(A, frame), gives="a", **REPORTED)
        for form, frame in FRAMES.items()
    ],
    *[stream(f"begins with {what}", stream_reply(frame), **REPORTED, requests=3) for what, frame in OVERLOADS.items()],
    *[
        stream(f"sends an event, then {what}", stream_reply(A, frame), gives="a", **REPORTED)
        for what, frame in OVERLOADS.items()
    ],
    stream(
        "begins with an error of code 503 (overload), then answers as usual",
        stream_reply(BUSY_EVENT),
        AB,
        gives="ab",
        requests=2,
    ),
    *[stream(f"begins with {what}", stream_reply(data, "[DONE]"), **INVALID) for what, data in UNREADABLE.items()],
    *[
        stream(f"sends an event, then {what}", stream_reply(A, data), gives="a", **INVALID)
        for what, data in UNREADABLE.items()
    ],
    stream("begins with an event that is too large", stream_reply(BIG), **INVALID, max_event_bytes=500),
    stream(
        "sends an event, then one that is too large", stream_reply(A, BIG), gives="a", **INVALID, max_event_bytes=500
    ),
    stream(
        "sends 64 KiB that decompress to an event of 67 MB", event_bomb, gives="a", **INVALID, max_event_bytes=10**6
    ),
    stream("sends pings between events", stream_reply(A, event("", "ping"), event({}, "ping"), LAST), gives="ab"),
    stream("sends blank data between events", stream_reply(A, b"data:\n\n", b"data: \t \n\n", LAST), gives="ab"),
    stream(
        "sends a chunk whose `choices` is null, and one with `usage` alone",
        stream_reply(A, {"choices": None}, LAST, USAGE, "[DONE]"),
        gives="ab",
    ),
    stream(
        "sends a JSON error with the content type of an event stream",
        json_reply({"error": {"message": "Oh no"}}, content_type="text/event-stream"),
        **REPORTED,
    ),
    stream("announces gzip, but sends something else", stream_reply(A, content_encoding="gzip"), **INVALID),
    stream("sends JSON instead of a stream", HI, **INVALID),
    stream("sends a stream without a content type", stream_reply(A, content_type=None), **INVALID),
    stream("sends HTML under status 200", HTML, **INVALID, says="<html>"),
    stream("sends HTML under status 502", BAD_GATEWAY, **SERVER, status=502, says="<html>"),
]
