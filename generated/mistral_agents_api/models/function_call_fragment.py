# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A piece of a function's name and arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_entries,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class FunctionCallFragment(Model):
    """A piece of a function's name and arguments."""

    name: str | None
    """Name of the function."""
    arguments: str | dict[str, Any] | None
    """The arguments, as a JSON object or as the text of one."""

    def __init__(
        self,
        *,
        name: str | None = UNSET,
        arguments: str | Mapping[str, Any] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("name", "name"),
        Field("arguments", "arguments", read=read_either(object=read_entries(), text=read_string)),
    )
