# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json
from .finish_reason import FinishReason


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class CompletionResponseStreamChoice(Model):
    """A piece of one of the answers."""

    index: int
    """Position of the answer that this belongs to, from 0."""

    delta: DeltaMessage | Unset
    """A piece of a message."""

    finish_reason: FinishReason | None | str | Unset
    """Why the answer ends. Null until it does."""

    logprobs: ChatCompletionResponseChoiceLogprobs | None | Unset
    """Log probabilities of the generated tokens."""

    prompt_logprobs: ChatCompletionResponseChoiceLogprobs | None | Unset
    """Log probabilities of the prompt's tokens."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "index",
            "delta",
            "finish_reason",
            "logprobs",
            "prompt_logprobs",
        }
    )

    def __init__(
        self,
        *,
        index: int,
        delta: DeltaMessage | Mapping[str, Any] | Unset | None = UNSET,
        finish_reason: FinishReason | str | None | Unset = UNSET,
        logprobs: ChatCompletionResponseChoiceLogprobs | Mapping[str, Any] | None | Unset = UNSET,
        prompt_logprobs: ChatCompletionResponseChoiceLogprobs | Mapping[str, Any] | None | Unset = UNSET,
    ) -> None:
        self.index = index
        self.delta = cast(Any, UNSET if delta is None else delta)
        self.finish_reason = finish_reason
        self.logprobs = cast(Any, logprobs)
        self.prompt_logprobs = cast(Any, prompt_logprobs)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "CompletionResponseStreamChoice")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "index"
            value = src_dict[key]
            if type(value) is not int and isinstance(value, (list, dict)):
                raise StructureError("a number", value)
            self.index = value
            key = "delta"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_delta_message(value)
            self.delta = value
            self.finish_reason = src_dict["finish_reason"] if "finish_reason" in src_dict else UNSET
            key = "logprobs"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_chat_completion_response_choice_logprobs(value)
            self.logprobs = value
            key = "prompt_logprobs"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_chat_completion_response_choice_logprobs(value)
            self.prompt_logprobs = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("CompletionResponseStreamChoice", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["index"] = self.index
        if self.delta is not UNSET:
            result["delta"] = to_json(self.delta)
        if self.finish_reason is not UNSET:
            result["finish_reason"] = self.finish_reason
        if self.logprobs is not UNSET:
            result["logprobs"] = to_json(self.logprobs)
        if self.prompt_logprobs is not UNSET:
            result["prompt_logprobs"] = to_json(self.prompt_logprobs)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


# Below the classes, since two models may refer to each other.
from .chat_completion_response_choice_logprobs import ChatCompletionResponseChoiceLogprobs
from .delta_message import DeltaMessage

_read_chat_completion_response_choice_logprobs = ChatCompletionResponseChoiceLogprobs.from_dict
_read_delta_message = DeltaMessage.from_dict
