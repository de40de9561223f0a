"""A value that fits a JSON Schema, for the arguments of tool calls and for answers that must follow a schema.

It covers the schemas that people write by hand: types, enums, fields, bounds, lengths, unions, `allOf`, references. It
ignores `pattern`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from .mistakes import excluded, pointed_at

__all__ = ["example"]

# A schema may refer to itself. Each object, list, reference and union on the way to a value counts as one level. Below
# level _MAX_DEPTH, objects and lists are empty. References and unions are followed down to level 2 * _MAX_DEPTH, so
# that a recursion ends in an empty object or list.
_MAX_DEPTH = 8
# The schema may come from a request, and its lower bounds could be huge. `minItems` and `minProperties` count as at
# most _MAX_ITEMS, and `minLength` as at most _MAX_CHARACTERS.
_MAX_ITEMS = 100
_MAX_CHARACTERS = 10_000
# How many values are tried if `not` excludes some.
_MAX_TRIES = 10

# Texts for schemas with a `format`.
_FORMATS = {"date-time": "2026-01-01T00:00:00Z", "date": "2026-01-01", "uuid": "00000000-0000-4000-8000-000000000000"}

Json = Mapping[str, Any]


def example(schema: object, text: str, document: object = None) -> Any:
    """Return a value that fits a simple JSON Schema. Where the schema allows any string, the value is `text`.

    References are looked up in `document`, by default in the schema itself.
    """
    return _example(schema, text, schema if document is None else document, 0, 0)


def _example(schema: object, text: str, root: object, depth: int, turn: int) -> Any:
    """Return a value. `turn` is a counter: each turn gives another value, if the schema allows enough of them."""
    if not isinstance(schema, dict):
        return _varied(text, turn)  # `true`, or no schema at all
    tried = (_allowed(schema, text, root, depth, each) for each in range(turn, turn + _MAX_TRIES))
    first = next(tried)
    return next((each for each in tried if not excluded(schema, each)), first) if excluded(schema, first) else first


def _allowed(schema: dict[str, Any], text: str, root: object, depth: int, turn: int) -> Any:
    values = [schema[keyword] for keyword in ("const", "default") if keyword in schema]
    values += _list(schema, "enum") + _list(schema, "examples")
    values += [schema["example"]] if "example" in schema else []
    if values:
        return values[turn % len(values)]
    inner = [[pointed_at(root, str(schema["$ref"]))] if "$ref" in schema else [], _list(schema, "allOf")]
    inner += [_list(schema, keyword)[:1] for keyword in ("anyOf", "oneOf")]
    if parts := [each for several in inner for each in several if isinstance(each, dict)]:
        rest = {name: value for name, value in schema.items() if name not in ("$ref", "allOf", "anyOf", "oneOf", "not")}
        if depth < 2 * _MAX_DEPTH:
            return _example(_merged([*parts, rest]), text, root, depth + 1, turn)
    kind = (_list(schema, "type") or [schema.get("type")])[0]
    if kind == "object" or "properties" in schema or "required" in schema:
        return _object(schema, text, root, depth, turn) if depth < _MAX_DEPTH else {}
    if kind == "array":
        least = max(int(_number(schema, "minItems", 1)), 1)
        count = int(min(least, _number(schema, "maxItems", least), _MAX_ITEMS)) if depth < _MAX_DEPTH else 0
        step = 1 if schema.get("uniqueItems") is True else 0
        return [_example(schema.get("items"), text, root, depth + 1, turn + step * place) for place in range(count)]
    return _scalar(str(kind), schema, text, turn)


def _scalar(kind: str, schema: dict[str, Any], text: str, turn: int) -> Any:
    if kind in ("integer", "number"):
        return _in_bounds(schema, turn, whole=kind == "integer")
    if kind in ("boolean", "null"):
        return turn % 2 == 0 if kind == "boolean" else None
    return _FORMATS.get(str(schema.get("format")), _sized(schema, _varied(text, turn)))


def _merged(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Merge schemas into one. It has the `properties`, `required` and `allOf` of all of them.

    If several schemas define the same property, the last definition is used; so is the last value of any other keyword.
    """
    whole: dict[str, Any] = {}
    for part in parts:
        fields = {**_fields(whole), **_fields(part)}
        required = [*dict.fromkeys(map(str, _list(whole, "required") + _list(part, "required")))]
        inner = _list(whole, "allOf") + _list(part, "allOf")
        whole |= part
        whole |= {"properties": fields} if fields else {}
        whole |= {"required": required} if required else {}
        whole |= {"allOf": inner} if inner else {}
    return whole


def _object(schema: dict[str, Any], text: str, root: object, depth: int, turn: int) -> dict[str, Any]:
    fields, least = _fields(schema), min(int(_number(schema, "minProperties", 0)), _MAX_ITEMS)
    names = [name for name in _list(schema, "required") if isinstance(name, str)] or list(fields)
    others = [*(name for name in fields if name not in names), *(f"field_{number}" for number in range(least))]
    names += others[: max(0, least - len(names))]
    other = schema.get("additionalProperties")
    return {name: _example(fields.get(name, other), text, root, depth + 1, turn) for name in names}


def _in_bounds(schema: dict[str, Any], turn: int, *, whole: bool) -> float:
    """Return a number that fits, if possible a multiple of the step (`multipleOf`, by default 1).

    Turn 0 gives the lowest multiple that is not below the lower bound. If there is no lower bound, 1 takes its place.
    If that multiple is above the upper bound, turn 0 gives the highest multiple that is not above this bound. Turn `n`
    gives the number that is `n` steps higher or, if that is too high, `n` steps lower. An exclusive bound is moved
    inwards by one step, and is then inclusive. If the number found is outside the bounds, and the type is not
    `integer`, the result is the middle between the bounds.
    """
    step = _number(schema, "multipleOf", 1)
    step = step if step > 0 else 1
    above, below = _number(schema, "exclusiveMinimum", -math.inf), _number(schema, "exclusiveMaximum", math.inf)
    low = max(_number(schema, "minimum", -math.inf), above + step)
    high = min(_number(schema, "maximum", math.inf), below - step)
    start = low if low > -math.inf else min(1, high)
    if math.isinf(start / step):
        return start
    place = math.ceil(start / step)
    if place * step > high:
        place = math.floor(high / step)
    place += turn if (place + turn) * step <= high else -turn
    if whole or low <= place * step <= high:
        return place * step
    bounds = max(above, _number(schema, "minimum", above)), min(below, _number(schema, "maximum", below))
    return sum(bounds) / 2


def _sized(schema: dict[str, Any], text: str) -> str:
    """Repeat a text, or cut off its beginning, so that it has a length that the schema allows."""
    least = min(int(_number(schema, "minLength", 0)), _MAX_CHARACTERS)
    if len(text) < least:
        return (text or "x") * (least // max(len(text), 1)) + text[: least % max(len(text), 1)]
    return text[max(0, len(text) - int(_number(schema, "maxLength", len(text)))) :]


def _varied(text: str, turn: int) -> str:
    return f"{text}{turn}" if turn else text


def _fields(schema: dict[str, Any]) -> dict[str, Any]:
    fields = schema.get("properties")
    return fields if isinstance(fields, dict) else {}


def _number(schema: dict[str, Any], keyword: str, otherwise: float) -> float:
    value = schema.get(keyword)
    return value if isinstance(value, (int, float)) else otherwise


def _list(schema: dict[str, Any], keyword: str) -> list[Any]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []
