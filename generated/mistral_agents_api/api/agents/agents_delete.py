# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Delete an agent.

`DELETE /v1/agents/{agent_id}`
"""

from __future__ import annotations

from typing import Never

from ... import models
from ...client import Client
from ...operation import ErrorBody, Operation, Parameter
from ...reading import (
    read_model,
)
from ...sending import Response, send, send_async

OPERATION: Operation[None, Never, Never] = Operation(
    name="agents.delete",
    method="DELETE",
    path="/v1/agents/{agent_id}",
    statuses=(204,),
    idempotent=True,
    path_parameters=(Parameter("agent_id", "agent_id", kinds=("string",), required=True, nonempty=True),),
    errors=(
        ErrorBody(422, 422, read_model("HTTPValidationErrorBody")),
        ErrorBody(400, 499, read_model("ErrorResponse")),
        ErrorBody(500, 599, read_model("ErrorResponse")),
    ),
)


def sync_detailed(
    *,
    client: Client,
    agent_id: str,
) -> Response[models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Send the request with an httpx client; return status, headers, and the model of the answer or error body."""
    return send(client, OPERATION, locals())


def sync(
    *,
    client: Client,
    agent_id: str,
) -> models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Send the request with an httpx client; return the model of the answer or error body."""
    return send(client, OPERATION, locals()).parsed


async def asyncio_detailed(
    *,
    client: Client,
    agent_id: str,
) -> Response[models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Do the same as `sync_detailed` with an async httpx client."""
    return await send_async(client, OPERATION, locals())


async def asyncio(
    *,
    client: Client,
    agent_id: str,
) -> models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Do the same as `sync` with an async httpx client."""
    return (await send_async(client, OPERATION, locals())).parsed
