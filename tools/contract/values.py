"""Compare what two versions allow of one JSON type that is no object: values, and ranges of them with their bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from .alternatives import Alternative, Schema, as_text, is_type
from .differences import NARROWER, OTHER, SAME, WIDER, Change, Direction

# Annotations: a value is written and read the same with them and without.
_HARMLESS_FORMATS = frozenset({"password", "int32", "int64", "float", "double"})
_LOWER = {"minLength": "least length", "minItems": "least number of items", "minProperties": "least number of fields"}
_UPPER = {"maxLength": "greatest length", "maxItems": "greatest number of items", "maxProperties": "most fields"}


class Step(NamedTuple):
    """A difference without its place; `name` is the component of the values, if they have one."""

    change: Change
    what: str
    effect: Direction
    name: str = ""


def compare_values(olds: Sequence[Alternative], news: Sequence[Alternative]) -> Iterator[Step]:
    """Yield how the values and ranges of one type differ; what is inside a pair of ranges is for `compare_bounds`."""
    old_values, new_values = _listed(olds), _listed(news)
    old_ranges, new_ranges = ranges(olds), ranges(news)
    name = next((each.name for each in news if each.values is not None), "")
    for text, value in new_values.items():
        if text not in old_values:
            effect = SAME if any(admits(each, value) for each in old_ranges) else WIDER
            yield Step("added", f"value {text}", effect, name)
    for text, value in old_values.items():
        if text not in new_values:
            effect = SAME if any(admits(each, value) for each in new_ranges) else NARROWER
            yield Step("removed", f"value {text}", effect, name)
    if old_ranges and news and not new_ranges:
        yield Step("changed", f"only the values {', '.join(new_values)}", NARROWER)
    elif new_ranges and olds and not old_ranges:
        yield Step("changed", "any other value besides the listed ones", WIDER)
    else:
        for surplus in new_ranges[len(old_ranges) :] if old_ranges else []:
            yield Step("added", f"another kind of {surplus.type}", WIDER)
        for surplus in old_ranges[len(new_ranges) :] if new_ranges else []:
            yield Step("removed", f"a kind of {surplus.type}", NARROWER)


def ranges(alternatives: Sequence[Alternative]) -> list[Alternative]:
    """Return the ranges, without those that are part of one without bounds."""
    found = [each for each in alternatives if each.values is None]
    unbound = [each for each in found if not each.keywords]
    widest = next((each for each in unbound if each.type == "number"), next(iter(unbound), None))
    covered = ("number", "integer") if widest and widest.type == "number" else (widest.type,) if widest else ()
    return [each for each in found if each is widest or each.type not in covered]


def _listed(alternatives: Sequence[Alternative]) -> dict[str, Any]:
    return {as_text(value): value for each in alternatives for value in each.values or ()}


def admits(alternative: Alternative, value: Any) -> bool:
    """Tell whether a value lies within a range."""
    keywords = alternative.keywords
    if not is_type(value, alternative.type) or value in keywords.get("excluded", ()):
        return False
    if isinstance(value, str):
        least, most = keywords.get("minLength", 0), keywords.get("maxLength", len(value))
        return least <= len(value) <= most and _matches(keywords.get("pattern", ""), value)
    if is_type(value, "number"):
        (low, above), (high, below) = _lower(alternative), _upper(alternative)
        return (value, 0) >= (low, above) and (value, 0) <= (high, below)
    return "others" not in keywords


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.search(pattern, value) is not None
    except re.error:  # JavaScript knows more than Python does
        return False


def compare_bounds(old: Alternative, new: Alternative) -> Iterator[Step]:
    """Yield how the bounds of two ranges differ."""
    if old.type != new.type:
        yield Step("changed", f"{new.type} instead of {old.type}", WIDER if new.type == "number" else NARROWER)
    if old.type in ("integer", "number"):
        yield from _bound("minimum", _lower(old), _lower(new), NARROWER)
        yield from _bound("maximum", _upper(old), _upper(new), WIDER)
    for names, default, raised in ((_LOWER, 0, NARROWER), (_UPPER, float("inf"), WIDER)):
        for key, what in names.items():
            before, after = ((each.keywords.get(key, default), 0) for each in (old, new))
            yield from _bound(what, before, after, raised)
    yield from _factor(old.keywords, new.keywords)
    for key in ("pattern", "format", "contentMediaType", "contentEncoding", "uniqueItems"):
        yield from _same_or_not(key, old.keywords, new.keywords)
    yield from compare_excluded(old, new)


def compare_excluded(old: Alternative, new: Alternative) -> Iterator[Step]:
    """Yield which values are forbidden, or no longer."""
    before, after = ({as_text(value) for value in each.keywords.get("excluded", ())} for each in (old, new))
    for text in sorted(after - before):
        yield Step("changed", f"value {text} forbidden", NARROWER)
    for text in sorted(before - after):
        yield Step("changed", f"value {text} allowed", WIDER)


def _lower(alternative: Alternative) -> tuple[float, int]:
    """Return the least number, and 1 if it is itself left out."""
    minimum: float = alternative.keywords.get("minimum", float("-inf"))
    exclusive: float = alternative.keywords.get("exclusiveMinimum", float("-inf"))
    if alternative.type == "integer" and exclusive > float("-inf"):
        return max(minimum, exclusive // 1 + 1), 0
    return max((minimum, 0), (exclusive, int(exclusive > float("-inf"))))


def _upper(alternative: Alternative) -> tuple[float, int]:
    """Return the greatest number, and -1 if it is itself left out."""
    maximum: float = alternative.keywords.get("maximum", float("inf"))
    exclusive: float = alternative.keywords.get("exclusiveMaximum", float("inf"))
    if alternative.type == "integer" and exclusive < float("inf"):
        return min(maximum, -(-exclusive // 1) - 1), 0
    return min((maximum, 0), (exclusive, -int(exclusive < float("inf"))))


def _bound(what: str, old: tuple[float, int], new: tuple[float, int], raised: Direction) -> Iterator[Step]:
    if old != new:
        yield Step("changed", f"{what} {_said(new)} instead of {_said(old)}", raised if new > old else OTHER ^ raised)


def _said(bound: tuple[float, int]) -> str:
    number, left_out = bound
    if number in (float("-inf"), float("inf")):
        return "none"
    return str(number) + (" (left out itself)" if left_out else "")


def _factor(old: Schema, new: Schema) -> Iterator[Step]:
    before, after = old.get("multipleOf"), new.get("multipleOf")
    if before != after:
        wider = after is None or (before is not None and before % after == 0)
        narrower = before is None or (after is not None and after % before == 0)
        effect = WIDER if wider else NARROWER if narrower else OTHER
        yield Step("changed", f"multiple of {after or 'anything'} instead of {before or 'anything'}", effect)


def _same_or_not(key: str, old: Schema, new: Schema) -> Iterator[Step]:
    before, after = old.get(key) or None, new.get(key) or None
    if before == after:
        return
    effect = NARROWER if before is None else WIDER if after is None else OTHER
    if key == "format" and {before, after} <= {None, *_HARMLESS_FORMATS}:
        effect = SAME
    said = [as_text(value) if value is not None else "none" for value in (after, before)]
    yield Step("changed", f"{key} {said[0]} instead of {said[1]}", effect)
