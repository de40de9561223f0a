# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""One server-sent event of a stream."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class CompletionEventFrame(Model):
    """One server-sent event of a stream."""

    data: Literal["[DONE]"] | str
    """The chunk as JSON text, or `[DONE]` at the end of the stream."""
    event: str | None
    """Name of the event. Mistral's events have none."""
    id: str | None
    """Identifier of the event."""
    retry: int | None
    """Time to wait before connecting again, in milliseconds."""

    def __init__(
        self,
        *,
        data: Literal["[DONE]"] | str,
        event: str | None = UNSET,
        id: str | None = UNSET,
        retry: int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("data", "data", read=read_string, required=True),
        Field("event", "event"),
        Field("id", "id"),
        Field("retry", "retry"),
    )
