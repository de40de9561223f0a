"""References (`$ref`) within the contract."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from tools.openapi.pointers import CircleError, LeadsNowhereError, PointerError, escaped, keys_of, resolve

from .refusal import Refusal


def check_reference(document: Mapping[str, Any], reference: Any, place: str, keyword: str = "$ref") -> None:
    """Raise Refusal with `place`, the place of a reference after a keyword, if the reference names nothing."""
    if not isinstance(reference, str) or not reference.startswith("#/"):
        raise Refusal(place, f"{keyword} {reference!r} is not supported: write '#/components/...'")
    try:
        resolve(document, {"$ref": reference})
    except CircleError:
        raise Refusal(place, f"{keyword} {reference!r} leads only to other references, in a circle") from None
    except LeadsNowhereError as error:
        if error.reference == reference:  # the others have a place of their own
            raise Refusal(place, f"{keyword} {reference!r} names nothing in this document{_advice(error)}") from None
    except PointerError:
        pass


def _advice(error: LeadsNowhereError) -> str:
    """Return a question that suggests a similar name that exists (". Is '#/...' meant?"); "" if there is none."""
    known = [str(each) for each in error.holder] if isinstance(error.holder, Mapping) else []
    parts = error.reference.split("/")
    for close in get_close_matches(keys_of(error.reference)[error.index], known, 1):
        meant = [*parts[: error.index + 1], escaped(close), *parts[error.index + 2 :]]
        return f". Is {'/'.join(meant)!r} meant?"
    return ""


__all__ = ["check_reference"]
