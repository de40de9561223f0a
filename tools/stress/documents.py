"""Documents that the contract allows, with every field, made from `openapi.yaml`.

A schema may allow several kinds of values. Each alternative of it is a schema for one of these kinds. At its top, an
alternative has no reference and no union.
"""

import json
from collections.abc import Iterator
from typing import Any

import attrs
import yaml
from tools.checkout import ROOT

Schema = dict[str, Any]

DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
SCHEMAS: dict[str, Schema] = DOCUMENT["components"]["schemas"]
# The components whose class has a different name.
OVERRIDES: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "generator-config.yml").read_text())["class_overrides"]
PREFIX = "#/components/schemas/"
# One value of each scalar type, within every bound of the contract.
SCALARS: dict[str, Any] = {"string": "text", "integer": 1, "number": 0.5, "boolean": True, "null": None}
DATES = {"date-time": "2026-01-02T03:04:05.678Z", "date": "2026-01-02"}
# Names that generated classes or Python itself use.
AWKWARD_NAMES = ["additional_properties", "_key_order", "from_dict", "to_dict", "raw", "self", "class", "type", "", "é"]


@attrs.frozen
class Alternative:
    """One alternative of a schema, with the name of its component, or "" for a schema that is written inline."""

    name: str
    schema: Schema

    @property
    def kind(self) -> str:
        """The kind of JSON value: "object", "array", "null", "scalar", or "any"."""
        if not self.schema.keys() & {"type", "const", "enum"}:
            return "any"
        stated = self.schema.get("type")
        return stated if stated in ("object", "array", "null") else "scalar"

    @property
    def properties(self) -> dict[str, Schema]:
        """The fields of an object."""
        fields: dict[str, Schema] = self.schema.get("properties", {})
        return fields

    @property
    def required(self) -> list[str]:
        """The names of the required fields."""
        names: list[str] = self.schema.get("required", [])
        return names

    @property
    def tags(self) -> dict[str, str]:
        """The fields that tell which type of object it is, with their value."""
        return {name: field["const"] for name, field in self.properties.items() if "default" in field}

    @property
    def excluded_tags(self) -> dict[str, list[str]]:
        """The tags that an unknown member of a union may not have."""
        return {name: field["not"]["enum"] for name, field in self.properties.items() if "not" in field}


def component(name: str) -> Schema:
    """Return a schema that refers to a component."""
    return {"$ref": PREFIX + name}


def class_name(name: str) -> str:
    """Return the name of the generated class for a component."""
    return OVERRIDES.get(name, {}).get("class_name", name)


def alternatives(schema: Schema, name: str = "") -> list[Alternative]:
    """Return the alternatives of a schema; `name` is the name of its component."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PREFIX)
        return alternatives(SCHEMAS[name], name)
    if members := schema.get("anyOf") or schema.get("oneOf"):
        demanded = schema.get("required", [])  # the union requires these of every member
        opened = [each for member in members for each in alternatives(member)]
        if not demanded:
            return opened
        return [Alternative(each.name, {**each.schema, "required": [*each.required, *demanded]}) for each in opened]
    if "allOf" in schema:
        bases = [base for part in schema["allOf"] for base in alternatives(part)]
        fields = {key: field for base in bases for key, field in base.properties.items()}
        required = [key for base in bases for key in base.required]
        return [Alternative(name, {"type": "object", "properties": fields, "required": required})]
    if isinstance(schema.get("type"), list):
        return [Alternative(name, {**schema, "type": kind}) for kind in schema["type"]]
    return [Alternative(name, schema)]


def full_document(schema: Schema) -> Any:
    """Return a document with every field; it prefers objects and lists, and a list has one item of each alternative."""
    choices = alternatives(schema)
    return _full(min(choices, key=lambda each: ["object", "array", "any", "scalar", "null"].index(each.kind)))


def _full(alternative: Alternative) -> Any:
    schema = alternative.schema
    if alternative.kind == "object":
        fields = {name: full_document(field) for name, field in alternative.properties.items()}
        if isinstance(others := schema.get("additionalProperties"), dict):
            return {**fields, "any": full_document(others)}
        return fields if fields.keys() - alternative.excluded_tags else fields | {"any": [{"thing": None}]}
    if alternative.kind == "array":
        return [_full(each) for each in alternatives(schema["items"])]
    if "contentSchema" in schema:
        return json.dumps(full_document(schema["contentSchema"]))
    if "not" in schema:
        return "unheard-of"
    return next(_scalars(schema), ["any", {"thing": None}])


def _scalars(schema: Schema) -> Iterator[Any]:
    if "const" in schema:
        yield schema["const"]
    yield from schema.get("enum", [])
    if schema.get("format") in DATES:
        yield DATES[schema["format"]]
    if "type" in schema:
        yield SCALARS[schema["type"]]
