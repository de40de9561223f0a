# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A message in its short form, without a type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_items,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class MessageInput(Model):
    """A message in its short form, without a type."""

    role: models.MessageInputRole
    """Role of the author of the message."""
    content: str | list[models.MessageInputContentChunks]
    """The message, as text or in parts."""
    prefix: bool | None
    """Whether the answer must begin with this message. If absent, the service assumes false."""

    def __init__(
        self,
        *,
        role: models.MessageInputRole,
        content: str | Sequence[models.MessageInputContentChunks | models.MessageInputContentChunksDict],
        prefix: bool | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
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


class MessageInputDict(TypedDict):
    """MessageInput as a plain dict. Its keys are the names in JSON."""

    role: models.MessageInputRole
    """Role of the author of the message."""
    content: str | Sequence[models.MessageInputContentChunks | models.MessageInputContentChunksDict]
    """The message, as text or in parts."""
    prefix: NotRequired[bool]
    """Whether the answer must begin with this message. If absent, the service assumes false."""
