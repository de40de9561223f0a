"""Find the part of a contract that a finding names: `Agent.tools[]`, or `GET /v1/agents 200 application/json.name`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen
from tools.contract.model import UNIONS, Document
from tools.contract.operations import Operation, by_media_type, operations
from tools.contract.unions import label
from tools.openapi.pointers import PointerError, keys_of, steps

Pointer = tuple[str | int, ...]
_STEP = re.compile(r"\[(\d*)\]|\.\*|\.|\|")


@frozen
class Place:
    """A part of a document, and the keys that lead to it.

    `rest` is the end of the name that could not be resolved. `slot` is the pointer before references were followed: to
    the part itself, or to the reference to it.
    """

    pointer: Pointer
    part: Any
    rest: str = ""
    slot: Pointer = ()


def locate(document: Document, where: str) -> Place | None:
    """Return the schema that a finding names, or the last one on the path to it; None if it names no schema."""
    for operation in operations(document):
        if where.startswith(f"{operation.name} "):
            return _inside(document, operation, where[len(operation.name) + 1 :])
    names = [name for name in document.components if re.match(rf"{re.escape(name)}(?![\w-])", where)]
    name = max(names, key=len, default="")
    return _walked(document, ("components", "schemas", name), where[len(name) :]) if name else None


def _inside(document: Document, operation: Operation, named: str) -> Place | None:
    """Return the schema in a body, an answer or a parameter of an operation."""
    here: Pointer = ("paths", operation.path, operation.method)
    first, _, rest = named.partition(" ")
    for holder, part in ((here, operation.raw), (here[:2], operation.item)):
        for index, raw in enumerate(part.get("parameters", [])):
            parameter = document.follow(raw)
            name = str(parameter.get("name"))
            if parameter.get("in") == first and re.match(rf"{re.escape(name)}(?![\w-])", rest):
                return _walked(document, (*holder, "parameters", index), rest[len(name) :], "schema")
    found = followed(document, (*here, "requestBody") if first == "request" else (*here, "responses", first))
    content = found.part.get("content", {}) if found else {}
    for media_type in content:
        (written,) = by_media_type({media_type: {}})
        if found and rest.startswith(written):
            return _walked(document, (*found.pointer, "content", media_type), rest[len(written) :], "schema")
    return None


def followed(document: Document, pointer: Pointer) -> Place | None:
    """Return the part at a pointer; if it is a reference, what that points to. None if there is no such part."""
    try:
        path = [*steps(document.raw, pointer)]
        here: Pointer = tuple(key for key, _ in path)
        part = path[-1][1] if path else document.raw
    except PointerError:
        return None
    if isinstance(part, dict) and str(part.get("$ref", "")).startswith("#/"):
        found = followed(document, tuple(keys_of(part["$ref"])))
        return evolve(found, slot=here) if found else None
    return Place(here, part, slot=here)


def holders(document: Document, pointer: Pointer, keyword: str) -> Iterator[Place]:
    """Yield the schemas with a keyword that apply at a place: directly, or by references, unions and `allOf`."""
    waiting, seen = [pointer], set[Pointer]()
    while waiting:
        found = followed(document, waiting.pop(0))
        if found is None or found.pointer in seen or not isinstance(found.part, dict):
            continue
        seen.add(found.pointer)
        if keyword in found.part:
            yield found
        for union in ("allOf", *UNIONS):
            waiting += [(*found.pointer, union, index) for index in range(len(found.part.get(union, [])))]


def _walked(document: Document, pointer: Pointer, rest: str, *keys: str) -> Place | None:
    """Follow the rest of a name from a part of the document."""
    start = followed(document, pointer)
    here = followed(document, (*start.pointer, *keys)) if start else None
    while here is not None and rest:
        step = _step(document, here.pointer, rest)
        found = followed(document, step[0]) if step else None
        if step is None or found is None:
            return Place(here.pointer, here.part, rest)
        here, rest = found, rest[step[1] :]
    return here


def _step(document: Document, pointer: Pointer, rest: str) -> tuple[Pointer, int] | None:
    """Return the pointer to which the first step of a name leads, and the length of that step."""
    sign = _STEP.match(rest)
    if sign is None:
        return None
    if sign[0] == "|":
        for union in UNIONS:
            for each in holders(document, pointer, union):
                for index, member in enumerate(each.part[union]):
                    named = "|" + "".join(map(label, document.alternatives(member)[:1]))
                    if rest.startswith(named):
                        return (*each.pointer, union, index), len(named)
        return None
    if sign[0] != ".":
        keyword = "additionalProperties" if sign[0] == ".*" else "prefixItems" if sign[1] else "items"
        inner = (keyword, int(sign[1])) if sign[1] else (keyword,)
        return next((((*each.pointer, *inner), len(sign[0])) for each in holders(document, pointer, keyword)), None)
    fields = [
        ((*each.pointer, "properties", name), len(name) + 1)
        for each in holders(document, pointer, "properties")
        for name in each.part["properties"]
        if re.match(rf"{re.escape(name)}(?=[.\[|]|$)", rest[1:])
    ]
    return max(fields, key=lambda each: each[1], default=None)
