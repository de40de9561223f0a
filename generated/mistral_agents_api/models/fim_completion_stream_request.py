# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A request to fill the gap between a prompt and a suffix, answered as a stream of events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_items,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class FIMCompletionStreamRequest(Model):
    """A request to fill the gap between a prompt and a suffix, answered as a stream of events."""

    model: str | None
    """Name of the model, `codestral-2405` or `codestral-latest`."""
    prompt: str
    """Text or code to continue."""
    suffix: str | None
    """Text or code that follows the gap. If absent, the model continues the prompt."""
    temperature: float | None
    """Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both."""
    top_p: float | None
    """Sample only from the most likely tokens whose probabilities add up to this value, from 0 to 1. Set this or
    `temperature`, not both.
    """
    max_tokens: int | None
    """Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit into the model's context."""
    min_tokens: int | None
    """Minimum number of tokens to generate."""
    stream: Literal[True] | None
    """Asks for a stream of events. The streaming methods always send it. Without it, the service returns one JSON
    document.
    """
    stop: str | list[str] | None
    """Text at which to stop, or several such texts."""
    random_seed: int | None
    """Seed of the sampling, 0 or more. The same request with the same seed gives the same answer."""

    def __init__(
        self,
        *,
        model: str | None,
        prompt: str,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("model", "model", read=read_string, required=True, nullable=True),
        Field("prompt", "prompt", read=read_string, required=True),
        Field("suffix", "suffix", nullable=True),
        Field("temperature", "temperature"),
        Field("top_p", "top_p"),
        Field("max_tokens", "max_tokens", nullable=True),
        Field("min_tokens", "min_tokens", nullable=True),
        Field("stream", "stream"),
        Field("stop", "stop", read=read_either(array=read_items(), text=read_string)),
        Field("random_seed", "random_seed", nullable=True),
    )


class FIMCompletionStreamRequestDict(TypedDict):
    """FIMCompletionStreamRequest as a plain dict. Its keys are the names in JSON."""

    model: str | None
    """Name of the model, `codestral-2405` or `codestral-latest`."""
    prompt: str
    """Text or code to continue."""
    suffix: NotRequired[str | None]
    """Text or code that follows the gap. If absent, the model continues the prompt."""
    temperature: NotRequired[float]
    """Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both."""
    top_p: NotRequired[float]
    """Sample only from the most likely tokens whose probabilities add up to this value, from 0 to 1. Set this or
    `temperature`, not both.
    """
    max_tokens: NotRequired[int | None]
    """Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit into the model's context."""
    min_tokens: NotRequired[int | None]
    """Minimum number of tokens to generate."""
    stream: NotRequired[Literal[True]]
    """Asks for a stream of events. The streaming methods always send it. Without it, the service returns one JSON
    document.
    """
    stop: NotRequired[str | Sequence[str]]
    """Text at which to stop, or several such texts."""
    random_seed: NotRequired[int | None]
    """Seed of the sampling, 0 or more. The same request with the same seed gives the same answer."""
