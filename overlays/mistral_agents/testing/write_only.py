"""Fields that a request may have and no answer has: those that the contract marks `writeOnly`, such as credentials."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from .mistakes import Checker

__all__ = ["WriteOnly", "fixed_words", "write_only_names"]


def write_only_names(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the fields that a contract marks `writeOnly`."""
    return frozenset(_marked(document))


def fixed_words(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the texts that a contract itself gives as values of fields, such as the tags of unions: no secrets."""
    found = set[Any]()
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            enum = value.get("enum")
            texts = [value.get("const"), *(enum if isinstance(enum, list) else ())]
            found.update(each for each in texts if isinstance(each, str))
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return frozenset(found)


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
        return write_only_names(self._document)

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


def _marked(node: Any) -> Iterator[str]:
    waiting = [node]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            properties = value.get("properties")
            for name, field in properties.items() if isinstance(properties, Mapping) else ():
                if isinstance(field, Mapping) and field.get("writeOnly"):
                    yield name
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
