"""Fields that a request may have and no answer has: those that the contract marks `writeOnly`, such as credentials."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from ..secrets.masking import Credentials
from .mistakes import Checker, pointed_at

__all__ = ["WriteOnly", "credentials_of"]


def credentials_of(document: Mapping[str, Any]) -> Credentials:
    """Return the fields that a contract marks `writeOnly`. A text in their `const` or `enum` is not a secret."""
    marked = [*_marked(document)]
    listed = _listed([schema for _, schema in marked], document)
    return Credentials(sorted({name for name, _ in marked}), sorted(listed))


def _listed(schemas: list[Any], document: Mapping[str, Any]) -> set[str]:
    """Return the texts that schemas have as `const` or in `enum`. References in the schemas are followed."""
    found, followed, waiting = set[str](), set[str](), list(schemas)
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, Mapping):
            enum = value.get("enum")
            texts = [value.get("const"), *(enum if isinstance(enum, list) else ())]
            found.update(each for each in texts if isinstance(each, str))
            reference = value.get("$ref")
            if isinstance(reference, str) and reference not in followed:
                followed.add(reference)
                waiting.append(pointed_at(document, reference))
            waiting += value.values()
    return found


class WriteOnly:
    """Removes from answers the fields that the contract allows only in requests."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def without(self, content: Any, checker: Checker) -> Any:
        """Return an answer without the fields that its schema marks `writeOnly`."""
        return self._without(content, checker) if self._names & set(_names(content)) else content

    @functools.cached_property
    def _names(self) -> frozenset[str]:
        """The names of all such fields. An answer that has none of these names needs no further work."""
        return frozenset(credentials_of(self._document).fields)

    def _without(self, content: Any, checker: Checker) -> Any:
        members = checker.members()
        if len(members) > 1:
            inner = [Checker(member, self._document) for member in members]
            return self._without(content, next((each for each in inner if each.fits(content)), inner[0]))
        (schema,) = members
        if schema is not checker.schema and (schema.get("anyOf") or schema.get("oneOf")):
            return self._without(content, Checker(schema, self._document))
        if isinstance(content, list):
            items = Checker(schema.get("items", True), self._document)
            return [self._without(each, items) for each in content]
        if not isinstance(content, Mapping):
            return content
        fields = schema.get("properties", {})
        return {
            name: self._without(value, Checker(fields.get(name, True), self._document))
            for name, value in content.items()
            if not (isinstance(fields.get(name), Mapping) and fields[name].get("writeOnly"))
        }


def _names(content: Any) -> Iterator[str]:
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            yield from value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _marked(node: Any) -> Iterator[tuple[str, Any]]:
    waiting = [node]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            properties = value.get("properties")
            for name, field in properties.items() if isinstance(properties, Mapping) else ():
                if isinstance(field, Mapping) and field.get("writeOnly"):
                    yield name, field
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
