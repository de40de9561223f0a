# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The decision about a call that waits for a confirmation."""

from __future__ import annotations

from typing import ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolCallConfirmation(Model):
    """The decision about a call that waits for a confirmation."""

    tool_call_id: str
    """Identifier of the call."""
    confirmation: models.ToolCallDecision
    """The decision."""

    def __init__(
        self,
        *,
        tool_call_id: str,
        confirmation: models.ToolCallDecision,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("tool_call_id", "tool_call_id", read=read_string, required=True),
        Field("confirmation", "confirmation", read=read_string, required=True),
    )


class ToolCallConfirmationDict(TypedDict):
    """ToolCallConfirmation as a plain dict. Its keys are the names in JSON."""

    tool_call_id: str
    """Identifier of the call."""
    confirmation: models.ToolCallDecision
    """The decision."""
