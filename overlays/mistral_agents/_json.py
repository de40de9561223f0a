"""JSON texts as Python data; those of a stream by orjson where that is installed (`speed`), or the standard library.

orjson reads otherwise, or not at all, what few texts hold: integers of more than 64 bits, NaN, lone surrogates, numbers
beyond a float. Those are left to the standard library.

What is nested deeper than `LEVELS` is refused. Python's own limit is another one in each version, from less than a
thousand levels to tens of thousands, and data that is just not too deep to be read is too deep for what follows.
"""

from __future__ import annotations

import json
import re
from typing import Any

LEVELS = 200
"""How deep lists and objects may be nested: ten times as deep as any answer is. It is pydantic's limit, too."""

orjson: Any
try:
    import orjson
except ImportError:
    orjson = None

_raw_decode = json.JSONDecoder().raw_decode
# The shortest number that 64 bits may not hold: -9223372036854775809 has 19 digits.
_DIGITS = 19
_ZERO_FOR_DIGIT = bytes(ord("0") if chr(byte).isdecimal() else ord(" ") for byte in range(256))
_SHORT = 2 * LEVELS  # two characters are the least that a level takes
_NO_BRACKETS = bytes(set(range(256)) - set(b'[]{}"'))


def loads(text: str | bytes) -> Any:
    """Read a text as `json.loads` does; raises RecursionError for one that is nested deeper than `LEVELS`, too."""
    check_depth(text)
    return json.loads(text)


def check_depth(text: str | bytes) -> None:
    """Raise RecursionError for a JSON text that is nested deeper than `LEVELS`; any other text passes."""
    if len(text) <= _SHORT:
        return
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if data.count(b"[") + data.count(b"{") <= LEVELS:
        return
    if b"\\" in data:  # what is escaped is no bracket, and ends no string
        data = re.sub(rb"\\.", b"", data, flags=re.DOTALL)
    depth = 0
    for bracket in re.sub(rb'"[^"]*"?', b"", data.translate(None, _NO_BRACKETS)):
        depth += 1 if bracket in b"[{" else -1
        if depth > LEVELS:
            raise RecursionError(f"nested deeper than {LEVELS} levels")


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
    if len(text) > _SHORT:
        check_depth(text)
    try:  # `json.loads` asks about the text first, which costs half as much as reading it
        data, end = _raw_decode(text)
    except ValueError:
        return json.loads(text)
    return data if end == len(text) else json.loads(text)


def _read_fast(text: str) -> Any:
    if len(text) > _SHORT:
        check_depth(text)
    try:
        return orjson.loads(text)
    except ValueError:
        return _read(text)
