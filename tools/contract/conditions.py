"""Compare what schemas ask for by way of other schemas: `not`, `if`, `contains`, and what depends on a field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .alternatives import Alternative
from .differences import NARROWER, OTHER, WIDER, Direction
from .keywords import as_text
from .model import Document
from .steps import UNKNOWN, Inner, Step, either_way
from .subset import Subset


class Conditions:
    """Two contracts, and what is proved about their schemas, in both directions."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.kept = Subset(old, new)
        self.known = Subset(new, old)

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
            yield from self._asked(before.get(name, True), after.get(name, True), f" with {name}", "dependent-schemas")
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
        """Yield what asks for more or less: each entry of a list is one more thing that is asked for."""
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
        """Return whether one schema comes to allow more than another, less, or both."""
        return either_way(wider=self.kept.schemas(old, new), narrower=self.known.schemas(new, old))

    def _asked(self, old: Any, new: Any, place: str, rule: str) -> Iterator[Step | Inner]:
        """Yield how a schema differs that counts on a condition: in one step, where that goes one way for certain."""
        effect = self._direction(old, new)
        if effect == OTHER:
            yield Inner(old, new, place)
        elif effect:
            what = "more is asked for" if effect == NARROWER else "less is asked for"
            yield Step("changed", what, effect, place=place, rule=rule)

    def _forbidden(self, old: Any, new: Any) -> Iterator[Step]:
        effect = _turned(self._direction(old, new))
        yield Step("changed", "not", effect, reason=UNKNOWN if effect == OTHER else "", rule="not")

    def _condition(self, old: Any, new: Any) -> Iterator[Step | Inner]:
        (before, old_then, old_else), (after, new_then, new_else) = old, new
        effect = self._direction(before, after)
        yield from self._asked(old_then, new_then, " then", "then")
        yield from self._asked(old_else, new_else, " else", "else")
        if effect:
            # Who meets the condition has to do as `then` says, the others as `else` says.
            then, otherwise = (
                any(each not in (True, {}) for each in pair) for pair in ((old_then, new_then), (old_else, new_else))
            )
            effect = OTHER if then and otherwise else effect if otherwise else _turned(effect)
            yield Step("changed", "if", effect, reason=UNKNOWN if effect == OTHER else "", rule="if")

    def _contains(self, old: Any, new: Any) -> Iterator[Step]:
        least, most = ([each["min"], each["max"]] for each in (old, new))
        if least[0] != most[0]:
            effect = NARROWER if most[0] > least[0] else WIDER
            yield Step("changed", f"minContains {most[0]} instead of {least[0]}", effect, rule="min-contains")
        if least[1] != most[1]:
            looser = most[1] is None or (least[1] is not None and most[1] > least[1])
            words = [each if each is not None else "none" for each in (most[1], least[1])]
            effect = WIDER if looser else NARROWER
            yield Step("changed", f"maxContains {words[0]} instead of {words[1]}", effect, rule="max-contains")
        effect = self._direction(old["schema"], new["schema"])
        if effect:
            asks = [each["min"] > 0 for each in (old, new)]
            limits = [each["max"] is not None for each in (old, new)]
            effect = OTHER if any(asks) and any(limits) else _turned(effect) if any(limits) else effect
            yield Step("changed", "contains", effect, reason=UNKNOWN if effect == OTHER else "", rule="contains")


def _turned(effect: Direction) -> Direction:
    """Return the effect where less is allowed the more a schema takes."""
    return {WIDER: NARROWER, NARROWER: WIDER}.get(effect, effect)


def _dependent_required(old: Alternative, new: Alternative) -> Iterator[Step]:
    before, after = (
        {trigger: {*due} - {*each.required} for trigger, due in each.keywords.get("dependentRequired", {}).items()}
        for each in (old, new)
    )
    for trigger in sorted({*before, *after}):
        said, due = before.get(trigger, set()), after.get(trigger, set())
        for name in sorted(due - said - {*old.required}):
            yield Step("changed", f"required with {trigger}", NARROWER, place=f".{name}", rule="dependent-required")
        for name in sorted(said - due - {*new.required}):
            yield Step("changed", f"not required with {trigger}", WIDER, place=f".{name}", rule="dependent-required")


def _names(old: Alternative, new: Alternative) -> Iterator[Inner]:
    before, after = (each.keywords.get("propertyNames", True) for each in (old, new))
    if as_text(before) != as_text(after) or before is not True:
        text = {"type": "string"}  # which names are anyhow
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
