# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The answer is complete. This is the last event of a stream."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_model,
    read_string,
)
from ..values import Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ResponseDoneEvent(Model):
    """The answer is complete. This is the last event of a stream."""

    type: Literal["conversation.response.done"]
    """Tag of this kind of event."""
    created_at: datetime.datetime
    """When the event was created."""
    usage: models.ConversationUsageInfo
    """Number of tokens that the answer used."""

    def __init__(
        self,
        *,
        created_at: datetime.datetime,
        usage: models.ConversationUsageInfo | Mapping[str, Any],
        type: Literal["conversation.response.done"] = "conversation.response.done",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="conversation.response.done"),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("usage", "usage", read=read_model("ConversationUsageInfo"), required=True),
    )
