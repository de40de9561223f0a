"""The contract in the form that the generator reads, and the meaning of our own extensions in it.

The generator drops three things: parameters with a `content`, the schema of an event's data, and extensions. This
module moves the parts that we need to places where the generator keeps them, or looks them up by path and method.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from tools.openapi import yaml11
from tools.openapi.operations import Node, Operation, operations, operations_of
from tools.openapi.pointers import resolve

from .mistakes import check_operations
from .refusal import Refusal, meant
from .supported import check_supported

EVENTS = "EventsOfTheContract"
"""The name of a schema that we add for the generator: each property is the event of an operation's stream."""
_STYLES = {"path": ("simple", False), "query": ("form", True), "header": ("simple", False)}


@frozen
class Stream:
    """How a stream ends, as `x-stream` says, and the schema of its events."""

    event: Node
    schema: str
    end: str | None
    end_event: str | None
    error_event: str | None


@frozen
class Document:
    """An OpenAPI document, and the same document prepared for the generator."""

    raw: Node
    prepared: dict[str, Any] = field(repr=False)

    def operations(self) -> Iterator[Operation]:
        """Yield the operations."""
        return operations(self.raw)

    def resolve(self, node: Any) -> Any:
        """Follow references to an object that is not a reference."""
        return resolve(self.raw, node)

    def stream(self, place: str, operation: Node) -> Stream | None:
        """Return how an operation answers with events, or None; raises Refusal if its `x-stream` is wrong."""
        for status, response in operation.get("responses", {}).items():
            media = self.resolve(response).get("content", {}).get("text/event-stream")
            if media is None or not str(status).startswith("2"):
                continue
            said = media.get("x-stream")
            if not isinstance(said, Mapping) or not (said.keys() & {"end", "end-event"}):
                raise Refusal(
                    place, "a text/event-stream needs x-stream, which says how it ends: {end: ...} or {end-event: ...}"
                )
            if unknown := said.keys() - {"end", "end-event", "error-event"}:
                raise Refusal(
                    place,
                    f"x-stream does not have {', '.join(sorted(unknown))}; it has end, or end-event and error-event",
                )
            event = self._event(place, media.get("schema", {}))
            tags = [*self._tags(event)]
            for key in ("end-event", "error-event"):
                if tags and key in said and said[key] not in tags:
                    raise Refusal(place, f"{key}: there is no event {said[key]!r}{meant(str(said[key]), tags)}")
            name = str(event.get("$ref", "")).rpartition("/")[2] or event.get("title", "")
            return Stream(event, name, said.get("end"), said.get("end-event"), said.get("error-event"))
        return None

    def _event(self, place: str, frame: Node) -> Node:
        """Return the schema of an event's data, which is a JSON text in the event on the wire."""
        data = self.resolve(frame).get("properties", {}).get("data", {})
        for each in [data, *data.get("anyOf", ()), *data.get("oneOf", ())]:
            schema = self.resolve(each).get("contentSchema")
            if isinstance(schema, Mapping):
                return schema
        raise Refusal(place, "the schema of an event needs `data`, a string with the `contentSchema` of its JSON")

    def _tags(self, union: Any) -> Iterator[str]:
        """Yield the tags in the discriminators of a union of events, and of the unions in it."""
        union = self.resolve(union)
        yield from map(str, union.get("discriminator", {}).get("mapping", {}))
        for each in [*union.get("anyOf", ()), *union.get("oneOf", ())]:
            if "$ref" not in each:
                yield from self._tags(each)


def read_document(path: Path) -> Document:
    """Read a document; raises Refusal."""
    try:
        raw = YAML(typ="safe").load(path.read_bytes())
    except (OSError, YAMLError) as error:
        raise Refusal(path.name, f"cannot be read: {error}") from error
    if not isinstance(raw, Mapping) or "openapi" not in raw:
        raise Refusal(path.name, "is not an OpenAPI document")
    for line, difference in yaml11.differences(path.read_text(encoding="utf-8")):
        raise Refusal(f"{path.name}, line {line}", difference)  # the stub reads the contract with PyYAML
    return prepare(raw)


def check_identifiers(raw: Node) -> None:
    """Refuse two operations with the same operationId, by which we look up facts about an operation."""
    seen: dict[str, str] = {}
    for operation in operations(raw):
        identifier = operation.raw.get("operationId")
        if identifier is not None and seen.setdefault(identifier, operation.name) != operation.name:
            raise Refusal(operation.name, f"operationId {identifier!r} is already used by {seen[identifier]}")


def prepare(raw: Node) -> Document:
    """Check a document, and prepare it for the generator; raises Refusal."""
    check_supported(raw)
    check_identifiers(raw)
    check_operations(raw)
    prepared: dict[str, Any] = copy.deepcopy(dict(raw))
    parameters = list(prepared.get("components", {}).get("parameters", {}).items())
    for path, item in prepared.get("paths", {}).items():
        for holder in [item, *(each.raw for each in operations_of(path, item))]:
            parameters += [(f"{path} {each.get('name')}", each) for each in holder.get("parameters", ())]
    for place, parameter in parameters:
        if "$ref" not in parameter:
            _check_style(place, parameter)
        if "content" in parameter:
            content = parameter.pop("content")
            if [*content] != ["application/json"]:
                raise Refusal(
                    place, f"the content of a parameter must be JSON, not {' or '.join(content) or 'nothing'}"
                )
            parameter["schema"] = content["application/json"].get("schema", {})
    _keep_constants(prepared)
    document = Document(raw, prepared)
    events = {}
    for operation in document.operations():
        stream = document.stream(operation.name, operation.raw)
        if stream is not None:
            events[operation.raw.get("operationId", f"{operation.method} {operation.path}")] = stream.event
    if events:
        schemas = prepared.setdefault("components", {}).setdefault("schemas", {})
        schemas[EVENTS] = {"type": "object", "required": [*events], "properties": events}
    return document


def _keep_constants(node: Any) -> None:
    """Remove the type beside a `const`; with it, the generator drops a const that is a boolean or has several types."""
    if isinstance(node, dict):
        if "const" in node and isinstance(node.get("type"), str | list):
            del node["type"]
        for each in node.values():
            _keep_constants(each)
    elif isinstance(node, list):
        for each in node:
            _keep_constants(each)


def _check_style(place: str, parameter: Node) -> None:
    """Refuse a parameter that does not have the default style of its place, and any cookie."""
    where = parameter.get("in")
    if where not in _STYLES:
        raise Refusal(place, f"a parameter in {where!r} is not supported")
    style, explode = _STYLES[where]
    if (parameter.get("style", style), parameter.get("explode", explode)) != (style, explode):
        raise Refusal(place, f"a parameter in {where!r} can have style {style} and explode {explode} only")
    if parameter.get("allowReserved"):
        raise Refusal(place, "allowReserved is not supported")
