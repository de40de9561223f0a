# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A tool has finished."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_entries,
    read_integer,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolExecutionDoneEvent(Model):
    """A tool has finished."""

    type: Literal["tool.execution.done"]
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
    info: dict[str, Any] | None
    """Further data from the tool, such as code and its output."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        output_index: int,
        id: str,
        name: models.BuiltInConnectors | str,
        type: Literal["tool.execution.done"] = "tool.execution.done",
        function: str | None = UNSET,
        info: Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="tool.execution.done"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("output_index", "output_index", read=read_integer, required=True),
        Field("id", "id", read=read_string, required=True),
        Field("name", "name", read=read_string, required=True),
        Field("function", "function"),
        Field("info", "info", read=read_entries()),
    )
