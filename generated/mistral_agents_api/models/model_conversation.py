# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A conversation with a model."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_entries,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ModelConversation(Model):
    """A conversation with a model."""

    object: Literal["conversation"]
    """Kind of object."""
    id: str
    """Identifier of the conversation."""
    name: str | None
    """Name of the conversation."""
    description: str | None
    """What the conversation is about."""
    metadata: dict[str, Any] | None
    """Your own data, which the service stores."""
    created_at: datetime.datetime
    """When the conversation was started."""
    updated_at: datetime.datetime
    """When the conversation was last changed."""
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

    def __init__(
        self,
        *,
        id: str,
        created_at: datetime.datetime,
        updated_at: datetime.datetime,
        model: str,
        object: Literal["conversation"] = "conversation",
        name: str | None = UNSET,
        description: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        instructions: str | None = UNSET,
        tools: Sequence[models.AgentTool | models.AgentToolDict] | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", read=read_string, required=True, tag="conversation"),
        Field("id", "id", read=read_string, required=True),
        Field("name", "name", nullable=True),
        Field("description", "description", nullable=True),
        Field("metadata", "metadata", read=read_entries(), nullable=True),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("updated_at", "updated_at", read=read_date_time, required=True),
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
    )
