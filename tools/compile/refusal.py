"""Why a contract is not compiled."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818  # it says what is wrong with a contract, not with the program
    """The contract holds something that cannot be compiled into correct code; `place` leads to it."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
