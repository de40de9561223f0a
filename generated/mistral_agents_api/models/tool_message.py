# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, read_member, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ToolMessage(Model):
    """What a tool returned."""

    role: Literal["tool"]
    """Who speaks."""

    content: (
        list[
            AudioChunk
            | DocumentURLChunk
            | FileChunk
            | ImageURLChunk
            | ReferenceChunk
            | ResourceChunk
            | ResourceLinkChunk
            | TextChunk
            | ThinkChunk
        ]
        | None
        | str
    )
    """The result, as text or in parts."""

    tool_call_id: None | str | Unset
    """Identifier of the call that this answers."""

    name: None | str | Unset
    """Name of the tool."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "role",
            "content",
            "tool_call_id",
            "name",
        }
    )

    def __init__(
        self,
        *,
        content: str
        | Sequence[
            TextChunk
            | TextChunkDict
            | ImageURLChunk
            | ImageURLChunkDict
            | DocumentURLChunk
            | DocumentURLChunkDict
            | ReferenceChunk
            | ReferenceChunkDict
            | FileChunk
            | FileChunkDict
            | ThinkChunk
            | ThinkChunkDict
            | AudioChunk
            | AudioChunkDict
            | ResourceChunk
            | ResourceChunkDict
            | ResourceLinkChunk
            | ResourceLinkChunkDict
        ]
        | None,
        role: Literal["tool"] = "tool",
        tool_call_id: str | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
    ) -> None:
        self.role = role
        self.content = cast(Any, content)
        self.tool_call_id = tool_call_id
        self.name = name
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ToolMessage")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.role = src_dict["role"]
            key = "content"
            value = src_dict[key]
            if isinstance(value, list):
                value = [read_member(_CONTENT_BY_TYPE, "type", None, item) for item in value]
            elif isinstance(value, dict):
                raise StructureError("a list", value)
            self.content = value
            self.tool_call_id = src_dict["tool_call_id"] if "tool_call_id" in src_dict else UNSET
            self.name = src_dict["name"] if "name" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ToolMessage", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["role"] = self.role
        result["content"] = to_json(self.content)
        if self.tool_call_id is not UNSET:
            result["tool_call_id"] = self.tool_call_id
        if self.name is not UNSET:
            result["name"] = self.name
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ToolMessageDict(TypedDict):
    """`ToolMessage` as a plain dict."""

    role: Required[Literal["tool"]]
    """Who speaks."""

    content: Required[
        str
        | Sequence[
            TextChunk
            | TextChunkDict
            | ImageURLChunk
            | ImageURLChunkDict
            | DocumentURLChunk
            | DocumentURLChunkDict
            | ReferenceChunk
            | ReferenceChunkDict
            | FileChunk
            | FileChunkDict
            | ThinkChunk
            | ThinkChunkDict
            | AudioChunk
            | AudioChunkDict
            | ResourceChunk
            | ResourceChunkDict
            | ResourceLinkChunk
            | ResourceLinkChunkDict
        ]
        | None
    ]
    """The result, as text or in parts."""

    tool_call_id: NotRequired[str | None]
    """Identifier of the call that this answers."""

    name: NotRequired[str | None]
    """Name of the tool."""


# Below the classes, since two models may refer to each other.
from .audio_chunk import AudioChunk, AudioChunkDict
from .document_url_chunk import DocumentURLChunk, DocumentURLChunkDict
from .file_chunk import FileChunk, FileChunkDict
from .image_url_chunk import ImageURLChunk, ImageURLChunkDict
from .reference_chunk import ReferenceChunk, ReferenceChunkDict
from .resource_chunk import ResourceChunk, ResourceChunkDict
from .resource_link_chunk import ResourceLinkChunk, ResourceLinkChunkDict
from .text_chunk import TextChunk, TextChunkDict
from .think_chunk import ThinkChunk, ThinkChunkDict

_CONTENT_BY_TYPE: dict[str, Any] = {
    "text": TextChunk,
    "image_url": ImageURLChunk,
    "document_url": DocumentURLChunk,
    "reference": ReferenceChunk,
    "file": FileChunk,
    "thinking": ThinkChunk,
    "input_audio": AudioChunk,
    "resource": ResourceChunk,
    "resource_link": ResourceLinkChunk,
}
