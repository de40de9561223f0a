# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Create an agent.

`POST /v1/agents`
"""

from __future__ import annotations

from typing import Never

from ... import models
from ...client import Client
from ...operation import ErrorBody, Form, Operation, Parameter
from ...reading import (
    read_model,
)
from ...sending import Response, send, send_async

OPERATION: Operation[models.Agent, Never, Never] = Operation(
    name="agents.create",
    method="POST",
    path="/v1/agents",
    answer=read_model("Agent"),
    statuses=(200,),
    forms=(
        Form(
            "CreateAgentRequest",
            (
                Parameter("model", "model", kinds=("string",), required=True),
                Parameter("name", "name", kinds=("string",), required=True),
                Parameter("description", "description", kinds=("string",), nullable=True),
                Parameter("instructions", "instructions", kinds=("string",), nullable=True),
                Parameter("tools", "tools", kinds=("array",)),
                Parameter("completion_args", "completion_args", kinds=("object",)),
                Parameter("guardrails", "guardrails", kinds=("array",), nullable=True),
                Parameter("handoffs", "handoffs", kinds=("array",), nullable=True),
                Parameter("metadata", "metadata", kinds=("object",), nullable=True),
                Parameter("version_message", "version_message", kinds=("string",), nullable=True),
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
    body: models.CreateAgentRequest | models.CreateAgentRequestDict,
) -> Response[models.Agent | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Send the request with an httpx client; return status, headers, and the model of the answer or error body."""
    return send(client, OPERATION, locals())


def sync(
    *,
    client: Client,
    body: models.CreateAgentRequest | models.CreateAgentRequestDict,
) -> models.Agent | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Send the request with an httpx client; return the model of the answer or error body."""
    return send(client, OPERATION, locals()).parsed


async def asyncio_detailed(
    *,
    client: Client,
    body: models.CreateAgentRequest | models.CreateAgentRequestDict,
) -> Response[models.Agent | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Do the same as `sync_detailed` with an async httpx client."""
    return await send_async(client, OPERATION, locals())


async def asyncio(
    *,
    client: Client,
    body: models.CreateAgentRequest | models.CreateAgentRequestDict,
) -> models.Agent | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Do the same as `sync` with an async httpx client."""
    return (await send_async(client, OPERATION, locals())).parsed
