"""Compare the values of one JSON type, other than object, that two versions allow.

An alternative lists its values, or it is a range: all values within some bounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .alternatives import Alternative
from .differences import NARROWER, OTHER, SAME, WIDER, Direction
from .keywords import HARMLESS_FORMATS, Schema, as_text, is_multiple, is_type, unchecked, within_bounds
from .numbers import Bound, bound_text, lower, upper
from .steps import Step

_LOWER = {"minLength": "least length", "minItems": "least number of items", "minProperties": "least number of fields"}
_UPPER = {
    "maxLength": "greatest length",
    "maxItems": "greatest number of items",
    "maxProperties": "greatest number of fields",
}
Fits = Callable[[Alternative, Sequence[Alternative]], bool]


def compare_values(olds: Sequence[Alternative], news: Sequence[Alternative]) -> Iterator[Step]:
    """Compare the listed values of one type. `pair_ranges` and `compare_bounds` compare the ranges."""
    old_values, new_values = _listed(olds), _listed(news)
    old_ranges, new_ranges = (_ranges(side) for side in (olds, news))
    name = next((each.name for each in news if each.values is not None), "")
    for text, value in new_values.items():
        if text not in old_values:
            effect = SAME if any(admits(each, value) for each in old_ranges) else WIDER
            yield Step("added", f"value {text}", effect, name, rule="value")
    for text, value in old_values.items():
        if text not in new_values:
            effect = SAME if any(admits(each, value) for each in new_ranges) else NARROWER
            yield Step("removed", f"value {text}", effect, name, rule="value", lost=value)
    if old_ranges and news and not new_ranges:
        yield Step("changed", f"only the values {', '.join(new_values)}", NARROWER, rule="values-only")
    elif new_ranges and olds and not old_ranges:
        yield Step("changed", "any other value besides the listed ones", WIDER, rule="values-any")


def pair_ranges(
    olds: Sequence[Alternative], news: Sequence[Alternative], still_allowed: Fits, allowed_before: Fits
) -> Iterator[tuple[Alternative, Alternative] | Step]:
    """Yield each range of the old version with its counterpart in the new one, and a step for each range without one.

    `still_allowed` tells whether an old range is certainly part of new ranges, and `allowed_before` whether a new range
    is certainly part of old ranges.
    """
    left, free = (ranges(side) for side in (olds, news))
    if not left or not free:
        return
    tests: list[Callable[[Alternative, Alternative], bool]] = [
        lambda old, new: old.key == new.key,
        lambda old, new: bool(old.name) and old.name == new.name,
        lambda old, new: still_allowed(old, [new]) or allowed_before(new, [old]),
        lambda _old, _new: True,
    ]
    for is_counterpart in tests:
        for old in list(left):
            new = next((each for each in free if is_counterpart(old, each)), None)
            if new is not None:
                left = [each for each in left if each is not old]
                free = [each for each in free if each is not new]
                yield old, new
    for surplus in free:
        if not allowed_before(surplus, olds):
            yield Step("added", f"another kind of {surplus.type}", WIDER, rule="kind-added")
    for surplus in left:
        if not still_allowed(surplus, news):
            yield Step("removed", f"a kind of {surplus.type}", NARROWER, rule="kind-removed")


def ranges(alternatives: Sequence[Alternative]) -> list[Alternative]:
    """Return the ranges. A range without bounds contains the others of its type, so they are left out."""
    found = _ranges(alternatives)
    unbound = [each for each in found if not each.keywords]
    widest = next((each for each in unbound if each.type == "number"), next(iter(unbound), None))
    covered = ("number", "integer") if widest and widest.type == "number" else (widest.type,) if widest else ()
    return [each for each in found if each is widest or each.type not in covered]


def _ranges(alternatives: Sequence[Alternative]) -> list[Alternative]:
    return [each for each in alternatives if each.values is None]


def _listed(alternatives: Sequence[Alternative]) -> dict[str, Any]:
    return {as_text(value): value for each in alternatives for value in each.values or ()}


def admits(alternative: Alternative, value: Any) -> bool:
    """Tell whether a value certainly belongs to a range."""
    if not is_type(value, alternative.type) or unchecked(alternative.type, {**alternative.keywords, "values": [value]}):
        return False
    return within_bounds(alternative.type, alternative.keywords, value)


def compare_bounds(old: Alternative, new: Alternative) -> Iterator[Step]:
    """Compare the bounds of two ranges."""
    if old.type != new.type:
        yield Step("changed", f"{new.type} instead of {old.type}", WIDER if new.type == "number" else NARROWER)
    if old.implied != new.implied:
        what = f"the type {new.type} is {'no longer ' if new.implied else ''}stated"
        yield Step("changed", what, WIDER if new.implied else NARROWER, rule="type-stated")
    if old.type in ("integer", "number"):
        yield from _bound("minimum", lower(old), lower(new), NARROWER)
        yield from _bound("maximum", upper(old), upper(new), WIDER)
    for names, default, raised in ((_LOWER, 0, NARROWER), (_UPPER, math.inf, WIDER)):
        for key, what in names.items():
            before, after = ((each.keywords.get(key, default), 0) for each in (old, new))
            yield from _bound(what, before, after, raised)
    yield from _factor(old.keywords, new.keywords)
    yield from _patterns(old.keywords, new.keywords)
    for key in ("format", "contentMediaType", "contentEncoding", "uniqueItems"):
        yield from _same_or_not(key, old.keywords, new.keywords)
    yield from compare_excluded(old, new)


def compare_excluded(old: Alternative, new: Alternative) -> Iterator[Step]:
    """Yield the values that are now excluded by `not`, and those that no longer are."""
    before, after = ({as_text(value): value for value in each.keywords.get("excluded", ())} for each in (old, new))
    for text in sorted(after.keys() - before.keys()):
        if within_bounds(old.type, old.keywords, after[text]):
            yield Step("changed", f"value {text} forbidden", NARROWER, rule="value-forbidden")
    for text in sorted(before.keys() - after.keys()):
        if within_bounds(new.type, new.keywords, before[text]):
            yield Step("changed", f"value {text} allowed", WIDER, rule="value-allowed")


def _bound(what: str, old: Bound, new: Bound, raised: Direction) -> Iterator[Step]:
    if old != new:
        effect = raised if new > old else OTHER ^ raised
        yield Step(
            "changed", f"{what} {bound_text(new)} instead of {bound_text(old)}", effect, rule=what.replace(" ", "-")
        )


def _factor(old: Schema, new: Schema) -> Iterator[Step]:
    before, after = old.get("multipleOf"), new.get("multipleOf")
    if before != after:
        wider = after is None or (before is not None and is_multiple(before, after))
        narrower = before is None or (after is not None and is_multiple(after, before))
        effect = WIDER if wider else NARROWER if narrower else OTHER
        what = f"multiple of {after or 'anything'} instead of {before or 'anything'}"
        yield Step("changed", what, effect, rule="multiple-of")


def _patterns(old: Schema, new: Schema) -> Iterator[Step]:
    before, after = ([*each.get("pattern", [])] for each in (old, new))
    if before != after:
        effect = NARROWER if set(before) <= set(after) else WIDER if set(after) <= set(before) else OTHER
        texts = [" and ".join(map(as_text, each)) or "none" for each in (after, before)]
        yield Step("changed", f"pattern {texts[0]} instead of {texts[1]}", effect, rule="pattern")


def _same_or_not(key: str, old: Schema, new: Schema) -> Iterator[Step]:
    before, after = old.get(key) or None, new.get(key) or None
    if before == after:
        return
    effect = NARROWER if before is None else WIDER if after is None else OTHER
    if key == "format" and {before, after} <= {None, *HARMLESS_FORMATS}:
        effect = SAME
    elif key == "format" and before in HARMLESS_FORMATS:
        effect = NARROWER
    elif key == "format" and after in HARMLESS_FORMATS:
        effect = WIDER
    texts = [as_text(value) if value is not None else "none" for value in (after, before)]
    yield Step("changed", f"{key} {texts[0]} instead of {texts[1]}", effect, rule=key)
