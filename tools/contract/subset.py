"""Prove that every value that is valid for one schema is also valid for another.

The answer False means only that there is no proof: every value may be valid all the same. The rules are those of JSON
Schema. For example, the first schema allows any value in a field that only the second one describes.
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

# Keywords that must be equal in both schemas, or absent in the new one.
_LABELS = ("contentMediaType", "contentEncoding")
_COUNTED = ("Length", "Items", "Properties")
# Keywords that we do not analyse. If the new schema has one, the old schema must have it, too, written identically.
_CONDITIONS = frozenset({"forbidden", "conditions", "contains", "others"})


@define
class Subset:
    """Two contracts whose schemas are compared.

    While a pair of schemas is being compared, it is assumed to fit, so that circles of references come to an end.
    """

    old: Document
    new: Document
    _assumed: dict[tuple[str, str], bool] = field(factory=dict)

    def schemas(self, old: Any, new: Any) -> bool:
        """Tell whether every value that is valid for the old schema is certainly valid for the new one."""
        if new in (True, {}) or old is False:
            return True
        pair = (as_text(old), as_text(new))
        if pair not in self._assumed:
            self._assumed[pair] = True  # references may lead back to this pair
            found = self.alternatives(self.old.alternatives(old), self.new.alternatives(new))
            if found and any(may_overlap(self.new, *members) for members in self.new.exclusive(new)):
                found = self.old.spelled_out(old) == self.new.spelled_out(new)
            if not found:  # the proofs since then may rest on this assumption
                self._assumed = {key: known for key, known in self._assumed.items() if not known}
            self._assumed[pair] = found
        return self._assumed[pair]

    def alternatives(self, olds: Sequence[Alternative], news: Sequence[Alternative]) -> bool:
        """Tell whether every value of the old alternatives certainly belongs to one of the new ones."""
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
        """Tell whether every value of the old alternative certainly belongs to the new one."""
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
        """Tell whether the old alternative has all `not`, `if`, `contains` and unknown keywords of the new one."""
        for key in ("forbidden", "conditions", "contains"):
            texts = {self.old.spelled_out(each) for each in old.keywords.get(key, [])}
            if any(self.new.spelled_out(each) not in texts for each in new.keywords.get(key, [])):
                return False
        before, after = old.keywords.get("others", {}), new.keywords.get("others", {})
        return all(
            key in before and self.old.spelled_out(before[key]) == self.new.spelled_out(value)
            for key, value in after.items()
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
        required_with: dict[str, list[str]] = old.keywords.get("dependentRequired", {})
        added: dict[str, list[str]] = new.keywords.get("dependentRequired", {})
        if any(not set(names) <= {*required_with.get(field, []), *old.required} for field, names in added.items()):
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
        """Tell whether every old value of a field is valid for all new schemas that apply to the field."""
        before, after = old.schemas_of_field(name), new.schemas_of_field(name, unevaluated=True)
        return any(each is False for each in before) or all(
            any(self.schemas(each, schema) for each in before) for schema in after
        )

    def _rest_fits(self, old: Alternative, new: Alternative) -> bool:
        """Tell whether every old value of the fields that neither side names is still valid."""
        old_rest, new_rest = (each.keywords.get("additionalProperties", True) for each in (old, new))
        before, after = (each.keywords.get("patternProperties", {}) for each in (old, new))
        if not before and not after:
            return self.schemas(old_rest, new_rest)
        if before.keys() != after.keys():  # the name of a field may match any of the patterns, or none
            olds, news = [old_rest, *before.values()], [new_rest, *after.values()]
            return all(self.schemas(one, other) for one in olds for other in news)
        return self.schemas(old_rest, new_rest) and all(self.schemas(before[key], after[key]) for key in before)


def _bounds(old: Alternative, new: Alternative) -> bool:
    """Tell whether all bounds of the new alternative certainly hold for the values of the old one."""
    before, after = old.keywords, new.keywords
    ends = lower(old) >= lower(new) and upper(old) <= upper(new)
    least = all(before.get(f"min{what}", 0) >= after.get(f"min{what}", 0) for what in _COUNTED)
    most = all(before.get(f"max{what}", math.inf) <= after.get(f"max{what}", math.inf) for what in _COUNTED)
    old_factor, factor = before.get("multipleOf"), after.get("multipleOf")
    factors = factor is None or (old_factor is not None and is_multiple(old_factor, factor))
    patterns = set(after.get("pattern", [])) <= set(before.get("pattern", []))
    labels = all(after.get(key) in (None, before.get(key)) for key in _LABELS)
    formats = after.get("format") in (None, before.get("format"), *HARMLESS_FORMATS)
    unique = not after.get("uniqueItems") or before.get("uniqueItems", False) or before.get("maxItems", math.inf) <= 1
    excluded = [value for value in after.get("excluded", []) if is_type(value, old.type)]
    allowed = not any(within_bounds(old.type, before, value) for value in excluded)
    return all((ends, least, most, factors, patterns, labels, formats, unique, allowed))


def _of_all_types() -> list[Alternative]:
    found = [Alternative(name) for name in TYPES if name not in ("integer", "boolean")]
    return [*found, Alternative("boolean", {"values": [False, True]})]


def _same(old: Alternative, new: Alternative, key: str) -> bool:
    return as_text(old.keywords.get(key)) == as_text(new.keywords.get(key))
