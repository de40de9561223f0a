# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A new conversation with an agent or a model, answered as a stream of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_entries,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ConversationStreamRequest(Model):
    """A new conversation with an agent or a model, answered as a stream of events."""

    inputs: str | list[models.InputEntries]
    """The new input, as text or as entries."""
    stream: Literal[True] | None
    """Asks for a stream of events. The streaming methods always send it. Without it, the service returns one JSON
    document.
    """
    agent_id: str | None
    """Identifier of the agent. Set this or `model`."""
    agent_version: str | int | None
    """Number or alias of the agent's version. If absent, the service takes the current one."""
    model: str | None
    """Name of the model. Set this or `agent_id`."""
    instructions: str | None
    """Instructions for the model, which it gets before the first message."""
    tools: list[models.AgentTool] | None
    """Tools that the model may use."""
    completion_args: models.CompletionArgs | None
    """Settings for the generation of answers."""
    guardrails: list[models.GuardrailConfig] | None
    """Moderation of requests."""
    name: str | None
    """Name of the conversation."""
    description: str | None
    """What the conversation is about."""
    metadata: dict[str, Any] | None
    """Your own data, which the service stores."""
    store: bool | None
    """Whether the service stores the conversation. If absent, the service assumes true."""
    handoff_execution: models.HandoffExecution | None
    """Who carries out a handoff. If absent, the service assumes `server`."""

    def __init__(
        self,
        *,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict],
        stream: Literal[True] | None = UNSET,
        agent_id: str | None = UNSET,
        agent_version: str | int | None = UNSET,
        model: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        name: str | None = UNSET,
        description: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field(
            "inputs",
            "inputs",
            read=read_either(
                array=read_items(
                    read_tagged(
                        "type",
                        {
                            "message.input": "MessageInputEntry",
                            "message.output": "MessageOutputEntry",
                            "function.result": "FunctionResultEntry",
                            "function.call": "FunctionCallEntry",
                            "tool.execution": "ToolExecutionEntry",
                            "agent.handoff": "AgentHandoffEntry",
                        },
                        unknown="UnknownEntry",
                        untagged="MessageInput",
                    )
                ),
                text=read_string,
            ),
            required=True,
        ),
        Field("stream", "stream"),
        Field("agent_id", "agent_id", nullable=True),
        Field("agent_version", "agent_version", nullable=True),
        Field("model", "model", nullable=True),
        Field("instructions", "instructions", nullable=True),
        Field(
            "tools",
            "tools",
            read=read_items(
                read_tagged(
                    "type",
                    {
                        "function": "FunctionTool",
                        "web_search": "WebSearchTool",
                        "web_search_premium": "WebSearchPremiumTool",
                        "code_interpreter": "CodeInterpreterTool",
                        "image_generation": "ImageGenerationTool",
                        "document_library": "DocumentLibraryTool",
                        "connector": "CustomConnector",
                    },
                    unknown="UnknownAgentTool",
                )
            ),
            nullable=True,
        ),
        Field("completion_args", "completion_args", read=read_model("CompletionArgs"), nullable=True),
        Field("guardrails", "guardrails", read=read_items(read_model("GuardrailConfig")), nullable=True),
        Field("name", "name", nullable=True),
        Field("description", "description", nullable=True),
        Field("metadata", "metadata", read=read_entries(), nullable=True),
        Field("store", "store", nullable=True),
        Field("handoff_execution", "handoff_execution", nullable=True),
    )


class ConversationStreamRequestDict(TypedDict):
    """ConversationStreamRequest as a plain dict. Its keys are the names in JSON."""

    inputs: str | Sequence[models.InputEntries | models.InputEntriesDict]
    """The new input, as text or as entries."""
    stream: NotRequired[Literal[True]]
    """Asks for a stream of events. The streaming methods always send it. Without it, the service returns one JSON
    document.
    """
    agent_id: NotRequired[str | None]
    """Identifier of the agent. Set this or `model`."""
    agent_version: NotRequired[str | int | None]
    """Number or alias of the agent's version. If absent, the service takes the current one."""
    model: NotRequired[str | None]
    """Name of the model. Set this or `agent_id`."""
    instructions: NotRequired[str | None]
    """Instructions for the model, which it gets before the first message."""
    tools: NotRequired[Sequence[models.AgentTool | models.AgentToolDict] | None]
    """Tools that the model may use."""
    completion_args: NotRequired[models.CompletionArgs | models.CompletionArgsDict | None]
    """Settings for the generation of answers."""
    guardrails: NotRequired[Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None]
    """Moderation of requests."""
    name: NotRequired[str | None]
    """Name of the conversation."""
    description: NotRequired[str | None]
    """What the conversation is about."""
    metadata: NotRequired[Mapping[str, Any] | None]
    """Your own data, which the service stores."""
    store: NotRequired[bool | None]
    """Whether the service stores the conversation. If absent, the service assumes true."""
    handoff_execution: NotRequired[models.HandoffExecution | None]
    """Who carries out a handoff. If absent, the service assumes `server`."""
