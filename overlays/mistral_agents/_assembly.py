"""From the pieces of a stream to one whole answer: no I/O, on plain JSON data, in time linear in its size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import chain, groupby
from typing import Any

_Fields = Mapping[str, Any]


def assemble(chunks: Iterable[_Fields]) -> dict[str, Any]:
    """Put the chunks of a stream (schema `CompletionChunk`) together into one answer (`ChatCompletionResponse`).

    Of a field that cannot be joined the last value counts that is not null, be the field known to the contract or not.
    """
    received = list(chunks)
    answer = _latest(received)
    if answer.get("object") == "chat.completion.chunk":
        answer["object"] = "chat.completion"
    choices = _by_index(piece for chunk in received for piece in chunk["choices"])
    answer["choices"] = [_choice(index, pieces) for index, pieces in choices]
    return answer


def text_of(message: object) -> str:
    """Return the text of a message, a delta or a content, as model or plain data; thoughts are no text."""
    content = message if isinstance(message, str | list | tuple) else _field(message, "content")
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list | tuple) else ()
    texts = (_field(part, "text") for part in parts if _field(part, "type") == "text")
    return "".join(text for text in texts if isinstance(text, str))


def _field(holder: object, name: str) -> Any:
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name, None)


def _latest(pieces: Iterable[_Fields]) -> dict[str, Any]:
    return {name: value for piece in pieces for name, value in piece.items() if value is not None}


def _first_name(pieces: Iterable[_Fields], field: str) -> str | None:
    # The service at times sends the text "null" where it has no identifier.
    values = (piece.get(field) for piece in pieces)
    return next((value for value in values if isinstance(value, str) and value not in ("", "null")), None)


def _by_index(pieces: Iterable[_Fields]) -> list[tuple[int, list[_Fields]]]:
    groups: dict[int, list[_Fields]] = {}
    for piece in pieces:
        index = piece.get("index")
        groups.setdefault(index if isinstance(index, int) else 0, []).append(piece)
    return sorted(groups.items())


def _by_name(pieces: Iterable[_Fields], field: str) -> list[list[_Fields]]:
    groups: dict[str, list[_Fields]] = {}
    current = ""
    for piece in pieces:
        if name := _first_name([piece], field):
            if not current:  # what came before the first name belongs to it; later, to the name before
                groups = {name: groups.get("", [])}
            current = name
        groups.setdefault(current, []).append(piece)
    return list(groups.values())


def _choice(index: int, pieces: list[_Fields]) -> dict[str, Any]:
    # The contract has no message in a piece of a choice: one there could be anything, so the deltas alone count.
    choice = {name: value for name, value in _latest(pieces).items() if name not in ("delta", "message", "messages")}
    for name in choice.keys() & {"logprobs", "prompt_logprobs"}:
        logprobs = [piece[name] for piece in pieces if piece.get(name)]
        tokens = [token for each in logprobs for token in each.get("content") or ()]
        choice[name] = _latest([*logprobs, {"content": tokens or None}])
    deltas = _by_index(piece["delta"] for piece in pieces if piece.get("delta") is not None)
    if messages := [_message(of_message) for _, of_message in deltas]:
        choice["message"] = next((each for each in reversed(messages) if each["role"] == "assistant"), messages[-1])
    if len(messages) > 1:
        choice["messages"] = [{**message, "index": place} for (place, _), message in zip(deltas, messages, strict=True)]
    return {**choice, "index": index}


def _message(deltas: list[_Fields]) -> dict[str, Any]:
    message = {"role": "assistant", **_latest(deltas)}
    message.pop("index", None)
    if contents := [delta["content"] for delta in deltas if "content" in delta]:
        message["content"] = _content([each for each in contents if isinstance(each, str | list)])
    if fragments := _by_index(fragment for delta in deltas for fragment in delta.get("tool_calls") or ()):
        # The service has been seen to number every call 0: another identifier is another call.
        message["tool_calls"] = [_call(index, call) for index, calls in fragments for call in _by_name(calls, "id")]
    return message


def _call(index: int, fragments: list[_Fields]) -> dict[str, Any]:
    functions = [fragment["function"] for fragment in fragments if fragment.get("function")]
    said = [value for each in functions if (value := each.get("arguments")) not in (None, "")]
    texts = (each if isinstance(each, str) else json.dumps(each) for each in said)
    joined = {"name": _first_name(functions, "name"), "arguments": said[0] if len(said) == 1 else "".join(texts)}
    names = {name: _first_name(fragments, name) for name in ("id", "type")}
    return _latest([*fragments, names, {"function": _latest([{"name": ""}, *functions, joined]), "index": index}])


def _content(pieces: list[str | list[_Fields]]) -> str | list[_Fields] | None:
    lists = (each if isinstance(each, list) else [{"type": "text", "text": each}] for each in pieces if each)
    parts = _join(chain.from_iterable(lists), inside_thought=False)
    in_parts = any(isinstance(each, list) for each in pieces)
    return parts if in_parts else text_of(parts) if pieces else None


def _join(parts: Iterable[_Fields], *, inside_thought: bool) -> list[_Fields]:
    joined: list[_Fields] = []
    for (kind, kind_of_text), group in groupby(parts, lambda part: (part.get("type"), type(part.get("text")))):
        same = list(group)
        if kind == "text" and kind_of_text is str:
            joined.append({**_latest(same), "text": text_of(same)})
        elif kind == "thinking" and not inside_thought:
            for thought in _by_name(same, "signature"):  # each signature is that of one thought
                inner = chain.from_iterable(part["thinking"] for part in thought)
                joined.append({**_latest(thought), "thinking": _join(inner, inside_thought=True)})
        else:
            joined += same
    return joined
