# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class DocumentURLChunk(Model):
    """A document on the web."""

    type: Literal["document_url"]
    """Tag of this kind of part."""

    document_url: str
    """Address of the document."""

    document_name: None | str | Unset
    """File name of the document."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "document_url",
            "document_name",
        }
    )

    def __init__(
        self,
        *,
        document_url: str,
        type: Literal["document_url"] = "document_url",
        document_name: str | None | Unset = UNSET,
    ) -> None:
        self.type = type
        self.document_url = document_url
        self.document_name = document_name
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "DocumentURLChunk")
        self = create(cls)
        key = ""
        try:
            self.type = src_dict["type"]
            self.document_url = src_dict["document_url"]
            self.document_name = src_dict["document_name"] if "document_name" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("DocumentURLChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["document_url"] = self.document_url
        if self.document_name is not UNSET:
            result["document_name"] = self.document_name
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class DocumentURLChunkDict(TypedDict):
    """`DocumentURLChunk` as a plain dict."""

    type: Required[Literal["document_url"]]
    """Tag of this kind of part."""

    document_url: Required[str]
    """Address of the document."""

    document_name: NotRequired[str | None]
    """File name of the document."""
