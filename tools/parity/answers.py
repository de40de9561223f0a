"""The answers to the methods: recorded samples, the contract's examples, and made-up answers of newer services."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from tools.checkout import ROOT

from .contract import Contract
from .methods import METHODS
from .service import Reply

SAMPLES = ROOT / "tests" / "data" / "samples"

_STREAMS = ("conversations.start_stream", "conversations.append_stream", "conversations.restart_stream")
# The methods that give an answer, by the `object` of the answer or of a stream's first event.
_WHO: dict[object, tuple[str, ...]] = {
    "agent": tuple(f"agents.{each}" for each in ("create", "get", "update", "update_version", "get_version")),
    "chat.completion": ("agents.complete",),
    "chat.completion.chunk": ("agents.stream",),
    "conversation": ("conversations.get",),
    "conversation.history": ("conversations.get_history",),
    "conversation.messages": ("conversations.get_messages",),
    "conversation.response": ("conversations.start", "conversations.append", "conversations.restart"),
    None: _STREAMS,  # its events have no `object`
}


class Answer(NamedTuple):
    """One answer to one method."""

    name: str
    reply: Reply
    data: Any
    """Its JSON; for a stream, the list of its events' JSON; None if there is no body."""


def answers(contract: Contract) -> dict[str, list[Answer]]:
    """Return the answers to each method; those from the contract, if there are any, come first."""
    found: dict[str, list[Answer]] = {name: [] for name in METHODS}
    for methods, answer in (*_examples(contract), *_samples(), *_made_up()):
        for method in found.keys() & set(methods):  # the contract may have operations that the SDK does not have
            found[method].append(answer)
    return found


def errors() -> Iterator[Answer]:
    """Yield the recorded errors as answers."""
    for number, error in enumerate(json.loads((SAMPLES / "errors-quoted.json").read_text("utf-8"))["errors"]):
        body = error.get("body") or error.get("body_excerpt") or {"message": error.get("message_only")}
        if isinstance(error.get("status"), int):
            yield _json(f"error {number}, {error['status']}", body, error["status"])


def _examples(contract: Contract) -> Iterator[tuple[tuple[str, ...], Answer]]:
    for operation in contract.operations:
        if not operation.answers:
            yield (operation.name,), Answer("204", Reply(204, None, b""), None)
        for content_type, media in operation.answers.items():
            values = [example["value"] for example in media["examples"].values()]
            if content_type == "text/event-stream":
                tag, method = operation.name.split(".")
                name = "stream" if method == "complete" else f"{method}_stream"
                yield (f"{tag}.{name}",), _stream("the contract's events", values)
            else:
                names = media["examples"]
                for name, value in zip(names, values, strict=True):
                    yield (operation.name,), _json(f"the contract's {name}", value)


def _samples() -> Iterator[tuple[tuple[str, ...], Answer]]:
    for path in sorted(SAMPLES.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        bodies = [
            exchange["response"]["body"] for exchange in content.get("exchanges", []) if "body" in exchange["response"]
        ]
        bodies += [content["body"]] if "body" in content else []
        if "entries" in content:
            bodies.append(
                {"object": "conversation.history", "conversation_id": "conv_1", "entries": content["entries"]}
            )
        for body in bodies:
            if isinstance(body, list):
                yield ("conversations.list",), _json(path.stem, body)
            elif isinstance(body, dict):
                yield _WHO[body.get("object", "conversation.response")], _json(path.stem, body)
        if "chunks" in content:
            events = [{"data": json.dumps(chunk)} for chunk in content["chunks"]]
            yield _WHO["chat.completion.chunk"], _stream(path.stem, [*events, {"data": "[DONE]"}])
    for path in sorted(SAMPLES.glob("*.sse.txt")):
        text = path.read_bytes()
        events = [
            dict(line.split(": ", 1) for line in block.splitlines()) for block in text.decode().strip().split("\n\n")
        ]
        data = _event_data(events)
        who = _WHO[data[0].get("object")]
        yield who, Answer(path.name, Reply(200, "text/event-stream; charset=utf-8", text), data)


def _made_up() -> Iterator[tuple[tuple[str, ...], Answer]]:
    """Yield answers that newer services may send. All are streams: only there, the SDK keeps unknown values."""
    times = {"created_at": "2026-10-05T14:45:48.400000Z"}
    place = {**times, "output_index": 0, "id": "1"}
    chunk = {"type": "tool_reference", "tool": "web_search", "title": "Lyon", "url": "https://example.org/lyon"}
    usage = {
        "prompt_tokens": 9,
        "completion_tokens": 0,
        "total_tokens": 9,
        "connector_tokens": 3,
        "connectors": {"a": 1},
    }
    kinds: list[dict[str, Any]] = [
        {"type": "conversation.response.started", **times, "conversation_id": "conv_1"},
        {"type": "agent.handoff.started", **place, "previous_agent_id": "ag_1", "previous_agent_name": "Desk"},
        {"type": "agent.handoff.done", **place, "next_agent_id": "ag_2", "next_agent_name": "Guide"},
        {"type": "tool.execution.started", **place, "name": "mail", "arguments": ""},
        {"type": "tool.execution.delta", **place, "name": "mail", "arguments": "{}"},
        {"type": "tool.execution.done", **place, "name": "mail", "info": {"sent": [1, None]}},
        {"type": "function.call.delta", **place, "name": "f", "tool_call_id": "c", "arguments": '{"a"', "model": "m"},
        {"type": "function.call.delta", **place, "name": "f", "tool_call_id": "c", "arguments": ": 1}"}
        | {"confirmation_status": "pending"},
        {"type": "message.output.delta", **place, "content_index": 0, "role": "assistant", "content": "Łódź 🦊"},
        {"type": "message.output.delta", **place, "content_index": 1, "role": "assistant", "content": chunk},
        {"type": "conversation.response.done", **times, "usage": usage},
    ]
    yield _STREAMS, _stream("an event of each kind", _named(kinds))
    error = {"type": "conversation.response.error", **times, "message": "Handoff failed", "code": 3000}
    yield _STREAMS, _stream("an error in a stream", _named([kinds[0], error]))
    yield _STREAMS, _stream("a stream that breaks off", _named(kinds[:2]))
    unknown = {"type": "message.output.audio", **place, "seconds": 1.5}
    yield _STREAMS, _stream("an event not known yet", _named([kinds[0], unknown, kinds[-1]]))


def _named(events: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{"event": each["type"], "data": json.dumps(each, ensure_ascii=False)} for each in events]


def _json(name: str, value: Any, status: int = 200) -> Answer:
    return Answer(name, Reply(status, "application/json", json.dumps(value, ensure_ascii=False).encode()), value)


def _stream(name: str, events: list[dict[str, str]]) -> Answer:
    blocks = ["".join(f"{key}: {value}\n" for key, value in event.items()) for event in events]
    text = "".join(f"{block}\n" for block in blocks).encode()
    return Answer(name, Reply(200, "text/event-stream", text), _event_data(events))


def _event_data(events: list[dict[str, str]]) -> list[Any]:
    return [json.loads(event["data"]) for event in events if event["data"] != "[DONE]"]


__all__ = ["Answer", "answers", "errors"]
