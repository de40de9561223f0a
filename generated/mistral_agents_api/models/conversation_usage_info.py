# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Number of tokens that an answer in a conversation used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_entries,
    read_integer,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ConversationUsageInfo(Model):
    """Number of tokens that an answer in a conversation used."""

    prompt_tokens: int
    """Number of tokens in the prompt."""
    completion_tokens: int
    """Number of generated tokens."""
    total_tokens: int
    """Number of all tokens."""
    connector_tokens: int | None
    """Number of tokens that tools added."""
    connectors: dict[str, int] | None
    """How often each tool was used."""

    def __init__(
        self,
        *,
        prompt_tokens: int,
        completion_tokens: int,
        total_tokens: int,
        connector_tokens: int | None = UNSET,
        connectors: Mapping[str, int] | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("prompt_tokens", "prompt_tokens", read=read_integer, required=True),
        Field("completion_tokens", "completion_tokens", read=read_integer, required=True),
        Field("total_tokens", "total_tokens", read=read_integer, required=True),
        Field("connector_tokens", "connector_tokens", nullable=True),
        Field("connectors", "connectors", read=read_entries(), nullable=True),
    )
