"""Makes the events that stream an answer in a conversation. The functions are pure, on plain JSON data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .completions import ARGUMENT_PIECE_CHARACTERS, tokens
from .faults import event

__all__ = ["events", "failure_event", "turn_events"]

Json = Mapping[str, Any]

# The fields of an entry that its events repeat.
_COMMON = ("id", "model", "agent_id")
_CONVERSATION = "conv_00000000000000000000000000000000"
_TIME = "2026-01-01T00:00:00.000000Z"
_NO_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def events(answer: Json) -> list[bytes]:
    """Return the events of a streamed answer that `outputs` made, each as the bytes that are sent.

    A script can use them to break off a stream anywhere: `stream_reply(*events(outputs("It rains."))[:2], HangUp())`.
    The stub makes up the identifier of the conversation. To give one: `outputs(...) | {"conversation_id": "conv_1"}`.
    """
    made = {
        "conversation_id": _CONVERSATION,
        "usage": _NO_USAGE,
        **answer,
        "outputs": [{**_made_up(entry, number), **entry} for number, entry in enumerate(answer["outputs"])],
    }
    return [event(each, str(each["type"])) for each in turn_events(made, lambda: _TIME)]


def _made_up(entry: Json, number: int) -> Json:
    """Return the identifiers that `events` gives to an entry that has none."""
    made = {"id": f"entry_{number:032}"}
    return {**made, "tool_call_id": f"call_{number:032}"} if entry["type"] == "function.call" else made


def turn_events(answer: Json, now: Any) -> Iterator[dict[str, Any]]:
    """Yield the data of each event of an answer: its start, each entry in pieces, and its end.

    Args:
        answer: a `ConversationResponse`. If it has a `failure`, the last event is that error.
        now: a function that returns the time for an event.
    """
    yield {"type": "conversation.response.started", "created_at": now(), "conversation_id": answer["conversation_id"]}
    for index, entry in enumerate(answer["outputs"]):
        for piece in _PIECES.get(entry["type"], _unknown)(entry):
            common = {name: entry[name] for name in _COMMON if entry.get(name) is not None and name in _fields(piece)}
            kind = piece.pop("type")
            yield {"type": kind, "created_at": now(), "output_index": index, **common, **piece}
    if (failed := answer.get("failure")) is not None:
        yield failure_event(failed, now)
    else:
        yield {"type": "conversation.response.done", "created_at": now(), "usage": answer["usage"]}


def failure_event(failed: Json, now: Any) -> dict[str, Any]:
    """Return the data of the event that ends an answer with a failure. `failed` has the failure's message and code."""
    return {"type": "conversation.response.error", "created_at": now(), **failed}


def _fields(piece: Json) -> Sequence[str]:
    """Return the names of the entry's fields that an event repeats. The type of the event, in `piece`, decides."""
    kind = str(piece["type"])
    return _COMMON if kind in ("message.output.delta", "tool.execution.started", "function.call.delta") else ("id",)


def _message(entry: Json) -> Iterator[dict[str, Any]]:
    content = entry["content"]
    parts: list[Any] = [content] if isinstance(content, str) else list(content)
    for index, part in enumerate(parts or [""]):
        text = part if isinstance(part, str) else part["text"] if _is_plain(part) else None
        for piece in [part] if text is None else tokens(text) or [""]:
            yield {"type": "message.output.delta", "content_index": index, "role": "assistant", "content": piece}


def _is_plain(part: Json) -> bool:
    return part.get("type") == "text" and set(part) == {"type", "text"}


def _execution(entry: Json) -> Iterator[dict[str, Any]]:
    named = {name: entry[name] for name in ("name", "function") if name in entry}
    yield {"type": "tool.execution.started", **named, "arguments": ""}
    for piece in _cut(entry["arguments"]):
        yield {"type": "tool.execution.delta", **named, "arguments": piece}
    yield {"type": "tool.execution.done", **named, **({"info": entry["info"]} if "info" in entry else {})}


def _call(entry: Json) -> Iterator[dict[str, Any]]:
    named = {name: entry[name] for name in ("name", "tool_call_id")}
    status = {"confirmation_status": entry["confirmation_status"]} if entry.get("confirmation_status") else {}
    arguments = entry["arguments"]
    text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    for piece in _cut(text) or [""]:
        yield {"type": "function.call.delta", **named, "arguments": piece, **status}


def _handoff(entry: Json) -> Iterator[dict[str, Any]]:
    for kind, whose in (("started", "previous"), ("done", "next")):
        names = (f"{whose}_agent_id", f"{whose}_agent_name")
        yield {"type": f"agent.handoff.{kind}", **{name: entry.get(name, "") for name in names}}


def _unknown(entry: Json) -> Iterator[dict[str, Any]]:
    """Send the whole entry as one event, because its type is unknown here."""
    yield dict(entry)


_PIECES = {
    "message.output": _message,
    "tool.execution": _execution,
    "function.call": _call,
    "agent.handoff": _handoff,
}


def _cut(text: str) -> list[str]:
    return [text[start : start + ARGUMENT_PIECE_CHARACTERS] for start in range(0, len(text), ARGUMENT_PIECE_CHARACTERS)]
