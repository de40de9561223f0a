"""Texts within a body, with the place in the body of each of their bytes.

A text may be written with escapes, or percent-encoded, or in several pieces. Whoever finds something in it learns here
which bytes of the body that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

__all__ = ["STRING", "TOKENS", "Traced", "inside", "joined", "percent_decoded", "unescaped"]

_STRING = rb'"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?'
STRING = re.compile(_STRING)
"""A string of JSON with its quotes; the last one is missing where the JSON was cut off."""
TOKENS = re.compile(_STRING + rb"|[{}\[\]:,]|-?[0-9][0-9.eE+-]*|[^\s{}\[\]:,\"]+")
"""What JSON consists of, also JSON that is damaged."""
# Two surrogates are one character.
_ESCAPES = re.compile(rb"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.", re.DOTALL)
_SIMPLE = {rb"\n": b"\n", rb"\r": b"\r", rb"\t": b"\t", rb"\b": b"\b", rb"\f": b"\f"}
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})|\+")


@attrs.frozen
class Traced:
    """Bytes; each of them was written in the body from its start to its end."""

    data: bytes
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, body: bytes) -> Traced:
        """Return a body, in which each byte stands for itself."""
        return cls(body, range(len(body)), range(1, len(body) + 1))

    def cut(self, start: int, end: int) -> Traced:
        """Return a part."""
        return Traced(self.data[start:end], self.starts[start:end], self.ends[start:end])

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where a part is in the body: from where to where, and again if it is in several pieces."""
        begin = last = -1
        for at in range(start, end):
            if self.starts[at] != last:
                if last > begin:
                    yield begin, last
                begin = self.starts[at]
            last = self.ends[at]
        if last > begin:
            yield begin, last


def joined(parts: Iterable[Traced]) -> Traced:
    """Return texts put together."""
    data, starts, ends = bytearray(), list[int](), list[int]()
    for part in parts:
        data += part.data
        starts += part.starts
        ends += part.ends
    return Traced(bytes(data), starts, ends)


def inside(text: Traced, string: re.Match[bytes]) -> Traced:
    """Return what stands between the quotes of a `STRING`."""
    closed = len(string[0]) > 1 and string[0].endswith(b'"')
    return text.cut(string.start() + 1, string.end() - closed)


def unescaped(text: Traced) -> Traced:
    """Return the inside of a string of JSON as it is without escapes."""
    if b"\\" not in text.data:
        return text
    return _replaced(text, ((found.start(), found.end(), _meant(found[0])) for found in _ESCAPES.finditer(text.data)))


def percent_decoded(text: Traced) -> Traced:
    """Return part of an address as it is without percent encoding."""
    decoded = ((each.span(), bytes([int(each[1], 16)]) if each[1] else b" ") for each in _PERCENT.finditer(text.data))
    return _replaced(text, ((start, end, data) for (start, end), data in decoded))


def _meant(escape: bytes) -> bytes:
    if escape[1:2] != b"u" or len(escape) == 2:
        return _SIMPLE.get(escape, escape[1:])
    units = bytes.fromhex(escape.replace(rb"\u", b"").decode())
    return units.decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass")


def _replaced(text: Traced, parts: Iterable[tuple[int, int, bytes]]) -> Traced:
    """Return a text with other bytes for some of its parts; the first byte stands for all of its part."""
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
    return Traced(bytes(data), starts, ends)
