"""What a schema allows, in a form in which spelling makes no difference.

An alternative is one of the things that a value may be, of one JSON type. `const` is an enum of one, null an
alternative like any other, a list of types as many alternatives. What is inside (fields, items) stays as it is written.
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
    beside,
    both,
    excluded_by,
    holds,
    is_type,
    item_at,
    listed_values,
    normal,
)
from .patterns import matches
from .references import COMPONENTS

ANY = "any"
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
# Of what an alternative holds, this is named otherwise in a schema, or not at all.
_NO_KEYWORDS = frozenset({"values", "excluded", "forbidden", "conditions", "contains", "pattern", "implied", "others"})
# Keywords by which other schemas join in where a value is judged; without them nothing is left unevaluated elsewhere.
_JOINING = frozenset({"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"})


@frozen
class Alternative:
    """One of the things that a value may be, with the name of its component, or "" where it is written in place.

    Among its keywords, `values` are the only ones allowed, `excluded` those that are not, `forbidden` the schemas that
    must not fit, `conditions` those under if, then and else, and `others` whatever is compared only for being the same.
    """

    type: str
    keywords: Schema = field(factory=dict)
    name: str = ""

    @property
    def key(self) -> str:
        """The same for alternatives that allow the same."""
        return f"{self.type} {as_text(self.keywords)}"

    @property
    def schema(self) -> dict[str, Any]:
        """A schema that allows the same, or most of it: what has no keyword of its own in JSON Schema is left out."""
        if self.name:
            return {"$ref": f"{COMPONENTS}{self.name}"}
        listed = {"enum": self.values} if self.values is not None else {}
        pattern = {"pattern": self.keywords["pattern"][0]} if "pattern" in self.keywords else {}
        own = {key: self.keywords[key] for key in self.keywords.keys() - _NO_KEYWORDS}
        return {**({} if self.type == ANY else {"type": self.type}), **own, **listed, **pattern}

    @property
    def values(self) -> list[Any] | None:
        """The values that it consists of; None for a range of them."""
        return self.keywords.get("values")

    @property
    def beside(self) -> dict[str, Any]:
        """What binds the listed values besides being listed."""
        return beside(self.type, self.keywords)

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of an object that have a schema of their own or are required."""
        named = self.keywords.get("properties", {})
        return {**{name: _joined(self.schemas_of_field(name)) for name in self.required if name not in named}, **named}

    @property
    def required(self) -> list[str]:
        """The names of the fields that must be there."""
        names: list[str] = self.keywords.get("required", [])
        return names

    @property
    def closed(self) -> bool:
        """Whether other fields than these are forbidden."""
        return self.keywords.get("additionalProperties") is False

    @property
    def implied(self) -> bool:
        """Whether the type is not stated: fields make it an object and items an array, and other types fit as well."""
        return bool(self.keywords.get("implied"))

    @property
    def tags(self) -> dict[str, list[Any]]:
        """The fields that tell what kind of object this is, with their values: a constant, or what a mapping says."""
        found = {name: listed_values(as_schema(schema)) for name, schema in self.fields.items()}
        return {name: values for name, values in found.items() if values}

    def schemas_of_field(self, name: str, *, unevaluated: bool = False) -> list[Any]:
        """Return the schemas that a field must match: its own, those of matching patterns, or that of all other fields.

        With `unevaluated`, `unevaluatedProperties` counts as a schema of all other fields, although another schema
        (of `allOf`, for example) may describe this field.
        """
        patterns = self.keywords.get("patternProperties", {})
        found = [schema for pattern, schema in patterns.items() if matches(pattern, name) is not False]
        named = self.keywords.get("properties", {})
        found += [named[name]] if name in named else []
        rest = self.keywords.get("unevaluatedProperties", True) if unevaluated else True
        return found or [self.keywords.get("additionalProperties", rest)]

    def item(self, index: int | None) -> Any:
        """Return the schema of the item at an index of an array, or of all that have none of their own."""
        return item_at(index, self.keywords)


def own_alternatives(schema: Schema) -> list[Alternative]:
    """Return what a schema allows by its own keywords, references and unions left aside."""
    listed = listed_values(schema) if schema.keys() & {"const", "enum"} else None
    if "const" in schema and "enum" in schema:
        among = {as_text(value) for value in listed_values({"enum": schema["enum"]})}
        listed = [value for value in listed or [] if as_text(value) in among]
    stated = schema.get("type") or _implied_types(schema, listed)
    constraints = {key: schema[key] for key in schema.keys() - NOT_A_CONSTRAINT if not key.startswith("x-")}
    if not schema.keys() & _JOINING:
        _evaluate_here(constraints)
    if "not" in schema:
        constraints |= excluded_by(schema["not"])
    constraints["implied"] = "type" not in schema and listed is None and stated != [ANY]
    found = list[Alternative]()
    for name in [stated] if isinstance(stated, str) else stated:
        keywords = normal(name, constraints)
        if keywords is None:
            continue
        if name == "boolean" or listed is not None:
            kept = _kept(name, {**keywords, "values": [False, True] if listed is None else listed})
            if kept is None:
                continue
            keywords = kept
        found.append(Alternative(name, keywords))
    return found


def _kept(name: str, keywords: dict[str, Any]) -> dict[str, Any] | None:
    """Return the listed values that keep what stands beside them, with what else binds them; None if there are none."""
    values = [value for value in keywords["values"] if is_type(value, name) and holds(name, keywords, value)]
    found = {**beside(name, {**keywords, "values": values}), "values": values}
    if name == "null":
        del found["values"]
    return found if values else None


def spread(alternatives: Iterable[Alternative]) -> list[Alternative]:
    """Return the alternatives, one that allows several types under some constraint split by type."""
    found = list[Alternative]()
    for each in alternatives:
        if each.type != ANY or not each.keywords:
            found.append(each)
            continue
        for name in (name for name in TYPES if name != "integer"):
            keywords = normal(name, each.keywords)
            if keywords is not None:
                values = {"values": [False, True]} if name == "boolean" else {}
                found.append(Alternative(name, {**keywords, **values}))
    return found


def merged(one: Alternative, other: Alternative) -> list[Alternative]:
    """Return what both allow, nothing for nothing; what implies its type says nothing of values of another."""
    types = {one.type, other.type} - {ANY}
    if types == {"integer", "number"}:
        types = {"integer"}
    if len(types) > 1:
        stated = [each for each in (one, other) if not each.implied]
        return stated if len(stated) == 1 else [] if stated else [one, other]
    (name,) = types or {ANY}
    first, second = (normal(name, each.keywords) for each in (one, other))
    keywords = None if first is None or second is None else normal(name, both(first, second))
    if keywords is None:
        return []
    if not all(each.implied or each.type == ANY for each in (one, other)):
        keywords.pop("implied", None)
    if "values" in keywords:
        keywords = _kept(name, keywords)
        if keywords is None:
            return []
    # Fields that stand beside a reference make another model of it.
    named = [each.name for each in (one, other) if each.name]
    plain = not any("properties" in each.keywords for each in (one, other) if not each.name)
    return [Alternative(name, keywords, named[0] if len(named) == 1 and plain else "")]


def _joined(schemas: list[Any]) -> Any:
    return schemas[0] if len(schemas) == 1 else {"allOf": schemas}


def _implied_types(schema: Schema, listed: list[Any] | None) -> Iterable[str]:
    if listed is not None:
        return dict.fromkeys(next(name for name in TYPES if is_type(value, name)) for value in listed)
    # A schema with fields and without a type describes objects; `implied` says that it lets through the rest, too.
    return [name for name, key in {"object": "properties", "array": "items"}.items() if key in schema] or [ANY]


def _evaluate_here(constraints: dict[str, Any]) -> None:
    """Read `unevaluated...` of a schema that no other joins as what it says about the fields and items left here."""
    for unevaluated, rest in (("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")):
        if rest in constraints:
            constraints.pop(unevaluated, None)
        elif unevaluated in constraints and not (rest == "items" and "contains" in constraints):
            constraints[rest] = constraints.pop(unevaluated)
