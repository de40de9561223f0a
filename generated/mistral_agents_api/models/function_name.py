# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A reference to a function by its name."""

from __future__ import annotations

from typing import ClassVar

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class FunctionName(Model):
    """A reference to a function by its name."""

    name: str
    """Name of the function."""

    def __init__(
        self,
        *,
        name: str,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("name", "name", read=read_string, required=True),
    )


class FunctionNameDict(TypedDict):
    """FunctionName as a plain dict. Its keys are the names in JSON."""

    name: str
    """Name of the function."""
