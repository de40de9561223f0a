# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A message of the agent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class AssistantMessage(Model):
    """A message of the agent."""

    role: Literal["assistant"]
    """Role of the author of the message."""
    content: str | list[models.AnswerContentChunk] | None
    """The message, as text or in parts."""
    tool_calls: list[models.ToolCall] | None
    """Tool calls that the agent asks for."""
    prefix: bool | None
    """Whether the answer must begin with this message. If absent, the service assumes false."""

    def __init__(
        self,
        *,
        role: Literal["assistant"] = "assistant",
        content: str | Sequence[models.AnswerContentChunk | models.AnswerContentChunkDict] | None = UNSET,
        tool_calls: Sequence[models.ToolCall | models.ToolCallDict] | None = UNSET,
        prefix: bool | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("role", "role", read=read_string, required=True, tag="assistant"),
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
        Field("tool_calls", "tool_calls", read=read_items(read_model("ToolCall")), nullable=True),
        Field("prefix", "prefix"),
    )


class AssistantMessageDict(TypedDict):
    """AssistantMessage as a plain dict. Its keys are the names in JSON."""

    role: NotRequired[Literal["assistant"]]
    """Role of the author of the message."""
    content: NotRequired[str | Sequence[models.AnswerContentChunk | models.AnswerContentChunkDict] | None]
    """The message, as text or in parts."""
    tool_calls: NotRequired[Sequence[models.ToolCall | models.ToolCallDict] | None]
    """Tool calls that the agent asks for."""
    prefix: NotRequired[bool]
    """Whether the answer must begin with this message. If absent, the service assumes false."""
