# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class FunctionCallFragment(Model):
    """A piece of a function's name and arguments."""

    name: str | Unset
    """Name of the function."""

    arguments: JsonObject | str | Unset
    """The arguments, as a JSON object or as its text."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "arguments",
        }
    )

    def __init__(
        self,
        *,
        name: str | Unset | None = UNSET,
        arguments: JsonObject | str | Unset | None = UNSET,
    ) -> None:
        self.name = UNSET if name is None else name
        self.arguments = UNSET if arguments is None else arguments
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "FunctionCallFragment")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.name = src_dict["name"] if "name" in src_dict else UNSET
            key = "arguments"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, list):
                raise StructureError("an object", value)
            self.arguments = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("FunctionCallFragment", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.name is not UNSET:
            result["name"] = self.name
        if self.arguments is not UNSET:
            result["arguments"] = to_json(self.arguments)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .json_object import JsonObject
