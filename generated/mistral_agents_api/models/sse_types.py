# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from typing import Literal, TypeAlias

SSETypes: TypeAlias = Literal[
    "agent.handoff.done",
    "agent.handoff.started",
    "conversation.response.done",
    "conversation.response.error",
    "conversation.response.started",
    "function.call.delta",
    "message.output.delta",
    "tool.execution.delta",
    "tool.execution.done",
    "tool.execution.started",
]
