"""Overwrites parts of a body with masks of the same length. JSON stays JSON, and all other bytes keep their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from .traced import TOKENS, Traced

__all__ = ["MASK", "Spot", "collapsed", "escape_at", "painted", "painted_json", "spots_of"]

MASK = b"*"
# Replaces each digit of a number, so that it stays a number. It is not 0, because JSON numbers have no leading zeros.
_DIGIT = b"1"
# A run of the digit 1 counts as a masked number if it is at least this long: known secrets are not shorter. A shorter
# run may be what was sent.
_DIGITS = 6
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_IN_NUMBER = b"0123456789.eE+-"
_HALF_ESCAPE = re.compile(rb"\\(?:u[0-9A-Fa-f]{0,3})?\Z")
_ESCAPE = re.compile(rb"\\(?:u[0-9A-Fa-f]{4}|[\"\\/bfnrt])")
# How many bytes before and after a match we look at. Nobody writes JSON with longer numbers or longer indents, and a
# limit keeps the work small.
_AROUND_BYTES = 400


@attrs.frozen(order=True)
class Spot:
    """A part of a body that has to be masked, from `start` to `end`."""

    start: int
    end: int
    is_number: bool


def spots_of(text: Traced, start: int, end: int) -> Iterator[Spot]:
    """Yield the spots of the body that hold the part of a decoded text from `start` to `end`."""
    is_number = _is_number(text.data, start, end)
    for span in text.spans(*_with_whole_escapes(text.data, start, end)):
        yield Spot(*span, is_number)


def painted(data: bytes, spots: Iterable[Spot]) -> bytes:
    """Return data with its spots overwritten: each digit of a number with `1`, each byte of a text with `*`."""
    result = bytearray(data)
    for spot in spots:
        old = data[spot.start : spot.end]
        result[spot.start : spot.end] = re.sub(rb"[0-9]", _DIGIT, old) if spot.is_number else MASK * len(old)
    return bytes(result)


def painted_json(data: bytes, spots: Iterable[Spot]) -> bytes:
    """Return JSON in which each string, number or word that a spot touches is overwritten as a whole.

    The result is JSON, even if a spot begins in one string and ends in another.
    """
    masked = painted(data, spots)
    result = bytearray(data)
    for token in TOKENS.finditer(data):
        start, end = token.span()
        if masked[start:end] == token[0] or token[0] in b"{}[]:,":
            continue
        if token[0].startswith(b'"'):
            result[start + 1 : end - 1] = MASK * (end - start - 2)
        else:  # a number stays a number, and a word such as `true` becomes one
            result[start:end] = _DIGIT * (end - start) if token[0].isalpha() else re.sub(rb"[0-9]", _DIGIT, token[0])
    return bytes(result)


def collapsed(data: bytes, spots: Iterable[Spot]) -> bytes:
    """Return data in which one mask replaces each spot, and each part that is masked already.

    All masks have the same length, so data with secrets of different lengths become equal.
    """
    parts, at = list[bytes](), 0
    for spot in sorted(spots):
        if spot.start >= at:
            parts += [data[at : spot.start], _DIGIT * _DIGITS if spot.is_number else MASK]
        at = max(at, spot.end)
    texts = re.sub(re.escape(MASK) + b"+", MASK, b"".join([*parts, data[at:]]))
    return re.sub(_DIGIT + b"{%d,}" % _DIGITS, _DIGIT, texts)


def _is_number(text: bytes, start: int, end: int) -> bool:
    """Return whether a match is a number in JSON, or a part of such a number, and not a part of a string."""
    if text[start:end].strip(_IN_NUMBER):
        return False
    before = text[max(0, start - _AROUND_BYTES) : start]
    after = text[end : end + _AROUND_BYTES]
    left, right = before.rstrip(_IN_NUMBER), after.lstrip(_IN_NUMBER)
    number = _NUMBER.fullmatch(text, start - len(before) + len(left), end + len(after) - len(right))
    return bool(number and left.rstrip()[-1:] in (b"[", b":", b",") and right.lstrip()[:1] in (b"", b"]", b"}", b","))


def _with_whole_escapes(text: bytes, start: int, end: int) -> tuple[int, int]:
    """Widen a match that begins or ends within an escape of JSON, because half an escape is not JSON."""
    start, cut = escape_at(text, start), escape_at(text, end)
    escape = _ESCAPE.match(text, cut) if cut < end else None
    return start, end if escape is None else max(end, escape.end())


def escape_at(text: bytes, at: int) -> int:
    """Return where an escape of JSON begins if `at` is a place within it; otherwise return `at`."""
    half = _HALF_ESCAPE.search(text, max(0, at - 5), at)
    if half is None:
        return at
    before = text[max(0, half.start() - _AROUND_BYTES) : half.start() + 1]
    backslashes = len(before) - len(before.rstrip(b"\\"))
    # If it is even, each pair stands for a backslash of the text, and `at` is not within an escape. If it is odd, all
    # backslashes belong to the escape: in JSON within JSON, an escape begins with several of them.
    return half.start() + 1 - backslashes if backslashes % 2 else at
