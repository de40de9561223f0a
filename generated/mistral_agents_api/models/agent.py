# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""An agent in one of its versions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_boolean,
    read_date_time,
    read_entries,
    read_integer,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class Agent(Model):
    """An agent in one of its versions."""

    object: Literal["agent"]
    """Kind of object."""
    id: str
    """Identifier of the agent, the same in all versions."""
    name: str
    """Name of the agent."""
    description: str | None
    """What the agent does. Other agents read this before they hand over to it."""
    model: str
    """Name of the model."""
    instructions: str | None
    """Instructions for the model, which it gets before the first message."""
    tools: list[models.AgentTool] | None
    """Tools that the agent may use."""
    completion_args: models.CompletionArgs | None
    """Settings for the generation of answers."""
    guardrails: list[models.GuardrailConfig] | None
    """Moderation of requests."""
    handoffs: list[str] | None
    """Identifiers of the agents to which this agent may hand over."""
    metadata: dict[str, Any] | None
    """Your own data, which the service stores."""
    version: int
    """Number of this version, starting at 0."""
    versions: list[int]
    """Numbers of all versions."""
    version_message: str | None
    """What is new in this version."""
    created_at: datetime.datetime
    """When the agent was created."""
    updated_at: datetime.datetime
    """When the agent was last changed."""
    deployment_chat: bool
    """Whether the agent is available in Mistral's chat application."""
    source: str
    """Where the agent was created, such as `api`."""
    owner_id: str | None
    """Identifier of the owner."""

    def __init__(
        self,
        *,
        id: str,
        name: str,
        model: str,
        version: int,
        versions: Sequence[int],
        created_at: datetime.datetime,
        updated_at: datetime.datetime,
        deployment_chat: bool,
        source: str,
        object: Literal["agent"] = "agent",
        description: str | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        handoffs: Sequence[str] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        version_message: str | None = UNSET,
        owner_id: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", read=read_string, required=True, tag="agent"),
        Field("id", "id", read=read_string, required=True),
        Field("name", "name", read=read_string, required=True),
        Field("description", "description", nullable=True),
        Field("model", "model", read=read_string, required=True),
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
        Field("version", "version", read=read_integer, required=True),
        Field("versions", "versions", read=read_items(), required=True),
        Field("version_message", "version_message", nullable=True),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("updated_at", "updated_at", read=read_date_time, required=True),
        Field("deployment_chat", "deployment_chat", read=read_boolean, required=True),
        Field("source", "source", read=read_string, required=True),
        Field("owner_id", "owner_id", nullable=True),
    )
