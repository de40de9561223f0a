"""Mistral's own request models, from the package mistral-common, accept our requests, as far as they know them.

They know text, images, function calls and their results, and function tools. They refuse everything else in the
contract, so these tests leave it out: documents, files, references, thoughts in parts, built-in tools, `stop`, `n`,
penalties.
"""

from __future__ import annotations

from typing import Any

import pytest

from completion_payloads import WHOLE_STREAM
from mistral_agents import models
from seam import answer, seam, stream
from worlds import WORLDS

WHY = "mistral-common is not installed here; `make contract` runs these tests where it is"
REQUEST: Any = pytest.importorskip("mistral_common.protocol.instruct.request", reason=WHY)
VALIDATOR: Any = pytest.importorskip("mistral_common.protocol.instruct.validator", reason=WHY)

# A request of mistral-common asks a model, not an agent, and cannot ask for a stream.
AGENTS_ALONE = {"agent_id", "stream"}
HELLO = models.UserMessage(content="Hello")
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
WEATHER = models.Function(name="get_weather", description="The weather now", parameters=SCHEMA, strict=True)
ASKED = models.UserMessage(content="The weather in Lyon?")
CALL = models.ToolCall(id="call00001", function=models.FunctionCall(name="get_weather", arguments='{"city": "Lyon"}'))
CALLED = models.AssistantMessage(content="", tool_calls=[CALL])
IMAGE = models.ImageURL(url="https://example.com/a.png", detail="high")
TEXT: Any = {"type": "text", "text": "What is on it?"}

CASES: dict[str, dict[str, Any]] = {
    "text": {"messages": [models.SystemMessage(content="Be brief."), HELLO]},
    "text in parts": {"messages": [{"role": "user", "content": [TEXT, models.TextChunk(text="Tell me.")]}]},
    "image": {"messages": [models.UserMessage(content=[TEXT, models.ImageURLChunk(image_url=IMAGE.url)])]},
    "image with detail": {"messages": [models.UserMessage(content=[models.ImageURLChunk(image_url=IMAGE), TEXT])]},
    "beginning of the answer": {"messages": [HELLO, models.AssistantMessage(content="Well", prefix=True)]},
    "conversation": {"messages": [HELLO, models.AssistantMessage(content="Hello."), ASKED]},
    "function tool": {"messages": [ASKED], "tools": [models.Tool(type="function", function=WEATHER)]},
    "result": {"messages": [ASKED, CALLED, models.ToolMessage(tool_call_id="call00001", content='{"rain": true}')]},
    "result in parts": {
        "messages": [
            ASKED,
            CALLED,
            {"role": "tool", "tool_call_id": "call00001", "name": "get_weather", "content": [TEXT]},
        ]
    },
    "choice of a function": {
        "messages": [ASKED],
        "tools": [{"type": "function", "function": WEATHER}],
        "tool_choice": models.ToolChoice(function=models.FunctionName(name="get_weather")),
    },
    **{
        f"choice: {choice}": {"messages": [HELLO], "tool_choice": choice}
        for choice in ("auto", "none", "any", "required")
    },
    "answer by a schema": {
        "messages": [ASKED],
        "response_format": models.ResponseFormat(
            type="json_schema", json_schema=models.JSONSchema(name="weather", schema=SCHEMA, strict=True)
        ),
    },
    "settings": {"messages": [HELLO], "max_tokens": 9, "random_seed": 0, "parallel_tool_calls": False, "stream": None},
}


def sent(arguments: dict[str, Any], *, streamed: bool) -> dict[str, Any]:
    """Return the body that our client sends for a call."""
    network = seam(stream(WHOLE_STREAM) if streamed else answer())
    (WORLDS[0].read if streamed else WORLDS[0].complete)(network.client(), agent_id="ag_1", **arguments)
    return dict(network.sent)


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_accepted(case: str, *, streamed: bool) -> None:
    """mistral-common, which refuses unknown fields, reads the whole body, and its validator accepts the messages."""
    known = {name: value for name, value in sent(CASES[case], streamed=streamed).items() if name not in AGENTS_ALONE}
    request = REQUEST.ChatCompletionRequest.model_validate(known)
    VALIDATOR.MistralRequestValidatorV13(VALIDATOR.ValidationMode.test).validate_request(request)
    assert known == request.model_dump(mode="json", by_alias=True, exclude_unset=True)


def test_their_models_refuse() -> None:
    """mistral-common refuses an unknown field, so the tests above can fail."""
    with pytest.raises(ValueError, match="unheard_of"):
        REQUEST.ChatCompletionRequest.model_validate({"messages": [], "unheard_of": 1})
