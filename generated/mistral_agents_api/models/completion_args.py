# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""How answers are generated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_items,
    read_model,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class CompletionArgs(Model):
    """How answers are generated."""

    stop: str | list[str] | None
    """Stop generating at this text, or at any one of several."""
    presence_penalty: float | None
    """How strongly to avoid words that occurred at all, from -2 to 2. Higher is more varied. 0 if absent."""
    frequency_penalty: float | None
    """How strongly to avoid words the more often they occurred, from -2 to 2. Higher repeats less. 0 if absent."""
    temperature: float | None
    """Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both."""
    top_p: float | None
    """Sample from the likeliest tokens that together have this probability, from 0 to 1. Set this or `temperature`,
    not both.
    """
    max_tokens: int | None
    """Most tokens to generate, 0 or more. Prompt and answer together have to fit into the model's context."""
    random_seed: int | None
    """Seed of the sampling, 0 or more. The same seed gives the same answer."""
    prediction: models.Prediction | None
    """Text that the answer is expected to repeat for the most part."""
    response_format: models.ResponseFormat | None
    """Form of the answer. Free text if absent."""
    tool_choice: models.ToolChoiceEnum | str | None
    """Whether a tool is called. `auto` if absent."""
    reasoning_effort: models.ReasoningEffort | str | None
    """How much a reasoning model thinks before it answers."""

    def __init__(
        self,
        *,
        stop: str | Sequence[str] | None = UNSET,
        presence_penalty: float | None = UNSET,
        frequency_penalty: float | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        max_tokens: int | None = UNSET,
        random_seed: int | None = UNSET,
        prediction: models.Prediction | models.PredictionDict | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tool_choice: models.ToolChoiceEnum | str | None = UNSET,
        reasoning_effort: models.ReasoningEffort | str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("stop", "stop", read=read_either(array=read_items(), text=read_string, null=True), nullable=True),
        Field("presence_penalty", "presence_penalty", nullable=True),
        Field("frequency_penalty", "frequency_penalty", nullable=True),
        Field("temperature", "temperature", nullable=True),
        Field("top_p", "top_p", nullable=True),
        Field("max_tokens", "max_tokens", nullable=True),
        Field("random_seed", "random_seed", nullable=True),
        Field("prediction", "prediction", read=read_model("Prediction"), nullable=True),
        Field("response_format", "response_format", read=read_model("ResponseFormat"), nullable=True),
        Field("tool_choice", "tool_choice"),
        Field("reasoning_effort", "reasoning_effort", nullable=True),
    )


class CompletionArgsDict(TypedDict):
    """CompletionArgs as a plain dict, by the names in JSON."""

    stop: NotRequired[str | Sequence[str] | None]
    """Stop generating at this text, or at any one of several."""
    presence_penalty: NotRequired[float | None]
    """How strongly to avoid words that occurred at all, from -2 to 2. Higher is more varied. 0 if absent."""
    frequency_penalty: NotRequired[float | None]
    """How strongly to avoid words the more often they occurred, from -2 to 2. Higher repeats less. 0 if absent."""
    temperature: NotRequired[float | None]
    """Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both."""
    top_p: NotRequired[float | None]
    """Sample from the likeliest tokens that together have this probability, from 0 to 1. Set this or `temperature`,
    not both.
    """
    max_tokens: NotRequired[int | None]
    """Most tokens to generate, 0 or more. Prompt and answer together have to fit into the model's context."""
    random_seed: NotRequired[int | None]
    """Seed of the sampling, 0 or more. The same seed gives the same answer."""
    prediction: NotRequired[models.Prediction | models.PredictionDict | None]
    """Text that the answer is expected to repeat for the most part."""
    response_format: NotRequired[models.ResponseFormat | models.ResponseFormatDict | None]
    """Form of the answer. Free text if absent."""
    tool_choice: NotRequired[models.ToolChoiceEnum | str]
    """Whether a tool is called. `auto` if absent."""
    reasoning_effort: NotRequired[models.ReasoningEffort | str | None]
    """How much a reasoning model thinks before it answers."""
