"""Makes the answer of an agent in a conversation, from a script or without one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from . import answers
from .conversations import Kept
from .state import Rejected, State

__all__ = ["TURNS", "Turn", "take_turn"]

Json = Mapping[str, Any]


@attrs.frozen
class Turn:
    """An answer in a conversation: a `ConversationResponse`, with a `failure` if it fails at its end."""

    content: dict[str, Any]
    end: Callable[[], None]
    """Stores the answer, and lets other requests use the conversation. A second call does nothing.

    Call it before the last event is sent, or when sending fails. If the answer has a `failure`, it is not stored.
    """

    def failed(self) -> Rejected | None:
        """Return the error to send if the answer is not streamed and has a `failure`; None if it has none."""
        failure = self.content.get("failure")
        if failure is None:
            return None
        rejected = Rejected(500, failure["message"], "internal_server_error", failure["code"])
        rejected.content["object"] = "Error"
        return rejected


def _start(state: State, _: Json, body: Json) -> Kept:
    return state.conversations.start(body)


def _append(state: State, parameters: Json, _: Json) -> Kept:
    return state.conversations.take(parameters["conversation_id"])


def _restart(state: State, parameters: Json, body: Json) -> Kept:
    return state.conversations.restart(parameters["conversation_id"], body)


# By `operationId`: how the conversation is found or made.
TURNS: Mapping[str, Callable[[State, Json, Json], Kept]] = {
    "conversations_start": _start,
    "conversations_append": _append,
    "conversations_restart": _restart,
}


@contextlib.contextmanager
def take_turn(
    name: str, state: State, parameters: Json, body: Json, check: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[Callable[[Json | None], Turn]]:
    """Find the conversation of a request, and mark it as busy. Yield a function that makes the answer.

    The conversation is busy until the `end` of the answer is called. If no answer is made, the conversation is busy
    until the `with` ends. `check` gets the answer before anything is stored, and returns the answer to store and send.
    """
    kept = TURNS[name](state, parameters, body)
    answered = False

    def answer(scripted: Json | None) -> Turn:
        nonlocal answered
        confirmations = body.get("tool_confirmations") or []
        said = state.conversations.said(kept, body.get("inputs"), confirmations)
        content = check(_content(state, kept, said, scripted, body))
        stored = body.get("store") is not False and content.get("failure") is None
        if stored:
            state.conversations.show(kept)
        answered, ended = True, False

        def end() -> None:
            nonlocal ended
            if ended:
                return  # another request may use the conversation already
            ended = True
            if stored:
                state.conversations.keep(kept, said, content["outputs"], confirmations)
            else:
                state.conversations.release(kept)

        return Turn(content, end)

    try:
        yield answer
    finally:
        if not answered:
            state.conversations.release(kept)


def _content(state: State, kept: Kept, said: list[Any], scripted: Json | None, body: Json) -> dict[str, Any]:
    args = kept.settings.get("completion_args") or {}
    request = {**args, "messages": _messages([*kept.entries, *said]), "tools": kept.settings.get("tools") or []}
    request |= {name: value for name, value in (body.get("completion_args") or {}).items() if value is not None}
    request["n"] = 1
    made = answers.answer(_known(request))
    entries = _entries(made["choices"][0]["message"]) if scripted is None else scripted["outputs"]
    usage = dict(made["usage"])
    runs = [each["name"] for each in entries if each["type"] == "tool.execution"]
    if runs:
        usage |= {"connector_tokens": 0, "connectors": {name: runs.count(name) for name in runs}}
    head = {"object": "conversation.response", "conversation_id": kept.id}
    content = {**head, "outputs": state.conversations.done(kept, entries), "usage": usage, "guardrails": None}
    return {**content, **{name: value for name, value in (scripted or {}).items() if name != "outputs"}}


def _known(request: dict[str, Any]) -> dict[str, Any]:
    """Replace a tool choice that completions do not know. In conversations, the contract allows any text there."""
    choice = request.get("tool_choice")
    return {**request, "tool_choice": choice if choice in ("none", "any", "required") else "auto"}


def _entries(message: Json) -> list[dict[str, Any]]:
    """Return the message of a completion as entries: its tool calls, or else its text."""
    calls = [
        {
            "type": "function.call",
            "tool_call_id": call["id"],
            "name": call["function"]["name"],
            "arguments": call["function"]["arguments"],
        }
        for call in message.get("tool_calls") or []
    ]
    return calls or [{"type": "message.output", "content": message["content"]}]


def _messages(entries: list[Any]) -> list[dict[str, Any]]:
    """Return entries as the messages of a completion."""
    messages: list[dict[str, Any]] = []
    names: dict[str, str] = {}
    for entry in entries:
        if entry["type"] in ("message.input", "message.output"):
            content = entry["content"]
            role = "user" if entry.get("role") == "user" else "assistant"
            messages.append({"role": role, "content": content})
        elif entry["type"] == "function.call":
            names[entry["tool_call_id"]] = entry["name"]
        elif entry["type"] == "function.result":
            name = names.get(entry["tool_call_id"], "")
            messages.append({"role": "tool", "name": name, "content": entry["result"]})
    return messages
