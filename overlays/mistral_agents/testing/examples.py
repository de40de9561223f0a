"""A value that fits a JSON Schema, for the arguments of tool calls and for answers that must follow a schema.

It covers the simple schemas that people write by hand: types, enums, required fields, lower bounds, unions, references.
"""

from __future__ import annotations

import math
from typing import Any

from .mistakes import pointed_at

__all__ = ["example"]

# A schema may refer to itself, so objects and lists below this level are empty. References and unions are followed down
# to twice this level, so that such a recursion ends in an empty object or list.
_MAX_DEPTH = 8
# A list has at most so many items: `minItems` comes from a request, and could be huge.
_MAX_ITEMS = 100


# Texts for schemas with a `format`.
_FORMATS = {"date-time": "2026-01-01T00:00:00Z", "date": "2026-01-01", "uuid": "00000000-0000-4000-8000-000000000000"}


def example(schema: object, text: str, document: object = None) -> Any:
    """Return a value that fits a simple JSON Schema. Where the schema allows any string, the value is `text`.

    References are looked up in `document`, by default in the schema itself.
    """
    return _example(schema, text, schema if document is None else document, 0)


def _example(schema: object, text: str, root: object, depth: int) -> Any:
    if not isinstance(schema, dict):
        return text  # `true`, or no schema at all
    values = [schema[keyword] for keyword in ("const", "default") if keyword in schema]
    values += _list(schema, "enum") + _list(schema, "examples")
    values += [schema["example"]] if "example" in schema else []
    if values:
        return values[0]
    inner = _list(schema, "anyOf") + _list(schema, "oneOf")
    if "$ref" in schema:
        inner = [pointed_at(root, str(schema["$ref"]))]
    if inner and depth < 2 * _MAX_DEPTH:
        return _example(inner[0], text, root, depth + 1)
    kind = (_list(schema, "type") or [schema.get("type")])[0]
    if kind == "object" or "properties" in schema:
        fields = schema["properties"] if isinstance(schema.get("properties"), dict) else {}
        names = [name for name in _list(schema, "required") if isinstance(name, str)] or list(fields)
        return {name: _example(fields.get(name), text, root, depth + 1) for name in names if depth < _MAX_DEPTH}
    if kind == "array":
        count = min(max(int(_number(schema, "minItems", 1)), 1), _MAX_ITEMS) if depth < _MAX_DEPTH else 0
        return [_example(schema.get("items"), text, root, depth + 1)] * count
    least = _number(schema, "minimum", _number(schema, "exclusiveMinimum", 0) + 1)
    return {"integer": math.ceil(least), "number": least, "boolean": True, "null": None}.get(
        str(kind), _FORMATS.get(str(schema.get("format")), text)
    )


def _number(schema: dict[str, Any], keyword: str, otherwise: float) -> float:
    value = schema.get(keyword)
    return value if isinstance(value, (int, float)) else otherwise


def _list(schema: dict[str, Any], keyword: str) -> list[Any]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []
