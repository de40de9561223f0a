"""The cases of completions by an agent: `agents.complete` and `agents.stream`."""

from __future__ import annotations

from typing import Any

from .case import (
    CITY,
    LETTERS,
    MODELS,
    Arguments,
    Build,
    Case,
    Refused,
    connectors,
    document_library,
    guardrails,
    json_schema,
)

QUESTION = "What is the weather in Lyon?"


def _send(*messages: Any, **others: Any) -> Arguments:
    return {"agent_id": "ag_parity", "messages": list(messages), **others}


def _ask(m: Any, *parts: Any, **others: Any) -> Arguments:
    """Ask in one message: with only a text, or with a text and other parts."""
    content = [m.TextChunk(text=QUESTION), *parts] if parts else QUESTION
    return _send(m.UserMessage(content=content), **others)


def _continue(m: Any, *messages: Any, **others: Any) -> Arguments:
    return _send(m.UserMessage(content=QUESTION), *messages, **others)


def _tool(m: Any, name: str = "get_weather", **others: Any) -> Any:
    return m.Tool(function=m.Function(name=name, parameters=CITY, **others))


def _call(m: Any, **others: Any) -> Any:
    return m.ToolCall(function=m.FunctionCall(name="get_weather", arguments='{"city": "Lyon"}'), **others)


def _thoughts(m: Any) -> Any:
    source = m.ToolReferenceChunk(tool="web_search", title="Lyon", url="https://example.org/lyon", favicon=None)
    thinking = [m.TextChunk(text="Rain?"), m.ReferenceChunk(reference_ids=[1, "two"]), source]
    return m.ThinkChunk(thinking=thinking, signature="c2lnbg==", closed=True)


NULLABLE = (
    *("max_tokens", "min_tokens", "stop", "random_seed", "metadata", "tools", "presence_penalty", "frequency_penalty"),
    *("repetition_penalty", "top_k", "logprobs", "top_logprobs", "prompt_logprobs", "top_prompt_logprobs", "n"),
    *("reasoning_effort", "prompt_mode", "guardrails", "prompt_cache_key", "service_tier"),
)
NEVER_NULL = ("response_format", "tool_choice", "prediction", "parallel_tool_calls")

_CASES: dict[str, Build] = {
    "one question": _ask,
    "several turns": lambda m: _continue(m, m.AssistantMessage(content="Sunny."), m.UserMessage(content="And Paris?")),
    "system message": lambda m: _send(
        m.SystemMessage(content="Be brief."), m.UserMessage(content="Who is the best French painter?")
    ),
    "system message in parts": lambda m: _continue(m, m.SystemMessage(content=[m.TextChunk(text="Be brief.")])),
    "tool": lambda m: _ask(m, tools=[_tool(m, description="The weather now.", strict=True)]),
    "tool choice by name": lambda m: _ask(
        m,
        tools=[_tool(m), _tool(m, "get_time")],
        tool_choice=m.ToolChoice(function=m.FunctionName(name="get_time")),
    ),
    "tool choice none": lambda m: _ask(m, tools=[_tool(m)], tool_choice="none"),
    "tool choice any": lambda m: _ask(m, tools=[_tool(m)], tool_choice="any"),
    "several tools at once": lambda m: _ask(m, tools=[_tool(m), _tool(m, "get_time")], parallel_tool_calls=True),
    "one tool at a time": lambda m: _ask(m, tools=[_tool(m), _tool(m, "get_time")], parallel_tool_calls=False),
    "tools that Mistral runs": lambda m: _ask(m, tools=[m.ImageGenerationTool(), document_library(m)]),
    "connectors": lambda m: _ask(m, tools=connectors(m)),
    "response format text": lambda m: _ask(m, response_format=m.ResponseFormat(type="text")),
    "response format json_object": lambda m: _ask(m, response_format=m.ResponseFormat(type="json_object")),
    "response format json_schema": lambda m: _ask(m, response_format=json_schema(m)),
    "image by URL": lambda m: _ask(m, m.ImageURLChunk(image_url="https://example.org/lyon.png")),
    "image with detail": lambda m: _ask(
        m, m.ImageURLChunk(image_url=m.ImageURL(url="data:image/png;base64,iVBORw0", detail="high"))
    ),
    "document by URL": lambda m: _ask(
        m, m.DocumentURLChunk(document_url="https://example.org/lyon.pdf", document_name="lyon.pdf")
    ),
    "other parts": lambda m: _ask(
        m,
        m.ReferenceChunk(reference_ids=[1, "two"]),
        m.FileChunk(file_id="file-1"),
        m.AudioChunk(input_audio="UklGRg=="),
        m.ResourceChunk(uri="memo://1", content=m.TextChunk(text="A memo.")),
        m.ResourceLinkChunk(uri="memo://2", metadata={"size": 2}),
    ),
    "tool result": lambda m: _continue(
        m,
        m.AssistantMessage(content="", tool_calls=[_call(m, id="call00001", type="function", index=0)]),
        m.ToolMessage(content='{"rain": true}', tool_call_id="call00001", name="get_weather"),
        tools=[_tool(m)],
    ),
    "tool result in parts": lambda m: _continue(
        m,
        m.AssistantMessage(tool_calls=[_call(m, id="call00001"), _call(m, id="call00002", index=1)]),
        m.ToolMessage(content=[m.TextChunk(text="Rain.")], tool_call_id="call00001"),
        m.ToolMessage(content="Snow.", tool_call_id="call00002"),
    ),
    "tool call with arguments as an object": lambda m: _continue(
        m,
        m.AssistantMessage(
            tool_calls=[m.ToolCall(function=m.FunctionCall(name="get_weather", arguments={"city": "Lyon", "days": 2}))]
        ),
        m.ToolMessage(content="Rain."),
    ),
    "prefix": lambda m: _continue(m, m.AssistantMessage(content="In Lyon", prefix=True)),
    "prediction": lambda m: _ask(m, prediction=m.Prediction(content="It is sunny.")),
    "empty prediction": lambda m: _ask(m, prediction=m.Prediction()),
    "stop at a text": lambda m: _ask(m, stop="light"),
    "stop at one of several": lambda m: _ask(m, stop=["wind", "21"]),
    "null wherever a parameter may be": lambda m: _ask(m, **dict.fromkeys(NULLABLE)),
    "None where a parameter is never null": lambda m: _ask(m, **dict.fromkeys(NEVER_NULL)),
    "null inside messages": lambda m: _continue(
        m,
        m.AssistantMessage(content=None, tool_calls=None),
        m.AssistantMessage(content=[m.ThinkChunk(thinking=[], signature=None)], tool_calls=[]),
        m.ToolMessage(content=None, tool_call_id=None, name=None),
        m.UserMessage(content=None),
        m.UserMessage(content=[m.ImageURLChunk(image_url=m.ImageURL(url="https://example.org/a.png", detail=None))]),
    ),
    "letters of the world": lambda m: _send(
        m.UserMessage(content=LETTERS),
        stop=["終"],
        metadata={"clé": "värde 🦊"},
    ),
    "a lone surrogate": lambda m: _send(m.UserMessage(content="The weather \ud83d?")),
    "several answers": lambda m: _ask(m, n=3, max_tokens=5),
    "seed and length": lambda m: _ask(m, random_seed=0, max_tokens=4, min_tokens=1),
    "penalties": lambda m: _ask(m, presence_penalty=-0.5, frequency_penalty=0.0, repetition_penalty=1.1, top_k=40),
    "penalties as integers": lambda m: _ask(m, presence_penalty=1, frequency_penalty=0, repetition_penalty=2),
    "log probabilities": lambda m: _ask(m, logprobs=True, top_logprobs=2, prompt_logprobs=False, top_prompt_logprobs=0),
    "metadata": lambda m: _ask(m, metadata={"user": {"id": 7, "tags": ["a", None, 1.5, True]}, "empty": {}}),
    "reasoning and capacity": lambda m: _ask(
        m, reasoning_effort="high", prompt_mode="reasoning", prompt_cache_key="lyon", service_tier="standard_only"
    ),
    "guardrails": lambda m: _ask(m, guardrails=guardrails(m)),
    "thinking": lambda m: _continue(
        m, m.AssistantMessage(content=[_thoughts(m), m.TextChunk(text="Yes.")]), m.UserMessage(content="Sure?")
    ),
    "nothing in it": lambda m: _continue(m, m.AssistantMessage(content=""), tools=[], stop=[], metadata={}),
    "tuples for lists": lambda m: {**_ask(m, stop=("wind",), tools=()), "messages": (m.UserMessage(content=QUESTION),)},
    "models and dicts mixed": lambda m: _continue(
        m,
        {"role": "assistant", "content": [{"type": "text", "text": "Rain."}], "tool_calls": [_call(m, id="call00001")]},
        m.ToolMessage(content=[{"type": "text", "text": "Rain."}], tool_call_id="call00001"),
        tools=[m.Tool(function={"name": "get_weather", "parameters": CITY})],
        response_format={"type": "text"},
    ),
    "fields not known yet": lambda m: _continue(
        m,
        {
            "role": "assistant",
            "content": [{"type": "text", "text": "Rain.", "annotations": [1]}],
            "tool_calls": [{"id": "call00001", "function": {"name": "f", "arguments": "{}"}, "cached": True}],
            "refusal": None,
        },
    ),
    "a part of a type not known yet": lambda m: _continue(
        m, {"role": "assistant", "content": [{"type": "video", "video": "https://example.org/v"}]}
    ),
}

# Only for models: a plain dict would be sent unchanged, with its null.
_MODEL_CASES: dict[str, Build] = {
    "None where a model's field is never null": lambda m: _continue(
        m,
        m.AssistantMessage(content="Rain.", prefix=None, tool_calls=[_call(m, id=None, type=None, index=None)]),
        tools=[_tool(m, description=None, strict=None)],
        tool_choice=m.ToolChoice(function=m.FunctionName(name="get_weather"), type=None),
        prediction=m.Prediction(content=None),
        response_format=m.ResponseFormat(type=None, json_schema=None),
    ),
}


_BOTH = ("agents.complete", "agents.stream")
CASES = {
    **{name: Case(_BOTH, build) for name, build in _CASES.items()},
    **{name: Case(_BOTH, build, forms=(MODELS,)) for name, build in _MODEL_CASES.items()},
}

_PUBLIC_DOCUMENT_ONLY = "the SDK's requests have no such tool; Mistral's published document has it"

REFUSED = {
    "web_search": Refused(_BOTH, lambda m: _ask(m, tools=[m.WebSearchTool()]), _PUBLIC_DOCUMENT_ONLY),
    "web_search_premium": Refused(_BOTH, lambda m: _ask(m, tools=[m.WebSearchPremiumTool()]), _PUBLIC_DOCUMENT_ONLY),
    "code_interpreter": Refused(_BOTH, lambda m: _ask(m, tools=[m.CodeInterpreterTool()]), _PUBLIC_DOCUMENT_ONLY),
    "fill in the middle": Refused(
        ("agents.stream",),
        lambda _: {"model": "codestral-2405", "prompt": "def", "suffix": "return a+b"},
        "the SDK's agents took this form in release 1.0.0, but no longer take it",
    ),
}
