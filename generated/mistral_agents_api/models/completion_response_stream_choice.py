# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of one of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_integer,
    read_model,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class CompletionResponseStreamChoice(Model):
    """A piece of one of the answers."""

    index: int
    """Position of the answer to which this piece belongs, starting at 0."""
    delta: models.DeltaMessage
    """What this piece adds to the message."""
    finish_reason: models.FinishReason | str | None
    """Why the answer ended. Null until it has ended."""
    logprobs: models.ChatCompletionResponseChoiceLogprobs | None
    """Log probabilities of the generated tokens."""
    prompt_logprobs: models.ChatCompletionResponseChoiceLogprobs | None
    """Log probabilities of the prompt's tokens."""

    def __init__(
        self,
        *,
        index: int,
        delta: models.DeltaMessage | Mapping[str, Any],
        finish_reason: models.FinishReason | str | None = UNSET,
        logprobs: models.ChatCompletionResponseChoiceLogprobs | Mapping[str, Any] | None = UNSET,
        prompt_logprobs: models.ChatCompletionResponseChoiceLogprobs | Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("index", "index", read=read_integer, required=True),
        Field("delta", "delta", read=read_model("DeltaMessage"), required=True),
        Field("finish_reason", "finish_reason", nullable=True),
        Field("logprobs", "logprobs", read=read_model("ChatCompletionResponseChoiceLogprobs"), nullable=True),
        Field(
            "prompt_logprobs", "prompt_logprobs", read=read_model("ChatCompletionResponseChoiceLogprobs"), nullable=True
        ),
    )
