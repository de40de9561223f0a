"""Objects that only the garbage collector frees."""

from __future__ import annotations


def put_into_cycle(*kept: object) -> None:
    """Put objects into a list that contains itself, so that only the garbage collector frees them."""
    cycle: list[object] = [*kept]
    cycle.append(cycle)
