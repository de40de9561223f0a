"""The readings of a text: as it is, without percent-encoding, without the escapes of JSON, and as base64.

A text that is encoded several times, such as JSON in a string of JSON, is decoded at once. For that, a reading without
the escapes of JSON has no backslashes at all, and control characters are letters, as in their escapes: `n` for a line
break.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Iterator

__all__ = ["CUT", "Reading", "as_json", "as_percent", "readings"]

_Match = re.Match[bytes]
_PERCENT = re.compile(rb"%(?:25)*([0-9A-Fa-f]{2})")
# `\\\\*` is faster than `\\+`: Python looks for a first byte that is always the same more quickly.
_BACKSLASHES = re.compile(rb"\\\\*")
# Two surrogates are one character.
_UNICODE = re.compile(
    rb"\\\\*u(?:([dD][89abAB][0-9A-Fa-f]{2})\\\\*u([dD][c-fC-F][0-9A-Fa-f]{2})|([0-9A-Fa-f]{4}))",
)
_TO_LETTERS = bytes.maketrans(b"\b\f\n\r\t", b"bfnrt")
_TO_LETTERS_AND_SPACE = bytes.maketrans(b"\b\f\n\r\t+", b"bfnrt ")
# base64 may have line breaks; within JSON they are escaped.
_LINE_BREAKS = re.compile(rb"[\r\n]+")
_ESCAPED_LINE_BREAKS = re.compile(rb"\\\\*[nr]")
_PLUS_TO_SPACE = bytes.maketrans(b"+", b" ")
_ONE_ALPHABET = bytes.maketrans(b"-_", b"+/")
_BACKSLASH = r"(?:\\|%(?:25)*5[cC])+"
_SURROGATE = _BACKSLASH + "u[dD][89abAB][0-9A-Fa-f]{2}"
_HALF_BYTE = "%(?:25)*[0-9A-Fa-f]?"
CUT = re.compile(
    rf"(?:(?:{_SURROGATE})?(?:{_BACKSLASH}(?:u[0-9A-Fa-f]{{0,3}}|{_HALF_BYTE})?|{_HALF_BYTE})|{_SURROGATE})\Z".encode()
)
"""The beginning of an encoded character at the end of a text."""


class Reading:
    """A text, or another reading of which some parts were replaced."""

    def __init__(
        self,
        data: bytes,
        before: Reading | None = None,
        pattern: re.Pattern[bytes] | None = None,
        new: Callable[[_Match], bytes] | bytes = b"",
    ) -> None:
        self.data = data
        self._before = before
        self._pattern = pattern
        self._new = new

    def replaced(self, pattern: re.Pattern[bytes], new: Callable[[_Match], bytes] | bytes) -> Reading:
        """Replace what matches."""
        data = pattern.sub(new, self.data)
        return self if data == self.data else Reading(data, self, pattern, new)

    def translated(self, table: bytes) -> Reading:
        """Replace single bytes."""
        return Reading(self.data.translate(table), self._before, self._pattern, self._new)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return which part of the first text a part of this one is, which is not empty."""
        if self._before is None:
            return start, end
        return self._before.span(self._old(start)[0], self._old(end - 1)[1])

    def _old(self, at: int) -> tuple[int, int]:
        """Return the span in the text before of one byte."""
        starts, parts = self._parts
        number = bisect.bisect_right(starts, at) - 1
        if number < 0:
            return at, at + 1
        new_end, start, end = parts[number]
        return (start, end) if at < new_end else (end + at - new_end, end + at - new_end + 1)

    @functools.cached_property
    def _parts(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        """For each part that was replaced: where it begins; and where it ends, begins and ends in the text before."""
        starts, parts, moved = list[int](), list[tuple[int, int, int]](), 0
        matches = self._pattern.finditer(self._before.data) if self._pattern and self._before else ()
        for found in matches:
            start, end = found.span()
            size = len(self._new if isinstance(self._new, bytes) else self._new(found))
            starts.append(start + moved)
            parts.append((start + moved + size, start, end))
            moved += size - (end - start)
        return starts, parts


def readings(text: bytes) -> Iterator[tuple[str, Reading]]:
    """Yield each reading of a text that differs from the others: "plain", "json", "percent", "both" or "base64"."""
    plain = Reading(text)
    yield "plain", plain
    yield "base64", _base64(plain)
    percent = b"%" in text
    if b"\\" in text:
        yield "json", _unescaped(plain).translated(_TO_LETTERS)
    if percent:
        yield "base64", _base64(_percent_decoded(plain))
    if percent or b"+" in text:
        decoded = _percent_decoded(plain)
        yield "percent", decoded.translated(_PLUS_TO_SPACE)
        if b"\\" in decoded.data:
            yield "both", _unescaped(decoded).translated(_TO_LETTERS_AND_SPACE)


def as_percent(text: bytes) -> bytes:
    """Return a text as the reading "percent" has it."""
    return _percent_decoded(Reading(text)).data.translate(_PLUS_TO_SPACE)


def as_json(text: bytes) -> bytes:
    """Return a text as the reading "json" has it where the text is escaped."""
    return _unescaped(Reading(text)).data.translate(_TO_LETTERS)


def _percent_decoded(text: Reading) -> Reading:
    return text.replaced(_PERCENT, lambda found: bytes.fromhex(found[1].decode()))


def _unescaped(text: Reading) -> Reading:
    while (decoded := text.replaced(_UNICODE, _character)) is not text:  # a backslash may be `\u005c`
        text = decoded
    return text.replaced(_BACKSLASHES, b"")


def _character(escape: _Match) -> bytes:
    units = bytes.fromhex(b"".join(filter(None, escape.groups())).decode())
    return units.decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass")


def _base64(text: Reading) -> Reading:
    joined = text.replaced(_LINE_BREAKS, b"").replaced(_ESCAPED_LINE_BREAKS, b"")
    return _unescaped(joined).translated(_ONE_ALPHABET)
