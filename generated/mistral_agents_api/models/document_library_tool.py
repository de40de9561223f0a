# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Search in libraries of documents, run by Mistral."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_items,
    read_model,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class DocumentLibraryTool(Model):
    """Search in libraries of documents, run by Mistral."""

    type: Literal["document_library"]
    """Tag of this kind of tool."""
    library_ids: list[str]
    """Identifiers of the libraries to search, one or more."""
    tool_configuration: models.ToolConfiguration | None
    """Which functions of the tool the agent may use, and which need a confirmation."""

    def __init__(
        self,
        *,
        library_ids: Sequence[str],
        type: Literal["document_library"] = "document_library",
        tool_configuration: models.ToolConfiguration | models.ToolConfigurationDict | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="document_library"),
        Field("library_ids", "library_ids", read=read_items(), required=True),
        Field("tool_configuration", "tool_configuration", read=read_model("ToolConfiguration"), nullable=True),
    )


class DocumentLibraryToolDict(TypedDict):
    """DocumentLibraryTool as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["document_library"]]
    """Tag of this kind of tool."""
    library_ids: Sequence[str]
    """Identifiers of the libraries to search, one or more."""
    tool_configuration: NotRequired[models.ToolConfiguration | models.ToolConfigurationDict | None]
    """Which functions of the tool the agent may use, and which need a confirmation."""
