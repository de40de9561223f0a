# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, read_member, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class CustomConnector(Model):
    """A connector that was registered with Mistral."""

    type: Literal["connector"]
    """Tag of this kind of tool."""

    connector_id: str
    """Identifier of the connector."""

    authorization: APIKeyAuth | None | OAuth2TokenAuth | Unset = field(repr=False)
    """Credentials for the connector."""

    tool_configuration: None | ToolConfiguration | Unset
    """Which functions of the tool may be used, and how."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "connector_id",
            "authorization",
            "tool_configuration",
        }
    )

    def __init__(
        self,
        *,
        connector_id: str,
        type: Literal["connector"] = "connector",
        authorization: OAuth2TokenAuth | OAuth2TokenAuthDict | APIKeyAuth | APIKeyAuthDict | None | Unset = UNSET,
        tool_configuration: ToolConfiguration | ToolConfigurationDict | None | Unset = UNSET,
    ) -> None:
        self.type = type
        self.connector_id = connector_id
        self.authorization = cast(Any, authorization)
        self.tool_configuration = cast(Any, tool_configuration)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "CustomConnector")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"]
            self.connector_id = src_dict["connector_id"]
            key = "authorization"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = read_member(_AUTHORIZATION_BY_TYPE, "type", None, value)
            self.authorization = value
            key = "tool_configuration"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_tool_configuration(value)
            self.tool_configuration = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("CustomConnector", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["connector_id"] = self.connector_id
        if self.authorization is not UNSET:
            result["authorization"] = to_json(self.authorization)
        if self.tool_configuration is not UNSET:
            result["tool_configuration"] = to_json(self.tool_configuration)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class CustomConnectorDict(TypedDict):
    """`CustomConnector` as a plain dict."""

    type: Required[Literal["connector"]]
    """Tag of this kind of tool."""

    connector_id: Required[str]
    """Identifier of the connector."""

    authorization: NotRequired[OAuth2TokenAuth | OAuth2TokenAuthDict | APIKeyAuth | APIKeyAuthDict | None]
    """Credentials for the connector."""

    tool_configuration: NotRequired[ToolConfiguration | ToolConfigurationDict | None]
    """Which functions of the tool may be used, and how."""


# Below the classes, since two models may refer to each other.
from .api_key_auth import APIKeyAuth, APIKeyAuthDict
from .o_auth_2_token_auth import OAuth2TokenAuth, OAuth2TokenAuthDict
from .tool_configuration import ToolConfiguration, ToolConfigurationDict

_read_tool_configuration = ToolConfiguration.from_dict


_AUTHORIZATION_BY_TYPE: dict[str, Any] = {
    "oauth2-token": OAuth2TokenAuth,
    "api-key": APIKeyAuth,
}
