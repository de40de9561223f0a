# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A resource with its content."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
    read_tagged,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ResourceChunk(Model):
    """A resource with its content."""

    type: Literal["resource"]
    """Tag of this kind of part."""
    uri: str
    """Identifier of the resource."""
    content: models.ResourceChunkContent
    """The content of the resource."""

    def __init__(
        self,
        *,
        uri: str,
        content: models.ResourceChunkContent | models.ResourceChunkContentDict,
        type: Literal["resource"] = "resource",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="resource"),
        Field("uri", "uri", read=read_string, required=True),
        Field(
            "content",
            "content",
            read=read_tagged(
                "type", {"text": "TextChunk", "image_url": "ImageURLChunk"}, unknown="UnknownResourceChunkContent"
            ),
            required=True,
        ),
    )


class ResourceChunkDict(TypedDict):
    """ResourceChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["resource"]]
    """Tag of this kind of part."""
    uri: str
    """Identifier of the resource."""
    content: models.ResourceChunkContent | models.ResourceChunkContentDict
    """The content of the resource."""
