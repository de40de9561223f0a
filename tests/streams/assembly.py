"""Chunks of a completion, as dicts, and the message that they become."""

from __future__ import annotations

import json
from typing import Any

from mistral_agents._completions import assemble

Json = dict[str, Any]


def chunk(*choices: Json, **fields: object) -> Json:
    """Make a chunk with these choices."""
    return {**fields, "choices": list(choices)}


def delta(index: int = 0, **fields: object) -> Json:
    """Make a chunk with a delta for one choice."""
    return chunk({"index": index, "delta": fields})


def message(*deltas: Json) -> Json:
    """Assemble deltas of one choice and return its message; check that the deltas are not changed."""
    before = json.dumps(deltas)
    (choice,) = assemble(delta(**fields) for fields in deltas)["choices"]
    assert before == json.dumps(deltas)
    assembled: Json = choice["message"]
    return assembled


def fragment(arguments: object = "", name: str | None = "", **fields: object) -> Json:
    """Make a fragment of a tool call; without a name if that is None."""
    function = {"arguments": arguments} if name is None else {"name": name, "arguments": arguments}
    return {**fields, "function": function}


def text(value: object) -> Json:
    """Make a text part."""
    return {"type": "text", "text": value}


def thinking(*parts: object, **fields: object) -> Json:
    """Make a thinking part."""
    return {"type": "thinking", "thinking": list(parts), **fields}
