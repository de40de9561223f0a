# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Log probabilities of a sequence of tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_items,
    read_model,
)
from ..values import Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ChatCompletionResponseChoiceLogprobs(Model):
    """Log probabilities of a sequence of tokens."""

    content: list[models.ChatCompletionResponseTokenLogprobsTopK]
    """The tokens in order."""

    def __init__(
        self,
        *,
        content: Sequence[models.ChatCompletionResponseTokenLogprobsTopK | Mapping[str, Any]],
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field(
            "content", "content", read=read_items(read_model("ChatCompletionResponseTokenLogprobsTopK")), required=True
        ),
    )
