"""Make values that a schema allows, for requests that another tool has to accept."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample, Unsatisfiable

from .contract import Contract, Schema, members

# `turn` makes the values different from each other, for lists whose items must differ.
_FORMATS: dict[str, Callable[[int], str]] = {
    "date-time": lambda turn: f"{2026 + turn}-01-01T00:00:00Z",
    "date": lambda turn: f"{2026 + turn}-01-01",
    "time": lambda turn: f"00:00:{turn:02}",  # openapi-core knows no time zone here
    "email": lambda turn: f"a{turn}@example.com",
    "idn-email": lambda turn: f"a{turn}@example.com",
    "ipv4": lambda turn: f"127.0.0.{turn}",
    "ipv6": lambda turn: f"::{turn:x}",
    "uuid": lambda turn: f"{turn:08x}-0000-4000-8000-000000000000",
}
"""The formats of texts that openapi-core checks."""
# The same values in every run, and nothing is stored.
_SEARCH = settings(derandomize=True, database=None, max_examples=200, phases=[Phase.generate])
_LETTERS = st.characters(codec="ascii", categories=["L", "N", "P", "S"])


class NoValueError(Exception):
    """No value was found that a schema allows; the message says what to do."""


def value(contract: Contract, schema: Schema, turn: int = 0) -> Any:
    """Return a value that a schema allows: objects with only their required fields, and a union's first member.

    Raises NoValueError.
    """
    schema = contract.resolve(schema)
    if "const" in schema:
        return schema["const"]
    if choices := schema.get("enum"):
        return choices[turn % len(choices)]
    if choices := members(schema):
        return value(contract, choices[0], turn)
    if parts := schema.get("allOf"):
        made = [value(contract, part, turn) for part in [*parts, {**schema, "allOf": []}]]
        objects = [each for each in made if isinstance(each, dict)]
        return {name: each for found in objects for name, each in found.items()} if objects else made[0]
    return _of_type(contract, schema, turn)


def fields(contract: Contract, schema: Schema) -> dict[str, Any]:
    """Return an object with a value for every field of a schema; raises NoValueError."""
    return {name: value(contract, field) for name, field in schema.get("properties", {}).items()}


def _of_type(contract: Contract, schema: Schema, turn: int) -> Any:
    kind: str | Sequence[str] = schema.get("type", "object" if "properties" in schema else "string")
    kind = kind if isinstance(kind, str) else kind[0]
    if kind == "object":
        known = schema.get("properties", {})
        return {name: value(contract, known.get(name, {}), turn) for name in schema.get("required", [])}
    if kind == "array":
        count = min(max(schema.get("minItems", 1), 1), schema.get("maxItems", math.inf))
        step = 1 if schema.get("uniqueItems") else 0
        return [value(contract, schema.get("items", {}), turn + step * place) for place in range(count)]
    if kind in ("integer", "number"):
        return _number(schema, turn)
    return {"boolean": turn % 2 == 0, "null": None}[kind] if kind in ("boolean", "null") else _text(schema, turn)


def _number(schema: Schema, turn: int) -> float:
    step = schema.get("multipleOf", 1)
    low = max(schema.get("minimum", -math.inf), schema.get("exclusiveMinimum", -math.inf))
    high = min(schema.get("maximum", math.inf), schema.get("exclusiveMaximum", math.inf))
    start = math.ceil((low if low > -math.inf else min(1, high)) / step)
    possible: list[float] = [step * (start + place) for place in (*range(turn, turn + 2), *range(-turn, -turn - 3, -1))]
    possible.append((low + high) / 2)
    for each in possible:
        beyond = each in (schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum"))
        if low <= each <= high and not beyond:
            return each
    raise NoValueError(f"no number was found between {low} and {high}: {_ADVICE}")


def _text(schema: Schema, turn: int) -> str:
    least, most = schema.get("minLength", 0), schema.get("maxLength", math.inf)
    shown: list[str] = [*schema.get("examples", []), *([schema["example"]] if "example" in schema else [])]
    if shown:
        return shown[turn % len(shown)]
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]](turn)
    if "pattern" not in schema:
        return "a" * (min(max(least, 1), most) - 1) + chr(ord("a") + turn % 26) if most else ""
    found = _matches(schema["pattern"], least, most, turn + 1)
    if found is None:
        size = f" and a length of {least} to {most}" if "minLength" in schema or "maxLength" in schema else ""
        raise NoValueError(f"no text was found with the pattern {json.dumps(schema['pattern'])}{size}: {_ADVICE}")
    return found[turn]


@cache
def _matches(pattern: str, least: int, most: float, count: int) -> list[str] | None:
    """Return texts that match a pattern, all of them different; None if a search does not find them."""
    texts = st.from_regex(pattern, alphabet=_LETTERS).filter(
        lambda text: text.isprintable() and least <= len(text) <= most
    )
    with suppress(NoSuchExample, Unsatisfiable):
        return find(st.lists(texts, min_size=count, unique=True), lambda _: True, settings=_SEARCH)
    return None


_ADVICE = "give the schema `examples`, and the check takes the first one"
