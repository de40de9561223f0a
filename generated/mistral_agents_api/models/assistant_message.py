# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NotRequired, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, read_member, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class AssistantMessage(Model):
    """What the agent said."""

    role: Literal["assistant"] | Unset
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
            | UnknownContentChunk
        ]
        | None
        | str
        | Unset
    )
    """The message, as text or in parts."""

    tool_calls: list[ToolCall] | None | Unset
    """Tools that the agent wants called."""

    prefix: bool | Unset
    """Whether the answer has to begin with this message. False if absent."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "role",
            "content",
            "tool_calls",
            "prefix",
        }
    )

    def __init__(
        self,
        *,
        role: Literal["assistant"] | Unset | None = "assistant",
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
            | UnknownContentChunk
        ]
        | None
        | Unset = UNSET,
        tool_calls: Sequence[ToolCall | ToolCallDict] | None | Unset = UNSET,
        prefix: bool | Unset | None = UNSET,
    ) -> None:
        self.role = UNSET if role is None else role
        self.content = cast(Any, content)
        self.tool_calls = cast(Any, tool_calls)
        self.prefix = UNSET if prefix is None else prefix
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "AssistantMessage")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.role = src_dict["role"] if "role" in src_dict else UNSET
            key = "content"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, list):
                value = [read_member(_CONTENT_BY_TYPE, "type", UnknownContentChunk, item) for item in value]
            elif isinstance(value, dict):
                raise StructureError("a list", value)
            self.content = value
            key = "tool_calls"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                if not isinstance(value, list):
                    raise StructureError("a list", value)
                items, value = value, []
                for item in items:
                    value.append(_read_tool_call(item))
            self.tool_calls = value
            self.prefix = src_dict["prefix"] if "prefix" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("AssistantMessage", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.role is not UNSET:
            result["role"] = self.role
        if self.content is not UNSET:
            result["content"] = to_json(self.content)
        if self.tool_calls is not UNSET:
            result["tool_calls"] = to_json(self.tool_calls)
        if self.prefix is not UNSET:
            result["prefix"] = self.prefix
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class AssistantMessageDict(TypedDict):
    """`AssistantMessage` as a plain dict."""

    role: NotRequired[Literal["assistant"]]
    """Who speaks."""

    content: NotRequired[
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
            | UnknownContentChunk
        ]
        | None
    ]
    """The message, as text or in parts."""

    tool_calls: NotRequired[Sequence[ToolCall | ToolCallDict] | None]
    """Tools that the agent wants called."""

    prefix: NotRequired[bool]
    """Whether the answer has to begin with this message. False if absent."""


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
from .tool_call import ToolCall, ToolCallDict
from .unknown_content_chunk import UnknownContentChunk

_read_tool_call = ToolCall.from_dict

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
