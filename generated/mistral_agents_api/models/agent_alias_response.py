# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""A name for a version of an agent."""

from __future__ import annotations

import datetime
from typing import ClassVar

from attrs import define

from ..fields import Field, Fields, state_only
from ..reading import (
    read_date_time,
    read_integer,
    read_string,
)
from ..values import Model


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class AgentAliasResponse(Model):
    """A name for a version of an agent."""

    alias: str
    """The name."""
    version: int
    """Number of the version."""
    created_at: datetime.datetime
    """When the alias was created."""
    updated_at: datetime.datetime
    """When the alias was last changed."""

    def __init__(
        self,
        *,
        alias: str,
        version: int,
        created_at: datetime.datetime,
        updated_at: datetime.datetime,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("alias", "alias", read=read_string, required=True),
        Field("version", "version", read=read_integer, required=True),
        Field("created_at", "created_at", read=read_date_time, required=True),
        Field("updated_at", "updated_at", read=read_date_time, required=True),
    )
