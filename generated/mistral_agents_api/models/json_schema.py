# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A named JSON Schema for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_entries,
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class JSONSchema(Model):
    """A named JSON Schema for the answer."""

    name: str
    """Name of the schema."""
    description: str | None
    """What the schema is for."""
    schema: dict[str, Any]
    """The JSON Schema itself."""
    strict: bool | None
    """Whether the answer must follow the schema exactly. If absent, the service assumes false."""

    def __init__(
        self,
        *,
        name: str,
        schema: Mapping[str, Any],
        description: str | None = UNSET,
        strict: bool | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("name", "name", read=read_string, required=True),
        Field("description", "description", nullable=True),
        Field("schema", "schema", read=read_entries(), required=True),
        Field("strict", "strict"),
    )


class JSONSchemaDict(TypedDict):
    """JSONSchema as a plain dict. Its keys are the names in JSON."""

    name: str
    """Name of the schema."""
    description: NotRequired[str | None]
    """What the schema is for."""
    schema: Mapping[str, Any]
    """The JSON Schema itself."""
    strict: NotRequired[bool]
    """Whether the answer must follow the schema exactly. If absent, the service assumes false."""
