# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_entries,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class DeltaMessage(Model):
    """A piece of a message."""

    role: str | None
    """Role of the author. Only the first piece has it."""
    content: str | list[models.AnswerContentChunk] | None
    """Text or parts to append to the message."""
    tool_calls: list[models.ToolCallFragment] | None
    """Pieces of the tool calls that the agent asks for."""
    tool_call_id: str | None
    """Identifier of the call to which this message is the result."""
    index: int | None
    """Position of the message to which this piece belongs, starting at 0, if the answer has several messages."""
    metadata: dict[str, Any] | None
    """Data that the service adds to the message."""

    def __init__(
        self,
        *,
        role: str | None = UNSET,
        content: str | Sequence[models.AnswerContentChunk | models.AnswerContentChunkDict] | None = UNSET,
        tool_calls: Sequence[models.ToolCallFragment | Mapping[str, Any]] | None = UNSET,
        tool_call_id: str | None = UNSET,
        index: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("role", "role", nullable=True),
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
                        unknown="UnknownContentChunk",
                    )
                ),
                text=read_string,
                null=True,
            ),
            nullable=True,
        ),
        Field("tool_calls", "tool_calls", read=read_items(read_model("ToolCallFragment")), nullable=True),
        Field("tool_call_id", "tool_call_id", nullable=True),
        Field("index", "index", nullable=True),
        Field("metadata", "metadata", read=read_entries(), nullable=True),
    )
