# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A function call that the agent asks for."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_model,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolCall(Model):
    """A function call that the agent asks for."""

    id: str | None
    """Identifier of the call. The message with the result repeats it. If absent, the service assumes the string
    "null", not the JSON null.
    """
    type: Literal["function"] | str | None
    """Kind of tool. If absent, the service assumes `function`."""
    function: models.FunctionCall
    """The function and its arguments."""
    index: int | None
    """Position among the calls of the message, starting at 0. If absent, the service assumes 0."""

    def __init__(
        self,
        *,
        function: models.FunctionCall | models.FunctionCallDict,
        id: str | None = UNSET,
        type: Literal["function"] | str | None = UNSET,
        index: int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("id", "id"),
        Field("type", "type"),
        Field("function", "function", read=read_model("FunctionCall"), required=True),
        Field("index", "index"),
    )


class ToolCallDict(TypedDict):
    """ToolCall as a plain dict. Its keys are the names in JSON."""

    id: NotRequired[str]
    """Identifier of the call. The message with the result repeats it. If absent, the service assumes the string
    "null", not the JSON null.
    """
    type: NotRequired[Literal["function"] | str]
    """Kind of tool. If absent, the service assumes `function`."""
    function: models.FunctionCall | models.FunctionCallDict
    """The function and its arguments."""
    index: NotRequired[int]
    """Position among the calls of the message, starting at 0. If absent, the service assumes 0."""
