# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A source that a tool found."""

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
class ToolReferenceChunk(Model):
    """A source that a tool found."""

    type: Literal["tool_reference"]
    """Tag of this kind of part."""
    tool: models.BuiltInConnectors | str
    """The tool that found the source."""
    title: str
    """Title of the source."""
    url: str | None
    """Address of the source."""
    favicon: str | None
    """Address of the source's icon."""
    description: str | None
    """What the source is about."""
    source: str | None
    """Where the tool found the source, such as the name of a search engine."""

    def __init__(
        self,
        *,
        tool: models.BuiltInConnectors | str,
        title: str,
        type: Literal["tool_reference"] = "tool_reference",
        url: str | None = UNSET,
        favicon: str | None = UNSET,
        description: str | None = UNSET,
        source: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="tool_reference"),
        Field("tool", "tool", read=read_string, required=True),
        Field("title", "title", read=read_string, required=True),
        Field("url", "url", nullable=True),
        Field("favicon", "favicon", nullable=True),
        Field("description", "description", nullable=True),
        Field("source", "source", nullable=True),
    )


class ToolReferenceChunkDict(TypedDict):
    """ToolReferenceChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["tool_reference"]]
    """Tag of this kind of part."""
    tool: models.BuiltInConnectors | str
    """The tool that found the source."""
    title: str
    """Title of the source."""
    url: NotRequired[str | None]
    """Address of the source."""
    favicon: NotRequired[str | None]
    """Address of the source's icon."""
    description: NotRequired[str | None]
    """What the source is about."""
    source: NotRequired[str | None]
    """Where the tool found the source, such as the name of a search engine."""
