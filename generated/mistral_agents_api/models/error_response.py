# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The reason why a request failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_entries,
    read_items,
    read_model,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ErrorResponse(Model):
    """The reason why a request failed."""

    object: str | None
    """Kind of document, `error` or `Error`."""
    message: str | dict[str, Any] | None
    """What went wrong, as text or as an object."""
    type: str | None
    """Kind of error."""
    param: str | None
    """The parameter that caused the error."""
    code: str | int | None
    """Mistral's number for the error."""
    raw_status_code: int | None
    """HTTP status of the answer."""
    detail: str | list[models.ValidationError] | None
    """What went wrong, as text or for each field."""

    def __init__(
        self,
        *,
        object: str | None = UNSET,
        message: str | Mapping[str, Any] | None = UNSET,
        type: str | None = UNSET,
        param: str | None = UNSET,
        code: str | int | None = UNSET,
        raw_status_code: int | None = UNSET,
        detail: str | Sequence[models.ValidationError | Mapping[str, Any]] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object"),
        Field("message", "message", read=read_either(object=read_entries(), text=read_string)),
        Field("type", "type"),
        Field("param", "param", nullable=True),
        Field("code", "code", nullable=True),
        Field("raw_status_code", "raw_status_code", nullable=True),
        Field("detail", "detail", read=read_either(array=read_items(read_model("ValidationError")), text=read_string)),
    )
