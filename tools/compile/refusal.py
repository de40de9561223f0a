"""The error for a contract that cannot be compiled."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818  # the contract is wrong, not the program
    """A part of the contract, at `place`, cannot be compiled to correct code."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
