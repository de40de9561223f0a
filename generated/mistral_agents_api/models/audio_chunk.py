# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Audio."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class AudioChunk(Model):
    """Audio."""

    type: Literal["input_audio"]
    """Tag of this kind of part."""
    input_audio: str
    """The audio, base64-encoded, or its address."""

    def __init__(
        self,
        *,
        input_audio: str,
        type: Literal["input_audio"] = "input_audio",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="input_audio"),
        Field("input_audio", "input_audio", read=read_string, required=True),
    )


class AudioChunkDict(TypedDict):
    """AudioChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["input_audio"]]
    """Tag of this kind of part."""
    input_audio: str
    """The audio, base64-encoded, or its address."""
