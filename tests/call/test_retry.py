"""Retries: which failures are retried, how many attempts there are, how long the waits, and what cancelling closes."""

from __future__ import annotations

import itertools
import json
import socket
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.stress.answers import Answer

from cancelling import Interrupted
from client_settings import AT_ONCE, KEY
from completion_payloads import ANSWER, ASK, chunk, sse, texts
from mistral_agents import BackoffStrategy, Mistral, RetryConfig, errors, response_of
from mistral_agents.retry import backoff_ms, wait_ms
from mistral_agents.testing import Reply, StubServer
from mistral_agents.testing.http.wire import HangUp, Piece, Raw
from patience import PATIENCE_SECONDS
from raw_server import RawServer
from seam import LOST, answer, seam
from worlds import WORLDS, World, each_world

NO_WAIT = BackoffStrategy(initial_interval=0)
BUSY = answer({"detail": "Busy"}, 503)


def attempts(world: World, made: Answer | Exception, *, streamed: bool = False, **options: Any) -> tuple[int, type]:
    """Make a call that fails; return how many requests it sent and the class of its error; check `attempts`."""
    network = seam(made)
    with pytest.raises(errors.MistralError) as caught:
        (world.stream if streamed else world.complete)(network.client(), **ASK, **options)
    assert (caught.value.attempts, all(body.closed for body in network.bodies)) == (len(network.requests), True)
    return len(network.requests), type(caught.value)


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("failure", "expected", "kind"),
    [
        (httpx.ConnectError("refused"), 3, errors.APIConnectionError),
        (httpx.ConnectTimeout("late"), 3, errors.APITimeoutError),
        (httpx.PoolTimeout("late"), 3, errors.APITimeoutError),
        (httpx.ReadError("reset"), 3, errors.APIConnectionError),
        (httpx.WriteError("reset"), 3, errors.APIConnectionError),
        (httpx.RemoteProtocolError("closed"), 3, errors.APIConnectionError),
        (httpx.ProxyError("down"), 3, errors.APIConnectionError),
        (httpx.TooManyRedirects("lost"), 1, errors.APIConnectionError),
        (BUSY, 3, errors.ServerError),
        (answer({}, 400), 1, errors.BadRequestError),
    ],
)
def test_failures(world: World, failure: Answer | Exception, expected: int, kind: type, *, streamed: bool) -> None:
    """A call is retried if its connection failed or the status allows it, and not after other failures."""
    assert attempts(world, failure, streamed=streamed) == (expected, kind)


def pieces(*given: bytes | Exception, status: int = 200, kind: str = "application/json") -> Answer:
    """Make an answer whose body arrives in these pieces."""
    return Answer(status, {"content-type": kind}, given)


EVENTS = "text/event-stream"


@each_world
@pytest.mark.parametrize(
    ("made", "streamed", "expected", "kind"),
    [
        (httpx.ReadTimeout("late"), False, 1, errors.APITimeoutError),
        (httpx.ReadTimeout("late"), True, 1, errors.FirstEventTimeoutError),
        (pieces(b'{"choices": [', LOST), False, 3, errors.APIConnectionError),
        (pieces(b'{"choices": [', httpx.ReadTimeout("late")), False, 1, errors.APITimeoutError),
        (pieces(b'{"detail": ', LOST, status=503), False, 3, errors.ServerError),
        (pieces(b'{"detail": ', LOST, status=401), False, 1, errors.AuthenticationError),
        (pieces(b'{"detail": ', LOST, status=401), True, 1, errors.AuthenticationError),
        (pieces(b": x\n\n", LOST, kind=EVENTS), True, 3, errors.APIConnectionError),
        (pieces(b": x\n\n", httpx.ReadTimeout("late"), kind=EVENTS), True, 1, errors.FirstEventTimeoutError),
        (pieces(sse(chunk("a")), LOST, kind=EVENTS), True, 1, errors.StreamTruncatedError),
        (pieces(sse(chunk("a")), httpx.ReadTimeout("late"), kind=EVENTS), True, 1, errors.IdleTimeoutError),
    ],
)
def test_answers_that_break_off(
    world: World, made: Answer | Exception, expected: int, kind: type, *, streamed: bool
) -> None:
    """A connection lost before the JSON is complete or the first event has come is retried; a read timeout is not."""
    assert attempts(world, made, streamed=streamed) == (expected, kind)


@each_world
@pytest.mark.parametrize(
    ("policy", "failure", "expected"),
    [
        (None, BUSY, 1),
        (None, httpx.ConnectError("refused"), 1),
        (RetryConfig("none"), BUSY, 1),
        (RetryConfig("none", NO_WAIT, max_attempts=5), httpx.ConnectError("refused"), 1),
        (RetryConfig("backoff", NO_WAIT, max_attempts=1), BUSY, 1),
        (RetryConfig("backoff", NO_WAIT, max_attempts=5), BUSY, 5),
        (RetryConfig("backoff", NO_WAIT, retry_connection_errors=False), httpx.ConnectError("refused"), 1),
        (RetryConfig("backoff", NO_WAIT, retry_connection_errors=False), BUSY, 3),
        (RetryConfig("backoff", NO_WAIT, status_codes={400}), BUSY, 1),
        (RetryConfig("backoff", NO_WAIT, status_codes=[400]), answer({}, 400), 3),
    ],
)
def test_policies(world: World, policy: RetryConfig | None, failure: Answer | Exception, expected: int) -> None:
    """The policy given with a call decides; None and the strategy "none" mean a single attempt."""
    found = [attempts(world, failure, streamed=streamed, retries=policy)[0] for streamed in (False, True)]
    assert found == [expected, expected]


@each_world
def test_the_clients_policy(world: World) -> None:
    """The client's policy holds for calls without a policy of their own."""
    network = seam(BUSY)
    for policy in (RetryConfig(backoff=NO_WAIT, max_attempts=2), None):
        with pytest.raises(errors.ServerError):
            world.complete(network.client(retry_config=policy), **ASK)
    assert len(network.requests) == 2 + 1


@each_world
@pytest.mark.parametrize("failures", [[], [BUSY], [httpx.ConnectError("no"), answer(b"<html>", 502)]])
def test_success_knows_its_attempts(world: World, failures: list[Answer | Exception]) -> None:
    """An answer knows its number of attempts; each sent the same request, and the responses before it are closed."""
    network = seam(*failures, answer())
    answered = world.complete(network.client(), **ASK)
    assert (response_of(answered).attempts, answered.to_dict()) == (len(failures) + 1, ANSWER)
    assert {request.content for request in network.requests} == {json.dumps(ASK, separators=(",", ":")).encode()}
    assert [body.closed > 0 for body in network.bodies] == [True] * len(network.bodies)


@each_world
def test_a_closed_port(world: World) -> None:
    """A refused connection is retried."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(errors.APIConnectionError, match=r"127\.0\.0\.1") as caught:
        world.complete(Mistral(KEY, server_url=f"http://127.0.0.1:{port}", retry_config=AT_ONCE), **ASK)
    assert (caught.value.attempts, type(caught.value.__cause__)) == (3, httpx.ConnectError)


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("end", [[HangUp()], [HangUp(reset=True)], [Raw(b"HTTP/1.1 200 OK\r\nContent-"), HangUp()]])
def test_connections_that_are_lost(world: World, end: list[Piece], *, streamed: bool) -> None:
    """A connection that is closed or reset before the headers are complete is retried."""
    replies = itertools.chain([Reply(None, body=end)] * 2, itertools.repeat(None))
    with StubServer(respond=lambda _: next(replies)) as stub:
        client = Mistral(KEY, server_url=stub.url, retry_config=AT_ONCE)
        if streamed:
            assert texts(world.stream(client, **ASK))[-1] == ""
        else:
            assert response_of(world.complete(client, **ASK)).attempts == 3
    assert len({request.connection for request in stub.requests}) == 3


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("start", [b"", sse(chunk("a"))])
def test_an_interrupt_passes(start: bytes, *, streamed: bool) -> None:
    """An error that does not come from the network ends a blocking call: the response is closed, nothing is retried."""
    network = seam(Answer(200, {"content-type": EVENTS if streamed else "application/json"}, (start, Interrupted())))
    with pytest.raises(Interrupted):
        (WORLDS[0].stream if streamed else WORLDS[0].complete)(network.client(), **ASK)
    assert (len(network.requests), network.bodies[0].closed > 0) == (1, True)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nContent-Type: "


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "streamed"),
    [
        (b"", False),
        (HEAD + b"application/json\r\n\r\n{", False),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 9999\r\n\r\n{", False),
        (b"", True),
        (HEAD + EVENTS.encode() + b"\r\n\r\n: x\n\n", True),
        (HEAD + EVENTS.encode() + b"\r\n\r\n" + sse(chunk("a")), True),
    ],
)
async def test_cancelling(reply: bytes, *, streamed: bool) -> None:
    """A call that is cancelled while the service sends nothing ends there, and its connection is closed."""
    began, ended = anyio.Event(), []

    async def call(client: Mistral) -> None:
        try:
            if streamed:
                async for _ in await client.agents.stream_async(**ASK):
                    began.set()
            else:
                await client.agents.complete_async(**ASK)
        except BaseException as error:
            ended.append(type(error))
            raise

    with RawServer(reply) as server:
        async with Mistral(KEY, server_url=server.url, retry_config=AT_ONCE) as client:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(call, client)
                await anyio.to_thread.run_sync(server.asked.wait, PATIENCE_SECONDS)
                if reply.endswith(sse(chunk("a"))):
                    await began.wait()
                tasks.cancel_scope.cancel()
            left = await anyio.to_thread.run_sync(server.left.wait, PATIENCE_SECONDS)
    assert (left, ended) == (True, [anyio.get_cancelled_exc_class()])


times = st.floats(0, 1e9) | st.integers(0, 10**9)
backoffs = st.builds(
    BackoffStrategy, initial_interval=times, max_interval=times, exponent=st.floats(0, 1e6), max_elapsed_time=times
)
failures = st.sampled_from([errors.status_error(503, {}, b""), errors.status_error(429, {}, b"")])
jitters = st.floats(0, 1, exclude_max=True)


@given(backoff=backoffs, attempt=st.integers(1, 5_000), jitter=jitters)
def test_a_wait_has_bounds(backoff: BackoffStrategy, attempt: int, jitter: float) -> None:
    """A wait is at least 0 and at most the cap; the first wait is at most the initial interval."""
    wait = backoff_ms(backoff, attempt, jitter)
    assert 0 <= wait <= backoff.max_interval
    if attempt == 1:
        assert wait <= backoff.initial_interval


@given(max_interval=times, exponent=st.floats(0, 1e6), attempt=st.integers(1, 5_000), jitter=jitters)
def test_a_wait_of_zero_does_not_grow(max_interval: float, exponent: float, attempt: int, jitter: float) -> None:
    """If the initial wait is 0, every wait is 0, even where the exponential growth overflows."""
    assert backoff_ms(BackoffStrategy(0, max_interval, exponent), attempt, jitter) == 0


def test_waits_double() -> None:
    """By default the longest possible wait is 500 ms and doubles up to 8 s; jitter picks any part of it."""
    longest = [backoff_ms(BackoffStrategy(), attempt, 1.0) for attempt in range(1, 8)]
    assert longest == [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]
    assert [backoff_ms(BackoffStrategy(), 1, jitter) for jitter in (0.0, 0.5)] == [0, 250]


@given(backoff=backoffs, most=st.integers(1, 10), error=failures, jitter=jitters, spent=st.floats(0, 1e9))
def test_attempts_end(backoff: BackoffStrategy, most: int, error: errors.SDKError, jitter: float, spent: float) -> None:
    """There are at most `max_attempts` attempts, and none begins after `max_elapsed_time`."""
    config, elapsed, began = RetryConfig(backoff=backoff, max_attempts=most), 0.0, [0.0]
    for attempt in range(1, most + 1):
        elapsed += spent / 10
        wait = wait_ms(config, error, attempt=attempt, elapsed=elapsed, jitter=jitter)
        if wait is None:
            break
        elapsed += wait
        began.append(elapsed)
    assert len(began) <= most
    assert max(began) <= backoff.max_elapsed_time


def test_no_wait_without_another_attempt() -> None:
    """There is no wait, not even of 0, after the last attempt, with the strategy "none", or after a final status."""
    bad, busy = errors.status_error(400, {}, b""), errors.status_error(503, {}, b"")
    cases = [(RetryConfig(), busy, 3), (RetryConfig("none"), busy, 1), (RetryConfig(), bad, 1)]
    assert [wait_ms(config, error, attempt=at, elapsed=0, jitter=0.5) for config, error, at in cases] == [None] * 3
    assert wait_ms(RetryConfig(), busy, attempt=2, elapsed=0, jitter=0.5) == 500
