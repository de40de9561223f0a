"""The contract for the checks: its text, its parsed content, and functions to walk through it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from tools.openapi import operations as written
from tools.openapi import yaml12
from tools.openapi.operations import Operation
from tools.openapi.pointers import PointerError, resolve

Schema = dict[str, Any]
_SCHEMAS = "#/components/schemas/"


@frozen
class Contract:
    """A contract, read from a file."""

    text: str
    raw: Schema

    @property
    def schemas(self) -> dict[str, Schema]:
        """The named schemas."""
        schemas: dict[str, Schema] = self.raw["components"]["schemas"]
        return schemas

    def operations(self) -> Iterator[Operation]:
        """Yield the operations in the order of the document."""
        return written.operations(self.raw)

    def broken_references(self) -> Iterator[str]:
        """Yield the references that lead nowhere, or only to each other."""
        for place, item in walk(self.raw):
            try:
                resolve(self.raw, item)
            except PointerError as error:
                yield f"{place}: {error}"

    def resolve(self, item: Schema) -> Schema:
        """Return the object that a reference leads to, or the item itself if it is not a reference."""
        found: Schema = resolve(self.raw, item)
        return found

    def parameters(self, operation: Operation) -> list[Schema]:
        """Return the parameters of an operation, also those that its path item has for all its operations."""
        return written.parameters(self.raw, operation)

    def content(self, operation: Operation, status: str = "200") -> dict[str, Schema]:
        """Return the media types of an answer, or nothing if there is no such answer."""
        answer = self.resolve(operation.raw["responses"].get(status, {}))
        content: dict[str, Schema] = answer.get("content", {})
        return content

    def body(self, operation: Operation) -> Schema:
        """Return the schema of the request body, empty if there is no body."""
        content = self.resolve(operation.raw.get("requestBody", {})).get("content", {})
        schema: Schema = content.get("application/json", {}).get("schema", {})
        return schema


def read(path: Path) -> Contract:
    """Read a contract; raises yaml.YAMLError."""
    text = path.read_text(encoding="utf-8")
    return Contract(text, yaml12.load(text))


def component(schema: Schema) -> str:
    """Return the name of the schema that a schema refers to, "" if it refers to none."""
    return str(schema.get("$ref", "")).removeprefix(_SCHEMAS)


def alternatives(schema: Schema) -> list[Schema]:
    """Return the members of a union, or nothing if a schema is not a union."""
    found: list[Schema] = schema.get("anyOf") or schema.get("oneOf") or []
    return found


def members(schema: Schema) -> list[Schema]:
    """Return the members of a union without null, or nothing if a schema is not a union."""
    return [each for each in alternatives(schema) if each != {"type": "null"}]


def walk(item: Any, place: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield every object in a part of the document with its place, except examples, which are data."""
    if isinstance(item, dict):
        yield place, item
        for key, inner in item.items():
            if key not in ("examples", "example"):
                yield from walk(inner, f"{place}/{key}")
    elif isinstance(item, list):
        for position, inner in enumerate(item):
            yield from walk(inner, f"{place}/{position}")
