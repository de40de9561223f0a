"""Read an OpenAPI 3.1 document: what its references lead to, and what its schemas allow.

References are followed, unions opened, and `allOf` is merged, as is what stands beside a reference. What may be told
apart by `exclusive` is not: the alternatives of `oneOf` are those of `anyOf`. Only the top of a schema is opened, so
that schemas may refer to themselves.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import yaml
from attrs import evolve, field, frozen

from .alternatives import Alternative, merged, own_alternatives
from .keywords import NOTES, WORDS, ContractError, Schema, as_schema, as_text, mapping
from .openapi_30 import converted
from .shape import shaped

_COMPONENTS = "#/components/schemas/"
UNIONS = ("anyOf", "oneOf")


@frozen(slots=False)
class Document:
    """A contract, by a name for people. Its methods raise ContractError where it is not what OpenAPI says."""

    raw: Schema
    name: str
    _opened: dict[str, list[Alternative]] = field(factory=dict, init=False, repr=False, eq=False)

    @cached_property
    def untagged(self) -> Document:
        """The same without discriminators, which validators do not look at."""
        return Document(_untagged(self.raw), self.name)

    @property
    def components(self) -> Schema:
        """The named schemas."""
        return mapping(mapping(self.raw.get("components", {}), "components").get("schemas", {}), "components/schemas")

    def resolve(self, reference: str) -> Any:
        """Return what a reference leads to."""
        if not reference.startswith("#"):
            raise ContractError(f"{self.name}: {reference} leads out of the document")
        if not reference.startswith("#/"):
            raise ContractError(f"{self.name}: {reference} is no pointer into the document")
        found: Any = self.raw
        for part in reference.split("/")[1:]:
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            if isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            elif isinstance(found, Mapping) and key in found:
                found = found[key]
            else:
                raise ContractError(f"{self.name}: {reference} leads nowhere")
        return found

    def follow(self, item: Any) -> Schema:
        """Return a parameter, an answer or the like, also when a reference stands in its place."""
        trail = list[str]()
        while "$ref" in mapping(item, "what stands here"):
            if item["$ref"] in trail:
                raise ContractError(f"{self.name}: {item['$ref']} leads to itself")
            trail.append(item["$ref"])
            item = self.resolve(item["$ref"])
        return mapping(item, "what stands here")

    def note(self, schema: Any, key: str) -> Any:
        """Return what is said under one of NOTES where a schema stands, or at the component that it refers to."""
        schema, trail = as_schema(schema), list[str]()
        while key not in schema and "$ref" in schema and schema["$ref"] not in trail:
            trail.append(schema["$ref"])
            schema = as_schema(self.resolve(schema["$ref"]))
        return schema.get(key)

    def alternatives(self, schema: Any, trail: tuple[str, ...] = ()) -> list[Alternative]:
        """Return what a value of the schema may be; nothing for a schema that allows nothing."""
        schema = as_schema(schema)
        parts = [self.alternatives(part, trail) for part in schema.get("allOf", [])]
        parts += [self._referred(schema["$ref"], trail)] if "$ref" in schema else []
        parts += [list(self._members(schema, union, trail)) for union in UNIONS if union in schema]
        result = own_alternatives(schema)
        for part in parts:
            result = [both for one in result for other in part if (both := merged(one, other)) is not None]
        return list({(each.name, each.key): each for each in result}.values())

    def _referred(self, reference: str, trail: tuple[str, ...]) -> list[Alternative]:
        if reference in trail:
            raise ContractError(f"{self.name}: {reference} is defined by nothing but itself")
        if reference not in self._opened:
            found = self.alternatives(self.resolve(reference), (*trail, reference))
            name = component_name({"$ref": reference})
            self._opened[reference] = [evolve(found[0], name=name)] if name and len(found) == 1 else found
        return self._opened[reference]

    def _members(self, schema: Schema, union: str, trail: tuple[str, ...]) -> Iterator[Alternative]:
        """Yield what the members of a union allow, each tagged as the discriminator's mapping says."""
        discriminator = schema.get("discriminator", {})
        tag = discriminator.get("propertyName", "")
        for member in schema[union]:
            targets = {as_schema(member).get("$ref"), component_name(member)}
            tags = [value for value, target in discriminator.get("mapping", {}).items() if target in targets]
            for each in self.alternatives(member, trail):
                if tags and each.type == "object" and tag not in each.tags:
                    written = as_schema(each.fields.get(tag, True))
                    said = {key: written[key] for key in written.keys() & NOTES}
                    fields = {**each.fields, tag: {"allOf": [written], "enum": tags, **said}}
                    yield evolve(each, keywords={**each.keywords, "properties": fields})
                else:
                    yield each

    def discriminators(self, schema: Any) -> list[str]:
        """Return the fields by which the unions at the top of a schema tell their members apart."""
        found = [as_schema(each).get("discriminator", {}).get("propertyName") for each in self.joined(schema)]
        return list(dict.fromkeys(str(name) for name in found if name))

    def exclusive(self, schema: Any) -> Iterator[tuple[Any, Any]]:
        """Yield the pairs of members at the top of a schema of which a value may fit only one."""
        for each in self.joined(schema):
            yield from itertools.combinations(as_schema(each).get("oneOf", []), 2)

    def joined(self, schema: Any) -> list[Any]:
        """Return a schema with those that join in at its top: references, and members of unions and of `allOf`."""
        found, waiting = list[Any](), [schema]
        while waiting:
            each = waiting.pop()
            if any(each is seen for seen in found):
                continue
            found.append(each)
            inner = as_schema(each)
            waiting += [part for key in ("allOf", *UNIONS) for part in inner.get(key, [])]
            waiting += [self.resolve(inner["$ref"])] if "$ref" in inner else []
        return found

    def reachable(self, part: Any) -> set[str]:
        """Return the names of the components that references lead to from a part of the document, directly or not."""
        return {component_name({"$ref": reference}) for reference in self._led_to(part)} - {""}

    def spelled_out(self, part: Any) -> str:
        """Return a text that changes whenever a part of the document does, or anything that it leads to."""
        return as_text([part, {reference: self.resolve(reference) for reference in self._led_to(part)}])

    def _led_to(self, part: Any) -> set[str]:
        seen, waiting = set[str](), [part]
        while waiting:
            for reference in _references(waiting.pop()):
                if reference not in seen:
                    seen.add(reference)
                    waiting.append(self.resolve(reference))
        return seen


def read(text: str | bytes, name: str) -> Document:
    """Read a contract, YAML or JSON, of OpenAPI 3.1, or of 3.0 where that can be said in 3.1.

    Raises ContractError for anything else.
    """
    try:
        raw = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe loaders
        raw = json.loads(json.dumps(raw, default=str))  # keys are text now, and nothing contains itself
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise ContractError(f"{name} cannot be read: {' '.join(str(error).split())}") from None
    version = str(raw.get("openapi", "")) if isinstance(raw, dict) else ""
    if not re.match(r"3\.[01](\.|$)", version):
        raise ContractError(f"{name} is not an OpenAPI 3.1 document, nor one of 3.0")
    try:
        return Document(shaped(raw, name, converted if version.startswith("3.0") else None), name)
    except RecursionError:
        raise ContractError(f"{name} is nested too deeply") from None


def component_name(schema: Any) -> str:
    """Return the name of the component that a schema refers to, adding no constraint; "" if there is none."""
    if not isinstance(schema, Mapping) or schema.keys() - WORDS - NOTES != {"$ref"}:
        return ""
    reference = str(schema["$ref"])
    name = reference.removeprefix(_COMPONENTS)
    return "" if name == reference or "/" in name else name


def _references(part: Any) -> Iterator[str]:
    """Yield every reference in a part of a document, those in a discriminator's mapping left out."""
    if isinstance(part, Mapping):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def _untagged(part: Any) -> Any:
    if isinstance(part, Mapping):
        tags = isinstance(part.get("discriminator"), Mapping) and "propertyName" in part["discriminator"]
        return {key: _untagged(inner) for key, inner in part.items() if not (tags and key == "discriminator")}
    return [_untagged(inner) for inner in part] if isinstance(part, list) else part
