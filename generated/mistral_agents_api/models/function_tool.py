# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A function that the caller runs."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_model,
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class FunctionTool(Model):
    """A function that the caller runs."""

    type: Literal["function"]
    """Tag of this kind of tool."""
    function: models.Function
    """The function."""

    def __init__(
        self,
        *,
        function: models.Function | models.FunctionDict,
        type: Literal["function"] = "function",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="function"),
        Field("function", "function", read=read_model("Function"), required=True),
    )


class FunctionToolDict(TypedDict):
    """FunctionTool as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["function"]]
    """Tag of this kind of tool."""
    function: models.Function | models.FunctionDict
    """The function."""
