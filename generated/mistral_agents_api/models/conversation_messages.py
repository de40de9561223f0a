# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""All messages of a conversation."""

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
class ConversationMessages(Model):
    """All messages of a conversation."""

    object: Literal["conversation.messages"]
    """Kind of object."""
    conversation_id: str
    """Identifier of the conversation. A restart has a new one."""
    messages: list[models.MessageEntries]
    """The messages, oldest first."""

    def __init__(
        self,
        *,
        conversation_id: str,
        messages: Sequence[models.MessageEntries | models.MessageEntriesDict],
        object: Literal["conversation.messages"] = "conversation.messages",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", read=read_string, required=True, tag="conversation.messages"),
        Field("conversation_id", "conversation_id", read=read_string, required=True),
        Field(
            "messages",
            "messages",
            read=read_items(
                read_tagged(
                    "type",
                    {"message.input": "MessageInputEntry", "message.output": "MessageOutputEntry"},
                    unknown="UnknownEntry",
                )
            ),
            required=True,
        ),
    )
