# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Settings for the generation of answers."""

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
    """Settings for the generation of answers."""

    stop: str | list[str] | None
    """Text at which to stop, or several such texts."""
    presence_penalty: float | None
    """Penalty for words that have occurred before, from -2 to 2. It does not depend on how often they occurred. A
    higher value gives more varied answers. If absent, the service assumes 0.
    """
    frequency_penalty: float | None
    """Penalty for words that have occurred before, from -2 to 2. It grows with how often they occurred. A higher
    value gives fewer repetitions. If absent, the service assumes 0.
    """
    temperature: float | None
    """Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both."""
    top_p: float | None
    """Sample only from the most likely tokens whose probabilities add up to this value, from 0 to 1. Set this or
    `temperature`, not both.
    """
    max_tokens: int | None
    """Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit into the model's context."""
    random_seed: int | None
    """Seed of the sampling, 0 or more. The same request with the same seed gives the same answer."""
    prediction: models.Prediction | None
    """Text that most of the answer will probably repeat."""
    response_format: models.ResponseFormat | None
    """Form of the answer. If absent, the answer is free text."""
    tool_choice: models.ToolChoiceEnum | str | None
    """Whether the agent may or must call a tool. If absent, the service assumes `auto`."""
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
    """CompletionArgs as a plain dict. Its keys are the names in JSON."""

    stop: NotRequired[str | Sequence[str] | None]
    """Text at which to stop, or several such texts."""
    presence_penalty: NotRequired[float | None]
    """Penalty for words that have occurred before, from -2 to 2. It does not depend on how often they occurred. A
    higher value gives more varied answers. If absent, the service assumes 0.
    """
    frequency_penalty: NotRequired[float | None]
    """Penalty for words that have occurred before, from -2 to 2. It grows with how often they occurred. A higher
    value gives fewer repetitions. If absent, the service assumes 0.
    """
    temperature: NotRequired[float | None]
    """Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both."""
    top_p: NotRequired[float | None]
    """Sample only from the most likely tokens whose probabilities add up to this value, from 0 to 1. Set this or
    `temperature`, not both.
    """
    max_tokens: NotRequired[int | None]
    """Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit into the model's context."""
    random_seed: NotRequired[int | None]
    """Seed of the sampling, 0 or more. The same request with the same seed gives the same answer."""
    prediction: NotRequired[models.Prediction | models.PredictionDict | None]
    """Text that most of the answer will probably repeat."""
    response_format: NotRequired[models.ResponseFormat | models.ResponseFormatDict | None]
    """Form of the answer. If absent, the answer is free text."""
    tool_choice: NotRequired[models.ToolChoiceEnum | str]
    """Whether the agent may or must call a tool. If absent, the service assumes `auto`."""
    reasoning_effort: NotRequired[models.ReasoningEffort | str | None]
    """How much a reasoning model thinks before it answers."""
