"""The contract for the checks: its text, its parsed content, and functions to walk through it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

Schema = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "patch")
_SCHEMAS = "#/components/schemas/"


@frozen
class Operation:
    """An operation with its path and its HTTP method."""

    path: str
    method: str
    raw: Schema

    @property
    def name(self) -> str:
        """The name that messages use."""
        return f"{self.method.upper()} {self.path}"


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
        for path, item in self.raw["paths"].items():
            for method in METHODS:
                if isinstance(item, dict) and method in item:
                    yield Operation(path, method, item[method])

    def resolve(self, item: Schema) -> Schema:
        """Return the object that a reference leads to, or the item itself if it is not a reference."""
        while "$ref" in item:
            found: Any = self.raw
            for key in item["$ref"].removeprefix("#/").split("/"):
                found = found[key]
            item = found
        return item

    def parameters(self, operation: Operation) -> list[Schema]:
        """Return the parameters of an operation."""
        return [self.resolve(each) for each in operation.raw.get("parameters", [])]

    def content(self, operation: Operation, status: str = "200") -> dict[str, Schema]:
        """Return the media types of an answer, or nothing if there is no such answer."""
        answer = self.resolve(operation.raw["responses"].get(status, {}))
        content: dict[str, Schema] = answer.get("content", {})
        return content

    def body(self, operation: Operation) -> Schema:
        """Return the schema of the request body, empty if there is no body."""
        content = operation.raw.get("requestBody", {}).get("content", {})
        schema: Schema = content.get("application/json", {}).get("schema", {})
        return schema


def read(path: Path) -> Contract:
    """Read a contract."""
    text = path.read_text(encoding="utf-8")
    return Contract(text, yaml.safe_load(text))


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
