"""The error for a contract that cannot be compiled."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class Refusal(Exception):  # noqa: N818  # the contract is wrong, not the program
    """A part of the contract, at `place`, cannot be compiled to correct code."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


def meant(name: str, known: Iterable[str]) -> str:
    """Return a question that suggests a similar name (". Is 'name' meant?"); "" if there is none."""
    close = get_close_matches(name, [*known], 1)
    return f". Is {close[0]!r} meant?" if close else ""
