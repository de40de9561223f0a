"""Write a schema of another document in the style of our contract.

Requests are closed, and answers are open. A union has a title, and a discriminator if its members have tags. Only tags
have defaults, and the only formats are `date-time` and `password`. Descriptions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import Factory, define
from tools.checks.form import PLACEHOLDER
from tools.contract.keywords import Schema, as_schema, as_text
from tools.contract.model import UNIONS, Document
from tools.contract.references import COMPONENTS, component_name

_TAGS = frozenset({"type", "role", "object"})
_FORMATS = frozenset({"date-time", "password"})
_NULL = {"type": "null"}
# Keywords that are copied unchanged, in this order, after those that this module writes.
_KEPT = (
    *("readOnly", "writeOnly", "deprecated", "const", "enum", "minimum", "exclusiveMinimum", "maximum"),
    *("exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"),
    *("minProperties", "maxProperties", "contentMediaType", "contentEncoding"),
)


@define
class Writer:
    """Their document and ours; `components` collects the schemas that ours does not have."""

    theirs: Document
    ours: Document
    counterparts: Mapping[str, str]
    components: dict[str, Schema] = Factory(dict)
    _sources: dict[str, str] = Factory(dict)
    _short: dict[str, str] = Factory(dict)
    _open: set[str] = Factory(set)

    def schema(self, raw: Any, title: str, *, is_open: bool) -> dict[str, Any]:
        """Return a schema in our style. An inline schema that must become a component gets its name from `title`."""
        schema = as_schema(raw)
        stated = schema.get("type")
        if "$ref" in schema or schema.keys() & {*UNIONS}:
            made = self._reference if "$ref" in schema else self._union
            return made(schema, title, is_open=is_open)
        if len(schema.get("allOf", [])) == 1:
            return self.schema({**as_schema(schema["allOf"][0]), **_without(schema, "allOf")}, title, is_open=is_open)
        if isinstance(stated, list):
            return self._with_types(schema, stated, title, is_open=is_open)
        if "properties" in schema or "allOf" in schema:
            return self._named(self._free(title, schema), schema, is_open=is_open)
        if stated == "string" and len(schema.get("enum", [])) > 1:
            reference = self._named(self._free(title, schema), schema, is_open=is_open)
            return self._opened(reference, title) if is_open else reference
        return self._plain(schema, title, is_open=is_open)

    def member(self, raw: Any, name: str, tag: str, *, is_open: bool) -> str:
        """Add a component for a member of a union with tags, and return the reference to it."""
        found = component_name(raw)
        schema = self.theirs.resolve(raw["$ref"]) if found else raw
        return str(self._named(self.counterparts.get(found, found) or name, schema, is_open=is_open, tag=tag)["$ref"])

    def _reference(self, schema: Schema, title: str, *, is_open: bool) -> dict[str, Any]:
        name = component_name({"$ref": schema["$ref"]})
        kept = {key: schema[key] for key in _KEPT if key in schema}
        if not name:
            return {**self.schema(self.theirs.resolve(schema["$ref"]), title, is_open=is_open), **kept}
        found = self.counterparts.get(name, name)
        target = self.ours.components.get(found) or self.theirs.resolve(schema["$ref"])
        reference = {"$ref": f"{COMPONENTS}{found}"}
        if found not in self.ours.components:
            reference = self._named(found, target, is_open=is_open)
        return {**kept, **(self._opened(reference, title) if is_open and "enum" in as_schema(target) else reference)}

    def _free(self, title: str, schema: Schema) -> str:
        """Return a name for an inline schema: the name of its field, or the longer `title` if that is taken."""
        short, text = self._short.get(title, title), as_text(schema)
        known = {*self.ours.components, *self.theirs.components}
        taken = short in known or self._sources.setdefault(short, text) != text
        return title if taken else short

    def _named(self, name: str, schema: Any, *, is_open: bool, tag: str = "") -> dict[str, Any]:
        """Add a component and return a reference to it. It is open if any place that uses it is open."""
        if name not in self._open and (name not in self.components or is_open):
            self._open |= {name} if is_open else set()
            self.components[name] = {}  # marks it as begun, because it may contain itself
            inside = as_schema(schema)
            union = inside.keys() & {*UNIONS}
            written = (
                self.schema(inside, name, is_open=is_open) if union else self._plain(inside, name, is_open=is_open)
            )
            self.components[name] = {
                "description": PLACEHOLDER,
                **_tagged(_without(written, "title") if union else written, tag),
            }
        return {"$ref": f"{COMPONENTS}{name}"}

    def _plain(self, schema: Schema, title: str, *, is_open: bool) -> dict[str, Any]:
        found: dict[str, Any] = {key: schema[key] for key in ("type",) if key in schema}
        if schema.get("format") in _FORMATS:
            found["format"] = schema["format"]
        if "const" in schema and "type" not in schema and isinstance(schema["const"], str):
            found["type"] = "string"
        if len(schema.get("enum", [])) == 1:
            schema = {**_without(schema, "enum"), "const": schema["enum"][0]}
        if "allOf" in schema:
            found["allOf"] = [self.schema(each, f"{title}Part", is_open=is_open) for each in schema["allOf"]]
        if "properties" in schema or schema.get("type") == "object":
            found |= self._object(schema, title, is_open=is_open)
        if "items" in schema:
            found["items"] = self.schema(schema["items"], f"{title}Item", is_open=is_open)
        if "contentSchema" in schema:
            found["contentSchema"] = self.schema(schema["contentSchema"], f"{title}Data", is_open=is_open)
        return found | {key: schema[key] for key in _KEPT if key in schema}

    def _object(self, schema: Schema, title: str, *, is_open: bool) -> dict[str, Any]:
        rest = schema.get("additionalProperties")
        found: dict[str, Any] = {"type": "object"}
        if isinstance(rest, Mapping) and rest:
            found["additionalProperties"] = self.schema(rest, f"{title}Value", is_open=is_open)
        elif "properties" not in schema:
            found["additionalProperties"] = True
        elif not is_open:
            found["additionalProperties"] = False
        if schema.get("required"):
            found["required"] = list(schema["required"])
        properties = {
            name: self.field(name, each, f"{title}{pascal(name)}", is_open=is_open)
            for name, each in schema.get("properties", {}).items()
        }
        return found | ({"properties": properties} if properties else {})

    def field(self, name: str, raw: Any, title: str, *, is_open: bool) -> dict[str, Any]:
        """Return the schema of a field. A tag gets its constant as the default."""
        self._short[title] = self._short[f"{title}Item"] = pascal(name)
        found = {"description": PLACEHOLDER, **self.schema(raw, title, is_open=is_open)}
        return {**found, "default": found["const"]} if name in _TAGS and "const" in found else found

    def _with_types(self, schema: Schema, stated: list[str], title: str, *, is_open: bool) -> dict[str, Any]:
        """Return a schema with several types, of which one may be null."""
        types = [name for name in stated if name != "null"]
        if len(types) > 1:
            members = [{**_without(schema, "type"), "type": name} for name in types]
            return self.schema(
                {"anyOf": [*members, *([_NULL] if len(types) < len(stated) else [])]}, title, is_open=is_open
            )
        listed = {"enum": [each for each in schema["enum"] if each is not None]} if "enum" in schema else {}
        return or_null(self.schema({**schema, "type": types[0], **listed} if types else _NULL, title, is_open=is_open))

    def _union(self, schema: Schema, title: str, *, is_open: bool) -> dict[str, Any]:
        listed = [each for union in UNIONS for each in schema.get(union, [])]
        members = [each for each in listed if as_schema(each) != _NULL]
        kept = {key: schema[key] for key in ("readOnly", "writeOnly", "deprecated") if key in schema}
        tag = self._tag(members, schema)
        if len(members) == 1:
            beside = _without(schema, *UNIONS, "discriminator", *kept)
            found = self.schema({**beside, **as_schema(members[0])}, title, is_open=is_open)
        elif tag:
            found = self._tagged_union(members, tag, title, is_open=is_open)
        else:
            written = [self.schema(each, f"{title}{index}", is_open=is_open) for index, each in enumerate(members, 1)]
            found = {"title": title, "anyOf": _flat(written)}
        return {**kept, **(or_null(found) if len(members) < len(listed) else found)}

    def _tag(self, members: Iterable[Any], schema: Schema) -> str:
        """Return the tag that tells all members of a union apart; "" if there is none, or not all are components."""
        found = [self.theirs.alternatives(each) for each in members]
        all_are_components = all(len(each) == 1 and each[0].name for each in found)  # none is a union or inline
        if len(found) < 2 or not all_are_components:
            return ""
        names = [schema.get("discriminator", {}).get("propertyName"), *sorted(found[0][0].tags)]
        told = [name for name in names if name and all(len(each[0].tags.get(name, [])) == 1 for each in found)]
        return next((name for name in told if len({str(each[0].tags[name]) for each in found}) == len(found)), "")

    def _tagged_union(self, members: Iterable[Any], tag: str, title: str, *, is_open: bool) -> dict[str, Any]:
        mapping = dict[str, str]()
        for each in members:
            (alternative,) = self.theirs.alternatives(each)
            mapping[alternative.tags[tag][0]] = self.member(each, title, tag, is_open=is_open)
        union = {
            "oneOf": [{"$ref": reference} for reference in mapping.values()],
            "discriminator": {"propertyName": tag, "mapping": mapping},
        }
        if not is_open:
            return {"title": title, **union}
        field_of = {"description": PLACEHOLDER, "type": "string", "not": {"enum": [*mapping]}}
        self.components[f"Unknown{title}"] = {
            "description": PLACEHOLDER,
            "type": "object",
            "additionalProperties": True,
            "required": [tag],
            "properties": {tag: field_of},
        }
        unknown = {"$ref": f"{COMPONENTS}Unknown{title}"}
        return {"title": title, "anyOf": [{"title": f"Known{title}", **union}, unknown]}

    def _opened(self, reference: dict[str, Any], title: str) -> dict[str, Any]:
        """Return a union of an enum and any other string."""
        return {"title": title, "anyOf": [reference, {"type": "string"}]}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema, with null allowed."""
    stated = schema.get("type")
    if isinstance(stated, list):
        return {**schema, "type": list(dict.fromkeys([*stated, "null"]))}
    if isinstance(stated, str) and stated != "null":
        listed = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
        if "const" not in schema:
            return {**schema, "type": [stated, "null"], **listed}
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], _NULL]}
    return schema if stated == "null" else {"oneOf": [schema, _NULL]} if schema else {}


def without_null(raw: Any) -> Any:
    """Return the schema without null in its own types and unions, because a query cannot contain null."""
    schema = dict(as_schema(raw))
    if isinstance(schema.get("type"), list):
        types = [each for each in schema["type"] if each != "null"]
        schema["type"] = types[0] if len(types) == 1 else types
    for union in UNIONS:
        if union in schema:
            schema[union] = [each for each in schema[union] if each != _NULL]
    return schema


def pascal(name: str) -> str:
    """Return a name in PascalCase, like those of components: `tool.execution_done` becomes ToolExecutionDone."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name))


def _without(schema: Schema, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in keys}


def _tagged(schema: dict[str, Any], tag: str) -> dict[str, Any]:
    """Return the schema of an object, with its tag required."""
    if not tag:
        return schema
    required = list(dict.fromkeys([tag, *schema.get("required", [])]))
    return {"type": "object", "required": required, **_without(schema, "type", "required")}


def _flat(members: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the members of a union, with those of inner unions in place of the unions."""
    return [
        inner
        for each in members
        for inner in (each["anyOf"] if each.keys() <= {"title", "anyOf"} and "anyOf" in each else [each])
    ]
