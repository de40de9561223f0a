# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, read_member, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ThinkChunk(Model):
    """What the model thought."""

    type: Literal["thinking"]
    """Tag of this kind of part."""

    thinking: list[ReferenceChunk | TextChunk | ToolReferenceChunk | UnknownThinkingChunk]
    """The thoughts in parts."""

    signature: None | str | Unset
    """Signature by which the service knows its own thoughts again in a later request."""

    closed: bool | Unset
    """Whether the thoughts are complete; for prefixes. True if absent."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "thinking",
            "signature",
            "closed",
        }
    )

    def __init__(
        self,
        *,
        thinking: Sequence[
            TextChunk
            | TextChunkDict
            | ReferenceChunk
            | ReferenceChunkDict
            | ToolReferenceChunk
            | ToolReferenceChunkDict
            | UnknownThinkingChunk
        ],
        type: Literal["thinking"] = "thinking",
        signature: str | None | Unset = UNSET,
        closed: bool | Unset | None = UNSET,
    ) -> None:
        self.type = type
        self.thinking = cast(Any, thinking)
        self.signature = signature
        self.closed = UNSET if closed is None else closed
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ThinkChunk")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"]
            key = "thinking"
            value = src_dict[key]
            if not isinstance(value, list):
                raise StructureError("a list", value)
            items, value = value, []
            for item in items:
                value.append(read_member(_THINKING_BY_TYPE, "type", UnknownThinkingChunk, item))
            self.thinking = value
            self.signature = src_dict["signature"] if "signature" in src_dict else UNSET
            self.closed = src_dict["closed"] if "closed" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ThinkChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["thinking"] = to_json(self.thinking)
        if self.signature is not UNSET:
            result["signature"] = self.signature
        if self.closed is not UNSET:
            result["closed"] = self.closed
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ThinkChunkDict(TypedDict):
    """`ThinkChunk` as a plain dict."""

    type: Required[Literal["thinking"]]
    """Tag of this kind of part."""

    thinking: Required[
        Sequence[
            TextChunk
            | TextChunkDict
            | ReferenceChunk
            | ReferenceChunkDict
            | ToolReferenceChunk
            | ToolReferenceChunkDict
            | UnknownThinkingChunk
        ]
    ]
    """The thoughts in parts."""

    signature: NotRequired[str | None]
    """Signature by which the service knows its own thoughts again in a later request."""

    closed: NotRequired[bool]
    """Whether the thoughts are complete; for prefixes. True if absent."""


# Below the classes, since two models may refer to each other.
from .reference_chunk import ReferenceChunk, ReferenceChunkDict
from .text_chunk import TextChunk, TextChunkDict
from .tool_reference_chunk import ToolReferenceChunk, ToolReferenceChunkDict
from .unknown_thinking_chunk import UnknownThinkingChunk

_THINKING_BY_TYPE: dict[str, Any] = {
    "text": TextChunk,
    "reference": ReferenceChunk,
    "tool_reference": ToolReferenceChunk,
}
