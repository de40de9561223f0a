"""Joins characters beyond U+FFFF whose halves, two surrogates, arrive in different events of a stream."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def joined(texts: Iterable[str]) -> str:
    """Join strings; the two halves of a split surrogate pair become one character."""
    text = "".join(texts)
    if text.isascii() or not _PAIR.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def split(text: str) -> tuple[str, str]:
    """Return the first half of a surrogate pair that ends a text ("" if there is none), and the rest of the text."""
    if text.isascii():
        return "", text
    half = text[-1] if "\ud800" <= text[-1] <= "\udbff" else ""
    return half, joined([text.removesuffix(half)])
