# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class WebSearchPremiumTool(Model):
    """Search on the web and in licensed sources, run by Mistral."""

    type: Literal["web_search_premium"]
    """Tag of this kind of tool."""

    tool_configuration: None | ToolConfiguration | Unset
    """Which functions of the tool may be used, and how."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "tool_configuration",
        }
    )

    def __init__(
        self,
        *,
        type: Literal["web_search_premium"] = "web_search_premium",
        tool_configuration: ToolConfiguration | ToolConfigurationDict | None | Unset = UNSET,
    ) -> None:
        self.type = type
        self.tool_configuration = cast(Any, tool_configuration)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "WebSearchPremiumTool")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"]
            key = "tool_configuration"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_tool_configuration(value)
            self.tool_configuration = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("WebSearchPremiumTool", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        if self.tool_configuration is not UNSET:
            result["tool_configuration"] = to_json(self.tool_configuration)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class WebSearchPremiumToolDict(TypedDict):
    """`WebSearchPremiumTool` as a plain dict."""

    type: Required[Literal["web_search_premium"]]
    """Tag of this kind of tool."""

    tool_configuration: NotRequired[ToolConfiguration | ToolConfigurationDict | None]
    """Which functions of the tool may be used, and how."""


# Below the classes, since two models may refer to each other.
from .tool_configuration import ToolConfiguration, ToolConfigurationDict

_read_tool_configuration = ToolConfiguration.from_dict
