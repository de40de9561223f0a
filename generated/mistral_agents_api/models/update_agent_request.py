# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Changes of an agent. A field that is absent keeps its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_entries,
    read_items,
    read_model,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class UpdateAgentRequest(Model):
    """Changes of an agent. A field that is absent keeps its value."""

    model: str | None
    """Name of the model."""
    name: str | None
    """Name of the agent."""
    description: str | None
    """What the agent does. Other agents read this before they hand over to it."""
    instructions: str | None
    """Instructions for the model, which it gets before the first message."""
    tools: list[models.AgentTool] | None
    """Tools that the agent may use."""
    completion_args: models.CompletionArgs | None
    """Settings for the generation of answers."""
    guardrails: list[models.GuardrailConfig] | None
    """Moderation of requests."""
    handoffs: list[str] | None
    """Identifiers of the agents to which this agent may hand over, one or more."""
    metadata: dict[str, Any] | None
    """Your own data, which the service stores."""
    version_message: str | None
    """What is new in this version, up to 500 characters."""
    deployment_chat: bool | None
    """Whether the agent is available in Mistral's chat application."""

    def __init__(
        self,
        *,
        model: str | None = UNSET,
        name: str | None = UNSET,
        description: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        handoffs: Sequence[str] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        version_message: str | None = UNSET,
        deployment_chat: bool | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("model", "model", nullable=True),
        Field("name", "name", nullable=True),
        Field("description", "description", nullable=True),
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
        ),
        Field("completion_args", "completion_args", read=read_model("CompletionArgs")),
        Field("guardrails", "guardrails", read=read_items(read_model("GuardrailConfig")), nullable=True),
        Field("handoffs", "handoffs", read=read_items(), nullable=True),
        Field("metadata", "metadata", read=read_entries(), nullable=True),
        Field("version_message", "version_message", nullable=True),
        Field("deployment_chat", "deployment_chat", nullable=True),
    )


class UpdateAgentRequestDict(TypedDict):
    """UpdateAgentRequest as a plain dict. Its keys are the names in JSON."""

    model: NotRequired[str | None]
    """Name of the model."""
    name: NotRequired[str | None]
    """Name of the agent."""
    description: NotRequired[str | None]
    """What the agent does. Other agents read this before they hand over to it."""
    instructions: NotRequired[str | None]
    """Instructions for the model, which it gets before the first message."""
    tools: NotRequired[Sequence[models.AgentTool | models.AgentToolDict]]
    """Tools that the agent may use."""
    completion_args: NotRequired[models.CompletionArgs | models.CompletionArgsDict]
    """Settings for the generation of answers."""
    guardrails: NotRequired[Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None]
    """Moderation of requests."""
    handoffs: NotRequired[Sequence[str] | None]
    """Identifiers of the agents to which this agent may hand over, one or more."""
    metadata: NotRequired[Mapping[str, Any] | None]
    """Your own data, which the service stores."""
    version_message: NotRequired[str | None]
    """What is new in this version, up to 500 characters."""
    deployment_chat: NotRequired[bool | None]
    """Whether the agent is available in Mistral's chat application."""
