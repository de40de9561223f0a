# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json
from .moderation_llm_action import ModerationLLMAction


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ModerationLlmv2Config(Model):
    """Settings of the second moderation model."""

    model_name: str | Unset
    """Another moderation model, seldom needed. `mistral-moderation-2603` if absent."""

    custom_category_thresholds: ModerationLlmv2CategoryThresholds | None | Unset
    """Thresholds other than the model's own."""

    ignore_other_categories: bool | Unset
    """Whether categories without a custom threshold are left out. False if absent."""

    action: ModerationLLMAction | Unset
    """Let the request pass, or block it."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "model_name",
            "custom_category_thresholds",
            "ignore_other_categories",
            "action",
        }
    )

    def __init__(
        self,
        *,
        model_name: str | Unset | None = UNSET,
        custom_category_thresholds: ModerationLlmv2CategoryThresholds
        | ModerationLlmv2CategoryThresholdsDict
        | None
        | Unset = UNSET,
        ignore_other_categories: bool | Unset | None = UNSET,
        action: ModerationLLMAction | Unset | None = UNSET,
    ) -> None:
        self.model_name = UNSET if model_name is None else model_name
        self.custom_category_thresholds = cast(Any, custom_category_thresholds)
        self.ignore_other_categories = UNSET if ignore_other_categories is None else ignore_other_categories
        self.action = UNSET if action is None else action
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ModerationLlmv2Config")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.model_name = src_dict["model_name"] if "model_name" in src_dict else UNSET
            key = "custom_category_thresholds"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_moderation_llmv2_category_thresholds(value)
            self.custom_category_thresholds = value
            self.ignore_other_categories = (
                src_dict["ignore_other_categories"] if "ignore_other_categories" in src_dict else UNSET
            )
            self.action = src_dict["action"] if "action" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ModerationLlmv2Config", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.model_name is not UNSET:
            result["model_name"] = self.model_name
        if self.custom_category_thresholds is not UNSET:
            result["custom_category_thresholds"] = to_json(self.custom_category_thresholds)
        if self.ignore_other_categories is not UNSET:
            result["ignore_other_categories"] = self.ignore_other_categories
        if self.action is not UNSET:
            result["action"] = self.action
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ModerationLlmv2ConfigDict(TypedDict):
    """`ModerationLlmv2Config` as a plain dict."""

    model_name: NotRequired[str]
    """Another moderation model, seldom needed. `mistral-moderation-2603` if absent."""

    custom_category_thresholds: NotRequired[
        ModerationLlmv2CategoryThresholds | ModerationLlmv2CategoryThresholdsDict | None
    ]
    """Thresholds other than the model's own."""

    ignore_other_categories: NotRequired[bool]
    """Whether categories without a custom threshold are left out. False if absent."""

    action: NotRequired[ModerationLLMAction]
    """Let the request pass, or block it."""


# Below the classes, since two models may refer to each other.
from .moderation_llmv2_category_thresholds import (
    ModerationLlmv2CategoryThresholds,
    ModerationLlmv2CategoryThresholdsDict,
)

_read_moderation_llmv2_category_thresholds = ModerationLlmv2CategoryThresholds.from_dict
