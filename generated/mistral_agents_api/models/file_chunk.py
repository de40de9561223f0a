# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class FileChunk(Model):
    """A file uploaded before."""

    type: Literal["file"]
    """Tag of this kind of part."""

    file_id: str
    """Identifier of the file."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "file_id",
        }
    )

    def __init__(
        self,
        *,
        file_id: str,
        type: Literal["file"] = "file",
    ) -> None:
        self.type = type
        self.file_id = file_id
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "FileChunk")
        self = create(cls)
        key = ""
        try:
            self.type = src_dict["type"]
            self.file_id = src_dict["file_id"]
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("FileChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["file_id"] = self.file_id
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class FileChunkDict(TypedDict):
    """`FileChunk` as a plain dict."""

    type: Required[Literal["file"]]
    """Tag of this kind of part."""

    file_id: Required[str]
    """Identifier of the file."""
