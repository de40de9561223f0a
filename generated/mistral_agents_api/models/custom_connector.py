# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A connector that was registered with Mistral."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class CustomConnector(Model):
    """A connector that was registered with Mistral."""

    type: Literal["connector"]
    """Tag of this kind of tool."""
    connector_id: str
    """Identifier of the connector."""
    authorization: models.CustomConnectorAuthorization | None
    """Credentials for the connector."""
    tool_configuration: models.ToolConfiguration | None
    """Which functions of the tool the agent may use, and which need a confirmation."""

    def __init__(
        self,
        *,
        connector_id: str,
        type: Literal["connector"] = "connector",
        authorization: models.CustomConnectorAuthorization | models.CustomConnectorAuthorizationDict | None = UNSET,
        tool_configuration: models.ToolConfiguration | models.ToolConfigurationDict | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="connector"),
        Field("connector_id", "connector_id", read=read_string, required=True),
        Field(
            "authorization",
            "authorization",
            read=read_tagged(
                "type",
                {"oauth2-token": "OAuth2TokenAuth", "api-key": "APIKeyAuth"},
                unknown="UnknownCustomConnectorAuthorization",
            ),
            nullable=True,
            secret=True,
        ),
        Field("tool_configuration", "tool_configuration", read=read_model("ToolConfiguration"), nullable=True),
    )


class CustomConnectorDict(TypedDict):
    """CustomConnector as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["connector"]]
    """Tag of this kind of tool."""
    connector_id: str
    """Identifier of the connector."""
    authorization: NotRequired[models.CustomConnectorAuthorization | models.CustomConnectorAuthorizationDict | None]
    """Credentials for the connector."""
    tool_configuration: NotRequired[models.ToolConfiguration | models.ToolConfigurationDict | None]
    """Which functions of the tool the agent may use, and which need a confirmation."""
