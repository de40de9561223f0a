# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, read_member, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class UserMessage(Model):
    """What the user says."""

    role: Literal["user"]
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
    """The message, as text or in parts."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "role",
            "content",
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
        role: Literal["user"] = "user",
    ) -> None:
        self.role = role
        self.content = cast(Any, content)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "UserMessage")
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
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("UserMessage", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["role"] = self.role
        result["content"] = to_json(self.content)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class UserMessageDict(TypedDict):
    """`UserMessage` as a plain dict."""

    role: Required[Literal["user"]]
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
    """The message, as text or in parts."""


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
