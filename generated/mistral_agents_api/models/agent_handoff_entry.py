# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A handoff from one agent to another."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class AgentHandoffEntry(Model):
    """A handoff from one agent to another."""

    object: Literal["entry"]
    """Kind of object."""
    type: Literal["agent.handoff"]
    """Tag of this kind of entry."""
    created_at: datetime.datetime | None
    """When the entry was created."""
    completed_at: datetime.datetime | None
    """When the entry was completed. Null until then."""
    id: str | None
    """Identifier of the entry."""
    previous_agent_id: str
    """Identifier of the agent that hands over."""
    previous_agent_name: str
    """Name of the agent that hands over."""
    next_agent_id: str
    """Identifier of the agent that takes over."""
    next_agent_name: str
    """Name of the agent that takes over."""
    agent_id: str | None
    """Identifier of the agent. Only entries of 2025 have it; they lack the four fields above."""
    agent_name: str | None
    """Name of the agent. Only entries of 2025 have it."""

    def __init__(
        self,
        *,
        previous_agent_id: str,
        previous_agent_name: str,
        next_agent_id: str,
        next_agent_name: str,
        object: Literal["entry"] = "entry",
        type: Literal["agent.handoff"] = "agent.handoff",
        created_at: datetime.datetime | None = UNSET,
        completed_at: datetime.datetime | None = UNSET,
        id: str | None = UNSET,
        agent_id: str | None = UNSET,
        agent_name: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", tag="entry"),
        Field("type", "type", read=read_string, required=True, tag="agent.handoff"),
        Field("created_at", "created_at", read=read_date_time),
        Field("completed_at", "completed_at", read=read_date_time, nullable=True),
        Field("id", "id"),
        Field("previous_agent_id", "previous_agent_id", read=read_string, required=True),
        Field("previous_agent_name", "previous_agent_name", read=read_string, required=True),
        Field("next_agent_id", "next_agent_id", read=read_string, required=True),
        Field("next_agent_name", "next_agent_name", read=read_string, required=True),
        Field("agent_id", "agent_id"),
        Field("agent_name", "agent_name"),
    )


class AgentHandoffEntryDict(TypedDict):
    """AgentHandoffEntry as a plain dict. Its keys are the names in JSON."""

    object: NotRequired[Literal["entry"]]
    """Kind of object."""
    type: NotRequired[Literal["agent.handoff"]]
    """Tag of this kind of entry."""
    created_at: NotRequired[datetime.datetime]
    """When the entry was created."""
    completed_at: NotRequired[datetime.datetime | None]
    """When the entry was completed. Null until then."""
    id: NotRequired[str]
    """Identifier of the entry."""
    previous_agent_id: str
    """Identifier of the agent that hands over."""
    previous_agent_name: str
    """Name of the agent that hands over."""
    next_agent_id: str
    """Identifier of the agent that takes over."""
    next_agent_name: str
    """Name of the agent that takes over."""
    agent_id: NotRequired[str]
    """Identifier of the agent. Only entries of 2025 have it; they lack the four fields above."""
    agent_name: NotRequired[str]
    """Name of the agent. Only entries of 2025 have it."""
