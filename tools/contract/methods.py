"""Translate the place of a finding into what callers know: the Python method, and its keyword argument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import field, frozen

from .model import Document
from .operations import Operation, by_media_type, operations
from .references import component_name

_EVENTS = "text/event-stream"
# Irregular names of streaming methods, by the name of the method for JSON answers. Regular names add `_stream` to it.
_STREAMING = {"complete": "stream"}


@frozen
class Place:
    """Where a finding is, for callers: the methods that it concerns, and the keyword or the field ("" if none)."""

    methods: tuple[str, ...] = ()
    name: str = ""


@frozen
class Methods:
    """Finds the Python methods that a finding concerns. A finding names an operation, or the component of a body."""

    _of_operations: Mapping[str, tuple[str, ...]] = field(factory=dict)
    _of_bodies: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def place(self, where: str) -> Place:
        """Translate the place of a finding."""
        for operation, methods in self._of_operations.items():
            if where == operation or where.startswith(f"{operation} "):
                return Place(methods, _keyword(where.removeprefix(operation).strip()))
        component, _, rest = where.partition(".")
        if component in self._of_bodies and rest:
            return Place(self._of_bodies[component], rest)
        return Place((), where)


def methods_of(document: Document) -> Methods:
    """Return the methods of a contract."""
    of_operations, of_bodies = dict[str, tuple[str, ...]](), dict[str, list[str]]()
    for operation in operations(document):
        whole, streaming = _names(operation)
        of_operations[operation.name] = tuple(name for name in (whole, streaming) if name)
        for component, is_stream in _bodies(operation):
            name = streaming if is_stream and streaming else whole or streaming
            of_bodies.setdefault(component, []).append(name)
    return Methods(of_operations, {name: tuple(dict.fromkeys(found)) for name, found in of_bodies.items()})


def _names(operation: Operation) -> tuple[str, str]:
    """Return the names of the method and of its streaming variant; "" for one that does not exist."""
    tag = re.sub(r"\W+", "_", str((operation.raw.get("tags") or ["default"])[0]))
    identifier = str(operation.raw.get("operationId") or f"{operation.method} {operation.path}")
    name = re.sub(r"\W+", "_", identifier.removeprefix(f"{tag}_")).strip("_")
    contents = [by_media_type(answer.get("content", {})) for answer in operation.answers().values()]
    events = any(_EVENTS in content for content in contents)
    others = any(media_type != _EVENTS for content in contents[:1] for media_type in content)
    twin = f"client.{tag}.{_STREAMING.get(name, f'{name}_stream')}()" if events else ""
    return "" if events and not others else f"client.{tag}.{name}()", twin


def _bodies(operation: Operation) -> Iterator[tuple[str, bool]]:
    """Yield the names of the components of a request body, each with whether its `stream` is always true."""
    for content in operation.body().get("content", {}).values():
        for schema in operation.document.applied(content.get("schema", True)):
            name = component_name(schema)
            if name:
                tags = [each.tags.get("stream", []) for each in operation.document.alternatives(schema)]
                yield name, [True] in tags


def _keyword(rest: str) -> str:
    """Return the name of a parameter, or of a field of the body or the answer, without its place."""
    parameter = re.fullmatch(r"(?:query|path|header|cookie) (\S+)", rest)
    return parameter[1] if parameter else re.sub(r"^(request|\d\w\w|default)( \S+?/[^\s.\[|]+)?\.?", "", rest).strip()
