# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The reasons why a request does not fit the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_items,
    read_model,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class HTTPValidationErrorBody(Model):
    """The reasons why a request does not fit the contract."""

    detail: str | list[models.ValidationError] | None
    """What is wrong, for each field or as text."""

    def __init__(
        self,
        *,
        detail: str | Sequence[models.ValidationError | Mapping[str, Any]] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("detail", "detail", read=read_either(array=read_items(read_model("ValidationError")), text=read_string)),
    )
