# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of a tool's arguments."""

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
class ToolExecutionDeltaEvent(Model):
    """A piece of a tool's arguments."""

    type: Literal["tool.execution.delta"]
    """Tag of this kind of event."""
    created_at: datetime.datetime
    """When the event was created."""
    output_index: int
    """Position of the entry within the answer, starting at 0."""
    id: str
    """Identifier of the entry."""
    name: models.BuiltInConnectors | str
    """Name of the tool."""
    function: str | None
    """Name of the function within the tool."""
    arguments: str
    """Text to append to the arguments."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        output_index: int,
        id: str,
        name: models.BuiltInConnectors | str,
        arguments: str,
        type: Literal["tool.execution.delta"] = "tool.execution.delta",
        function: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="tool.execution.delta"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("output_index", "output_index", read=read_integer, required=True),
        Field("id", "id", read=read_string, required=True),
        Field("name", "name", read=read_string, required=True),
        Field("function", "function"),
        Field("arguments", "arguments", read=read_string, required=True),
    )
