# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ReferenceChunk(Model):
    """References to sources."""

    type: Literal["reference"]
    """Tag of this kind of part."""

    reference_ids: list[int | str]
    """Identifiers of the sources."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "reference_ids",
        }
    )

    def __init__(
        self,
        *,
        reference_ids: Sequence[int | str],
        type: Literal["reference"] = "reference",
    ) -> None:
        self.type = type
        self.reference_ids = cast(Any, reference_ids)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ReferenceChunk")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"]
            key = "reference_ids"
            value = src_dict[key]
            if not isinstance(value, list):
                raise StructureError("a list", value)
            self.reference_ids = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ReferenceChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["reference_ids"] = to_json(self.reference_ids)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ReferenceChunkDict(TypedDict):
    """`ReferenceChunk` as a plain dict."""

    type: Required[Literal["reference"]]
    """Tag of this kind of part."""

    reference_ids: Required[Sequence[int | str]]
    """Identifiers of the sources."""
