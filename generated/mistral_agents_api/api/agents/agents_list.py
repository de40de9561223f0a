# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""List agents by page number.

`GET /v1/agents`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Never

from ... import models
from ...client import Client
from ...operation import ErrorBody, Operation, Paging, Parameter
from ...reading import (
    read_items,
    read_model,
)
from ...sending import Response, send, send_async
from ...values import UNSET

OPERATION: Operation[list[models.Agent], Never, models.Agent] = Operation(
    name="agents.list",
    method="GET",
    path="/v1/agents",
    answer=read_items(read_model("Agent")),
    statuses=(200,),
    idempotent=True,
    query_parameters=(
        Parameter("page", "page", kinds=("integer",)),
        Parameter("page_size", "page_size", kinds=("integer",)),
        Parameter("deployment_chat", "deployment_chat", kinds=("boolean",)),
        Parameter("sources", "sources", kinds=("array",)),
        Parameter("name", "name", kinds=("string",)),
        Parameter("search", "search", kinds=("string",)),
        Parameter("id", "id", kinds=("string",)),
        Parameter("metadata", "metadata", kinds=("object",), nullable=True, as_json=True),
    ),
    paging=Paging("page", size="page_size"),
    errors=(
        ErrorBody(422, 422, read_model("HTTPValidationErrorBody")),
        ErrorBody(400, 499, read_model("ErrorResponse")),
        ErrorBody(500, 599, read_model("ErrorResponse")),
    ),
)


def sync_detailed(
    *,
    client: Client,
    page: int | None = UNSET,
    page_size: int | None = UNSET,
    deployment_chat: bool | None = UNSET,
    sources: Sequence[models.RequestSource] | None = UNSET,
    name: str | None = UNSET,
    search: str | None = UNSET,
    id: str | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
) -> Response[list[models.Agent] | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Send the request with an httpx client; return status, headers, and the model of the answer or error body."""
    return send(client, OPERATION, locals())


def sync(
    *,
    client: Client,
    page: int | None = UNSET,
    page_size: int | None = UNSET,
    deployment_chat: bool | None = UNSET,
    sources: Sequence[models.RequestSource] | None = UNSET,
    name: str | None = UNSET,
    search: str | None = UNSET,
    id: str | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
) -> list[models.Agent] | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Send the request with an httpx client; return the model of the answer or error body."""
    return send(client, OPERATION, locals()).parsed


async def asyncio_detailed(
    *,
    client: Client,
    page: int | None = UNSET,
    page_size: int | None = UNSET,
    deployment_chat: bool | None = UNSET,
    sources: Sequence[models.RequestSource] | None = UNSET,
    name: str | None = UNSET,
    search: str | None = UNSET,
    id: str | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
) -> Response[list[models.Agent] | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Do the same as `sync_detailed` with an async httpx client."""
    return await send_async(client, OPERATION, locals())


async def asyncio(
    *,
    client: Client,
    page: int | None = UNSET,
    page_size: int | None = UNSET,
    deployment_chat: bool | None = UNSET,
    sources: Sequence[models.RequestSource] | None = UNSET,
    name: str | None = UNSET,
    search: str | None = UNSET,
    id: str | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
) -> list[models.Agent] | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Do the same as `sync` with an async httpx client."""
    return (await send_async(client, OPERATION, locals())).parsed
