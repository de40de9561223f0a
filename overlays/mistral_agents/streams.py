"""The streams that callers iterate: `EventStream`, and `AsyncEventStream` for `async for`."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import TYPE_CHECKING, Any, Generic, cast

from . import errors
from ._events import Event
from ._exchange import run
from ._surrogates import split

if TYPE_CHECKING:
    import httpx
    from typing_extensions import TypeVar

    from ._reading import Reading

    # The defaults allow `EventStream` without parameters as an annotation.
    E = TypeVar("E", default=Any)
    R = TypeVar("R", default=Any)
else:
    from typing import TypeVar

    E, R = TypeVar("E"), TypeVar("R")


class _Stream(Generic[E, R]):
    """What blocking and async streams share: everything except reading."""

    def __init__(self, reading: Reading[E]) -> None:
        self._reading = reading
        self._in_use = threading.Lock()
        self._read_in: object = None

    @property
    def snapshot(self) -> R:
        """The events so far as one answer, put together at each access; raises StreamError if they do not form one."""
        return cast("R", self._reading.reader.assembled())

    @property
    def status_code(self) -> int:
        """The status of the response."""
        return self._reading.exchange.response.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the response."""
        return self._reading.exchange.response.headers

    @property
    def request_id(self) -> str | None:
        """The service's identifier of the request, if it gave one."""
        return self._reading.exchange.request_id

    @property
    def attempts(self) -> int:
        """How many attempts it took to open the stream."""
        return self._reading.exchange.attempts

    @property
    def rate_limit(self) -> dict[str, str]:
        """The headers about rate limits, by name."""
        return errors.rate_limit(self.headers)

    def _take_up(self, reader: object) -> bool:
        """Begin to read in this thread or task; return False if it is reading already. Raises if another one reads."""
        self._reading.check_use()
        if self._in_use.acquire(blocking=False):
            self._read_in = reader
            return True
        if self._read_in != reader:
            raise self._reading.error_of_use("another thread or task is reading this stream. Read it in one place.")
        return False  # a loop inside a loop: it reads to the end, and the outer one finds nothing more

    def __del__(self) -> None:
        if hasattr(self, "_reading"):
            self._reading.abandon()


class EventStream(_Stream[E, R], AbstractContextManager["EventStream[E, R]"]):
    """The events of one streamed answer.

    The connection is released at once when the stream ends or fails, and at the end of `with`. If you leave a loop
    without `with`, or drop the stream, it is released shortly afterwards.
    """

    def __iter__(self) -> Generator[Event[E], None, None]:
        """Yield each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        reading, first = self._reading, self._take_up(threading.get_ident())
        exchange, reader, chunks = reading.exchange, reading.reader, reading.exchange.chunks
        try:
            while not reading.ended:
                yield from reader.events()
                connection = reading.begin_step()
                if connection is None:
                    run(reading.advance())
                    continue
                try:
                    chunk = next(chunks, None)
                except BaseException as error:  # noqa: BLE001  # it is raised again
                    reading.fail(error)
                finally:
                    connection.limit = None
                run(reading.advance()) if chunk is None else reading.end_step(chunk)
        except GeneratorExit:  # the loop was left; this may run in the garbage collector, which must not close it
            reading.abandon()
            raise
        except BaseException as error:
            exchange.cut_off_by = exchange.cut_off_by or (None if isinstance(error, errors.MistralError) else error)
            reading.leave_blocking()
            raise
        else:
            reading.leave_blocking()
        finally:
            if first:
                self._in_use.release()

    def text(self) -> Generator[str, None, None]:
        """Yield each piece of the answer's text as it arrives, without thinking and tool calls."""
        half, text = "", self._reading.reader.text
        for event in self:
            half, piece = split(half + text(event))
            if piece:
                yield piece
        if half:
            yield half

    def get_final_response(self) -> R:
        """Read to the end and return the whole answer; raises StreamError if the stream was closed before."""
        for _ in self:
            pass
        return self.snapshot

    def close(self) -> None:
        """Close the stream. A thread that waits for an event gets a StreamError at once; over HTTP/2, at its limit."""
        if self._in_use.locked() and self._read_in != threading.get_ident():
            self._reading.wake()
        self._reading.leave_blocking()

    def __exit__(self, *exc_info: object) -> None:
        self.close()


class AsyncEventStream(_Stream[E, R], AbstractAsyncContextManager["AsyncEventStream[E, R]"]):
    """The events of one streamed answer, for `async for`; otherwise like `EventStream`."""

    def __aiter__(self) -> _Events[E]:
        """Yield each event once, as it arrives; raises the errors of `mistral_agents.errors`."""
        return _Events(self)

    def text(self) -> AsyncIterator[str]:
        """Yield each piece of the answer's text as it arrives, without thinking and tool calls."""
        return _Texts(_Events(self), self._reading)

    async def get_final_response(self) -> R:
        """Read to the end and return the whole answer; raises StreamError if the stream was closed before."""
        async for _ in self:
            pass
        return self.snapshot

    async def aclose(self) -> None:
        """Close the stream."""
        await self._reading.leave()

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()


class _Events(AsyncIterator[Event[E]]):
    """Iterates over a stream's events.

    Not an async generator, because the event loop would close that only some time after `break`. Until then, a second
    loop could read on instead of getting a StreamError. And trio warns about each one that does not run to its end.
    """

    def __init__(self, stream: AsyncEventStream[E, Any]) -> None:
        self._stream, self._reading = stream, stream._reading  # noqa: SLF001  # same module
        self._ready: Iterator[Event[E]] = iter(())
        self._began = self._first = self._over = False

    def __aiter__(self) -> _Events[E]:
        return self

    async def __anext__(self) -> Event[E]:
        try:
            for event in self._ready:
                return event
            following = await self._next()
        except BaseException as error:
            await self._end(error)
            raise
        if following is None:
            await self._end(None)
            raise StopAsyncIteration
        return following

    async def _next(self) -> Event[E] | None:
        """Wait until there are events; return the first of them, or None at the end."""
        if self._over:
            return None
        reading = self._reading
        chunks = reading.exchange.chunks
        if not self._began:
            from anyio import get_current_task

            self._first = self._stream._take_up(get_current_task().id)  # noqa: SLF001  # same module
            self._began, self._ready = True, reading.reader.events()
            for event in self._ready:
                return event
        while not reading.ended:
            connection = reading.begin_step()
            if connection is None:
                await reading.advance()
            else:
                try:
                    chunk = await anext(chunks)  # `anext(chunks, None)` would make one more object
                except StopAsyncIteration:
                    chunk = None
                except BaseException as error:  # noqa: BLE001  # it is raised again
                    reading.fail(error)
                finally:
                    connection.limit = None
                await reading.advance() if chunk is None else reading.end_step(chunk)
            self._ready = reading.reader.events()
            for event in self._ready:
                return event
        return None

    async def _end(self, error: BaseException | None) -> None:
        """End the iteration, and close the stream."""
        if self._over or not self._began:  # a second reader was refused; the first one goes on
            return
        self._over, exchange = True, self._reading.exchange
        if error is not None and not isinstance(error, errors.MistralError):
            exchange.cut_off_by = exchange.cut_off_by or error
        if self._first:
            self._stream._in_use.release()  # noqa: SLF001  # same module
        await self._reading.leave()

    async def aclose(self) -> None:
        """Close the stream, if this iterator reads it."""
        await self._end(None)

    def __del__(self) -> None:
        if self._began and not self._over:  # the loop was left
            self._reading.abandon()
            if self._first:
                self._stream._in_use.release()  # noqa: SLF001  # same module


class _Texts(AsyncIterator[str]):
    """Iterates over a stream's text."""

    def __init__(self, events: _Events[Any], reading: Reading[Any]) -> None:
        self._events, self._text, self._half = events, reading.reader.text, ""

    def __aiter__(self) -> _Texts:
        return self

    async def __anext__(self) -> str:
        async for event in self._events:
            self._half, piece = split(self._half + self._text(event))
            if piece:
                return piece
        if not self._half:
            raise StopAsyncIteration
        half, self._half = self._half, ""
        return half

    async def aclose(self) -> None:
        """Close the stream, if this iterator reads it."""
        await self._events.aclose()


__all__ = ["AsyncEventStream", "Event", "EventStream"]
