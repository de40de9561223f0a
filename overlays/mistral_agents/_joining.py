"""Joins the fragments of a message, and returns its text. Works on plain JSON data, in linear time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, groupby
from typing import Any

from ._surrogates import joined
from .errors import InvalidArgumentError

Fields = Mapping[str, Any]


def text_of(message: object) -> str:
    """Return the text of a message, a delta, an entry or a content; thinking is left out.

    `message` is a model or plain data. The content may be a string, a list of parts, or None. Returns "" if there is no
    text. Raises InvalidArgumentError for an object that cannot have a content, such as a whole answer.
    """
    content = message if isinstance(message, str | list | tuple) else _field(message, "content")
    if isinstance(content, str):
        return content
    for each in message if isinstance(message, list | tuple) else [message]:
        plain = not each or isinstance(each, str | int | float | Mapping)
        if not (plain or hasattr(each, "content") or hasattr(each, "type")):
            what = type(each).__name__
            raise InvalidArgumentError(f"text_of: expected a message, a delta, an entry or a content, got {what}")
    parts = content if isinstance(content, list | tuple) else ()
    texts = (_field(part, "text") for part in parts if _field(part, "type") == "text")
    return "".join(text for text in texts if isinstance(text, str))


def _field(holder: object, name: str) -> Any:
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name, None)


def latest(pieces: Iterable[Fields]) -> dict[str, Any]:
    """Return the last value of each field. A null is no value, and an empty string does not replace another value."""
    found: dict[str, Any] = {}
    for piece in pieces:
        for name, value in piece.items():
            if value is not None and not (value == "" and name in found):
                found[name] = value
    return found


def first_name(pieces: Iterable[Fields], field: str) -> str | None:
    """Return the first identifier in a field of the pieces, or None."""
    # The service sometimes sends the string "null" if it has no identifier.
    values = (piece.get(field) for piece in pieces)
    return next((value for value in values if isinstance(value, str) and value not in ("", "null")), None)


def content_of(pieces: list[Any]) -> str | list[Fields] | None:
    """Join the pieces of a content: to a string if all of them are strings, otherwise to a list of parts."""
    known = [each for each in pieces if isinstance(each, str | list)]
    lists = (each if isinstance(each, list) else [{"type": "text", "text": each}] for each in known if each)
    parts = join_parts(chain.from_iterable(lists))
    in_parts = any(isinstance(each, list) for each in known)
    return parts if in_parts else text_of(parts) if known else None


def join_parts(parts: Iterable[Any], *, inside_thought: bool = False) -> list[Any]:
    """Join neighbouring texts, and neighbouring thoughts. All other parts stay as they are."""
    done: list[Any] = []
    for (kind, kind_of_text), group in groupby(parts, _kind):
        same = list(group)
        if kind == "text" and kind_of_text is str:
            done.append({**latest(same), "text": joined(part["text"] for part in same)})
        elif kind == "thinking" and kind_of_text is list and not inside_thought:
            for thought in by_name(same, "signature"):  # thoughts with different signatures are different thoughts
                inner = chain.from_iterable(part["thinking"] for part in thought)
                done.append({**latest(thought), "thinking": join_parts(inner, inside_thought=True)})
        else:
            done += same
    return done


def _kind(part: Any) -> tuple[Any, type]:
    """Return the kind of a part. Only parts of the same kind are joined."""
    if not isinstance(part, Mapping):
        return None, type(part)
    kind = part.get("type")
    return kind, type(part.get("thinking" if kind == "thinking" else "text"))


def by_name(pieces: Iterable[Fields], field: str) -> list[list[Fields]]:
    """Group pieces by the identifier in a field; a piece without one belongs to the group before it."""
    groups: dict[str, list[Fields]] = {}
    current = ""
    for piece in pieces:
        if name := first_name([piece], field):
            if not current:  # pieces before the first identifier belong to its group
                groups = {name: groups.get("", [])}
            current = name
        groups.setdefault(current, []).append(piece)
    return list(groups.values())
