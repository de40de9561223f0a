"""Streams that are used in odd ways: taken up again, closed under their reader, read twice at once; and odd clients."""

from __future__ import annotations

import contextvars
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from clients import (
    ANSWER,
    ASK,
    AT_ONCE,
    KEY,
    PATIENCE_SECONDS,
    WHOLE_STREAM,
    Answer,
    World,
    answer,
    chunk,
    each_world,
    httpx_generators,
    seam,
    sse,
    stream,
    texts,
)
from mistral_agents import AsyncRetryClient, Mistral, RetryClient, errors
from mistral_agents._clock import Clock
from mistral_agents._limits import of_step
from mistral_agents.streams import AsyncEventStream, EventStream
from mistral_agents.testing import STALL, StubServer, stream_reply

pytestmark = httpx_generators

IN_PIECES = stream(sse(chunk("Hel")), sse(chunk("lo")), sse(chunk("", finish_reason="stop"), "[DONE]"))


def outcome(error: errors.MistralError) -> tuple[type, object]:
    """Return the class of an error, and the text that it kept."""
    assert error.partial is not None
    return type(error), error.partial.to_dict()["choices"][0]["message"]["content"]


def run(world: World, use: Callable[[EventStream], object], use_async: Callable[[AsyncEventStream], Any]) -> object:
    """Return what the use of a stream that arrives in pieces comes to."""

    async def call() -> object:
        async with seam(IN_PIECES).client() as client, await client.agents.stream_async(**ASK) as events:
            try:
                return await use_async(events)
            except errors.MistralError as error:
                return outcome(error)

    if world.backend is not None:
        return anyio.run(call, backend=world.backend)
    with seam(IN_PIECES).client() as client, client.agents.stream(**ASK) as events:
        try:
            return use(events)
        except errors.MistralError as error:
            return outcome(error)


@each_world
@pytest.mark.parametrize("as_text", [False, True])
def test_taken_up_after_its_loop_was_left(world: World, *, as_text: bool) -> None:
    """A stream whose loop was left is not taken up again, also while the event loop has yet to close the old one."""

    def use(events: EventStream) -> object:
        for _ in events.text() if as_text else events:
            break
        return events.get_final_response()

    async def use_async(events: AsyncEventStream) -> object:
        async for _ in events.text() if as_text else events:
            break
        return await events.get_final_response()

    assert run(world, use, use_async) == (errors.StreamError, "Hel")


@each_world
def test_closed_within_its_loop(world: World) -> None:
    """A stream that its reader closes is not said to have been cut by the service."""

    def use(events: EventStream) -> object:
        for _ in events:
            events.close()
        return "the end"

    async def use_async(events: AsyncEventStream) -> object:
        async for _ in events:
            await events.aclose()
        return "the end"

    assert run(world, use, use_async) == (errors.StreamError, "Hel")


@each_world
def test_put_together_within_its_loop(world: World) -> None:
    """Within a loop the rest can be read at once; the loop then ends, and a second one finds nothing."""

    def use(events: EventStream) -> object:
        whole = [events.get_final_response() for _ in events]
        return [each.to_dict()["choices"][0]["message"]["content"] for each in whole], list(events)

    async def use_async(events: AsyncEventStream) -> object:
        whole = [await events.get_final_response() async for _ in events]
        rest = [event async for event in events]
        return [each.to_dict()["choices"][0]["message"]["content"] for each in whole], rest

    assert run(world, use, use_async) == (["Hello"], [])


async def read(events: AsyncEventStream, found: list[object]) -> None:
    """Note each text, and the error in the end."""
    try:
        async for event in events:
            found.append(texts([event]))  # noqa: PERF401  # what came before an error counts
    except errors.StreamError as error:
        found.append(outcome(error))


async def let_others_wait() -> None:
    """Let every other task go as far as it can."""
    for _ in range(10):
        await anyio.lowlevel.checkpoint()


@pytest.mark.anyio
async def test_two_readers() -> None:
    """Of two tasks that read a stream the second is refused, and the first reads on."""
    found, gate = list[object](), threading.Event()
    reply = stream_reply(chunk("a"), STALL, chunk("b", finish_reason="stop"), "[DONE]")
    with StubServer(respond=lambda _: reply, sleep=lambda _: gate.wait(PATIENCE_SECONDS)) as stub:
        async with Mistral(KEY, server_url=stub.url) as client, anyio.create_task_group() as tasks:
            events = await client.agents.stream_async(**ASK)
            tasks.start_soon(read, events, found)
            await let_others_wait()
            await read(events, found)
            gate.set()
    assert found == [["a"], (errors.StreamError, "a"), ["b"]]


@pytest.mark.anyio
async def test_closed_by_another_task() -> None:
    """A task that closes a stream ends its reading by another one, and nothing breaks."""
    found: list[object] = []
    with StubServer(respond=lambda _: stream_reply(chunk("a"), STALL)) as stub:
        async with Mistral(KEY, server_url=stub.url) as client:
            for _ in range(10):
                events = await client.agents.stream_async(**ASK)
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(read, events, found)
                    await let_others_wait()
                    await events.aclose()
    assert found == [["a"], (errors.StreamError, "a")] * 10


@pytest.mark.parametrize("name", ["client", "async_client"])
def test_a_client_that_retries_by_itself(name: str) -> None:
    """A client that retries is refused: each attempt of a call would become three."""
    made: Any = RetryClient() if name == "client" else AsyncRetryClient()
    with pytest.raises(errors.InvalidArgumentError, match="multiply") as caught:
        Mistral(KEY, **{name: made})
    assert isinstance(caught.value, ValueError)


def test_a_hook_that_reads_the_body_and_raises() -> None:
    """What a hook has read before it raised is kept: the body, and the service's name for the request."""

    def refuse(response: httpx.Response) -> None:
        response.read()
        response.raise_for_status()

    body = {"detail": [{"loc": ["body"], "msg": "no", "type": "t"}]}
    made = seam(answer(body, 422, x_request_id="req-1"))
    with httpx.Client(transport=httpx.MockTransport(made), event_hooks={"response": [refuse]}) as http:
        with pytest.raises(errors.HTTPValidationError, match="body: no") as caught:
            Mistral(KEY, client=http, retry_config=None).agents.complete(**ASK)
        assert (caught.value.request_id, isinstance(caught.value.detail, list)) == ("req-1", True)


@each_world
@pytest.mark.parametrize("end", [httpx.ReadTimeout("late"), httpx.ReadError("lost")])
@pytest.mark.parametrize("streamed", [False, True])
def test_another_type_whose_body_breaks_off(world: World, end: Exception, *, streamed: bool) -> None:
    """An answer of another type is just that, however its body ends: what came is kept, and nothing is sent again."""
    network = seam(Answer(200, {"content-type": "text/html"}, (b"<html>", end)))
    with pytest.raises(errors.ResponseValidationError, match="text/html") as caught:
        (world.stream if streamed else world.complete)(network.client(), **ASK)
    assert (caught.value.body, len(network.requests)) == (b"<html>", 1)


@each_world
@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_events_within_the_limit_are_delivered(world: World, size: int) -> None:
    """The events that end within `max_answer_bytes` are delivered, however the bytes are cut."""
    body = sse(chunk("a"), chunk("b"), chunk("c"))
    made = stream(*(body[at : at + size] for at in range(0, len(body), size)))
    events, error = world.read(seam(made).client(max_answer_bytes=len(body) - 1), **ASK)
    assert error is not None
    assert (texts(events), *outcome(error)) == (["a", "b"], errors.ResponseValidationError, "ab")


@each_world
def test_a_broken_record_of_tls(world: World) -> None:
    """A failure of TLS amid an answer, which asyncio's streams raise as it is, is a lost connection."""
    broken = ssl.SSLError(1, "bad record")
    with pytest.raises(errors.APIConnectionError) as caught:
        world.complete(seam(Answer(200, answer().headers, (b"{", broken))).client(), **ASK)
    events, error = world.read(seam(stream(sse(chunk("a")), broken)).client(), **ASK)
    assert (caught.value.attempts, texts(events), type(error)) == (3, ["a"], errors.StreamTruncatedError)


def test_limits_end_with_their_step() -> None:
    """A call within a hook of another takes nothing of its time limit, and nothing outlives a call."""
    inner, kept, seen = seam(), list[contextvars.Context](), list[bool]()

    def ask_first(_: httpx.Request) -> None:
        before = of_step.get()
        inner.client(retry_config=AT_ONCE).agents.complete(**ASK)
        seen.append(bool(before) and of_step.get() is before)
        kept.append(contextvars.copy_context())

    with httpx.Client(transport=httpx.MockTransport(seam()), event_hooks={"request": [ask_first]}) as http:
        found = Mistral(KEY, client=http).agents.complete(**ASK).to_dict()
    assert (found, seen, list(of_step.get()), list(kept[0].run(of_step.get))) == (ANSWER, [True], [], [])


def test_a_stream_that_says_done_in_pieces() -> None:
    """What the events of a whole stream amount to does not depend on who asks, or how often."""
    with seam(stream(WHOLE_STREAM)).client() as client, client.agents.stream(**ASK) as events:
        assert "".join(events.text()) == "Hello"
        assert events.get_final_response().to_dict() == events.snapshot.to_dict()


class SteppingClock(Clock):
    """Shows the time that a test sets."""

    now = 0.0

    def monotonic(self) -> float:
        """Return it."""
        return self.now


def test_a_reader_in_another_thread() -> None:
    """A second reader in another thread is refused, whatever the first does just then, and takes nothing from it."""
    together = stream(sse(chunk("Hel"), chunk("lo"), chunk("", finish_reason="stop"), "[DONE]"))
    with seam(together).client() as client, ThreadPoolExecutor(1) as pool:
        events = client.agents.stream(**ASK)
        seen = []
        for event in events:
            seen.append(event)
            with pytest.raises(errors.StreamError, match="another thread or task is reading"):
                pool.submit(list, events).result()
    assert len(seen) == 3


@each_world
def test_a_stream_that_breaks_off_says_why(world: World) -> None:
    """The cause of a stream that is not whole is what ended it."""
    _, error = world.read(seam(stream(sse(chunk("Hel")))).client(), **ASK)
    assert error is not None
    assert (type(error), type(error.__cause__)) == (errors.StreamTruncatedError, errors.APIConnectionError)


@each_world
def test_a_body_that_does_not_come_from_its_connection_is_limited(world: World) -> None:  # noqa: C901  # two transports
    """A transport that passes a connection on, and takes the body from elsewhere, is held to the limits, too."""

    class Connection:
        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            raise AssertionError((max_bytes, timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            raise AssertionError((buffer, timeout))

    class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
        closed = False

        async def aclose(self) -> None:
            self.closed = True

        def __iter__(self) -> Iterator[bytes]:
            yield sse(chunk("Hel"))
            for _ in range(100):
                if self.closed:
                    return
                clock.now += 1
                yield b": still here\n\n"

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in self:
                yield piece

    def reply(_: httpx.Request) -> httpx.Response:
        head, extensions = {"content-type": "text/event-stream"}, {"network_stream": Connection()}
        return httpx.Response(200, headers=head, stream=Body(), extensions=extensions)

    clock, transport = SteppingClock(), httpx.MockTransport(reply)
    own: dict[str, Any] = {"client": httpx.Client(transport=transport)}
    if world.backend is not None:
        own = {"async_client": httpx.AsyncClient(transport=transport)}
    client = Mistral(KEY, idle_timeout_ms=5_000, **own)
    client.clock = clock
    events, error = world.read(client, **ASK)
    assert (len(events), type(error), clock.now) == (1, errors.IdleTimeoutError, 5)
