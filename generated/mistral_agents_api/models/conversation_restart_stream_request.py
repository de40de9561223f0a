# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A restart of a conversation from one of its entries, answered as a stream of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_entries,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ConversationRestartStreamRequest(Model):
    """A restart of a conversation from one of its entries, answered as a stream of events."""

    from_entry_id: str
    """Identifier of the last entry to keep."""
    inputs: str | list[models.InputEntries] | None
    """The new input, as text or as entries."""
    stream: Literal[True] | None
    """Asks for a stream of events. The streaming methods always send it. Without it, the service returns one JSON
    document.
    """
    store: bool | None
    """Whether the service stores the new entries. If absent, the service assumes true."""
    handoff_execution: models.HandoffExecution | None
    """Who carries out a handoff. If absent, the service assumes `server`."""
    completion_args: models.CompletionArgs | None
    """Settings for the generation of answers."""
    guardrails: list[models.GuardrailConfig] | None
    """Moderation of requests."""
    metadata: dict[str, Any] | None
    """Your own data, which the service stores."""
    agent_version: str | int | None
    """Number or alias of the agent's version. If absent, the service takes the current one."""

    def __init__(
        self,
        *,
        from_entry_id: str,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[True] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        guardrails: Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None = UNSET,
        metadata: Mapping[str, Any] | None = UNSET,
        agent_version: str | int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("from_entry_id", "from_entry_id", read=read_string, required=True),
        Field(
            "inputs",
            "inputs",
            read=read_either(
                array=read_items(
                    read_tagged(
                        "type",
                        {
                            "message.input": "MessageInputEntry",
                            "message.output": "MessageOutputEntry",
                            "function.result": "FunctionResultEntry",
                            "function.call": "FunctionCallEntry",
                            "tool.execution": "ToolExecutionEntry",
                            "agent.handoff": "AgentHandoffEntry",
                        },
                        unknown="UnknownEntry",
                        untagged="MessageInput",
                    )
                ),
                text=read_string,
            ),
        ),
        Field("stream", "stream"),
        Field("store", "store"),
        Field("handoff_execution", "handoff_execution"),
        Field("completion_args", "completion_args", read=read_model("CompletionArgs")),
        Field("guardrails", "guardrails", read=read_items(read_model("GuardrailConfig")), nullable=True),
        Field("metadata", "metadata", read=read_entries(), nullable=True),
        Field("agent_version", "agent_version", nullable=True),
    )


class ConversationRestartStreamRequestDict(TypedDict):
    """ConversationRestartStreamRequest as a plain dict. Its keys are the names in JSON."""

    from_entry_id: str
    """Identifier of the last entry to keep."""
    inputs: NotRequired[str | Sequence[models.InputEntries | models.InputEntriesDict]]
    """The new input, as text or as entries."""
    stream: NotRequired[Literal[True]]
    """Asks for a stream of events. The streaming methods always send it. Without it, the service returns one JSON
    document.
    """
    store: NotRequired[bool]
    """Whether the service stores the new entries. If absent, the service assumes true."""
    handoff_execution: NotRequired[models.HandoffExecution]
    """Who carries out a handoff. If absent, the service assumes `server`."""
    completion_args: NotRequired[models.CompletionArgs | models.CompletionArgsDict]
    """Settings for the generation of answers."""
    guardrails: NotRequired[Sequence[models.GuardrailConfig | models.GuardrailConfigDict] | None]
    """Moderation of requests."""
    metadata: NotRequired[Mapping[str, Any] | None]
    """Your own data, which the service stores."""
    agent_version: NotRequired[str | int | None]
    """Number or alias of the agent's version. If absent, the service takes the current one."""
