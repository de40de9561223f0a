r"""The readings of a text: as it is, without percent-encoding, without the escapes of JSON, and as base64.

A text that is encoded several times, such as JSON in a string of JSON, is decoded in a single step. To make this
possible, the reading "json" removes all backslashes. So a line break, whose escape is `\n`, becomes the letter `n`.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Iterator

from .traced import character_of

__all__ = ["CUT", "Reading", "as_json", "as_percent", "readings"]

_Match = re.Match[bytes]
_PERCENT = re.compile(rb"%(?:25)*([0-9A-Fa-f]{2})")
# This is faster than `\\+`, because Python searches faster for a pattern that begins with a fixed byte.
_BACKSLASHES = re.compile(rb"\\\\*")
# The first backslash of several. If each of them were tried, the time for a long run would be quadratic.
_FIRST = rb"\\(?<!\\\\)"
# Two surrogates encode one character. The backslash of an escape may be escaped itself: `\u005cu005cu0061` is `a`.
_UNICODE = re.compile(
    _FIRST + rb"\\*(?:u005[cC])*u(?:([dD][89abAB][0-9A-Fa-f]{2})\\\\*u([dD][c-fC-F][0-9A-Fa-f]{2})|([0-9A-Fa-f]{4}))",
)
_TO_LETTERS = bytes.maketrans(b"\b\f\n\r\t", b"bfnrt")
_TO_LETTERS_AND_SPACE = bytes.maketrans(b"\b\f\n\r\t+", b"bfnrt ")
# base64 may have line breaks; within JSON they are escaped.
_LINE_BREAKS = re.compile(rb"[\r\n]+")
_ESCAPED_LINE_BREAKS = re.compile(_FIRST + rb"\\*[nr]")
_PLUS_TO_SPACE = bytes.maketrans(b"+", b" ")
_ONE_ALPHABET = bytes.maketrans(b"-_", b"+/")
_BACKSLASH = r"(?:\\|%(?:25)*5[cC])+"
_SURROGATE = _BACKSLASH + "u[dD][89abAB][0-9A-Fa-f]{2}"
_HALF_BYTE = "%(?:25)*[0-9A-Fa-f]?"
CUT = re.compile(
    rf"(?:(?:{_SURROGATE})?(?:{_BACKSLASH}(?:u[0-9A-Fa-f]{{0,3}}|{_HALF_BYTE})?|{_HALF_BYTE})|{_SURROGATE})\Z".encode()
)
"""Matches an encoded character that is cut off by the end of a text."""


class Reading:
    """A text as it is; or a text that was made from another reading, its `source`, by replacing parts of it."""

    def __init__(
        self,
        data: bytes,
        source: Reading | None = None,
        pattern: re.Pattern[bytes] | None = None,
        new: Callable[[_Match], bytes] | bytes = b"",
    ) -> None:
        self.data = data
        self._source = source
        self._pattern = pattern
        self._new = new

    def replaced(self, pattern: re.Pattern[bytes], new: Callable[[_Match], bytes] | bytes) -> Reading:
        """Return a reading with each match replaced; this reading itself if that changes nothing."""
        data = pattern.sub(new, self.data)
        return self if data == self.data else Reading(data, self, pattern, new)

    def translated(self, table: bytes) -> Reading:
        """Return a reading with other bytes at the same places."""
        return Reading(self.data.translate(table), self._source, self._pattern, self._new)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of this reading begins and ends in the original text. The part must not be empty."""
        if self._source is None:
            return start, end
        return self._source.span(self._span_in_source(start)[0], self._span_in_source(end - 1)[1])

    def _span_in_source(self, at: int) -> tuple[int, int]:
        """Return where the byte at this place begins and ends in the source."""
        new_starts, places = self._replacements
        number = bisect.bisect_right(new_starts, at) - 1
        if number < 0:
            return at, at + 1
        new_end, start, end = places[number]
        return (start, end) if at < new_end else (end + at - new_end, end + at - new_end + 1)

    @functools.cached_property
    def _replacements(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        """Two lists with an item for each replaced part.

        - In the first list, an item is the place in this reading where the new bytes begin.
        - In the second list, an item has three places: where the new bytes end in this reading, and where the old bytes
          begin and end in the source.
        """
        new_starts, places, moved = list[int](), list[tuple[int, int, int]](), 0
        matches = self._pattern.finditer(self._source.data) if self._pattern and self._source else ()
        for found in matches:
            start, end = found.span()
            size = len(self._new if isinstance(self._new, bytes) else self._new(found))
            new_starts.append(start + moved)
            places.append((start + moved + size, start, end))
            moved += size - (end - start)
        return new_starts, places


def readings(text: bytes) -> Iterator[tuple[str, Reading]]:
    """Yield the readings of a text, each with its kind.

    - "plain": the text as it is; always there
    - "base64": made from the plain text; always there. A text with `%` has a second one, made from the decoded text
    - "json": without the escapes of JSON, if the text has backslashes
    - "percent": without percent-encoding, if the text has `%` or `+`
    - "both": without percent-encoding, and then without the escapes of JSON, if the decoded text has backslashes
    """
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
    """Return a text without percent-encoding, in the form that the reading "percent" gives it."""
    return _percent_decoded(Reading(text)).data.translate(_PLUS_TO_SPACE)


def as_json(text: bytes) -> bytes:
    """Return a text without the escapes of JSON, in the form that the reading "json" gives it."""
    return _unescaped(Reading(text)).data.translate(_TO_LETTERS)


def _percent_decoded(text: Reading) -> Reading:
    return text.replaced(_PERCENT, lambda found: bytes.fromhex(found[1].decode()))


def _unescaped(text: Reading) -> Reading:
    while (decoded := text.replaced(_UNICODE, _character)) is not text:  # a backslash may be `\u005c`
        text = decoded
    return text.replaced(_BACKSLASHES, b"")


def _character(escape: _Match) -> bytes:
    return character_of(b"".join(filter(None, escape.groups())))


def _base64(text: Reading) -> Reading:
    joined = text.replaced(_LINE_BREAKS, b"").replaced(_ESCAPED_LINE_BREAKS, b"")
    return _unescaped(joined).translated(_ONE_ALPHABET)
