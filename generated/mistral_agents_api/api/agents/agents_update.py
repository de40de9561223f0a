# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Change an agent.

`PATCH /v1/agents/{agent_id}`
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
    name="agents.update",
    method="PATCH",
    path="/v1/agents/{agent_id}",
    answer=read_model("Agent"),
    statuses=(200,),
    path_parameters=(Parameter("agent_id", "agent_id", kinds=("string",), required=True, nonempty=True),),
    forms=(
        Form(
            "UpdateAgentRequest",
            (
                Parameter("model", "model", kinds=("string",), nullable=True),
                Parameter("name", "name", kinds=("string",), nullable=True),
                Parameter("description", "description", kinds=("string",), nullable=True),
                Parameter("instructions", "instructions", kinds=("string",), nullable=True),
                Parameter("tools", "tools", kinds=("array",)),
                Parameter("completion_args", "completion_args", kinds=("object",)),
                Parameter("guardrails", "guardrails", kinds=("array",), nullable=True),
                Parameter("handoffs", "handoffs", kinds=("array",), nullable=True),
                Parameter("metadata", "metadata", kinds=("object",), nullable=True),
                Parameter("version_message", "version_message", kinds=("string",), nullable=True),
                Parameter("deployment_chat", "deployment_chat", kinds=("boolean",), nullable=True),
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
    body: models.UpdateAgentRequest | models.UpdateAgentRequestDict,
    agent_id: str,
) -> Response[models.Agent | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Send the request with an httpx client; return status, headers, and the model of the answer or error body."""
    return send(client, OPERATION, locals())


def sync(
    *,
    client: Client,
    body: models.UpdateAgentRequest | models.UpdateAgentRequestDict,
    agent_id: str,
) -> models.Agent | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Send the request with an httpx client; return the model of the answer or error body."""
    return send(client, OPERATION, locals()).parsed


async def asyncio_detailed(
    *,
    client: Client,
    body: models.UpdateAgentRequest | models.UpdateAgentRequestDict,
    agent_id: str,
) -> Response[models.Agent | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Do the same as `sync_detailed` with an async httpx client."""
    return await send_async(client, OPERATION, locals())


async def asyncio(
    *,
    client: Client,
    body: models.UpdateAgentRequest | models.UpdateAgentRequestDict,
    agent_id: str,
) -> models.Agent | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Do the same as `sync` with an async httpx client."""
    return (await send_async(client, OPERATION, locals())).parsed
