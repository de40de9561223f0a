"""What a schema allows, as a list of alternatives that does not depend on how the schema is written.

An alternative describes values of one JSON type, and a schema allows the values of all its alternatives. `const`
becomes an enum with one value. Null is an alternative of its own. A list of types becomes one alternative for each
type. The schemas of fields and items stay as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from .keywords import (
    NOT_A_CONSTRAINT,
    Schema,
    as_schema,
    as_text,
    excluded_by,
    is_type,
    item_at,
    listed_values,
    merged_keywords,
    normalized,
    pattern_schemas,
    unchecked,
    within_bounds,
)
from .references import COMPONENTS

ANY = "any"
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
# Keys of `Alternative.keywords` that JSON Schema does not have, or has with another form of value.
_OWN_FORMS = frozenset({"values", "excluded", "forbidden", "conditions", "contains", "pattern", "implied", "others"})
# Keywords that apply other schemas to the same value, and so may evaluate fields and items of it.
_APPLICATORS = frozenset({"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"})


@frozen
class Alternative:
    """Values of one JSON type that a schema allows.

    `name` is the name of its component, or "" for an inline schema. `keywords` has the constraints in the form that
    `normalized` returns. These of its keys are not JSON Schema: `values` (the only values allowed), `excluded` (values
    that are not allowed), `forbidden` (schemas that a value must not match), `conditions` (for each `if`, its schema
    and those of `then` and `else`), `others` (unknown keywords, compared only for equality), and `implied` (see below).
    """

    type: str
    keywords: Schema = field(factory=dict)
    name: str = ""

    @property
    def key(self) -> str:
        """A text that is equal for two alternatives with the same type and constraints."""
        return f"{self.type} {as_text(self.keywords)}"

    @property
    def schema(self) -> dict[str, Any]:
        """The alternative as JSON Schema, without the keys in `_OWN_FORMS`, except `values` and the first pattern."""
        if self.name:
            return {"$ref": f"{COMPONENTS}{self.name}"}
        listed = {"enum": self.values} if self.values is not None else {}
        pattern = {"pattern": self.keywords["pattern"][0]} if "pattern" in self.keywords else {}
        own = {key: self.keywords[key] for key in self.keywords.keys() - _OWN_FORMS}
        return {**({} if self.type == ANY else {"type": self.type}), **own, **listed, **pattern}

    @property
    def values(self) -> list[Any] | None:
        """The values of an enum; None for an alternative that does not list its values."""
        return self.keywords.get("values")

    @property
    def unchecked(self) -> dict[str, Any]:
        """The constraints on the listed values that `within_bounds` does not check."""
        return unchecked(self.type, self.keywords)

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of an object that have a schema of their own or are required."""
        named = self.keywords.get("properties", {})
        return {**{name: _joined(self.schemas_of_field(name)) for name in self.required if name not in named}, **named}

    @property
    def required(self) -> list[str]:
        """The names of the required fields."""
        names: list[str] = self.keywords.get("required", [])
        return names

    @property
    def closed(self) -> bool:
        """Whether `additionalProperties` forbids all other fields."""
        return self.keywords.get("additionalProperties") is False

    @property
    def implied(self) -> bool:
        """Whether the schema has no `type`: then `properties` imply an object, and `items` an array.

        Values of other types are valid for such a schema, too.
        """
        return bool(self.keywords.get("implied"))

    @property
    def tags(self) -> dict[str, list[Any]]:
        """The fields whose value says which kind of object this is (`const` or `enum`), each with its values."""
        found = {name: listed_values(as_schema(schema)) for name, schema in self.fields.items()}
        return {name: values for name, values in found.items() if values}

    def schemas_of_field(self, name: str, *, unevaluated: bool = False) -> list[Any]:
        """Return the schemas that a field must match: its own, and those of matching patterns.

        If it has none of these, return the schema of all fields that the object does not describe.

        With `unevaluated`, `unevaluatedProperties` counts as a schema of all other fields, although another schema
        (of `allOf`, for example) may describe this field.
        """
        found = pattern_schemas(name, self.keywords)
        named = self.keywords.get("properties", {})
        found += [named[name]] if name in named else []
        rest = self.keywords.get("unevaluatedProperties", True) if unevaluated else True
        return found or [self.keywords.get("additionalProperties", rest)]

    def item(self, index: int | None) -> Any:
        """Return the schema of the item at an index of an array; None means any item after `prefixItems`."""
        return item_at(index, self.keywords)


def own_alternatives(schema: Schema) -> list[Alternative]:
    """Return what a schema allows by its own keywords, without its references, unions and `allOf`."""
    listed = listed_values(schema) if schema.keys() & {"const", "enum"} else None
    if "const" in schema and "enum" in schema:
        among = {as_text(value) for value in listed_values({"enum": schema["enum"]})}
        listed = [value for value in listed or [] if as_text(value) in among]
    stated = schema.get("type") or _implied_types(schema, listed)
    constraints = {key: schema[key] for key in schema.keys() - NOT_A_CONSTRAINT if not key.startswith("x-")}
    if not schema.keys() & _APPLICATORS:
        _rename_unevaluated(constraints)
    if "not" in schema:
        constraints |= excluded_by(schema["not"])
    constraints["implied"] = "type" not in schema and listed is None and stated != [ANY]
    found = list[Alternative]()
    for name in [stated] if isinstance(stated, str) else stated:
        keywords = normalized(name, constraints)
        if keywords is None:
            continue
        if name == "boolean" or listed is not None:
            kept = _with_valid_values(name, {**keywords, "values": [False, True] if listed is None else listed})
            if kept is None:
                continue
            keywords = kept
        found.append(Alternative(name, keywords))
    return found


def _with_valid_values(name: str, keywords: dict[str, Any]) -> dict[str, Any] | None:
    """Remove the listed values that break another constraint. Then remove the constraints that were checked.

    Return None if no value is left.
    """
    values = [value for value in keywords["values"] if is_type(value, name) and within_bounds(name, keywords, value)]
    found = {**unchecked(name, {**keywords, "values": values}), "values": values}
    if name == "null":
        del found["values"]
    return found if values else None


def split_by_type(alternatives: Iterable[Alternative]) -> list[Alternative]:
    """Split each alternative that has constraints and allows any type: return one alternative for each type."""
    found = list[Alternative]()
    for each in alternatives:
        if each.type != ANY or not each.keywords:
            found.append(each)
            continue
        for name in (name for name in TYPES if name != "integer"):
            keywords = normalized(name, each.keywords)
            if keywords is not None:
                values = {"values": [False, True]} if name == "boolean" else {}
                found.append(Alternative(name, {**keywords, **values}))
    return found


def merged(one: Alternative, other: Alternative) -> list[Alternative]:
    """Return the alternatives for values that both allow; an empty list if there are no such values.

    If a type is only implied, its constraints do not apply to values of other types.
    """
    types = {one.type, other.type} - {ANY}
    if types == {"integer", "number"}:
        types = {"integer"}
    if len(types) > 1:
        stated = [each for each in (one, other) if not each.implied]
        return stated if len(stated) == 1 else [] if stated else [one, other]
    (name,) = types or {ANY}
    first, second = (normalized(name, each.keywords) for each in (one, other))
    keywords = None if first is None or second is None else normalized(name, merged_keywords(first, second))
    if keywords is None:
        return []
    if not all(each.implied or each.type == ANY for each in (one, other)):
        keywords.pop("implied", None)
    if "values" in keywords:
        keywords = _with_valid_values(name, keywords)
        if keywords is None:
            return []
    # A reference with more fields beside it is not the component itself: it compiles to another model.
    named = [each.name for each in (one, other) if each.name]
    plain = not any("properties" in each.keywords for each in (one, other) if not each.name)
    return [Alternative(name, keywords, named[0] if len(named) == 1 and plain else "")]


def _joined(schemas: list[Any]) -> Any:
    return schemas[0] if len(schemas) == 1 else {"allOf": schemas}


def _implied_types(schema: Schema, listed: list[Any] | None) -> Iterable[str]:
    if listed is not None:
        return dict.fromkeys(next(name for name in TYPES if is_type(value, name)) for value in listed)
    # Without `type`, a schema with `properties` is meant for objects, but allows values of other types: see `implied`.
    return [name for name, key in {"object": "properties", "array": "items"}.items() if key in schema] or [ANY]


def _rename_unevaluated(constraints: dict[str, Any]) -> None:
    """Rename `unevaluatedProperties` and `unevaluatedItems` to `additionalProperties` and `items`.

    They mean the same if the schema applies no other schema to the value.
    """
    for unevaluated, rest in (("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")):
        if rest in constraints:
            constraints.pop(unevaluated, None)
        elif unevaluated in constraints and not (rest == "items" and "contains" in constraints):
            constraints[rest] = constraints.pop(unevaluated)
