"""An open stream: the exchange that receives its bytes, and the reader that turns them into events.

Nothing here refers to the object that the caller holds, so a dropped stream can be closed after that object is gone.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

from . import _reaper
from ._events import EventReader, Family
from ._exchange import run
from .errors import MistralError, StreamError

if TYPE_CHECKING:
    from ._exchange import Exchange
    from ._limits import Limited

E = TypeVar("E")


class Reading(Generic[E]):
    """Reads one stream, a step at a time."""

    def __init__(self, exchange: Exchange, family: Family) -> None:
        limits, operation = exchange.call.limits, exchange.call.operation
        assert operation.stream is not None, f"{operation.name} has no stream"  # noqa: S101  # only streaming methods come here
        self.exchange = exchange
        self._awaited = [
            min((getattr(limits, name), name), (limits.timeout_ms, "timeout_ms"))
            for name in ("first_event_timeout_ms", "idle_timeout_ms")
        ]
        self._idle_seconds = self._awaited[1][0] / 1000
        self.reader: EventReader[E] = EventReader(operation, operation.stream, family, limits.max_event_bytes)
        self.reader.attempts = exchange.attempts
        self.left, self._left_by, self.ended = False, "closed before its end", False
        self.direct: Limited | None = None
        """The connection, if its chunks can be read directly, without decompression."""
        self._expected = 0  # how many events had arrived when the limit for the next one was set
        # For blocking streams: the thread of `_reaper` and another one may close the stream at the same time.
        self._leaving = threading.RLock()

    @classmethod
    async def open(cls, exchange: Exchange, family: Family) -> Reading[E]:
        """Send the request, and wait for the first event."""
        reading = cls(exchange, family)
        await reading._open()
        _reaper.hold(reading, blocking=exchange.blocking)
        return reading

    async def _open(self) -> None:
        exchange, reader = self.exchange, self.reader
        exchange.awaited = self._awaited[0]
        exchange.limit.start(self._awaited[0][0] / 1000)
        kind = await exchange.send()
        if exchange.response.status_code not in exchange.call.operation.statuses or kind != "text/event-stream":
            await exchange.read_body("a stream (text/event-stream)", fits=False)
        reader.request_id = exchange.request_id
        while not reader.peek() and not reader.done:
            await self.advance()
        exchange.awaited, exchange.began = self._awaited[1], bool(reader.received)
        self.direct = exchange.limited if exchange.decompressor.plain else None
        if exchange.began:
            exchange.tell("first_event")

    async def advance(self) -> None:
        """Wait for more bytes of the stream."""
        exchange, reader = self.exchange, self.reader
        self.check_use()
        try:
            if reader.done:
                await exchange.drain()
                self.ended = True
                return
            if len(reader.received) > self._expected:  # pings do not count as events
                self._expected = len(reader.received)
                exchange.limit.start(self._idle_seconds)
            piece = await exchange.next_piece()
            reader.end() if piece is None else reader.feed(piece)
        except MistralError as error:
            self.fail(error)

    def begin_step(self) -> Limited | None:
        """Limit the next read and return its connection, or None if `advance` has to do this step.

        Most reads go this shorter way: the coroutines of `advance` would cost as much as parsing an event.
        """
        exchange, reader, connection = self.exchange, self.reader, self.direct
        if self.left or reader.failure is not None:
            self.check_use()
        expected = len(reader.received)
        if connection is None or expected == self._expected or reader.done or exchange.room < 0:
            return None
        self._expected = expected
        if not exchange.limit.start(self._idle_seconds):
            return None
        connection.limit = exchange.limit
        return connection

    def end_step(self, chunk: bytes) -> None:
        """Take the chunk that was read, as `advance` does."""
        exchange = self.exchange
        exchange.room -= len(chunk)
        try:
            self.reader.feed(chunk if exchange.room >= 0 else chunk[: exchange.room])
        except MistralError as error:
            self.fail(error)

    def fail(self, error: BaseException) -> NoReturn:
        """Raise an error; an error of httpx becomes one of ours. Ours get what arrived before (`partial`)."""
        try:
            if isinstance(error, MistralError):
                raise error
            self.exchange.fail(error)
        except MistralError as ours:
            self.left = self.left or (self.exchange.began and self.exchange.client.is_closed)
            self.check_use()  # raises another error if the stream was closed meanwhile
            failure = self.reader.failed(ours)
            raise failure from failure.__cause__

    def check_use(self) -> None:
        """Raise the error that ended the stream, or one that says it was closed."""
        if self.reader.failure is not None:
            raise self.reader.failure
        if self.left and not self.ended:
            raise self.error_of_use(f"the stream was {self._left_by}. Start a new call to read it.")

    def error_of_use(self, message: str) -> StreamError:
        error = StreamError(message)
        self.reader.describe(error)
        return error

    async def leave(self) -> None:
        """Close the stream: at its end, after a failure, or earlier."""
        self.left = True
        exchange = self.exchange
        try:
            if not exchange.over:
                exchange.log_message("received", self.reader.received)
                exchange.tell("end", self.reader.failure or exchange.cut_off_by)
        finally:
            try:
                await exchange.close()
            finally:
                _reaper.release(self)

    def leave_blocking(self) -> None:
        """Close a blocking stream; if another thread is closing it, wait until it is closed."""
        with self._leaving:
            run(self.leave())

    def wake(self) -> None:
        """Wake a thread that waits for the stream; it then finds the stream closed."""
        self.left = True
        if self.exchange.limited is not None:  # else other calls share the connection
            self.exchange.limited.wake()

    def disown(self) -> None:
        """In a forked child, refuse to read on and close nothing: the connection is the parent's."""
        self.left, self._left_by = True, "opened before this process was forked"
        self.exchange.over = self.exchange.closing = True
        self._leaving = threading.RLock()  # a thread of the parent may hold the other one

    def abandon(self) -> None:
        """Have `_reaper` close the stream soon. For finalizers, which must not close anything themselves."""
        if not self.left:
            self.left = True
            _reaper.close_soon(self)
