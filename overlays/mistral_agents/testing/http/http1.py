"""Reads an HTTP/1.1 answer as it arrives: its head, the chunks of its body, and bytes that are not HTTP.

It does not decode, join or correct any bytes of the body. https://www.rfc-editor.org/rfc/rfc9112
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import attrs

__all__ = ["HEADER_NAME", "AnswerReader", "Framing", "Head", "framing_of"]

Framing = Literal["chunked", "length", "close", "none"]
"""What says where a body ends: its last chunk, `content-length`, or the end of the connection. "none": no body."""

# This is far longer than the head of any service's answer. Longer data is not a head.
_MAX_HEAD_BYTES = 256 * 1024
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: ([^\0\r\n]*))?")
HEADER_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
"""A pattern for the name of a header (https://www.rfc-editor.org/rfc/rfc9110#section-5.1)."""
_HEADER = re.compile(rf"({HEADER_NAME}):[ \t]*([^\0\r\n]*?)[ \t]*".encode())
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


@attrs.frozen
class Head:
    """The head of an answer."""

    status: int
    reason: str
    headers: Sequence[tuple[str, str]]

    def values(self, name: str) -> list[str]:
        """Return the values of a header."""
        return [value for each, value in self.headers if each.lower() == name]


def framing_of(method: str, head: Head) -> Framing | None:
    """Return what says where an answer's body ends; None if `content-length` is not one number (1 to 18 digits)."""
    lengths = set(head.values("content-length"))
    if method == "HEAD" or head.status in (204, 304):
        return "none"
    if any("chunked" in value.lower() for value in head.values("transfer-encoding")):
        return "chunked"
    if not lengths:
        return "close"
    return "length" if len(lengths) == 1 and re.fullmatch("[0-9]{1,18}", lengths.pop()) else None


class AnswerReader:
    """Reads one answer to a request.

    Args:
        method: the method of the request; the answer to HEAD has no body.
    """

    def __init__(self, method: str) -> None:
        self._method = method
        self._buffer = bytearray()
        self._left = 0
        self._read = self._read_head
        self.head_bytes = 0
        """The length of the head, including the heads of interim answers (status 1xx) before it."""
        self.head: Head | None = None
        """None until the head is complete, and if it is not HTTP."""
        self.headers: list[tuple[str, str]] = []
        """The headers of the head, and of the heads of interim answers before it."""
        self.framing: Framing | None = None
        self.complete = False
        """Whether the body has reached its end. It is never true for the framing "close"."""
        self.broken = ""
        """Why the bytes are not HTTP; "" if they are."""

    def feed(self, data: bytes) -> list[bytes]:
        """Take the bytes of one read from the socket; return the chunks of the body that are complete now."""
        self._buffer += data
        if self.broken or self.complete:
            return []
        return [chunk for chunk in self._read() if chunk]

    @property
    def rest(self) -> bytes:
        """The bytes that `feed` has not returned.

        They belong to a head or a chunk that is not complete; or they come after the end of the answer; or they are not
        HTTP.
        """
        return bytes(self._buffer)

    def _read_head(self) -> Iterator[bytes]:
        while (blank := _BLANK_LINE.search(self._buffer)) is not None:
            head = self._parsed(bytes(self._buffer[: blank.start()]))
            if head is None:
                self.broken = "the head is not HTTP"
                return
            del self._buffer[: blank.end()]
            self.head_bytes += blank.end()
            self.headers += head.headers
            if head.status >= 200:
                self.head = head
                self._begin_body(head)
                if not (self.broken or self.complete):
                    yield from self._read()
                return
        start = bytes(self._buffer[:9])
        if not b"HTTP/1.1 ".startswith(start[:5]) or len(self._buffer) > _MAX_HEAD_BYTES:
            self.broken = "the head is not HTTP"

    def _parsed(self, text: bytes) -> Head | None:
        first, *lines = re.split(rb"\r?\n", text)
        status = _STATUS_LINE.fullmatch(first)
        fields = [_HEADER.fullmatch(line) for line in lines]
        if status is None or None in fields:
            return None
        headers = [(field[1].decode("ascii"), field[2].decode("latin-1")) for field in fields if field is not None]
        return Head(int(status[1]), (status[2] or b"").decode("latin-1"), headers)

    def _begin_body(self, head: Head) -> None:
        self.framing = framing_of(self._method, head)
        if self.framing is None:
            self.broken = "content-length is not one number of at most 18 digits"
        elif self.framing == "none":
            self.complete = True
        elif self.framing == "length":
            self._left, self._read = int(head.values("content-length")[0]), self._read_length
        else:
            self._read = self._read_chunks if self.framing == "chunked" else self._read_all

    def _read_all(self) -> Iterator[bytes]:
        data = bytes(self._buffer)
        self._buffer.clear()
        yield data

    def _read_length(self) -> Iterator[bytes]:
        data = bytes(self._buffer[: self._left])
        del self._buffer[: len(data)]
        self._left -= len(data)
        self.complete = self._left == 0
        yield data

    def _read_chunks(self) -> Iterator[bytes]:
        while True:
            line = _CHUNK_SIZE.match(self._buffer)
            if line is None:
                if b"\n" in self._buffer or len(self._buffer) > _MAX_HEAD_BYTES:
                    self.broken = "a chunk has no length"
                return
            size = int(line[1], 16)
            if size == 0:
                if (end := re.compile(rb"(?:[^\r\n]+\r?\n)*\r?\n").match(self._buffer, line.end())) is not None:
                    del self._buffer[: end.end()]
                    self.complete = True
                return
            begin, end_of_data = line.end(), line.end() + size
            if len(self._buffer) < end_of_data + 2:
                return
            if self._buffer[end_of_data : end_of_data + 2] != b"\r\n":
                self.broken = "a chunk is longer than its length"
                return
            data = bytes(self._buffer[begin:end_of_data])
            del self._buffer[: end_of_data + 2]
            yield data
