# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A message to the agent or model."""

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
class MessageInputEntry(Model):
    """A message to the agent or model."""

    object: Literal["entry"]
    """Kind of object."""
    type: Literal["message.input"]
    """Tag of this kind of entry."""
    created_at: datetime.datetime | None
    """When the entry was created."""
    completed_at: datetime.datetime | None
    """When the entry was completed. Null until then."""
    id: str | None
    """Identifier of the entry."""
    role: models.MessageInputRole | str
    """Role of the author of the message."""
    content: str | list[models.MessageInputContentChunks]
    """The message, as text or in parts."""
    prefix: bool | None
    """Whether the answer must begin with this message. If absent, the service assumes false."""

    def __init__(
        self,
        *,
        role: models.MessageInputRole | str,
        content: str | Sequence[models.MessageInputContentChunks | models.MessageInputContentChunksDict],
        object: Literal["entry"] = "entry",
        type: Literal["message.input"] = "message.input",
        created_at: datetime.datetime | None = UNSET,
        completed_at: datetime.datetime | None = UNSET,
        id: str | None = UNSET,
        prefix: bool | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", tag="entry"),
        Field("type", "type", read=read_string, required=True, tag="message.input"),
        Field("created_at", "created_at", read=read_date_time),
        Field("completed_at", "completed_at", read=read_date_time, nullable=True),
        Field("id", "id"),
        Field("role", "role", read=read_string, required=True),
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
                        },
                        unknown="UnknownEntryContentChunk",
                    )
                ),
                text=read_string,
            ),
            required=True,
        ),
        Field("prefix", "prefix"),
    )


class MessageInputEntryDict(TypedDict):
    """MessageInputEntry as a plain dict. Its keys are the names in JSON."""

    object: NotRequired[Literal["entry"]]
    """Kind of object."""
    type: NotRequired[Literal["message.input"]]
    """Tag of this kind of entry."""
    created_at: NotRequired[datetime.datetime]
    """When the entry was created."""
    completed_at: NotRequired[datetime.datetime | None]
    """When the entry was completed. Null until then."""
    id: NotRequired[str]
    """Identifier of the entry."""
    role: models.MessageInputRole | str
    """Role of the author of the message."""
    content: str | Sequence[models.MessageInputContentChunks | models.MessageInputContentChunksDict]
    """The message, as text or in parts."""
    prefix: NotRequired[bool]
    """Whether the answer must begin with this message. If absent, the service assumes false."""
