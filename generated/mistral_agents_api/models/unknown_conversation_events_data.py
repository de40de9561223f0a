# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""An event with a type that this contract does not know. All its fields are kept."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import define

from ..fields import Fields, state_only
from ..values import UnknownModel


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class UnknownConversationEventsData(UnknownModel):
    """An event with a type that this contract does not know. All its fields are kept."""

    type: Literal["UNKNOWN"]
    """Always "UNKNOWN", unlike the tag of a known type. `model["type"]` is the tag that was sent."""

    _FIELDS: ClassVar[Fields] = Fields(unknown_tag="type")
