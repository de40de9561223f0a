"""The streams that callers iterate: `EventStream`, and `AsyncEventStream` for `async for`."""

from __future__ import annotations

import threading
import weakref
from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, aclosing
from typing import TYPE_CHECKING, Any, NoReturn

import httpx

from ._assembly import text_of
from ._attempts import Attempts
from ._events import CompletionEvent, EventReader
from ._exchange import Exchange, T, run
from ._limits import Limited
from ._request import Call
from ._transport import AnyClient
from .errors import MistralError, StreamError

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse


class _Stream(Exchange):
    _left = _ended = False
    _readers: tuple[weakref.ref[Any], ...] = ()

    def __init__(self, client: AnyClient, call: Call, attempts: Attempts) -> None:
        super().__init__(client, call, attempts)
        limits = call.limits
        self._first, self._idle = (
            min((getattr(limits, name), name), (limits.timeout_ms, "timeout_ms"))
            for name in ("first_event_timeout_ms", "idle_timeout_ms")
        )
        self._reader = EventReader(call.expected_choices, limits.max_event_bytes, attempts.count)
        self._in_use = threading.Lock()
        self._read_in: object = None
        self._direct: Limited | None = None  # what the events are read from as they stand
        self._idle_seconds = self._idle[0] / 1000
        self._expected = 0  # how many events had been read when the next one was set due

    @property
    def snapshot(self) -> ChatCompletionResponse:
        """What the events so far make up."""
        return self._reader.assembled()

    @property
    def began(self) -> bool:
        """Whether the first event has arrived."""
        return bool(self._reader.received)

    async def open_stream(self) -> None:
        """Wait for a stream's first event."""
        self._awaited = self._first
        self._limit.start(self._first[0] / 1000)
        kind = await self._send()
        if self.response.status_code != httpx.codes.OK or kind != "text/event-stream":
            await self._read_body("a stream (text/event-stream)", fits=False)
        self._reader.request_id = self.request_id
        while not self._reader.peek() and not self._reader.done:
            await self._advance()
        self._awaited = self._idle
        self._direct = self._limited if self._decompressor.plain else None
        if self.began:
            self._tell("first_event")

    async def _advance(self) -> None:
        """Wait for more of the stream."""
        if self._left or self._readers or self._reader.failure is not None:
            self._check_use()
        reader = self._reader
        try:
            if reader.done:
                await self._drain()
                self._ended = True
                return
            if len(reader.received) > self._expected:  # pings are no events
                self._expected = len(reader.received)
                self._limit.start(self._idle_seconds)
            piece = await self._next_piece()
            reader.end() if piece is None else reader.feed(piece)
        except MistralError as error:
            self._fail(error)

    def _begin_step(self) -> Limited | None:
        """Set the limit for what comes next; return None where more is to be done, which `_advance` does.

        Most of a stream is read in such steps: the coroutines of `_advance` would cost as much as reading an event.
        """
        reader, body = self._reader, self._direct
        if self._left or reader.failure is not None:
            self._check_use()
        expected = len(reader.received)
        if body is None or expected == self._expected or reader.done or self._room < 0:
            return None
        self._expected = expected
        if not self._limit.start(self._idle_seconds):
            return None
        body.limit = self._limit
        return body

    def _end_step(self, chunk: bytes) -> None:
        """Do what `_advance` does after it has waited."""
        self._room -= len(chunk)
        try:
            self._reader.feed(chunk if self._room >= 0 else chunk[: self._room])
        except MistralError as error:
            self._fail(error)

    def _fail(self, error: BaseException) -> NoReturn:
        """Raise what went wrong, of our errors with what came before it."""
        try:
            if isinstance(error, MistralError):
                raise error
            self._raise(error)
        except MistralError as ours:
            self._check_use()  # closed meanwhile, by someone else
            failure = self._reader.failed(ours)
            raise failure from failure.__cause__

    async def _leave(self) -> None:
        """Let go of the stream: at its end, after a failure, or before either."""
        self._left = True
        try:
            if not self._over:
                self._log_message("received", self._reader.received)
                self._tell("end", self._reader.failure or self._cut_off_by)
        finally:
            await self._close()

    def _take_up(self, reader: object) -> bool:
        """Begin to read, in a thread or task; tell whether it is the first there that does. Raises what is wrong."""
        if self._read_in is None:  # what was let go of before it began to read has left nothing
            self._readers = tuple(each for each in self._readers if each() is not None)
        self._check_use()
        if self._in_use.acquire(blocking=False):
            self._read_in = reader
            return True
        if self._read_in != reader:
            raise self._error_of_use("the stream is being read elsewhere. Read it in one place.")
        return False  # within a loop over it, which then finds nothing more

    def _check_use(self) -> None:
        if self._reader.failure is not None:
            raise self._reader.failure
        # An asynchronous loop that is left lets go of its generator at once; the event loop closes it only later.
        if not self._ended and (self._left or (self._readers and any(reader() is None for reader in self._readers))):
            raise self._error_of_use("the stream was left before its end, and cannot be taken up again. Start anew.")

    def _error_of_use(self, message: str) -> StreamError:
        error = StreamError(message)
        self._reader.describe(error)
        return error


class EventStream(_Stream, AbstractContextManager["EventStream"]):
    """The events of one streamed answer; its connection is given back at the end, on leaving the loop, or by `with`."""

    def __iter__(self) -> Generator[CompletionEvent, None, None]:
        """Give each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        first = self._take_up(threading.get_ident())
        try:  # in a generator, so that leaving the loop ends it, and with it the connection's use
            while not self._ended:
                yield from self._reader.events()
                body = self._begin_step()
                if body is None:
                    run(self._advance())
                    continue
                try:
                    chunk = next(self._chunks, None)
                except BaseException as error:  # noqa: BLE001  # it is raised again
                    self._fail(error)
                finally:
                    body.limit = None
                run(self._advance()) if chunk is None else self._end_step(chunk)
        finally:
            if first:
                self._in_use.release()
            self.close()

    def text(self) -> Generator[str, None, None]:
        """Give each piece of the first choice's text, as it arrives; thinking and calls of tools are left out."""
        for event in self:
            yield from _text(event)

    def get_final_response(self) -> ChatCompletionResponse:
        """Read to the end, and return the whole answer; raises StreamError if the stream was left before."""
        for _ in self:
            pass
        return self.snapshot

    def close(self) -> None:
        """Leave the stream."""
        run(self._leave())

    def __exit__(self, *exc_info: object) -> None:
        self.close()


class AsyncEventStream(_Stream, AbstractAsyncContextManager["AsyncEventStream"]):
    """The events of one streamed answer, for `async for`; otherwise like `EventStream`."""

    def __aiter__(self) -> AsyncGenerator[CompletionEvent, None]:  # noqa: PYI058  # it can be closed
        """Give each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        return self._watched(self._events())

    def text(self) -> AsyncGenerator[str, None]:
        """Give each piece of the first choice's text, as it arrives; thinking and calls of tools are left out."""
        return self._watched(self._texts())

    def _watched(self, reader: T) -> T:
        if not self._in_use.locked():  # or it will be refused
            self._readers += (weakref.ref(reader),)
        return reader

    async def _events(self) -> AsyncGenerator[CompletionEvent, None]:
        from anyio import get_current_task

        first = self._take_up(get_current_task().id)
        try:
            while not self._ended:
                for event in self._reader.events():
                    yield event
                body = self._begin_step()
                if body is None:
                    await self._advance()
                    continue
                try:
                    chunk = await anext(self._chunks, None)
                except BaseException as error:  # noqa: BLE001  # it is raised again
                    self._fail(error)
                finally:
                    body.limit = None
                await self._advance() if chunk is None else self._end_step(chunk)
        finally:
            if first:
                self._in_use.release()
            await self.aclose()

    async def _texts(self) -> AsyncGenerator[str, None]:
        async with aclosing(aiter(self)) as events:
            async for event in events:
                for text in _text(event):
                    yield text

    async def get_final_response(self) -> ChatCompletionResponse:
        """Read to the end, and return the whole answer; raises StreamError if the stream was left before."""
        async for _ in self:
            pass
        return self.snapshot

    async def aclose(self) -> None:
        """Leave the stream."""
        await self._leave()

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()


def _text(event: CompletionEvent) -> list[str]:
    """Return what an event adds to the first choice's text: one piece, or none."""
    pieces = [text_of(choice.delta) for choice in event.data.choices if choice.index == 0]
    return [piece for piece in pieces if piece]
