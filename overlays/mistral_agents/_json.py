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
_ZERO_FOR_DIGIT = bytes(ord("0") if chr(byte).isdecimal() else ord(" ") for byte in range(256))
# The standard library gives up at Python's recursion limit, of which the caller has used some; orjson at 1,024 levels.
_LEVELS = 500
_SHORT = 2 * _LEVELS  # two characters are the least that a level takes


class Texts:
    """Reads the texts that some bytes hold: `expect` the bytes, then `read` each text; raises as `json.loads` does."""

    def __init__(self) -> None:
        self.wary = orjson is not None
        """Whether `expect` is to be called."""
        self.read = _read_fast if self.wary else _read
        self._end = b""  # of the bytes before, for a number that is cut

    def expect(self, data: bytes) -> None:
        """Look at bytes before what is in them is read: after a long number nothing is left to orjson."""
        data = self._end + data
        if _has_long_number(data):
            self.wary, self.read = False, _read
        self._end = data[1 - _DIGITS :]


def _has_long_number(data: bytes) -> bool:
    # Of 19 digits in a row at least three are looked at when every sixth byte is; few places need a closer look.
    few = data[::6].translate(_ZERO_FOR_DIGIT)
    place = few.find(b"000")
    while place >= 0:
        at = 6 * place
        if data[at : at + _DIGITS - 5].isdigit():
            around = data[max(at - 5, 0) : at + _DIGITS]
            if b"0" * _DIGITS in around.translate(_ZERO_FOR_DIGIT):
                return True
        place = few.find(b"000", place + 1)
    return False


def _read(text: str) -> Any:
    try:  # `json.loads` asks about the text first, which costs half as much as reading it
        data, end = _raw_decode(text)
    except ValueError:
        return json.loads(text)
    return data if end == len(text) else json.loads(text)


def _read_fast(text: str) -> Any:
    if len(text) < _SHORT or text.count("[") + text.count("{") < _LEVELS:
        try:
            return orjson.loads(text)
        except ValueError:
            pass
    return _read(text)
