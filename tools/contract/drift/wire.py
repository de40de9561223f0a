"""Compare recorded requests and answers with our contract: find what the contract lacks.

`python -m mistral_agents.testing record` writes a recording. Only requests that the service accepted are compared. A
body that should be JSON is ignored if it is not JSON or was cut off. A compressed body is ignored, too. If a stream was
cut off, its complete events are compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import define, field
from tools.contract.calls import covering
from tools.contract.differences import NARROWER, OTHER, WIDER, Difference, Direction
from tools.contract.keywords import Schema
from tools.contract.model import Document
from tools.contract.operations import Operation, by_media_type, operations
from tools.openapi.operations import path_parameters, path_pattern

from mistral_agents.testing.recordings.judging import read_events
from mistral_agents.testing.recordings.recording import Exchange, Recording

from .seen import Seen, schema_of
from .upstream import family

_JSON, _EVENTS = "application/json", "text/event-stream"
_REFUSED = 400


@define
class Wire:
    """A recording. It has no components, so there are no counterparts."""

    recording: Recording
    name: str
    counterparts: dict[str, str] = field(factory=dict)

    @property
    def document(self) -> Document:
        """An empty document: the schemas made from recorded values have no references."""
        return Document({}, self.name)

    def differences(self, ours: Document) -> list[Difference]:
        """Return what was sent and our contract does not describe."""
        seen = Seen(ours)
        known = sorted(operations(ours), key=lambda each: each.path.count("{"))
        unknown = dict[tuple[str, str], list[Exchange]]()
        for exchange in self.recording.exchanges:
            if exchange.status is None:
                continue
            operation = next((each for each in known if _is_at(each, exchange)), None)
            if operation is not None:
                _compare(operation, exchange, exchange.status, seen)
            elif exchange.status < _REFUSED:
                unknown.setdefault((_template(exchange, known), exchange.method.lower()), []).append(exchange)
        families = {family(each.path) for each in known}
        for (path, method), exchanges in unknown.items():
            if family(path) in families:
                operation = Operation(self.document, path, method, _described(path, exchanges), {})
                seen.add(Difference(operation.name, "endpoint", "removed", OTHER, Direction.REQUEST, lost=operation))
        found = {(each.where, each.what): each for each in seen.differences()}
        return [found[place] for place in sorted(found)]


def _is_at(operation: Operation, exchange: Exchange) -> bool:
    pattern, path = path_pattern(operation.path), urlsplit(exchange.target).path
    fits = any(pattern.fullmatch(each) for each in (path, unquote(path)))
    return fits and operation.method == exchange.method.lower()


def _compare(operation: Operation, exchange: Exchange, status: int, seen: Seen) -> None:
    if status < _REFUSED:
        _compare_request(operation, exchange, seen)
    answers = operation.answers()
    key = covering(str(status), answers)
    content_type = _content_type(exchange.headers)
    if key is None:
        described = {"content": _contents([exchange])}
        what, place = "answer", f"{operation.name} {status}"
        seen.add(Difference(place, what, "removed", WIDER, Direction.ANSWER, lost=described))
        return
    content = by_media_type(answers[key].get("content", {}))
    if content_type and _body(exchange) and content_type not in content:
        what, lost = f"media type {content_type}", _contents([exchange]).get(content_type, {})
        rule = "media-type"
        found = Difference(f"{operation.name} {key}", what, "removed", OTHER, Direction.ANSWER, rule=rule, lost=lost)
        seen.add(found)
        return
    schema = content.get(content_type, {}).get("schema", True)
    for value in _values(exchange):
        seen.read(value, schema, f"{operation.name} {key} {content_type}", Direction.ANSWER)


def _compare_request(operation: Operation, exchange: Exchange, seen: Seen) -> None:
    parameters = operation.parameters()
    for name, text in parse_qsl(urlsplit(exchange.target).query, keep_blank_values=True):
        where = f"{operation.name} query {name}"
        if f"query {name}" not in parameters:
            lost = {"name": name, "in": "query", "schema": schema_of([_plain(text)])}
            seen.add(Difference(where, "parameter", "removed", NARROWER, Direction.REQUEST, lost=lost))
    content = by_media_type(operation.body().get("content", {}))
    sent = _json(exchange.request_body) if _content_type(exchange.request_headers) == _JSON else ()
    for value in sent:
        if _JSON in content:
            schema, where = content[_JSON].get("schema", True), f"{operation.name} request {_JSON}"
            seen.read(value, schema, where, Direction.REQUEST)


def _content_type(headers: Sequence[tuple[str, str]]) -> str:
    found = [value for name, value in headers if name.lower() == "content-type"]
    return next(iter(by_media_type({found[0]: {}})), "") if found else ""


def _body(exchange: Exchange) -> bytes:
    coded = [value for name, value in exchange.headers if name.lower() == "content-encoding" and value != "identity"]
    return b"" if coded else b"".join(chunk.data for chunk in exchange.chunks)


def _values(exchange: Exchange) -> Iterator[Any]:
    """Yield the JSON document of an answer, or the events of a stream as they were sent."""
    content_type = _content_type(exchange.headers)
    if content_type == _EVENTS:
        yield from (event for event in read_events(_body(exchange)) if event["data"].strip())
    elif content_type == _JSON and exchange.end == "complete":
        yield from _json(_body(exchange))


def _json(body: bytes) -> list[Any]:
    try:
        return [json.loads(body)]
    except (ValueError, RecursionError):
        return []


def _plain(text: str) -> Any:
    """Return the value that a text in a query most likely means: a number, a boolean or the text itself."""
    return int(text) if re.fullmatch(r"-?\d{1,18}", text) else text == "true" if text in ("true", "false") else text


def _template(exchange: Exchange, known: Sequence[Operation]) -> str:
    """Return the path of a request, with the names of parameters from our path with the longest common beginning."""
    given = unquote(urlsplit(exchange.target).path).split("/")
    best: list[str] = []
    for operation in known:
        written = operation.path.split("/")
        same = 0
        while same < min(len(written), len(given)) and (written[same] == given[same] or "{" in written[same]):
            same += 1
        if same > len(best) or (same == len(best) and "".join(written[:same]).count("{") < "".join(best).count("{")):
            best = written[:same]
    return "/".join([*best, *given[len(best) :]])


def _described(path: str, exchanges: Sequence[Exchange]) -> Schema:
    """Return an operation made from recorded exchanges."""
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in path_parameters(path)
    ]
    asked = [dict(parse_qsl(urlsplit(each.target).query, keep_blank_values=True)) for each in exchanges]
    for name in dict.fromkeys(name for each in asked for name in each):
        schema = schema_of([_plain(each[name]) for each in asked if name in each])
        parameters.append({"name": name, "in": "query", "schema": schema})
    sent = [value for each in exchanges for value in _json(each.request_body)]
    body = {"required": len(sent) == len(exchanges), "content": {_JSON: {"schema": schema_of(sent)}}}
    by_status = dict[str, list[Exchange]]()
    for each in exchanges:
        by_status.setdefault(str(each.status), []).append(each)
    responses = {status: {"content": _contents(some)} for status, some in sorted(by_status.items())}
    return {"parameters": parameters, **({"requestBody": body} if sent else {}), "responses": responses}


def _contents(exchanges: Sequence[Exchange]) -> Mapping[str, Schema]:
    """Return the media types of answers, each with a schema made from the bodies."""
    found = dict[str, Schema]()
    for content_type in dict.fromkeys(_content_type(each.headers) for each in exchanges):
        values = [value for each in exchanges if _content_type(each.headers) == content_type for value in _values(each)]
        if content_type:
            found[content_type] = {"schema": _event_schema(values) if content_type == _EVENTS else schema_of(values)}
    return found


def _event_schema(events: Sequence[dict[str, str]]) -> Schema:
    data = [value for event in events for value in _json(event["data"].encode())]
    ends = [{"const": event["data"]} for event in events if not _json(event["data"].encode())]
    text = {"type": "string", "contentMediaType": _JSON, "contentSchema": schema_of(data)}
    fields = schema_of([{name: text for name, text in event.items() if name != "data"} for event in events])
    properties = {"data": {"anyOf": [*ends[-1:], text]} if ends else text, **fields.get("properties", {})}
    return {"type": "object", "required": ["data"], "properties": properties}
