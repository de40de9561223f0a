"""What the parts of a comparison yield: a `Step`, which is a difference, or an `Inner`, two schemas to compare next."""

from __future__ import annotations

from typing import Any, NamedTuple

from .differences import NARROWER, OTHER, SAME, WIDER, Change, Difference, Direction

UNKNOWN = "it is unknown whether more or less is allowed"


class Step(NamedTuple):
    """A difference.

    `place` is the path to it from the schemas that were compared. But if there is a `name`, the difference is reported
    at the component with this name. `lost` is what only the older contract has there.
    """

    change: Change
    what: str
    effect: Direction
    name: str = ""
    reason: str = ""
    place: str = ""
    rule: str = ""
    lost: Any = None


class Inner(NamedTuple):
    """Two schemas to compare next, and the path to them."""

    old: Any
    new: Any
    place: str


def difference(step: Step, direction: Direction) -> Difference:
    """Return the difference for a step whose `place` is complete."""
    return Difference(
        step.place, step.what, step.change, step.effect, direction, step.reason, rule=step.rule, lost=step.lost
    )


def proved_effect(*, wider: bool, narrower: bool) -> Direction:
    """Return the effect of a difference.

    `wider`: it is proved that everything that was allowed is still allowed. `narrower`: it is proved that nothing new
    is allowed.
    """
    if wider and narrower:
        return SAME
    return WIDER if wider else NARROWER if narrower else OTHER
