# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Completions by agents that exist already, created in Mistral's console or through its API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, overload

from .. import models
from ..values import UNSET
from ._overlay import AsyncEventStream, EventStream, RetryConfig
from ._resource import Resource


class Agents(Resource):
    """Completions by agents that exist already, created in Mistral's console or through its API."""

    def complete(
        self,
        *,
        messages: Sequence[
            models.SystemMessage
            | models.SystemMessageDict
            | models.UserMessage
            | models.UserMessageDict
            | models.AssistantMessage
            | models.AssistantMessageDict
            | models.ToolMessage
            | models.ToolMessageDict
        ],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[False] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[
            models.Tool
            | models.ToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
        ]
        | None = UNSET,
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
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ChatCompletionResponse:
        """Let an agent answer.

        Sends messages to an agent. The answer is one JSON document, or a stream of events if the request asks
        for it.

        Args:
            messages: The conversation so far, oldest message first.
            agent_id: Identifier of the agent that is to answer.
            max_tokens: Most tokens to generate, 0 or more. Prompt and answer together have to fit into the
                model's context.
            min_tokens: Fewest tokens to generate.
            stream: Ask for one JSON document, as the service does when this is absent.
            stop: Stop generating at this text, or at any one of several.
            random_seed: Seed of the sampling, 0 or more. The same seed gives the same answer.
            metadata: Whatever is to be kept with the request.
            response_format: Form of the answer. Free text if absent.
            tools: Tools that the agent may use in this answer.
            tool_choice: Whether a tool is called, or which one. `auto` if absent.
            presence_penalty: How strongly to avoid words that occurred at all, from -2 to 2. Higher is more
                varied. 0 if absent.
            frequency_penalty: How strongly to avoid words the more often they occurred, from -2 to 2. Higher
                repeats less. 0 if absent.
            repetition_penalty: How strongly to avoid tokens that occurred before.
            top_k: Sample from this many of the likeliest tokens.
            logprobs: Whether to return the log probabilities of the generated tokens.
            top_logprobs: How many of the likeliest tokens to return at each generated position.
            prompt_logprobs: Whether to return the log probabilities of the prompt's tokens.
            top_prompt_logprobs: How many of the likeliest tokens to return at each position of the prompt.
            n: How many answers to return, 1 or more. The prompt is billed once.
            prediction: Text that the answer is expected to repeat for the most part. None if absent.
            parallel_tool_calls: Whether the agent may call several tools at once. True if absent.
            reasoning_effort: How much a reasoning model thinks before it answers.
            prompt_mode: Whose system prompt a reasoning model gets. One of Mistral's documents calls this
                deprecated in favour of `reasoning_effort`.
            guardrails: Moderation applied to this request.
            prompt_cache_key: Key under which requests with the same beginning share a cache. Cached tokens cost
                less.
            service_tier: Capacity that may serve the request.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `POST /v1/agents/completions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_complete import OPERATION

        return self._calls.call(OPERATION, locals())

    async def complete_async(
        self,
        *,
        messages: Sequence[
            models.SystemMessage
            | models.SystemMessageDict
            | models.UserMessage
            | models.UserMessageDict
            | models.AssistantMessage
            | models.AssistantMessageDict
            | models.ToolMessage
            | models.ToolMessageDict
        ],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[False] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[
            models.Tool
            | models.ToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
        ]
        | None = UNSET,
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
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> models.ChatCompletionResponse:
        """Let an agent answer.

        Sends messages to an agent. The answer is one JSON document, or a stream of events if the request asks
        for it.

        Args:
            messages: The conversation so far, oldest message first.
            agent_id: Identifier of the agent that is to answer.
            max_tokens: Most tokens to generate, 0 or more. Prompt and answer together have to fit into the
                model's context.
            min_tokens: Fewest tokens to generate.
            stream: Ask for one JSON document, as the service does when this is absent.
            stop: Stop generating at this text, or at any one of several.
            random_seed: Seed of the sampling, 0 or more. The same seed gives the same answer.
            metadata: Whatever is to be kept with the request.
            response_format: Form of the answer. Free text if absent.
            tools: Tools that the agent may use in this answer.
            tool_choice: Whether a tool is called, or which one. `auto` if absent.
            presence_penalty: How strongly to avoid words that occurred at all, from -2 to 2. Higher is more
                varied. 0 if absent.
            frequency_penalty: How strongly to avoid words the more often they occurred, from -2 to 2. Higher
                repeats less. 0 if absent.
            repetition_penalty: How strongly to avoid tokens that occurred before.
            top_k: Sample from this many of the likeliest tokens.
            logprobs: Whether to return the log probabilities of the generated tokens.
            top_logprobs: How many of the likeliest tokens to return at each generated position.
            prompt_logprobs: Whether to return the log probabilities of the prompt's tokens.
            top_prompt_logprobs: How many of the likeliest tokens to return at each position of the prompt.
            n: How many answers to return, 1 or more. The prompt is billed once.
            prediction: Text that the answer is expected to repeat for the most part. None if absent.
            parallel_tool_calls: Whether the agent may call several tools at once. True if absent.
            reasoning_effort: How much a reasoning model thinks before it answers.
            prompt_mode: Whose system prompt a reasoning model gets. One of Mistral's documents calls this
                deprecated in favour of `reasoning_effort`.
            guardrails: Moderation applied to this request.
            prompt_cache_key: Key under which requests with the same beginning share a cache. Cached tokens cost
                less.
            service_tier: Capacity that may serve the request.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments

        Sends `POST /v1/agents/completions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_complete import OPERATION

        return await self._calls.call_async(OPERATION, locals())

    @overload
    def stream(
        self,
        *,
        messages: Sequence[
            models.SystemMessage
            | models.SystemMessageDict
            | models.UserMessage
            | models.UserMessageDict
            | models.AssistantMessage
            | models.AssistantMessageDict
            | models.ToolMessage
            | models.ToolMessageDict
        ],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[
            models.Tool
            | models.ToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
        ]
        | None = UNSET,
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
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.CompletionChunk, models.ChatCompletionResponse]: ...

    @overload
    def stream(
        self,
        *,
        model: str | None,
        prompt: str,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.CompletionChunk, models.ChatCompletionResponse]: ...

    def stream(
        self,
        *,
        messages: Sequence[
            models.SystemMessage
            | models.SystemMessageDict
            | models.UserMessage
            | models.UserMessageDict
            | models.AssistantMessage
            | models.AssistantMessageDict
            | models.ToolMessage
            | models.ToolMessageDict
        ]
        | None = UNSET,
        agent_id: str | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[
            models.Tool
            | models.ToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
        ]
        | None = UNSET,
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
        model: str | None = UNSET,
        prompt: str | None = UNSET,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> EventStream[models.CompletionChunk, models.ChatCompletionResponse]:
        """Let an agent answer, as a stream of events.

        Sends messages to an agent. The answer is one JSON document, or a stream of events if the request asks
        for it.

        Args:
            messages: The conversation so far, oldest message first.
            agent_id: Identifier of the agent that is to answer.
            max_tokens: Most tokens to generate, 0 or more. Prompt and answer together have to fit into the
                model's context.
            min_tokens: Fewest tokens to generate.
            stream: Ask for a stream of events. The service sends one JSON document when this is absent.
            stop: Stop generating at this text, or at any one of several.
            random_seed: Seed of the sampling, 0 or more. The same seed gives the same answer.
            metadata: Whatever is to be kept with the request.
            response_format: Form of the answer. Free text if absent.
            tools: Tools that the agent may use in this answer.
            tool_choice: Whether a tool is called, or which one. `auto` if absent.
            presence_penalty: How strongly to avoid words that occurred at all, from -2 to 2. Higher is more
                varied. 0 if absent.
            frequency_penalty: How strongly to avoid words the more often they occurred, from -2 to 2. Higher
                repeats less. 0 if absent.
            repetition_penalty: How strongly to avoid tokens that occurred before.
            top_k: Sample from this many of the likeliest tokens.
            logprobs: Whether to return the log probabilities of the generated tokens.
            top_logprobs: How many of the likeliest tokens to return at each generated position.
            prompt_logprobs: Whether to return the log probabilities of the prompt's tokens.
            top_prompt_logprobs: How many of the likeliest tokens to return at each position of the prompt.
            n: How many answers to return, 1 or more. The prompt is billed once.
            prediction: Text that the answer is expected to repeat for the most part. None if absent.
            parallel_tool_calls: Whether the agent may call several tools at once. True if absent.
            reasoning_effort: How much a reasoning model thinks before it answers.
            prompt_mode: Whose system prompt a reasoning model gets. One of Mistral's documents calls this
                deprecated in favour of `reasoning_effort`.
            guardrails: Moderation applied to this request.
            prompt_cache_key: Key under which requests with the same beginning share a cache. Cached tokens cost
                less.
            service_tier: Capacity that may serve the request.
            model: Name of the model, `codestral-2405` or `codestral-latest`.
            prompt: Text or code to continue.
            suffix: Text or code that follows the gap. The prompt is merely continued if absent.
            temperature: Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both.
            top_p: Sample from the likeliest tokens that together have this probability, from 0 to 1. Set this
                or `temperature`, not both.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/agents/completions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_complete import OPERATION

        return self._calls.stream(OPERATION, locals())

    @overload
    async def stream_async(
        self,
        *,
        messages: Sequence[
            models.SystemMessage
            | models.SystemMessageDict
            | models.UserMessage
            | models.UserMessageDict
            | models.AssistantMessage
            | models.AssistantMessageDict
            | models.ToolMessage
            | models.ToolMessageDict
        ],
        agent_id: str,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[
            models.Tool
            | models.ToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
        ]
        | None = UNSET,
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
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.CompletionChunk, models.ChatCompletionResponse]: ...

    @overload
    async def stream_async(
        self,
        *,
        model: str | None,
        prompt: str,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.CompletionChunk, models.ChatCompletionResponse]: ...

    async def stream_async(
        self,
        *,
        messages: Sequence[
            models.SystemMessage
            | models.SystemMessageDict
            | models.UserMessage
            | models.UserMessageDict
            | models.AssistantMessage
            | models.AssistantMessageDict
            | models.ToolMessage
            | models.ToolMessageDict
        ]
        | None = UNSET,
        agent_id: str | None = UNSET,
        max_tokens: int | None = UNSET,
        min_tokens: int | None = UNSET,
        stream: Literal[True] | None = UNSET,
        stop: str | Sequence[str] | None = UNSET,
        random_seed: int | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        response_format: models.ResponseFormat | models.ResponseFormatDict | None = UNSET,
        tools: Sequence[
            models.Tool
            | models.ToolDict
            | models.WebSearchTool
            | models.WebSearchToolDict
            | models.WebSearchPremiumTool
            | models.WebSearchPremiumToolDict
            | models.CodeInterpreterTool
            | models.CodeInterpreterToolDict
            | models.ImageGenerationTool
            | models.ImageGenerationToolDict
            | models.DocumentLibraryTool
            | models.DocumentLibraryToolDict
            | models.CustomConnector
            | models.CustomConnectorDict
        ]
        | None = UNSET,
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
        model: str | None = UNSET,
        prompt: str | None = UNSET,
        suffix: str | None = UNSET,
        temperature: float | None = UNSET,
        top_p: float | None = UNSET,
        retries: RetryConfig | int | None = UNSET,
        timeout_ms: float | None = None,
        deadline_ms: float | None = None,
        first_event_timeout_ms: float | None = None,
        idle_timeout_ms: float | None = None,
        server_url: str | None = None,
        http_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncEventStream[models.CompletionChunk, models.ChatCompletionResponse]:
        """Let an agent answer, as a stream of events.

        Sends messages to an agent. The answer is one JSON document, or a stream of events if the request asks
        for it.

        Args:
            messages: The conversation so far, oldest message first.
            agent_id: Identifier of the agent that is to answer.
            max_tokens: Most tokens to generate, 0 or more. Prompt and answer together have to fit into the
                model's context.
            min_tokens: Fewest tokens to generate.
            stream: Ask for a stream of events. The service sends one JSON document when this is absent.
            stop: Stop generating at this text, or at any one of several.
            random_seed: Seed of the sampling, 0 or more. The same seed gives the same answer.
            metadata: Whatever is to be kept with the request.
            response_format: Form of the answer. Free text if absent.
            tools: Tools that the agent may use in this answer.
            tool_choice: Whether a tool is called, or which one. `auto` if absent.
            presence_penalty: How strongly to avoid words that occurred at all, from -2 to 2. Higher is more
                varied. 0 if absent.
            frequency_penalty: How strongly to avoid words the more often they occurred, from -2 to 2. Higher
                repeats less. 0 if absent.
            repetition_penalty: How strongly to avoid tokens that occurred before.
            top_k: Sample from this many of the likeliest tokens.
            logprobs: Whether to return the log probabilities of the generated tokens.
            top_logprobs: How many of the likeliest tokens to return at each generated position.
            prompt_logprobs: Whether to return the log probabilities of the prompt's tokens.
            top_prompt_logprobs: How many of the likeliest tokens to return at each position of the prompt.
            n: How many answers to return, 1 or more. The prompt is billed once.
            prediction: Text that the answer is expected to repeat for the most part. None if absent.
            parallel_tool_calls: Whether the agent may call several tools at once. True if absent.
            reasoning_effort: How much a reasoning model thinks before it answers.
            prompt_mode: Whose system prompt a reasoning model gets. One of Mistral's documents calls this
                deprecated in favour of `reasoning_effort`.
            guardrails: Moderation applied to this request.
            prompt_cache_key: Key under which requests with the same beginning share a cache. Cached tokens cost
                less.
            service_tier: Capacity that may serve the request.
            model: Name of the model, `codestral-2405` or `codestral-latest`.
            prompt: Text or code to continue.
            suffix: Text or code that follows the gap. The prompt is merely continued if absent.
            temperature: Randomness of the sampling, from 0 to 1. Set this or `top_p`, not both.
            top_p: Sample from the likeliest tokens that together have this probability, from 0 to 1. Set this
                or `temperature`, not both.
            retries: when the call is sent again: a RetryConfig, or a number of retries; None means never
            timeout_ms: limit of each wait for the network, in milliseconds
            deadline_ms: limit of the whole call with its retries, in milliseconds
            server_url: address of the service for this call
            http_headers: headers of this call; they win over the client's
            extra_body: fields of the body that the contract does not have; they win over the arguments
            extra_query: query parameters that the contract does not have; they win over the arguments
            first_event_timeout_ms: limit of the wait for the first event, in milliseconds
            idle_timeout_ms: limit of the wait for each further event, in milliseconds

        Sends `POST /v1/agents/completions`. Raises the errors of `mistral_agents.errors`.
        """
        from ..api.agents.agents_complete import OPERATION

        return await self._calls.stream_async(OPERATION, locals())
