"""Check that a document has the structure of an OpenAPI document; an error names the place where it is wrong.

A key without a value, such as an empty `responses:`, counts as absent. After the check, other code can rely on finding
an object where OpenAPI has an object, and a schema where it has a schema.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from tools.openapi.operations import METHODS
from tools.openapi.pointers import escaped

from .keywords import ContractError

_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, float),
    "count": (int, float),
    "flag": (bool,),
    "names": (list,),
    "values": (list,),
    "object": (Mapping,),
}
# The kind of the value of each key: one of the kinds below, "[kind]" for a list, or "{kind}" for an object whose keys
# are names.
_PLACES = {"schema": "schema", "content": "{media type}", "required": "flag", "explode": "flag", "style": "text"}
_BOUNDS = dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), "number")
_COUNTS = {f"{end}{what}": "count" for end in ("min", "max") for what in ("Length", "Items", "Properties", "Contains")}
_INNER = ("items", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else", "contentSchema")
_KINDS: dict[str, dict[str, str]] = {
    "document": {"paths": "{path item}", "webhooks": "{path item}", "components": "components", "servers": "[server]"}
    | {"security": "[{names}]", "jsonSchemaDialect": "dialect"},
    "components": {"schemas": "{schema}", "responses": "{answer}", "parameters": "{parameter}", "headers": "{header}"}
    | {"requestBodies": "{body}", "securitySchemes": "{scheme}", "pathItems": "{path item}"}
    | {"callbacks": "{callback}"},
    "callback": {},
    "path item": {**dict.fromkeys(METHODS, "operation"), "parameters": "[parameter]", "servers": "[server]"},
    "operation": {"operationId": "text", "tags": "names", "parameters": "[parameter]", "requestBody": "body"}
    | {"responses": "{answer}", "security": "[{names}]", "servers": "[server]", "callbacks": "{callback}"},
    "parameter": {**_PLACES, "name": "text", "in": "text"},
    "header": _PLACES,
    "body": {"content": "{media type}", "required": "flag"},
    "answer": {"content": "{media type}", "headers": "{header}"},
    "media type": {"schema": "schema", "encoding": "object"},
    "server": {"url": "text", "variables": "{variable}"},
    "variable": {"enum": "names", "default": "text"},
    "scheme": {"type": "text", "flows": "{flow}"},
    "flow": {"authorizationUrl": "text", "tokenUrl": "text", "refreshUrl": "text", "scopes": "object"},
    "discriminator": {"propertyName": "text", "mapping": "{text}"},
    "schema": {
        **dict.fromkeys((*_INNER, "unevaluatedItems", "unevaluatedProperties"), "schema"),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "[schema]"),
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), "{schema}"),
        **_BOUNDS,
        **_COUNTS,
        "required": "names",
        "dependentRequired": "{names}",
        "enum": "values",
        "pattern": "text",
        "format": "text",
        "uniqueItems": "flag",
        "discriminator": "discriminator",
        "$schema": "dialect",
        **dict.fromkeys(("$dynamicRef", "$recursiveRef"), "not followed"),
    },
}
# The versions of JSON Schema ("dialects") that we can read: that of OpenAPI 3.1, which is 2020-12.
_DIALECTS = re.compile(r"https://(spec\.openapis\.org/oas/3\.1/dialect/[\w-]+|json-schema\.org/draft/2020-12/schema)#?")
_TYPE_NAMES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
# Keys for which null is a value and does not mean "absent".
_VALUES = frozenset({"const", "default", "example", "examples", "enum"})
# The keys of a "{kind}" object are names. If its kind is one of these, a key that begins with `x-` is a name, too. For
# any other kind such a key is an extension, and is dropped.
_FREE_NAMES = frozenset({"schema", "header", "parameter", "text", "names", "variable", "media type"})

Convert = Callable[[dict[str, Any], str], dict[str, Any]]


def shaped(raw: Mapping[str, Any], name: str, convert: Convert | None = None) -> dict[str, Any]:
    """Return a document without keys that have no value, and with each schema converted. Raises ContractError."""
    found: dict[str, Any] = _Walk(name, convert).visit(raw, "document", "#")
    return found


class _Walk:
    def __init__(self, name: str, convert: Convert | None) -> None:
        self.name, self.convert = name, convert

    def visit(self, part: Any, kind: str, place: str) -> Any:
        if kind[0] == "[":
            self.check(part, (list,), "a list", place)
            return [self.visit(each, kind[1:-1], f"{place}/{index}") for index, each in enumerate(part)]
        if kind[0] == "{":
            return self.named(part, kind[1:-1], place)
        if kind == "callback" and not (isinstance(part, Mapping) and "$ref" in part):
            return self.named(part, "path item", place)
        if kind == "not followed" or (kind == "dialect" and not _DIALECTS.fullmatch(str(part))):
            raise ContractError(f"{self.name}: {place}: {part!r:.80} is not supported")
        return (
            self.plain(part, kind, place)
            if kind in _TYPES
            else part
            if kind == "dialect"
            else self.object(part, kind, place)
        )

    def object(self, part: Any, kind: str, place: str) -> Any:
        if kind == "schema" and isinstance(part, bool):
            return part
        self.check(part, (Mapping,), "an object", place)
        if isinstance(part.get("$ref"), str) and kind != "schema":
            return dict(part)
        self.check(part.get("$ref", ""), (str,), "a text", f"{place}/$ref")
        kept = {key: inner for key, inner in part.items() if inner is not None or (kind == "schema" and key in _VALUES)}
        if kind == "schema":
            kept = self.convert(kept, f"{self.name}: {place}") if self.convert else kept
            self.check_type(kept.get("type", "null"), place)
        known = _KINDS[kind]
        return {
            key: self.visit(inner, known[key], f"{place}/{escaped(key)}") if key in known else inner
            for key, inner in kept.items()
        }

    def named(self, part: Any, kind: str, place: str) -> dict[str, Any]:
        self.check(part, (Mapping,), "an object", place)
        empty: Any = [] if kind == "names" else {}
        return {
            key: self.visit(inner if inner is not None else empty, kind, f"{place}/{escaped(key)}")
            for key, inner in part.items()
            if kind in _FREE_NAMES or not key.startswith("x-")
        }

    def plain(self, part: Any, kind: str, place: str) -> Any:
        counted = kind in ("number", "count") and not _is_number(part)
        self.check(None if counted else part, _TYPES[kind], f"a {kind}", place)
        if kind == "names":
            for index, each in enumerate(part):
                self.check(each, (str,), "a text", f"{place}/{index}")
        return part

    def check_type(self, stated: Any, place: str) -> None:
        names = stated if isinstance(stated, list) else [stated]
        if not all(isinstance(each, str) and each in _TYPE_NAMES for each in names):
            raise ContractError(f"{self.name}: {place}/type should be a type of JSON, not {stated!r:.60}")

    def check(self, part: Any, types: tuple[type, ...], what: str, place: str) -> None:
        if not isinstance(part, types):
            raise ContractError(f"{self.name}: {place} should be {what}, not {part!r:.60}")


def _is_number(part: object) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool) and not math.isnan(part)
