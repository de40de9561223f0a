# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""What every answer carries, with its time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..values import (
    UNSET,
    Field,
    Fields,
    Model,
    read_model,
    state_only,
)


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ChatCompletionResponseBase(Model):
    """What every answer carries, with its time."""

    id: str | None
    """Identifier of the answer."""
    object: str | None
    """Kind of document, `chat.completion`."""
    model: str | None
    """Name of the model that answered."""
    usage: models.UsageInfo | None
    """Tokens that an answer cost."""
    created: int | None
    """Time of the answer, in seconds since 1970-01-01 UTC."""

    def __init__(
        self,
        *,
        id: str | None = UNSET,
        object: str | None = UNSET,
        model: str | None = UNSET,
        usage: models.UsageInfo | Mapping[str, Any] | None = UNSET,
        created: int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("id", "id"),
        Field("object", "object"),
        Field("model", "model"),
        Field("usage", "usage", read=read_model("UsageInfo")),
        Field("created", "created"),
    )
