# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""One server-sent event of a conversation's stream."""

from __future__ import annotations

from typing import ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ConversationEventsFrame(Model):
    """One server-sent event of a conversation's stream."""

    event: models.SSETypes | str | None
    """Name of the event, the same as the `type` in the data."""
    data: str
    """The data of the event as JSON text."""
    id: str | None
    """Identifier of the event."""
    retry: int | None
    """Time to wait before connecting again, in milliseconds."""

    def __init__(
        self,
        *,
        data: str,
        event: models.SSETypes | str | None = UNSET,
        id: str | None = UNSET,
        retry: int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("event", "event"),
        Field("data", "data", read=read_string, required=True),
        Field("id", "id"),
        Field("retry", "retry"),
    )
