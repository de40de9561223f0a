"""Finds the values of named fields in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator

import attrs

from .traced import STRING, TOKENS, Traced, inside, unescaped

__all__ = ["Value", "named_values"]

_QUOTE = re.compile(rb"\\(?:\"|u0022)")
_COLON = re.compile(rb"\s*:")


@attrs.frozen
class Value:
    """A text without its escapes, or a number."""

    text: Traced
    is_number: bool


def named_values(text: Traced, key: re.Pattern[bytes]) -> Iterator[Value]:
    """Yield the texts and numbers in fields of JSON, at any depth, also in JSON that is inside a string of JSON.

    The JSON may be part of another text, and may be cut off.

    Args:
        text: the text to search.
        key: matches the name of a field with its quotes and the colon.
    """
    covered = 0
    for found in key.finditer(text.data):
        if found.start() >= covered:  # what is inside another named field was found with it
            end = yield from _values(text, found.end())
            if _is_json(text.data[found.end() : end]):  # otherwise it may not end there
                covered = end
    for string in STRING.finditer(text.data):
        if _QUOTE.search(string[0]):  # JSON inside a string has escaped quotes
            yield from named_values(unescaped(inside(text, string)), key)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _values(text: Traced, at: int) -> Generator[Value, None, int]:
    """Yield the texts and numbers in the value that begins here, but not the names of its fields; return its end."""
    depth = 0
    for token in TOKENS.finditer(text.data, at):
        first = token[0][:1]
        if first in b"{[":
            depth += 1
        elif first in b"}]":
            depth -= 1
        elif first == b'"':
            if not (depth and _COLON.match(text.data, token.end())):
                yield Value(unescaped(inside(text, token)), is_number=False)
        elif first in b"-0123456789":
            yield Value(text.cut(*token.span()), is_number=True)
        if depth <= 0:
            return token.end() if first in b"}]" else at
    return len(text.data) if depth else at
