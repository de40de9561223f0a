# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A conversation with an agent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_entries,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class AgentConversation(Model):
    """A conversation with an agent."""

    object: Literal["conversation"]
    """Kind of object."""
    id: str
    """Identifier of the conversation."""
    name: str | None
    """Name of the conversation."""
    description: str | None
    """What the conversation is about."""
    metadata: dict[str, Any] | None
    """Your own data, which the service stores."""
    created_at: datetime.datetime
    """When the conversation was started."""
    updated_at: datetime.datetime
    """When the conversation was last changed."""
    agent_id: str
    """Identifier of the agent."""
    agent_version: str | int | None
    """Number or alias of the agent's version. If absent, the service takes the current one."""

    def __init__(
        self,
        *,
        id: str,
        created_at: datetime.datetime,
        updated_at: datetime.datetime,
        agent_id: str,
        object: Literal["conversation"] = "conversation",
        name: str | None = UNSET,
        description: str | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        agent_version: str | int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", read=read_string, required=True, tag="conversation"),
        Field("id", "id", read=read_string, required=True),
        Field("name", "name", nullable=True),
        Field("description", "description", nullable=True),
        Field("metadata", "metadata", read=read_entries(), nullable=True),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("updated_at", "updated_at", read=read_date_time, required=True),
        Field("agent_id", "agent_id", read=read_string, required=True),
        Field("agent_version", "agent_version", nullable=True),
    )
