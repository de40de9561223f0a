# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""An OAuth 2 token."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class OAuth2TokenAuth(Model):
    """An OAuth 2 token."""

    type: Literal["oauth2-token"]
    """Tag of this kind of credentials."""
    value: str
    """The token. It is a secret."""

    def __init__(
        self,
        *,
        value: str,
        type: Literal["oauth2-token"] = "oauth2-token",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="oauth2-token"),
        Field("value", "value", read=read_string, required=True, secret=True),
    )


class OAuth2TokenAuthDict(TypedDict):
    """OAuth2TokenAuth as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["oauth2-token"]]
    """Tag of this kind of credentials."""
    value: str
    """The token. It is a secret."""
