"""Decoded texts whose bytes know where they were written in a body.

In the body, a text may have escapes, may be percent-encoded, or may be in several pieces. If we find something in the
decoded text, `Traced.spans` says which bytes of the body hold it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

__all__ = ["STRING", "TOKENS", "Traced", "character_of", "inside", "joined", "percent_decoded", "unescaped"]

_STRING = rb'"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?'
STRING = re.compile(_STRING)
"""A JSON string with its quotes. The last quote is missing if the JSON was cut off."""
TOKENS = re.compile(_STRING + rb"|[{}\[\]:,]|-?[0-9][0-9.eE+-]*|[^\s{}\[\]:,\"]+")
"""The tokens of JSON, also of damaged JSON."""
# Two surrogates are one character.
_ESCAPES = re.compile(rb"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.", re.DOTALL)
_SIMPLE = {rb"\n": b"\n", rb"\r": b"\r", rb"\t": b"\t", rb"\b": b"\b", rb"\f": b"\f"}
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})|\+")


@attrs.frozen
class Traced:
    """Decoded bytes. In the body, byte `i` of `data` was written from `starts[i]` to `ends[i]`, without the `gaps`."""

    data: bytes
    starts: Sequence[int]
    ends: Sequence[int]
    gaps: Sequence[tuple[int, int]] = ()
    """The bytes of the body between the pieces of a text, each from start to end.

    An escape may begin in one piece and end in the next one. Then its place includes such a gap.
    """

    @classmethod
    def of(cls, body: bytes) -> Traced:
        """Return a whole body. It is not decoded, so each byte is at its own place."""
        return cls(body, range(len(body)), range(1, len(body) + 1))

    def cut(self, start: int, end: int) -> Traced:
        """Return a part."""
        return Traced(self.data[start:end], self.starts[start:end], self.ends[start:end], self.gaps)

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the start and the end of a part in the body; several of them if it is in several pieces."""
        begin = last = -1
        for at in range(start, end):
            if self.starts[at] != last:
                yield from self._without_gaps(begin, last)
                begin = self.starts[at]
            last = self.ends[at]
        yield from self._without_gaps(begin, last)

    def _without_gaps(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        number = bisect.bisect_left(self.gaps, (begin, begin))
        while number < len(self.gaps) and self.gaps[number][0] < end:
            yield begin, self.gaps[number][0]
            begin = self.gaps[number][1]
            number += 1
        if begin < end:
            yield begin, end


def joined(parts: Iterable[Traced]) -> Traced:
    """Return texts joined to one."""
    data, starts, ends, gaps = bytearray(), list[int](), list[int](), list[tuple[int, int]]()
    for part in parts:
        if ends and part.data:
            gaps.append((ends[-1], part.starts[0]))
        data += part.data
        starts += part.starts
        ends += part.ends
    return Traced(bytes(data), starts, ends, gaps)


def inside(text: Traced, string: re.Match[bytes]) -> Traced:
    """Return the text between the quotes of a `STRING`."""
    closed = len(string[0]) > 1 and string[0].endswith(b'"')
    return text.cut(string.start() + 1, string.end() - closed)


def unescaped(text: Traced) -> Traced:
    """Return the inside of a JSON string without its escapes."""
    if b"\\" not in text.data:
        return text
    return _replaced(text, ((each.start(), each.end(), _character(each[0])) for each in _ESCAPES.finditer(text.data)))


def percent_decoded(text: Traced) -> Traced:
    """Return a part of an address without its percent-encoding."""
    decoded = ((each.span(), bytes([int(each[1], 16)]) if each[1] else b" ") for each in _PERCENT.finditer(text.data))
    return _replaced(text, ((start, end, data) for (start, end), data in decoded))


def _character(escape: bytes) -> bytes:
    if escape[1:2] != b"u" or len(escape) == 2:
        return _SIMPLE.get(escape, escape[1:])
    return character_of(escape.replace(rb"\u", b""))


def character_of(digits: bytes) -> bytes:
    """Return the UTF-8 of a character whose UTF-16, one unit or two surrogates, is given as hexadecimal digits."""
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass")


def _replaced(text: Traced, parts: Iterable[tuple[int, int, bytes]]) -> Traced:
    """Replace parts of a text. The place of the first new byte is the place of the whole old part.

    The place of each further new byte is an empty range at the end of the old part.
    """
    data, starts, ends, at = bytearray(), list[int](), list[int](), 0
    for start, end, new in parts:
        first, last = text.starts[start], text.ends[end - 1]
        data += text.data[at:start] + new
        starts += text.starts[at:start]
        ends += text.ends[at:start]
        starts += [first, *[last] * (len(new) - 1)]
        ends += [last] * len(new)
        at = end
    data += text.data[at:]
    starts += text.starts[at:]
    ends += text.ends[at:]
    return Traced(bytes(data), starts, ends, text.gaps)
