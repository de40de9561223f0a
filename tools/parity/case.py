"""A case: arguments for one or several methods, built once from models and once from plain dicts.

A function builds the arguments. Its parameter is a namespace: the models of either library, or `PlainDicts`, with which
it builds the same arguments from plain dicts. So each case is written once and sent in every form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Arguments = dict[str, Any]
Build = Callable[[Any], Arguments]

MODELS, DICTS = "models", "dicts"


class Case(NamedTuple):
    """One set of arguments."""

    methods: tuple[str, ...]
    """The methods that take them, such as `agents.create`."""
    build: Build
    forms: tuple[str, ...] = (MODELS, DICTS)


class Refused(NamedTuple):
    """Arguments that the SDK refuses, although the contract allows them."""

    methods: tuple[str, ...]
    build: Build
    reason: str


# The tags that plain dicts need. For all other types the contract does not require the tag, and it is left out.
TAGS = {
    "APIKeyAuth": {"type": "api-key"},
    "AgentHandoffEntry": {"type": "agent.handoff"},
    "AssistantMessage": {"role": "assistant"},
    "AudioChunk": {"type": "input_audio"},
    "CodeInterpreterTool": {"type": "code_interpreter"},
    "CustomConnector": {"type": "connector"},
    "DocumentLibraryTool": {"type": "document_library"},
    "DocumentURLChunk": {"type": "document_url"},
    "FileChunk": {"type": "file"},
    "FunctionCallEntry": {"type": "function.call"},
    "FunctionResultEntry": {"type": "function.result"},
    "FunctionTool": {"type": "function"},
    "ImageGenerationTool": {"type": "image_generation"},
    "ImageURLChunk": {"type": "image_url"},
    "MessageInputEntry": {"type": "message.input"},
    "MessageOutputEntry": {"type": "message.output"},
    "OAuth2TokenAuth": {"type": "oauth2-token"},
    "ReferenceChunk": {"type": "reference"},
    "ResourceChunk": {"type": "resource"},
    "ResourceLinkChunk": {"type": "resource_link"},
    "SystemMessage": {"role": "system"},
    "TextChunk": {"type": "text"},
    "ThinkChunk": {"type": "thinking"},
    "Tool": {"type": "function"},
    "ToolExecutionEntry": {"type": "tool.execution"},
    "ToolFileChunk": {"type": "tool_file"},
    "ToolMessage": {"role": "tool"},
    "ToolReferenceChunk": {"type": "tool_reference"},
    "UserMessage": {"role": "user"},
    "WebSearchPremiumTool": {"type": "web_search_premium"},
    "WebSearchTool": {"type": "web_search"},
}


class PlainDicts:
    """Has a function with the name of each model, which returns a plain dict."""

    def __getattr__(self, name: str) -> Callable[..., dict[str, Any]]:
        return lambda **fields: {**TAGS.get(name, {}), **fields}


# Values that cases of several modules send.
CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
LETTERS = 'Ça va, Łódź? 你好 \u05e9\u05dc\u05d5\u05dd 👩\u200d🚀\u2028\x00\x7f\\ "q" </s>'


def guardrails(m: Any) -> list[Any]:
    """Return one guardrail of each kind."""
    first = m.ModerationLlmv1CategoryThresholds(sexual=1, pii=0.25, law=None)
    second = m.ModerationLlmv2CategoryThresholds(jailbreaking=0.5, criminal=1)
    return [
        m.GuardrailConfig(moderation_llm_v1=m.ModerationLlmv1Config(custom_category_thresholds=first, action="block")),
        m.GuardrailConfig(moderation_llm_v2=m.ModerationLlmv2Config(custom_category_thresholds=second)),
        m.GuardrailConfig(block_on_error=True, moderation_llm_v1=None, moderation_llm_v2=None),
    ]


def document_library(m: Any) -> Any:
    """Return a document library tool with a configuration."""
    only = m.ToolConfiguration(include=["search"], exclude=None, requires_confirmation=["delete"])
    return m.DocumentLibraryTool(library_ids=["one", "two"], tool_configuration=only)


def connectors(m: Any) -> list[Any]:
    """Return connectors with each kind of authorization."""
    return [
        m.CustomConnector(connector_id="mail", authorization=m.APIKeyAuth(value="key")),
        m.CustomConnector(connector_id="disk", authorization=m.OAuth2TokenAuth(value="token")),
    ]


def json_schema(m: Any) -> Any:
    """Return a response format with a JSON Schema."""
    schema = m.JSONSchema(name="city", schema=CITY, description=None, strict=True)
    return m.ResponseFormat(type="json_schema", json_schema=schema)


__all__ = [
    "CITY",
    "DICTS",
    "LETTERS",
    "MODELS",
    "Arguments",
    "Build",
    "Case",
    "PlainDicts",
    "Refused",
    "connectors",
    "document_library",
    "guardrails",
    "json_schema",
]
