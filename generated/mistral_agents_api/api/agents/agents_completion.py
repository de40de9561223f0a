# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Let an agent answer: `POST /v1/agents/completions`."""

from __future__ import annotations

from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.agents_completion_request import AgentsCompletionRequest, AgentsCompletionRequestDict
from ...models.agents_completion_stream_request import AgentsCompletionStreamRequest, AgentsCompletionStreamRequestDict
from ...models.chat_completion_response import ChatCompletionResponse
from ...models.error_response import ErrorResponse
from ...models.fim_completion_stream_request import FIMCompletionStreamRequest, FIMCompletionStreamRequestDict
from ...models.http_validation_error_body import HTTPValidationErrorBody
from ...types import Response, encode_json


def _get_kwargs(
    *,
    body: AgentsCompletionRequest
    | AgentsCompletionRequestDict
    | AgentsCompletionStreamRequest
    | AgentsCompletionStreamRequestDict
    | FIMCompletionStreamRequest
    | FIMCompletionStreamRequestDict,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/agents/completions",
    }
    _kwargs["content"] = encode_json(body)
    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: Client, response: httpx.Response
) -> ChatCompletionResponse | ErrorResponse | HTTPValidationErrorBody | None:
    if response.status_code == 200:
        return ChatCompletionResponse.from_dict(response.json())
    if response.status_code == 422:
        try:
            return HTTPValidationErrorBody.from_dict(response.json())
        except (ValueError, RecursionError):  # not JSON, or not of this form: the status says enough
            return None
    if 400 <= response.status_code <= 499:
        try:
            return ErrorResponse.from_dict(response.json())
        except (ValueError, RecursionError):  # not JSON, or not of this form: the status says enough
            return None
    if 500 <= response.status_code <= 599:
        try:
            return ErrorResponse.from_dict(response.json())
        except (ValueError, RecursionError):  # not JSON, or not of this form: the status says enough
            return None
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(
    *, client: Client, response: httpx.Response
) -> Response[ChatCompletionResponse | ErrorResponse | HTTPValidationErrorBody]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: AgentsCompletionRequest
    | AgentsCompletionRequestDict
    | AgentsCompletionStreamRequest
    | AgentsCompletionStreamRequestDict
    | FIMCompletionStreamRequest
    | FIMCompletionStreamRequestDict,
) -> Response[ChatCompletionResponse | ErrorResponse | HTTPValidationErrorBody]:
    """Let an agent answer.

    Sends messages to an agent. The answer is one JSON document, or a stream of events if the request asks for it.

    Args:
        client: where the request goes, and as whom
        body: models and plain dicts, mixed at any depth

    Returns:
        the status, the headers and the answer, or the error body, as its model

    Raises:
        UnexpectedStatus: the status is not in the contract, and client.raise_on_unexpected_status is set
        StructureError: an answer with status 200 does not have the structure of its model
        ValueError: an answer with status 200 is no JSON, or the body cannot be
        httpx.HTTPError: no answer came, or not in time
    """

    kwargs = _get_kwargs(
        body=body,
    )
    kwargs["headers"] = client.request_headers(kwargs.get("headers", {}))
    return _build_response(client=client, response=client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient,
    body: AgentsCompletionRequest
    | AgentsCompletionRequestDict
    | AgentsCompletionStreamRequest
    | AgentsCompletionStreamRequestDict
    | FIMCompletionStreamRequest
    | FIMCompletionStreamRequestDict,
) -> ChatCompletionResponse | ErrorResponse | HTTPValidationErrorBody | None:
    """Let an agent answer.

    Sends messages to an agent. The answer is one JSON document, or a stream of events if the request asks for it.

    Args:
        client: where the request goes, and as whom
        body: models and plain dicts, mixed at any depth

    Returns:
        the answer, or the error body, as its model; None for one that has no model

    Raises:
        UnexpectedStatus: the status is not in the contract, and client.raise_on_unexpected_status is set
        StructureError: an answer with status 200 does not have the structure of its model
        ValueError: an answer with status 200 is no JSON, or the body cannot be
        httpx.HTTPError: no answer came, or not in time
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: AgentsCompletionRequest
    | AgentsCompletionRequestDict
    | AgentsCompletionStreamRequest
    | AgentsCompletionStreamRequestDict
    | FIMCompletionStreamRequest
    | FIMCompletionStreamRequestDict,
) -> Response[ChatCompletionResponse | ErrorResponse | HTTPValidationErrorBody]:
    """Let an agent answer.

    Sends messages to an agent. The answer is one JSON document, or a stream of events if the request asks for it.

    Args:
        client: where the request goes, and as whom
        body: models and plain dicts, mixed at any depth

    Returns:
        the status, the headers and the answer, or the error body, as its model

    Raises:
        UnexpectedStatus: the status is not in the contract, and client.raise_on_unexpected_status is set
        StructureError: an answer with status 200 does not have the structure of its model
        ValueError: an answer with status 200 is no JSON, or the body cannot be
        httpx.HTTPError: no answer came, or not in time
    """

    kwargs = _get_kwargs(
        body=body,
    )
    kwargs["headers"] = client.request_headers(kwargs.get("headers", {}))
    return _build_response(client=client, response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: AgentsCompletionRequest
    | AgentsCompletionRequestDict
    | AgentsCompletionStreamRequest
    | AgentsCompletionStreamRequestDict
    | FIMCompletionStreamRequest
    | FIMCompletionStreamRequestDict,
) -> ChatCompletionResponse | ErrorResponse | HTTPValidationErrorBody | None:
    """Let an agent answer.

    Sends messages to an agent. The answer is one JSON document, or a stream of events if the request asks for it.

    Args:
        client: where the request goes, and as whom
        body: models and plain dicts, mixed at any depth

    Returns:
        the answer, or the error body, as its model; None for one that has no model

    Raises:
        UnexpectedStatus: the status is not in the contract, and client.raise_on_unexpected_status is set
        StructureError: an answer with status 200 does not have the structure of its model
        ValueError: an answer with status 200 is no JSON, or the body cannot be
        httpx.HTTPError: no answer came, or not in time
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
