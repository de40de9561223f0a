"""The streams that callers iterate: `EventStream`, and `AsyncEventStream` for `async for`."""

from __future__ import annotations

import weakref
from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, aclosing
from typing import TYPE_CHECKING, Any

from ._assembly import text_of
from ._events import CompletionEvent
from ._exchange import Exchange, T, run
from .errors import MistralError, StreamError

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse


class _Stream(Exchange):
    _left = _ended = _waits = False
    _failure: MistralError | None = None
    _readers: tuple[weakref.ref[Any], ...] = ()

    @property
    def snapshot(self) -> ChatCompletionResponse:
        """What has arrived so far, put together."""
        return self._reader.assembled()

    async def _more(self) -> list[CompletionEvent]:
        """Return the next events, or none at the end."""
        self._check_not_left()
        if self._ended:
            return []
        if self._waits:
            raise self._error_of_use("the stream is being read elsewhere. Read it in one place.")
        self._waits = True
        try:
            events = await self._read_events()
        except MistralError as error:
            self._check_not_left()  # closed meanwhile, by someone else
            self._failure = error
            raise
        finally:
            self._waits = False
        self._ended = not events
        return events

    def _check_not_left(self) -> None:
        if self._failure is not None:
            raise self._failure
        # An asynchronous loop that is left lets go of its generator at once; the event loop closes it only later.
        if not self._ended and (self._left or any(reader() is None for reader in self._readers)):
            raise self._error_of_use("the stream was left before its end, and cannot be taken up again. Start anew.")

    def _error_of_use(self, message: str) -> StreamError:
        error = StreamError(message)
        error.attempts, error.request_id, error.partial = self.attempts, self.request_id, self.snapshot
        return error


class EventStream(_Stream, AbstractContextManager["EventStream"]):
    """The events of one streamed answer; its connection is given back at the end, on leaving the loop, or by `with`."""

    def __iter__(self) -> Generator[CompletionEvent, None, None]:
        """Give each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        try:  # in a generator, so that leaving the loop ends it, and with it the connection's use
            while events := run(self._more()):
                yield from events
        finally:
            if not self._waits:  # which another reader does when this one was refused
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
        self._left = True
        run(self._close())

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
        if not self._waits:  # or it will be refused
            self._readers += (weakref.ref(reader),)
        return reader

    async def _events(self) -> AsyncGenerator[CompletionEvent, None]:
        try:
            while events := await self._more():
                for event in events:
                    yield event
        finally:
            if not self._waits:  # which another reader does when this one was refused
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
        self._left = True
        await self._close()

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()


def _text(event: CompletionEvent) -> list[str]:
    """Return what an event adds to the first choice's text: one piece, or none."""
    pieces = [text_of(choice.delta) for choice in event.data.choices if choice.index == 0]
    return [piece for piece in pieces if piece]
