# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_integer,
    read_items,
    read_model,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class CompletionChunk(Model):
    """A piece of an answer."""

    id: str
    """Identifier of the answer, the same in all its chunks."""
    object: str
    """Kind of document, `chat.completion.chunk`."""
    created: int
    """Time of the answer, in seconds since 1970-01-01 UTC."""
    model: str
    """Name of the model that answers."""
    usage: models.UsageInfo | None
    """Number of tokens that the answer used. Only the last chunk has it."""
    choices: list[models.CompletionResponseStreamChoice]
    """Pieces of the answers. A chunk need not have a piece of every answer."""
    p: str | None
    """Padding of random length, without meaning."""

    def __init__(
        self,
        *,
        id: str,
        object: str,
        created: int,
        model: str,
        choices: Sequence[models.CompletionResponseStreamChoice | Mapping[str, Any]],
        usage: models.UsageInfo | Mapping[str, Any] | None = UNSET,
        p: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("id", "id", read=read_string, required=True),
        Field("object", "object", read=read_string, required=True),
        Field("created", "created", read=read_integer, required=True),
        Field("model", "model", read=read_string, required=True),
        Field("usage", "usage", read=read_model("UsageInfo"), nullable=True),
        Field("choices", "choices", read=read_items(read_model("CompletionResponseStreamChoice")), required=True),
        Field("p", "p"),
    )
