# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""References to sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_items,
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ReferenceChunk(Model):
    """References to sources."""

    type: Literal["reference"]
    """Tag of this kind of part."""
    reference_ids: list[int | str]
    """Identifiers of the sources."""

    def __init__(
        self,
        *,
        reference_ids: Sequence[int | str],
        type: Literal["reference"] = "reference",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="reference"),
        Field("reference_ids", "reference_ids", read=read_items(), required=True),
    )


class ReferenceChunkDict(TypedDict):
    """ReferenceChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["reference"]]
    """Tag of this kind of part."""
    reference_ids: Sequence[int | str]
    """Identifiers of the sources."""
