# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The form that the answer must have."""

from __future__ import annotations

from typing import ClassVar, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_model,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ResponseFormat(Model):
    """The form that the answer must have."""

    type: models.ResponseFormats | str | None
    """Kind of answer. If absent, the service assumes `text`."""
    json_schema: models.JSONSchema | None
    """The schema to follow, for the type `json_schema`."""

    def __init__(
        self,
        *,
        type: models.ResponseFormats | str | None = UNSET,
        json_schema: models.JSONSchema | models.JSONSchemaDict | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type"),
        Field("json_schema", "json_schema", read=read_model("JSONSchema"), nullable=True),
    )


class ResponseFormatDict(TypedDict):
    """ResponseFormat as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[models.ResponseFormats | str]
    """Kind of answer. If absent, the service assumes `text`."""
    json_schema: NotRequired[models.JSONSchema | models.JSONSchemaDict | None]
    """The schema to follow, for the type `json_schema`."""
