# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A link to a resource, without its content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_entries,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ResourceLinkChunk(Model):
    """A link to a resource, without its content."""

    type: Literal["resource_link"]
    """Tag of this kind of part."""
    uri: str
    """Identifier of the resource."""
    metadata: dict[str, Any] | None
    """Further data about the resource."""

    def __init__(
        self,
        *,
        uri: str,
        type: Literal["resource_link"] = "resource_link",
        metadata: Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="resource_link"),
        Field("uri", "uri", read=read_string, required=True),
        Field("metadata", "metadata", read=read_entries(), nullable=True),
    )


class ResourceLinkChunkDict(TypedDict):
    """ResourceLinkChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["resource_link"]]
    """Tag of this kind of part."""
    uri: str
    """Identifier of the resource."""
    metadata: NotRequired[Mapping[str, Any] | None]
    """Further data about the resource."""
