# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The answer begins."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_string,
)
from ..values import Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ResponseStartedEvent(Model):
    """The answer begins."""

    type: Literal["conversation.response.started"]
    """Tag of this kind of event."""
    created_at: datetime.datetime
    """When the event was created."""
    conversation_id: str
    """Identifier of the conversation. A restart has a new one."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        conversation_id: str,
        type: Literal["conversation.response.started"] = "conversation.response.started",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="conversation.response.started"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("conversation_id", "conversation_id", read=read_string, required=True),
    )
