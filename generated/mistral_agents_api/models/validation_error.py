# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""What is wrong with one field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_entries,
    read_items,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ValidationError(Model):
    """What is wrong with one field."""

    loc: list[str | int] | None
    """Names and positions that lead to the field, outermost first."""
    msg: str | None
    """What is wrong, in words."""
    type: str | None
    """Kind of mistake."""
    input: Any
    """The value that was received. Any JSON value."""
    ctx: dict[str, Any] | None
    """Further data about the mistake."""

    def __init__(
        self,
        *,
        loc: Sequence[str | int] | None = UNSET,
        msg: str | None = UNSET,
        type: str | None = UNSET,
        input: Any = UNSET,
        ctx: Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("loc", "loc", read=read_items()),
        Field("msg", "msg"),
        Field("type", "type"),
        Field("input", "input", nullable=True),
        Field("ctx", "ctx", read=read_entries()),
    )
