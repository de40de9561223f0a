# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..values import (
    UNSET,
    Field,
    Fields,
    Model,
    read_items,
    read_model,
    state_only,
)


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class CompletionChunk(Model):
    """A piece of an answer."""

    id: str | None
    """Identifier of the answer, the same in all its chunks."""
    object: str | None
    """Kind of document, `chat.completion.chunk`."""
    created: int | None
    """Time of the answer, in seconds since 1970-01-01 UTC."""
    model: str | None
    """Name of the model that answers."""
    usage: models.UsageInfo | None
    """Tokens that the answer cost; in the last chunk."""
    choices: list[models.CompletionResponseStreamChoice]
    """Pieces of the answers. Not every chunk has one for each."""

    def __init__(
        self,
        *,
        choices: Sequence[models.CompletionResponseStreamChoice | Mapping[str, Any]],
        id: str | None = UNSET,
        object: str | None = UNSET,
        created: int | None = UNSET,
        model: str | None = UNSET,
        usage: models.UsageInfo | Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("id", "id"),
        Field("object", "object"),
        Field("created", "created"),
        Field("model", "model"),
        Field("usage", "usage", read=read_model("UsageInfo")),
        Field("choices", "choices", read=read_items(read_model("CompletionResponseStreamChoice")), required=True),
    )
