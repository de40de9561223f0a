# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""List agents, including shared ones.

`GET /v1/agents/pages`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Never

from ... import models
from ...client import Client
from ...operation import ErrorBody, Operation, Paging, Parameter
from ...reading import (
    read_model,
)
from ...sending import Response, send, send_async
from ...values import UNSET

OPERATION: Operation[models.AgentListPage, Never, models.Agent] = Operation(
    name="agents.list_pages",
    method="GET",
    path="/v1/agents/pages",
    answer=read_model("AgentListPage"),
    statuses=(200,),
    idempotent=True,
    query_parameters=(
        Parameter("page_size", "page_size", kinds=("integer",)),
        Parameter("deployment_chat", "deployment_chat", kinds=("boolean",)),
        Parameter("sources", "sources", kinds=("array",)),
        Parameter("name", "name", kinds=("string",)),
        Parameter("search", "search", kinds=("string",)),
        Parameter("id", "id", kinds=("string",)),
        Parameter("metadata", "metadata", kinds=("object",), nullable=True, as_json=True),
        Parameter("page_token", "page_token", kinds=("string",)),
    ),
    paging=Paging("page_token", next="next_page_token", items="data", size="page_size"),
    errors=(
        ErrorBody(422, 422, read_model("HTTPValidationErrorBody")),
        ErrorBody(400, 499, read_model("ErrorResponse")),
        ErrorBody(500, 599, read_model("ErrorResponse")),
    ),
)


def sync_detailed(
    *,
    client: Client,
    page_size: int | None = UNSET,
    deployment_chat: bool | None = UNSET,
    sources: Sequence[models.RequestSource] | None = UNSET,
    name: str | None = UNSET,
    search: str | None = UNSET,
    id: str | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
    page_token: str | None = UNSET,
) -> Response[models.AgentListPage | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Send the request with an httpx client; return status, headers, and the model of the answer or error body."""
    return send(client, OPERATION, locals())


def sync(
    *,
    client: Client,
    page_size: int | None = UNSET,
    deployment_chat: bool | None = UNSET,
    sources: Sequence[models.RequestSource] | None = UNSET,
    name: str | None = UNSET,
    search: str | None = UNSET,
    id: str | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
    page_token: str | None = UNSET,
) -> models.AgentListPage | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Send the request with an httpx client; return the model of the answer or error body."""
    return send(client, OPERATION, locals()).parsed


async def asyncio_detailed(
    *,
    client: Client,
    page_size: int | None = UNSET,
    deployment_chat: bool | None = UNSET,
    sources: Sequence[models.RequestSource] | None = UNSET,
    name: str | None = UNSET,
    search: str | None = UNSET,
    id: str | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
    page_token: str | None = UNSET,
) -> Response[models.AgentListPage | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Do the same as `sync_detailed` with an async httpx client."""
    return await send_async(client, OPERATION, locals())


async def asyncio(
    *,
    client: Client,
    page_size: int | None = UNSET,
    deployment_chat: bool | None = UNSET,
    sources: Sequence[models.RequestSource] | None = UNSET,
    name: str | None = UNSET,
    search: str | None = UNSET,
    id: str | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
    page_token: str | None = UNSET,
) -> models.AgentListPage | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Do the same as `sync` with an async httpx client."""
    return (await send_async(client, OPERATION, locals())).parsed
