# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of a call. Pieces with the same `index` belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_model,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolCallFragment(Model):
    """A piece of a call. Pieces with the same `index` belong together."""

    id: str | None
    """Identifier of the call."""
    type: Literal["function"] | str | None
    """Kind of tool."""
    function: models.FunctionCallFragment | None
    """The function and its arguments."""
    index: int | None
    """Position among the calls of the message, starting at 0. If absent, it is 0."""

    def __init__(
        self,
        *,
        id: str | None = UNSET,
        type: Literal["function"] | str | None = UNSET,
        function: models.FunctionCallFragment | Mapping[str, Any] | None = UNSET,
        index: int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("id", "id"),
        Field("type", "type"),
        Field("function", "function", read=read_model("FunctionCallFragment")),
        Field("index", "index"),
    )
