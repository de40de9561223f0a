# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The thinking of the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_items,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ThinkChunk(Model):
    """The thinking of the model."""

    type: Literal["thinking"]
    """Tag of this kind of part."""
    thinking: list[models.Thinking]
    """The thoughts, in parts."""
    signature: str | None
    """Signature by which the service recognises its own thoughts in a later request."""
    closed: bool | None
    """Whether the thoughts are complete. Only messages with `prefix` use this. If absent, the service assumes true."""

    def __init__(
        self,
        *,
        thinking: Sequence[models.Thinking | models.ThinkingDict],
        type: Literal["thinking"] = "thinking",
        signature: str | None = UNSET,
        closed: bool | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="thinking"),
        Field(
            "thinking",
            "thinking",
            read=read_items(
                read_tagged(
                    "type",
                    {"text": "TextChunk", "reference": "ReferenceChunk", "tool_reference": "ToolReferenceChunk"},
                    unknown="UnknownThinkingChunk",
                )
            ),
            required=True,
        ),
        Field("signature", "signature", nullable=True),
        Field("closed", "closed"),
    )


class ThinkChunkDict(TypedDict):
    """ThinkChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["thinking"]]
    """Tag of this kind of part."""
    thinking: Sequence[models.Thinking | models.ThinkingDict]
    """The thoughts, in parts."""
    signature: NotRequired[str | None]
    """Signature by which the service recognises its own thoughts in a later request."""
    closed: NotRequired[bool]
    """Whether the thoughts are complete. Only messages with `prefix` use this. If absent, the service assumes true."""
