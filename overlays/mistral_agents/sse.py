"""Server-sent events from bytes, without I/O.

The standard's algorithm, to the letter: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
One thing is added: a stream that ends right after `data: [DONE]`, without the blank line, still gives that event.

How it works: every line end becomes LF as it arrives, so that an event ends at LF LF. The bytes after the last LF LF
are held, comments like any other line, and not read again until their event is complete; a run of complete events
becomes text in one step. So each byte is handled a fixed number of times, however the stream is cut.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from typing import NamedTuple

from .errors import ResponseValidationError

__all__ = ["SSEDecoder", "ServerSentEvent", "aiter_events", "iter_events"]

# Far above any piece of an answer, and still memory that a process can spare for a stream.
_DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024
# Enough of an event that is too large to see what it is; an error must not carry megabytes along.
_REFUSED_BYTES_KEPT = 2_000
# 10**18 ms are 30 million years, and fit 64 bits. int() takes quadratic time, and refuses more than 4,300 digits.
_RETRY_DIGITS = 18

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CR = 0x0D  # `13 in chunk` takes an eighth of the time of `b"\r" in chunk`
_FIELD_AT_LINE_START = re.compile(rb"\n[^:]")


class ServerSentEvent(NamedTuple):
    """One event of a stream.

    `event` is "message" where the stream names none. `id` is the last event id that the stream has set so far, ""
    before the first. `retry` is the reconnection time in milliseconds, if this event's own lines set one.
    """

    event: str
    data: str
    id: str
    retry: int | None


class SSEDecoder:
    """Turn the bytes of one stream, cut anywhere, into its events; each stream needs a decoder of its own.

    An event larger than `max_event_bytes` raises `ResponseValidationError`, and nothing after it is decoded. Its size
    is that of its lines, comments and unknown fields included, and of the line ends between them (CRLF is one byte).
    """

    def __init__(self, max_event_bytes: int = _DEFAULT_MAX_EVENT_BYTES) -> None:
        self._max_event_bytes = max_event_bytes
        # The first bytes of the stream while they may still become a byte order mark, then None.
        self._start: bytes | None = b""
        self._after_cr = False
        # The lines of the unfinished event. The end of its last line waits apart, as LF or nothing: it is the first
        # half of the LF LF that ends the event, if another LF follows.
        self._held = bytearray()
        self._line_end = b""
        self._pending = False
        self._last_event_id = ""
        # How an event began that is too large.
        self._refused: bytes | None = None

    @property
    def pending(self) -> bool:
        """Whether part of an event is held: a field or the beginning of one (a comment is neither)."""
        return self._pending

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Return the events that these bytes complete.

        Raises `ResponseValidationError` as soon as an event is larger than `max_event_bytes`; if the same bytes
        complete events before that one, these are returned, and the next call of `feed` or `flush` raises.
        """
        if self._refused is not None:
            raise self._too_large()
        if self._start is not None or self._after_cr or _CR in chunk:
            chunk = self._normalize(chunk)
        complete, blank_line, rest = (self._line_end + chunk).rpartition(b"\n\n")
        events = self._decode(self._finish(complete)) if blank_line else []
        if rest and self._refused is None:
            self._hold(rest)
        if self._refused is not None and not events:
            raise self._too_large()
        return events

    def flush(self) -> list[ServerSentEvent]:
        """Return what the end of the stream completes: `data: [DONE]` without its blank line, otherwise nothing.

        Any other unfinished event is dropped, as the standard has it. Raises `ResponseValidationError` after an
        event that was too large, whether or not `feed` has raised it.
        """
        if self._refused is not None:
            raise self._too_large()
        event = self._parse(self._held.decode("utf-8", "replace"))
        self._forget_held()
        return [event] if event is not None and event.data == "[DONE]" else []

    def _normalize(self, chunk: bytes) -> bytes:
        """Drop the byte order mark that may begin the stream, and make every line end LF."""
        if self._start is not None:
            chunk = self._start + chunk
            if len(chunk) < len(_BYTE_ORDER_MARK) and _BYTE_ORDER_MARK.startswith(chunk):
                self._start = chunk
                return b""
            self._start = None
            chunk = chunk.removeprefix(_BYTE_ORDER_MARK)
        if chunk:
            # A CR ends its line at once; the LF of a CRLF that was cut in two then has nothing left to end.
            after_cr, self._after_cr = self._after_cr, chunk.endswith(b"\r")
            if after_cr:
                chunk = chunk.removeprefix(b"\n")
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _finish(self, complete: bytes) -> bytes:
        """Put what is held before these complete events, and drop those from one that is too large on."""
        if self._held:
            self._held += complete
            complete = bytes(self._held)
            self._forget_held()
        if len(complete) > self._max_event_bytes:
            blocks = complete.split(b"\n\n")
            for index, block in enumerate(blocks):
                # Three LF in a row leave one of them here: a blank line, not part of the event.
                lines = block.strip(b"\n")
                if len(lines) > self._max_event_bytes:
                    self._refuse(lines)
                    return b"\n\n".join(blocks[:index])
        return complete

    def _hold(self, rest: bytes) -> None:
        if not self._held:
            rest = rest.removeprefix(b"\n")  # a blank line after a blank line
        self._line_end = b""
        if rest.endswith(b"\n"):
            self._line_end = b"\n"
            rest = rest[:-1]
        if len(self._held) + len(rest) > self._max_event_bytes:
            self._refuse(bytes(self._held[:_REFUSED_BYTES_KEPT]) + rest[:_REFUSED_BYTES_KEPT])
            return
        if not self._pending:
            self._pending = _FIELD_AT_LINE_START.search(rest if self._held else b"\n" + rest) is not None
        self._held += rest

    def _forget_held(self) -> None:
        self._held.clear()
        self._line_end = b""
        self._pending = False

    def _refuse(self, event: bytes) -> None:
        self._forget_held()
        # Not more than the limit, so that the error is the same wherever the bytes were cut.
        self._refused = event[: min(_REFUSED_BYTES_KEPT, self._max_event_bytes)]

    def _too_large(self) -> ResponseValidationError:
        return ResponseValidationError(
            f"An event of the stream is larger than max_event_bytes ({self._max_event_bytes:,} bytes). "
            "Give SSEDecoder a larger max_event_bytes if the server is right to send it.",
            body=self._refused or b"",
        )

    def _decode(self, complete: bytes) -> list[ServerSentEvent]:
        text = complete.decode("utf-8", "replace")
        if text.startswith("data: "):
            # What completions are: each event one line of data. `tuple.__new__` takes half the time of the class.
            new, last_event_id = tuple.__new__, self._last_event_id
            if "\n" not in text:
                return [new(ServerSentEvent, ("message", text[6:], last_event_id, None))]
            data = text[6:].split("\n\ndata: ")
            if text.count("\n") == 2 * (len(data) - 1):
                return [new(ServerSentEvent, ("message", line, last_event_id, None)) for line in data]
        events = map(self._parse, text.split("\n\n"))
        return [event for event in events if event is not None]

    def _parse(self, block: str) -> ServerSentEvent | None:
        """Read the lines between two blank lines."""
        event, retry = "message", None
        data: list[str] = []
        for line in block.split("\n"):
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "data":
                data.append(value)
            elif field == "event":
                event = value or "message"
            elif field == "id" and "\0" not in value:
                self._last_event_id = value
            elif field == "retry" and value.isascii() and value.isdigit():
                retry = _milliseconds(value)
        # One empty line of data is data; none at all is no event, though its id is kept.
        return ServerSentEvent(event, "\n".join(data), self._last_event_id, retry) if data else None


def iter_events(chunks: Iterable[bytes]) -> Generator[ServerSentEvent, None, None]:
    """Decode one stream, given as chunks of bytes; raises what `SSEDecoder` raises."""
    decoder = SSEDecoder()
    for chunk in chunks:
        yield from decoder.feed(chunk)
    yield from decoder.flush()


async def aiter_events(chunks: AsyncIterable[bytes]) -> AsyncGenerator[ServerSentEvent, None]:
    """Decode one stream, given as chunks of bytes; raises what `SSEDecoder` raises."""
    decoder = SSEDecoder()
    async for chunk in chunks:
        for event in decoder.feed(chunk):
            yield event
    for event in decoder.flush():
        yield event


def _milliseconds(digits: str) -> int:
    significant = digits.lstrip("0")
    return int(significant or "0") if len(significant) <= _RETRY_DIGITS else 10**_RETRY_DIGITS
