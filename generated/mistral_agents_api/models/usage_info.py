# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class UsageInfo(Model):
    """Tokens that an answer cost."""

    prompt_tokens: int | Unset
    """Tokens of the prompt. 0 if absent."""

    completion_tokens: int | Unset
    """Tokens generated. 0 if absent."""

    total_tokens: int | Unset
    """Both together. 0 if absent."""

    prompt_audio_seconds: int | JsonObject | None | Unset
    """Length of the sound in the prompt, in seconds. An object in Mistral's own example."""

    num_cached_tokens: int | None | Unset
    """Tokens of the prompt that came from the cache."""

    prompt_tokens_details: None | PromptTokensDetails | Unset
    """What the prompt's tokens consist of."""

    prompt_token_details: None | PromptTokensDetails | Unset
    """What the prompt's tokens consist of."""

    service_tier: None | str | Unset
    """Capacity that served the request, `standard` or `priority`."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "prompt_tokens",
            "completion_tokens",
            "total_tokens",
            "prompt_audio_seconds",
            "num_cached_tokens",
            "prompt_tokens_details",
            "prompt_token_details",
            "service_tier",
        }
    )

    def __init__(
        self,
        *,
        prompt_tokens: int | Unset | None = UNSET,
        completion_tokens: int | Unset | None = UNSET,
        total_tokens: int | Unset | None = UNSET,
        prompt_audio_seconds: int | JsonObject | None | Unset = UNSET,
        num_cached_tokens: int | None | Unset = UNSET,
        prompt_tokens_details: PromptTokensDetails | Mapping[str, Any] | None | Unset = UNSET,
        prompt_token_details: PromptTokensDetails | Mapping[str, Any] | None | Unset = UNSET,
        service_tier: str | None | Unset = UNSET,
    ) -> None:
        self.prompt_tokens = UNSET if prompt_tokens is None else prompt_tokens
        self.completion_tokens = UNSET if completion_tokens is None else completion_tokens
        self.total_tokens = UNSET if total_tokens is None else total_tokens
        self.prompt_audio_seconds = prompt_audio_seconds
        self.num_cached_tokens = num_cached_tokens
        self.prompt_tokens_details = cast(Any, prompt_tokens_details)
        self.prompt_token_details = cast(Any, prompt_token_details)
        self.service_tier = service_tier
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "UsageInfo")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.prompt_tokens = src_dict["prompt_tokens"] if "prompt_tokens" in src_dict else UNSET
            self.completion_tokens = src_dict["completion_tokens"] if "completion_tokens" in src_dict else UNSET
            self.total_tokens = src_dict["total_tokens"] if "total_tokens" in src_dict else UNSET
            key = "prompt_audio_seconds"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, list):
                raise StructureError("an object", value)
            self.prompt_audio_seconds = value
            self.num_cached_tokens = src_dict["num_cached_tokens"] if "num_cached_tokens" in src_dict else UNSET
            key = "prompt_tokens_details"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_prompt_tokens_details(value)
            self.prompt_tokens_details = value
            key = "prompt_token_details"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_prompt_tokens_details(value)
            self.prompt_token_details = value
            self.service_tier = src_dict["service_tier"] if "service_tier" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("UsageInfo", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        if self.prompt_tokens is not UNSET:
            result["prompt_tokens"] = self.prompt_tokens
        if self.completion_tokens is not UNSET:
            result["completion_tokens"] = self.completion_tokens
        if self.total_tokens is not UNSET:
            result["total_tokens"] = self.total_tokens
        if self.prompt_audio_seconds is not UNSET:
            result["prompt_audio_seconds"] = to_json(self.prompt_audio_seconds)
        if self.num_cached_tokens is not UNSET:
            result["num_cached_tokens"] = self.num_cached_tokens
        if self.prompt_tokens_details is not UNSET:
            result["prompt_tokens_details"] = to_json(self.prompt_tokens_details)
        if self.prompt_token_details is not UNSET:
            result["prompt_token_details"] = to_json(self.prompt_token_details)
        if self.service_tier is not UNSET:
            result["service_tier"] = self.service_tier
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .json_object import JsonObject
from .prompt_tokens_details import PromptTokensDetails

_read_prompt_tokens_details = PromptTokensDetails.from_dict
