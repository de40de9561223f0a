"""Read an OpenAPI document: follow its references, and list what its schemas allow.

`Document.alternatives` resolves references and unions, and merges `allOf` and the keywords beside a reference. It
treats `oneOf` like `anyOf`; `exclusive` returns what only `oneOf` says. It resolves only the top of a schema, not the
schemas of fields and items, so that a schema may refer to itself.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import yaml
from attrs import evolve, field, frozen
from tools.openapi.pointers import PointerError, lookup, trail
from tools.openapi.yaml12 import load

from .alternatives import Alternative, merged, own_alternatives
from .discriminators import heirs as heirs_of
from .discriminators import tagged
from .keywords import NOTES, WORDS, ContractError, Schema, as_schema, as_text, mapping
from .openapi_30 import converted
from .references import component_name, references
from .shape import shaped

UNIONS = ("anyOf", "oneOf")


@frozen(slots=False)
class Document:
    """A contract, and its name in messages. The methods raise ContractError if it is not valid OpenAPI."""

    raw: Schema
    name: str
    _opened: dict[tuple[str, bool], list[Alternative]] = field(factory=dict, init=False, repr=False, eq=False)

    @cached_property
    def untagged(self) -> Document:
        """The same document without discriminators, because validators ignore them."""
        return Document(_untagged(self.raw), self.name)

    @property
    def components(self) -> Schema:
        """The schemas of the components, by name."""
        return mapping(mapping(self.raw.get("components", {}), "components").get("schemas", {}), "components/schemas")

    def resolve(self, reference: str) -> Any:
        """Return the part of the document that a reference points to."""
        try:
            return lookup(self.raw, reference)
        except PointerError as error:
            raise ContractError(f"{self.name}: {error}") from None

    def follow(self, item: Any) -> Schema:
        """Return a parameter, an answer or the like; if it is a reference, return what the reference points to."""
        found = mapping(item, f"{self.name}: a part of an operation")
        try:
            for reference, part in trail(self.raw, found):
                found = mapping(part, f"{self.name}: {reference}")
        except PointerError as error:
            raise ContractError(f"{self.name}: {error}") from None
        return found

    def note(self, schema: Any, key: str, default: Any = None) -> Any:
        """Return what a schema says under a keyword of NOTES, such as `readOnly`.

        The keyword may be in the schema, in the schema that it refers to, or in one of its `allOf`.
        """
        found = (each[key] for each in map(as_schema, self.applied(schema, unions=())) if key in each)
        return next(found, default)

    def alternatives(self, schema: Any, trail: tuple[str, ...] = (), *, heirs: bool = True) -> list[Alternative]:
        """Return the alternatives of a schema; an empty list if it allows nothing.

        With `heirs`, a schema with a discriminator also allows the schemas that inherit from it.
        """
        schema = as_schema(schema)
        parts = [
            self.alternatives(part, trail, heirs=heirs and _is_wrapper(schema)) for part in schema.get("allOf", [])
        ]
        parts += [self._referred(schema["$ref"], trail, heirs=heirs)] if "$ref" in schema else []
        parts += [list(self._members(schema, union, trail)) for union in UNIONS if union in schema]
        result = own_alternatives(schema)
        for part in parts:
            result = [both for one in result for other in part for both in merged(one, other)]
        return list({(each.name, each.key): each for each in result}.values())

    def _referred(self, reference: str, trail: tuple[str, ...], *, heirs: bool) -> list[Alternative]:
        if reference in trail:
            raise ContractError(f"{self.name}: {reference} is defined only by itself")
        key = (reference, heirs)
        if key not in self._opened:
            schema, name = as_schema(self.resolve(reference)), component_name({"$ref": reference})
            found = self.alternatives(schema, (*trail, reference), heirs=heirs)
            found = [evolve(found[0], name=name)] if name and len(found) == 1 else found
            if heirs and "discriminator" in schema and not schema.keys() & {*UNIONS}:
                for each in heirs_of(reference, schema["discriminator"], self.components):
                    inner = self._referred(each, trail, heirs=False)
                    found = [*found, *tagged(inner, {"$ref": each}, schema["discriminator"])]
            self._opened[key] = found
        return self._opened[key]

    def _members(self, schema: Schema, union: str, trail: tuple[str, ...]) -> Iterator[Alternative]:
        """Yield the alternatives of the members of a union, with the values of the discriminator's field."""
        for member in schema[union]:
            yield from tagged(self.alternatives(member, trail), member, schema.get("discriminator", {}))

    def discriminators(self, schema: Any) -> list[str]:
        """Return the fields of the discriminators at the top of a schema."""
        found = [as_schema(each).get("discriminator", {}).get("propertyName") for each in self.applied(schema)]
        return list(dict.fromkeys(str(name) for name in found if name))

    def exclusive(self, schema: Any) -> Iterator[tuple[Any, Any]]:
        """Yield each pair of members of a `oneOf` at the top of a schema: a value may match only one of the two."""
        for each in self.applied(schema):
            yield from itertools.combinations(as_schema(each).get("oneOf", []), 2)

    def applied(self, schema: Any, unions: tuple[str, ...] = UNIONS) -> list[Any]:
        """Return a schema and all schemas that it applies to the same value: by references, unions and `allOf`."""
        found, waiting = list[Any](), [schema]
        while waiting:
            each = waiting.pop(0)
            if any(each is seen for seen in found):
                continue
            found.append(each)
            inner = as_schema(each)
            waiting += [self.resolve(inner["$ref"])] if "$ref" in inner else []
            waiting += [part for key in ("allOf", *unions) for part in inner.get(key, [])]
        return found

    def reachable(self, part: Any) -> set[str]:
        """Return the names of the components that a part of the document refers to, directly or through others."""
        return {component_name({"$ref": reference}) for reference in self._references_of(part)} - {""}

    def spelled_out(self, part: Any) -> str:
        """Return a text that changes if a part of the document changes, or anything that it refers to."""
        return as_text([part, {reference: self.resolve(reference) for reference in self._references_of(part)}])

    def _references_of(self, part: Any) -> set[str]:
        seen, waiting = set[str](), [part]
        while waiting:
            for reference in references(waiting.pop()):
                if reference not in seen:
                    seen.add(reference)
                    waiting.append(self.resolve(reference))
        return seen


def read(text: str | bytes, name: str) -> Document:
    """Read a contract in YAML or JSON: OpenAPI 3.1, or 3.0 if all of it can be translated to 3.1.

    Raises ContractError for anything else.
    """
    try:
        raw = json.loads(json.dumps(load(text), default=str))  # makes keys strings, and refuses circles of YAML
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise ContractError(f"{name} cannot be read: {' '.join(str(error).split())}") from None
    version = str(raw.get("openapi", "")) if isinstance(raw, dict) else ""
    if not re.match(r"3\.[01](\.|$)", version):
        raise ContractError(f"{name} is not an OpenAPI 3.1 or 3.0 document")
    try:
        return Document(shaped(raw, name, converted if version.startswith("3.0") else None), name)
    except RecursionError:
        raise ContractError(f"{name} is nested too deeply") from None


def _is_wrapper(schema: Schema) -> bool:
    """Tell whether a schema only adds descriptions or notes to another one, which is the only member of its `allOf`."""
    return schema.keys() - WORDS - NOTES == {"allOf"} and len(schema["allOf"]) == 1


def _untagged(part: Any) -> Any:
    if isinstance(part, Mapping):
        tags = isinstance(part.get("discriminator"), Mapping) and "propertyName" in part["discriminator"]
        return {key: _untagged(inner) for key, inner in part.items() if not (tags and key == "discriminator")}
    return [_untagged(inner) for inner in part] if isinstance(part, list) else part
