"""Compare a value that was sent with a schema of our contract: find what the schema does not describe.

A value may be valid without being described: an open object allows any field, an open enum any value, and an open union
any kind of object.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import define, field
from tools.contract.alternatives import ANY, TYPES, Alternative, split_by_type
from tools.contract.differences import NARROWER, NOT_SENT, OTHER, WIDER, Change, Difference, Direction, Findings
from tools.contract.keywords import Schema, as_text, is_type, pattern_schemas, whole, within_bounds
from tools.contract.model import Document
from tools.contract.patterns import matches
from tools.contract.references import component_name
from tools.contract.unions import excluded_tags

# If a schema has only these keywords, any fields are expected there, so unknown fields are not reported.
_OF_ANY_OBJECT = frozenset({"additionalProperties", "minProperties", "maxProperties", "implied"})


def schema_of(values: Sequence[Any]) -> Schema:
    """Return a schema for values that were seen: their types, their fields, and the fields that all of them have."""
    kinds = {name: [value for value in values if _kind(value) == name] for name in TYPES}
    if kinds["number"]:
        kinds["integer"] = []
    names = [name for name in TYPES if kinds[name]]
    plain = [name for name in names if name not in ("array", "object")]
    inner = [_container(kinds[name]) for name in names if name not in plain]
    if len(inner) == 1 and plain in ([], ["null"]):
        return {**inner[0], "type": [inner[0]["type"], "null"] if plain else inner[0]["type"]}
    scalars: list[Schema] = [{"type": plain[0] if len(plain) == 1 else plain}] if plain else []
    found = [*inner, *scalars]
    return found[0] if len(found) == 1 else {"anyOf": found} if found else {}


def _container(values: Sequence[Any]) -> Schema:
    if isinstance(values[0], list):
        return {"type": "array", "items": schema_of([item for value in values for item in value])}
    names = dict.fromkeys(name for value in values for name in value)
    properties = {name: schema_of([value[name] for value in values if name in value]) for name in names}
    required = [name for name in names if all(name in value for value in values)]
    found = {"required": required, "properties": properties}
    return {"type": "object", **{key: part for key, part in found.items() if part}}


def _kind(value: Any) -> str:
    return next(name for name in TYPES if is_type(value, name))


@define
class Seen:
    """Collects what our contract does not describe in the values that were sent.

    For each place, a schema is made from all values that were seen there.
    """

    ours: Document
    _found: Findings = field(factory=Findings)
    _values: dict[tuple[str, str], list[Any]] = field(factory=dict)

    def differences(self) -> Iterator[Difference]:
        """Yield what was found, each with the schema or the value to add."""
        for each in self._found:
            values = self._values.get((each.where, each.what), [])
            lost = each.lost if not values else values[0] if each.rule == "value" else schema_of(values)
            if each.rule == "member":
                (tag, value) = each.lost
                lost = {**lost, "properties": {**lost["properties"], tag: {"const": value}}}
            yield Difference(
                each.where, each.what, each.change, each.breaks, each.used_in, each.reason, rule=each.rule, lost=lost
            )

    def add(self, difference: Difference, *values: Any) -> None:
        """Add a finding, and the values that it concerns."""
        self._found.add(difference)
        self._values.setdefault((difference.where, difference.what), []).extend(values)

    def read(self, value: Any, schema: Any, where: str, direction: Direction) -> None:
        """Compare a value with the schema of the place where it was sent."""
        named = component_name(schema) or where
        alternatives = self.ours.alternatives(schema)
        if any(each.type == ANY and not each.keywords for each in alternatives):
            return
        fitting = [each for each in split_by_type(alternatives) if is_type(value, each.type)]
        if not fitting:
            self._add(where, "changed", f"never {_kind(value)}", NARROWER, direction)
        elif isinstance(value, dict):
            self._read_object(value, fitting, named, direction)
        elif isinstance(value, list):
            self._read_list(value, fitting[0], named, direction)
        else:
            self._read_scalar(value, fitting, named, direction)

    def _add(
        self, where: str, change: Change, what: str, effect: Direction, direction: Direction, *values: Any, **more: Any
    ) -> None:
        self.add(Difference(where, what, change, effect, direction, **more), *values)

    def _read_scalar(self, value: Any, fitting: Sequence[Alternative], where: str, direction: Direction) -> None:
        value = whole(value)
        if isinstance(value, str) and value and not value.strip("*"):  # a masked secret: its real value is unknown
            return
        listed = [each for each in fitting if each.values is not None and not isinstance(value, bool)]
        if any(as_text(value) in map(as_text, each.values or []) for each in fitting):
            return
        within = [each for each in fitting if each.values is None and within_bounds(each.type, each.keywords, value)]
        for each in within:
            if isinstance(value, str) and "contentSchema" in each.keywords:
                self._read_text(value, each.keywords["contentSchema"], where, direction)
                return
        if listed:
            what = f"value {as_text(value)}"
            self._add(listed[0].name or where, "removed", what, NARROWER, direction, value, rule="value")
        elif not within and isinstance(value, bool):
            self._add(where, "removed", f"value {as_text(value)}", NARROWER, direction, value, rule="value")
        elif not within:
            self._add(where, "changed", "bounds that shut out what was sent", NARROWER, direction)

    def _read_text(self, text: str, schema: Any, where: str, direction: Direction) -> None:
        try:
            content = json.loads(text)
        except ValueError:
            self._add(where, "changed", "a text that is JSON", NARROWER, direction)
            return
        self.read(content, schema, where, direction)

    def _read_list(self, value: list[Any], alternative: Alternative, where: str, direction: Direction) -> None:
        least, most = (alternative.keywords.get(key) for key in ("minItems", "maxItems"))
        if len(value) < (least or 0) or (most is not None and len(value) > most):
            self._add(where, "changed", "bounds that shut out what was sent", NARROWER, direction)
        for index, item in enumerate(value):
            own = index < len(alternative.keywords.get("prefixItems", []))
            self.read(item, alternative.item(index), f"{where}[{index if own else ''}]", direction)

    def _read_object(
        self, value: dict[str, Any], fitting: Sequence[Alternative], where: str, direction: Direction
    ) -> None:
        known = [each for each in fitting if not excluded_tags(each)[0]]
        tags = [name for each in fitting if (name := excluded_tags(each)[0])]
        if len(known) > 1 and not tags:
            tags = [name for name in known[0].tags if all(name in each.tags for each in known)]
        meant = [each for each in known if _has_tags(each, value, tags)]
        if not meant:
            tag = next((name for name in tags if isinstance(value.get(name), str)), "")
            if tag:
                lost = (tag, value[tag])
                what = f"member {value[tag]}"
                self._add(where, "removed", what, NARROWER, direction, value, rule="member", lost=lost)
            return
        best = max(meant, key=lambda each: _likeness(each, value))
        if best.values is not None:
            return
        inside = best.name or where
        free = best.keywords.keys() <= _OF_ANY_OBJECT and best.keywords.get("additionalProperties", True) is True
        if free:
            return
        for name, inner in value.items():
            self._read_field(name, inner, best, inside, direction)
        for name in best.required:
            if name not in value and not self.ours.note(best.fields[name], NOT_SENT[direction]):
                self._add(f"{inside}.{name}", "changed", "required", NARROWER, direction)

    def _read_field(self, name: str, inner: Any, alternative: Alternative, inside: str, direction: Direction) -> None:
        patterns = alternative.keywords.get("patternProperties", {})
        rest = alternative.keywords.get("additionalProperties", True)
        if name in alternative.fields:
            self.read(inner, alternative.fields[name], f"{inside}.{name}", direction)
        elif pattern_schemas(name, alternative.keywords):
            for pattern in [pattern for pattern in patterns if matches(pattern, name)]:
                self.read(inner, patterns[pattern], f"{inside}./{pattern}/", direction)
        elif rest in (True, False):
            effect = OTHER if rest is False else WIDER
            self._add(f"{inside}.{name}", "removed", "field", effect, direction, inner, rule="field")
        else:
            self.read(inner, rest, f"{inside}.*", direction)


def _has_tags(alternative: Alternative, value: dict[str, Any], tags: Sequence[str]) -> bool:
    """Tell whether an object has the tags of an alternative. A missing tag counts as the right one."""
    told = [(value[name], alternative.tags[name]) for name in tags if name in value and name in alternative.tags]
    return all(as_text(sent) in map(as_text, listed) for sent, listed in told)


def _likeness(alternative: Alternative, value: dict[str, Any]) -> tuple[bool, int]:
    return {*alternative.required} <= value.keys(), len(alternative.fields.keys() & value.keys())
