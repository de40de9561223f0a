# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of a message."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_either,
    read_integer,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class MessageOutputEvent(Model):
    """A piece of a message."""

    type: Literal["message.output.delta"]
    """Tag of this kind of event."""
    created_at: datetime.datetime
    """When the event was created."""
    output_index: int
    """Position of the entry within the answer, starting at 0."""
    id: str
    """Identifier of the entry."""
    content_index: int
    """Position of the part within the message, starting at 0."""
    model: str | None
    """Name of the model."""
    agent_id: str | None
    """Identifier of the agent."""
    role: Literal["assistant"]
    """Role of the author of the message."""
    content: str | models.OutputContentChunks
    """Text or a part to append to the message."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        output_index: int,
        id: str,
        content_index: int,
        content: str | models.OutputContentChunks | models.OutputContentChunksDict,
        type: Literal["message.output.delta"] = "message.output.delta",
        model: str | None = UNSET,
        agent_id: str | None = UNSET,
        role: Literal["assistant"] = "assistant",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="message.output.delta"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("output_index", "output_index", read=read_integer, required=True),
        Field("id", "id", read=read_string, required=True),
        Field("content_index", "content_index", read=read_integer, required=True),
        Field("model", "model", nullable=True),
        Field("agent_id", "agent_id", nullable=True),
        Field("role", "role", read=read_string, required=True, tag="assistant"),
        Field(
            "content",
            "content",
            read=read_either(
                object=read_tagged(
                    "type",
                    {
                        "text": "TextChunk",
                        "image_url": "ImageURLChunk",
                        "tool_file": "ToolFileChunk",
                        "document_url": "DocumentURLChunk",
                        "thinking": "ThinkChunk",
                        "tool_reference": "ToolReferenceChunk",
                    },
                    unknown="UnknownEntryContentChunk",
                ),
                text=read_string,
            ),
            required=True,
        ),
    )
