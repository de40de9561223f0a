# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The result of a tool call."""

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
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolMessage(Model):
    """The result of a tool call."""

    role: Literal["tool"]
    """Role of the author of the message."""
    content: str | list[models.ContentChunk] | None
    """The result, as text or in parts."""
    tool_call_id: str | None
    """Identifier of the call to which this is the result."""
    name: str | None
    """Name of the tool."""

    def __init__(
        self,
        *,
        content: str | Sequence[models.ContentChunk | models.ContentChunkDict] | None,
        role: Literal["tool"] = "tool",
        tool_call_id: str | None = UNSET,
        name: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("role", "role", read=read_string, required=True, tag="tool"),
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
        Field("tool_call_id", "tool_call_id", nullable=True),
        Field("name", "name", nullable=True),
    )


class ToolMessageDict(TypedDict):
    """ToolMessage as a plain dict. Its keys are the names in JSON."""

    role: NotRequired[Literal["tool"]]
    """Role of the author of the message."""
    content: str | Sequence[models.ContentChunk | models.ContentChunkDict] | None
    """The result, as text or in parts."""
    tool_call_id: NotRequired[str | None]
    """Identifier of the call to which this is the result."""
    name: NotRequired[str | None]
    """Name of the tool."""
