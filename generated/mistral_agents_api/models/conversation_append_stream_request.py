# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Entries to append to a conversation, answered as a stream of events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_items,
    read_model,
    read_string,
    read_tagged,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ConversationAppendStreamRequest(Model):
    """Entries to append to a conversation, answered as a stream of events."""

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
    tool_confirmations: list[models.ToolCallConfirmation] | None
    """Decisions about the calls that wait for a confirmation."""

    def __init__(
        self,
        *,
        inputs: str | Sequence[models.InputEntries | models.InputEntriesDict] | None = UNSET,
        stream: Literal[True] | None = UNSET,
        store: bool | None = UNSET,
        handoff_execution: models.HandoffExecution | None = UNSET,
        completion_args: models.CompletionArgs | models.CompletionArgsDict | None = UNSET,
        tool_confirmations: Sequence[models.ToolCallConfirmation | models.ToolCallConfirmationDict] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
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
        Field(
            "tool_confirmations",
            "tool_confirmations",
            read=read_items(read_model("ToolCallConfirmation")),
            nullable=True,
        ),
    )


class ConversationAppendStreamRequestDict(TypedDict):
    """ConversationAppendStreamRequest as a plain dict. Its keys are the names in JSON."""

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
    tool_confirmations: NotRequired[Sequence[models.ToolCallConfirmation | models.ToolCallConfirmationDict] | None]
    """Decisions about the calls that wait for a confirmation."""
