"""Prove that whatever one schema allows another allows, too, as JSON Schema means it.

What is not proved may be so all the same: the answer "no" says nothing. What is open stays open here: a field that only
the second schema describes was allowed to hold anything by the first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from attrs import define, field

from .alternatives import ANY, TYPES, Alternative, split_by_type
from .keywords import HARMLESS_FORMATS, as_text, is_multiple, is_type, unchecked, within_bounds
from .model import Document
from .numbers import lower, upper
from .overlap import may_overlap

# Compared for being the same or not there.
_LABELS = ("contentMediaType", "contentEncoding")
_COUNTED = ("Length", "Items", "Properties")
# Compared for being asked for in the same words.
_CONDITIONS = frozenset({"forbidden", "conditions", "contains", "others"})


@define
class Subset:
    """Two contracts whose schemas are compared; schemas that are compared already are taken to fit meanwhile."""

    old: Document
    new: Document
    _assumed: dict[tuple[str, str], bool] = field(factory=dict)

    def schemas(self, old: Any, new: Any) -> bool:
        """Tell whether every value of one schema is certainly one of the other."""
        if new in (True, {}) or old is False:
            return True
        pair = (as_text(old), as_text(new))
        if pair not in self._assumed:
            self._assumed[pair] = True  # a circle leads back here
            found = self.alternatives(self.old.alternatives(old), self.new.alternatives(new))
            if found and any(may_overlap(self.new, *members) for members in self.new.exclusive(new)):
                found = self.old.spelled_out(old) == self.new.spelled_out(new)
            if not found:  # what was proved on the way may rest on this
                self._assumed = {key: known for key, known in self._assumed.items() if not known}
            self._assumed[pair] = found
        return self._assumed[pair]

    def alternatives(self, olds: Sequence[Alternative], news: Sequence[Alternative]) -> bool:
        """Tell whether every value of some alternatives is certainly one of others."""
        if any(each.type == ANY and not each.keywords for each in news):
            return True
        olds, news = split_by_type(olds), split_by_type(news)
        olds = [inner for each in olds for inner in ([each] if each.type != ANY else _of_all_types())]
        return all(self._fits_any(each, news) for each in olds)

    def _fits_any(self, old: Alternative, news: Sequence[Alternative]) -> bool:
        if old.values is None:
            return any(self.alternative(old, new) for new in news)
        return all(any(self._accepts(new, value, old) for new in news) for value in old.values)

    def _accepts(self, new: Alternative, value: Any, old: Alternative) -> bool:
        if not is_type(value, new.type) or not self._conditions(old, new):
            return False
        certain = not unchecked(new.type, {**new.keywords, "values": [value]}).keys() - _CONDITIONS
        if new.values is not None:
            return certain and as_text(value) in map(as_text, new.values)
        return certain and not isinstance(value, list | dict) and within_bounds(new.type, new.keywords, value)

    def alternative(self, old: Alternative, new: Alternative) -> bool:
        """Tell whether every value of one alternative is certainly one of another."""
        if new.values is not None or (old.type != new.type and (old.type, new.type) != ("integer", "number")):
            return False
        if old.implied and not new.implied:
            return False
        kinds = {"array": self._arrays, "object": self._objects}
        return (
            _bounds(old, new)
            and self._conditions(old, new)
            and self._inner("contentSchema", old, new)
            and (old.type not in kinds or kinds[old.type](old, new))
        )

    def _inner(self, key: str, old: Alternative, new: Alternative) -> bool:
        return self.schemas(old.keywords.get(key, True), new.keywords.get(key, True))

    def _conditions(self, old: Alternative, new: Alternative) -> bool:
        """Tell whether all that `not`, `if`, `contains` and unknown keywords ask for is asked for in the same words."""
        for key in ("forbidden", "conditions", "contains"):
            before = {self.old.spelled_out(each) for each in old.keywords.get(key, [])}
            if any(self.new.spelled_out(each) not in before for each in new.keywords.get(key, [])):
                return False
        said, due = old.keywords.get("others", {}), new.keywords.get("others", {})
        return all(
            key in said and self.old.spelled_out(said[key]) == self.new.spelled_out(value) for key, value in due.items()
        )

    def _arrays(self, old: Alternative, new: Alternative) -> bool:
        count = max(len(each.keywords.get("prefixItems", [])) for each in (old, new))
        unevaluated = "unevaluatedItems" not in new.keywords or _same(old, new, "unevaluatedItems")
        places = [*range(min(count, int(min(old.keywords.get("maxItems", math.inf), count)))), None]
        return unevaluated and all(self.schemas(old.item(index), new.item(index)) for index in places)

    def _objects(self, old: Alternative, new: Alternative) -> bool:
        if not set(new.required) <= set(old.required):
            return False
        if "unevaluatedProperties" in new.keywords and not _same(old, new, "unevaluatedProperties"):
            return False
        due: dict[str, list[str]] = new.keywords.get("dependentRequired", {})
        said: dict[str, list[str]] = old.keywords.get("dependentRequired", {})
        if any(not set(names) <= {*said.get(trigger, []), *old.required} for trigger, names in due.items()):
            return False
        before, after = (each.keywords.get("dependentSchemas", {}) for each in (old, new))
        if any(not self.schemas(before.get(name, True), schema) for name, schema in after.items()):
            return False
        names = [*dict.fromkeys([*old.fields, *new.fields])]
        return (
            self._inner("propertyNames", old, new)
            and all(self._field_fits(name, old, new) for name in names)
            and self._rest_fits(old, new)
        )

    def _field_fits(self, name: str, old: Alternative, new: Alternative) -> bool:
        """Tell whether whatever may stand in a field still may: all that is due to its name, one way or another."""
        said = old.schemas_of_field(name)
        return any(each is False for each in said) or all(
            any(self.schemas(each, asked) for each in said) for asked in new.schemas_of_field(name, unevaluated=True)
        )

    def _rest_fits(self, old: Alternative, new: Alternative) -> bool:
        """Tell whether the fields that neither side names still fit."""
        said, asked = (each.keywords.get("additionalProperties", True) for each in (old, new))
        before, after = (each.keywords.get("patternProperties", {}) for each in (old, new))
        if not before and not after:
            return self.schemas(said, asked)
        if before.keys() != after.keys():  # a name may be due to any of them, or to none
            every = [said, *before.values()]
            return all(self.schemas(one, other) for one in every for other in (asked, *after.values()))
        return self.schemas(said, asked) and all(self.schemas(before[key], after[key]) for key in before)


def _bounds(old: Alternative, new: Alternative) -> bool:
    said, due = old.keywords, new.keywords
    ends = lower(old) >= lower(new) and upper(old) <= upper(new)
    least = all(said.get(f"min{what}", 0) >= due.get(f"min{what}", 0) for what in _COUNTED)
    most = all(said.get(f"max{what}", math.inf) <= due.get(f"max{what}", math.inf) for what in _COUNTED)
    factor, asked = said.get("multipleOf"), due.get("multipleOf")
    factors = asked is None or (factor is not None and is_multiple(factor, asked))
    patterns = set(due.get("pattern", [])) <= set(said.get("pattern", []))
    labels = all(due.get(key) in (None, said.get(key)) for key in _LABELS)
    form = due.get("format") in (None, said.get("format"), *HARMLESS_FORMATS)
    once = not due.get("uniqueItems") or said.get("uniqueItems", False) or said.get("maxItems", math.inf) <= 1
    excluded = [value for value in due.get("excluded", []) if is_type(value, old.type)]
    free = not any(within_bounds(old.type, said, value) for value in excluded)
    return all((ends, least, most, factors, patterns, labels, form, once, free))


def _of_all_types() -> list[Alternative]:
    found = [Alternative(name) for name in TYPES if name not in ("integer", "boolean")]
    return [*found, Alternative("boolean", {"values": [False, True]})]


def _same(old: Alternative, new: Alternative, key: str) -> bool:
    return as_text(old.keywords.get(key)) == as_text(new.keywords.get(key))
