"""The least and the greatest number that an alternative allows, in a form that compares."""

from __future__ import annotations

import math

from .alternatives import Alternative

Bound = tuple[float, int]


def lower(alternative: Alternative) -> Bound:
    """Return the least number, and 1 if it is itself left out."""
    minimum: float = alternative.keywords.get("minimum", -math.inf)
    exclusive: float = alternative.keywords.get("exclusiveMinimum", -math.inf)
    return max((minimum, 0), (exclusive, int(exclusive > -math.inf)))


def upper(alternative: Alternative) -> Bound:
    """Return the greatest number, and -1 if it is itself left out."""
    maximum: float = alternative.keywords.get("maximum", math.inf)
    exclusive: float = alternative.keywords.get("exclusiveMaximum", math.inf)
    return min((maximum, 0), (exclusive, -int(exclusive < math.inf)))


def said(bound: Bound) -> str:
    """Say a bound."""
    number, left_out = bound
    if math.isinf(number):
        return "none"
    return str(number) + (" (left out itself)" if left_out else "")
