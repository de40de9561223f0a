# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Append to a conversation and get the answer of the agent or model.

`POST /v1/conversations/{conversation_id}`
"""

from __future__ import annotations

from typing import Never

from ... import models
from ...client import Client
from ...operation import ErrorBody, Form, Operation, Parameter, Stream
from ...reading import (
    read_model,
    read_tagged,
)
from ...sending import Response, send, send_async

OPERATION: Operation[models.ConversationResponse, models.ConversationEventsData, Never] = Operation(
    name="conversations.append",
    method="POST",
    path="/v1/conversations/{conversation_id}",
    answer=read_model("ConversationResponse"),
    statuses=(200,),
    path_parameters=(Parameter("conversation_id", "conversation_id", kinds=("string",), required=True, nonempty=True),),
    forms=(
        Form(
            "ConversationAppendRequest",
            (
                Parameter("inputs", "inputs", kinds=("string", "array")),
                Parameter("stream", "stream", kinds=("boolean",), const=False),
                Parameter("store", "store", kinds=("boolean",)),
                Parameter("handoff_execution", "handoff_execution", kinds=("string",)),
                Parameter("completion_args", "completion_args", kinds=("object",)),
                Parameter("tool_confirmations", "tool_confirmations", kinds=("array",), nullable=True),
            ),
        ),
    ),
    stream=Stream(
        schema="ConversationEventsData",
        read=read_tagged(
            "type",
            {
                "conversation.response.started": "ResponseStartedEvent",
                "conversation.response.done": "ResponseDoneEvent",
                "conversation.response.error": "ResponseErrorEvent",
                "message.output.delta": "MessageOutputEvent",
                "tool.execution.started": "ToolExecutionStartedEvent",
                "tool.execution.delta": "ToolExecutionDeltaEvent",
                "tool.execution.done": "ToolExecutionDoneEvent",
                "agent.handoff.started": "AgentHandoffStartedEvent",
                "agent.handoff.done": "AgentHandoffDoneEvent",
                "function.call.delta": "FunctionCallEvent",
            },
            unknown="UnknownConversationEventsData",
        ),
        tag="type",
        end_event="conversation.response.done",
        error_event="conversation.response.error",
        forms=(
            Form(
                "ConversationAppendStreamRequest",
                (
                    Parameter("inputs", "inputs", kinds=("string", "array")),
                    Parameter("stream", "stream", kinds=("boolean",), const=True),
                    Parameter("store", "store", kinds=("boolean",)),
                    Parameter("handoff_execution", "handoff_execution", kinds=("string",)),
                    Parameter("completion_args", "completion_args", kinds=("object",)),
                    Parameter("tool_confirmations", "tool_confirmations", kinds=("array",), nullable=True),
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
    body: models.ConversationAppendRequest
    | models.ConversationAppendRequestDict
    | models.ConversationAppendStreamRequest
    | models.ConversationAppendStreamRequestDict,
    conversation_id: str,
) -> Response[models.ConversationResponse | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Send the request with an httpx client; return status, headers, and the model of the answer or error body."""
    return send(client, OPERATION, locals())


def sync(
    *,
    client: Client,
    body: models.ConversationAppendRequest
    | models.ConversationAppendRequestDict
    | models.ConversationAppendStreamRequest
    | models.ConversationAppendStreamRequestDict,
    conversation_id: str,
) -> models.ConversationResponse | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Send the request with an httpx client; return the model of the answer or error body."""
    return send(client, OPERATION, locals()).parsed


async def asyncio_detailed(
    *,
    client: Client,
    body: models.ConversationAppendRequest
    | models.ConversationAppendRequestDict
    | models.ConversationAppendStreamRequest
    | models.ConversationAppendStreamRequestDict,
    conversation_id: str,
) -> Response[models.ConversationResponse | models.HTTPValidationErrorBody | models.ErrorResponse | None]:
    """Do the same as `sync_detailed` with an async httpx client."""
    return await send_async(client, OPERATION, locals())


async def asyncio(
    *,
    client: Client,
    body: models.ConversationAppendRequest
    | models.ConversationAppendRequestDict
    | models.ConversationAppendStreamRequest
    | models.ConversationAppendStreamRequestDict,
    conversation_id: str,
) -> models.ConversationResponse | models.HTTPValidationErrorBody | models.ErrorResponse | None:
    """Do the same as `sync` with an async httpx client."""
    return (await send_async(client, OPERATION, locals())).parsed
