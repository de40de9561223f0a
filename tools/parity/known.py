"""Changes that Mistral's SDK makes by itself to data that is sent or read; any other difference is a fault."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .compare import Difference

_DEFAULT = "it sends its own default, which the service assumes for an absent field as well"
_FLOAT = "its field is a float, so an int becomes one; JSON knows one kind of number"
_UNKNOWN_FIELD = "its models drop fields that they do not know; the contract leaves this object open, and we keep them"
_UNKNOWN_PART = "it sends its wrapper for a part of unknown type; we send the part as the agent said it"
_UNKNOWN_EFFORT = "it leaves out a value that is not in its list, although its type allows any text"
_NOT_GIVEN = "it sends the value that stands for an argument which was not given, a fault; we send nothing"
_NULL = "it sends None as the text null; a query has no null, so None means 'not given' here"
_UNQUOTED = "it does not quote identifiers, a fault: this one reaches another path; we quote it"
_CONNECTION = "it asks to keep the connection open, which is the default of HTTP/1.1"
_ENCODING = "it takes deflate as well, and compressed streams; we take gzip, and streams as they are"
_TIME = "it writes a time anew; we send the text as it came"
_APPENDED = (
    "conversations.append",
    "conversations.append_stream",
    "conversations.restart",
    "conversations.restart_stream",
)

SENT = (
    # Headers
    Difference("replaces", "headers.user-agent", "each names itself", value="mistral-client-python/3.7.0"),
    Difference("replaces", "headers.accept-encoding", _ENCODING, value="gzip, deflate"),
    Difference("adds", "headers.connection", _CONNECTION, value="keep-alive"),
    # Completions
    Difference("adds", "body.stream", _DEFAULT, value=False),
    Difference("adds", "body.messages.*.prefix", _DEFAULT, value=False),
    Difference("adds", "body.messages.*.tool_calls.*.id", _DEFAULT, value="null"),
    Difference("adds", "body.messages.*.tool_calls.*.type", _DEFAULT, value="function"),
    Difference("adds", "body.messages.*.tool_calls.*.index", _DEFAULT, value=0),
    Difference("adds", "body.tool_choice.type", _DEFAULT, value="function"),
    Difference("adds", "body.prediction.type", _DEFAULT, value="content"),
    Difference("adds", "body.prediction.content", _DEFAULT, value=""),
    Difference("makes float", "body.presence_penalty", _FLOAT),
    Difference("makes float", "body.frequency_penalty", _FLOAT),
    Difference("makes float", "body.repetition_penalty", _FLOAT),
    Difference("drops", "body.messages.*.refusal", _UNKNOWN_FIELD),
    Difference("drops", "body.messages.*.content.*.annotations", _UNKNOWN_FIELD),
    Difference("drops", "body.messages.*.tool_calls.*.cached", _UNKNOWN_FIELD),
    Difference("replaces", "body.messages.*.content.*.type", _UNKNOWN_PART, value="UNKNOWN"),
    Difference("adds", "body.messages.*.content.*.raw", _UNKNOWN_PART),
    Difference("adds", "body.messages.*.content.*.is_unknown", _UNKNOWN_PART, value=True),
    Difference("drops", "body.messages.*.content.*.video", _UNKNOWN_PART),
    # All families
    Difference("adds", "body.guardrails.*.block_on_error", _DEFAULT, value=False),
    Difference("adds", "body.guardrails.*.*.ignore_other_categories", _DEFAULT, value=False),
    Difference("adds", "body.guardrails.*.moderation_llm_v1.model_name", _DEFAULT, value="mistral-moderation-2411"),
    Difference("adds", "body.guardrails.*.moderation_llm_v2.model_name", _DEFAULT, value="mistral-moderation-2603"),
    Difference("makes float", "body.guardrails.*.*.custom_category_thresholds.*", _FLOAT),
    # Agents and conversations
    Difference("adds", "body.completion_args.prediction.type", _DEFAULT, value="content"),
    Difference("adds", "body.completion_args.prediction.content", _DEFAULT, value=""),
    Difference("makes float", "body.completion_args.presence_penalty", _FLOAT),
    Difference("makes float", "body.completion_args.frequency_penalty", _FLOAT),
    Difference("makes float", "body.completion_args.temperature", _FLOAT),
    Difference("makes float", "body.completion_args.top_p", _FLOAT),
    Difference("drops", "body.completion_args.seeds", _UNKNOWN_FIELD),
    Difference("drops", "body.completion_args.reasoning_effort", _UNKNOWN_EFFORT),
    Difference("drops", "body.tools.*.size", _UNKNOWN_FIELD),
    # Lists
    Difference("adds", "query.page", _DEFAULT, value=["0"]),
    Difference("adds", "query.page_size", _DEFAULT, value=["20"]),
    Difference("adds", "query.page_size", _DEFAULT, value=["100"], methods=("conversations.list",)),
    Difference("adds", "query.metadata", _NOT_GIVEN, value=["~?~unset~?~sentinel~?~"]),
    Difference("adds", "query.metadata", _NULL, value=[None]),
    # Identifiers
    Difference("replaces", "path", _UNQUOTED, value="/v1/agents/1"),
    Difference("replaces", "path", _UNQUOTED, value="/v1/conversations"),
    # Conversations
    Difference("adds", "body.store", _DEFAULT, value=True, methods=_APPENDED),
    Difference("adds", "body.handoff_execution", _DEFAULT, value="server", methods=_APPENDED),
    Difference("adds", "body.inputs.*.object", _DEFAULT, value="entry"),
    Difference("adds", "body.inputs.*.type", _DEFAULT, value="message.input"),
    Difference("adds", "body.inputs.*.role", _DEFAULT, value="assistant"),
    Difference("adds", "body.inputs.*.prefix", _DEFAULT, value=False),
    Difference("replaces", "body.inputs.*.created_at", _TIME, value="2026-10-05T14:47:00.120000Z"),
    Difference("replaces", "body.inputs.*.completed_at", _TIME, value="2026-10-05T14:47:00Z"),
    Difference("drops", "body.inputs.*.mood", _UNKNOWN_FIELD),
)

_WIRE_ONLY = "its models lack this field, which the service sends; we keep it"
_NO_CLASS = "its models have no class for this field, and keep it as a dict"
_EMPTY = "it reads an empty object as one that was not given"
_NO_NAME = "its events of completions have no name; here each has the one that the service gave it, or `message`"
_FRAGMENT = "a piece of a call is a model of its own here: it may lack what a whole call has, such as an id"
_AS_UNKNOWN = (
    "an event without a required field is of unknown type there, with its data in `raw`; here it keeps its type"
)
_NO_MESSAGE = "it cannot read a 422 whose details lack a field"

READ = (
    Difference("adds", "read.usage.prompt_audio_seconds.(class)", _EMPTY, value="Unset"),
    Difference("drops", "read.usage.prompt_tokens_details.(class)", _NO_CLASS),
    Difference("drops", "read.*.data.usage.prompt_tokens_details.(class)", _NO_CLASS),
    Difference("drops", "read.*.event", _NO_NAME, methods=("agents.stream",)),
    Difference("drops", "read.*.data.p", _WIRE_ONLY),
    Difference("replaces", "read.*.data.choices.*.delta.tool_calls.*.(class)", _FRAGMENT, value="ToolCall"),
    Difference(
        "replaces", "read.*.data.choices.*.delta.tool_calls.*.function.(class)", _FRAGMENT, value="FunctionCall"
    ),
    Difference("drops", "read.outputs.*.function", _WIRE_ONLY),
    Difference("drops", "read.*.data.function", _WIRE_ONLY),
    Difference("replaces", "read.*.data.(class)", _AS_UNKNOWN, value="UnknownConversationEventsData"),
    Difference("replaces", "read.*.data.type", _AS_UNKNOWN, value="UNKNOWN"),
    Difference("replaces", "raised.kind", _NO_MESSAGE, value="ResponseValidationError"),
)


class Raised(NamedTuple):
    """An answer that one client reads and for which the other raises an error."""

    who: Literal["we", "they"]
    answer: str
    error: str
    reason: str


_INCOMPLETE = "a required field is missing in what the documentation prints; here only reading that field raises"
_PRINTED = (
    *("docs-agent-handoff-entries", "docs-agents-update", "docs-agents-update-version"),
    *("docs-conversations-code-interpreter", "docs-conversations-confirmation", "docs-conversations-document-library"),
    *("docs-conversations-image-generation", "docs-conversations-web-search"),
)

RAISED = (
    *(Raised("they", name, "ResponseValidationError", _INCOMPLETE) for name in _PRINTED),
    Raised("we", "a stream that breaks off", "StreamTruncatedError", "a stream without its end looks whole there"),
    Raised("we", "an error in a stream", "StreamEventError", "an event that reports an error is one more event there"),
)

__all__ = ["RAISED", "READ", "SENT", "Raised"]
