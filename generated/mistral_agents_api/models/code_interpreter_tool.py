# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A code interpreter. Mistral runs the code that the agent writes."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_model,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class CodeInterpreterTool(Model):
    """A code interpreter. Mistral runs the code that the agent writes."""

    type: Literal["code_interpreter"]
    """Tag of this kind of tool."""
    tool_configuration: models.ToolConfiguration | None
    """Which functions of the tool the agent may use, and which need a confirmation."""

    def __init__(
        self,
        *,
        type: Literal["code_interpreter"] = "code_interpreter",
        tool_configuration: models.ToolConfiguration | models.ToolConfigurationDict | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="code_interpreter"),
        Field("tool_configuration", "tool_configuration", read=read_model("ToolConfiguration"), nullable=True),
    )


class CodeInterpreterToolDict(TypedDict):
    """CodeInterpreterTool as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["code_interpreter"]]
    """Tag of this kind of tool."""
    tool_configuration: NotRequired[models.ToolConfiguration | models.ToolConfigurationDict | None]
    """Which functions of the tool the agent may use, and which need a confirmation."""
