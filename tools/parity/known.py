"""What Mistral's SDK does by itself to what is sent and read; any other difference is a fault, here or there."""

from __future__ import annotations

from .compare import Difference

_DEFAULT = "it sends its own default, which the service assumes for an absent field as well"
_FLOAT = "its field is a float, so an int becomes one; JSON knows one kind of number"
_UNKNOWN_FIELD = "its models drop fields that they do not know; the contract leaves this object open, and we keep them"
_UNKNOWN_PART = "it sends its wrapper for a part of unknown type; we send the part as the agent said it"

SENT = (
    Difference("adds", "body.stream", _DEFAULT, value=False),
    Difference("adds", "body.messages.*.prefix", _DEFAULT, value=False),
    Difference("adds", "body.messages.*.tool_calls.*.id", _DEFAULT, value="null"),
    Difference("adds", "body.messages.*.tool_calls.*.type", _DEFAULT, value="function"),
    Difference("adds", "body.messages.*.tool_calls.*.index", _DEFAULT, value=0),
    Difference("adds", "body.tool_choice.type", _DEFAULT, value="function"),
    Difference("adds", "body.prediction.type", _DEFAULT, value="content"),
    Difference("adds", "body.prediction.content", _DEFAULT, value=""),
    Difference("adds", "body.guardrails.*.block_on_error", _DEFAULT, value=False),
    Difference("adds", "body.guardrails.*.*.ignore_other_categories", _DEFAULT, value=False),
    Difference("adds", "body.guardrails.*.moderation_llm_v1.model_name", _DEFAULT, value="mistral-moderation-2411"),
    Difference("adds", "body.guardrails.*.moderation_llm_v2.model_name", _DEFAULT, value="mistral-moderation-2603"),
    Difference("makes float", "body.presence_penalty", _FLOAT),
    Difference("makes float", "body.frequency_penalty", _FLOAT),
    Difference("makes float", "body.repetition_penalty", _FLOAT),
    Difference("makes float", "body.guardrails.*.*.custom_category_thresholds.*", _FLOAT),
    Difference("drops", "body.messages.*.refusal", _UNKNOWN_FIELD),
    Difference("drops", "body.messages.*.content.*.annotations", _UNKNOWN_FIELD),
    Difference("drops", "body.messages.*.tool_calls.*.cached", _UNKNOWN_FIELD),
    Difference("replaces", "body.messages.*.content.*.type", _UNKNOWN_PART, value="UNKNOWN"),
    Difference("adds", "body.messages.*.content.*.raw", _UNKNOWN_PART),
    Difference("adds", "body.messages.*.content.*.is_unknown", _UNKNOWN_PART, value=True),
    Difference("drops", "body.messages.*.content.*.video", _UNKNOWN_PART),
)

READ: tuple[Difference, ...] = ()
