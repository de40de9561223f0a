"""Answers that are too large, nested too deep, or have too long numbers raise an error, in bounded memory."""

from __future__ import annotations

import gzip
import json
import math
import tracemalloc
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tools.stress.answers import Answer

from client_settings import KEY, NO_CERTIFICATES
from completion_payloads import ANSWER, ASK, WHOLE_STREAM, chunk, sse, texts
from fault_scenarios import bomb, event_bomb
from mistral_agents import Mistral, errors
from mistral_agents.models import ChatCompletionResponse
from mistral_agents.testing import Reply, StubServer, in_turn
from seam import answer, seam, stream
from worlds import WORLDS, World, each_world

BODY = json.dumps(ANSWER).encode()
A, B, DONE = sse(chunk("a")), sse(chunk("b", finish_reason="stop")), sse("[DONE]")


def text(response: ChatCompletionResponse | None) -> str | None:
    """Return the text of the first choice, if there is one."""
    return None if response is None else str(response.choices[0].message.content)


def call(world: World, client: Mistral, *, streamed: bool) -> tuple[list[str], errors.MistralError | None, str | None]:
    """Make a call; return the texts it gave, the error after them, and the text of the error's `partial`."""
    if streamed:
        events, error = world.read(client, **ASK)
        return texts(events), error, None if error is None else text(error.partial)
    try:
        return [str(text(world.complete(client, **ASK)))], None, None
    except AttributeError:  # the answer was read, but its choice has no message
        return [], None, None
    except errors.MistralError as error:
        return [], error, text(error.partial)


def check_refusal(error: errors.MistralError | None, said: str) -> None:
    """Check that the answer was refused after one attempt, and that the message contains this text."""
    assert isinstance(error, errors.ResponseValidationError)
    assert (said in str(error), error.attempts) == (True, 1)


def pieces(data: bytes, size: int) -> tuple[bytes, ...]:
    """Cut bytes into pieces of this size."""
    return tuple(data[at : at + size] for at in range(0, len(data), size))


@each_world
@pytest.mark.parametrize("size", [1, 50, 10_000])
def test_json(world: World, size: int) -> None:
    """A JSON answer of exactly `max_answer_bytes` is read; one byte more is refused, and the error keeps the start."""
    made = Answer(200, {"content-type": "application/json"}, pieces(BODY, size))
    assert call(world, seam(made).client(max_answer_bytes=len(BODY)), streamed=False) == (["Hi"], None, None)
    _, error, _ = call(world, seam(made).client(max_answer_bytes=len(BODY) - 1), streamed=False)
    check_refusal(error, f"larger than max_answer_bytes ({len(BODY) - 1:,} bytes)")
    assert isinstance(error, errors.ResponseValidationError)
    assert error.body == BODY[:-1]


@each_world
@pytest.mark.parametrize("streamed", [False, True])
def test_the_unpacked_size_counts(world: World, *, streamed: bool) -> None:
    """`max_answer_bytes` limits the unpacked size of a compressed answer."""
    data = WHOLE_STREAM if streamed else BODY + b" " * 10_000
    made = (stream if streamed else answer)(gzip.compress(data), content_encoding="gzip")
    _, error, _ = call(world, seam(made).client(max_answer_bytes=len(data)), streamed=streamed)
    assert error is None
    _, error, _ = call(world, seam(made).client(max_answer_bytes=len(data) - 1), streamed=streamed)
    check_refusal(error, "max_answer_bytes")


@each_world
@pytest.mark.parametrize(
    ("most", "came"),
    [
        (len(A + B + DONE), None),
        (len(A + B + DONE) - 1, ["a", "b"]),
        (len(A + B), ["a", "b"]),
        (len(A + B) - 1, ["a"]),
        (len(A), ["a"]),
        (len(A) - 1, []),
    ],
)
def test_streams(world: World, most: int, came: list[str] | None) -> None:
    """`max_answer_bytes` limits a stream as a whole; `partial` has the events before the limit."""
    found, error, partial = call(world, seam(stream(A, B, DONE)).client(max_answer_bytes=most), streamed=True)
    assert (found, partial) == (["a", "b"] if came is None else came, "".join(came) if came else None)
    if came is None:
        assert error is None
    else:
        check_refusal(error, f"larger than max_answer_bytes ({most:,} bytes)")


@each_world
def test_comments_count(world: World) -> None:
    """Comments count towards `max_answer_bytes`, so a stream of endless comments ends."""
    network = seam(stream(A, *[b": still there\n\n"] * 1_000))
    found, error, partial = call(world, network.client(max_answer_bytes=5_000), streamed=True)
    check_refusal(error, "max_answer_bytes")
    assert (found, partial) == (["a"], "a")


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(("status", "attempts"), [(503, 3), (422, 1)])
def test_error_bodies(world: World, status: int, attempts: int, *, streamed: bool) -> None:
    """The status decides about an error however large its body is; the error keeps the allowed part of the body."""
    made = Answer(status, {}, pieces(b'{"detail": "' + b"x" * 5_000 + b'"}', 100))
    _, error, _ = call(world, seam(made).client(max_answer_bytes=1_000), streamed=streamed)
    assert isinstance(error, errors.SDKError)
    assert (error.status_code, error.attempts) == (status, attempts)
    assert error.body == b'{"detail": "' + b"x" * (1_000 - 12)


@each_world
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_events(world: World, size: int) -> None:
    """An event of exactly `max_event_bytes` is read; one byte more is refused and ends the stream."""
    large, end = sse(chunk("x" * 300, finish_reason="stop")), len(b"\n\n")
    made = stream(*pieces(A + large + DONE, size))
    found, error, _ = call(world, seam(made).client(max_event_bytes=len(large) - end), streamed=True)
    assert (found, error) == (["a", "x" * 300], None)
    found, error, partial = call(world, seam(made).client(max_event_bytes=len(large) - end - 1), streamed=True)
    check_refusal(error, f"larger than max_event_bytes ({len(large) - end - 1:,} bytes)")
    assert (found, partial) == (["a"], "a")


@each_world
@pytest.mark.parametrize("line", [b"data: ", b": ", b"id: ", b"x"])
def test_an_event_without_an_end(world: World, line: bytes) -> None:
    """A line of any kind that does not end is refused once it is larger than `max_event_bytes`."""
    found, error, partial = call(
        world, seam(stream(line, *[b"x" * 100] * 50)).client(max_event_bytes=1_000), streamed=True
    )
    check_refusal(error, "max_event_bytes")
    assert (found, partial) == ([], None)


@pytest.mark.parametrize("name", ["max_answer_bytes", "max_event_bytes"])
@pytest.mark.parametrize("value", [0, -1, True, 1.5, 1e6, math.inf, "5", b"5", None])
def test_settings(name: str, value: Any) -> None:
    """A limit that is not a number of bytes is refused; the error names it and says what is expected."""
    with pytest.raises(errors.InvalidArgumentError, match=f"^{name} must be a number of bytes, above 0, not"):
        Mistral(KEY, **{name: value})


PEAK_BYTES = 4_000_000
"""The memory that a call may use to refuse an answer of more than a megabyte: a few copies of that megabyte."""


@each_world
@pytest.mark.parametrize(
    ("make", "status", "limit", "expected"),
    [
        (bomb, 200, "max_answer_bytes", errors.ResponseValidationError),
        (bomb, 503, "max_answer_bytes", errors.ServerError),
        (event_bomb, 200, "max_answer_bytes", errors.ResponseValidationError),
        (event_bomb, 200, "max_event_bytes", errors.ResponseValidationError),
    ],
)
def test_bombs(world: World, make: Callable[[], Reply], status: int, limit: str, expected: type) -> None:
    """An answer that unpacks to 67 MB is refused before more than a few megabytes are in use."""
    reply = attrs.evolve(make(), status=status)
    on_the_wire = sum(len(piece) for piece in reply.body if isinstance(piece, bytes))
    used, error = 0, None
    for most in (1_000, 1_000_000):  # the first call loads modules; only the second is measured
        settings: Any = {limit: most, "retry_config": None}
        with StubServer(respond=in_turn(reply)) as stub:
            client = Mistral(KEY, server_url=stub.url, **settings)
            client.connections.verify_ssl = NO_CERTIFICATES
            tracemalloc.start()
            _, error, _ = call(world, client, streamed=make is event_bomb)
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    assert (type(error), on_the_wire < 66_000, used < PEAK_BYTES) == (expected, True, True)


DIGITS = "9" * 5_000
DEEP = "[" * 100_000 + "]" * 100_000
UNREADABLE = {
    "deep": DEEP,
    "deep and cut": DEEP[:150_000],
    "deep objects": '{"a":' * 50_000 + "1" + "}" * 50_000,
    "deep within": f'{{"choices": [], "future": {DEEP}}}',
    "digits": DIGITS,
    "digits within": f'{{"choices": [], "created": {DIGITS}}}',
    "negative digits": f'{{"choices": [], "created": -{DIGITS}}}',
}
each_unreadable = pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)


@each_world
@each_unreadable
def test_json_that_python_does_not_read(world: World, data: str) -> None:
    """JSON that is nested too deep, or has a number of 5,000 digits, is refused; the error keeps it unchanged."""
    _, error, _ = call(world, seam(answer(data.encode())).client(), streamed=False)
    check_refusal(error, "nested too deep" if "deep" in str(error) else "cannot be parsed as JSON")
    assert isinstance(error, errors.ResponseValidationError)
    assert (error.body, len(str(error)) < 1_000) == (data.encode(), True)


@each_world
@each_unreadable
@pytest.mark.parametrize("before", [[], ["a"]])
def test_events_that_python_does_not_read(world: World, data: str, before: list[str]) -> None:
    """An event with such JSON ends the stream; `partial` has the events before it."""
    made = stream(*map(sse, map(chunk, before)), sse(data, "[DONE]"))
    found, error, partial = call(world, seam(made).client(), streamed=True)
    check_refusal(error, "an event of the stream")
    assert (found, partial) == (before, "".join(before) or None)
    assert (getattr(error, "body", b""), len(str(error)) < 1_000) == (data.encode(), True)


@each_world
@each_unreadable
@pytest.mark.parametrize("streamed", [False, True])
def test_error_bodies_that_python_does_not_read(world: World, data: str, *, streamed: bool) -> None:
    """An error whose body is such JSON has the class of its status, and no `detail`."""
    for body in (data, f'{{"detail": {data}}}'):
        _, error, _ = call(world, seam(answer(body.encode(), 422)).client(), streamed=streamed)
        assert isinstance(error, errors.HTTPValidationError)
        assert (error.body, error.detail, error.attempts) == (body.encode(), None, 1)


FORMS = ['{"choices": [{"index": 0, "delta": {"a": %s}}]}', '{"error": {"message": %s}}', '{"detail": [{"loc": %s}]}']


@pytest.mark.parametrize("form", FORMS)
def test_depths_that_are_just_too_deep(form: str) -> None:
    """JSON of any depth is read, or raises an error of this package; none raises a bare RecursionError."""
    failed = set()
    for depth in range(180, 210):
        data = (form % ("[" * depth + "]" * depth)).encode()
        for made in (stream(A, sse(data.decode()), DONE), answer(data), answer(data, 422)):
            streamed = "stream" in made.headers["content-type"]
            _, error, _ = call(WORLDS[0], seam(made).client(), streamed=streamed)  # raises any other error
            failed.add(type(error))
    assert {errors.ResponseValidationError, errors.HTTPValidationError} <= failed
