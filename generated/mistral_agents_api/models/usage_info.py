# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Number of tokens that an answer used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_entries,
    read_integer,
    read_model,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class UsageInfo(Model):
    """Number of tokens that an answer used."""

    prompt_tokens: int
    """Number of tokens in the prompt."""
    completion_tokens: int
    """Number of generated tokens."""
    total_tokens: int
    """Sum of both."""
    prompt_audio_seconds: int | dict[str, Any] | None
    """Length of the audio in the prompt, in seconds. In Mistral's own example, this is an object."""
    num_cached_tokens: int | None
    """Number of tokens of the prompt that came from the cache."""
    prompt_tokens_details: models.PromptTokensDetails | None
    """Breakdown of the tokens of the prompt."""
    prompt_token_details: models.PromptTokensDetails | None
    """Breakdown of the tokens of the prompt."""
    service_tier: str | None
    """Service capacity that the request used, `standard` or `priority`."""

    def __init__(
        self,
        *,
        prompt_tokens: int,
        completion_tokens: int,
        total_tokens: int,
        prompt_audio_seconds: int | Mapping[str, Any] | None = UNSET,
        num_cached_tokens: int | None = UNSET,
        prompt_tokens_details: models.PromptTokensDetails | Mapping[str, Any] | None = UNSET,
        prompt_token_details: models.PromptTokensDetails | Mapping[str, Any] | None = UNSET,
        service_tier: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("prompt_tokens", "prompt_tokens", read=read_integer, required=True),
        Field("completion_tokens", "completion_tokens", read=read_integer, required=True),
        Field("total_tokens", "total_tokens", read=read_integer, required=True),
        Field(
            "prompt_audio_seconds",
            "prompt_audio_seconds",
            read=read_either(object=read_entries(), null=True),
            nullable=True,
        ),
        Field("num_cached_tokens", "num_cached_tokens", nullable=True),
        Field("prompt_tokens_details", "prompt_tokens_details", read=read_model("PromptTokensDetails"), nullable=True),
        Field("prompt_token_details", "prompt_token_details", read=read_model("PromptTokensDetails"), nullable=True),
        Field("service_tier", "service_tier", nullable=True),
    )
