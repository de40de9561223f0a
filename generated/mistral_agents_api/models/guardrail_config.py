# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""One guardrail, with the moderation that it runs."""

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
class GuardrailConfig(Model):
    """One guardrail, with the moderation that it runs."""

    block_on_error: bool | None
    """Whether to refuse the request with status 403 if the moderation itself fails. If absent, the service assumes
    false.
    """
    moderation_llm_v1: models.ModerationLlmv1Config | None
    """Settings of the first moderation model."""
    moderation_llm_v2: models.ModerationLlmv2Config | None
    """Settings of the second moderation model."""

    def __init__(
        self,
        *,
        block_on_error: bool | None = UNSET,
        moderation_llm_v1: models.ModerationLlmv1Config | models.ModerationLlmv1ConfigDict | None = UNSET,
        moderation_llm_v2: models.ModerationLlmv2Config | models.ModerationLlmv2ConfigDict | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("block_on_error", "block_on_error"),
        Field("moderation_llm_v1", "moderation_llm_v1", read=read_model("ModerationLlmv1Config"), nullable=True),
        Field("moderation_llm_v2", "moderation_llm_v2", read=read_model("ModerationLlmv2Config"), nullable=True),
    )


class GuardrailConfigDict(TypedDict):
    """GuardrailConfig as a plain dict. Its keys are the names in JSON."""

    block_on_error: NotRequired[bool]
    """Whether to refuse the request with status 403 if the moderation itself fails. If absent, the service assumes
    false.
    """
    moderation_llm_v1: NotRequired[models.ModerationLlmv1Config | models.ModerationLlmv1ConfigDict | None]
    """Settings of the first moderation model."""
    moderation_llm_v2: NotRequired[models.ModerationLlmv2Config | models.ModerationLlmv2ConfigDict | None]
    """Settings of the second moderation model."""
