# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ToolChoice(Model):
    """The one function that must be called."""

    function: FunctionName
    """A function by its name alone."""

    type: Literal["function"] | Unset
    """Kind of tool."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "function",
            "type",
        }
    )

    def __init__(
        self,
        *,
        function: FunctionName | FunctionNameDict,
        type: Literal["function"] | Unset | None = "function",
    ) -> None:
        self.function = cast(Any, function)
        self.type = UNSET if type is None else type
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ToolChoice")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "function"
            value = src_dict[key]
            value = _read_function_name(value)
            self.function = value
            self.type = src_dict["type"] if "type" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ToolChoice", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["function"] = to_json(self.function)
        if self.type is not UNSET:
            result["type"] = self.type
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ToolChoiceDict(TypedDict):
    """`ToolChoice` as a plain dict."""

    function: Required[FunctionName | FunctionNameDict]
    """A function by its name alone."""

    type: NotRequired[Literal["function"]]
    """Kind of tool."""


# Below the classes, since two models may refer to each other.
from .function_name import FunctionName, FunctionNameDict

_read_function_name = FunctionName.from_dict
