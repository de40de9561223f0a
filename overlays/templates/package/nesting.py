"""Parses JSON and refuses data that is nested too deep.

Python's own limit differs between versions, from less than a thousand levels to tens of thousands. Data just below it
can be parsed, but not be compared, copied or written again.
"""

from __future__ import annotations

import json
import re
from typing import Any

LEVELS = 200
"""How deep lists and objects may be nested: ten times deeper than any answer. pydantic has the same limit."""
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
    if isinstance(text, bytes) and not (encoding := json.detect_encoding(text)).startswith("utf-8"):
        data = text.decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")
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


__all__ = ["LEVELS", "SHORT", "check_depth", "loads"]
