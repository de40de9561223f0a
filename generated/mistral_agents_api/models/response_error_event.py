# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The answer failed."""

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
class ResponseErrorEvent(Model):
    """The answer failed."""

    type: Literal["conversation.response.error"]
    """Tag of this kind of event."""
    created_at: datetime.datetime
    """When the event was created."""
    message: str
    """What went wrong, in words."""
    code: int
    """Mistral's number for the error."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        message: str,
        code: int,
        type: Literal["conversation.response.error"] = "conversation.response.error",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="conversation.response.error"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("message", "message", read=read_string, required=True),
        Field("code", "code", read=read_integer, required=True),
    )
