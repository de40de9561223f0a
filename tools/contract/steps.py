"""What the parts of a comparison yield: a difference without its place, or two schemas that stand in the same place."""

from __future__ import annotations

from typing import Any, NamedTuple

from .differences import NARROWER, OTHER, SAME, WIDER, Change, Difference, Direction

UNKNOWN = "which way it goes cannot be told"


class Step(NamedTuple):
    """A difference; `place` leads on from where it was found, or is replaced by the component `name`.

    `lost` is what the older contract has there and the newer one has not.
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
    """Two schemas that are compared in their turn."""

    old: Any
    new: Any
    place: str


def difference(step: Step, direction: Direction) -> Difference:
    """Return a difference that is found at its place, in one direction."""
    return Difference(
        step.place, step.what, step.change, step.effect, direction, step.reason, rule=step.rule, lost=step.lost
    )


def proved_effect(*, wider: bool, narrower: bool) -> Direction:
    """Return the effect of a difference that is proved to go one way, both (nothing changes) or none."""
    if wider and narrower:
        return SAME
    return WIDER if wider else NARROWER if narrower else OTHER
