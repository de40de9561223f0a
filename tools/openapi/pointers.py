"""JSON pointers (RFC 6901) in the form that `$ref` has: `#/paths/~1v1~1agents/get`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote


class PointerError(Exception):
    """A reference that cannot be followed; the message begins with the reference."""


class LeadsNowhereError(PointerError):
    """A key of a reference does not exist.

    `index` is its position among the keys of the reference. The keys before it lead to the part `holder`.
    """

    def __init__(self, reference: str, holder: Any, index: int) -> None:
        super().__init__(f"{reference} leads nowhere")
        self.reference = reference
        self.holder = holder
        self.index = index


class CircleError(PointerError):
    """References that lead from one to the next in a circle, and so to nothing."""


def keys_of(reference: str) -> list[str]:
    """Return the keys in a reference; raises PointerError if it does not point into the document that contains it."""
    if not reference.startswith("#"):
        raise PointerError(f"{reference} leads out of the document")
    if not reference.startswith("#/"):
        raise PointerError(f"{reference} is no pointer into the document")
    return [unquote(part).replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/")]


def reference_to(keys: Iterable[str | int]) -> str:
    """Return the reference that consists of these keys."""
    return "#" + "".join(f"/{escaped(str(key))}" for key in keys)


def escaped(key: str) -> str:
    """Return a key as it is written in a pointer."""
    return key.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def steps(document: Any, keys: Iterable[str | int]) -> Iterator[tuple[str | int, Any]]:
    """Yield each key with the part that it leads to; the key of a list becomes a number.

    Raises LeadsNowhereError for a key that is not there.
    """
    keys, part = list(keys), document
    for index, key in enumerate(keys):
        if isinstance(part, list) and str(key).isdecimal() and int(key) < len(part):
            part = part[int(key)]
            yield int(key), part
        elif isinstance(part, Mapping) and key in part:
            part = part[key]
            yield key, part
        else:
            raise LeadsNowhereError(reference_to(keys), part, index)


def lookup(document: Any, reference: str) -> Any:
    """Return the part of a document that a reference leads to; raises PointerError."""
    try:
        *_, (_, part) = steps(document, keys_of(reference))
    except LeadsNowhereError as error:
        raise LeadsNowhereError(reference, error.holder, error.index) from None  # as the document writes it
    return part


def trail(document: Any, part: Any) -> Iterator[tuple[str, Any]]:
    """Yield the references that lead on from a part, one after the other, each with what it leads to.

    Raises PointerError, also if they lead in a circle.
    """
    seen = set[str]()
    while isinstance(part, Mapping) and isinstance(part.get("$ref"), str):
        reference: str = part["$ref"]
        if reference in seen:
            raise CircleError(f"{reference} leads to itself")
        seen.add(reference)
        part = lookup(document, reference)
        yield reference, part


def resolve(document: Any, part: Any) -> Any:
    """Return what a part refers to in the end, or the part itself if it is no reference; raises PointerError."""
    return [part, *(found for _, found in trail(document, part))][-1]
