# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A token with its log probability, and the most likely tokens at its position."""

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
    read_number,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ChatCompletionResponseTokenLogprobsTopK(Model):
    """A token with its log probability, and the most likely tokens at its position."""

    token: str
    """The token's text."""
    logprob: float
    """Natural logarithm of the token's probability."""
    bytes: list[int]
    """The token's UTF-8 bytes, each from 0 to 255."""
    token_id: int
    """The token's number in the model's vocabulary."""
    top_logprobs: list[models.ChatCompletionResponseTokenLogprobs] | None
    """The most likely tokens at this position."""

    def __init__(
        self,
        *,
        token: str,
        logprob: float,
        bytes: Sequence[int],
        token_id: int,
        top_logprobs: Sequence[models.ChatCompletionResponseTokenLogprobs | Mapping[str, Any]] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("token", "token", read=read_string, required=True),
        Field("logprob", "logprob", read=read_number, required=True),
        Field("bytes", "bytes", read=read_items(), required=True),
        Field("token_id", "token_id", read=read_integer, required=True),
        Field(
            "top_logprobs",
            "top_logprobs",
            read=read_items(read_model("ChatCompletionResponseTokenLogprobs")),
            nullable=True,
        ),
    )
