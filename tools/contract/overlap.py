"""Tell whether a value may match two schemas at once, which `oneOf` forbids."""

from __future__ import annotations

import math
from typing import Any

from .alternatives import ANY, Alternative, split_by_type
from .keywords import as_text, is_type, schema_beside_patterns, within_bounds
from .model import Document
from .numbers import lower, upper

_DEEPEST = 6  # schemas that contain themselves have no end, and two schemas usually differ near the top


def may_overlap(document: Document, one: Any, other: Any) -> bool:
    """Tell whether a value may match both schemas. Discriminators are ignored: JSON Schema does not have them."""
    return not _disjoint(document.untagged, one, other, 0)


def _disjoint(document: Document, one: Any, other: Any, depth: int) -> bool:
    if depth > _DEEPEST:
        return False
    firsts, seconds = (split_by_type(document.alternatives(each)) for each in (one, other))
    return all(_apart(document, first, second, depth) for first in firsts for second in seconds)


def _apart(document: Document, one: Alternative, other: Alternative, depth: int) -> bool:
    """Tell whether it is certain that no value belongs to both."""
    types = {one.type, other.type}
    if len(types - {ANY}) > 1 and types != {"integer", "number"}:
        return not (one.implied or other.implied)
    if one.values is not None or other.values is not None:
        return not _shared_values(one, other)
    if max(lower(one), lower(other)) > min(upper(one), upper(other)):
        return True
    for what in ("Length", "Items", "Properties"):
        least = max(each.keywords.get(f"min{what}", 0) for each in (one, other))
        if least > min(each.keywords.get(f"max{what}", math.inf) for each in (one, other)):
            return True
    kinds = {"object": _objects_apart, "array": _arrays_apart}
    return types <= kinds.keys() and kinds[one.type](document, one, other, depth)


def _shared_values(one: Alternative, other: Alternative) -> list[Any]:
    if one.values is not None and other.values is not None:
        texts = {as_text(value) for value in other.values}
        return [value for value in one.values if as_text(value) in texts]
    listed, spanning = (one, other) if one.values is not None else (other, one)
    return [
        value
        for value in listed.values or []
        if (spanning.type == ANY or is_type(value, spanning.type))
        and within_bounds(spanning.type, spanning.keywords, value)
    ]


def _objects_apart(document: Document, one: Alternative, other: Alternative, depth: int) -> bool:
    """Tell whether one of two objects requires a field whose two schemas have no valid value in common.

    Schemas of patterns are not compared.
    """
    for first, second in ((one, other), (other, one)):
        for name in first.required:
            here, there = (schema_beside_patterns(name, each.keywords) for each in (first, second))
            if _disjoint(document, here, there, depth + 1):
                return True
    return False


def _arrays_apart(document: Document, one: Alternative, other: Alternative, depth: int) -> bool:
    """Tell whether one of two lists requires an item whose two schemas have no valid value in common."""
    least = max(each.keywords.get("minItems", 0) for each in (one, other))
    return any(
        _disjoint(document, one.item(index), other.item(index), depth + 1) for index in range(min(int(least), 8))
    )
