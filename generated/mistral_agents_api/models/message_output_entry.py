# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A message of the agent or model."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_either,
    read_items,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class MessageOutputEntry(Model):
    """A message of the agent or model."""

    object: Literal["entry"]
    """Kind of object."""
    type: Literal["message.output"]
    """Tag of this kind of entry."""
    created_at: datetime.datetime | None
    """When the entry was created."""
    completed_at: datetime.datetime | None
    """When the entry was completed. Null until then."""
    agent_id: str | None
    """Identifier of the agent."""
    model: str | None
    """Name of the model."""
    id: str | None
    """Identifier of the entry."""
    role: Literal["assistant"]
    """Role of the author of the message."""
    content: str | list[models.OutputContentChunks]
    """The message, as text or in parts."""

    def __init__(
        self,
        *,
        content: str | Sequence[models.OutputContentChunks | models.OutputContentChunksDict],
        object: Literal["entry"] = "entry",
        type: Literal["message.output"] = "message.output",
        created_at: datetime.datetime | None = UNSET,
        completed_at: datetime.datetime | None = UNSET,
        agent_id: str | None = UNSET,
        model: str | None = UNSET,
        id: str | None = UNSET,
        role: Literal["assistant"] = "assistant",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", tag="entry"),
        Field("type", "type", read=read_string, required=True, tag="message.output"),
        Field("created_at", "created_at", read=read_date_time),
        Field("completed_at", "completed_at", read=read_date_time, nullable=True),
        Field("agent_id", "agent_id", nullable=True),
        Field("model", "model", nullable=True),
        Field("id", "id"),
        Field("role", "role", tag="assistant"),
        Field(
            "content",
            "content",
            read=read_either(
                array=read_items(
                    read_tagged(
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
                    )
                ),
                text=read_string,
            ),
            required=True,
        ),
    )


class MessageOutputEntryDict(TypedDict):
    """MessageOutputEntry as a plain dict. Its keys are the names in JSON."""

    object: NotRequired[Literal["entry"]]
    """Kind of object."""
    type: NotRequired[Literal["message.output"]]
    """Tag of this kind of entry."""
    created_at: NotRequired[datetime.datetime]
    """When the entry was created."""
    completed_at: NotRequired[datetime.datetime | None]
    """When the entry was completed. Null until then."""
    agent_id: NotRequired[str | None]
    """Identifier of the agent."""
    model: NotRequired[str | None]
    """Name of the model."""
    id: NotRequired[str]
    """Identifier of the entry."""
    role: NotRequired[Literal["assistant"]]
    """Role of the author of the message."""
    content: str | Sequence[models.OutputContentChunks | models.OutputContentChunksDict]
    """The message, as text or in parts."""
