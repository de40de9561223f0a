# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""One of the answers."""

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
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ChatCompletionChoice(Model):
    """One of the answers."""

    index: int
    """Position of this answer, starting at 0."""
    message: models.AssistantMessage
    """A message of the agent."""
    messages: list[models.DeltaMessage] | None
    """Messages of this answer, if it has several."""
    finish_reason: models.FinishReason | str | None
    """Why the answer ended."""
    logprobs: models.ChatCompletionResponseChoiceLogprobs | None
    """Log probabilities of the generated tokens."""
    prompt_logprobs: models.ChatCompletionResponseChoiceLogprobs | None
    """Log probabilities of the prompt's tokens."""

    def __init__(
        self,
        *,
        index: int,
        message: models.AssistantMessage | models.AssistantMessageDict,
        messages: Sequence[models.DeltaMessage | Mapping[str, Any]] | None = UNSET,
        finish_reason: models.FinishReason | str | None = UNSET,
        logprobs: models.ChatCompletionResponseChoiceLogprobs | Mapping[str, Any] | None = UNSET,
        prompt_logprobs: models.ChatCompletionResponseChoiceLogprobs | Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("index", "index", read=read_integer, required=True),
        Field("message", "message", read=read_model("AssistantMessage"), required=True),
        Field("messages", "messages", read=read_items(read_model("DeltaMessage"))),
        Field("finish_reason", "finish_reason"),
        Field("logprobs", "logprobs", read=read_model("ChatCompletionResponseChoiceLogprobs"), nullable=True),
        Field(
            "prompt_logprobs", "prompt_logprobs", read=read_model("ChatCompletionResponseChoiceLogprobs"), nullable=True
        ),
    )
