# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The answer of an agent or model in a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_entries,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ConversationResponse(Model):
    """The answer of an agent or model in a conversation."""

    object: Literal["conversation.response"]
    """Kind of object."""
    conversation_id: str
    """Identifier of the conversation. A restart has a new one."""
    outputs: list[models.ConversationResponseOutput]
    """The new entries, oldest first."""
    usage: models.ConversationUsageInfo
    """Number of tokens that the answer used."""
    guardrails: list[dict[str, Any]] | None
    """Results of the moderation."""

    def __init__(
        self,
        *,
        conversation_id: str,
        outputs: Sequence[models.ConversationResponseOutput | models.ConversationResponseOutputDict],
        usage: models.ConversationUsageInfo | Mapping[str, Any],
        object: Literal["conversation.response"] = "conversation.response",
        guardrails: Sequence[Mapping[str, Any]] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", read=read_string, required=True, tag="conversation.response"),
        Field("conversation_id", "conversation_id", read=read_string, required=True),
        Field(
            "outputs",
            "outputs",
            read=read_items(
                read_tagged(
                    "type",
                    {
                        "message.output": "MessageOutputEntry",
                        "tool.execution": "ToolExecutionEntry",
                        "function.call": "FunctionCallEntry",
                        "agent.handoff": "AgentHandoffEntry",
                    },
                    unknown="UnknownEntry",
                )
            ),
            required=True,
        ),
        Field("usage", "usage", read=read_model("ConversationUsageInfo"), required=True),
        Field("guardrails", "guardrails", read=read_items(read_entries()), nullable=True),
    )
