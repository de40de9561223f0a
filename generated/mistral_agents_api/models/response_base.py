# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""What every answer carries."""

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
class ResponseBase(Model):
    """What every answer carries."""

    id: str | None
    """Identifier of the answer."""
    object: str | None
    """Kind of document, `chat.completion`."""
    model: str | None
    """Name of the model that answered."""
    usage: models.UsageInfo | None
    """Tokens that the answer cost."""

    def __init__(
        self,
        *,
        id: str | None = UNSET,
        object: str | None = UNSET,
        model: str | None = UNSET,
        usage: models.UsageInfo | Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("id", "id"),
        Field("object", "object"),
        Field("model", "model"),
        Field("usage", "usage", read=read_model("UsageInfo")),
    )
