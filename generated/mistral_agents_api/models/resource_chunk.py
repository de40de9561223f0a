# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, read_member, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ResourceChunk(Model):
    """A resource with its content."""

    type: Literal["resource"]
    """Tag of this kind of part."""

    uri: str
    """Identifier of the resource."""

    content: ImageURLChunk | TextChunk | UnknownResourceContent
    """Content of a resource, told apart by its type. May be of a type not known here."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "uri",
            "content",
        }
    )

    def __init__(
        self,
        *,
        uri: str,
        content: TextChunk | TextChunkDict | ImageURLChunk | ImageURLChunkDict | UnknownResourceContent,
        type: Literal["resource"] = "resource",
    ) -> None:
        self.type = type
        self.uri = uri
        self.content = cast(Any, content)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ResourceChunk")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"]
            self.uri = src_dict["uri"]
            key = "content"
            value = src_dict[key]
            value = read_member(_CONTENT_BY_TYPE, "type", UnknownResourceContent, value)
            self.content = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ResourceChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["uri"] = self.uri
        result["content"] = to_json(self.content)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ResourceChunkDict(TypedDict):
    """`ResourceChunk` as a plain dict."""

    type: Required[Literal["resource"]]
    """Tag of this kind of part."""

    uri: Required[str]
    """Identifier of the resource."""

    content: Required[TextChunk | TextChunkDict | ImageURLChunk | ImageURLChunkDict | UnknownResourceContent]
    """Content of a resource, told apart by its type. May be of a type not known here."""


# Below the classes, since two models may refer to each other.
from .image_url_chunk import ImageURLChunk, ImageURLChunkDict
from .text_chunk import TextChunk, TextChunkDict
from .unknown_resource_content import UnknownResourceContent

_CONTENT_BY_TYPE: dict[str, Any] = {
    "text": TextChunk,
    "image_url": ImageURLChunk,
}
