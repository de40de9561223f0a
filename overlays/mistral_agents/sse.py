"""Decode server-sent events from bytes, without I/O, exactly as the standard says.

https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
One addition: if a stream ends right after `data: [DONE]`, without the blank line, that event is still returned.

Every line end becomes LF as it arrives, so an event ends at LF LF. Bytes after the last LF LF are kept until their
event is complete; complete events are decoded in one step. So each byte is handled a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from itertools import repeat
from typing import NamedTuple

from .errors import ResponseValidationError

# Much larger than any event of an answer, and still memory that a process can spare for each stream.
_DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024
# How much of an event that is too large goes into its error: enough to recognise it.
_REFUSED_BYTES_KEPT = 2_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CR, _LF = 0x0D, 0x0A  # `13 in chunk` takes a sixth of the time of `b"\r" in chunk`
_new = tuple.__new__  # takes half the time of calling the class
_FIELD_AT_LINE_START = re.compile(rb"\n[^:]")
PlainEvent = tuple[str, str, str, int | None]


class ServerSentEvent(NamedTuple):
    """One event."""

    event: str
    """Its name; "message" if it has none."""
    data: str
    """Its data; several lines are joined by LF."""
    id: str
    """The last event id so far; "" if there was none."""
    retry: int | None
    """Its reconnection time in milliseconds; None if it gives none."""


class SSEDecoder:
    """Turns the bytes of one stream, cut anywhere, into its events. Each stream needs its own decoder.

    An event larger than `max_event_bytes` raises ResponseValidationError, and nothing after it is decoded. All lines
    of an event count, also comments; a CRLF counts as one byte.
    """

    def __init__(self, max_event_bytes: int = _DEFAULT_MAX_EVENT_BYTES) -> None:
        self._max_event_bytes = max_event_bytes
        # The first bytes, as long as they may be the beginning of a byte order mark; then None.
        self._start: bytes | None = b""
        # The lines of the unfinished event. The LF of the last line is kept apart, since it may be half of an LF LF.
        self._held, self._line_end = bytearray(), b""
        self._after_cr = self._between_events = False  # `_between_events`: whether no byte of an event is kept
        self._last_event_id = ""
        self._refused: bytes | None = None  # the beginning of an event that is too large

    @property
    def pending(self) -> bool:
        """Whether part of an event has arrived: a field or the beginning of one (a comment is neither)."""
        return _FIELD_AT_LINE_START.search(b"\n" + self._held) is not None

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Return the events that these bytes complete. If a later event is too large, the next call raises."""
        return [_new(ServerSentEvent, event) for event in self._feed_plain(chunk)]

    def _feed_plain(self, chunk: bytes) -> Iterable[PlainEvent]:
        """Do as `feed`, but faster: return plain tuples. A `zip` makes each tuple only when somebody takes it."""
        if self._between_events and chunk[-2:] == b"\n\n" and len(chunk) <= self._max_event_bytes:
            # Most writes are one whole event: a line of data, or a name and a line of data.
            if chunk[:6] == b"data: ":
                data = chunk[6:-2]
                if _LF not in data and _CR not in data:
                    return [("message", data.decode("utf-8", "replace"), self._last_event_id, None)]
            elif chunk[:7] == b"event: " and _CR not in chunk:
                name, _, data = chunk[7:-2].partition(b"\ndata: ")
                if name and data and _LF not in name and _LF not in data:
                    texts = name.decode("utf-8", "replace"), data.decode("utf-8", "replace")
                    return [(*texts, self._last_event_id, None)]
        self._between_events = False
        self._check_size()
        if self._start is not None or self._after_cr or _CR in chunk:
            chunk = self._normalize(chunk)
        complete, blank_line, rest = (self._line_end + chunk).rpartition(b"\n\n")
        events = self._decode(self._finish(complete)) if blank_line else ()
        if rest and self._refused is None:
            self._hold(rest)
        if self._refused is not None and not events:
            self._check_size()
        held = self._held or self._line_end or self._after_cr or self._refused is not None
        self._between_events = self._start is None and not held
        return events

    def flush(self, end: str | None = "[DONE]") -> list[ServerSentEvent]:
        """End the stream; return its unfinished event if that has the data `end`, otherwise nothing."""
        self._check_size()
        event = self._parse(self._held.decode("utf-8", "replace"))
        self._forget_held()
        return [ServerSentEvent(*event)] if event is not None and event[1].strip(" \t") == end else []

    def _normalize(self, chunk: bytes) -> bytes:
        """Drop a byte order mark at the start, and turn every line end into LF."""
        if self._start is not None:
            chunk = self._start + chunk
            if len(chunk) < len(_BYTE_ORDER_MARK) and _BYTE_ORDER_MARK.startswith(chunk):
                self._start = chunk
                return b""
            self._start, chunk = None, chunk.removeprefix(_BYTE_ORDER_MARK)
        if chunk:
            # A CR ends its line at once. If its LF arrives with the next bytes, that LF ends nothing.
            after_cr, self._after_cr = self._after_cr, chunk.endswith(b"\r")
            if after_cr:
                chunk = chunk.removeprefix(b"\n")
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _finish(self, complete: bytes) -> bytes:
        """Prepend the kept bytes to the complete events; drop an event that is too large, and all after it."""
        if self._held:
            complete = b"".join((self._held, complete))
            self._forget_held()
        if len(complete) > self._max_event_bytes:
            blocks = complete.split(b"\n\n")
            for index, block in enumerate(blocks):
                if len(block.strip(b"\n")) > self._max_event_bytes:  # after three LF, the block begins with the third
                    self._refuse(block.strip(b"\n"))
                    return b"\n\n".join(blocks[:index])
        return complete

    def _hold(self, rest: bytes) -> None:
        if not self._held:
            rest = rest.removeprefix(b"\n")  # a blank line after a blank line
        self._line_end = b"\n" if rest.endswith(b"\n") else b""
        rest = rest.removesuffix(b"\n")
        if len(self._held) + len(rest) > self._max_event_bytes:
            self._refuse(bytes(self._held[:_REFUSED_BYTES_KEPT]) + rest[:_REFUSED_BYTES_KEPT])
            return
        self._held += rest

    def _forget_held(self) -> None:
        self._held, self._line_end = bytearray(), b""

    def _refuse(self, event: bytes) -> None:
        self._forget_held()
        # At most the limit, so that the error is the same wherever the bytes were cut.
        self._refused = event[: min(_REFUSED_BYTES_KEPT, self._max_event_bytes)]

    def _check_size(self) -> None:
        if self._refused is not None:
            raise ResponseValidationError(
                f"an event of the stream is larger than max_event_bytes ({self._max_event_bytes:,} bytes). "
                "If you expect that, raise the limit of Mistral or SSEDecoder.",
                body=self._refused,
            )

    def _decode(self, complete: bytes) -> Iterable[PlainEvent]:
        text = complete.decode("utf-8", "replace")
        if text[:6] == "data: ":
            # Streams of completions look like this: one line of data for each event.
            data = text[6:].split("\n\ndata: ")
            if "\n" not in "".join(data):  # takes a tenth of the time of counting the LF of the text
                return zip(repeat("message"), data, repeat(self._last_event_id), repeat(None))
        if text[:7] == "event: ":
            # Streams of conversations look like this: a name and one line of data for each event.
            blocks = text[7:].split("\n\nevent: ")
            names, found, texts = zip(*[block.partition("\ndata: ") for block in blocks], strict=True)
            if all(names) and all(found) and "\n" not in "".join(names + texts):
                return zip(names, texts, repeat(self._last_event_id), repeat(None))
        return [event for block in text.split("\n\n") if (event := self._parse(block)) is not None]

    def _parse(self, block: str) -> PlainEvent | None:
        """Read one event, whatever its lines are."""
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
                # 10**18 ms are 30 million years; int() takes quadratic time, and refuses more than 4,300 digits.
                digits = value.lstrip("0") or "0"
                retry = int(digits) if len(digits) <= 18 else 10**18
        # An empty line of data is data. Without any line of data there is no event, but the id is kept.
        return (event, "\n".join(data), self._last_event_id, retry) if data else None


def iter_events(chunks: Iterable[bytes]) -> Generator[ServerSentEvent, None, None]:
    """Yield the events of one stream, cut anywhere into chunks; an event over 16 MiB raises ResponseValidationError."""
    decoder = SSEDecoder()
    for chunk in chunks:
        yield from decoder.feed(chunk)
    yield from decoder.flush()


async def aiter_events(chunks: AsyncIterable[bytes]) -> AsyncGenerator[ServerSentEvent, None]:
    """Yield the events of one stream, cut anywhere into chunks; an event over 16 MiB raises ResponseValidationError."""
    decoder = SSEDecoder()
    async for chunk in chunks:
        for event in decoder.feed(chunk):
            yield event
    for event in decoder.flush():
        yield event
