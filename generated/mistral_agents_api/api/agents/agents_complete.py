# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Get an answer from an agent.

`POST /v1/agents/completions`
"""

from __future__ import annotations

from typing import Never

from ... import models
from ...client import Client
from ...operation import ErrorBody, Form, Operation, Parameter, Stream
from ...reading import (
    read_model,
)
from ...sending import Response, send, send_async

OPERATION: Operation[models.ChatCompletionResponse, models.CompletionChunk, Never] = Operation(
    name="agents.complete",
    method="POST",
    path="/v1/agents/completions",
    answer=read_model("ChatCompletionResponse"),
    statuses=(200,),
    idempotent=True,
    forms=(
        Form(
            "AgentsCompletionRequest",
            (
                Parameter("messages", "messages", kinds=("array",), required=True, nonempty=True),
                Parameter("agent_id", "agent_id", kinds=("string",), required=True, nonempty=True),
                Parameter("max_tokens", "max_tokens", kinds=("integer",), nullable=True),
                Parameter("min_tokens", "min_tokens", kinds=("integer",), nullable=True),
                Parameter("stream", "stream", kinds=("boolean",), const=False),
                Parameter("stop", "stop", kinds=("string", "array"), nullable=True),
                Parameter("random_seed", "random_seed", kinds=("integer",), nullable=True),
                Parameter("metadata", "metadata", kinds=("object",), nullable=True),
                Parameter("response_format", "response_format", kinds=("object",)),
                Parameter("tools", "tools", kinds=("array",), nullable=True),
                Parameter("tool_choice", "tool_choice", kinds=("string", "object")),
                Parameter("presence_penalty", "presence_penalty", kinds=("number",), nullable=True),
                Parameter("frequency_penalty", "frequency_penalty", kinds=("number",), nullable=True),
                Parameter("repetition_penalty", "repetition_penalty", kinds=("number",), nullable=True),
                Parameter("top_k", "top_k", kinds=("integer",), nullable=True),
                Parameter("logprobs", "logprobs", kinds=("boolean",), nullable=True),
                Parameter("top_logprobs", "top_logprobs", kinds=("integer",), nullable=True),
                Parameter("prompt_logprobs", "prompt_logprobs", kinds=("boolean",), nullable=True),
                Parameter("top_prompt_logprobs", "top_prompt_logprobs", kinds=("integer",), nullable=True),
                Parameter("n", "n", kinds=("integer",), nullable=True),
                Parameter("prediction", "prediction", kinds=("object",)),
                Parameter("parallel_tool_calls", "parallel_tool_calls", kinds=("boolean",)),
                Parameter("reasoning_effort", "reasoning_effort", kinds=("string",), nullable=True),
                Parameter("prompt_mode", "prompt_mode", kinds=("string",), nullable=True),
                Parameter("guardrails", "guardrails", kinds=("array",), nullable=True),
                Parameter("prompt_cache_key", "prompt_cache_key", kinds=("string",), nullable=True),
                Parameter("service_tier", "service_tier", kinds=("string",), nullable=True),
            ),
        ),
    ),
    stream=Stream(
        schema="CompletionChunk",
        read=read_model("CompletionChunk"),
        end="[DONE]",
        forms=(
            Form(
                "AgentsCompletionStreamRequest",
                (
                    Parameter("messages", "messages", kinds=("array",), required=True, nonempty=True),
                    Parameter("agent_id", "agent_id", kinds=("string",), required=True, nonempty=True),
                    Parameter("max_tokens", "max_tokens", kinds=("integer",), nullable=True),
                    Parameter("min_tokens", "min_tokens", kinds=("integer",), nullable=True),
                    Parameter("stream", "stream", kinds=("boolean",), const=True),
                    Parameter("stop", "stop", kinds=("string", "array"), nullable=True),
                    Parameter("random_seed", "random_seed", kinds=("integer",), nullable=True),
                    Parameter("metadata", "metadata", kinds=("object",), nullable=True),
                    Parameter("response_format", "response_format", kinds=("object",)),
                    Parameter("tools", "tools", kinds=("array",), nullable=True),
                    Parameter("tool_choice", "tool_choice", kinds=("string", "object")),
                    Parameter("presence_penalty", "presence_penalty", kinds=("number",), nullable=True),
                    Parameter("frequency_penalty", "frequency_penalty", kinds=("number",), nullable=True),
                    Parameter("repetition_penalty", "repetition_penalty", kinds=("number",), nullable=True),
                    Parameter("top_k", "top_k", kinds=("integer",), nullable=True),
                    Parameter("logprobs", "logprobs", kinds=("boolean",), nullable=True),
                    Parameter("top_logprobs", "top_logprobs", kinds=("integer",), nullable=True),
                    Parameter("prompt_logprobs", "prompt_logprobs", kinds=("boolean",), nullable=True),
                    Parameter("top_prompt_logprobs", "top_prompt_logprobs", kinds=("integer",), nullable=True),
                    Parameter("n", "n", kinds=("integer",), nullable=True),
                    Parameter("prediction", "prediction", kinds=("object",)),
                    Parameter("parallel_tool_calls", "parallel_tool_calls", kinds=("boolean",)),
                    Parameter("reasoning_effort", "reasoning_effort", kinds=("string",), nullable=True),
                    Parameter("prompt_mode", "prompt_mode", kinds=("string",), nullable=True),
                    Parameter("guardrails", "guardrails", kinds=("array",), nullable=True),
                    Parameter("prompt_cache_key", "prompt_cache_key", kinds=("string",), nullable=True),
                    Parameter("service_tier", "service_tier", kinds=("string",), nullable=True),
                ),
                {
                    "stream": True,
                },
            ),
            Form(
                "FIMCompletionStreamRequest",
                (
                    Parameter("model", "model", kinds=("string",), required=True, nullable=True),
                    Parameter("prompt", "prompt", kinds=("string",), required=True),
                    Parameter("suffix", "suffix", kinds=("string",), nullable=True),
                    Parameter("temperature", "temperature", kinds=("number",)),
                    Parameter("top_p", "top_p", kinds=("number",)),
                    Parameter("max_tokens", "max_tokens", kinds=("integer",), nullable=True),
                    Parameter("min_tokens", "min_tokens", kinds=("integer",), nullable=True),
                    Parameter("stream", "stream", kinds=("boolean",), const=True),
                    Parameter("stop", "stop", kinds=("string", "array")),
                    Parameter("random_seed", "random_seed", kinds=("integer",), nullable=True),
                ),
                {
                    "stream": True,
                },
            ),
        ),
    ),
    errors=(
        ErrorBody(422, 422, read_model("HTTPValidationErrorBody")),
        ErrorBody(400, 499, read_model("ErrorResponse")),
        ErrorBody(500, 599, read_model("ErrorResponse")),
    ),
)


def sync_detailed(
    *,
    client: Client,
    body: models.AgentsCompletionRequest
    | models.AgentsCompletionRequestDict
    | models.AgentsCompletionStreamRequest
    | models.AgentsCompletionStreamRequestDict
    | models.FIMCompletionStreamRequest
    | models.FIMCompletionStreamRequestDict,
) -> Response[models.ChatCompletionResponse | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Send the request with an httpx client; return status, headers, and the model of the answer or error body."""
    return send(client, OPERATION, locals())


def sync(
    *,
    client: Client,
    body: models.AgentsCompletionRequest
    | models.AgentsCompletionRequestDict
    | models.AgentsCompletionStreamRequest
    | models.AgentsCompletionStreamRequestDict
    | models.FIMCompletionStreamRequest
    | models.FIMCompletionStreamRequestDict,
) -> models.ChatCompletionResponse | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Send the request with an httpx client; return the model of the answer or error body."""
    return send(client, OPERATION, locals()).parsed


async def asyncio_detailed(
    *,
    client: Client,
    body: models.AgentsCompletionRequest
    | models.AgentsCompletionRequestDict
    | models.AgentsCompletionStreamRequest
    | models.AgentsCompletionStreamRequestDict
    | models.FIMCompletionStreamRequest
    | models.FIMCompletionStreamRequestDict,
) -> Response[models.ChatCompletionResponse | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Do the same as `sync_detailed` with an async httpx client."""
    return await send_async(client, OPERATION, locals())


async def asyncio(
    *,
    client: Client,
    body: models.AgentsCompletionRequest
    | models.AgentsCompletionRequestDict
    | models.AgentsCompletionStreamRequest
    | models.AgentsCompletionStreamRequestDict
    | models.FIMCompletionStreamRequest
    | models.FIMCompletionStreamRequestDict,
) -> models.ChatCompletionResponse | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Do the same as `sync` with an async httpx client."""
    return (await send_async(client, OPERATION, locals())).parsed
