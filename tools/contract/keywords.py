"""The keywords of a schema in one spelling: what says nothing is left out, and what says the same looks the same."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .patterns import matches, matches_everything

Schema = Mapping[str, Any]

# Words for readers; nothing that is sent depends on them.
WORDS = frozenset({"title", "description", "summary", "example", "examples", "externalDocs", "$comment", "xml"})
# About the place where a schema stands rather than about its values.
NOTES = frozenset({"default", "deprecated", "readOnly", "writeOnly"})
# Read one by one, or no constraint at all.
_APART = frozenset({"$ref", "allOf", "anyOf", "oneOf", "discriminator", "type", "enum", "const", "not"})
_NAMES = frozenset({"$schema", "$id", "$anchor", "$defs", "definitions"})
NOT_A_CONSTRAINT = _APART | _NAMES | WORDS | NOTES
# Which keywords say something about values of which type; all others are taken to say something about any.
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
# The tighter one of two bounds.
_TIGHTER = {"minimum": max, "exclusiveMinimum": max, "maximum": min, "exclusiveMaximum": min}
_TIGHTER |= {f"min{what}": max for what in ("Length", "Items", "Properties")}
_TIGHTER |= {f"max{what}": min for what in ("Length", "Items", "Properties")}
_LISTS = frozenset({"required", "excluded", "forbidden", "conditions", "contains", "pattern"})
_SCHEMAS = frozenset({"items", "contentSchema", "propertyNames", "unevaluatedItems", "unevaluatedProperties"})
# What they say when they say nothing.
_SILENT: dict[str, Any] = {
    "minLength": 0,
    "minItems": 0,
    "minProperties": 0,
    "uniqueItems": False,
    "contentSchema": True,
}
_SILENT |= {"items": True, "propertyNames": True, "unevaluatedItems": True, "unevaluatedProperties": True}
_SILENT |= {"additionalProperties": True, "patternProperties": {}, "dependentRequired": {}, "dependentSchemas": {}}
_SILENT |= {"required": [], "prefixItems": [], "pattern": [], "excluded": [], "forbidden": [], "conditions": []}
_SILENT |= {"contains": [], "others": {}, "properties": {}, "implied": False}
# Of what may stand beside listed values, `holds` tells whether they keep it.
_JUDGED = frozenset({"values", "excluded", "minLength", "maxLength", "multipleOf", "implied"} | _NUMBERS)

# Annotations: a value is written and read the same with them and without.
HARMLESS_FORMATS = frozenset({"password", "int32", "int64", "float", "double"})


class ContractError(Exception):
    """A document that cannot be read, or not as OpenAPI."""


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
    """Return the values that a schema itself lists, as `const` or `enum`; 1.0 is the number 1 in JSON Schema."""
    return [whole(value) for value in ([schema["const"]] if "const" in schema else schema.get("enum", []))]


def whole(value: Any) -> Any:
    """Return a value with its whole numbers in one spelling."""
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
    """Return what `not` says: values that are excluded, or a schema that must not fit."""
    schema = as_schema(schema)
    if schema.keys() - WORDS - {"type"} in ({"enum"}, {"const"}):
        types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type")
        listed = listed_values(schema)
        return {"excluded": [value for value in listed if types is None or any(is_type(value, each) for each in types)]}
    return {"forbidden": [schema]}


def normal(name: str, keywords: Schema) -> dict[str, Any] | None:
    """Return what keywords say about values of a type, in one spelling; None if they allow none of them."""
    own = _KEYWORDS.get(name, _OF_ONE_TYPE if name == "any" else set())
    found = {key: value for key, value in keywords.items() if key in own or key in _OF_ANY_TYPE}
    others = {key: value for key, value in keywords.items() if key not in _OF_ONE_TYPE and key not in _OF_ANY_TYPE}
    found["others"] = {**others, **keywords.get("others", {})}
    _gather(found)
    if name in ("integer", "number", "any"):
        _tidy_numbers(name, found)
    for key in found.keys() & _SCHEMAS | found.keys() & {"additionalProperties"}:
        if isinstance(found[key], Mapping) and not found[key].keys() - WORDS - NOTES:
            found[key] = True
    if "excluded" in found and name != "any":
        found["excluded"] = [value for value in found["excluded"] if is_type(value, name)]
    if "forbidden" in found:
        found["forbidden"] = [each for each in found["forbidden"] if _speaks_of(each, name)]
    if any(not as_schema(each).keys() - WORDS - NOTES for each in found.get("forbidden", [])):
        return None
    return {key: value for key, value in found.items() if key not in _SILENT or value != _SILENT[key]}


def _speaks_of(schema: Any, name: str) -> bool:
    """Tell whether a value of a type may fit a schema, as far as the schema states its own."""
    stated = as_schema(schema).get("type", name)
    types = {stated} if isinstance(stated, str) else {*stated}
    return name == "any" or name in types or bool({name, *types} >= {"integer", "number"})


def _gather(found: dict[str, Any]) -> None:
    """Bring keywords that belong together, or whose order does not count, under one key."""
    asked = "if" in found  # without it, the other two say nothing
    condition = [found.pop(key, True) for key in ("if", "then", "else")]
    if asked and any(each not in (True, {}) for each in condition[1:]):
        found["conditions"] = [*found.get("conditions", []), condition]
    least, most = found.pop("minContains", 1), found.pop("maxContains", None)
    if "contains" in found and not isinstance(found["contains"], list):
        said = {"schema": found["contains"], "min": least, "max": most}
        found["contains"] = [said] if (least, most) != (0, None) else []
    if "pattern" in found:
        patterns = [found["pattern"]] if isinstance(found["pattern"], str) else found["pattern"]
        found["pattern"] = sorted({each for each in patterns if not matches_everything(each)})
    if "required" in found:
        found["required"] = sorted({*map(str, found["required"])})
    for key in ("dependentRequired", "dependentSchemas", "patternProperties"):
        if key in found:
            silent: tuple[Any, ...] = ([],) if key == "dependentRequired" else (True, {})
            found[key] = {name: said for name, said in mapping(found[key], key).items() if said not in silent}
    if "dependentRequired" in found:
        due = {name: sorted({*map(str, said)} - {name}) for name, said in found["dependentRequired"].items()}
        found["dependentRequired"] = {name: said for name, said in due.items() if said}


def _tidy_numbers(name: str, found: dict[str, Any]) -> None:
    """State each bound once, whole numbers by the least and the greatest of them, and no factor that all have."""
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
        found["multipleOf"] = factor.numerator  # the whole numbers among its multiples
        if factor.numerator == 1:
            del found["multipleOf"]


def both(one: Schema, other: Schema) -> dict[str, Any]:
    """Return the keywords of what two schemas allow together, each in the one spelling."""
    found = {**one, **other}
    for key in one.keys() & other.keys():
        found[key] = _both(key, one[key], other[key])
    names = dict.fromkeys([*one.get("properties", {}), *other.get("properties", {})])
    if names:
        found["properties"] = {name: _all_of(*_said_of(name, one), *_said_of(name, other)) for name in names}
    for stated, others in ((one, other), (other, one)):  # a pattern of one side names what is one of the rest elsewhere
        for pattern in stated.get("patternProperties", {}).keys() - others.get("patternProperties", {}).keys():
            due = _all_of(stated["patternProperties"][pattern], others.get("additionalProperties", True))
            found["patternProperties"] = {**found["patternProperties"], pattern: due}
    if "prefixItems" in one or "prefixItems" in other:
        count = max(len(each.get("prefixItems", [])) for each in (one, other))
        found["prefixItems"] = [_all_of(item_at(index, one), item_at(index, other)) for index in range(count)]
    return found


def item_at(index: int | None, keywords: Schema) -> Any:
    """Return the schema of the item at an index of an array, or of all that have none of their own."""
    prefix: list[Any] = keywords.get("prefixItems", [])
    return prefix[index] if index is not None and index < len(prefix) else keywords.get("items", True)


def _said_of(name: str, keywords: Schema) -> list[Any]:
    """Return what a schema says of a field by name, or of those that it does not name."""
    if name in keywords.get("properties", {}):
        return [keywords["properties"][name]]
    if any(matches(pattern, name) is not False for pattern in keywords.get("patternProperties", {})):
        return []  # that stays beside it
    return [keywords["additionalProperties"]] if "additionalProperties" in keywords else []


def _both(key: str, one: Any, other: Any) -> Any:
    """Return what is left under a keyword when two schemas say something under it."""
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
    """Return a schema of what all allow; flat and without repetition, so that a circle of schemas comes to an end."""
    parts = [part for each in schemas for part in (each["allOf"] if as_schema(each).keys() == {"allOf"} else [each])]
    parts = list({as_text(part): part for part in parts if part not in (True, {})}.values())
    if False in parts:
        return False
    return parts[0] if len(parts) == 1 else {"allOf": parts} if parts else True


def holds(name: str, keywords: Schema, value: Any) -> bool:
    """Tell whether a listed value keeps the bounds that stand beside the list; what else stands there is not asked."""
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


def beside(name: str, keywords: Schema) -> dict[str, Any]:
    """Return what stands beside listed values and is not asked whether they keep it."""
    found = {key: value for key, value in keywords.items() if key not in _JUDGED}
    if found.get("format") in HARMLESS_FORMATS:
        del found["format"]
    texts = [value for value in keywords.get("values", []) if isinstance(value, str)]
    if not any(matches(pattern, text) is None for pattern in found.get("pattern", []) for text in texts):
        found.pop("pattern", None)
    return found if name not in ("null", "boolean") else {key: found[key] for key in found.keys() - {"format"}}


def is_multiple(value: Any, factor: Any) -> bool:
    """Tell whether a number is a multiple of another; every number is of None."""
    return factor is None or (Fraction(str(value)) / Fraction(str(factor))).denominator == 1
