"""The bounds of the numbers that an alternative allows, as tuples that compare in the right order."""

from __future__ import annotations

import math

from .alternatives import Alternative

Bound = tuple[float, int]


def lower(alternative: Alternative) -> Bound:
    """Return the lower bound, with 0 if it is inclusive and 1 if it is exclusive."""
    minimum: float = alternative.keywords.get("minimum", -math.inf)
    exclusive: float = alternative.keywords.get("exclusiveMinimum", -math.inf)
    return max((minimum, 0), (exclusive, int(exclusive > -math.inf)))


def upper(alternative: Alternative) -> Bound:
    """Return the upper bound, with 0 if it is inclusive and -1 if it is exclusive."""
    maximum: float = alternative.keywords.get("maximum", math.inf)
    exclusive: float = alternative.keywords.get("exclusiveMaximum", math.inf)
    return min((maximum, 0), (exclusive, -int(exclusive < math.inf)))


def bound_text(bound: Bound) -> str:
    """Return the text of a bound."""
    number, exclusive = bound
    if math.isinf(number):
        return "none"
    return str(number) + (" (exclusive)" if exclusive else "")
