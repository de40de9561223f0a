# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The function that the agent must call."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_model,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolChoice(Model):
    """The function that the agent must call."""

    type: Literal["function"]
    """Kind of tool."""
    function: models.FunctionName
    """The function."""

    def __init__(
        self,
        *,
        function: models.FunctionName | models.FunctionNameDict,
        type: Literal["function"] = "function",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", tag="function"),
        Field("function", "function", read=read_model("FunctionName"), required=True),
    )


class ToolChoiceDict(TypedDict):
    """ToolChoice as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["function"]]
    """Kind of tool."""
    function: models.FunctionName | models.FunctionNameDict
    """The function."""
