# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""For each category, the score above which the first moderation model reports it."""

from __future__ import annotations

from typing import ClassVar, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ModerationLlmv1CategoryThresholds(Model):
    """For each category, the score above which the first moderation model reports it."""

    sexual: float | None
    """Threshold for sexual content."""
    hate_and_discrimination: float | None
    """Threshold for hate and discrimination."""
    violence_and_threats: float | None
    """Threshold for violence and threats."""
    dangerous_and_criminal_content: float | None
    """Threshold for dangerous and criminal content."""
    selfharm: float | None
    """Threshold for self-harm."""
    health: float | None
    """Threshold for advice on health."""
    financial: float | None
    """Threshold for financial advice."""
    law: float | None
    """Threshold for legal advice."""
    pii: float | None
    """Threshold for personal data."""

    def __init__(
        self,
        *,
        sexual: float | None = UNSET,
        hate_and_discrimination: float | None = UNSET,
        violence_and_threats: float | None = UNSET,
        dangerous_and_criminal_content: float | None = UNSET,
        selfharm: float | None = UNSET,
        health: float | None = UNSET,
        financial: float | None = UNSET,
        law: float | None = UNSET,
        pii: float | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("sexual", "sexual", nullable=True),
        Field("hate_and_discrimination", "hate_and_discrimination", nullable=True),
        Field("violence_and_threats", "violence_and_threats", nullable=True),
        Field("dangerous_and_criminal_content", "dangerous_and_criminal_content", nullable=True),
        Field("selfharm", "selfharm", nullable=True),
        Field("health", "health", nullable=True),
        Field("financial", "financial", nullable=True),
        Field("law", "law", nullable=True),
        Field("pii", "pii", nullable=True),
    )


class ModerationLlmv1CategoryThresholdsDict(TypedDict):
    """ModerationLlmv1CategoryThresholds as a plain dict. Its keys are the names in JSON."""

    sexual: NotRequired[float | None]
    """Threshold for sexual content."""
    hate_and_discrimination: NotRequired[float | None]
    """Threshold for hate and discrimination."""
    violence_and_threats: NotRequired[float | None]
    """Threshold for violence and threats."""
    dangerous_and_criminal_content: NotRequired[float | None]
    """Threshold for dangerous and criminal content."""
    selfharm: NotRequired[float | None]
    """Threshold for self-harm."""
    health: NotRequired[float | None]
    """Threshold for advice on health."""
    financial: NotRequired[float | None]
    """Threshold for financial advice."""
    law: NotRequired[float | None]
    """Threshold for legal advice."""
    pii: NotRequired[float | None]
    """Threshold for personal data."""
