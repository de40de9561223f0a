# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The service starts to run a tool."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_integer,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolExecutionStartedEvent(Model):
    """The service starts to run a tool."""

    type: Literal["tool.execution.started"]
    """Tag of this kind of event."""
    created_at: datetime.datetime
    """When the event was created."""
    output_index: int
    """Position of the entry within the answer, starting at 0."""
    id: str
    """Identifier of the entry."""
    model: str | None
    """Name of the model."""
    agent_id: str | None
    """Identifier of the agent."""
    name: models.BuiltInConnectors | str
    """Name of the tool."""
    function: str | None
    """Name of the function within the tool."""
    arguments: str
    """The beginning of the arguments, as JSON text. Often empty."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        output_index: int,
        id: str,
        name: models.BuiltInConnectors | str,
        arguments: str,
        type: Literal["tool.execution.started"] = "tool.execution.started",
        model: str | None = UNSET,
        agent_id: str | None = UNSET,
        function: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="tool.execution.started"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("output_index", "output_index", read=read_integer, required=True),
        Field("id", "id", read=read_string, required=True),
        Field("model", "model", nullable=True),
        Field("agent_id", "agent_id", nullable=True),
        Field("name", "name", read=read_string, required=True),
        Field("function", "function"),
        Field("arguments", "arguments", read=read_string, required=True),
    )
