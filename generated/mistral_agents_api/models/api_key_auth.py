# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""An API key."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class APIKeyAuth(Model):
    """An API key."""

    type: Literal["api-key"]
    """Tag of this kind of credentials."""
    value: str
    """The key. It is a secret."""

    def __init__(
        self,
        *,
        value: str,
        type: Literal["api-key"] = "api-key",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="api-key"),
        Field("value", "value", read=read_string, required=True, secret=True),
    )


class APIKeyAuthDict(TypedDict):
    """APIKeyAuth as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["api-key"]]
    """Tag of this kind of credentials."""
    value: str
    """The key. It is a secret."""
