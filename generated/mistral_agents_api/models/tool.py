# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class Tool(Model):
    """A function that the caller runs."""

    type: Literal["function"]
    """Tag of this kind of tool."""

    function: Function
    """A function, as the agent gets to know it."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "function",
        }
    )

    def __init__(
        self,
        *,
        function: Function | FunctionDict,
        type: Literal["function"] = "function",
    ) -> None:
        self.type = type
        self.function = cast(Any, function)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "Tool")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"]
            key = "function"
            value = src_dict[key]
            value = _read_function(value)
            self.function = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("Tool", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["function"] = to_json(self.function)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ToolDict(TypedDict):
    """`Tool` as a plain dict."""

    type: Required[Literal["function"]]
    """Tag of this kind of tool."""

    function: Required[Function | FunctionDict]
    """A function, as the agent gets to know it."""


# Below the classes, since two models may refer to each other.
from .function import Function, FunctionDict

_read_function = Function.from_dict
