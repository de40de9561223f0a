"""Normalize the keywords of a schema: leave out those without effect, and write equal constraints in the same way."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .patterns import matches, matches_everything

Schema = Mapping[str, Any]

# Keywords for human readers. Requests and answers do not depend on them.
WORDS = frozenset({"title", "description", "summary", "example", "examples", "externalDocs", "$comment", "xml"})
# Keywords about the place where a schema is used, not about its values.
NOTES = frozenset({"default", "deprecated", "readOnly", "writeOnly"})
# Keywords that other functions read; names; and the keywords above. None of these is compared as a constraint.
_APART = frozenset({"$ref", "allOf", "anyOf", "oneOf", "discriminator", "type", "enum", "const", "not"})
_NAMES = frozenset({"$schema", "$id", "$anchor", "$defs", "definitions"})
NOT_A_CONSTRAINT = _APART | _NAMES | WORDS | NOTES
# The keywords that apply only to values of one type. All others are taken to apply to values of any type.
_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
_ARRAYS = {"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "unevaluatedItems"}
_KEYWORDS = {
    "string": {"minLength", "maxLength", "pattern", "contentMediaType", "contentEncoding", "contentSchema"},
    "number": _NUMBERS,
    "integer": _NUMBERS,
    "array": _ARRAYS | {"minContains", "maxContains"},
    "object": {"properties", "required", "additionalProperties", "minProperties", "maxProperties", "patternProperties"}
    | {"propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedProperties"},
}
_OF_ONE_TYPE = frozenset().union(*_KEYWORDS.values())
_OF_ANY_TYPE = frozenset({"format", "values", "excluded", "forbidden", "conditions", "others", "implied"})
_OF_ANY_TYPE |= {"if", "then", "else"}
# How to choose the stricter of two bounds.
_TIGHTER = {"minimum": max, "exclusiveMinimum": max, "maximum": min, "exclusiveMaximum": min}
_TIGHTER |= {f"min{what}": max for what in ("Length", "Items", "Properties")}
_TIGHTER |= {f"max{what}": min for what in ("Length", "Items", "Properties")}
_LISTS = frozenset({"required", "excluded", "forbidden", "conditions", "contains", "pattern"})
_SCHEMAS = frozenset({"items", "contentSchema", "propertyNames", "unevaluatedItems", "unevaluatedProperties"})
# Values of keywords that mean the same as leaving the keyword out.
_NO_EFFECT: dict[str, Any] = {"minLength": 0, "minItems": 0, "minProperties": 0, "uniqueItems": False}
_NO_EFFECT |= {"items": True, "propertyNames": True, "unevaluatedItems": True, "unevaluatedProperties": True}
_NO_EFFECT |= {"additionalProperties": True, "patternProperties": {}, "dependentRequired": {}, "dependentSchemas": {}}
_NO_EFFECT |= {"required": [], "prefixItems": [], "pattern": [], "excluded": [], "forbidden": [], "conditions": []}
_NO_EFFECT |= {"contains": [], "others": {}, "properties": {}, "implied": False, "contentSchema": True}
# The keywords that `within_bounds` can check for a listed value.
_CHECKED = frozenset({"values", "excluded", "minLength", "maxLength", "multipleOf", "implied"} | _NUMBERS)

# Formats that change nothing in how a value is written or read.
HARMLESS_FORMATS = frozenset({"password", "int32", "int64", "float", "double"})


class ContractError(Exception):
    """A document that cannot be read, or that is not valid OpenAPI."""


def mapping(value: Any, what: str) -> Schema:
    """Return the value if it is an object, otherwise raise ContractError; `what` names the value in the message."""
    if not isinstance(value, Mapping):
        raise ContractError(f"{what} should be an object, not {value!r:.60}")
    return value


def as_schema(value: Any) -> Schema:
    """Return a schema as an object: true becomes a schema for any value, and false a schema for no value."""
    if isinstance(value, bool):
        return {} if value else {"enum": []}
    return mapping(value, "a schema")


def as_text(value: Any) -> str:
    """Return JSON that is the same for equal values."""
    return json.dumps(value, sort_keys=True, default=str)


def listed_values(schema: Schema) -> list[Any]:
    """Return the values of `const` or `enum`; 1.0 becomes 1, because JSON Schema takes them for the same number."""
    return [whole(value) for value in ([schema["const"]] if "const" in schema else schema.get("enum", []))]


def whole(value: Any) -> Any:
    """Return a value in which each whole number is an int, also inside lists and objects."""
    if isinstance(value, dict):
        return {key: whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def is_type(value: Any, name: str) -> bool:
    """Tell whether a value is of a JSON type."""
    whole = isinstance(value, float) and value.is_integer()
    integral = whole or (isinstance(value, int) and not isinstance(value, bool))
    types = {"null": type(None), "boolean": bool, "string": str, "array": list, "object": dict, "any": object}
    if name == "integer":
        return integral
    if name == "number":
        return integral or isinstance(value, float)
    return name in types and isinstance(value, types[name])


def excluded_by(schema: Any) -> dict[str, Any]:
    """Return what `not` means: a list of excluded values, or a schema that a value must not match."""
    schema = as_schema(schema)
    if schema.keys() - WORDS - {"type"} in ({"enum"}, {"const"}):
        types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type")
        listed = listed_values(schema)
        return {"excluded": [value for value in listed if types is None or any(is_type(value, each) for each in types)]}
    return {"forbidden": [schema]}


def normalized(name: str, keywords: Schema) -> dict[str, Any] | None:
    """Return the keywords that apply to values of a type, in normal form; None if they allow no such value."""
    own = _KEYWORDS.get(name, _OF_ONE_TYPE if name == "any" else set())
    found = {key: value for key, value in keywords.items() if key in own or key in _OF_ANY_TYPE}
    others = {key: value for key, value in keywords.items() if key not in _OF_ONE_TYPE and key not in _OF_ANY_TYPE}
    found["others"] = {**others, **keywords.get("others", {})}
    _combine(found)
    if name in ("integer", "number", "any"):
        _tidy_numbers(name, found)
    for key in found.keys() & _SCHEMAS | found.keys() & {"additionalProperties"}:
        if isinstance(found[key], Mapping) and not found[key].keys() - WORDS - NOTES:
            found[key] = True
    if "excluded" in found and name != "any":
        found["excluded"] = [value for value in found["excluded"] if is_type(value, name)]
    if "forbidden" in found:
        found["forbidden"] = [each for each in found["forbidden"] if _may_match(each, name)]
    if any(not as_schema(each).keys() - WORDS - NOTES for each in found.get("forbidden", [])):
        return None
    return {key: value for key, value in found.items() if key not in _NO_EFFECT or value != _NO_EFFECT[key]}


def _may_match(schema: Any, name: str) -> bool:
    """Tell whether a value of a JSON type may match a schema, judging only by the `type` of the schema."""
    stated = as_schema(schema).get("type", name)
    types = {stated} if isinstance(stated, str) else {*stated}
    return name == "any" or name in types or bool({name, *types} >= {"integer", "number"})


def _combine(found: dict[str, Any]) -> None:
    """Combine keywords that belong together (`if`, `then`, `else`) under one key, and sort lists that have no order."""
    has_if = "if" in found  # without it, `then` and `else` have no effect
    condition = [found.pop(key, True) for key in ("if", "then", "else")]
    if has_if and any(each not in (True, {}) for each in condition[1:]):
        found["conditions"] = [*found.get("conditions", []), condition]
    least, most = found.pop("minContains", 1), found.pop("maxContains", None)
    if "contains" in found and not isinstance(found["contains"], list):
        constraint = {"schema": found["contains"], "min": least, "max": most}
        found["contains"] = [constraint] if (least, most) != (0, None) else []
    if "pattern" in found:
        patterns = [found["pattern"]] if isinstance(found["pattern"], str) else found["pattern"]
        found["pattern"] = sorted({each for each in patterns if not matches_everything(each)})
    if "required" in found:
        found["required"] = sorted({*map(str, found["required"])})
    for key in ("dependentRequired", "dependentSchemas", "patternProperties"):
        if key in found:
            no_effect: tuple[Any, ...] = ([],) if key == "dependentRequired" else (True, {})
            found[key] = {name: part for name, part in mapping(found[key], key).items() if part not in no_effect}
    if "dependentRequired" in found:
        others = {name: sorted({*map(str, names)} - {name}) for name, names in found["dependentRequired"].items()}
        found["dependentRequired"] = {name: names for name, names in others.items() if names}


def _tidy_numbers(name: str, found: dict[str, Any]) -> None:
    """Keep only the stricter of two lower or upper bounds. For integers, make bounds inclusive and whole.

    A `multipleOf` that every integer satisfies is dropped.
    """
    for inclusive, exclusive, up in (("minimum", "exclusiveMinimum", 1), ("maximum", "exclusiveMaximum", -1)):
        if name == "integer":
            bounds = [math.ceil(found.pop(inclusive) * up)] if inclusive in found else []
            bounds += [math.floor(found.pop(exclusive) * up) + 1] if exclusive in found else []
            if bounds:
                found[inclusive] = max(bounds) * up
        elif inclusive in found and exclusive in found:
            weaker = inclusive if found[exclusive] * up >= found[inclusive] * up else exclusive
            del found[weaker]
    if name == "integer" and "multipleOf" in found:
        factor = Fraction(str(found["multipleOf"]))
        found["multipleOf"] = factor.numerator  # every integer that is a multiple of 3/2 is a multiple of 3
        if factor.numerator == 1:
            del found["multipleOf"]


def merged_keywords(one: Schema, other: Schema) -> dict[str, Any]:
    """Return the keywords of a schema for the values that two schemas both allow. Both must be in normal form."""
    found = {**one, **other}
    for key in one.keys() & other.keys():
        found[key] = _merged_value(key, one[key], other[key])
    names = dict.fromkeys([*one.get("properties", {}), *other.get("properties", {})])
    if names:
        found["properties"] = {
            name: _all_of(schema_beside_patterns(name, one), schema_beside_patterns(name, other)) for name in names
        }
    for stated, others in ((one, other), (other, one)):
        # A field that only one of them describes by a pattern falls under `additionalProperties` of the other.
        for pattern in stated.get("patternProperties", {}).keys() - others.get("patternProperties", {}).keys():
            schema = _all_of(stated["patternProperties"][pattern], others.get("additionalProperties", True))
            found["patternProperties"] = {**found["patternProperties"], pattern: schema}
    if "prefixItems" in one or "prefixItems" in other:
        count = max(len(each.get("prefixItems", [])) for each in (one, other))
        found["prefixItems"] = [_all_of(item_at(index, one), item_at(index, other)) for index in range(count)]
    return found


def item_at(index: int | None, keywords: Schema) -> Any:
    """Return the schema of the item at an index of an array; None means any item after `prefixItems`."""
    prefix: list[Any] = keywords.get("prefixItems", [])
    return prefix[index] if index is not None and index < len(prefix) else keywords.get("items", True)


def schema_beside_patterns(name: str, keywords: Schema) -> Any:
    """Return the schema that a field must match besides those of patterns: its own, or that of undescribed fields."""
    if name in keywords.get("properties", {}):
        return keywords["properties"][name]
    return True if pattern_schemas(name, keywords) else keywords.get("additionalProperties", True)


def pattern_schemas(name: str, keywords: Schema) -> list[Any]:
    """Return the schemas of the patterns that match a field, and of those that we cannot evaluate."""
    patterns = keywords.get("patternProperties", {})
    return [schema for pattern, schema in patterns.items() if matches(pattern, name) is not False]


def _merged_value(key: str, one: Any, other: Any) -> Any:
    """Return the merged value of a keyword that two schemas both have."""
    if key in _TIGHTER:
        found: Any = _TIGHTER[key](one, other)
    elif key == "values":
        found = [value for value in one if as_text(value) in map(as_text, other)]
    elif key in _LISTS:
        found = list({as_text(each): each for each in [*one, *other]}.values())
    elif key == "multipleOf":
        found = _common_multiple(one, other)
    elif key == "others":
        found = {**one, **{f"{name} too" if name in one else name: value for name, value in other.items()}}
    elif key in ("dependentSchemas", "patternProperties"):
        found = {**one, **other, **{name: _all_of(one[name], other[name]) for name in one.keys() & other.keys()}}
    elif key == "dependentRequired":
        found = {name: sorted({*one.get(name, []), *other.get(name, [])}) for name in one.keys() | other.keys()}
    elif key in _SCHEMAS or key == "additionalProperties":
        found = False if False in (one, other) else _all_of(one, other)
    elif key in ("uniqueItems", "implied"):
        found = one or other
    else:
        found = one if one == other else f"{one} and {other}"
    return found


def _common_multiple(one: float, other: float) -> float:
    first, second = Fraction(str(one)), Fraction(str(other))
    numerator = math.lcm(first.numerator, second.numerator)
    found = Fraction(numerator, math.gcd(first.denominator, second.denominator))
    return found.numerator if found.denominator == 1 else float(found)


def _all_of(*schemas: Any) -> Any:
    """Return a schema for what all of these schemas allow.

    It has no nested `allOf` and no repetition, so that merging schemas that refer to themselves comes to an end.
    """
    parts = [part for each in schemas for part in (each["allOf"] if as_schema(each).keys() == {"allOf"} else [each])]
    parts = list({as_text(part): part for part in parts if part not in (True, {})}.values())
    if False in parts:
        return False
    return parts[0] if len(parts) == 1 else {"allOf": parts} if parts else True


def within_bounds(name: str, keywords: Schema, value: Any) -> bool:
    """Tell whether a value satisfies the bounds, patterns and excluded values. Other keywords are not checked."""
    if as_text(value) in map(as_text, keywords.get("excluded", [])):
        return False
    if isinstance(value, str):
        return keywords.get("minLength", 0) <= len(value) <= keywords.get("maxLength", math.inf) and all(
            matches(pattern, value) is not False for pattern in keywords.get("pattern", [])
        )
    if is_type(value, "number") and name in ("integer", "number", "any"):
        low = keywords.get("minimum", -math.inf) <= value and keywords.get("exclusiveMinimum", -math.inf) < value
        high = keywords.get("maximum", math.inf) >= value and keywords.get("exclusiveMaximum", math.inf) > value
        return low and high and is_multiple(value, keywords.get("multipleOf"))
    return True


def unchecked(name: str, keywords: Schema) -> dict[str, Any]:
    """Return the keywords that `within_bounds` does not check for the listed values (`values`)."""
    found = {key: value for key, value in keywords.items() if key not in _CHECKED}
    if found.get("format") in HARMLESS_FORMATS:
        del found["format"]
    texts = [value for value in keywords.get("values", []) if isinstance(value, str)]
    if not any(matches(pattern, text) is None for pattern in found.get("pattern", []) for text in texts):
        found.pop("pattern", None)
    return found if name not in ("null", "boolean") else {key: found[key] for key in found.keys() - {"format"}}


def is_multiple(value: Any, factor: Any) -> bool:
    """Tell whether a number is a multiple of `factor`; True if `factor` is None."""
    return factor is None or (Fraction(str(value)) / Fraction(str(factor))).denominator == 1
