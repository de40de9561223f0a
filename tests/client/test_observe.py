"""What a call reports while it runs: to an observer, to logging, and to tools that instrument httpx."""

from __future__ import annotations

import logging
import pickle
import re
from typing import Any

import anyio
import httpx
import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from client_settings import KEY
from completion_payloads import ANSWER, ASK, WHOLE_STREAM, chunk, sse
from mistral_agents import Mistral, response_of
from mistral_agents.errors import APIConnectionError, InvalidArgumentError, MistralError, RateLimitError, ServerError
from mistral_agents.observe import CallEvent
from mistral_agents.testing import STALL, StubServer, in_turn, json_reply, stream_reply
from mistral_agents.testing import chunk as completion_chunk
from mistral_agents.testing.openapi.contract import PATH
from seam import answer, seam, stream
from worlds import World, each_world

BUSY = answer({"detail": "Busy"}, 503, retry_after="0", x_request_id="r1")
LIMITS = {"x_ratelimit_remaining_tokens_minute": "9", "ratelimit_limit": "60"}
LIMITS_SENT = {name.replace("_", "-"): value for name, value in LIMITS.items()}


def without_times(events: list[CallEvent]) -> list[tuple[Any, ...]]:
    """Return the fields of each event that do not depend on the time."""
    return [(it.kind, it.attempt, it.status_code, it.request_id, it.wait_ms, type(it.error)) for it in events]


NOTHING = type(None)


@each_world
def test_events_of_an_answer(world: World) -> None:
    """A call for one answer reports each attempt, each wait with its reason, and its end, all with the elapsed time."""
    events: list[CallEvent] = []
    world.complete(seam(BUSY, answer(x_request_id="r2")).client(observer=events.append), **ASK)
    assert without_times(events) == [
        ("attempt", 1, None, None, None, NOTHING),
        ("wait", 1, 503, "r1", 0, ServerError),
        ("attempt", 2, None, None, None, NOTHING),
        ("end", 2, 200, "r2", None, NOTHING),
    ]
    assert {(it.method, it.path) for it in events} == {("POST", PATH)}
    elapsed = [it.elapsed_ms for it in events]
    assert elapsed == sorted(elapsed)


@each_world
def test_events_of_a_stream(world: World) -> None:
    """A stream reports when its first event has arrived, and its end when it was read to its end."""
    events: list[CallEvent] = []
    world.stream(seam(stream(WHOLE_STREAM, x_request_id="r1")).client(observer=events.append), **ASK)
    assert without_times(events) == [
        ("attempt", 1, None, None, None, NOTHING),
        ("first_event", 1, 200, "r1", None, NOTHING),
        ("end", 1, 200, "r1", None, NOTHING),
    ]


@each_world
@pytest.mark.parametrize(
    ("reply", "kinds"),
    [
        (stream(sse(chunk("Hel"))), ["attempt", "first_event", "end"]),
        (stream(sse({"error": {"message": "No"}})), ["attempt", "end"]),
        (answer(status=401), ["attempt", "end"]),
    ],
    ids=["breaks-off", "reports-an-error", "is-refused"],
)
def test_the_error_of_a_stream_is_reported(world: World, reply: Any, kinds: list[str]) -> None:
    """If a stream raises an error, one event reports the end of the stream with this error."""
    events: list[CallEvent] = []
    _, error = world.read(seam(reply).client(observer=events.append), **ASK)
    assert [it.kind for it in events] == kinds
    assert isinstance(error, MistralError)
    assert events[-1].error is error


@each_world
def test_leaving_a_stream_is_reported(world: World) -> None:
    """If a caller leaves a stream early, one event reports its end, without an error, however often it is closed."""
    events: list[CallEvent] = []
    client = seam(stream(WHOLE_STREAM)).client(observer=events.append)

    async def leave() -> None:
        async with client, await client.agents.stream_async(**ASK) as left:
            await left.aclose()

    def leave_blocking() -> None:
        with client, client.agents.stream(**ASK) as left:
            left.close()

    world.run(leave_blocking, leave)
    assert [(it.kind, it.error) for it in events] == [("attempt", None), ("first_event", None), ("end", None)]


@each_world
def test_an_observer_that_raises_ends_the_call(world: World) -> None:
    """An error that an observer raises reaches the caller, and the response is closed."""
    network = seam(stream(WHOLE_STREAM))

    def refuse(event: CallEvent) -> None:
        if event.kind == "first_event":
            raise LookupError(event.path)

    with pytest.raises(LookupError, match=PATH):
        world.stream(network.client(observer=refuse), **ASK)
    assert [body.closed > 0 for body in network.bodies] == [True]


@each_world
def test_an_observer_that_raises_at_the_end_gets_one_end(world: World) -> None:
    """An observer that raises at the end of a call does not get a second end."""
    kinds: list[str] = []

    def refuse(event: CallEvent) -> None:
        kinds.append(event.kind)
        if event.kind == "end":
            raise LookupError(event.path)

    with pytest.raises(LookupError):
        world.complete(seam().client(observer=refuse), **ASK)
    assert kinds == ["attempt", "end"]


@pytest.mark.anyio
@pytest.mark.parametrize("where", ["wait", "stream"])
async def test_a_cancelled_call_reports_its_end(where: str) -> None:
    """A call that is cancelled between attempts or while its stream is read reports one end, with the cancellation."""
    events: list[CallEvent] = []
    busy = json_reply({"detail": "Busy"}, 503, retry_after="50")
    respond = in_turn(busy, busy) if where == "wait" else in_turn(stream_reply(completion_chunk("a"), STALL))
    with StubServer(respond=respond) as stub, anyio.CancelScope() as scope:

        def tell(event: CallEvent) -> None:
            events.append(event)
            if event.kind == "wait":
                scope.cancel()

        async with Mistral(KEY, server_url=stub.url, observer=tell) as client:
            async for _ in await client.agents.stream_async(**ASK):
                scope.cancel()
    assert [event.kind for event in events] == ["attempt", "wait" if where == "wait" else "first_event", "end"]
    assert type(events[-1].error).__name__ in ("CancelledError", "Cancelled")


@each_world
def test_the_cause_has_no_key(world: World) -> None:
    """The httpx error that caused ours still has its request, but the request no longer has the key."""
    network = seam(httpx.ConnectError("refused"))
    events: list[CallEvent] = []
    with pytest.raises(APIConnectionError) as caught:
        world.complete(network.client(observer=events.append), **ASK)
    cause = caught.value.__cause__
    assert isinstance(cause, httpx.ConnectError)
    assert (cause.request.url.path, "authorization" in cause.request.headers) == (PATH, False)
    assert events[-1].error is caught.value


def test_an_observer_must_be_callable() -> None:
    """An observer that cannot be called is refused; the error names `observer`."""
    with pytest.raises(InvalidArgumentError, match="observer must be of the type"):
        Mistral(KEY, observer=7)  # type: ignore[arg-type]  # the wrong type is what is tested


@each_world
def test_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG each event is a line: method, path, status, time, wait and request id; never the key or a message."""
    with caplog.at_level(logging.DEBUG, "mistral_agents"):
        world.complete(seam(BUSY, answer(x_request_id="r2")).client(), **ASK)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("mistral_agents")]
    shapes = [re.sub(r"after \d+ ms", "after 0 ms", line) for line in lines]
    assert shapes == [
        f"POST {PATH} attempt 1: attempt after 0 ms",
        f"POST {PATH} attempt 1: wait after 0 ms (status 503, request id r1, ServerError, next attempt in 0 ms)",
        f"POST {PATH} attempt 2: attempt after 0 ms",
        f"POST {PATH} attempt 2: end after 0 ms (status 200, request id r2)",
    ]
    assert [word for word in (KEY, "Hello", "Hi", "Busy") if word in caplog.text] == []


@each_world
def test_messages_are_logged_when_asked_for_by_name(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Messages are logged only if the logger `mistral_agents.messages` itself has the level DEBUG; the key never is."""
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "mistral_agents.messages"):
        world.complete(seam().client(), **ASK)
        world.stream(seam(stream(WHOLE_STREAM)).client(), **ASK)
    said = [record.getMessage() for record in caplog.records if record.name == "mistral_agents.messages"]
    assert [line.partition(":")[0] for line in said] == ["sent", "received"] * 2
    assert all(part in line for part, line in zip(("Hello", "Hi", "Hello", "Hel"), said, strict=True))
    assert KEY not in caplog.text


@each_world
def test_rate_limits(world: World) -> None:
    """`rate_limit` of an answer, and of a RateLimitError also after pickling, has exactly the rate limit headers."""
    answered = world.complete(seam(answer(ANSWER, 200, "application/json", **LIMITS)).client(), **ASK)
    with pytest.raises(RateLimitError) as refused:
        world.complete(seam(answer({}, 429, "application/json", **LIMITS)).client(retry_config=None), **ASK)
    assert (response_of(answered).rate_limit, refused.value.rate_limit) == (LIMITS_SENT, LIMITS_SENT)
    assert pickle.loads(pickle.dumps(refused.value)).rate_limit == LIMITS_SENT  # noqa: S301  # made in this line


def test_a_stream_knows_its_rate_limits_and_request_id() -> None:
    """An open stream already has its rate limit headers and its request id."""
    with (
        seam(stream(WHOLE_STREAM, x_request_id="r1", **LIMITS)).client() as client,
        client.agents.stream(**ASK) as running,
    ):
        assert (running.rate_limit, running.request_id) == (LIMITS_SENT, "r1")


@each_world
def test_opentelemetry_sees_the_requests(world: World) -> None:
    """OpenTelemetry's instrumentation of httpx makes its usual span for each attempt."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        with StubServer() as stub:
            world.complete(Mistral(KEY, server_url=stub.url), **ASK)
            world.stream(Mistral(KEY, server_url=stub.url), **ASK)
    finally:
        instrumentor.uninstrument()
        provider.shutdown()
    spans = [(span.name, dict(span.attributes or {})["http.status_code"]) for span in exporter.get_finished_spans()]
    assert spans == [("POST", httpx.codes.OK)] * 2
