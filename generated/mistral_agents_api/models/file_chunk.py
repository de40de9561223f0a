# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A file that was uploaded before."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class FileChunk(Model):
    """A file that was uploaded before."""

    type: Literal["file"]
    """Tag of this kind of part."""
    file_id: str
    """Identifier of the file."""

    def __init__(
        self,
        *,
        file_id: str,
        type: Literal["file"] = "file",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="file"),
        Field("file_id", "file_id", read=read_string, required=True),
    )


class FileChunkDict(TypedDict):
    """FileChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["file"]]
    """Tag of this kind of part."""
    file_id: str
    """Identifier of the file."""
