# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NotRequired, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import NULL, UNSET, Model, Unset, check_object, create, in_order, read_member, to_json
from .mistral_prompt_mode import MistralPromptMode
from .reasoning_effort import ReasoningEffort
from .requested_service_tier import RequestedServiceTier
from .tool_choice_enum import ToolChoiceEnum


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class AgentsCompletionStreamRequest(Model):
    """A request for an agent's answer as a stream of events."""

    messages: list[AssistantMessage | SystemMessage | ToolMessage | UserMessage]
    """The conversation so far, oldest message first."""

    agent_id: str
    """Identifier of the agent that is to answer."""

    max_tokens: int | None | Unset
    """Most tokens to generate, 0 or more. Prompt and answer together have to fit into the model's context."""

    min_tokens: int | None | Unset
    """Fewest tokens to generate."""

    stream: Literal[True] | Unset
    """Ask for a stream of events. The service sends one JSON document when this is absent."""

    stop: list[str] | None | str | Unset
    """Stop generating at this text, or at any one of several."""

    random_seed: int | None | Unset
    """Seed of the sampling, 0 or more. The same seed gives the same answer."""

    metadata: JsonObject | None | Unset
    """Whatever is to be kept with the request."""

    response_format: ResponseFormat | Unset
    """Form that the answer must have."""

    tools: (
        list[
            CodeInterpreterTool
            | CustomConnector
            | DocumentLibraryTool
            | ImageGenerationTool
            | Tool
            | WebSearchPremiumTool
            | WebSearchTool
        ]
        | None
        | Unset
    )
    """Tools that the agent may use in this answer."""

    tool_choice: ToolChoice | ToolChoiceEnum | Unset
    """Whether a tool is called, or which one. `auto` if absent."""

    presence_penalty: float | None | Unset
    """How strongly to avoid words that occurred at all, from -2 to 2. Higher is more varied. 0 if absent."""

    frequency_penalty: float | None | Unset
    """How strongly to avoid words the more often they occurred, from -2 to 2. Higher repeats less. 0 if absent."""

    repetition_penalty: float | None | Unset
    """How strongly to avoid tokens that occurred before."""

    top_k: int | None | Unset
    """Sample from this many of the likeliest tokens."""

    logprobs: bool | None | Unset
    """Whether to return the log probabilities of the generated tokens."""

    top_logprobs: int | None | Unset
    """How many of the likeliest tokens to return at each generated position."""

    prompt_logprobs: bool | None | Unset
    """Whether to return the log probabilities of the prompt's tokens."""

    top_prompt_logprobs: int | None | Unset
    """How many of the likeliest tokens to return at each position of the prompt."""

    n: int | None | Unset
    """How many answers to return, 1 or more. The prompt is billed once."""

    prediction: Prediction | Unset
    """Text that the answer is expected to repeat for the most part, which makes it arrive sooner."""

    parallel_tool_calls: bool | Unset
    """Whether the agent may call several tools at once. True if absent."""

    reasoning_effort: None | ReasoningEffort | Unset
    """How much a reasoning model thinks before it answers."""

    prompt_mode: MistralPromptMode | None | Unset
    """Whose system prompt a reasoning model gets. One of Mistral's documents calls this deprecated in favour of
    `reasoning_effort`."""

    guardrails: list[GuardrailConfig] | None | Unset
    """Moderation applied to this request."""

    prompt_cache_key: None | str | Unset
    """Key under which requests with the same beginning share a cache. Cached tokens cost less."""

    service_tier: None | RequestedServiceTier | Unset
    """Capacity that may serve the request."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "messages",
            "agent_id",
            "max_tokens",
            "min_tokens",
            "stream",
            "stop",
            "random_seed",
            "metadata",
            "response_format",
            "tools",
            "tool_choice",
            "presence_penalty",
            "frequency_penalty",
            "repetition_penalty",
            "top_k",
            "logprobs",
            "top_logprobs",
            "prompt_logprobs",
            "top_prompt_logprobs",
            "n",
            "prediction",
            "parallel_tool_calls",
            "reasoning_effort",
            "prompt_mode",
            "guardrails",
            "prompt_cache_key",
            "service_tier",
        }
    )

    def __init__(
        self,
        *,
        messages: Sequence[
            SystemMessage
            | SystemMessageDict
            | UserMessage
            | UserMessageDict
            | AssistantMessage
            | AssistantMessageDict
            | ToolMessage
            | ToolMessageDict
        ],
        agent_id: str,
        max_tokens: int | None | Unset = UNSET,
        min_tokens: int | None | Unset = UNSET,
        stream: Literal[True] | Unset | None = UNSET,
        stop: str | Sequence[str] | None | Unset = UNSET,
        random_seed: int | None | Unset = UNSET,
        metadata: JsonObject | None | Unset = UNSET,
        response_format: ResponseFormat | ResponseFormatDict | Unset | None = UNSET,
        tools: Sequence[
            Tool
            | ToolDict
            | WebSearchTool
            | WebSearchToolDict
            | WebSearchPremiumTool
            | WebSearchPremiumToolDict
            | CodeInterpreterTool
            | CodeInterpreterToolDict
            | ImageGenerationTool
            | ImageGenerationToolDict
            | DocumentLibraryTool
            | DocumentLibraryToolDict
            | CustomConnector
            | CustomConnectorDict
        ]
        | None
        | Unset = UNSET,
        tool_choice: ToolChoice | ToolChoiceDict | ToolChoiceEnum | Unset | None = UNSET,
        presence_penalty: float | None | Unset = UNSET,
        frequency_penalty: float | None | Unset = UNSET,
        repetition_penalty: float | None | Unset = UNSET,
        top_k: int | None | Unset = UNSET,
        logprobs: bool | None | Unset = UNSET,
        top_logprobs: int | None | Unset = UNSET,
        prompt_logprobs: bool | None | Unset = UNSET,
        top_prompt_logprobs: int | None | Unset = UNSET,
        n: int | None | Unset = UNSET,
        prediction: Prediction | PredictionDict | Unset | None = UNSET,
        parallel_tool_calls: bool | Unset | None = UNSET,
        reasoning_effort: ReasoningEffort | None | Unset = UNSET,
        prompt_mode: MistralPromptMode | None | Unset = UNSET,
        guardrails: Sequence[GuardrailConfig | GuardrailConfigDict] | None | Unset = UNSET,
        prompt_cache_key: str | None | Unset = UNSET,
        service_tier: RequestedServiceTier | None | Unset = UNSET,
    ) -> None:
        self.messages = cast(Any, messages)
        self.agent_id = agent_id
        self.max_tokens = max_tokens
        self.min_tokens = min_tokens
        self.stream = UNSET if stream is None else stream
        self.stop = cast(Any, stop)
        self.random_seed = random_seed
        self.metadata = metadata
        self.response_format = cast(Any, UNSET if response_format is None else response_format)
        self.tools = cast(Any, tools)
        self.tool_choice = cast(Any, UNSET if tool_choice is None else tool_choice)
        self.presence_penalty = presence_penalty
        self.frequency_penalty = frequency_penalty
        self.repetition_penalty = repetition_penalty
        self.top_k = top_k
        self.logprobs = logprobs
        self.top_logprobs = top_logprobs
        self.prompt_logprobs = prompt_logprobs
        self.top_prompt_logprobs = top_prompt_logprobs
        self.n = n
        self.prediction = cast(Any, UNSET if prediction is None else prediction)
        self.parallel_tool_calls = UNSET if parallel_tool_calls is None else parallel_tool_calls
        self.reasoning_effort = reasoning_effort
        self.prompt_mode = prompt_mode
        self.guardrails = cast(Any, guardrails)
        self.prompt_cache_key = prompt_cache_key
        self.service_tier = service_tier
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "AgentsCompletionStreamRequest")
        self = create(cls)
        key = ""
        value: Any
        try:
            key = "messages"
            value = src_dict[key]
            if not isinstance(value, list):
                raise StructureError("a list", value)
            items, value = value, []
            for item in items:
                value.append(read_member(_MESSAGES_BY_ROLE, "role", None, item))
            self.messages = value
            self.agent_id = src_dict["agent_id"]
            self.max_tokens = src_dict["max_tokens"] if "max_tokens" in src_dict else UNSET
            self.min_tokens = src_dict["min_tokens"] if "min_tokens" in src_dict else UNSET
            self.stream = src_dict["stream"] if "stream" in src_dict else UNSET
            key = "stop"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, dict):
                raise StructureError("a list", value)
            self.stop = value
            self.random_seed = src_dict["random_seed"] if "random_seed" in src_dict else UNSET
            key = "metadata"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL and not isinstance(value, dict):
                raise StructureError("an object", value)
            self.metadata = value
            key = "response_format"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_response_format(value)
            self.response_format = value
            key = "tools"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                if not isinstance(value, list):
                    raise StructureError("a list", value)
                items, value = value, []
                for item in items:
                    value.append(read_member(_TOOLS_BY_TYPE, "type", None, item))
            self.tools = value
            key = "tool_choice"
            value = src_dict[key] if key in src_dict else UNSET
            if isinstance(value, dict):
                value = _read_tool_choice(value)
            elif isinstance(value, list):
                raise StructureError("an object", value)
            self.tool_choice = value
            self.presence_penalty = src_dict["presence_penalty"] if "presence_penalty" in src_dict else UNSET
            self.frequency_penalty = src_dict["frequency_penalty"] if "frequency_penalty" in src_dict else UNSET
            self.repetition_penalty = src_dict["repetition_penalty"] if "repetition_penalty" in src_dict else UNSET
            self.top_k = src_dict["top_k"] if "top_k" in src_dict else UNSET
            self.logprobs = src_dict["logprobs"] if "logprobs" in src_dict else UNSET
            self.top_logprobs = src_dict["top_logprobs"] if "top_logprobs" in src_dict else UNSET
            self.prompt_logprobs = src_dict["prompt_logprobs"] if "prompt_logprobs" in src_dict else UNSET
            self.top_prompt_logprobs = src_dict["top_prompt_logprobs"] if "top_prompt_logprobs" in src_dict else UNSET
            self.n = src_dict["n"] if "n" in src_dict else UNSET
            key = "prediction"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                value = _read_prediction(value)
            self.prediction = value
            self.parallel_tool_calls = src_dict["parallel_tool_calls"] if "parallel_tool_calls" in src_dict else UNSET
            self.reasoning_effort = src_dict["reasoning_effort"] if "reasoning_effort" in src_dict else UNSET
            self.prompt_mode = src_dict["prompt_mode"] if "prompt_mode" in src_dict else UNSET
            key = "guardrails"
            value = src_dict[key] if key in src_dict else UNSET
            if value is not UNSET and value is not NULL:
                if not isinstance(value, list):
                    raise StructureError("a list", value)
                items, value = value, []
                for item in items:
                    value.append(_read_guardrail_config(item))
            self.guardrails = value
            self.prompt_cache_key = src_dict["prompt_cache_key"] if "prompt_cache_key" in src_dict else UNSET
            self.service_tier = src_dict["service_tier"] if "service_tier" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("AgentsCompletionStreamRequest", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["messages"] = to_json(self.messages)
        result["agent_id"] = self.agent_id
        if self.max_tokens is not UNSET:
            result["max_tokens"] = self.max_tokens
        if self.min_tokens is not UNSET:
            result["min_tokens"] = self.min_tokens
        if self.stream is not UNSET:
            result["stream"] = self.stream
        if self.stop is not UNSET:
            result["stop"] = to_json(self.stop)
        if self.random_seed is not UNSET:
            result["random_seed"] = self.random_seed
        if self.metadata is not UNSET:
            result["metadata"] = to_json(self.metadata)
        if self.response_format is not UNSET:
            result["response_format"] = to_json(self.response_format)
        if self.tools is not UNSET:
            result["tools"] = to_json(self.tools)
        if self.tool_choice is not UNSET:
            result["tool_choice"] = to_json(self.tool_choice)
        if self.presence_penalty is not UNSET:
            result["presence_penalty"] = self.presence_penalty
        if self.frequency_penalty is not UNSET:
            result["frequency_penalty"] = self.frequency_penalty
        if self.repetition_penalty is not UNSET:
            result["repetition_penalty"] = self.repetition_penalty
        if self.top_k is not UNSET:
            result["top_k"] = self.top_k
        if self.logprobs is not UNSET:
            result["logprobs"] = self.logprobs
        if self.top_logprobs is not UNSET:
            result["top_logprobs"] = self.top_logprobs
        if self.prompt_logprobs is not UNSET:
            result["prompt_logprobs"] = self.prompt_logprobs
        if self.top_prompt_logprobs is not UNSET:
            result["top_prompt_logprobs"] = self.top_prompt_logprobs
        if self.n is not UNSET:
            result["n"] = self.n
        if self.prediction is not UNSET:
            result["prediction"] = to_json(self.prediction)
        if self.parallel_tool_calls is not UNSET:
            result["parallel_tool_calls"] = self.parallel_tool_calls
        if self.reasoning_effort is not UNSET:
            result["reasoning_effort"] = self.reasoning_effort
        if self.prompt_mode is not UNSET:
            result["prompt_mode"] = self.prompt_mode
        if self.guardrails is not UNSET:
            result["guardrails"] = to_json(self.guardrails)
        if self.prompt_cache_key is not UNSET:
            result["prompt_cache_key"] = self.prompt_cache_key
        if self.service_tier is not UNSET:
            result["service_tier"] = self.service_tier
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class AgentsCompletionStreamRequestDict(TypedDict):
    """`AgentsCompletionStreamRequest` as a plain dict."""

    messages: Required[
        Sequence[
            SystemMessage
            | SystemMessageDict
            | UserMessage
            | UserMessageDict
            | AssistantMessage
            | AssistantMessageDict
            | ToolMessage
            | ToolMessageDict
        ]
    ]
    """The conversation so far, oldest message first."""

    agent_id: Required[str]
    """Identifier of the agent that is to answer."""

    max_tokens: NotRequired[int | None]
    """Most tokens to generate, 0 or more. Prompt and answer together have to fit into the model's context."""

    min_tokens: NotRequired[int | None]
    """Fewest tokens to generate."""

    stream: NotRequired[Literal[True] | None]
    """Ask for a stream of events. The service sends one JSON document when this is absent."""

    stop: NotRequired[str | Sequence[str] | None]
    """Stop generating at this text, or at any one of several."""

    random_seed: NotRequired[int | None]
    """Seed of the sampling, 0 or more. The same seed gives the same answer."""

    metadata: NotRequired[JsonObject | None]
    """Whatever is to be kept with the request."""

    response_format: NotRequired[ResponseFormat | ResponseFormatDict | None]
    """Form that the answer must have."""

    tools: NotRequired[
        Sequence[
            Tool
            | ToolDict
            | WebSearchTool
            | WebSearchToolDict
            | WebSearchPremiumTool
            | WebSearchPremiumToolDict
            | CodeInterpreterTool
            | CodeInterpreterToolDict
            | ImageGenerationTool
            | ImageGenerationToolDict
            | DocumentLibraryTool
            | DocumentLibraryToolDict
            | CustomConnector
            | CustomConnectorDict
        ]
        | None
    ]
    """Tools that the agent may use in this answer."""

    tool_choice: NotRequired[ToolChoice | ToolChoiceDict | ToolChoiceEnum | None]
    """Whether a tool is called, or which one. `auto` if absent."""

    presence_penalty: NotRequired[float | None]
    """How strongly to avoid words that occurred at all, from -2 to 2. Higher is more varied. 0 if absent."""

    frequency_penalty: NotRequired[float | None]
    """How strongly to avoid words the more often they occurred, from -2 to 2. Higher repeats less. 0 if absent."""

    repetition_penalty: NotRequired[float | None]
    """How strongly to avoid tokens that occurred before."""

    top_k: NotRequired[int | None]
    """Sample from this many of the likeliest tokens."""

    logprobs: NotRequired[bool | None]
    """Whether to return the log probabilities of the generated tokens."""

    top_logprobs: NotRequired[int | None]
    """How many of the likeliest tokens to return at each generated position."""

    prompt_logprobs: NotRequired[bool | None]
    """Whether to return the log probabilities of the prompt's tokens."""

    top_prompt_logprobs: NotRequired[int | None]
    """How many of the likeliest tokens to return at each position of the prompt."""

    n: NotRequired[int | None]
    """How many answers to return, 1 or more. The prompt is billed once."""

    prediction: NotRequired[Prediction | PredictionDict | None]
    """Text that the answer is expected to repeat for the most part, which makes it arrive sooner."""

    parallel_tool_calls: NotRequired[bool | None]
    """Whether the agent may call several tools at once. True if absent."""

    reasoning_effort: NotRequired[ReasoningEffort | None]
    """How much a reasoning model thinks before it answers."""

    prompt_mode: NotRequired[MistralPromptMode | None]
    """Whose system prompt a reasoning model gets. One of Mistral's documents calls this deprecated in favour of
    `reasoning_effort`."""

    guardrails: NotRequired[Sequence[GuardrailConfig | GuardrailConfigDict] | None]
    """Moderation applied to this request."""

    prompt_cache_key: NotRequired[str | None]
    """Key under which requests with the same beginning share a cache. Cached tokens cost less."""

    service_tier: NotRequired[RequestedServiceTier | None]
    """Capacity that may serve the request."""


# Below the classes, since two models may refer to each other.
from .assistant_message import AssistantMessage, AssistantMessageDict
from .code_interpreter_tool import CodeInterpreterTool, CodeInterpreterToolDict
from .custom_connector import CustomConnector, CustomConnectorDict
from .document_library_tool import DocumentLibraryTool, DocumentLibraryToolDict
from .guardrail_config import GuardrailConfig, GuardrailConfigDict
from .image_generation_tool import ImageGenerationTool, ImageGenerationToolDict
from .json_object import JsonObject
from .prediction import Prediction, PredictionDict
from .response_format import ResponseFormat, ResponseFormatDict
from .system_message import SystemMessage, SystemMessageDict
from .tool import Tool, ToolDict
from .tool_choice import ToolChoice, ToolChoiceDict
from .tool_message import ToolMessage, ToolMessageDict
from .user_message import UserMessage, UserMessageDict
from .web_search_premium_tool import WebSearchPremiumTool, WebSearchPremiumToolDict
from .web_search_tool import WebSearchTool, WebSearchToolDict

_read_guardrail_config = GuardrailConfig.from_dict
_read_prediction = Prediction.from_dict
_read_response_format = ResponseFormat.from_dict
_read_tool_choice = ToolChoice.from_dict
_MESSAGES_BY_ROLE: dict[str, Any] = {
    "system": SystemMessage,
    "user": UserMessage,
    "assistant": AssistantMessage,
    "tool": ToolMessage,
}


_TOOLS_BY_TYPE: dict[str, Any] = {
    "function": Tool,
    "web_search": WebSearchTool,
    "web_search_premium": WebSearchPremiumTool,
    "code_interpreter": CodeInterpreterTool,
    "image_generation": ImageGenerationTool,
    "document_library": DocumentLibraryTool,
    "connector": CustomConnector,
}
