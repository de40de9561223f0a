"""References: find them in a part of a document, and read the name of a component from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .keywords import NOTES, WORDS

COMPONENTS = "#/components/schemas/"


def component_name(schema: Any) -> str:
    """Return the name of the component that a schema refers to; "" if the schema has constraints of its own."""
    if not isinstance(schema, Mapping) or schema.keys() - WORDS - NOTES != {"$ref"}:
        return ""
    reference = str(schema["$ref"])
    name = reference.removeprefix(COMPONENTS)
    return "" if name == reference or "/" in name else name


def references(part: Any) -> Iterator[str]:
    """Yield every reference in a part of a document, except those in the mapping of a discriminator."""
    if isinstance(part, Mapping):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)
