# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Another agent has taken over."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_integer,
    read_string,
)
from ..values import Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class AgentHandoffDoneEvent(Model):
    """Another agent has taken over."""

    type: Literal["agent.handoff.done"]
    """Tag of this kind of event."""
    created_at: datetime.datetime
    """When the event was created."""
    output_index: int
    """Position of the entry within the answer, starting at 0."""
    id: str
    """Identifier of the entry."""
    next_agent_id: str
    """Identifier of the agent that takes over."""
    next_agent_name: str
    """Name of the agent that takes over."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        output_index: int,
        id: str,
        next_agent_id: str,
        next_agent_name: str,
        type: Literal["agent.handoff.done"] = "agent.handoff.done",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="agent.handoff.done"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("output_index", "output_index", read=read_integer, required=True),
        Field("id", "id", read=read_string, required=True),
        Field("next_agent_id", "next_agent_id", read=read_string, required=True),
        Field("next_agent_name", "next_agent_name", read=read_string, required=True),
    )
