"""Short functions that make whole answers, and the chunks of a streamed answer. They are pure, on plain JSON data.

completion(thinking("Lyon is a city."), tool_call("get_weather", {"city": "Lyon"}))
completion("Hello") | {"usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
stream_reply(*chunks(completion("Hello"))[:2], HangUp())
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = [
    "ARGUMENT_PIECE_CHARACTERS",
    "CREATED",
    "MODEL",
    "choices",
    "chunk",
    "chunks",
    "completion",
    "thinking",
    "tokens",
    "tool_call",
]

# This is short, so that the arguments of a call are sent in several pieces.
ARGUMENT_PIECE_CHARACTERS = 8

# The fields that the contract requires of every answer, with the values of Mistral's own example.
CREATED = 1759500534
MODEL = "mistral-medium-latest"
_HEAD = {"id": "0" * 32, "object": "chat.completion", "created": CREATED, "model": MODEL}

Json = Mapping[str, Any]


def completion(*parts: str | Json, finish_reason: str | None = None) -> dict[str, Any]:
    """Return a whole answer with one choice. The parts are texts, thoughts (`thinking(...)`), and tool calls.

    The content is one string if it has only texts, otherwise a list of parts. Tool calls are not part of the content.
    The finish reason is "tool_calls" if there are tool calls, otherwise "stop".
    """
    calls = [part for part in parts if isinstance(part, Mapping) and "function" in part]
    said = [part for part in parts if part not in calls]
    content: object = "".join(str(part) for part in said)
    if any(isinstance(part, Mapping) for part in said):
        content = [{"type": "text", "text": part} if isinstance(part, str) else part for part in said]
    message: dict[str, Any] = {"role": "assistant", "content": content}
    if calls:
        message["tool_calls"] = [{"id": f"call{n:05}", **call, "index": n} for n, call in enumerate(calls)]
    if finish_reason is None:
        finish_reason = "tool_calls" if calls else "stop"
    return {**_HEAD, "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}]}


def choices(first: Json, *others: Json) -> dict[str, Any]:
    """Return one answer with the choices of all these answers, numbered from 0. Other fields are from the first one."""
    every = (choice for answer in (first, *others) for choice in answer["choices"])
    return {**first, "choices": [{**choice, "index": index} for index, choice in enumerate(every)]}


def tool_call(name: str, arguments: Json | str = "{}") -> dict[str, Any]:
    """Return a tool call. If `arguments` is a text, it is sent as it is, even if it is not JSON."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    return {"type": "function", "function": {"name": name, "arguments": text}}


def thinking(text: str) -> dict[str, Any]:
    """Return a thinking part of an answer's content."""
    return {"type": "thinking", "thinking": [{"type": "text", "text": text}]}


def chunk(text: str, index: int = 0, finish_reason: str | None = None) -> dict[str, Any]:
    """Return a chunk with a piece of one choice."""
    head = {**_HEAD, "object": "chat.completion.chunk"}
    return {**head, "choices": [{"index": index, "delta": {"content": text}, "finish_reason": finish_reason}]}


def chunks(answer: Json) -> list[dict[str, Any]]:
    """Return the chunks that stream a whole answer. Each has a piece of one choice; the choices alternate.

    The pieces of a choice come in this order: its role, its content token by token, its tool calls in fragments, and
    all its other fields together. The last chunk has the usage.
    """
    head = {name: value for name, value in answer.items() if name not in ("choices", "usage")}
    if "object" in head:
        head["object"] = "chat.completion.chunk"
    turns = itertools.zip_longest(*map(_pieces, answer["choices"]))
    pieces = [piece for turn in turns for piece in turn if piece is not None]
    last = {name: answer[name] for name in ("usage",) if name in answer}
    return [*({**head, "choices": [piece]} for piece in pieces[:-1]), {**head, "choices": pieces[-1:], **last}]


def tokens(text: str) -> list[str]:
    """Cut a text into words, each with the space before it."""
    return re.findall(r"\s*\S+|\s+", text)


def _pieces(choice: Json) -> Iterator[dict[str, Any]]:
    message = choice.get("message") or {}
    deltas = [{"role": message.get("role", "assistant"), "content": ""}]
    deltas += [{"content": content} for content in _contents(message.get("content") or "")]
    for place, call in enumerate(message.get("tool_calls") or []):
        deltas += [{"tool_calls": [fragment]} for fragment in _fragments(call, place)]
    for delta in deltas:
        yield {"index": choice["index"], "delta": delta, "finish_reason": None}
    rest = {name: value for name, value in choice.items() if name not in ("index", "message")}
    yield {"index": choice["index"], "delta": {"content": ""}, **rest}


def _contents(content: str | list[Json]) -> Iterator[str | Sequence[Json]]:
    if isinstance(content, str):
        yield from tokens(content)
        return
    for part in content:
        if part.get("type") == "thinking":
            yield from ([{**part, "thinking": [inner]}] for outer in part["thinking"] for inner in _texts(outer))
        else:
            yield from ([each] for each in _texts(part))


def _texts(part: Json) -> list[Json]:
    return [{**part, "text": token} for token in tokens(part["text"])] if part.get("type") == "text" else [part]


def _fragments(call: Json, place: int) -> Iterator[dict[str, Any]]:
    function, index = call["function"], call.get("index", place)
    arguments = function["arguments"]
    if not isinstance(arguments, str):  # the contract allows an object, which cannot be cut
        yield {**call, "index": index}
        return
    yield {**call, "function": {**function, "arguments": ""}, "index": index}
    for start in range(0, len(arguments), ARGUMENT_PIECE_CHARACTERS):
        piece = arguments[start : start + ARGUMENT_PIECE_CHARACTERS]
        yield {"index": index, "function": {"name": "", "arguments": piece}}
