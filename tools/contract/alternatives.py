"""What a schema allows, in a form in which spelling makes no difference.

An alternative is one of the things that a value may be, of one JSON type. `const` is an enum of one, null an
alternative like any other, a list of types as many alternatives. What is inside (fields, items) stays as it is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

Schema = Mapping[str, Any]

ANY = "any"
# Words for readers; nothing that is sent depends on them.
WORDS = frozenset({"title", "description", "summary", "example", "examples", "externalDocs", "$comment", "xml"})
# About the place where a schema stands rather than about its values.
NOTES = frozenset({"default", "deprecated", "readOnly", "writeOnly"})
# Read one by one, or no constraint at all.
_APART = frozenset({"$ref", "allOf", "anyOf", "oneOf", "discriminator", "type", "enum", "const", "not"})
_NAMES = frozenset({"$schema", "$id", "$anchor", "$defs"})
# Which keywords say something about values of which type; all others are taken to say something about any.
_KEYWORDS = {
    "string": {"minLength", "maxLength", "pattern", "contentMediaType", "contentEncoding", "contentSchema"},
    "number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "array": {"items", "minItems", "maxItems", "uniqueItems", "prefixItems", "contains", "unevaluatedItems"},
    "object": {"properties", "required", "additionalProperties", "minProperties", "maxProperties", "patternProperties"},
}
_KEYWORDS["integer"] = _KEYWORDS["number"]
_OF_ONE_TYPE = frozenset().union(*_KEYWORDS.values())
_NOT_COMPARED = {"prefixItems", "contains", "unevaluatedItems", "patternProperties"}  # but for being the same or not
_COMPARED = _OF_ONE_TYPE - _NOT_COMPARED | {"format", "values", "excluded"}
# The tighter one of two bounds.
_TIGHTER = {"minimum": max, "exclusiveMinimum": max, "maximum": min, "exclusiveMaximum": min}
_TIGHTER |= {f"min{what}": max for what in ("Length", "Items", "Properties")}
_TIGHTER |= {f"max{what}": min for what in ("Length", "Items", "Properties")}


class ContractError(Exception):
    """A document that cannot be read, or not as OpenAPI 3.1."""


@frozen
class Alternative:
    """One of the things that a value may be, with the name of its component, or "" where it is written in place.

    Among its keywords, `values` are the only ones allowed, `excluded` those that are not, and `others` holds whatever
    is compared only for being the same.
    """

    type: str
    keywords: Schema = field(factory=dict)
    name: str = ""

    @property
    def key(self) -> str:
        """The same for alternatives that allow the same."""
        return f"{self.type} {as_text(self.keywords)}"

    @property
    def values(self) -> list[Any] | None:
        """The values that it consists of; None for a range of them."""
        return self.keywords.get("values")

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of an object; one that is required only has a schema that allows anything."""
        return {**dict.fromkeys(self.required, True), **self.keywords.get("properties", {})}

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
    def tags(self) -> dict[str, list[Any]]:
        """The fields that tell what kind of object this is, with their values: a constant, or what a mapping says."""
        found = {name: listed_values(as_schema(schema)) for name, schema in self.fields.items()}
        return {name: values for name, values in found.items() if values}


def mapping(value: Any, what: str) -> Schema:
    """Return the value if it is an object; raise ContractError naming `what` if it is not."""
    if not isinstance(value, Mapping):
        raise ContractError(f"{what} should be an object: {value!r:.60}")
    return value


def as_schema(value: Any) -> Schema:
    """Return a schema as an object; true allows anything and false nothing."""
    if isinstance(value, bool):
        return {} if value else {"enum": []}
    return mapping(value, "a schema")


def as_text(value: Any) -> str:
    """Return JSON that is the same for equal values."""
    return json.dumps(value, sort_keys=True, default=str)


def listed_values(schema: Schema) -> list[Any]:
    """Return the values that a schema itself lists, as `const` or `enum`."""
    return [schema["const"]] if "const" in schema else list(schema.get("enum", []))


def is_type(value: Any, name: str) -> bool:
    """Tell whether a value is of a JSON type."""
    whole = isinstance(value, float) and value.is_integer()
    integral = whole or (isinstance(value, int) and not isinstance(value, bool))
    types = {"null": type(None), "boolean": bool, "string": str, "array": list, "object": dict, ANY: object}
    if name == "integer":
        return integral
    if name == "number":
        return integral or isinstance(value, float)
    return name in types and isinstance(value, types[name])


def own_alternatives(schema: Schema) -> list[Alternative]:
    """Return what a schema allows by its own keywords, references and unions left aside."""
    listed = listed_values(schema) if schema.keys() & {"const", "enum"} else None
    stated = schema.get("type") or _implied_types(schema, listed)
    constraints = {key: schema[key] for key in schema.keys() - _APART - WORDS - NOTES - _NAMES}
    constraints |= _excluded(schema["not"]) if "not" in schema else {}
    found = list[Alternative]()
    for name in [stated] if isinstance(stated, str) else stated:
        keywords = dict(_keywords_for(name, constraints))
        if name == "boolean" or listed is not None:
            values = [value for value in ([False, True] if listed is None else listed) if is_type(value, name)]
            if not values:
                continue
            keywords |= {"values": values} if name != "null" else {}
        found.append(Alternative(name, keywords))
    return found


def merged(one: Alternative, other: Alternative) -> Alternative | None:
    """Return what both allow; None if that is nothing."""
    types = {one.type, other.type} - {ANY}
    if types == {"integer", "number"}:
        types = {"integer"}
    if len(types) > 1:
        return None
    (name,) = types or {ANY}
    first, second = (dict(_keywords_for(name, each.keywords)) for each in (one, other))
    keywords = first | second | {key: _both(key, first[key], second[key]) for key in first.keys() & second.keys()}
    if keywords.get("values") == []:
        return None
    # Fields that stand beside a reference make another model of it.
    named = [each.name for each in (one, other) if each.name]
    plain = not any("properties" in each.keywords for each in (one, other) if not each.name)
    return Alternative(name, keywords, named[0] if len(named) == 1 and plain else "")


def _implied_types(schema: Schema, listed: list[Any] | None) -> Iterable[str]:
    if listed is not None:
        types = ("null", "boolean", "integer", "number", "string", "array", "object")
        return dict.fromkeys(next(name for name in types if is_type(value, name)) for value in listed)
    # A schema with fields and without a type describes objects, whatever else it lets through.
    return [name for name, key in {"object": "properties", "array": "items"}.items() if key in schema] or [ANY]


def _keywords_for(name: str, keywords: Schema) -> Iterator[tuple[str, Any]]:
    """Yield what says something about values of a type, under `others` what is compared only for being the same."""
    own = _KEYWORDS.get(name, _OF_ONE_TYPE if name == ANY else set())
    others: dict[str, Any] = dict(keywords.get("others", {}))
    for key in keywords:
        says_something = (key in own or key not in _OF_ONE_TYPE) and key != "others" and not key.startswith("x-")
        if says_something and key not in _COMPARED:
            others[key] = keywords[key]
        elif says_something and key == "required":
            yield key, sorted(map(str, keywords[key]))
        elif says_something and not (key == "additionalProperties" and keywords[key] in (True, {})):  # as without it
            yield key, keywords[key]
    if others:
        yield "others", others


def _excluded(schema: Any) -> dict[str, Any]:
    schema = as_schema(schema)
    if schema.keys() - WORDS - {"type"} in ({"enum"}, {"const"}):
        return {"excluded": listed_values(schema)}
    return {"others": {"not": schema}}


def _both(key: str, one: Any, other: Any) -> Any:
    """Return what is left under a keyword when two schemas say something under it."""
    if key in _TIGHTER:
        both: Any = _TIGHTER[key](one, other)
    elif key == "values":
        both = [value for value in one if as_text(value) in map(as_text, other)]
    elif key in ("required", "excluded"):
        both = sorted({*one, *other}, key=str)
    elif key == "properties":
        both = {**one, **other, **{name: _all_of(one[name], other[name]) for name in one.keys() & other.keys()}}
    elif key == "others":
        both = {**one, **{f"{name} too" if name in one else name: value for name, value in other.items()}}
    elif key in ("items", "contentSchema", "additionalProperties"):
        both = False if False in (one, other) else _all_of(one, other)
    else:
        both = one if one == other else f"{one} and {other}"
    return both


def _all_of(one: Any, other: Any) -> Any:
    """Return a schema of what both allow; flat and without repetition, so that a circle of schemas comes to an end."""
    parts = [
        part for each in (one, other) for part in (each["allOf"] if as_schema(each).keys() == {"allOf"} else [each])
    ]
    parts = list({as_text(part): part for part in parts if part not in (True, {})}.values())
    return parts[0] if len(parts) == 1 else {"allOf": parts} if parts else True
