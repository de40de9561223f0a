# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of a function call."""

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
class FunctionCallEvent(Model):
    """A piece of a function call."""

    type: Literal["function.call.delta"]
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
    name: str
    """Name of the function."""
    tool_call_id: str
    """Identifier of the call. The result or the confirmation repeats it."""
    arguments: str
    """Text to append to the arguments."""
    confirmation_status: models.ConfirmationStatus | str | None
    """Whether the call waits for a confirmation, or what was decided. Null if it needs no confirmation."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        output_index: int,
        id: str,
        name: str,
        tool_call_id: str,
        arguments: str,
        type: Literal["function.call.delta"] = "function.call.delta",
        model: str | None = UNSET,
        agent_id: str | None = UNSET,
        confirmation_status: models.ConfirmationStatus | str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="function.call.delta"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("output_index", "output_index", read=read_integer, required=True),
        Field("id", "id", read=read_string, required=True),
        Field("model", "model", nullable=True),
        Field("agent_id", "agent_id", nullable=True),
        Field("name", "name", read=read_string, required=True),
        Field("tool_call_id", "tool_call_id", read=read_string, required=True),
        Field("arguments", "arguments", read=read_string, required=True),
        Field("confirmation_status", "confirmation_status", nullable=True),
    )
