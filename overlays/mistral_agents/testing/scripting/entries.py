"""Short functions that script what an agent does in a conversation. They are pure, and return plain JSON data.

    outputs("It rains.")
    outputs(tool_execution("web_search", {"query": "weather"}), message("It rains", reference("meteo.fr"), "."))
    outputs(function_call("get_weather", {"city": "Lyon"}))
    outputs("It ra", failure("Overloaded"))

A script can return such an answer for `start`, `append` and `restart`. The stub sends it whole or as a stream, as the
request asks.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any, Literal

__all__ = [
    "failure",
    "function_call",
    "handoff",
    "message",
    "outputs",
    "reference",
    "tool_execution",
]

Json = Mapping[str, Any]

_FAILURE_IS_LAST = "a failure ends the answer; put it last"


def outputs(*parts: str | Json) -> dict[str, Any]:
    """Return an answer in a conversation: its entries, in this order.

    A part is either an entry, made by the other functions here, or something that the agent says: a text, or what
    `reference` or `thinking` returned. Everything that the agent says between two entries becomes one message. No part
    may follow a `failure`. The stub makes up missing fields of an entry (identifier, times, model, agent).
    """
    entries: list[Any] = []
    failed: Any = None
    for said, group in itertools.groupby(parts, _is_said):
        if said:
            entries.append(message(*group))
            continue
        for part in group:
            if failed is not None:
                raise ValueError(_FAILURE_IS_LAST)
            assert isinstance(part, Mapping)  # noqa: S101  # texts are in the other kind of group
            if "failure" in part:
                failed = part["failure"]
            else:
                entries.append(dict(part))
    if failed is not None and parts and _is_said(parts[-1]):
        raise ValueError(_FAILURE_IS_LAST)
    return {"outputs": entries, **({} if failed is None else {"failure": failed})}


def message(*content: str | Json) -> dict[str, Any]:
    """Return a message. If all parts are texts, its content is one string, otherwise a list of parts."""
    parts = [{"type": "text", "text": part} if isinstance(part, str) else dict(part) for part in content]
    if all(isinstance(part, str) for part in content):
        return {"type": "message.output", "content": "".join(str(part) for part in content)}
    return {"type": "message.output", "content": parts}


def reference(title: str, url: str | None = None, tool: str = "web_search") -> dict[str, Any]:
    """Return a part of a message: a reference to a source."""
    return {"type": "tool_reference", "tool": tool, "title": title, **({} if url is None else {"url": url})}


def tool_execution(name: str, arguments: Json | str = "{}", info: Json | None = None) -> dict[str, Any]:
    """Return the entry for a tool that the service ran; `info` is the tool's own information about the run."""
    entry = {"type": "tool.execution", "name": name, "function": name, "arguments": _text(arguments)}
    return {**entry, "info": dict(info or {})}


def function_call(
    name: str,
    arguments: Json | str = "{}",
    confirmation: Literal["pending", "allowed", "denied"] | None = None,
    id: str | None = None,
) -> dict[str, Any]:
    """Return the entry for a function call: the agent waits for the result of the function.

    With `confirmation="pending"`, the agent waits for permission to run a tool instead. `id` is the `tool_call_id`; if
    you give none, the stub makes it up. The arguments may be a text that is not JSON.
    """
    entry = {"type": "function.call", "name": name, "arguments": _text(arguments), "confirmation_status": confirmation}
    return {**entry, **({} if id is None else {"tool_call_id": id})}


def handoff(next_agent_id: str, next_agent_name: str | None = None, **previous: str) -> dict[str, Any]:
    """Return the entry for a handoff to another agent.

    The stub fills in `previous_agent_id` and `previous_agent_name` if you leave them out.
    """
    name = next_agent_id if next_agent_name is None else next_agent_name
    return {"type": "agent.handoff", **previous, "next_agent_id": next_agent_id, "next_agent_name": name}


def failure(message: str, code: int = 3000) -> dict[str, Any]:
    """Return a failure, which ends an answer: with an error event in a stream, otherwise with the status 500."""
    return {"failure": {"message": message, "code": code}}


def _is_said(part: str | Json) -> bool:
    """Return whether a part belongs in a message. Entries (their `type` contains a dot) and failures do not."""
    return isinstance(part, str) or ("failure" not in part and "." not in str(part.get("type", "")))


def _text(arguments: Json | str) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
