"""The streams that callers iterate: `EventStream`, and `AsyncEventStream` for `async for`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, aclosing
from typing import TYPE_CHECKING

from ._assembly import text_of
from ._events import CompletionEvent
from ._exchange import Exchange, run
from .errors import StreamError

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse


class _Stream(Exchange):
    _left = _ended = False

    @property
    def snapshot(self) -> ChatCompletionResponse:
        """What has arrived so far, put together."""
        return self._reader.assembled()

    def _check_not_left(self) -> None:
        if self._left and not self._ended:
            if self._reader.failure is not None:
                raise self._reader.failure
            error = StreamError("the stream was left before its end, and cannot be taken up again. Start a new one.")
            error.attempts, error.request_id, error.partial = self.attempts, self.request_id, self.snapshot
            raise error


class EventStream(_Stream, AbstractContextManager["EventStream"]):
    """The events of one streamed answer; its connection is given back at the end, on leaving the loop, or by `with`."""

    def __iter__(self) -> Generator[CompletionEvent, None, None]:
        """Give each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        self._check_not_left()
        try:  # in a generator, so that leaving the loop ends it, and with it the connection's use
            while events := run(self._read_events()):
                yield from events
            self._ended = True
        finally:
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

    async def __aiter__(self) -> AsyncGenerator[CompletionEvent, None]:
        """Give each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        self._check_not_left()
        try:
            while events := await self._read_events():
                for event in events:
                    yield event
            self._ended = True
        finally:
            await self.aclose()

    async def text(self) -> AsyncGenerator[str, None]:
        """Give each piece of the first choice's text, as it arrives; thinking and calls of tools are left out."""
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
