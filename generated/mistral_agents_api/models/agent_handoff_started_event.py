# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""An agent starts to hand over to another one."""

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
class AgentHandoffStartedEvent(Model):
    """An agent starts to hand over to another one."""

    type: Literal["agent.handoff.started"]
    """Tag of this kind of event."""
    created_at: datetime.datetime
    """When the event was created."""
    output_index: int
    """Position of the entry within the answer, starting at 0."""
    id: str
    """Identifier of the entry."""
    previous_agent_id: str
    """Identifier of the agent that hands over."""
    previous_agent_name: str
    """Name of the agent that hands over."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        output_index: int,
        id: str,
        previous_agent_id: str,
        previous_agent_name: str,
        type: Literal["agent.handoff.started"] = "agent.handoff.started",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="agent.handoff.started"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("output_index", "output_index", read=read_integer, required=True),
        Field("id", "id", read=read_string, required=True),
        Field("previous_agent_id", "previous_agent_id", read=read_string, required=True),
        Field("previous_agent_name", "previous_agent_name", read=read_string, required=True),
    )
