"""The contract as the generator gets it, and what our own extensions in it say.

The generator drops some of what it reads: parameters with a `content`, the schema behind an event, extensions. What we
need of those is put where it survives, or looked up here by path and method.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from .refusal import Refusal
from .supported import check_supported

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
EVENTS = "EventsOfTheContract"
"""Name of a schema that is added for the generator: its properties are the events of each stream, by operation."""
_STYLES = {"path": ("simple", False), "query": ("form", True), "header": ("simple", False)}

Node = Mapping[str, Any]


@frozen
class Stream:
    """What `x-stream` says, and the event's schema."""

    event: Node
    schema: str
    end: str | None
    end_event: str | None
    error_event: str | None


@frozen
class Document:
    """An OpenAPI document, and the form of it that the generator reads."""

    raw: Node
    prepared: dict[str, Any] = field(repr=False)

    def operations(self) -> Iterator[tuple[str, str, Node]]:
        """Yield path, HTTP method and operation."""
        for path, item in self.raw.get("paths", {}).items():
            for method in METHODS:
                if method in item:
                    yield path, method, item[method]

    def resolve(self, node: Any) -> Any:
        """Follow references until there is none."""
        seen: set[str] = set()
        while isinstance(node, Mapping) and "$ref" in node and node["$ref"] not in seen:
            seen.add(node["$ref"])
            node = _lookup(self.raw, node["$ref"])
        return node

    def stream(self, place: str, operation: Node) -> Stream | None:
        """Return how an operation answers with events, or None; raises Refusal where `x-stream` does not say it."""
        for status, response in operation.get("responses", {}).items():
            media = self.resolve(response).get("content", {}).get("text/event-stream")
            if media is None or not str(status).startswith("2"):
                continue
            said = media.get("x-stream")
            if not isinstance(said, Mapping) or not (said.keys() & {"end", "end-event"}):
                raise Refusal(place, "a text/event-stream needs x-stream: {end: ...} or {end-event: ...}, how it ends")
            if unknown := said.keys() - {"end", "end-event", "error-event"}:
                raise Refusal(place, f"x-stream does not know {', '.join(sorted(unknown))}")
            event = self._event(place, media.get("schema", {}))
            name = str(event.get("$ref", "")).rpartition("/")[2] or event.get("title", "")
            return Stream(event, name, said.get("end"), said.get("end-event"), said.get("error-event"))
        return None

    def _event(self, place: str, frame: Node) -> Node:
        """Return the schema of an event's data, which is a JSON text in the frame."""
        data = self.resolve(frame).get("properties", {}).get("data", {})
        for each in [data, *data.get("anyOf", ()), *data.get("oneOf", ())]:
            schema = self.resolve(each).get("contentSchema")
            if isinstance(schema, Mapping):
                return schema
        raise Refusal(place, "the schema of an event needs `data`, a string with the `contentSchema` of its JSON")


def read_document(path: Path) -> Document:
    """Read a document; raises Refusal."""
    try:
        raw = YAML(typ="safe").load(path.read_bytes())
    except (OSError, YAMLError) as error:
        raise Refusal(path.name, f"cannot be read: {error}") from error
    if not isinstance(raw, Mapping) or "openapi" not in raw:
        raise Refusal(path.name, "is not an OpenAPI document")
    return prepare(raw)


def check_identifiers(raw: Node) -> None:
    """Refuse two operations with one operationId: what is known of one would be looked up for the other."""
    seen: dict[str, str] = {}
    for path, item in raw.get("paths", {}).items():
        for method in METHODS:
            identifier = item.get(method, {}).get("operationId")
            place = f"{method.upper()} {path}"
            if identifier is not None and seen.setdefault(identifier, place) != place:
                raise Refusal(place, f"operationId {identifier!r} is used by {seen[identifier]} too")


def prepare(raw: Node) -> Document:
    """Return a document with the form of it that the generator reads; raises Refusal."""
    check_supported(raw)
    check_identifiers(raw)
    prepared: dict[str, Any] = copy.deepcopy(dict(raw))
    parameters = list(prepared.get("components", {}).get("parameters", {}).items())
    for path, item in prepared.get("paths", {}).items():
        for holder in [item, *(item[method] for method in METHODS if method in item)]:
            parameters += [(f"{path} {each.get('name')}", each) for each in holder.get("parameters", ())]
    for place, parameter in parameters:
        if "$ref" not in parameter:
            _check_style(place, parameter)
        if "content" in parameter:
            content = parameter.pop("content")
            if [*content] != ["application/json"]:
                raise Refusal(place, f"a parameter holds JSON, not {' or '.join(content) or 'nothing'}")
            parameter["schema"] = content["application/json"].get("schema", {})
    _keep_constants(prepared)
    document = Document(raw, prepared)
    events = {}
    for path, method, operation in document.operations():
        stream = document.stream(f"{method.upper()} {path}", operation)
        if stream is not None:
            events[operation.get("operationId", f"{method} {path}")] = stream.event
    if events:
        schemas = prepared.setdefault("components", {}).setdefault("schemas", {})
        schemas[EVENTS] = {"type": "object", "required": [*events], "properties": events}
    return document


def _keep_constants(node: Any) -> None:
    """Drop the type beside a `const`: the generator would drop the const of a boolean, or beside several types."""
    if isinstance(node, dict):
        if "const" in node and isinstance(node.get("type"), str | list):
            del node["type"]
        for each in node.values():
            _keep_constants(each)
    elif isinstance(node, list):
        for each in node:
            _keep_constants(each)


def _check_style(place: str, parameter: Node) -> None:
    """Refuse a parameter that is not written in the usual way of its place, and cookies."""
    where = parameter.get("in")
    if where not in _STYLES:
        raise Refusal(place, f"a parameter in {where!r} is not supported")
    style, explode = _STYLES[where]
    if (parameter.get("style", style), parameter.get("explode", explode)) != (style, explode):
        raise Refusal(place, f"a parameter in {where!r} is written with style {style} and explode {explode} only")
    if parameter.get("allowReserved"):
        raise Refusal(place, "allowReserved is not supported")


def _lookup(document: Node, reference: str) -> Any:
    if not reference.startswith("#/"):
        raise Refusal(reference, "a reference leads out of the document")
    node: Any = document
    for step in reference[2:].split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, Mapping) or name not in node:
            raise Refusal(reference, "the reference leads nowhere")
        node = node[name]
    return node
