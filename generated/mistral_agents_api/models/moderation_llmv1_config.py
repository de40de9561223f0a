# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Settings of the first moderation model."""

from __future__ import annotations

from typing import ClassVar, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_model,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ModerationLlmv1Config(Model):
    """Settings of the first moderation model."""

    model_name: str | None
    """Name of the moderation model; seldom needed. If absent, the service assumes `mistral-moderation-2411`."""
    custom_category_thresholds: models.ModerationLlmv1CategoryThresholds | None
    """Thresholds that replace those of the model."""
    ignore_other_categories: bool | None
    """Whether to ignore categories without a custom threshold. If absent, the service assumes false."""
    action: models.ModerationLLMAction | str | None
    """What happens if a score exceeds its threshold. If absent, the service assumes `none`."""

    def __init__(
        self,
        *,
        model_name: str | None = UNSET,
        custom_category_thresholds: models.ModerationLlmv1CategoryThresholds
        | models.ModerationLlmv1CategoryThresholdsDict
        | None = UNSET,
        ignore_other_categories: bool | None = UNSET,
        action: models.ModerationLLMAction | str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("model_name", "model_name"),
        Field(
            "custom_category_thresholds",
            "custom_category_thresholds",
            read=read_model("ModerationLlmv1CategoryThresholds"),
            nullable=True,
        ),
        Field("ignore_other_categories", "ignore_other_categories"),
        Field("action", "action"),
    )


class ModerationLlmv1ConfigDict(TypedDict):
    """ModerationLlmv1Config as a plain dict. Its keys are the names in JSON."""

    model_name: NotRequired[str]
    """Name of the moderation model; seldom needed. If absent, the service assumes `mistral-moderation-2411`."""
    custom_category_thresholds: NotRequired[
        models.ModerationLlmv1CategoryThresholds | models.ModerationLlmv1CategoryThresholdsDict | None
    ]
    """Thresholds that replace those of the model."""
    ignore_other_categories: NotRequired[bool]
    """Whether to ignore categories without a custom threshold. If absent, the service assumes false."""
    action: NotRequired[models.ModerationLLMAction | str]
    """What happens if a score exceeds its threshold. If absent, the service assumes `none`."""
