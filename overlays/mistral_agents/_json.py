"""The JSON texts of a stream as Python data, by orjson where that is installed (`speed`), or the standard library.

orjson reads otherwise, or not at all, what few texts hold: integers of more than 64 bits, NaN, lone surrogates, numbers
beyond a float, what is nested very deep. Those are left to the standard library.
"""

from __future__ import annotations

import json
from typing import Any

orjson: Any
try:
    import orjson
except ImportError:
    orjson = None

_raw_decode = json.JSONDecoder().raw_decode
# The shortest number that 64 bits may not hold: -9223372036854775809 has 19 digits.
_DIGITS = 19
_LONG_NUMBER = b"0" * _DIGITS
_ZERO_FOR_DIGIT = bytes(ord("0") if chr(byte).isdecimal() else ord(" ") for byte in range(256))
# The standard library gives up at Python's recursion limit, of which the caller has used some; orjson at 1,024 levels.
_LEVELS = 500
SHORT = 2 * _LEVELS
"""A text of so many characters may have as many levels: two are the least that a level takes."""


class Texts:
    """Reads the texts that some bytes hold: `expect` the bytes, then `read` each text; raises as `json.loads` does."""

    def __init__(self) -> None:
        self.wary = orjson is not None
        """Whether `expect` is to be called."""
        self.read = _read_fast if self.wary else _read
        self.read_short = orjson.loads if self.wary else _read
        """Reads a text of less than `SHORT` characters sooner; raises ValueError for some that `read` can read, too."""
        self._end = b""  # of the bytes before, for a number that is cut

    def expect(self, data: bytes) -> None:
        """Look at bytes before what is in them is read: after a long number nothing is left to orjson."""
        data = self._end + data
        # Of 19 digits in a row at least six are looked at when every third byte is, which takes half the time.
        few = data[::3].translate(_ZERO_FOR_DIGIT)
        if b"000000" in few and _LONG_NUMBER in data.translate(_ZERO_FOR_DIGIT):
            self.wary, self.read, self.read_short = False, _read, _read
        self._end = data[1 - _DIGITS :]


def _read(text: str) -> Any:
    try:  # `json.loads` asks about the text first, which costs half as much as reading it
        data, end = _raw_decode(text)
    except ValueError:
        return json.loads(text)
    return data if end == len(text) else json.loads(text)


def _read_fast(text: str) -> Any:
    if len(text) < SHORT or text.count("[") + text.count("{") < _LEVELS:
        try:
            return orjson.loads(text)
        except ValueError:
            pass
    return _read(text)
