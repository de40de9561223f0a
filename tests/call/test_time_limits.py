"""How long calls wait: for the next event, for the whole answer, and for the rest of a body whose end is known.

Time is simulated. All pauses are multiples of 10 ms and no limit is, so that a pause and a limit never end at the
same moment.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from json import dumps
from typing import Any

import pytest
from attrs import define
from hypothesis import given, settings
from hypothesis import strategies as st

from completion_payloads import ANSWER, WHOLE_STREAM, chunk, sse
from mistral_agents import BackoffStrategy, RetryConfig, errors
from mistral_agents.retry import backoff_ms
from virtual_network import Outcome, Script, VirtualNetwork, complete, dripped, framed, head, read
from worlds import World, each_world

pytestmark = pytest.mark.usefixtures("simulated_time")

A, DONE = sse(chunk("a")), sse("[DONE]")
NO_EVENTS = [b": a comment\n\n", b"event: ping\ndata: {}\n\n", b"data:\n\n", b"id: 7\nretry: 9\n\n"]
ROUNDING = 1e-6
"""The tolerance for floating-point arithmetic, in seconds."""
A_MOMENT = 0.25 + ROUNDING
"""How long a finished stream waits for the end of its body, in seconds."""


Reading = Callable[..., Outcome]
each_call = pytest.mark.parametrize("call", [read, complete])
pauses = st.sampled_from([0.0, 0.01, 0.1, 0.3, 0.8])
limits = st.sampled_from([203, 603, 1_203, 5_003])
deadlines = st.sampled_from([306, 1_206, 3_006])
Limit = tuple[float, str]
"""A limit in milliseconds, and the name of its option."""


@define
class Sending:
    """What a server sends."""

    script: list[tuple[float, bytes]]
    arrivals: list[float]
    """When each event has arrived, and then when the end has: math.inf if there is no end."""


@st.composite
def sendings(draw: st.DrawFn) -> Sending:
    """Draw a stream of events with comments and pings between them; each piece arrives at once or byte by byte."""
    chunked = draw(st.booleans())
    script, arrivals, frame = [], [], framed if chunked else bytes

    def send(data: bytes, unread: int = 0) -> float:
        pause, byte_pause = draw(pauses), draw(st.sampled_from([0.0, 0.0, 0.0, 0.01]))
        script.extend([(pause, data[:1]), *dripped(data[1:], byte_pause)] if byte_pause else [(pause, data)])
        return sum(gap for gap, _ in script) - unread * byte_pause

    send(head() if chunked else head(200, "text/event-stream", "connection: close"))
    for piece in draw(st.lists(st.sampled_from([A] * 5 + NO_EVENTS), min_size=2, max_size=8)):
        # An event has arrived with its own last byte, before the two bytes that end its chunk.
        arrived = send(frame(piece), unread=2 * chunked)
        arrivals += [arrived] * (piece == A)
    return Sending(script, [*arrivals, send(frame(DONE), unread=2 * chunked) if draw(st.booleans()) else math.inf])


def expected_outcome(
    sending: Sending, works: list[float], first: Limit, idle: Limit, deadline_ms: float
) -> tuple[list[float], float, Limit]:
    """Return when events are delivered, when the last wait begins, and which limit ends it."""
    times, asked, limit = list[float](), 0.0, first
    for arrival, work in zip(sending.arrivals, works, strict=True):
        if arrival > min(asked + limit[0] / 1_000, deadline_ms / 1_000):
            break
        times.append(max(asked, arrival))
        asked, limit = times[-1] + work, idle
    if deadline_ms / 1_000 < asked + limit[0] / 1_000:
        return times, 0, (deadline_ms, "deadline_ms")
    return times, asked, limit


@given(sending=sendings(), data=st.data())
@each_world
def test_gaps_between_events_decide(world: World, sending: Sending, data: st.DataObject) -> None:
    """A limit ends a stream exactly if no event comes for that long; the events before are not lost."""
    first = data.draw(st.sampled_from([203, 1_203, 5_003])), "first_event_timeout_ms"
    idle = data.draw(st.sampled_from([203, 603, 1_203])), "idle_timeout_ms"
    timeout = data.draw(st.sampled_from([603, 1_203, 5_003])), "timeout_ms"
    named: dict[str, Any] = {name: limit for limit, name in (first, idle, timeout)}
    settings, options = ({}, named) if data.draw(st.booleans()) else (named, {})
    works, deadline_ms = [0.0 for _ in sending.arrivals], math.inf
    if data.draw(st.booleans()):
        options = {**options, "deadline_ms": (deadline_ms := data.draw(deadlines))}
    else:
        works = [data.draw(pauses) for _ in works]
    seen = read(world, VirtualNetwork(sending.script), settings, works=works, **options)

    times, began, (limit, name) = expected_outcome(sending, works, min(first, timeout), min(idle, timeout), deadline_ms)
    if len(times) == len(sending.arrivals):
        assert seen.error is None
        assert -ROUNDING <= seen.ended - times.pop() <= A_MOMENT
    else:
        of_wait = errors.IdleTimeoutError if times else errors.FirstEventTimeoutError
        assert type(seen.error) is (errors.DeadlineExceededError if name == "deadline_ms" else of_wait)
        assert (seen.error.attempts, seen.partial, name in str(seen.error)) == (1, "a" * len(times), True)
        assert limit / 1_000 - ROUNDING <= seen.ended - began <= 2 * limit / 1_000
    assert seen.texts == ["a"] * len(times)
    assert seen.times == pytest.approx(times, abs=ROUNDING)


def again_and_again(data: bytes, pause: float = 0.3) -> Script:
    """Return a script that sends the same data for ever."""
    return itertools.repeat((pause, data))


WAITING: dict[str, Script] = {
    "silence": [],
    "comments": again_and_again(framed(NO_EVENTS[0])),
    "pings": again_and_again(framed(NO_EVENTS[1])),
    "an event byte by byte": dripped(framed(A), 0.1),
}
each_waiting = pytest.mark.parametrize("waiting", WAITING.values(), ids=WAITING)
a_second = pytest.approx(1, abs=0.1)
"""The limit in the tests below. Time is simulated, so a tolerance of 0.1 seconds is enough."""


@each_waiting
@each_world
def test_the_wait_for_the_first_event_is_limited(world: World, waiting: Script) -> None:
    """A stream whose first event does not come fails and is not retried; comments and pings do not count as events."""
    network = VirtualNetwork(itertools.chain([(0.5, head())], waiting))
    seen = read(world, network, first_event_timeout_ms=1_003)
    assert (type(seen.error), seen.error.attempts, network.requests) == (errors.FirstEventTimeoutError, 1, 1)
    assert "first_event_timeout_ms (1,003" in str(seen.error)
    assert seen.ended == a_second


@each_waiting
@each_world
def test_the_wait_for_another_event_is_limited(world: World, waiting: Script) -> None:
    """A stream that stalls fails with the events so far; comments and pings do not count as events."""
    script = itertools.chain([(0.0, head() + framed(A)), (0.9, framed(A))], waiting)
    seen = read(world, VirtualNetwork(script), idle_timeout_ms=1_003)
    assert (type(seen.error), seen.partial, seen.texts) == (errors.IdleTimeoutError, "aa", ["a", "a"])
    assert "idle_timeout_ms (1,003" in str(seen.error)
    assert seen.ended - 0.9 == a_second


@each_world
def test_the_callers_own_work_does_not_count(world: World) -> None:
    """A caller that works for an hour on each event still gets all events."""
    script = [(0.0, head() + framed(A)), (0.9, framed(A)), (0.9, framed(A + DONE))]
    seen = read(world, VirtualNetwork(script), works=[3_600] * 3, idle_timeout_ms=1_003)
    assert (seen.texts, seen.error) == (["a"] * 3, None)


SLOW: dict[str, tuple[Script, dict[str, float]]] = {
    "connecting": ([], {"connect_seconds": 5}),
    "the start of TLS": ([], {"tls_seconds": 5}),
    "both together": ([], {"connect_seconds": 0.9, "tls_seconds": 0.9}),
    "sending": ([], {"connect_seconds": 0.6, "bytes_per_second": 1_000_000}),
    "no head": ([], {}),
    "a head byte by byte": (dripped(head(), 0.1), {}),
    "a head without an end": ([(0, b"HTTP/1.1 200 \r\n"), *[(0.3, b"a: b\r\n")] * 30], {}),
}
MUCH = {"more": "x" * 2_000_000}
each_slowness = pytest.mark.parametrize(("script", "slowness"), SLOW.values(), ids=SLOW)


@each_slowness
@each_world
def test_the_first_event_is_waited_for_from_the_beginning_of_the_attempt(
    world: World, script: Script, slowness: dict[str, float]
) -> None:
    """`first_event_timeout_ms` covers all that comes before the event: connecting, sending, the head of the answer."""
    seen = read(world, VirtualNetwork(script, **slowness), first_event_timeout_ms=1_003, retries=None, extra_body=MUCH)
    assert isinstance(seen.error, errors.APITimeoutError)
    assert "first_event_timeout_ms" in str(seen.error)
    assert seen.ended == a_second


@each_slowness
@each_call
@each_world
def test_the_deadline_holds_before_the_answer(
    world: World, call: Reading, script: Script, slowness: dict[str, float]
) -> None:
    """The deadline holds while a request is sent and the answer's head arrives; connections are closed."""
    network = VirtualNetwork(script, **slowness)
    seen = call(world, network, deadline_ms=1_006, extra_body=MUCH)
    assert (type(seen.error), seen.error.attempts, seen.error.partial) == (errors.DeadlineExceededError, 1, None)
    assert "deadline_ms (1,006" in str(seen.error)
    assert seen.ended == a_second
    assert [connection.closed for connection in network.connections] == [True] * len(network.connections)


@each_call
@each_world
def test_connecting_is_limited(world: World, call: Reading) -> None:
    """Connecting fails after ten seconds, whatever the limits for the answer are."""
    seen = call(world, VirtualNetwork([], connect_seconds=30), retries=None)
    assert (type(seen.error), seen.error.attempts, seen.ended) == (errors.APITimeoutError, 1, 10)


@each_world
def test_a_connection_made_at_the_deadline_is_closed(world: World) -> None:
    """If the deadline passes as the connection opens, TLS is not begun and the connection is closed."""
    network = VirtualNetwork([], connect_seconds=1)
    seen = read(world, network, deadline_ms=1_000)
    assert type(seen.error) is errors.DeadlineExceededError
    assert [connection.closed for connection in network.connections] == [True]


@each_world
def test_the_deadline_holds_for_an_answer_that_never_ends(world: World) -> None:
    """A JSON answer that arrives in small pieces fails at the deadline, though no single wait was long."""
    script = itertools.chain([(0.0, head(200, "application/json"))], again_and_again(framed(b" ")))
    seen = complete(world, VirtualNetwork(script), deadline_ms=1_006, timeout_ms=600)
    assert (type(seen.error), seen.error.attempts) == (errors.DeadlineExceededError, 1)
    assert seen.ended == a_second


@pytest.mark.parametrize(
    "script",
    [
        [(0.9, head(200, "application/json")), *[(0.3, framed(b" "))] * 99],
        dripped(head(200, "application/json"), 0.3),
        [(0.9, head(200, "application/json", "content-length: 900")), *dripped(b" " * 900, 0.3)],
    ],
    ids=["a body without end", "a head byte by byte", "a body byte by byte"],
)
@each_world
def test_a_json_answer_may_not_take_longer_than_twice_the_timeout(world: World, script: Script) -> None:
    """Without a deadline, a whole JSON answer may take twice timeout_ms; if it takes longer, it is not retried."""
    network = VirtualNetwork(script)
    seen = complete(world, network, timeout_ms=1_003)
    assert (type(seen.error), seen.error.attempts, network.requests) == (errors.APITimeoutError, 1, 1)
    assert "timeout_ms" in str(seen.error)
    assert seen.ended == pytest.approx(2.006)


@each_world
def test_an_answer_that_comes_late_is_read(world: World) -> None:
    """The service may take timeout_ms to begin, and the answer may take as long again."""
    body = dumps(ANSWER).encode()
    script = [(0.9, head(200, "application/json")), (0.9, framed(body[:9])), (0.1, framed(body[9:]) + b"0\r\n\r\n")]
    seen = complete(world, VirtualNetwork(script), timeout_ms=1_003)
    assert (seen.error, seen.texts) == (None, ["Hi"])


@each_world
def test_the_deadline_holds_for_a_stream_that_never_ends(world: World) -> None:
    """A stream that keeps sending events fails at the deadline, with the events so far."""
    script = itertools.chain([(0.0, head())], again_and_again(framed(A)))
    seen = read(world, VirtualNetwork(script), deadline_ms=1_006)
    assert (type(seen.error), seen.partial, seen.texts) == (errors.DeadlineExceededError, "aaa", ["a"] * 3)
    assert seen.ended == a_second


@pytest.mark.parametrize("rest", [[], again_and_again(framed(b"!"), 2.3)], ids=["silence", "drops"])
@each_call
@each_world
def test_an_error_whose_body_never_ends(world: World, call: Reading, rest: Script) -> None:
    """If an error's body does not end, the error of its status is raised after 10 s, with the body so far."""
    script = itertools.chain([(0.0, head(500, "text/plain") + framed(b"Oh no"))], rest)
    seen = call(world, VirtualNetwork(script), retries=None)
    assert (type(seen.error), seen.error.status_code) == (errors.ServerError, 500)
    assert (seen.error.body, seen.ended <= 11) == (b"Oh no" + b"!" * (4 if rest else 0), True)


@each_world
def test_an_error_whose_body_passes_the_deadline(world: World) -> None:
    """The deadline also ends the body of an error; the error still has the status."""
    script = itertools.chain([(0.0, head(503, "text/plain"))], again_and_again(framed(b"!")))
    network = VirtualNetwork(script)
    seen = read(world, network, deadline_ms=1_006)
    assert (seen.error.status_code, seen.error.body, network.requests) == (503, b"!!!", 1)
    assert seen.ended == a_second


refusals = st.tuples(pauses, st.sampled_from([None, 0, 30, 250, 900, 2_000]))


@settings(max_examples=40)  # fewer than usual, for the test runs six times and makes several attempts each
@given(refused=st.lists(refusals, max_size=5), data=st.data())
@each_call
@each_world
def test_no_wait_ends_after_a_limit(
    world: World, call: Reading, refused: list[tuple[float, float | None]], data: st.DataObject
) -> None:
    """No wait between attempts ends after the deadline or max_elapsed_time, and the call ends by its deadline."""
    deadline, longest = data.draw(deadlines), data.draw(limits)
    interval, luck = data.draw(st.sampled_from([0, 100, 700])), data.draw(st.sampled_from([0.0, 0.5, 0.9]))
    answers: list[Script] = []
    for pause, wait in refused:
        headers = ["content-length: 2"] if wait is None else ["content-length: 2", f"retry-after-ms: {wait}"]
        answers.append([(pause, head(503, "text/plain", *headers) + b"no")])
    body, kind = (WHOLE_STREAM, "text/event-stream") if call is read else (dumps(ANSWER).encode(), "application/json")
    network = VirtualNetwork(*answers, [(0.4, head(200, kind) + framed(body) + b"0\r\n\r\n")])
    network.clock.luck, began = luck, network.clock.now
    backoff = BackoffStrategy(initial_interval=interval, max_elapsed_time=longest)
    seen = call(world, network, deadline_ms=deadline, retries=RetryConfig(backoff=backoff, max_attempts=5))

    now, waits, says = 0.0, list[float](), ""
    error: type[errors.MistralError] | None = None
    for attempt, (pause, asked) in enumerate(refused, 1):
        now += pause * 1_000
        wait = backoff_ms(backoff, attempt, luck) + (asked or 0)
        if attempt == 5 or now + wait > min(deadline, longest):
            error = errors.ServerError
            says = "after deadline_ms" if attempt < 5 and now + wait <= longest else ""
            break
        waits.append(wait / 1_000)
        now += wait
    else:
        now += 400
    if now > deadline:
        now, error, says = deadline, errors.DeadlineExceededError, "within deadline_ms"
    assert [seconds for _, seconds in network.clock.sleeps] == pytest.approx(waits)
    assert all(start - began + seconds < min(deadline, longest) / 1_000 for start, seconds in network.clock.sleeps)
    assert (type(seen.error), network.requests) == (error or type(None), len(waits) + 1)
    assert ("deadline_ms" in str(seen.error), says in str(seen.error)) == (says != "", True)
    assert seen.ended == pytest.approx(now / 1_000)
