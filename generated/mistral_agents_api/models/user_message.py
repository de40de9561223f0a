# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A message of the user."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_items,
    read_string,
    read_tagged,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class UserMessage(Model):
    """A message of the user."""

    role: Literal["user"]
    """Role of the author of the message."""
    content: str | list[models.ContentChunk] | None
    """The message, as text or in parts."""

    def __init__(
        self,
        *,
        content: str | Sequence[models.ContentChunk | models.ContentChunkDict] | None,
        role: Literal["user"] = "user",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("role", "role", read=read_string, required=True, tag="user"),
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
                            "document_url": "DocumentURLChunk",
                            "reference": "ReferenceChunk",
                            "file": "FileChunk",
                            "thinking": "ThinkChunk",
                            "input_audio": "AudioChunk",
                            "resource": "ResourceChunk",
                            "resource_link": "ResourceLinkChunk",
                        },
                    )
                ),
                text=read_string,
                null=True,
            ),
            required=True,
            nullable=True,
        ),
    )


class UserMessageDict(TypedDict):
    """UserMessage as a plain dict. Its keys are the names in JSON."""

    role: NotRequired[Literal["user"]]
    """Role of the author of the message."""
    content: str | Sequence[models.ContentChunk | models.ContentChunkDict] | None
    """The message, as text or in parts."""
