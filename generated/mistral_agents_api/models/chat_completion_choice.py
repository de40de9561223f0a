# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, to_json
from .finish_reason import FinishReason


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ChatCompletionChoice(Model):
    """One of the answers."""

    index: int
    """Position of this answer, from 0."""

    message: AssistantMessage | Unset
    """What the agent said."""

    messages: list[DeltaMessage] | Unset
    """What was said in between, when the answer consists of several messages."""

    finish_reason: FinishReason | str | Unset
    """Why the answer ends."""

    logprobs: ChatCompletionResponseChoiceLogprobs | None | Unset
    """Log probabilities of the generated tokens."""

    prompt_logprobs: ChatCompletionResponseChoiceLogprobs | None | Unset
    """Log probabilities of the prompt's tokens."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "index",
            "message",
            "messages",
            "finish_reason",
            "logprobs",
            "prompt_logprobs",
        }
    )

    def __init__(
        self,
        *,
        index: int,
        message: AssistantMessage | AssistantMessageDict | Unset | None = UNSET,
        messages: Sequence[DeltaMessage | Mapping[str, Any]] | Unset | None = UNSET,
        finish_reason: FinishReason | str | Unset | None = UNSET,
        logprobs: ChatCompletionResponseChoiceLogprobs | Mapping[str, Any] | None | Unset = UNSET,
        prompt_logprobs: ChatCompletionResponseChoiceLogprobs | Mapping[str, Any] | None | Unset = UNSET,
    ) -> None:
        self.index = index
        self.message = cast(Any, UNSET if message is None else message)
        self.messages = cast(Any, UNSET if messages is None else messages)
        self.finish_reason = UNSET if finish_reason is None else finish_reason
        self.logprobs = cast(Any, logprobs)
        self.prompt_logprobs = cast(Any, prompt_logprobs)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ChatCompletionChoice")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "index"
            value = src_dict[key]
            if type(value) is not int and isinstance(value, (list, dict)):
                raise StructureError("a number", value)
            self.index = value
            key = "message"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_assistant_message(value)
            self.message = value
            key = "messages"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                if not isinstance(value, list):
                    raise StructureError("a list", value)
                items, value = value, []
                for item in items:
                    value.append(_read_delta_message(item))
            self.messages = value
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
            raise StructureError.while_reading("ChatCompletionChoice", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["index"] = self.index
        if self.message is not UNSET:
            result["message"] = to_json(self.message)
        if self.messages is not UNSET:
            result["messages"] = to_json(self.messages)
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
from .assistant_message import AssistantMessage, AssistantMessageDict
from .chat_completion_response_choice_logprobs import ChatCompletionResponseChoiceLogprobs
from .delta_message import DeltaMessage

_read_assistant_message = AssistantMessage.from_dict
_read_chat_completion_response_choice_logprobs = ChatCompletionResponseChoiceLogprobs.from_dict
_read_delta_message = DeltaMessage.from_dict
