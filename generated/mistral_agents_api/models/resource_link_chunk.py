# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ResourceLinkChunk(Model):
    """A resource by its identifier alone."""

    type: Literal["resource_link"]
    """Tag of this kind of part."""

    uri: str
    """Identifier of the resource."""

    metadata: JsonObject | None | Unset
    """What is known about the resource."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "uri",
            "metadata",
        }
    )

    def __init__(
        self,
        *,
        uri: str,
        type: Literal["resource_link"] = "resource_link",
        metadata: JsonObject | None | Unset = UNSET,
    ) -> None:
        self.type = type
        self.uri = uri
        self.metadata = metadata
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ResourceLinkChunk")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"]
            self.uri = src_dict["uri"]
            key = "metadata"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL and not isinstance(value, dict):
                raise StructureError("an object", value)
            self.metadata = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ResourceLinkChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["uri"] = self.uri
        if self.metadata is not UNSET:
            result["metadata"] = to_json(self.metadata)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ResourceLinkChunkDict(TypedDict):
    """`ResourceLinkChunk` as a plain dict."""

    type: Required[Literal["resource_link"]]
    """Tag of this kind of part."""

    uri: Required[str]
    """Identifier of the resource."""

    metadata: NotRequired[JsonObject | None]
    """What is known about the resource."""


# Below the classes, since two models may refer to each other.
from .json_object import JsonObject
