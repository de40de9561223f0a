"""Compare the schemas of two contracts, alternative by alternative and field by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import define, field

from .alternatives import ANY, TYPES, Alternative, split_by_type
from .conditions import Conditions
from .differences import NARROWER, OTHER, SAME, WIDER, Change, Difference, Direction, Findings
from .exclusive import compare_discriminators, compare_exclusive
from .keywords import as_text, whole
from .model import Document
from .objects import compare_objects
from .references import component_name
from .steps import UNKNOWN, Inner, Step, difference, proved_effect
from .unions import accepts, both_unknown, excluded_tags, label, pair_members, without_excluded
from .values import compare_bounds, compare_excluded, compare_values, pair_ranges

_SCALARS = (("boolean",), ("string",), ("integer", "number"))
_DEFAULT = "leaving the field out now means something else"
_ABSENT = object()
_NOTES = (("readOnly", NARROWER), ("writeOnly", WIDER), ("deprecated", SAME))


@define
class SchemaComparison:
    """Two contracts whose schemas are compared; `findings` collects the differences.

    `counterparts` maps names of components in the old contract to names in the new one. `renamed` has those of them
    whose old name is gone and whose new name is new. `compared` has the components of the new contract that were
    compared.

    A place is named in terms of the new contract: a component, and the path inside it. Without `unions`, `oneOf` is
    compared as `anyOf`, and discriminators are ignored, because two descriptions of one service may differ in them.
    """

    old: Document
    new: Document
    findings: Findings = field(factory=Findings)
    unions: bool = True
    renamed: dict[str, str] = field(factory=dict)
    counterparts: dict[str, str] = field(factory=dict)
    compared: set[str] = field(factory=set)
    _proof: Conditions = field(init=False)
    _done: set[tuple[str, ...]] = field(factory=set)
    _begun: list[tuple[str, ...]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self._proof = Conditions(self.old, self.new)

    def compare(self, old: Any, new: Any, where: str, direction: Direction) -> None:
        """Compare two schemas of the same place."""
        self._compare_notes(old, new, where, direction)
        old_name, new_name = component_name(old), component_name(new)
        if new_name:
            where = new_name
            self.compared.add(new_name)
            self._note_rename(old_name, new_name)
        pair = (as_text(old), as_text(new), str(direction))
        # Schemas that refer to themselves lead back to a pair that is being compared now. A schema that is used twice
        # leads to a pair that was compared before.
        if pair in self._begun or (where, *pair) in self._done:
            return
        self._done.add((where, *pair))
        self._begun.append(pair)
        olds, news = self.old.alternatives(old), self.new.alternatives(new)
        self._compare_alternatives(olds, news, where, direction)
        if self.unions:
            self._add_steps(compare_exclusive(self._proof, old, new), where, direction)
            self._add_steps(compare_discriminators(self._proof, old, new), where, direction)
        self._begun.pop()

    def _add_steps(self, steps: Iterable[Step | Inner], where: str, direction: Direction) -> None:
        for step in steps:
            if isinstance(step, Inner):
                self.compare(step.old, step.new, where + step.place, direction)
            else:
                self.findings.add(difference(step._replace(place=step.name or where + step.place), direction))

    def _add(self, where: str, change: Change, what: str, effect: Direction, direction: Direction) -> None:
        self.findings.add(Difference(where, what, change, effect, direction))

    def _note_rename(self, old_name: str, new_name: str) -> None:
        if old_name and new_name:
            self.counterparts.setdefault(old_name, new_name)
        if old_name and old_name not in self.new.components and new_name not in self.old.components:
            self.renamed.setdefault(old_name, new_name)

    def _compare_notes(self, old: Any, new: Any, where: str, direction: Direction) -> None:
        steps = list[Step]()
        for key, set_to in _NOTES:
            before, after = bool(self.old.note(old, key)), bool(self.new.note(new, key))
            if before != after:
                said, effect = (key, set_to) if after else (f"not {key}", SAME)
                reason = "it still works" if key == "deprecated" else ""
                steps.append(Step("changed", said, effect, reason=reason))
        before, after = (
            whole(each.note(schema, "default", _ABSENT)) for each, schema in ((self.old, old), (self.new, new))
        )
        if _said(before) != _said(after) and {_said(before), _said(after)} != {"none", "null"}:
            effect = SAME if before is _ABSENT else OTHER
            reason = "the default of the service is now documented" if before is _ABSENT else _DEFAULT
            said = f"default {_said(after)} instead of {_said(before)}"
            steps.append(Step("changed", said, effect, reason=reason, rule="default"))
        self._add_steps(steps, where, direction)

    def _compare_alternatives(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        types = [list(dict.fromkeys(each.type for each in side)) for side in (olds, news)]
        free = [any(each.type == ANY and not each.keywords for each in side) for side in (olds, news)]
        if all(free):
            return
        if any(free) and ANY not in types[0 if free[1] else 1]:
            said = f"{_either(types[1])} instead of {_either(types[0])}"
            self._add(where, "changed", said, WIDER if free[1] else NARROWER, direction)
            return
        olds, news = (
            [Alternative(name, {"values": [False, True]} if name == "boolean" else {}) for name in TYPES]
            if anything
            else split_by_type(side)
            for anything, side in zip(free, (olds, news), strict=True)
        )
        self._compare_types(olds, news, where, direction)

    def _compare_types(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        types = [list(dict.fromkeys(each.type for each in side)) for side in (olds, news)]
        numbers = [[name for name in side if name in ("integer", "number")] for side in types]
        if not set(types[0]) & set(types[1]) and not (numbers[0] and numbers[1]) and types[0] and types[1]:
            self._add(where, "changed", f"{_either(types[1])} instead of {_either(types[0])}", OTHER, direction)
            return
        for group in (*_SCALARS, ("array",), ("null",)):
            before, after = ([each for each in side if each.type in group] for side in (olds, news))
            if before and after:
                self._compare_group(before, after, where, direction)
            elif before or after:
                said = "also" if after else "never"
                self._add(
                    where, "changed", f"{said} {(before + after)[0].type}", WIDER if after else NARROWER, direction
                )
        before, after = ([each for each in side if each.type == "object"] for side in (olds, news))
        listed = [[each for each in side if each.values is not None] for side in (before, after)]
        if any(listed):
            self._compare_listed(before, after, where, direction)
        else:
            self._compare_members(before, after, where, direction)

    def _compare_listed(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        """Compare objects of which some are given as whole values in an enum."""
        if olds and news:
            self._add_steps(compare_values(olds, news), where, direction)
            self._compare_value_constraints(olds, news, where, direction)
            before, after = ([each for each in side if each.values is None] for side in (olds, news))
            if before and after:
                self._compare_members(before, after, where, direction)
        else:
            said = "also object" if news else "never object"
            self._add(where, "changed", said, WIDER if news else NARROWER, direction)

    def _compare_group(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        self._add_steps(compare_values(olds, news), where, direction)
        self._compare_value_constraints(olds, news, where, direction)
        if olds[0].type == "null":
            return
        proof = self._proof
        for pair in pair_ranges(
            olds,
            news,
            lambda old, others: proof.still_allowed.alternatives([old], others),
            lambda new, others: proof.allowed_before.alternatives([new], others),
        ):
            if isinstance(pair, Step):
                self._add_steps([pair], where, direction)
            else:
                self._compare_range(*pair, where, direction)

    def _compare_value_constraints(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        """Compare the constraints on enum values that `within_bounds` does not check.

        A value may occur in several alternatives, so the constraints of all of them are collected for each value.
        """
        before, after = dict[str, set[str]](), dict[str, set[str]]()
        for found, document, side in ((before, self.old, olds), (after, self.new, news)):
            for each in side:
                for value in [None] if each.type == "null" else each.values or []:
                    found.setdefault(as_text(value), set()).add(
                        document.spelled_out(each.unchecked) if each.unchecked else ""
                    )
        pairs = [(before[text], after[text]) for text in before.keys() & after.keys()]
        effects = {proved_effect(wider="" in now, narrower="" in was) for was, now in pairs if was != now} - {SAME}
        if effects:
            effect = effects.pop() if len(effects) == 1 else OTHER
            reason = UNKNOWN if effect == OTHER else ""
            step = Step("changed", "other constraints on the values", effect, reason=reason, rule="value-constraints")
            self._add_steps([step], where, direction)

    def _compare_range(self, old: Alternative, new: Alternative, where: str, direction: Direction) -> None:
        self._add_steps(compare_bounds(old, new), where, direction)
        self._add_steps(self._proof.compare(old, new), where, direction)
        before, after = (each.keywords.get("prefixItems", []) for each in (old, new))
        places: list[tuple[int | None, str]] = [(i, f"[{i}]") for i in range(max(len(before), len(after)))]
        if "items" in old.keywords or "items" in new.keywords:
            places.append((None, "[]"))
        self._add_steps([Inner(old.item(index), new.item(index), suffix) for index, suffix in places], where, direction)
        inside = [each.keywords.get("contentSchema", True) for each in (old, new)]
        if inside != [True, True]:
            self.compare(inside[0], inside[1], where, direction)

    def _compare_members(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        """Compare the objects that two schemas allow, each with its counterpart."""
        pairs = list(pair_members(olds, news))
        gained = [each for each in news if not any(each is after for _, after in pairs)]
        lost = [each for each in olds if not any(each is before for before, _ in pairs)]
        self._add_steps(self._added_members(gained, olds), where, direction)
        self._add_steps(self._removed_members(lost, news), where, direction)
        for old, new in pairs:
            self._note_rename(old.name, new.name)
            self.compared |= {new.name} - {""}
            inside = new.name or (where if len(news) == 1 else f"{where}|{label(new)}")
            if both_unknown(old, new):
                reported = [value for each in gained + lost for values in each.tags.values() for value in values]
                self._compare_unknown(old, new, reported, inside, direction)
            else:
                self._compare_object(old, new, inside, direction)

    def _added_members(self, gained: Sequence[Alternative], olds: Sequence[Alternative]) -> Iterable[Step]:
        for new in gained:
            taken = next((each for each in olds if accepts(each, new)), None)
            if taken is not None and not self._proof.allowed_before.alternatives([new], olds):
                taken = None
            reason = f"before, such an object was read as {taken.name or 'any object'}" if taken else ""
            yield Step("added", f"member {label(new)}", SAME if taken else WIDER, reason=reason, rule="member")

    def _removed_members(self, lost: Sequence[Alternative], news: Sequence[Alternative]) -> Iterable[Step]:
        for old in lost:
            taken = next((each for each in news if accepts(each, old)), None)
            reason = f"now, such an object is read as {taken.name or 'any object'}" if taken else ""
            effect = OTHER if taken else NARROWER
            yield Step("removed", f"member {label(old)}", effect, reason=reason, rule="member", lost=old.schema)

    def _compare_unknown(
        self, old: Alternative, new: Alternative, reported: Sequence[Any], where: str, direction: Direction
    ) -> None:
        """Compare two `Unknown...` schemas. The tags of added and removed members are ignored: `reported` has them."""
        tag, _ = excluded_tags(new)
        before, after = (
            Alternative(ANY, {"excluded": [value for value in excluded_tags(each)[1] if value not in reported]})
            for each in (old, new)
        )
        self._add_steps(compare_excluded(before, after), f"{where}.{tag}", direction)
        self._compare_object(without_excluded(old), without_excluded(new), where, direction)

    def _compare_object(self, old: Alternative, new: Alternative, where: str, direction: Direction) -> None:
        self._add_steps(compare_bounds(old, new), where, direction)
        self._add_steps(self._proof.compare(old, new), where, direction)
        self._add_steps(compare_objects(old, new, (self.old, self.new), direction), where, direction)


def _said(value: Any) -> str:
    return "none" if value is _ABSENT else as_text(value)


def _either(types: Sequence[str]) -> str:
    return " or ".join(types) or "nothing"
