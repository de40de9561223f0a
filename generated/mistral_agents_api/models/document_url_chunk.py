# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A document on the web."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class DocumentURLChunk(Model):
    """A document on the web."""

    type: Literal["document_url"]
    """Tag of this kind of part."""
    document_url: str
    """Address of the document."""
    document_name: str | None
    """File name of the document."""

    def __init__(
        self,
        *,
        document_url: str,
        type: Literal["document_url"] = "document_url",
        document_name: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="document_url"),
        Field("document_url", "document_url", read=read_string, required=True),
        Field("document_name", "document_name", nullable=True),
    )


class DocumentURLChunkDict(TypedDict):
    """DocumentURLChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["document_url"]]
    """Tag of this kind of part."""
    document_url: str
    """Address of the document."""
    document_name: NotRequired[str | None]
    """File name of the document."""
