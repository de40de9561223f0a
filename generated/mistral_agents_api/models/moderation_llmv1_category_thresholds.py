# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ModerationLlmv1CategoryThresholds(Model):
    """Score above which a category counts as found, for the first moderation model."""

    sexual: float | None | Unset
    """Threshold for sexual content."""

    hate_and_discrimination: float | None | Unset
    """Threshold for hate and discrimination."""

    violence_and_threats: float | None | Unset
    """Threshold for violence and threats."""

    dangerous_and_criminal_content: float | None | Unset
    """Threshold for dangerous and criminal content."""

    selfharm: float | None | Unset
    """Threshold for self-harm."""

    health: float | None | Unset
    """Threshold for advice on health."""

    financial: float | None | Unset
    """Threshold for financial advice."""

    law: float | None | Unset
    """Threshold for legal advice."""

    pii: float | None | Unset
    """Threshold for personal data."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "sexual",
            "hate_and_discrimination",
            "violence_and_threats",
            "dangerous_and_criminal_content",
            "selfharm",
            "health",
            "financial",
            "law",
            "pii",
        }
    )

    def __init__(
        self,
        *,
        sexual: float | None | Unset = UNSET,
        hate_and_discrimination: float | None | Unset = UNSET,
        violence_and_threats: float | None | Unset = UNSET,
        dangerous_and_criminal_content: float | None | Unset = UNSET,
        selfharm: float | None | Unset = UNSET,
        health: float | None | Unset = UNSET,
        financial: float | None | Unset = UNSET,
        law: float | None | Unset = UNSET,
        pii: float | None | Unset = UNSET,
    ) -> None:
        self.sexual = sexual
        self.hate_and_discrimination = hate_and_discrimination
        self.violence_and_threats = violence_and_threats
        self.dangerous_and_criminal_content = dangerous_and_criminal_content
        self.selfharm = selfharm
        self.health = health
        self.financial = financial
        self.law = law
        self.pii = pii
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ModerationLlmv1CategoryThresholds")
        self = create(cls)
        key = ""
        try:
            self.sexual = src_dict["sexual"] if "sexual" in src_dict else UNSET
            self.hate_and_discrimination = (
                src_dict["hate_and_discrimination"] if "hate_and_discrimination" in src_dict else UNSET
            )
            self.violence_and_threats = (
                src_dict["violence_and_threats"] if "violence_and_threats" in src_dict else UNSET
            )
            self.dangerous_and_criminal_content = (
                src_dict["dangerous_and_criminal_content"] if "dangerous_and_criminal_content" in src_dict else UNSET
            )
            self.selfharm = src_dict["selfharm"] if "selfharm" in src_dict else UNSET
            self.health = src_dict["health"] if "health" in src_dict else UNSET
            self.financial = src_dict["financial"] if "financial" in src_dict else UNSET
            self.law = src_dict["law"] if "law" in src_dict else UNSET
            self.pii = src_dict["pii"] if "pii" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ModerationLlmv1CategoryThresholds", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.sexual is not UNSET:
            result["sexual"] = self.sexual
        if self.hate_and_discrimination is not UNSET:
            result["hate_and_discrimination"] = self.hate_and_discrimination
        if self.violence_and_threats is not UNSET:
            result["violence_and_threats"] = self.violence_and_threats
        if self.dangerous_and_criminal_content is not UNSET:
            result["dangerous_and_criminal_content"] = self.dangerous_and_criminal_content
        if self.selfharm is not UNSET:
            result["selfharm"] = self.selfharm
        if self.health is not UNSET:
            result["health"] = self.health
        if self.financial is not UNSET:
            result["financial"] = self.financial
        if self.law is not UNSET:
            result["law"] = self.law
        if self.pii is not UNSET:
            result["pii"] = self.pii
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ModerationLlmv1CategoryThresholdsDict(TypedDict):
    """`ModerationLlmv1CategoryThresholds` as a plain dict."""

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
