# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class AudioChunk(Model):
    """Sound."""

    type: Literal["input_audio"]
    """Tag of this kind of part."""

    input_audio: str
    """The sound, base64-encoded, or its address."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "input_audio",
        }
    )

    def __init__(
        self,
        *,
        input_audio: str,
        type: Literal["input_audio"] = "input_audio",
    ) -> None:
        self.type = type
        self.input_audio = input_audio
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "AudioChunk")
        self = create(cls)
        key = ""
        try:
            self.type = src_dict["type"]
            self.input_audio = src_dict["input_audio"]
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("AudioChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["input_audio"] = self.input_audio
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class AudioChunkDict(TypedDict):
    """`AudioChunk` as a plain dict."""

    type: Required[Literal["input_audio"]]
    """Tag of this kind of part."""

    input_audio: Required[str]
    """The sound, base64-encoded, or its address."""
