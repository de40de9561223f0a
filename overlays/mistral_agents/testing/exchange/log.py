"""Prints a line for each request, and one for each answer, to standard error."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from typing import TextIO

from .journal import Note

__all__ = ["LOGS", "printed", "shown"]


def _text(note: Note) -> str | None:
    if note["kind"] == "request":
        query = f"?{note['query']}" if note["query"] else ""
        return f"{note['number']} {note['method']} {note['path']}{query}"
    if note["kind"] == "answer":
        reason = "" if note["reason"] is None else f" refused: {note['reason']}"
        return f"{note['number']} {note['status'] or '-'}{reason}"
    return None


def _json(note: Note) -> str | None:
    if note["kind"] not in ("request", "answer"):
        return None
    names = ("kind", "number", "method", "path", "query", "operation", "errors", "status", "reason")
    fields = {name: note[name] for name in names if name in note}
    if note["kind"] == "request":
        fields = {name: value for name, value in fields.items() if name not in ("status", "reason")}
    return json.dumps(fields, ensure_ascii=False)


# Control characters are printed as escapes, because they could move the terminal's cursor. Line breaks stay: a reason
# may have several lines.
_ESCAPES = {code: f"\\x{code:02x}" for code in [*range(10), *range(11, 32), *range(127, 160)]}
LOGS: dict[str, Callable[[Note], str | None]] = {"text": _text, "json": _json}


def printed(kind: str, file: TextIO | None = None) -> Callable[[Note], None]:
    """Return a function that prints notes. `kind` is a key of `LOGS`."""
    line_of, lock = LOGS[kind], threading.Lock()

    def tell(note: Note) -> None:
        line = line_of(note)
        if line is not None:
            with lock:
                print(shown(line), file=file or sys.stderr, flush=True)

    return tell


def shown(text: str) -> str:
    """Return a text that is safe to print to a terminal."""
    return text.translate(_ESCAPES).encode("utf-8", "backslashreplace").decode()
