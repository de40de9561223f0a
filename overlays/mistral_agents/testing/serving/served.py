"""Answers for operations that the stub knows only from the contract: the contract's examples.

If the contract has no example, the answer is made from the schema. A JSON answer is also made from the schema if no
example fits it. For a stream, an example that does not fit is an error.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..openapi.examples import example
from ..openapi.mistakes import Checker, Problem
from ..openapi.operations import Operation, Stream

__all__ = ["events", "filled", "paged", "whole"]

# The value where a schema allows any text.
_TEXT = "text"


def whole(operation: Operation, parameters: Mapping[str, Any]) -> tuple[Any, list[Problem]]:
    """Return a JSON answer (None if it has no body) and its problems."""
    checker = operation.answer_checker(operation.status)
    if checker is None:
        return None, []
    made = [*operation.examples(), example(checker.schema, _TEXT, operation.document)]
    content = next((each for each in made if checker.fits(each)), made[-1])
    problems = checker.problems(content)
    if operation.paging is None or problems:
        return content, problems
    field = operation.paging.get("items")
    return paged(operation, parameters, content[field] if field else content, content if field else {}), []


def paged(
    operation: Operation, parameters: Mapping[str, Any], items: Sequence[Any], head: Mapping[str, Any], size: int = 100
) -> Any:
    """Return one page of a list, in the form that the contract's `x-paging` names.

    Args:
        operation: an operation that returns a list. If it has no `x-paging`, the parameter `page` is the number of the
            page, from 0.
        parameters: the parameters of the request; `page_size` is the length of a page.
        items: the whole list.
        head: the other fields of the answer, if the items are in a field of it.
        size: the length of a page if the request has no `page_size`.
    """
    paging = operation.paging or {"parameter": "page"}
    size = parameters.get("page_size") or size
    asked = str(parameters.get(paging["parameter"]) or 0)
    start = int(asked) * (1 if "next" in paging else size) if asked.isdecimal() and len(asked) < 16 else len(items)
    page = list(items[start : start + size])
    if "items" not in paging:
        return page
    following = str(start + size) if start + size < len(items) else None
    return {**head, paging["items"]: page, paging["next"]: following}


def events(stream: Stream, document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the fields of each event of a stream, up to the end that `x-stream` names."""
    ended = False
    for shown in stream.examples or [_made(stream, document)]:
        ended = ended or stream.ended_by(shown)
        yield dict(shown)
    if not ended:
        yield from _end(stream, document)


def _made(stream: Stream, document: Mapping[str, Any]) -> dict[str, Any]:
    return {"data": json.dumps(example(stream.data.schema, _TEXT, document))}


def _end(stream: Stream, document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if stream.end is not None:
        yield {"data": stream.end}
    elif stream.end_event is not None:
        forms = [form for member in stream.data.members() for form in _inner(member, document)]
        tagged = [form for form in forms if stream.end_event in _constants(form)]
        content = example((tagged or forms)[0], _TEXT, document)
        yield {"event": stream.end_event, "data": json.dumps(content)}


def _inner(schema: Mapping[str, Any], document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    members = Checker(schema, document).members()
    return members if members != [schema] else [schema]


def _constants(schema: Mapping[str, Any]) -> list[Any]:
    return [each.get("const") for each in schema.get("properties", {}).values()]


def filled(content: Any, problems: Sequence[Mapping[str, Any]], checker: Checker, document: Mapping[str, Any]) -> Any:
    """Fill in the missing required fields of an answer, with values made from their schemas.

    So a new required field in the contract needs no change of the stub's code.
    """
    content = copy.deepcopy(content)
    for each in problems:
        *place, name = each["loc"][1:] or [""]
        holder: Any = content
        schema: Any = checker.schema
        for step in place:
            holder = holder[step]
            schema = _within(schema, step, document)
        if each["type"] == "missing" and isinstance(holder, dict):
            holder[name] = example(_within(schema, name, document), _TEXT, document)
    return content


def _within(schema: Any, step: str | int, document: Mapping[str, Any]) -> Any:
    """Return the schema of a field or an item; `{}` if there is none. References and unions are followed."""
    forms = Checker(schema, document).members() if isinstance(schema, Mapping) else []
    for form in forms:
        found = form.get("items") if isinstance(step, int) else form.get("properties", {}).get(step)
        if found is not None:
            return found
        if form is not schema and (form.get("anyOf") or form.get("oneOf")):
            return _within(form, step, document)
    return {}
