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

from ..http.wire import HangUp, Piece, Reply, Wait
from .faults import event, json_reply, stream_reply
from .script import Answer, Respond, by_operation, in_turn

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
        raise ValueError(f"script: expected a list of answers, or an object of such lists, got {_kind(content)}")  # noqa: TRY004  # the JSON is wrong, not the type of an argument
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
        raise ValueError(f"{place}: expected null, an object or a list, got {_kind(content)}")  # noqa: TRY004  # as above
    for name, make in (("reply", _reply), ("stream", _stream)):
        if name in content:
            if unknown := set(content) - {name}:
                raise ValueError(f"{place}: unknown field {min(unknown)!r} beside {name!r}")
            return make(content[name], f"{place}.{name}")
    if "outputs" in content:
        _check_outputs(content, place)
    return content


def _check_outputs(content: Mapping[str, Any], place: str) -> None:
    if not isinstance(content["outputs"], list):
        raise ValueError(f"{place}.outputs: expected a list of entries, got {_kind(content['outputs'])}")  # noqa: TRY004  # as above
    failure = content.get("failure")
    if failure is not None and not (isinstance(failure, Mapping) and {"message", "code"} <= set(failure)):
        raise ValueError(f"{place}.failure: expected an object with message and code")


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
    try:
        return json_reply(body, status, **{name.lower().replace("-", "_"): value for name, value in headers.items()})
    except ValueError as error:
        raise ValueError(f"{place}.headers: {error}") from error


def _stream(content: Any, place: str) -> Reply:
    if not isinstance(content, list):
        raise ValueError(f"{place}: expected a list, got {_kind(content)}")  # noqa: TRY004  # as above
    return stream_reply(*(_piece(each, f"{place}[{number}]") for number, each in enumerate(content)))


def _piece(content: Any, place: str) -> Piece:
    for name, piece in _PIECES.items():
        if isinstance(content, Mapping) and name in content:
            if unknown := set(content) - {name} - ({"event"} if name == "data" else set()):
                raise ValueError(f"{place}: unknown field {min(unknown)!r} beside {name!r}")
            return piece(content, place)
    raise ValueError(f"{place}: expected an object with one of {', '.join(_PIECES)}")


def _wait(content: Mapping[str, Any], place: str) -> Wait:
    seconds = content["wait_seconds"]
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds < math.inf:
        raise ValueError(f"{place}.wait_seconds: expected a number of seconds, 0 or more, got {seconds!r}")
    return Wait(float(seconds))


def _hang_up(content: Mapping[str, Any], place: str) -> HangUp:
    if content["hang_up"] is not True and content["hang_up"] != "reset":
        raise ValueError(f'{place}.hang_up: expected true or "reset", got {content["hang_up"]!r}')
    return HangUp(reset=content["hang_up"] == "reset")


_PIECES: Mapping[str, Callable[[Mapping[str, Any], str], Piece]] = {
    "data": lambda content, _: event(content["data"], content.get("event")),
    "text": lambda content, _: str(content["text"]).encode("utf-8", "backslashreplace"),
    "wait_seconds": _wait,
    "stall": lambda _, __: Wait(math.inf),
    "hang_up": _hang_up,
}


def _kind(content: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(content), "a number")
