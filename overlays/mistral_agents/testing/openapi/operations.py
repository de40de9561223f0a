"""An operation of the contract, with the checks of its requests and answers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

import attrs

from .mistakes import Checker, Problem, pointed_at, problem, read_json
from .parameters import Parameter

__all__ = ["EVENT_STREAM", "JSON", "Operation", "Stream", "operations"]

JSON = "application/json"
EVENT_STREAM = "text/event-stream"
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@attrs.frozen
class Stream:
    """The events of an operation, and how they end (`x-stream` in the contract)."""

    event: Checker
    """Checks the fields of an event: `data` (a text), and its other fields."""
    data: Checker
    """Checks the JSON in `data`."""
    marks: frozenset[str]
    """Texts that `data` may be instead of JSON, such as `[DONE]`."""
    end: str | None
    """The `data` of the last event."""
    end_event: str | None
    """The name of the last event."""
    error_event: str | None
    """The name of an event that says that the answer failed."""
    tag: str
    """The name of the field in the data that says which kind of event it is."""
    examples: tuple[Mapping[str, Any], ...]

    def ended_by(self, fields: Mapping[str, Any]) -> bool:
        """Return whether an event ends its stream.

        If the contract gives the `end` of the stream, that alone decides. Otherwise the `end-event` and the
        `error-event` end it.
        """
        text = str(fields.get("data", ""))
        if self.end is not None:
            return text.strip() == self.end
        content, problems = read_json(text.encode("utf-8", "backslashreplace"))
        tag = content.get(self.tag) if isinstance(content, dict) and not problems else None
        return (tag or fields.get("event")) in (self.end_event, self.error_event)

    def problems(self, fields: Mapping[str, Any]) -> list[Problem]:
        """Check an event; return its problems. `fields` are the fields of the event, such as `data`."""
        problems = self.event.problems(fields, ["event"])
        text = fields.get("data")
        if problems or not isinstance(text, str) or text in self.marks:
            return problems
        content, problems = read_json(text.encode("utf-8", "backslashreplace"), ["event", "data"])
        return problems or self.data.problems(content, ["event", "data"])


@attrs.frozen(eq=False)
class Operation:
    """One operation; `name` is its `operationId`."""

    name: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Checker | None
    """Checks a JSON body; None if there is no body, or if it is not JSON."""
    body_types: frozenset[str]
    """The content types that a body may have."""
    body_required: bool
    secured: bool
    """Whether a request needs a key."""
    answers: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """The media type objects of the answers, by status (`200`, `4XX`, `default`), and then by content type."""
    stream: Stream | None
    paging: Mapping[str, str] | None
    document: Mapping[str, Any] = attrs.field(repr=False)

    @classmethod
    def of(cls, method: str, path: str, item: Mapping[str, Any], document: Mapping[str, Any]) -> Operation:
        """Read an operation object of an OpenAPI document."""
        declared = item[method]
        given = [_followed(each, document) for each in [*item.get("parameters", []), *declared.get("parameters", [])]]
        parameters = {(each["name"], each["in"]): Parameter.of(each, document) for each in given}
        body = _followed(declared.get("requestBody", {}), document)
        contents = _by_kind(body.get("content", {}))
        responses = {
            str(status): _by_kind(_followed(each, document).get("content", {}))
            for status, each in declared["responses"].items()
        }
        events = next((each[EVENT_STREAM] for each in responses.values() if EVENT_STREAM in each), None)
        return cls(
            name=declared.get("operationId", f"{method} {path}"),
            method=method.upper(),
            path=path,
            parameters=tuple(parameters.values()),
            body=Checker(contents[JSON].get("schema", True), document) if JSON in contents else None,
            body_types=frozenset(map(_kind, body.get("content", {}))),
            body_required=bool(body.get("required", False)),
            secured=bool(declared.get("security", document.get("security"))),
            answers=responses,
            stream=None if events is None else _stream(events, document),
            paging=declared.get("x-paging"),
            document=document,
        )

    @property
    def status(self) -> int:
        """The status of success."""
        return min((int(each) for each in self.answers if re.fullmatch("2[0-9]{2}", each)), default=200)

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the paths of the operation, with a group for each parameter."""
        steps = re.split(r"(\{[^{}]+\})", self.path)
        return re.compile("".join("([^/]+)" if each.startswith("{") else re.escape(each) for each in steps))

    def path_values(self, path: str) -> dict[str, list[str]] | None:
        """Return the texts of the path's parameters; None if the path is not this operation's."""
        found = self.pattern.fullmatch(path)
        names: list[str] = re.findall(r"\{([^{}]+)\}", self.path)
        values = [] if found is None else [[unquote(text, errors="surrogateescape")] for text in found.groups()]
        return None if found is None else dict(zip(names, values, strict=True))

    def read_body(self, body: bytes) -> tuple[Any, list[Problem]]:
        """Parse and check a request's JSON body. Return its content (None if it has none), and its problems."""
        if not body:
            missing = [problem(["body"], "missing", "Field required", None)]
            return None, missing if self.body_required else []
        if self.body is None:
            return None, []
        content, problems = read_json(body)
        return content, problems or self.body.problems(content)

    def streams(self, body: object, accept: str = "") -> bool:
        """Return whether a request is answered with events.

        Some operations can answer both with events and with JSON. For them, `stream` in the body decides. If `stream`
        is absent, the schema of the body decides. If it is a union, only the members that accept the body count. If all
        these members have the constant `stream: true`, the answer has events. If no member accepts the body, the answer
        is JSON. If the body is not an object, the header `accept` decides.
        """
        if self.stream is None:
            return False
        if JSON not in self.answers[str(self.status)]:
            return True
        if self.body is None or not isinstance(body, Mapping):
            return EVENT_STREAM in accept
        if isinstance(body.get("stream"), bool):
            return bool(body["stream"])
        forms = [each for each in self.body.members() if Checker(each, self.document).fits(body)]
        fixed = [each.get("properties", {}).get("stream", {}).get("const") for each in forms]
        return bool(fixed) and all(each is True for each in fixed)

    def answer_checker(self, status: int) -> Checker | None:
        """Return the Checker of JSON answers with this status; None if such an answer has no JSON.

        Raises:
            KeyError: the contract has no such status.
        """
        for name in (str(status), f"{status // 100}XX", "default"):
            if name in self.answers:
                return self._checkers.get(name)
        raise KeyError(f"{self.name} has no answer with the status {status}")

    @functools.cached_property
    def _checkers(self) -> dict[str, Checker]:
        return {
            status: Checker(contents[JSON].get("schema", True), self.document)
            for status, contents in self.answers.items()
            if JSON in contents
        }

    def examples(self) -> list[Any]:
        """Return the contract's examples of a JSON answer."""
        return _examples(self.answers.get(str(self.status), {}).get(JSON, {}), self.document)


def operations(document: Mapping[str, Any]) -> Iterable[Operation]:
    """Yield the operations of a document."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield Operation.of(method, path, item, document)


def _by_kind(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return media type objects by their type without parameters. Each kind of JSON (`...+json`) is `JSON`."""
    return {JSON if _kind(name).endswith("+json") else _kind(name): media for name, media in content.items()}


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _stream(media: Mapping[str, Any], document: Mapping[str, Any]) -> Stream:
    schema = media.get("schema", {})
    ends = media.get("x-stream", {})
    text = _followed(_followed(schema, document).get("properties", {}).get("data", {}), document)
    forms = [_followed(each, document) for each in text.get("anyOf") or text.get("oneOf") or [text]]
    content = next((each["contentSchema"] for each in forms if "contentSchema" in each), True)
    marks = {str(each["const"]) for each in forms if "const" in each} | {each for each in [ends.get("end")] if each}
    return Stream(
        event=Checker(schema, document),
        data=Checker(content, document),
        marks=frozenset(marks),
        end=ends.get("end"),
        end_event=ends.get("end-event"),
        error_event=ends.get("error-event"),
        tag=_tag(content, document),
        examples=tuple(_examples(media, document)),
    )


def _tag(schema: Any, document: Mapping[str, Any]) -> str:
    """Return the name of a union's discriminator, also of a union within a union; `type` if there is none."""
    found = _followed(schema, document) if isinstance(schema, Mapping) else {}
    for each in [found, *(_followed(inner, document) for inner in found.get("anyOf", []))]:
        if "discriminator" in each:
            return str(each["discriminator"]["propertyName"])
    return "type"


def _examples(media: Mapping[str, Any], document: Mapping[str, Any]) -> list[Any]:
    named = [_followed(each, document) for each in media.get("examples", {}).values()]
    return [*([media["example"]] if "example" in media else []), *(each["value"] for each in named if "value" in each)]


def _followed(node: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        node = pointed_at(document, node["$ref"])
    return node
