"""The streams that callers iterate: `EventStream`, and `AsyncEventStream` for `async for`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager

from ._events import CompletionEvent
from ._exchange import Exchange, run
from .errors import StreamError


class _Stream(Exchange):
    _left = _ended = False

    def _check_not_left(self) -> None:
        if self._left and not self._ended:
            raise StreamError("the stream was left before its end, and cannot be taken up again. Start a new one.")


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

    async def aclose(self) -> None:
        """Leave the stream."""
        self._left = True
        await self._close()

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()
