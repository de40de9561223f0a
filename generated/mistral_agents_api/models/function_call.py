# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The name of a function, and the arguments of the call."""

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
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class FunctionCall(Model):
    """The name of a function, and the arguments of the call."""

    name: str
    """Name of the function."""
    arguments: str | dict[str, Any]
    """The arguments, as a JSON object or as the text of one."""

    def __init__(
        self,
        *,
        name: str,
        arguments: str | Mapping[str, Any],
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("name", "name", read=read_string, required=True),
        Field("arguments", "arguments", read=read_either(object=read_entries(), text=read_string), required=True),
    )


class FunctionCallDict(TypedDict):
    """FunctionCall as a plain dict. Its keys are the names in JSON."""

    name: str
    """Name of the function."""
    arguments: str | Mapping[str, Any]
    """The arguments, as a JSON object or as the text of one."""
