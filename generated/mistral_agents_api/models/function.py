# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The name, purpose and parameters of a function, as the agent sees them."""

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
class Function(Model):
    """The name, purpose and parameters of a function, as the agent sees them."""

    name: str
    """Name of the function."""
    description: str | None
    """What the function does. If absent, the service assumes an empty text."""
    strict: bool | None
    """Whether calls must follow the parameters' schema exactly. If absent, the service assumes false."""
    parameters: dict[str, Any]
    """JSON Schema of the arguments."""

    def __init__(
        self,
        *,
        name: str,
        parameters: Mapping[str, Any],
        description: str | None = UNSET,
        strict: bool | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("name", "name", read=read_string, required=True),
        Field("description", "description"),
        Field("strict", "strict"),
        Field("parameters", "parameters", read=read_entries(), required=True),
    )


class FunctionDict(TypedDict):
    """Function as a plain dict. Its keys are the names in JSON."""

    name: str
    """Name of the function."""
    description: NotRequired[str]
    """What the function does. If absent, the service assumes an empty text."""
    strict: NotRequired[bool]
    """Whether calls must follow the parameters' schema exactly. If absent, the service assumes false."""
    parameters: Mapping[str, Any]
    """JSON Schema of the arguments."""
