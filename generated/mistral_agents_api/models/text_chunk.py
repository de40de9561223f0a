# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Text."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class TextChunk(Model):
    """Text."""

    type: Literal["text"]
    """Tag of this kind of part."""
    text: str
    """The text."""

    def __init__(
        self,
        *,
        text: str,
        type: Literal["text"] = "text",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="text"),
        Field("text", "text", read=read_string, required=True),
    )


class TextChunkDict(TypedDict):
    """TextChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["text"]]
    """Tag of this kind of part."""
    text: str
    """The text."""
