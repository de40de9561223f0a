# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Which functions of a tool the agent may use, and which need a confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_items,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ToolConfiguration(Model):
    """Which functions of a tool the agent may use, and which need a confirmation."""

    exclude: list[str] | None
    """Functions that the agent may not use."""
    include: list[str] | None
    """The only functions that the agent may use."""
    requires_confirmation: list[str] | None
    """Functions that the agent may use only after the user has agreed."""

    def __init__(
        self,
        *,
        exclude: Sequence[str] | None = UNSET,
        include: Sequence[str] | None = UNSET,
        requires_confirmation: Sequence[str] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("exclude", "exclude", read=read_items(), nullable=True),
        Field("include", "include", read=read_items(), nullable=True),
        Field("requires_confirmation", "requires_confirmation", read=read_items(), nullable=True),
    )


class ToolConfigurationDict(TypedDict):
    """ToolConfiguration as a plain dict. Its keys are the names in JSON."""

    exclude: NotRequired[Sequence[str] | None]
    """Functions that the agent may not use."""
    include: NotRequired[Sequence[str] | None]
    """The only functions that the agent may use."""
    requires_confirmation: NotRequired[Sequence[str] | None]
    """Functions that the agent may use only after the user has agreed."""
