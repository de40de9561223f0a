# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A file that a tool made."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolFileChunk(Model):
    """A file that a tool made."""

    type: Literal["tool_file"]
    """Tag of this kind of part."""
    tool: models.BuiltInConnectors | str
    """The tool that made the file."""
    file_id: str
    """Identifier of the file."""
    file_name: str | None
    """Name of the file."""
    file_type: str | None
    """Kind of file, such as `png`."""

    def __init__(
        self,
        *,
        tool: models.BuiltInConnectors | str,
        file_id: str,
        type: Literal["tool_file"] = "tool_file",
        file_name: str | None = UNSET,
        file_type: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="tool_file"),
        Field("tool", "tool", read=read_string, required=True),
        Field("file_id", "file_id", read=read_string, required=True),
        Field("file_name", "file_name", nullable=True),
        Field("file_type", "file_type", nullable=True),
    )


class ToolFileChunkDict(TypedDict):
    """ToolFileChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["tool_file"]]
    """Tag of this kind of part."""
    tool: models.BuiltInConnectors | str
    """The tool that made the file."""
    file_id: str
    """Identifier of the file."""
    file_name: NotRequired[str | None]
    """Name of the file."""
    file_type: NotRequired[str | None]
    """Kind of file, such as `png`."""
