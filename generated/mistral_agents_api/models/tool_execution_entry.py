# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A tool that the service ran."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_entries,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolExecutionEntry(Model):
    """A tool that the service ran."""

    object: Literal["entry"]
    """Kind of object."""
    type: Literal["tool.execution"]
    """Tag of this kind of entry."""
    created_at: datetime.datetime | None
    """When the entry was created."""
    completed_at: datetime.datetime | None
    """When the entry was completed. Null until then."""
    agent_id: str | None
    """Identifier of the agent."""
    model: str | None
    """Name of the model."""
    id: str | None
    """Identifier of the entry."""
    name: models.BuiltInConnectors | str
    """Name of the tool."""
    function: str | None
    """Name of the function within the tool."""
    arguments: str
    """The arguments, as JSON text."""
    info: dict[str, Any] | None
    """Further data from the tool, such as code and its output."""

    def __init__(
        self,
        *,
        name: models.BuiltInConnectors | str,
        arguments: str,
        object: Literal["entry"] = "entry",
        type: Literal["tool.execution"] = "tool.execution",
        created_at: datetime.datetime | None = UNSET,
        completed_at: datetime.datetime | None = UNSET,
        agent_id: str | None = UNSET,
        model: str | None = UNSET,
        id: str | None = UNSET,
        function: str | None = UNSET,
        info: Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", tag="entry"),
        Field("type", "type", read=read_string, required=True, tag="tool.execution"),
        Field("created_at", "created_at", read=read_date_time),
        Field("completed_at", "completed_at", read=read_date_time, nullable=True),
        Field("agent_id", "agent_id", nullable=True),
        Field("model", "model", nullable=True),
        Field("id", "id"),
        Field("name", "name", read=read_string, required=True),
        Field("function", "function"),
        Field("arguments", "arguments", read=read_string, required=True),
        Field("info", "info", read=read_entries()),
    )


class ToolExecutionEntryDict(TypedDict):
    """ToolExecutionEntry as a plain dict. Its keys are the names in JSON."""

    object: NotRequired[Literal["entry"]]
    """Kind of object."""
    type: NotRequired[Literal["tool.execution"]]
    """Tag of this kind of entry."""
    created_at: NotRequired[datetime.datetime]
    """When the entry was created."""
    completed_at: NotRequired[datetime.datetime | None]
    """When the entry was completed. Null until then."""
    agent_id: NotRequired[str | None]
    """Identifier of the agent."""
    model: NotRequired[str | None]
    """Name of the model."""
    id: NotRequired[str]
    """Identifier of the entry."""
    name: models.BuiltInConnectors | str
    """Name of the tool."""
    function: NotRequired[str]
    """Name of the function within the tool."""
    arguments: str
    """The arguments, as JSON text."""
    info: NotRequired[Mapping[str, Any]]
    """Further data from the tool, such as code and its output."""
