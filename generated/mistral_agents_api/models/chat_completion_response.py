# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""An agent's answer as one JSON document."""

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
class ChatCompletionResponse(Model):
    """An agent's answer as one JSON document."""

    id: str
    """Identifier of the answer."""
    object: str
    """Kind of document, `chat.completion`."""
    created: int
    """Time of the answer, in seconds since 1970-01-01 UTC."""
    model: str
    """Name of the model that answered."""
    choices: list[models.ChatCompletionChoice]
    """The answers. Their number is the `n` of the request."""
    usage: models.UsageInfo | None
    """Number of tokens that the answer used."""

    def __init__(
        self,
        *,
        id: str,
        object: str,
        created: int,
        model: str,
        choices: Sequence[models.ChatCompletionChoice | Mapping[str, Any]],
        usage: models.UsageInfo | Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("id", "id", read=read_string, required=True),
        Field("object", "object", read=read_string, required=True),
        Field("created", "created", read=read_integer, required=True),
        Field("model", "model", read=read_string, required=True),
        Field("choices", "choices", read=read_items(read_model("ChatCompletionChoice")), required=True),
        Field("usage", "usage", read=read_model("UsageInfo")),
    )
