# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class GuardrailConfig(Model):
    """One guardrail, with the moderation that it runs."""

    block_on_error: bool | Unset
    """Whether to refuse the request with status 403 when moderation itself fails. False if absent."""

    moderation_llm_v1: ModerationLlmv1Config | None | Unset
    """Settings of the first moderation model."""

    moderation_llm_v2: ModerationLlmv2Config | None | Unset
    """Settings of the second moderation model."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "block_on_error",
            "moderation_llm_v1",
            "moderation_llm_v2",
        }
    )

    def __init__(
        self,
        *,
        block_on_error: bool | Unset | None = UNSET,
        moderation_llm_v1: ModerationLlmv1Config | ModerationLlmv1ConfigDict | None | Unset = UNSET,
        moderation_llm_v2: ModerationLlmv2Config | ModerationLlmv2ConfigDict | None | Unset = UNSET,
    ) -> None:
        self.block_on_error = UNSET if block_on_error is None else block_on_error
        self.moderation_llm_v1 = cast(Any, moderation_llm_v1)
        self.moderation_llm_v2 = cast(Any, moderation_llm_v2)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "GuardrailConfig")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.block_on_error = src_dict["block_on_error"] if "block_on_error" in src_dict else UNSET
            key = "moderation_llm_v1"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_moderation_llmv1_config(value)
            self.moderation_llm_v1 = value
            key = "moderation_llm_v2"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_moderation_llmv2_config(value)
            self.moderation_llm_v2 = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("GuardrailConfig", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.block_on_error is not UNSET:
            result["block_on_error"] = self.block_on_error
        if self.moderation_llm_v1 is not UNSET:
            result["moderation_llm_v1"] = to_json(self.moderation_llm_v1)
        if self.moderation_llm_v2 is not UNSET:
            result["moderation_llm_v2"] = to_json(self.moderation_llm_v2)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class GuardrailConfigDict(TypedDict):
    """`GuardrailConfig` as a plain dict."""

    block_on_error: NotRequired[bool]
    """Whether to refuse the request with status 403 when moderation itself fails. False if absent."""

    moderation_llm_v1: NotRequired[ModerationLlmv1Config | ModerationLlmv1ConfigDict | None]
    """Settings of the first moderation model."""

    moderation_llm_v2: NotRequired[ModerationLlmv2Config | ModerationLlmv2ConfigDict | None]
    """Settings of the second moderation model."""


# Below the classes, since two models may refer to each other.
from .moderation_llmv1_config import ModerationLlmv1Config, ModerationLlmv1ConfigDict
from .moderation_llmv2_config import ModerationLlmv2Config, ModerationLlmv2ConfigDict

_read_moderation_llmv1_config = ModerationLlmv1Config.from_dict
_read_moderation_llmv2_config = ModerationLlmv2Config.from_dict
