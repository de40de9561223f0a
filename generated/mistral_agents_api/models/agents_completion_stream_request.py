# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A request for an agent's answer as a stream of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_entries,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class AgentsCompletionStreamRequest(Model):
    """A request for an agent's answer as a stream of events."""

    messages: list[models.AgentsCompletionRequestMessage]
    """The messages so far, oldest first. At least one."""
    agent_id: str
    """Identifier of the agent."""
    max_tokens: int | None
    """Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit into the model's context."""
    min_tokens: int | None
    """Minimum number of tokens to generate."""
    stream: Literal[True] | None
    """Asks for a stream of events. The streaming methods always send it. Without it, the service returns one JSON
    document.
    """
    stop: str | list[str] | None
    """Text at which to stop, or several such texts."""
    random_seed: int | None
    """Seed of the sampling, 0 or more. The same request with the same seed gives the same answer."""
    metadata: dict[str, Any] | None
    """Your own data, which the service stores with the request."""
    response_format: models.ResponseFormat | None
    """Form of the answer. If absent, the answer is free text."""
    tools: list[models.AgentsCompletionRequestTool] | None
    """Tools that the agent may use in this answer."""
    tool_choice: models.ToolChoiceEnum | models.ToolChoice | None
    """Whether the agent may or must call a tool, or which function it must call. If absent, the service assumes
    `auto`.
    """
    presence_penalty: float | None
    """Penalty for words that have occurred before, from -2 to 2. It does not depend on how often they occurred. A
    higher value gives more varied answers. If absent, the service assumes 0.
    """
    frequency_penalty: float | None
    """Penalty for words that have occurred before, from -2 to 2. It grows with how often they occurred. A higher
    value gives fewer repetitions. If absent, the service assumes 0.
    """
    repetition_penalty: float | None
    """Penalty for tokens that have occurred before."""
    top_k: int | None
    """Sample only from this number of the most likely tokens."""
    logprobs: bool | None
    """Whether to return the log probabilities of the generated tokens."""
    top_logprobs: int | None
    """Number of the most likely tokens to return for each generated token."""
    prompt_logprobs: bool | None
    """Whether to return the log probabilities of the prompt's tokens."""
    top_prompt_logprobs: int | None
    """Number of the most likely tokens to return for each token of the prompt."""
    n: int | None
    """Number of answers to return, 1 or more. The prompt is billed once."""
    prediction: models.Prediction | None
    """Text that most of the answer will probably repeat."""
    parallel_tool_calls: bool | None
    """Whether the agent may call several tools at once. If absent, the service assumes true."""
    reasoning_effort: models.ReasoningEffort | None
    """How much a reasoning model thinks before it answers."""
    prompt_mode: Literal["reasoning"] | None
    """Which of Mistral's system prompts a reasoning model gets. One of Mistral's documents has deprecated this field
    and recommends `reasoning_effort` instead.
    """
    guardrails: list[models.GuardrailConfig] | None
    """Moderation of this request."""
    prompt_cache_key: str | None
    """Key of a prompt cache. Requests with the same key can share the tokens of a common beginning. Cached tokens
    cost less.
    """
    service_tier: models.RequestedServiceTier | None
    """Service capacity that the request may use."""

    def __init__(
        self,
        *,
        messages: Sequence[models.AgentsCompletionRequestMessage | models.AgentsCompletionRequestMessageDict],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[models.AgentsCompletionRequestTool | models.AgentsCompletionRequestToolDict] | None = UNSET,
        tool_choice: models.ToolChoiceEnum | models.ToolChoice | models.ToolChoiceDict | None = UNSET,
        presence_penalty: float | None = UNSET,
        frequency_penalty: float | None = UNSET,
        repetition_penalty: float | None = UNSET,
        top_k: int | None = UNSET,
        logprobs: bool | None = UNSET,
        top_logprobs: int | None = UNSET,
        prompt_logprobs: bool | None = UNSET,
        top_prompt_logprobs: int | None = UNSET,
        n: int | None = UNSET,
        prediction: models.Prediction | models.PredictionDict | None = UNSET,
        parallel_tool_calls: bool | None = UNSET,
        reasoning_effort: models.ReasoningEffort | None = UNSET,
        prompt_mode: Literal["reasoning"] | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        prompt_cache_key: str | None = UNSET,
        service_tier: models.RequestedServiceTier | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field(
            "messages",
            "messages",
            read=read_items(
                read_tagged(
                    "role",
                    {
                        "system": "SystemMessage",
                        "user": "UserMessage",
                        "assistant": "AssistantMessage",
                        "tool": "ToolMessage",
                    },
                )
            ),
            required=True,
        ),
        Field("agent_id", "agent_id", read=read_string, required=True),
        Field("max_tokens", "max_tokens", nullable=True),
        Field("min_tokens", "min_tokens", nullable=True),
        Field("stream", "stream"),
        Field("stop", "stop", read=read_either(array=read_items(), text=read_string, null=True), nullable=True),
        Field("random_seed", "random_seed", nullable=True),
        Field("metadata", "metadata", read=read_entries(), nullable=True),
        Field("response_format", "response_format", read=read_model("ResponseFormat")),
        Field(
            "tools",
            "tools",
            read=read_items(
                read_tagged(
                    "type",
                    {
                        "function": "FunctionTool",
                        "web_search": "WebSearchTool",
                        "web_search_premium": "WebSearchPremiumTool",
                        "code_interpreter": "CodeInterpreterTool",
                        "image_generation": "ImageGenerationTool",
                        "document_library": "DocumentLibraryTool",
                        "connector": "CustomConnector",
                    },
                )
            ),
            nullable=True,
        ),
        Field("tool_choice", "tool_choice", read=read_either(object=read_model("ToolChoice"), text=read_string)),
        Field("presence_penalty", "presence_penalty", nullable=True),
        Field("frequency_penalty", "frequency_penalty", nullable=True),
        Field("repetition_penalty", "repetition_penalty", nullable=True),
        Field("top_k", "top_k", nullable=True),
        Field("logprobs", "logprobs", nullable=True),
        Field("top_logprobs", "top_logprobs", nullable=True),
        Field("prompt_logprobs", "prompt_logprobs", nullable=True),
        Field("top_prompt_logprobs", "top_prompt_logprobs", nullable=True),
        Field("n", "n", nullable=True),
        Field("prediction", "prediction", read=read_model("Prediction")),
        Field("parallel_tool_calls", "parallel_tool_calls"),
        Field("reasoning_effort", "reasoning_effort", nullable=True),
        Field("prompt_mode", "prompt_mode", nullable=True),
        Field("guardrails", "guardrails", read=read_items(read_model("GuardrailConfig")), nullable=True),
        Field("prompt_cache_key", "prompt_cache_key", nullable=True),
        Field("service_tier", "service_tier", nullable=True),
    )


class AgentsCompletionStreamRequestDict(TypedDict):
    """AgentsCompletionStreamRequest as a plain dict. Its keys are the names in JSON."""

    messages: Sequence[models.AgentsCompletionRequestMessage | models.AgentsCompletionRequestMessageDict]
    """The messages so far, oldest first. At least one."""
    agent_id: str
    """Identifier of the agent."""
    max_tokens: NotRequired[int | None]
    """Maximum number of tokens to generate, 0 or more. Prompt and answer together must fit into the model's context."""
    min_tokens: NotRequired[int | None]
    """Minimum number of tokens to generate."""
    stream: NotRequired[Literal[True]]
    """Asks for a stream of events. The streaming methods always send it. Without it, the service returns one JSON
    document.
    """
    stop: NotRequired[str | Sequence[str] | None]
    """Text at which to stop, or several such texts."""
    random_seed: NotRequired[int | None]
    """Seed of the sampling, 0 or more. The same request with the same seed gives the same answer."""
    metadata: NotRequired[Mapping[str, Any] | None]
    """Your own data, which the service stores with the request."""
    response_format: NotRequired[models.ResponseFormat | models.ResponseFormatDict]
    """Form of the answer. If absent, the answer is free text."""
    tools: NotRequired[Sequence[models.AgentsCompletionRequestTool | models.AgentsCompletionRequestToolDict] | None]
    """Tools that the agent may use in this answer."""
    tool_choice: NotRequired[models.ToolChoiceEnum | models.ToolChoice | models.ToolChoiceDict]
    """Whether the agent may or must call a tool, or which function it must call. If absent, the service assumes
    `auto`.
    """
    presence_penalty: NotRequired[float | None]
    """Penalty for words that have occurred before, from -2 to 2. It does not depend on how often they occurred. A
    higher value gives more varied answers. If absent, the service assumes 0.
    """
    frequency_penalty: NotRequired[float | None]
    """Penalty for words that have occurred before, from -2 to 2. It grows with how often they occurred. A higher
    value gives fewer repetitions. If absent, the service assumes 0.
    """
    repetition_penalty: NotRequired[float | None]
    """Penalty for tokens that have occurred before."""
    top_k: NotRequired[int | None]
    """Sample only from this number of the most likely tokens."""
    logprobs: NotRequired[bool | None]
    """Whether to return the log probabilities of the generated tokens."""
    top_logprobs: NotRequired[int | None]
    """Number of the most likely tokens to return for each generated token."""
    prompt_logprobs: NotRequired[bool | None]
    """Whether to return the log probabilities of the prompt's tokens."""
    top_prompt_logprobs: NotRequired[int | None]
    """Number of the most likely tokens to return for each token of the prompt."""
    n: NotRequired[int | None]
    """Number of answers to return, 1 or more. The prompt is billed once."""
    prediction: NotRequired[models.Prediction | models.PredictionDict]
    """Text that most of the answer will probably repeat."""
    parallel_tool_calls: NotRequired[bool]
    """Whether the agent may call several tools at once. If absent, the service assumes true."""
    reasoning_effort: NotRequired[models.ReasoningEffort | None]
    """How much a reasoning model thinks before it answers."""
    prompt_mode: NotRequired[Literal["reasoning"] | None]
    """Which of Mistral's system prompts a reasoning model gets. One of Mistral's documents has deprecated this field
    and recommends `reasoning_effort` instead.
    """
    guardrails: NotRequired[Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None]
    """Moderation of this request."""
    prompt_cache_key: NotRequired[str | None]
    """Key of a prompt cache. Requests with the same key can share the tokens of a common beginning. Cached tokens
    cost less.
    """
    service_tier: NotRequired[models.RequestedServiceTier | None]
    """Service capacity that the request may use."""
