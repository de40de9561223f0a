"""The streams that callers iterate: `EventStream`, and `AsyncEventStream` for `async for`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import Self

import httpx

from ._events import CompletionEvent
from ._exchange import Exchange, run
from .errors import StreamError, request_id


class _Stream:
    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._left = self._ended = False
        self.response = exchange.response
        """The httpx response that carries the stream."""
        self.attempts = exchange.attempts
        """How many requests it took to open the stream."""

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the answer."""
        return self.response.headers

    @property
    def request_id(self) -> str | None:
        """The service's name for this request, if it gave one."""
        return request_id(self.headers)

    def _check_not_left(self) -> None:
        if self._left and not self._ended:
            raise StreamError("the stream was left before its end, and cannot be taken up again. Start a new one.")


class EventStream(_Stream):
    """The events of one streamed answer; its connection is given back at the end, on leaving the loop, or by `with`."""

    def __iter__(self) -> Generator[CompletionEvent, None, None]:
        """Give each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        self._check_not_left()
        try:  # in a generator, so that leaving the loop ends it, and with it the connection's use
            while events := run(self._exchange.read_events()):
                yield from events
            self._exchange.raise_failure()
            self._ended = True
        finally:
            self.close()

    def close(self) -> None:
        """Leave the stream."""
        self._left = True
        run(self._exchange.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


class AsyncEventStream(_Stream):
    """The events of one streamed answer, for `async for`; otherwise like `EventStream`."""

    async def __aiter__(self) -> AsyncGenerator[CompletionEvent, None]:
        """Give each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        self._check_not_left()
        try:
            while events := await self._exchange.read_events():
                for event in events:
                    yield event
            self._exchange.raise_failure()
            self._ended = True
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Leave the stream."""
        self._left = True
        await self._exchange.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()
