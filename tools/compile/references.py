"""References (`$ref`) within the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from .refusal import Refusal


def lookup(document: Mapping[str, Any], reference: Any, place: str) -> Any:
    """Return what a reference names; raises Refusal with `place`, the place of the reference, if it names nothing."""
    if not isinstance(reference, str) or not reference.startswith("#/"):
        raise Refusal(place, f"$ref {reference!r} is not supported: write '#/components/...'")
    node: Any = document
    parts = reference[2:].split("/")
    for at, part in enumerate(parts):
        name = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(node, Sequence) and name.isdecimal() and int(name) < len(node):
            node = node[int(name)]
            continue
        if not isinstance(node, Mapping) or name not in node:
            close = get_close_matches(name, [str(each) for each in node], 1) if isinstance(node, Mapping) else []
            meant = "/".join([*parts[:at], *close, *parts[at + 1 :]])
            advice = f". Is '#/{meant}' meant?" if close else ""
            raise Refusal(place, f"$ref {reference!r} names nothing in this document{advice}")
        node = node[name]
    return node


__all__ = ["lookup"]
