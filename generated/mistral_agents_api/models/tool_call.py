# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json
from .tool_types import ToolTypes


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ToolCall(Model):
    """A call of a function that the agent wants made."""

    function: FunctionCall
    """A function with the arguments to call it with."""

    id: str | Unset
    """Identifier of the call, to be repeated in the tool's message. The text `null` if absent."""

    type: str | ToolTypes | Unset
    """Kind of tool. `function` if absent."""

    index: int | Unset
    """Position among the calls of the message, from 0. 0 if absent."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "function",
            "id",
            "type",
            "index",
        }
    )

    def __init__(
        self,
        *,
        function: FunctionCall | FunctionCallDict,
        id: str | Unset | None = UNSET,
        type: ToolTypes | str | Unset | None = UNSET,
        index: int | Unset | None = UNSET,
    ) -> None:
        self.function = cast(Any, function)
        self.id = UNSET if id is None else id
        self.type = UNSET if type is None else type
        self.index = UNSET if index is None else index
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ToolCall")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "function"
            value = src_dict[key]
            value = _read_function_call(value)
            self.function = value
            self.id = src_dict["id"] if "id" in src_dict else UNSET
            self.type = src_dict["type"] if "type" in src_dict else UNSET
            self.index = src_dict["index"] if "index" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ToolCall", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["function"] = to_json(self.function)
        if self.id is not UNSET:
            result["id"] = self.id
        if self.type is not UNSET:
            result["type"] = self.type
        if self.index is not UNSET:
            result["index"] = self.index
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ToolCallDict(TypedDict):
    """`ToolCall` as a plain dict."""

    function: Required[FunctionCall | FunctionCallDict]
    """A function with the arguments to call it with."""

    id: NotRequired[str]
    """Identifier of the call, to be repeated in the tool's message. The text `null` if absent."""

    type: NotRequired[ToolTypes | str]
    """Kind of tool. `function` if absent."""

    index: NotRequired[int]
    """Position among the calls of the message, from 0. 0 if absent."""


# Below the classes, since two models may refer to each other.
from .function_call import FunctionCall, FunctionCallDict

_read_function_call = FunctionCall.from_dict
