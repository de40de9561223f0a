# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Instructions for the agent."""

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
class SystemMessage(Model):
    """Instructions for the agent."""

    role: Literal["system"]
    """Role of the author of the message."""
    content: str | list[models.SystemMessageContentChunks]
    """The instructions, as text or in parts."""

    def __init__(
        self,
        *,
        content: str | Sequence[models.SystemMessageContentChunks | models.SystemMessageContentChunksDict],
        role: Literal["system"] = "system",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("role", "role", read=read_string, required=True, tag="system"),
        Field(
            "content",
            "content",
            read=read_either(
                array=read_items(read_tagged("type", {"text": "TextChunk", "thinking": "ThinkChunk"})), text=read_string
            ),
            required=True,
        ),
    )


class SystemMessageDict(TypedDict):
    """SystemMessage as a plain dict. Its keys are the names in JSON."""

    role: NotRequired[Literal["system"]]
    """Role of the author of the message."""
    content: str | Sequence[models.SystemMessageContentChunks | models.SystemMessageContentChunksDict]
    """The instructions, as text or in parts."""
