"""A script as JSON, for tests in languages that cannot run Python.

    [{"reply": {"status": 503, "json": {"detail": "Busy"}, "headers": {"retry-after": "1"}}}, {"outputs": [...]}, null]
    {"conversations_start": [...], "agents_get": [...]}

A list gives one answer to each request; an object gives each operation a list of its own. An answer is null (what the
stub makes up), a `reply`, a `stream` (a list of events and faults), or the JSON of an answer of the operation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from .faults import event, json_reply, stream_reply
from .script import Answer, Respond, by_operation, in_turn
from .wire import HangUp, Piece, Reply, Wait

__all__ = ["script_of"]


def script_of(content: Any) -> Respond | None:
    """Return the `respond` that a script in JSON describes; None for null.

    Raises:
        ValueError: it is not a script; the message says where.
    """
    if content is None:
        return None
    if isinstance(content, list):
        return _in_turn(content, "script")
    if not isinstance(content, Mapping):
        raise ValueError(f"script: expected a list of answers, or an object of such lists, got {_kind(content)}")  # noqa: TRY004  # what is wrong is data
    each = {name: _in_turn(answers, name) for name, answers in content.items()}
    return by_operation(**each)


def _in_turn(content: Any, place: str) -> Respond:
    if not isinstance(content, list) or not content:
        raise ValueError(f"{place}: expected a list with at least one answer, got {_kind(content)}")
    return in_turn(*(_answer(each, f"{place}[{number}]") for number, each in enumerate(content)))


def _answer(content: Any, place: str) -> Answer:
    if content is None or isinstance(content, list):
        return content
    if not isinstance(content, Mapping):
        raise ValueError(f"{place}: expected null, an object or a list, got {_kind(content)}")  # noqa: TRY004  # the same
    if set(content) == {"reply"}:
        return _reply(content["reply"], f"{place}.reply")
    if set(content) == {"stream"}:
        return _stream(content["stream"], f"{place}.stream")
    return content


def _reply(content: Any, place: str) -> Reply:
    known = {"status", "json", "text", "headers"}
    if not isinstance(content, Mapping) or set(content) - known:
        raise ValueError(f"{place}: expected an object with some of {', '.join(sorted(known))}")
    status, headers = content.get("status", 200), content.get("headers", {})
    if isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 999:
        raise ValueError(f"{place}.status: expected a number from 200 to 999, got {status!r}")
    if not isinstance(headers, Mapping) or not all(isinstance(each, str) for each in headers.values()):
        raise ValueError(f"{place}.headers: expected an object of texts")
    body = str(content["text"]).encode("utf-8", "backslashreplace") if "text" in content else content.get("json", {})
    return json_reply(body, status, **{name.lower().replace("-", "_"): value for name, value in headers.items()})


def _stream(content: Any, place: str) -> Reply:
    if not isinstance(content, list):
        raise ValueError(f"{place}: expected a list, got {_kind(content)}")  # noqa: TRY004  # the same
    return stream_reply(*(_piece(each, f"{place}[{number}]") for number, each in enumerate(content)))


def _piece(content: Any, place: str) -> Piece:
    for name, piece in _PIECES.items():
        if isinstance(content, Mapping) and name in content:
            return piece(content)
    raise ValueError(f"{place}: expected an object with one of {', '.join(_PIECES)}")


_PIECES: Mapping[str, Callable[[Mapping[str, Any]], Piece]] = {
    "data": lambda content: event(content["data"], content.get("event")),
    "text": lambda content: str(content["text"]).encode("utf-8", "backslashreplace"),
    "wait_seconds": lambda content: Wait(max(0.0, float(content["wait_seconds"]))),
    "stall": lambda _: Wait(math.inf),
    "hang_up": lambda content: HangUp(reset=content["hang_up"] == "reset"),
}


def _kind(content: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(content), "a number")
