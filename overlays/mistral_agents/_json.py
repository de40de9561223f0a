"""Parses JSON. For streams it uses orjson if that is installed (with the extra `speed`), else the standard library.

orjson refuses a few values, or reads them differently: integers of more than 64 bits, NaN, lone surrogates, and numbers
too large for a float. The standard library reads these in any case.

Data nested deeper than `LEVELS` is refused. Python's own limit differs between versions, from less than a thousand
levels to tens of thousands, and data just below it could be parsed but not processed further.
"""

from __future__ import annotations

import json
import re
from json.scanner import make_scanner
from typing import Any

LEVELS = 200
"""How deep lists and objects may be nested: ten times deeper than any answer. pydantic has the same limit."""

orjson: Any
try:
    import orjson
except ImportError:
    orjson = None

# Parses one value at a place in a text, and returns it with the place of its end.
_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]  # typeshed expects another class
# The fewest digits of a number that may not fit into 64 bits: -9223372036854775809 has 19.
_DIGITS = 19
_LONG_NUMBER = b"0" * _DIGITS
_ZERO_FOR_DIGIT = bytes(ord("0") if chr(byte).isdecimal() else ord(" ") for byte in range(256))
SHORT = 2 * LEVELS
"""A text of at most so many characters cannot be too deep, because each level takes at least two."""
# In a long text with few brackets, `find` looks for them faster than `count`; in a short one it is slower.
_LONG_TEXT = 16 * 1024
_NO_BRACKETS = bytes(set(range(256)) - set(b'[]{}"'))


def loads(text: str | bytes) -> Any:
    """Parse a text like `json.loads`; raises RecursionError also for a text that is nested deeper than `LEVELS`."""
    check_depth(text)
    return json.loads(text)


def check_depth(text: str | bytes) -> None:
    """Raise RecursionError for a JSON text that is nested deeper than `LEVELS`; any other text passes."""
    if len(text) <= SHORT:
        return
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if _has_few_brackets(data):
        return
    if b"\\" in data:  # an escaped character is not a bracket, and does not end a string
        data = re.sub(rb"\\.", b"", data, flags=re.DOTALL)
    depth = 0
    for bracket in re.sub(rb'"[^"]*"?', b"", data.translate(None, _NO_BRACKETS)):
        depth += 1 if bracket in b"[{" else -1
        if depth > LEVELS:
            raise RecursionError(f"nested deeper than {LEVELS} levels")


def _has_few_brackets(data: bytes) -> bool:
    """Tell whether there are at most `LEVELS` opening brackets."""
    if len(data) < _LONG_TEXT:
        return data.count(b"[") + data.count(b"{") <= LEVELS
    left = LEVELS
    for bracket in b"[", b"{":
        at = data.find(bracket)
        while at >= 0:
            if left == 0:
                return False
            left -= 1
            at = data.find(bracket, at + 1)
    return True


class Texts:
    """Parses the texts in a stream of bytes: `expect` the bytes, then `read` each text; raises like `json.loads`."""

    def __init__(self) -> None:
        self.wary = orjson is not None
        """Whether `expect` must be called."""
        self.read = _read_fast if self.wary else _read
        self.read_short = orjson.loads if self.wary else _read_short
        """Parses a text of less than `SHORT` characters faster; may raise ValueError where `read` does not."""
        self._end = b""  # the end of the previous bytes: a number may be split between two chunks

    def expect(self, data: bytes) -> None:
        """Check bytes before their texts are parsed: from a long number on, orjson is no longer used."""
        data = self._end + data
        # In 16 KiB of usual events, `rfind` takes half the time of `find`.
        if data.translate(_ZERO_FOR_DIGIT).rfind(_LONG_NUMBER) >= 0:
            self.wary, self.read, self.read_short = False, _read, _read_short
        self._end = data[1 - _DIGITS :]


def _read(text: str) -> Any:
    if len(text) > SHORT:
        check_depth(text)
    return _read_short(text)


def _read_short(text: str) -> Any:
    try:  # `json.loads` first checks its argument, which costs half as much as parsing
        data, end = _scan(text, 0)
    except (ValueError, StopIteration):
        return json.loads(text)
    return data if end == len(text) else json.loads(text)


def _read_fast(text: str) -> Any:
    if len(text) > SHORT:
        check_depth(text)
    try:
        return orjson.loads(text)
    except ValueError:
        return _read(text)
