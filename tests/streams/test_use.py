"""Unusual uses of a stream: read it again, close it while it is read, read it twice at once; and unusual clients."""

from __future__ import annotations

import contextlib
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
from tools.stress.answers import Answer

from client_settings import AT_ONCE, KEY
from completion_payloads import ANSWER, ASK, WHOLE_STREAM, chunk, sse, texts
from mistral_agents import AsyncRetryClient, Mistral, RetryClient, errors
from mistral_agents._clock import Clock
from mistral_agents._limits import of_step
from mistral_agents.streams import AsyncEventStream, EventStream
from mistral_agents.testing import STALL, StubServer, stream_reply
from patience import PATIENCE_SECONDS
from seam import answer, seam, stream
from worlds import World, each_world

IN_PIECES = stream(sse(chunk("Hel")), sse(chunk("lo")), sse(chunk("", finish_reason="stop"), "[DONE]"))


def outcome(error: errors.MistralError) -> tuple[type, object]:
    """Return the class of an error, and the text of its `partial`."""
    assert error.partial is not None
    return type(error), error.partial.to_dict()["choices"][0]["message"]["content"]


def run(
    world: World,
    use: Callable[[EventStream], object],
    use_async: Callable[[AsyncEventStream], Any],
    sent: Answer = IN_PIECES,
) -> object:
    """Open a stream, and return the result of using it, or the outcome of its error."""

    async def call() -> object:
        async with seam(sent).client() as client, await client.agents.stream_async(**ASK) as events:
            try:
                return await use_async(events)
            except errors.MistralError as error:
                return outcome(error)

    def call_blocking() -> object:
        with seam(sent).client() as client, client.agents.stream(**ASK) as events:
            try:
                return use(events)
            except errors.MistralError as error:
                return outcome(error)

    return world.run(call_blocking, call)


@each_world
@pytest.mark.parametrize("as_text", [False, True])
def test_reading_on_after_its_loop_was_left(world: World, *, as_text: bool) -> None:
    """A stream whose loop was left cannot be read further, even before the event loop has closed its iterator."""

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
    """If the reader closes a stream within its loop, the error does not say that the service truncated it."""

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
def test_the_final_response_within_its_loop(world: World) -> None:
    """Within its loop, a stream can be read to its end; the loop then ends, and a second loop gives no events."""

    def use(events: EventStream) -> object:
        whole = [events.get_final_response() for _ in events]
        return [each.to_dict()["choices"][0]["message"]["content"] for each in whole], list(events)

    async def use_async(events: AsyncEventStream) -> object:
        whole = [await events.get_final_response() async for _ in events]
        rest = [event async for event in events]
        return [each.to_dict()["choices"][0]["message"]["content"] for each in whole], rest

    assert run(world, use, use_async) == (["Hello"], [])


@each_world
@pytest.mark.parametrize("outer", [1, 2, 3])
def test_a_loop_within_its_loop(world: World, outer: int) -> None:
    """The inner loop reads to the end, and the outer one finds nothing more, wherever in the stream it stands."""

    def use(events: EventStream) -> object:
        read = list[str]()
        for event in events:
            read.append(event.data.choices[0].delta.content)
            if len(read) == outer:
                read += [inner.data.choices[0].delta.content for inner in events]
        return read

    async def use_async(events: AsyncEventStream) -> object:
        read = list[str]()
        async for event in events:
            read.append(event.data.choices[0].delta.content)
            if len(read) == outer:
                read += [inner.data.choices[0].delta.content async for inner in events]
        return read

    assert run(world, use, use_async) == ["Hel", "lo", ""]


@each_world
@pytest.mark.parametrize("end", ["[DONE]", "{nope", '{"error": {"message": "over"}}'])
def test_nothing_comes_after_the_end(world: World, end: str) -> None:
    """After an inner loop has reached the end or an error, the outer loop gives no further events.

    The same piece of the body has more events after the end or the error.
    """
    whole = sse(chunk("A"), chunk("B"), end, chunk("C"), chunk("D", finish_reason="stop"), "[DONE]")

    def use(events: EventStream) -> object:
        read, inner = list[str](), list[str]()
        try:
            for event in events:
                read.append(event.data.choices[0].delta.content)
                if len(read) == 2:
                    with contextlib.suppress(errors.MistralError):
                        inner += [each.data.choices[0].delta.content for each in events]
        except errors.MistralError:
            read.append("an error")
        return read, inner, events.snapshot.choices[0].message.content

    async def use_async(events: AsyncEventStream) -> object:
        read, inner = list[str](), list[str]()
        try:
            async for event in events:
                read.append(event.data.choices[0].delta.content)
                if len(read) == 2:
                    with contextlib.suppress(errors.MistralError):
                        inner += [each.data.choices[0].delta.content async for each in events]
        except errors.MistralError:
            read.append("an error")
        return read, inner, events.snapshot.choices[0].message.content

    failed = ["an error"] if end != "[DONE]" else []
    assert run(world, use, use_async, stream(whole)) == (["A", "B", *failed], [], "AB")


async def read(events: AsyncEventStream, found: list[object]) -> None:
    """Append the text of each event to `found`, and then the outcome of the error."""
    try:
        async for event in events:
            found.append(texts([event]))  # noqa: PERF401  # what came before an error counts
    except errors.StreamError as error:
        found.append(outcome(error))


async def let_others_run() -> None:
    """Let every other task run until it waits."""
    for _ in range(10):
        await anyio.lowlevel.checkpoint()


@pytest.mark.anyio
async def test_two_readers() -> None:
    """If a second task reads a stream, it gets an error, and the first task reads on."""
    found, gate = list[object](), threading.Event()
    reply = stream_reply(chunk("a"), STALL, chunk("b", finish_reason="stop"), "[DONE]")
    with StubServer(respond=lambda _: reply, sleep=lambda _: gate.wait(PATIENCE_SECONDS)) as stub:
        async with Mistral(KEY, server_url=stub.url) as client, anyio.create_task_group() as tasks:
            events = await client.agents.stream_async(**ASK)
            tasks.start_soon(read, events, found)
            await let_others_run()
            await read(events, found)
            gate.set()
    assert found == [["a"], (errors.StreamError, "a"), ["b"]]


@pytest.mark.anyio
async def test_closed_by_another_task() -> None:
    """If a task closes a stream that another task reads, the reader gets a StreamError."""
    found: list[object] = []
    with StubServer(respond=lambda _: stream_reply(chunk("a"), STALL)) as stub:
        async with Mistral(KEY, server_url=stub.url) as client:
            for _ in range(10):
                events = await client.agents.stream_async(**ASK)
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(read, events, found)
                    await let_others_run()
                    await events.aclose()
    assert found == [["a"], (errors.StreamError, "a")] * 10


@pytest.mark.parametrize("name", ["client", "async_client"])
def test_an_httpx_client_that_retries(name: str) -> None:
    """An httpx client that retries by itself is refused: each attempt of a call would become three."""
    made: Any = RetryClient() if name == "client" else AsyncRetryClient()
    with pytest.raises(errors.InvalidArgumentError, match="multiply") as caught:
        Mistral(KEY, **{name: made})
    assert isinstance(caught.value, ValueError)


def test_a_hook_that_reads_the_body_and_raises() -> None:
    """If a hook reads the body and then raises, the error still has the body and the request id."""

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
def test_a_wrong_content_type_whose_body_breaks_off(world: World, end: Exception, *, streamed: bool) -> None:
    """The error for a wrong content type is the same however the body ends; it has the body, and nothing is retried."""
    network = seam(Answer(200, {"content-type": "text/html"}, (b"<html>", end)))
    with pytest.raises(errors.ResponseValidationError, match="text/html") as caught:
        (world.stream if streamed else world.complete)(network.client(), **ASK)
    assert (caught.value.body, len(network.requests)) == (b"<html>", 1)


@each_world
@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_events_within_the_limit_are_delivered(world: World, size: int) -> None:
    """Events that end within `max_answer_bytes` are delivered, however the bytes are cut."""
    body = sse(chunk("a"), chunk("b"), chunk("c"))
    made = stream(*(body[at : at + size] for at in range(0, len(body), size)))
    events, error = world.read(seam(made).client(max_answer_bytes=len(body) - 1), **ASK)
    assert error is not None
    assert (texts(events), *outcome(error)) == (["a", "b"], errors.ResponseValidationError, "ab")


@each_world
def test_a_broken_record_of_tls(world: World) -> None:
    """A TLS failure within an answer, which asyncio raises as an ssl.SSLError, counts as a lost connection."""
    broken = ssl.SSLError(1, "bad record")
    with pytest.raises(errors.APIConnectionError) as caught:
        world.complete(seam(Answer(200, answer().headers, (b"{", broken))).client(), **ASK)
    events, error = world.read(seam(stream(sse(chunk("a")), broken)).client(), **ASK)
    assert (caught.value.attempts, texts(events), type(error)) == (3, ["a"], errors.StreamTruncatedError)


def test_a_call_within_a_hook() -> None:
    """A call within a hook of another call does not change that call's limits, and no limit outlives its call."""
    inner, kept, seen = seam(), list[contextvars.Context](), list[bool]()

    def ask_first(_: httpx.Request) -> None:
        before = of_step.get()
        inner.client(retry_config=AT_ONCE).agents.complete(**ASK)
        seen.append(bool(before) and of_step.get() is before)
        kept.append(contextvars.copy_context())

    with httpx.Client(transport=httpx.MockTransport(seam()), event_hooks={"request": [ask_first]}) as http:
        found = Mistral(KEY, client=http).agents.complete(**ASK).to_dict()
    assert (found, seen, list(of_step.get()), list(kept[0].run(of_step.get))) == (ANSWER, [True], [], [])


def test_the_final_response_after_the_text() -> None:
    """After `text()` was read to its end, `get_final_response()` and `snapshot` are the same whole answer."""
    with seam(stream(WHOLE_STREAM)).client() as client, client.agents.stream(**ASK) as events:
        assert "".join(events.text()) == "Hello"
        assert events.get_final_response().to_dict() == events.snapshot.to_dict()


@each_world
def test_the_snapshot_after_an_error(world: World) -> None:
    """After an error, `snapshot` is the same answer as the `partial` of the error."""
    client = seam(stream(sse(chunk("Hel")))).client()

    def read() -> list[Any]:
        with client.agents.stream(**ASK) as events:
            with pytest.raises(errors.StreamTruncatedError) as caught:
                events.get_final_response()
            return [events.snapshot, caught.value.partial]

    async def read_async() -> list[Any]:
        async with client, await client.agents.stream_async(**ASK) as events:
            with pytest.raises(errors.StreamTruncatedError) as caught:
                await events.get_final_response()
            return [events.snapshot, caught.value.partial]

    snapshot, partial = world.run(read, read_async)
    assert snapshot == partial
    assert partial.choices[0].message.content == "Hel"


class SteppingClock(Clock):
    """A clock that a test sets."""

    now = 0.0

    def monotonic(self) -> float:
        """Return the time that was set."""
        return self.now


def test_a_reader_in_another_thread() -> None:
    """If a second thread reads a stream, it gets an error; the first thread still gets every event."""
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
def test_the_cause_of_a_truncated_stream(world: World) -> None:
    """The `__cause__` of a StreamTruncatedError is the error that ended the stream."""
    _, error = world.read(seam(stream(sse(chunk("Hel")))).client(), **ASK)
    assert error is not None
    assert (type(error), type(error.__cause__)) == (errors.StreamTruncatedError, errors.APIConnectionError)


@each_world
def test_a_body_that_does_not_come_from_its_connection_is_limited(world: World) -> None:  # noqa: C901  # two transports
    """Limits also hold for a transport that passes a connection on but reads the body from elsewhere."""

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
