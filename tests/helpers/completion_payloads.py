"""What agents completions send and receive: arguments of a call, an answer, the chunks and bytes of a stream."""

from __future__ import annotations

import json
from typing import Any

from mistral_agents.models import CompletionEvent

ASK: dict[str, Any] = {"messages": [{"role": "user", "content": "Hello"}], "agent_id": "ag_1"}
FILL_IN: dict[str, Any] = {"model": "codestral-2405", "prompt": "def", "suffix": "return a+b"}

ANSWER: dict[str, Any] = {
    "id": "a1",
    "object": "chat.completion",
    "model": "mistral-medium-latest",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}


def chunk(text: str, index: int = 0, finish_reason: str | None = None) -> dict[str, Any]:
    """Make a chunk with one choice. It has the field `object`, so that the client reads it in the fast way."""
    choice = {"index": index, "delta": {"content": text}, "finish_reason": finish_reason}
    return {"object": "chat.completion.chunk", "choices": [choice]}


def sse(*events: object) -> bytes:
    """Return events as a server writes them; a string is written unchanged, anything else as JSON."""
    texts = (event if isinstance(event, str) else json.dumps(event) for event in events)
    return "".join(f"data: {text}\n\n" for text in texts).encode()


WHOLE_STREAM = sse(chunk("Hel"), chunk("lo"), chunk("", finish_reason="stop"), "[DONE]")


def texts(events: list[CompletionEvent]) -> list[str]:
    """Return, for each event that has a choice, the text that it adds to the first choice."""
    return [str(event.data.choices[0].delta.content) for event in events if event.data.choices]
