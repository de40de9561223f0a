# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Breakdown of the tokens of the prompt."""

from __future__ import annotations

from typing import ClassVar

from attrs import define

from ..fields import Field, Fields, state_only
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class PromptTokensDetails(Model):
    """Breakdown of the tokens of the prompt."""

    cached_tokens: int | None
    """Number of tokens that came from the cache. If absent, none did."""

    def __init__(
        self,
        *,
        cached_tokens: int | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("cached_tokens", "cached_tokens"),
    )
