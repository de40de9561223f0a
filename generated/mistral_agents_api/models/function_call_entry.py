# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A call of a function that the caller must run, or of a tool that waits for a confirmation."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_either,
    read_entries,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class FunctionCallEntry(Model):
    """A call of a function that the caller must run, or of a tool that waits for a confirmation."""

    object: Literal["entry"]
    """Kind of object."""
    type: Literal["function.call"]
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
    tool_call_id: str
    """Identifier of the call. The result or the confirmation repeats it."""
    name: str
    """Name of the function."""
    arguments: str | dict[str, Any]
    """The arguments, as a JSON object or as the text of one."""
    confirmation_status: models.ConfirmationStatus | str | None
    """Whether the call waits for a confirmation, or what was decided. Null if it needs no confirmation."""

    def __init__(
        self,
        *,
        tool_call_id: str,
        name: str,
        arguments: str | Mapping[str, Any],
        object: Literal["entry"] = "entry",
        type: Literal["function.call"] = "function.call",
        created_at: datetime.datetime | None = UNSET,
        completed_at: datetime.datetime | None = UNSET,
        agent_id: str | None = UNSET,
        model: str | None = UNSET,
        id: str | None = UNSET,
        confirmation_status: models.ConfirmationStatus | str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", tag="entry"),
        Field("type", "type", read=read_string, required=True, tag="function.call"),
        Field("created_at", "created_at", read=read_date_time),
        Field("completed_at", "completed_at", read=read_date_time, nullable=True),
        Field("agent_id", "agent_id", nullable=True),
        Field("model", "model", nullable=True),
        Field("id", "id"),
        Field("tool_call_id", "tool_call_id", read=read_string, required=True),
        Field("name", "name", read=read_string, required=True),
        Field("arguments", "arguments", read=read_either(object=read_entries(), text=read_string), required=True),
        Field("confirmation_status", "confirmation_status", nullable=True),
    )


class FunctionCallEntryDict(TypedDict):
    """FunctionCallEntry as a plain dict. Its keys are the names in JSON."""

    object: NotRequired[Literal["entry"]]
    """Kind of object."""
    type: NotRequired[Literal["function.call"]]
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
    tool_call_id: str
    """Identifier of the call. The result or the confirmation repeats it."""
    name: str
    """Name of the function."""
    arguments: str | Mapping[str, Any]
    """The arguments, as a JSON object or as the text of one."""
    confirmation_status: NotRequired[models.ConfirmationStatus | str | None]
    """Whether the call waits for a confirmation, or what was decided. Null if it needs no confirmation."""
