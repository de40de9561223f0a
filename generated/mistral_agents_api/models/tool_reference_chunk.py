# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json
from .built_in_connectors import BuiltInConnectors


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ToolReferenceChunk(Model):
    """A source that a tool found."""

    type: Literal["tool_reference"]
    """Tag of this kind of part."""

    tool: BuiltInConnectors | str
    """The tool that found it."""

    title: str
    """Title of the source."""

    url: None | str | Unset
    """Address of the source."""

    favicon: None | str | Unset
    """Address of the source's icon."""

    description: None | str | Unset
    """What the source is about."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "tool",
            "title",
            "url",
            "favicon",
            "description",
        }
    )

    def __init__(
        self,
        *,
        tool: BuiltInConnectors | str,
        title: str,
        type: Literal["tool_reference"] = "tool_reference",
        url: str | None | Unset = UNSET,
        favicon: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
    ) -> None:
        self.type = type
        self.tool = tool
        self.title = title
        self.url = url
        self.favicon = favicon
        self.description = description
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ToolReferenceChunk")
        self = create(cls)
        key = ""
        try:
            self.type = src_dict["type"]
            self.tool = src_dict["tool"]
            self.title = src_dict["title"]
            self.url = src_dict["url"] if "url" in src_dict else UNSET
            self.favicon = src_dict["favicon"] if "favicon" in src_dict else UNSET
            self.description = src_dict["description"] if "description" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ToolReferenceChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["tool"] = self.tool
        result["title"] = self.title
        if self.url is not UNSET:
            result["url"] = self.url
        if self.favicon is not UNSET:
            result["favicon"] = self.favicon
        if self.description is not UNSET:
            result["description"] = self.description
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ToolReferenceChunkDict(TypedDict):
    """`ToolReferenceChunk` as a plain dict."""

    type: Required[Literal["tool_reference"]]
    """Tag of this kind of part."""

    tool: Required[BuiltInConnectors | str]
    """The tool that found it."""

    title: Required[str]
    """Title of the source."""

    url: NotRequired[str | None]
    """Address of the source."""

    favicon: NotRequired[str | None]
    """Address of the source's icon."""

    description: NotRequired[str | None]
    """What the source is about."""
