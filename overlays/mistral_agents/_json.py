"""Parses the JSON texts of streams, with orjson if that is installed (extra `speed`), else with the standard library.

orjson refuses a few values, or reads them differently: integers of more than 64 bits, NaN, lone surrogates, and numbers
too large for a float. The standard library parses texts with such values, even if orjson is installed.
"""

from __future__ import annotations

import json
from json.scanner import make_scanner
from typing import Any

from mistral_agents_api.nesting import SHORT, check_depth

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
        """Check bytes before their texts are parsed. After a number with too many digits, orjson is not used."""
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
