"""Refuse keywords that the generator or the compiled client would ignore, before anything is compiled.

Compiled code must do what the contract says. If nothing reads a keyword, the code would silently do something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tools.openapi.operations import METHODS, operations_of

from .mistakes import check_values
from .references import check_reference
from .refusal import Refusal, meant

_NAMED = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs", "schemas", "paths", "content", "callbacks"}
    | {"parameters", "responses", "requestBodies", "headers", "pathItems"}
)
"""Keywords whose value is an object. The document chose the keys of this object; they are not keywords."""
_DATA = frozenset(
    {"default", "example", "examples", "enum", "const", "mapping", "dependentRequired", "scopes", "links"}
)
"""Keywords whose content is data, in which nothing is a keyword."""
_UNREAD = frozenset({"if", "then", "else", "patternProperties", "dependentSchemas", "unevaluatedProperties"})
"""Keywords that add schemas to objects. Nothing reads them."""
_JSON_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
_OTHER_NAMES = {"dict": "object", "map": "object", "list": "array", "str": "string"} | {
    "bool": "boolean",
    "float": "number",
    "double": "number",
    "None": "null",
}
"""What types are called elsewhere."""
_SECURITY_TYPES = frozenset({"http", "apiKey", "oauth2", "openIdConnect"})
# The keywords of JSON Schema (draft 2020-12) and of OpenAPI 3.0 and 3.1.
_KEYWORDS = frozenset(
    [
        "$anchor",
        "$comment",
        "$defs",
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$ref",
        "$schema",
        "$vocabulary",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "contains",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "default",
        "dependentRequired",
        "dependentSchemas",
        "deprecated",
        "description",
        "discriminator",
        "else",
        "enum",
        "example",
        "examples",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "externalDocs",
        "format",
        "if",
        "items",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "not",
        "oneOf",
        "pattern",
        "patternProperties",
        "prefixItems",
        "properties",
        "propertyNames",
        "readOnly",
        "required",
        "then",
        "title",
        "type",
        "unevaluatedItems",
        "unevaluatedProperties",
        "uniqueItems",
        "writeOnly",
        "xml",
    ]
)
_ANNOTATIONS = frozenset({"title", "description", "deprecated", "example", "examples"})

Node = Mapping[str, Any]


def check_supported(document: Node) -> None:
    """Raise Refusal for the first keyword that compiled code would ignore."""
    _check_paths(document)
    for place, schema in _nodes(document, ""):
        if "$ref" in schema:
            check_reference(document, schema["$ref"], place)
        _check_type(place, schema.get("type"))
        check_values(place, schema)
        _check_keywords(place, schema)
        _check_required(place, schema)
        _check_discriminator(document, place, schema)
        if "prefixItems" in schema:
            raise Refusal(place, "prefixItems is not supported: give all items of a list the same schema, `items`")
        if unread := _UNREAD & schema.keys():
            raise Refusal(place, f"{min(unread)} is not supported: the compiled models would ignore its schemas")
        if "not" in schema:
            raise Refusal(
                place,
                "`not` is supported only in one form: an object has a single property, a required string with "
                "`not: {enum: [...]}`, and allows more fields",
            )


def _check_paths(document: Node) -> None:
    for path, item in document.get("paths", {}).items():
        if "$ref" in item:
            raise Refusal(path, "a path item that is a reference is not supported: write its operations here")
        operations = {each.name: each.raw for each in operations_of(path, item)}
        for place, holder in {path: item, **operations}.items():
            if "servers" in holder:
                raise Refusal(place, "servers here are not supported: the client has one address for all calls")
        for place, operation in operations.items():
            _check_security(place, operation.get("security", document.get("security", ())), document)


def _check_type(place: str, kind: Any) -> None:
    for each in kind if isinstance(kind, list) else [kind]:
        if isinstance(each, str) and each not in _JSON_TYPES | _SECURITY_TYPES:
            raise Refusal(place, f"there is no type {each!r}{_type_meant(each)}")


def _type_meant(name: str) -> str:
    return f". Is {_OTHER_NAMES[name]!r} meant?" if name in _OTHER_NAMES else meant(name, _JSON_TYPES)


def _check_keywords(place: str, schema: Node) -> None:
    kind = schema.get("type")
    if not isinstance(kind, str) or kind not in _JSON_TYPES:  # not the schema of JSON data, or too general to tell
        return
    for keyword in schema:
        if keyword not in _KEYWORDS and not keyword.startswith("x-"):
            raise Refusal(place, f"there is no keyword {keyword!r}{meant(keyword, _KEYWORDS)}")


def _check_required(place: str, schema: Node) -> None:
    properties = schema.get("properties", {})
    if schema.get("type") != "object" or not properties or "allOf" in schema:  # its names may be elsewhere
        return
    for name in schema.get("required", ()):
        if name not in properties:
            raise Refusal(place, f"`required` names {name!r}, which is not in `properties`{meant(name, properties)}")


def _check_discriminator(document: Node, place: str, schema: Node) -> None:
    stated = schema.get("discriminator")
    mapping = stated.get("mapping") if isinstance(stated, Mapping) else None
    for tag, target in mapping.items() if isinstance(mapping, Mapping) else ():
        is_name = re.fullmatch(r"[\w-]+", str(target))  # the name of a schema may stand for its reference
        reference = f"#/components/schemas/{target}" if is_name else target
        check_reference(document, reference, place, f"the mapping of the discriminator for {tag!r}:")


def _check_security(place: str, requirements: Any, document: Node) -> None:
    schemes = document.get("components", {}).get("securitySchemes", {})
    for name in [name for requirement in requirements for name in requirement]:
        scheme = schemes.get(name, {})
        if scheme.get("type") != "http" or str(scheme.get("scheme")).lower() != "bearer":
            raise Refusal(
                place, f"the security scheme {name!r} is not supported: a key is sent as an http bearer token"
            )


def _nodes(node: Any, place: str) -> Iterator[tuple[str, Node]]:
    """Yield every object with keywords and its place, except the tags of models for unknown objects."""
    if isinstance(node, list):
        for each in node:
            yield from _nodes(each, place)
    if not isinstance(node, Mapping):
        return
    yield place, node
    for key, value in node.items():
        if key in _DATA or str(key).startswith("x-") or (key == "properties" and _is_for_the_unknown(node)):
            continue
        if key in _NAMED and isinstance(value, Mapping):
            for name, each in value.items():
                yield from _nodes(each, f"{place}.{name}" if key == "properties" else _place(place, key, name))
        else:
            yield from _nodes(value, f"{key.upper()} {place}" if key in METHODS else _place(place, key, ""))


def _place(place: str, key: str, name: str) -> str:
    if key in ("schemas", "paths") or not place:
        return name
    return {"items": f"{place}[]", "additionalProperties": f"{place}{{}}"}.get(key, place)


def _is_for_the_unknown(schema: Node) -> bool:
    """Return whether a schema has exactly the form of a model for the unknown members of a union."""
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or len(properties) != 1:
        return False
    ((name, tag),) = properties.items()
    excluded = tag.get("not") if isinstance(tag, Mapping) else None
    return (
        _constraints(schema) <= {"type", "required", "properties", "additionalProperties"}
        and schema.get("type") == "object"
        and schema.get("required") == [name]
        and schema.get("additionalProperties", True) in (True, {})
        and isinstance(excluded, Mapping)
        and _constraints(tag) == {"type", "not"}
        and tag["type"] == "string"
        and [*excluded] == ["enum"]
        and all(isinstance(each, str) for each in excluded["enum"])
    )


def _constraints(schema: Node) -> set[str]:
    return {key for key in schema if key not in _ANNOTATIONS and not key.startswith("x-")}


__all__ = ["check_supported"]
