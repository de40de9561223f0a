# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class FunctionName(Model):
    """A function by its name alone."""

    name: str
    """Name of the function."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
        }
    )

    def __init__(
        self,
        *,
        name: str,
    ) -> None:
        self.name = name
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "FunctionName")
        self = create(cls)
        key = ""
        try:
            self.name = src_dict["name"]
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("FunctionName", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["name"] = self.name
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class FunctionNameDict(TypedDict):
    """`FunctionName` as a plain dict."""

    name: Required[str]
    """Name of the function."""
