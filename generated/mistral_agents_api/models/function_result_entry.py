# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The result of a function call."""

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
class FunctionResultEntry(Model):
    """The result of a function call."""

    object: Literal["entry"]
    """Kind of object."""
    type: Literal["function.result"]
    """Tag of this kind of entry."""
    created_at: datetime.datetime | None
    """When the entry was created."""
    completed_at: datetime.datetime | None
    """When the entry was completed. Null until then."""
    id: str | None
    """Identifier of the entry."""
    tool_call_id: str
    """Identifier of the call to which this is the result."""
    result: str
    """The result, as text."""

    def __init__(
        self,
        *,
        tool_call_id: str,
        result: str,
        object: Literal["entry"] = "entry",
        type: Literal["function.result"] = "function.result",
        created_at: datetime.datetime | None = UNSET,
        completed_at: datetime.datetime | None = UNSET,
        id: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", tag="entry"),
        Field("type", "type", read=read_string, required=True, tag="function.result"),
        Field("created_at", "created_at", read=read_date_time),
        Field("completed_at", "completed_at", read=read_date_time, nullable=True),
        Field("id", "id"),
        Field("tool_call_id", "tool_call_id", read=read_string, required=True),
        Field("result", "result", read=read_string, required=True),
    )


class FunctionResultEntryDict(TypedDict):
    """FunctionResultEntry as a plain dict. Its keys are the names in JSON."""

    object: NotRequired[Literal["entry"]]
    """Kind of object."""
    type: NotRequired[Literal["function.result"]]
    """Tag of this kind of entry."""
    created_at: NotRequired[datetime.datetime]
    """When the entry was created."""
    completed_at: NotRequired[datetime.datetime | None]
    """When the entry was completed. Null until then."""
    id: NotRequired[str]
    """Identifier of the entry."""
    tool_call_id: str
    """Identifier of the call to which this is the result."""
    result: str
    """The result, as text."""
