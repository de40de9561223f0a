"""Schemas, parameters, bodies and responses for small documents."""

from __future__ import annotations

from typing import Any

from compiling import Document

TEXT: Document = {"type": "string"}
NULL: Document = {"type": "null"}


def array(items: Document) -> Document:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def record(required: str = "", **properties: Any) -> Document:
    """Return the schema of an object; `required` has the names of required properties, with blanks between them."""
    return {"type": "object", "properties": properties} | ({"required": required.split()} if required else {})


def tagged(tag: str, value: str, **properties: Any) -> Document:
    """Return the schema of an object with a tag, which is required."""
    return record(tag, **{tag: {"type": "string", "const": value, "default": value}}, **properties)


def body(schema: Document, *, required: bool = True) -> Document:
    """Return a request body that is JSON."""
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def parameter(name: str, where: str, schema: Document, **parts: Any) -> Document:
    """Return a parameter; it is required if it is in the path."""
    return {"name": name, "in": where, "required": where == "path", "schema": schema} | parts


def events(event: Document, **end: str) -> Document:
    """Return the content of a response that is a stream of such events; `end` are the fields of `x-stream`."""
    frame = record("data", data={"type": "string", "contentMediaType": "application/json", "contentSchema": event})
    return {
        "text/event-stream": {
            "schema": frame,
            "x-stream": {name.replace("_", "-"): value for name, value in end.items()},
        }
    }
