"""Compare constraints that depend on other schemas or fields: `not`, `if`, `contains`, `dependentRequired` and others.

`Conditions.compare` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .alternatives import Alternative
from .differences import NARROWER, OTHER, WIDER, Direction
from .keywords import as_text
from .model import Document
from .steps import UNKNOWN, Inner, Step, proved_effect
from .subset import Subset


class Conditions:
    """Two contracts, with a prover for each direction.

    `still_allowed` proves that the new contract allows all that the old one allows, `allowed_before` the reverse.
    """

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.still_allowed = Subset(old, new)
        self.allowed_before = Subset(new, old)

    def compare(self, old: Alternative, new: Alternative) -> Iterator[Step | Inner]:
        """Yield how the conditions of two alternatives differ."""
        for key, compare_one in (
            ("forbidden", self._forbidden),
            ("conditions", self._condition),
            ("contains", self._contains),
        ):
            word = {"forbidden": "not", "conditions": "if"}.get(key, key)
            yield from self._pairs(word, old.keywords.get(key, []), new.keywords.get(key, []), compare_one)
        yield from _dependent_required(old, new)
        before, after = (each.keywords.get("dependentSchemas", {}) for each in (old, new))
        for name in sorted({*before, *after}):
            yield from self._dependent(
                before.get(name, True), after.get(name, True), f" with {name}", "dependent-schemas"
            )
        if old.type == "object":
            yield from _names(old, new)
        for key in ("unevaluatedProperties", "unevaluatedItems"):
            yield from _presence(key, old.keywords, new.keywords)
        before, after = (each.keywords.get("others", {}) for each in (old, new))
        names = [name for name in sorted({*before, *after}) if self._differs(before.get(name), after.get(name))]
        if names:
            yield Step("changed", ", ".join(names), OTHER, reason=UNKNOWN, rule="keyword")

    def _differs(self, before: Any, after: Any) -> bool:
        return self.old.spelled_out(before) != self.new.spelled_out(after)

    def _pairs(
        self,
        word: str,
        olds: list[Any],
        news: list[Any],
        compare_one: Callable[[Any, Any], Iterator[Step | Inner]],
    ) -> Iterator[Step | Inner]:
        """Compare two lists of constraints. An added constraint allows less, a removed constraint more.

        If one constraint replaces another, compare the two with `compare_one`.
        """
        before = {self.old.spelled_out(each): each for each in olds}
        after = {self.new.spelled_out(each): each for each in news}
        lost = [before[text] for text in before if text not in after]
        gained = [after[text] for text in after if text not in before]
        if len(lost) == len(gained) == 1:
            yield from compare_one(lost[0], gained[0])
            return
        for each in gained:
            yield Step("added", f"{word} {_short(each)}", NARROWER, rule=word)
        for each in lost:
            yield Step("removed", f"{word} {_short(each)}", WIDER, rule=word)

    def _direction(self, old: Any, new: Any) -> Direction:
        """Return what is proved: WIDER, NARROWER or SAME; OTHER if nothing is proved."""
        return proved_effect(wider=self.still_allowed.schemas(old, new), narrower=self.allowed_before.schemas(new, old))

    def _dependent(self, old: Any, new: Any, place: str, rule: str) -> Iterator[Step | Inner]:
        """Compare two schemas that apply only under a condition.

        If the new one certainly allows more, or certainly less, that is one step. Otherwise their content is compared.
        """
        effect = self._direction(old, new)
        if effect == OTHER:
            yield Inner(old, new, place)
        elif effect:
            what = "stricter" if effect == NARROWER else "less strict"
            yield Step("changed", what, effect, place=place, rule=rule)

    def _forbidden(self, old: Any, new: Any) -> Iterator[Step]:
        effect = _inverted(self._direction(old, new))
        yield Step("changed", "not", effect, reason=UNKNOWN if effect == OTHER else "", rule="not")

    def _condition(self, old: Any, new: Any) -> Iterator[Step | Inner]:
        (before, old_then, old_else), (after, new_then, new_else) = old, new
        effect = self._direction(before, after)
        yield from self._dependent(old_then, new_then, " then", "then")
        yield from self._dependent(old_else, new_else, " else", "else")
        if effect:
            # If `if` matches more values, more of them must match `then`, and fewer `else`.
            then, otherwise = (
                any(each not in (True, {}) for each in pair) for pair in ((old_then, new_then), (old_else, new_else))
            )
            effect = OTHER if then and otherwise else effect if otherwise else _inverted(effect)
            yield Step("changed", "if", effect, reason=UNKNOWN if effect == OTHER else "", rule="if")

    def _contains(self, old: Any, new: Any) -> Iterator[Step]:
        before, after = old["min"], new["min"]
        if before != after:
            effect = NARROWER if after > before else WIDER
            yield Step("changed", f"minContains {after} instead of {before}", effect, rule="min-contains")
        before, after = old["max"], new["max"]
        if before != after:
            looser = after is None or (before is not None and after > before)
            words = [each if each is not None else "none" for each in (after, before)]
            effect = WIDER if looser else NARROWER
            yield Step("changed", f"maxContains {words[0]} instead of {words[1]}", effect, rule="max-contains")
        effect = self._direction(old["schema"], new["schema"])
        if effect:
            has_minimum = any(each["min"] > 0 for each in (old, new))
            has_maximum = any(each["max"] is not None for each in (old, new))
            effect = OTHER if has_minimum and has_maximum else _inverted(effect) if has_maximum else effect
            yield Step("changed", "contains", effect, reason=UNKNOWN if effect == OTHER else "", rule="contains")


def _inverted(effect: Direction) -> Direction:
    """Swap WIDER and NARROWER: the more values match a schema under `not`, the fewer are allowed."""
    return {WIDER: NARROWER, NARROWER: WIDER}.get(effect, effect)


def _dependent_required(old: Alternative, new: Alternative) -> Iterator[Step]:
    before, after = (
        {field: {*names} - {*each.required} for field, names in each.keywords.get("dependentRequired", {}).items()}
        for each in (old, new)
    )
    for field in sorted({*before, *after}):
        was, now = before.get(field, set()), after.get(field, set())
        for name in sorted(now - was - {*old.required}):
            yield Step("changed", f"required with {field}", NARROWER, place=f".{name}", rule="dependent-required")
        for name in sorted(was - now - {*new.required}):
            yield Step("changed", f"not required with {field}", WIDER, place=f".{name}", rule="dependent-required")


def _names(old: Alternative, new: Alternative) -> Iterator[Inner]:
    before, after = (each.keywords.get("propertyNames", True) for each in (old, new))
    if as_text(before) != as_text(after) or before is not True:
        text = {"type": "string"}  # names of fields are always strings
        yield Inner({"allOf": [text, before]}, {"allOf": [text, after]}, " names")


def _presence(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Step | Inner]:
    if key in old and key in new:
        yield Inner(old[key], new[key], f" {key}")
    elif key in new:
        yield Step("added", key, NARROWER)
    elif key in old:
        yield Step("removed", key, WIDER)


def _short(part: Any) -> str:
    text = as_text(part)
    return text if len(text) <= 60 else f"{text[:57]}..."
