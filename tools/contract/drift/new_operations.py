"""Write an operation of another document in the style of our contract, like our related operations."""

from __future__ import annotations

import re
from typing import Any

from tools.checks.form import PLACEHOLDER
from tools.contract.keywords import Schema
from tools.contract.model import Document
from tools.contract.operations import Operation, operations
from tools.openapi.operations import operations as written_operations
from tools.openapi.operations import path_parameters

from .fragments import Fragment
from .upstream import family
from .writing import Writer, pascal, without_null

# The words for HTTP methods in an `operationId`, if the path does not end in a word.
_VERBS = {"post": "create", "put": "update", "patch": "update"}


def add_operation(theirs: Operation, ours: Document, writer: Writer, fragment: Fragment) -> None:
    """Add an operation to a fragment. It gets the tag, security and errors of our operations of the same family."""
    known = list(operations(ours))
    neighbours = [each for each in known if family(each.path) == family(theirs.path)] or known
    tag = str(next(iter(neighbours[0].raw.get("tags", [])), "default"))
    raw = [*(each.raw for each in written_operations(fragment.part)), *(each.raw for each in known)]
    taken = {str(each.get("operationId")) for each in raw}
    name = _name(theirs, tag, taken)
    path = _path(theirs, known)
    names = dict(zip(path_parameters(theirs.path), path_parameters(path), strict=True))
    parameters = [
        parameter({**each, "name": names.get(each["name"], each["name"])}, pascal(name), ours, writer)
        for key, each in theirs.parameters().items()
        if not key.startswith("header ")
    ]
    described: dict[str, Any] = {"operationId": name, "tags": [tag], "summary": PLACEHOLDER}
    described |= {key: neighbours[0].raw[key] for key in ("security",) if key in neighbours[0].raw}
    described |= {"parameters": parameters} if parameters else {}
    body = theirs.body()
    if body:
        written = content(body, f"{pascal(name)}Request", writer, is_open=False)
        required = {"required": True} if body.get("required") else {}
        described["requestBody"] = {"description": PLACEHOLDER, **required, "content": written}
    responses = {
        status: _answer(each, f"{pascal(name)}Response", writer)
        for status, each in theirs.answers().items()
        if status.startswith("2")
    }
    errors = {status: each for status, each in neighbours[0].raw["responses"].items() if not status.startswith("2")}
    fragment.put(("paths", path, theirs.method), {**described, "responses": {**responses, **errors}})


def parameter(raw: Schema, title: str, ours: Document, writer: Writer) -> dict[str, Any]:
    """Return a parameter, or a reference to a component of ours with the same `name` and `in`."""
    for name, schema in ours.raw.get("components", {}).get("parameters", {}).items():
        if (schema.get("name"), schema.get("in")) == (raw["name"], raw["in"]):
            return {"$ref": f"#/components/parameters/{name}"}
    kept = {key: raw[key] for key in ("name", "in", "required", "deprecated", "style", "explode") if key in raw}
    place = f"{title}{pascal(raw['name'])}"
    if "content" in raw:
        return {**kept, "description": PLACEHOLDER, "content": content(raw, place, writer, is_open=False)}
    schema = writer.schema(without_null(raw.get("schema", True)), place, is_open=False)
    return {**kept, "description": PLACEHOLDER, "schema": schema}


def content(holder: Schema, title: str, writer: Writer, *, is_open: bool) -> dict[str, Any]:
    """Return the `content` of a body, an answer or a parameter, in our style."""
    return {
        media_type: {"schema": writer.schema(described.get("schema", True), title, is_open=is_open)}
        for media_type, described in holder.get("content", {}).items()
    }


def _answer(raw: Schema, title: str, writer: Writer) -> dict[str, Any]:
    described = content(raw, title, writer, is_open=True)
    return {"description": PLACEHOLDER, **({"content": described} if described else {})}


def _path(theirs: Operation, known: list[Operation]) -> str:
    """Return the path, with the names that our paths with the same beginning give to the parameters."""
    written = theirs.path.split("/")
    for index, part in enumerate(written):
        before = [_plain(each) for each in written[:index]]
        named = [each.path.split("/") for each in known]
        named = [each for each in named if len(each) > index and [_plain(key) for key in each[:index]] == before]
        ours = [each[index] for each in named if each[index].startswith("{")]
        if part.startswith("{") and ours:
            written[index] = ours[0]
    return "/".join(written)


def _plain(part: str) -> str:
    return "{}" if part.startswith("{") else part


def _name(theirs: Operation, tag: str, taken: set[str]) -> str:
    """Return an unused `operationId` of the form `<tag>_<method>`."""
    words = [re.sub(r"\W+", "_", each) for each in theirs.path.split("/") if each and not each.startswith("{")]
    word = words[-1] if len(words) > len(family(theirs.path).strip("/").split("/")) else ""
    verb = _VERBS.get(theirs.method, theirs.method)
    candidates = [f"{tag}_{word}"] if word and theirs.method in ("get", "post") else []
    candidates += [f"{tag}_{verb}_{word}" if word else f"{tag}_{verb}"]
    return next((each for each in candidates if each not in taken), f"{candidates[-1]}_too")
