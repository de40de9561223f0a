# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""One page of a list of agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_items,
    read_model,
    read_string,
)
from ..values import UNSET, Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class AgentListPage(Model):
    """One page of a list of agents."""

    object: Literal["list"]
    """Kind of object."""
    data: list[models.Agent]
    """The agents of this page."""
    next_page_token: str | None
    """Token of the next page. Null on the last page."""

    def __init__(
        self,
        *,
        data: Sequence[models.Agent | Mapping[str, Any]],
        object: Literal["list"] = "list",
        next_page_token: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("object", "object", read=read_string, required=True, tag="list"),
        Field("data", "data", read=read_items(read_model("Agent")), required=True),
        Field("next_page_token", "next_page_token", nullable=True),
    )
