"""Refuse mistakes for which the generator has no message that says the place and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tools.openapi.operations import Node, Operation, operations, parameters, path_parameters
from tools.openapi.pointers import resolve

from .refusal import Refusal, meant

_STATUS = re.compile("[1-5]([0-9][0-9]|XX)|default", re.IGNORECASE)
_IN_HEADERS = {"array": "a list", "object": "an object"}


def check_operations(document: Node) -> None:
    """Refuse operations with wrong statuses, media types or parameters; raises Refusal."""
    for operation in operations(document):
        _check_parameters(document, operation)
        _check_answers(document, operation)
        content = resolve(document, operation.raw.get("requestBody", {})).get("content", {})
        if not all(map(is_json, content)):
            raise Refusal(operation.name, "a body must be JSON; forms, files and several media types are not supported")


def is_json(media_type: str) -> bool:
    """Return whether a media type is JSON."""
    kind = _bare(media_type)
    return kind == "application/json" or kind.endswith("+json")


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _check_answers(document: Node, operation: Operation) -> None:
    answers = operation.raw.get("responses")
    if not isinstance(answers, Mapping) or not answers:
        raise Refusal(operation.name, "an operation needs `responses`, an object with an answer for each status")
    for status, answer in answers.items():
        if not isinstance(status, str):
            raise Refusal(operation.name, f"the status {status} must be in quotes: '{status}'")
        if not _STATUS.fullmatch(status) and not status.startswith("x-"):
            raise Refusal(
                operation.name, f"there is no status {status!r}: it has three digits, or is a class such as '4XX'"
            )
        others = [each for each in resolve(document, answer).get("content", {}) if not is_json(each)]
        if status.startswith("2"):
            others = [each for each in others if each != "text/event-stream"]
            if others:
                raise Refusal(operation.name, f"an answer must be JSON or an event stream, not {others[0]}")
        elif unread := [each for each in others if not _bare(each).startswith(("text/", "application/octet-stream"))]:
            raise Refusal(operation.name, f"the answer {status} must be JSON or text, not {unread[0]}")


def _check_parameters(document: Node, operation: Operation) -> None:
    in_path = path_parameters(operation.path)
    found = parameters(document, operation)
    for place, name in _twice(document, operation):
        raise Refusal(f"{operation.name} {name}", f"the operation has two parameters of this name in {place!r}")
    known = [str(each.get("name")) for each in found if each.get("in") == "path"]
    for name in known:
        if name not in in_path:
            raise Refusal(f"{operation.name} {name}", f"the path has no {{{name}}}{meant(name, in_path)}")
    for name in in_path:
        if name not in known:
            raise Refusal(operation.name, f"{{{name}}} of the path needs a parameter of this name with `in: path`")
    for each in found:
        place = f"{operation.name} {each.get('name')}"
        if each.get("in") == "path" and each.get("required") is not True:
            raise Refusal(place, "a parameter in the path needs `required: true`")
        if each.get("in") == "header":
            _check_header(place, resolve(document, each.get("schema", {})))


def _check_header(place: str, schema: Node) -> None:
    kind = "a date" if schema.get("format") in ("date", "date-time") else _IN_HEADERS.get(str(schema.get("type")))
    if kind is not None:
        raise Refusal(place, f"{kind} in a header is not supported{': leave out `format`' * (kind == 'a date')}")


def _twice(document: Node, operation: Operation) -> Iterator[tuple[str, str]]:
    """Yield place and name of each parameter that its operation, or its path, has twice."""
    for holder in (operation.item, operation.raw):
        seen = set[tuple[str, str]]()
        for each in (resolve(document, part) for part in holder.get("parameters") or ()):
            key = (str(each.get("in")), str(each.get("name")))
            if key in seen:
                yield key
            seen.add(key)


def check_values(place: str, schema: Node) -> None:
    """Refuse a list without `items`, a wrong `required`, a wrong `enum`, and `nullable`; raises Refusal."""
    kind = schema.get("type")
    kinds: list[Any] = kind if isinstance(kind, list) else [kind]
    if "nullable" in schema:
        raise Refusal(place, f"nullable is a keyword of OpenAPI 3.0: {_null_of(kind)}")
    if "array" in kinds and not {"items", "prefixItems"} & schema.keys():
        raise Refusal(place, "an array needs `items`, the schema of its items; `items: {}` allows any")
    if kind == "object" and not isinstance(schema.get("required", []), list):
        raise Refusal(place, "`required` must be a list with the names of fields")
    if isinstance(kind, str) and kind in ("string", "number", "integer", "boolean", "array") and "required" in schema:
        raise Refusal(place, "`required` does not belong here: list the field in the `required` of its object")
    if isinstance(enum := schema.get("enum"), list) and (not enum or len({*map(type, enum)} - {type(None)}) > 1):
        raise Refusal(place, "an `enum` must have values, and all of the same type")


def _null_of(kind: Any) -> str:
    if isinstance(kind, str):
        return f"write `type: [{kind}, 'null']`"
    return "write `anyOf: [..., {type: 'null'}]`"
