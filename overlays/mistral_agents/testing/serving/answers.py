"""Makes up what an agent answers. Pure functions: they take a request that fits the contract, as a dict.

The same request always gets the same answer, whether it is sent as JSON or as a stream. A token is a word with the
space before it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from ..openapi.examples import example
from ..scripting.completions import CREATED, MODEL, tokens

__all__ = ["MAX_CHOICES", "answer", "completed", "headed"]

# The contract has no upper bound for `n`; the stub limits it, to save memory.
MAX_CHOICES = 100
# An answer quotes at most this much of its question.
_QUOTED_CHARACTERS = 200
# Answers to the questions in the examples, by a phrase that the question contains.
_ANSWERS = {
    "french painter": "Claude Monet is often named as the best French painter.",
    "capital of france": "Paris is the capital of France. It lies on the Seine and has about two million inhabitants.",
    "weather": "It is sunny, with 21 °C and a light wind.",
}

Request = Mapping[str, Any]


def answer(request: Request) -> dict[str, Any]:
    """Return the `ChatCompletionResponse` for a request."""
    functions = _functions_to_call(request)
    choices = [
        {"index": index, **(_calls(request, functions, index) if functions else _said(request, index))}
        for index in range(min(int(request.get("n") or 1), MAX_CHOICES))
    ]
    return completed({"choices": choices}, request)


def headed(scripted: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """Complete a scripted answer: add the identifier, the model and the like if it has none."""
    model = request.get("model") or MODEL
    return {"id": _id(request), "object": "chat.completion", "created": CREATED, "model": model, **scripted}


def completed(scripted: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """Complete a scripted answer with everything that the service would send, including the usage."""
    content = headed(scripted, request)
    return {**content, "usage": scripted.get("usage", _usage(request, content["choices"]))}


def _usage(request: Request, choices: list[dict[str, Any]]) -> dict[str, int]:
    said = [request["prompt"], request.get("suffix") or ""] if "prompt" in request else map(_text, request["messages"])
    prompt = sum(len(tokens(text)) for text in said)
    messages = [choice.get("message") or {} for choice in choices]
    calls = [call for message in messages for call in message.get("tool_calls") or []]
    written = [*map(_text, messages), *(str(call["function"]["arguments"]) for call in calls)]
    completion = sum(len(tokens(text)) for text in written)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _said(request: Request, index: int) -> dict[str, Any]:
    """Answer with text, cut by `stop` or `max_tokens`."""
    text = _filled_in(request) if "prompt" in request else _reply(request)
    if index:
        text += f" (Answer {index + 1}.)"
    text = _formatted(text, request.get("response_format") or {})
    stops = [request["stop"]] if isinstance(request.get("stop"), str) else request.get("stop") or []
    text = text[: min((text.find(stop) for stop in stops if stop in text), default=len(text))]
    words, most = tokens(text), request.get("max_tokens")
    if most is None or most >= len(words):
        return _choice(text, "stop")
    return _choice("".join(words[: int(most)]), "length")


def _reply(request: Request) -> str:
    messages = request["messages"]
    last = messages[-1] if messages else {}
    if last.get("role") == "tool":
        return f"The tool {last.get('name') or ''} says: {_text(last)[:_QUOTED_CHARACTERS]}".replace("  ", " ")
    question = _question(request)
    if not question:
        return "How can I help you?"
    known = (text for phrase, text in _ANSWERS.items() if phrase in question.lower())
    return next(known, f"This is the answer to: {question[:_QUOTED_CHARACTERS]}")


def _filled_in(request: Request) -> str:
    """Continue code or text; a bare `def` becomes a function, as in Mistral's own example."""
    prompt = request["prompt"]
    if prompt.split()[-1:] == ["def"]:
        return ("" if prompt[-1].isspace() else " ") + "add(a, b):\n    "
    lines = prompt.strip().splitlines() or [""]
    return f"\n    # continues: {lines[-1][-_QUOTED_CHARACTERS:]}\n    "


def _formatted(text: str, response_format: Mapping[str, Any]) -> str:
    if response_format.get("type") == "json_object":
        return json.dumps({"answer": text}, ensure_ascii=False)
    if response_format.get("type") == "json_schema":
        schema = (response_format.get("json_schema") or {}).get("schema")
        return json.dumps(example(schema, text), ensure_ascii=False)
    return text


def _functions_to_call(request: Request) -> list[dict[str, Any]]:
    """Return the functions to call: the one that `tool_choice` names, none for "none", otherwise those of the request.

    For "auto", none is called if a tool has just answered. With `parallel_tool_calls: false`, only the first function
    of the request is called.
    """
    functions = [tool["function"] for tool in request.get("tools") or [] if tool["type"] == "function"]
    choice = request.get("tool_choice") or "auto"
    answered = [message["role"] for message in request.get("messages", [])][-1:] == ["tool"]
    if isinstance(choice, dict):
        return [function for function in functions if function["name"] == choice["function"]["name"]]
    if choice == "none" or (choice == "auto" and answered):
        return []
    return functions if request.get("parallel_tool_calls", True) else functions[:1]


def _calls(request: Request, functions: list[dict[str, Any]], index: int) -> dict[str, Any]:
    calls = [
        {
            "id": _id(request, index, place)[:9],  # as long as the identifiers of the service
            "type": "function",
            "function": {
                "name": function["name"],
                "arguments": json.dumps(example(function["parameters"], _subject(request)), ensure_ascii=False),
            },
            "index": place,
        }
        for place, function in enumerate(functions)
    ]
    return _choice("", "tool_calls", calls)


def _choice(text: str, finish_reason: str, tool_calls: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, "tool_calls": tool_calls, "prefix": False}
    return {"message": message, "finish_reason": finish_reason}


def _subject(request: Request) -> str:
    """Return the last word with a capital letter in the question ("Paris" in "Is it raining in Paris?").

    If there is none, return the last word.
    """
    words: list[str] = re.findall(r"\w+", _question(request)) or ["?"]
    return next((word for word in reversed(words) if word[0].isupper()), words[-1])


def _question(request: Request) -> str:
    """Return what the user said last."""
    return next((_text(each) for each in reversed(request["messages"]) if each["role"] == "user"), "")


def _text(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    parts: list[Any] = content if isinstance(content, list) else [{"text": content}]
    thoughts = (each for part in parts for each in (part["thinking"] if part.get("type") == "thinking" else [part]))
    return " ".join(str(part.get("text", f"[{part.get('type')}]")) for part in thoughts)


def _id(request: Request, *place: int) -> str:
    """Make an identifier for an answer, or for a place in it, from the request.

    A streamed answer has the same identifiers as the JSON answer to the same request.
    """
    asked = {name: value for name, value in request.items() if name != "stream"}
    return hashlib.sha256(json.dumps([asked, place], sort_keys=True).encode()).hexdigest()[:32]
