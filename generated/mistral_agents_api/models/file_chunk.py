# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import Model, in_order, to_json


@define(init=False, repr=False)
class FileChunk(Model):
    """A file uploaded before."""

    type: Literal["file"]
    """Tag of this kind of part."""

    file_id: str
    """Identifier of the file."""

    additional_properties: dict[str, Any]
    _key_order: tuple[str, ...] = field(eq=False, repr=False)

    def __init__(
        self,
        *,
        file_id: str,
        type: Literal["file"] = "file",
    ) -> None:
        self.type = type
        self.file_id = file_id
        self.additional_properties = {}
        self._key_order = ()

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data; raises StructureError where the structure is another, or a required field is missing."""
        self = cls.__new__(cls)
        key = ""
        try:
            get = src_dict.get
            key = "type"
            self.type = src_dict["type"]
            key = "file_id"
            self.file_id = src_dict["file_id"]
            self.additional_properties = (
                {}
                if _FIELDS.issuperset(src_dict)
                else {name: src_dict[name] for name in src_dict if name not in _FIELDS}
            )
            self._key_order = tuple(src_dict)
        except (AttributeError, KeyError, StructureError) as error:
            raise StructureError.while_reading("FileChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["file_id"] = self.file_id
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._key_order)


_FIELDS = frozenset(
    {
        "type",
        "file_id",
    }
)


class FileChunkDict(TypedDict):
    """`FileChunk` as a plain dict."""

    type: Required[Literal["file"]]
    """Tag of this kind of part."""

    file_id: Required[str]
    """Identifier of the file."""
