"""Compare how the values of parameters and headers are written as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .alternatives import Alternative
from .differences import NARROWER, OTHER, WIDER
from .keywords import Schema, as_text
from .model import Document
from .steps import Step

_FORM = frozenset({"query", "cookie"})  # at these places, the default style is `form`, elsewhere `simple`
_SCALARS = frozenset({"string", "integer", "number", "boolean"})


def compare_serialization(old: tuple[Document, Schema], new: tuple[Document, Schema]) -> Iterator[Step]:
    """Yield the differences in how a value is written as text."""
    before, after = _written(old[1]), _written(new[1])
    # `explode` makes no difference for a value that is neither an array nor an object.
    explodes = any(each.type not in _SCALARS for side in (old, new) for each in _values(*side))
    for key in ("style", "explode") if explodes else ("style",):
        if before[key] != after[key]:
            what = f"{key} {as_text(after[key])} instead of {as_text(before[key])}"
            yield Step("changed", what, OTHER, rule=key)
    if ("content" in old[1]) != ("content" in new[1]):
        said = "in a media type" if "content" in new[1] else "as text, no longer in a media type"
        yield Step("changed", f"written {said}", OTHER, rule="content")
    for key in ("allowReserved", "allowEmptyValue"):
        if before[key] != after[key]:
            said = key if after[key] else f"not {key}"
            yield Step("changed", said, WIDER if after[key] else NARROWER, rule=key)


def _values(document: Document, parameter: Schema) -> list[Alternative]:
    return document.alternatives(parameter.get("schema", True))


def _written(parameter: Schema) -> dict[str, Any]:
    style = parameter.get("style") or ("form" if parameter.get("in") in _FORM else "simple")
    found: dict[str, Any] = {"style": style, "explode": bool(parameter.get("explode", style == "form"))}
    return found | {key: bool(parameter.get(key)) for key in ("allowReserved", "allowEmptyValue")}


def array_for(old: tuple[Document, Schema], new: tuple[Document, Schema]) -> Any | None:
    """Return the schema of the items if an array replaces a single value, and is written the same way.

    In a query, `?a=1` is a single value. It is also a list with one item, if lists repeat the name (`?a=1&a=2`).
    """
    (before, one), (after, many) = old, new
    written = _written(many)
    if many.get("in") not in _FORM or (written["style"], written["explode"]) != ("form", True):
        return None
    singles, arrays = _values(before, one), _values(after, many)
    if not singles or any(each.type not in _SCALARS for each in singles):
        return None
    if len(arrays) != 1 or not _takes_one(arrays[0]):
        return None
    item = arrays[0].item(0)
    # All values in a query are text. So if an item is a string without constraints, every value is valid.
    anything = any(each.type == "string" and not each.keywords for each in after.alternatives(item))
    return one.get("schema", True) if anything else item


def _takes_one(alternative: Alternative) -> bool:
    least, most = alternative.keywords.get("minItems", 0), alternative.keywords.get("maxItems", 1)
    return alternative.type == "array" and least <= 1 <= most
