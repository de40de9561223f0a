# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""List conversations.

`GET /v1/conversations`
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Never

from ... import models
from ...client import Client
from ...operation import ErrorBody, Operation, Paging, Parameter
from ...reading import (
    read_items,
    read_model,
    read_told_apart,
)
from ...sending import Response, send, send_async
from ...values import UNSET

OPERATION: Operation[list[models.Conversation], Never, models.Conversation] = Operation(
    name="conversations.list",
    method="GET",
    path="/v1/conversations",
    answer=read_items(read_told_apart({"agent_id": "AgentConversation", "model": "ModelConversation"})),
    statuses=(200,),
    idempotent=True,
    query_parameters=(
        Parameter("page", "page", kinds=("integer",)),
        Parameter("page_size", "page_size", kinds=("integer",)),
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
    metadata: Mapping[str, Any] | None = UNSET,
) -> Response[list[models.Conversation] | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Send the request with an httpx client; return status, headers, and the model of the answer or error body."""
    return send(client, OPERATION, locals())


def sync(
    *,
    client: Client,
    page: int | None = UNSET,
    page_size: int | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
) -> list[models.Conversation] | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Send the request with an httpx client; return the model of the answer or error body."""
    return send(client, OPERATION, locals()).parsed


async def asyncio_detailed(
    *,
    client: Client,
    page: int | None = UNSET,
    page_size: int | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
) -> Response[list[models.Conversation] | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Do the same as `sync_detailed` with an async httpx client."""
    return await send_async(client, OPERATION, locals())


async def asyncio(
    *,
    client: Client,
    page: int | None = UNSET,
    page_size: int | None = UNSET,
    metadata: Mapping[str, Any] | None = UNSET,
) -> list[models.Conversation] | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Do the same as `sync` with an async httpx client."""
    return (await send_async(client, OPERATION, locals())).parsed
