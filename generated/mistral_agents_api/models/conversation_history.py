# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""All entries of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_items,
    read_string,
    read_tagged,
)
from ..values import Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ConversationHistory(Model):
    """All entries of a conversation."""

    object: Literal["conversation.history"]
    """Kind of object."""
    conversation_id: str
    """Identifier of the conversation. A restart has a new one."""
    entries: list[models.Entry]
    """The entries, oldest first."""

    def __init__(
        self,
        *,
        conversation_id: str,
        entries: Sequence[models.Entry | models.EntryDict],
        object: Literal["conversation.history"] = "conversation.history",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", read=read_string, required=True, tag="conversation.history"),
        Field("conversation_id", "conversation_id", read=read_string, required=True),
        Field(
            "entries",
            "entries",
            read=read_items(
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
                )
            ),
            required=True,
        ),
    )
