"""Compare the schemas of two contracts, alternative by alternative and field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import define, evolve, field

from .alternatives import ANY, Alternative, as_schema, as_text, listed_values
from .differences import NARROWER, OTHER, SAME, WIDER, Change, Difference, Direction, Findings
from .model import Document, component_name
from .values import Step, compare_bounds, compare_excluded, compare_values, ranges

_SCALARS = (("boolean",), ("string",), ("integer", "number"), (ANY,))
_LOST = {
    Direction.REQUEST: "callers may no longer count on its being understood",
    Direction.ANSWER: "callers that read it find nothing",
}
_DEFAULT = "who leaves the field out says something else"


@define
class SchemaComparison:
    """Two contracts whose schemas are compared; `findings` gathers what differs, `renamed` the components by old name.

    A place is named after the new contract: by a component, with the path from there.
    """

    old: Document
    new: Document
    findings: Findings = field(factory=Findings)
    renamed: dict[str, str] = field(factory=dict)
    compared: set[str] = field(factory=set)
    _done: set[tuple[str, ...]] = field(factory=set)
    _begun: list[tuple[str, ...]] = field(factory=list)

    def compare(self, old: Any, new: Any, where: str, direction: Direction) -> None:
        """Compare two schemas that stand in the same place."""
        self._compare_notes(old, new, where, direction)
        old_name, new_name = component_name(old), component_name(new)
        if new_name:
            where = new_name
            self.compared.add(new_name)
            self._note_rename(old_name, new_name)
        pair = (as_text(old), as_text(new), str(direction))
        # A circle of schemas leads back to a pair that is being compared, a shared schema to one that has been.
        if pair in self._begun or (where, *pair) in self._done:
            return
        self._done.add((where, *pair))
        self._begun.append(pair)
        olds, news = self.old.alternatives(old), self.new.alternatives(new)
        self._compare_alternatives(olds, news, where, direction)
        self._begun.pop()

    def _add(
        self, where: str, change: Change, what: str, effect: Direction, direction: Direction, *, reason: str = ""
    ) -> None:
        self.findings.add(Difference(where, what, change, effect, direction, reason))

    def _add_steps(self, steps: Iterable[Step], where: str, direction: Direction) -> None:
        for change, what, effect, name in steps:
            self._add(name or where, change, what, effect, direction)

    def _note_rename(self, old_name: str, new_name: str) -> None:
        if old_name and old_name not in self.new.components and new_name not in self.old.components:
            self.renamed.setdefault(old_name, new_name)

    def _compare_notes(self, old: Any, new: Any, where: str, direction: Direction) -> None:
        for key, set_to in (("readOnly", NARROWER), ("writeOnly", WIDER), ("deprecated", SAME)):
            before, after = (bool(document.note(schema, key)) for document, schema in self._both(old, new))
            if before != after:
                said, effect = (key, set_to) if after else (f"not {key}", SAME)
                reason = "it still works" if key == "deprecated" else ""
                self._add(where, "changed", said, effect, direction, reason=reason)
        before, after = (document.note(schema, "default") for document, schema in self._both(old, new))
        if as_text(before) != as_text(after):
            effect = SAME if before is None else OTHER
            reason = "what was left to the service is now said" if before is None else _DEFAULT
            self._add(
                where, "changed", f"default {_said(after)} instead of {_said(before)}", effect, direction, reason=reason
            )

    def _both(self, old: Any, new: Any) -> tuple[tuple[Document, Any], tuple[Document, Any]]:
        return (self.old, old), (self.new, new)

    def _compare_alternatives(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        types = [list(dict.fromkeys(each.type for each in side)) for side in (olds, news)]
        numbers = [[name for name in side if name in ("integer", "number")] for side in types]
        if ANY in types[0] + types[1] and not (ANY in types[0] and ANY in types[1]):
            said = f"{_either(types[1])} instead of {_either(types[0])}"
            self._add(where, "changed", said, WIDER if ANY in types[1] else NARROWER, direction)
            return
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
        self._compare_members(before, after, where, direction)

    def _compare_group(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        self._add_steps(compare_values(olds, news), where, direction)
        for old, new in zip(ranges(olds), ranges(news), strict=False):
            self._compare_inside(old, new, where, direction)
            for key, suffix in (("items", "[]"), ("contentSchema", "")):
                if key in old.keywords or key in new.keywords:
                    before, after = (each.keywords.get(key, True) for each in (old, new))
                    self.compare(before, after, where + suffix, direction)

    def _compare_inside(self, old: Alternative, new: Alternative, where: str, direction: Direction) -> None:
        self._add_steps(compare_bounds(old, new), where, direction)
        before, after = (each.keywords.get("others", {}) for each in (old, new))
        if self.old.spelled_out(before) != self.new.spelled_out(after):
            names = ", ".join(sorted({*before, *after}))
            self._add(where, "changed", names, OTHER, direction, reason="which way it goes cannot be told")

    def _compare_members(
        self, olds: Sequence[Alternative], news: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        """Compare the objects that may stand here, each with its counterpart."""
        pairs = list(self._pairs(olds, news))
        gained = [each for each in news if not any(each is after for _, after in pairs)]
        lost = [each for each in olds if not any(each is before for before, _ in pairs)]
        for new in gained:
            taken = next((each for each in olds if _takes(each, new)), None)
            reason = f"such an object was {taken.name or 'any object'} so far" if taken else ""
            self._add(where, "added", f"member {_label(new)}", SAME if taken else WIDER, direction, reason=reason)
        for old in lost:
            taken = next((each for each in news if _takes(each, old)), None)
            reason = f"such an object is {taken.name or 'any object'} from now on" if taken else ""
            self._add(where, "removed", f"member {_label(old)}", OTHER if taken else NARROWER, direction, reason=reason)
        for old, new in pairs:
            self._note_rename(old.name, new.name)
            self.compared |= {new.name} - {""}
            inside = new.name or (where if len(news) == 1 else f"{where}|{_label(new)}")
            if _both_unknown(old, new):
                counted = [value for each in gained + lost for values in each.tags.values() for value in values]
                self._compare_unknown(old, new, counted, inside, direction)
            else:
                self._compare_object(old, new, inside, direction)

    def _pairs(
        self, olds: Sequence[Alternative], news: Sequence[Alternative]
    ) -> Iterator[tuple[Alternative, Alternative]]:
        """Yield which member of the old union is which of the new one: by name, by tags, or as the only one left."""
        if len(olds) == len(news) == 1:
            yield olds[0], news[0]
            return
        left, free = list(olds), list(news)
        for fits in (_same_name, _same_tags, _both_unknown, _alone):
            for old in list(left):
                new = next((each for each in free if fits(old, each, left, free)), None)
                if new is not None:
                    left.remove(old)
                    free.remove(new)
                    yield old, new

    def _compare_unknown(
        self, old: Alternative, new: Alternative, counted: Sequence[Any], where: str, direction: Direction
    ) -> None:
        """Compare the members for unknown tags; tags of members that came or went were counted with these."""
        tag, _ = _excluded(new)
        before, after = (
            Alternative(ANY, {"excluded": [value for value in _excluded(each)[1] if value not in counted]})
            for each in (old, new)
        )
        self._add_steps(compare_excluded(before, after), f"{where}.{tag}", direction)
        self._compare_object(_without_excluded(old), _without_excluded(new), where, direction)

    def _compare_object(self, old: Alternative, new: Alternative, where: str, direction: Direction) -> None:
        self._compare_inside(old, new, where, direction)
        for name in [name for name in old.fields if name not in new.fields]:
            self._add(f"{where}.{name}", "removed", "field", OTHER, direction, reason=_LOST[direction])
        for name in [name for name in new.fields if name not in old.fields]:
            required = name in new.required
            effect = (NARROWER if required else SAME) | (WIDER if old.closed else SAME)
            kind = "required field" if required else "optional field"
            self._add(
                f"{where}.{name}",
                "added",
                kind,
                effect,
                direction,
                reason="" if effect else "any field could stand here",
            )
        for name in [name for name in new.fields if name in old.fields]:
            now, before = name in new.required, name in old.required
            if now != before:
                said = "required" if now else "not required"
                self._add(f"{where}.{name}", "changed", said, NARROWER if now else WIDER, direction)
            self.compare(old.fields[name], new.fields[name], f"{where}.{name}", direction)
        if old.closed != new.closed:
            said = "unknown fields are forbidden" if new.closed else "unknown fields are allowed"
            self._add(where, "changed", said, NARROWER if new.closed else WIDER, direction)
        elif not old.closed:
            before, after = (each.keywords.get("additionalProperties", True) for each in (old, new))
            self.compare(before, after, f"{where}.*", direction)


def _same_name(old: Alternative, new: Alternative, *_: Sequence[Alternative]) -> bool:
    return bool(old.name) and old.name == new.name


def _same_tags(old: Alternative, new: Alternative, *_: Sequence[Alternative]) -> bool:
    return any(new.tags.get(name) == values for name, values in old.tags.items())


def _both_unknown(old: Alternative, new: Alternative, *_: Sequence[Alternative]) -> bool:
    return _excluded(old)[0] == _excluded(new)[0] != ""


def _alone(old: Alternative, new: Alternative, left: Sequence[Alternative], free: Sequence[Alternative]) -> bool:
    if _excluded(old)[0] != _excluded(new)[0] or any(
        old.tags[name] != new.tags[name] for name in old.tags.keys() & new.tags.keys()
    ):
        return False
    if len(left) == len(free) == 1:
        return True
    # Among several, the one that has fields in common, and none that has more.
    common = [len(old.fields.keys() & each.fields.keys()) for each in free]
    return max(common) > 0 and free[common.index(max(common))] is new


def _excluded(alternative: Alternative) -> tuple[str, list[Any]]:
    """Return the field by which an object is of none of the known kinds, with their tags; "" if there is none."""
    for name, schema in alternative.fields.items():
        if values := listed_values(as_schema(as_schema(schema).get("not", True))):
            return name, values
    return "", []


def _without_excluded(alternative: Alternative) -> Alternative:
    name, _ = _excluded(alternative)
    field = {key: value for key, value in alternative.fields[name].items() if key != "not"}
    return evolve(alternative, keywords={**alternative.keywords, "properties": {**alternative.fields, name: field}})


def _takes(unknown: Alternative, member: Alternative) -> bool:
    """Tell whether an object for all that is not known takes a member in that the other contract names."""
    name, values = _excluded(unknown)
    tags = member.tags.get(name, [])
    if unknown.closed or (name and not tags):
        return False
    return not any(tag in values for tag in tags) if name else not unknown.fields


def _label(member: Alternative) -> str:
    tags = [str(value) for values in member.tags.values() for value in values]
    return member.name or " ".join(tags) or f"with {', '.join(member.fields) or 'any fields'}"


def _said(value: Any) -> str:
    return "none" if value is None else as_text(value)


def _either(types: Sequence[str]) -> str:
    return " or ".join(types) or "nothing"
