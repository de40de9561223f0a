# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Text that most of the answer will probably repeat. It makes the answer arrive sooner."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from ..fields import Field, Fields, state_only
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class Prediction(Model):
    """Text that most of the answer will probably repeat. It makes the answer arrive sooner."""

    type: Literal["content"]
    """Kind of prediction."""
    content: str | None
    """The expected text. If absent, the service assumes an empty text."""

    def __init__(
        self,
        *,
        type: Literal["content"] = "content",
        content: str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", tag="content"),
        Field("content", "content"),
    )


class PredictionDict(TypedDict):
    """Prediction as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["content"]]
    """Kind of prediction."""
    content: NotRequired[str]
    """The expected text. If absent, the service assumes an empty text."""
