"""What differs between two contracts, and whom it breaks.

A request may come to accept more, an answer to promise more; never less. So it is enough to know of a difference
whether it adds to what is allowed there, takes away from it, both, or neither, and in which direction the place is
reached.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from enum import Flag, auto
from typing import Any, Literal

from attrs import evolve, field, frozen


class Direction(Flag):
    """Who writes what a schema describes: the caller, the service, or both."""

    REQUEST = auto()
    ANSWER = auto()


# What a difference does to the values that are allowed, as the directions in which it breaks something.
SAME = Direction(0)
WIDER = Direction.ANSWER
NARROWER = Direction.REQUEST
OTHER = WIDER | NARROWER

Change = Literal["added", "removed", "changed"]

_REASONS = {
    (Direction.REQUEST, WIDER): "requests may hold more",
    (Direction.REQUEST, NARROWER): "requests that were right become wrong",
    (Direction.ANSWER, WIDER): "answers may hold what callers do not expect",
    (Direction.ANSWER, NARROWER): "answers promise more",
}


@frozen
class Difference:
    """One difference: where it is, what it is, and whom it breaks.

    `where` is a component with the path inside it, or an operation; `reached` are the directions in which the place is
    reached, `breaks` those in which the difference breaks something. A `python` difference is one of names alone: it
    leaves what is sent as it is, and breaks who imports the models. `rule` is the kind of thing that differs. `lost` is
    what the older contract had there.
    """

    where: str
    what: str
    change: Change
    breaks: Direction = SAME
    reached: Direction = SAME
    reason: str = ""
    python: bool = False
    rule: str = ""
    lost: Any = field(default=None, eq=False, repr=False)

    @property
    def code(self) -> str:
        """The kind of difference: what differs, and how."""
        rule = self.rule or "-".join(re.findall(r"[a-z]+", self.what.partition(" instead of ")[0].lower()))
        return f"{rule}-{self.change}"

    @property
    def id(self) -> str:
        """The same whenever the same differs in the same place, and something else for everything else."""
        same = json.dumps([self.where, self.change, self.what, self.breaks.value, self.python])
        return f"{self.code}-{hashlib.sha256(same.encode()).hexdigest()[:8]}"

    @property
    def breaking(self) -> bool:
        """Whether somebody's code stops working."""
        return self.python or bool(self.breaks & self.reached)

    @property
    def why(self) -> str:
        """Why it does, or does not, break something."""
        if self.reason:
            return self.reason
        if not self.breaks:
            return "the same is allowed as before"
        return "; ".join(reason for (seen, effect), reason in self._applying() if seen & self.reached)

    def _applying(self) -> list[tuple[tuple[Direction, Direction], str]]:
        # What breaks stands first; where a difference both adds and takes away, only that is said.
        found = [(pair, reason) for pair, reason in _REASONS.items() if pair[1] & self.breaks]
        breaking = [(pair, reason) for pair, reason in found if pair[0] == pair[1]]
        if self.breaks == OTHER:
            return breaking
        return breaking + [each for each in found if each not in breaking]

    @property
    def directions(self) -> str:
        """Where the place is reached, in words; "" for what is part of neither."""
        names = {Direction.REQUEST: "request", Direction.ANSWER: "answer"}
        return " and ".join(name for direction, name in names.items() if direction & self.reached)


class Findings:
    """The differences found so far, each once."""

    def __init__(self) -> None:
        self._found = dict[tuple[str, str, Direction], Difference]()

    def add(self, difference: Difference) -> None:
        """Take a difference up; one that was found before, in another direction, counts in both.

        What adds to what is allowed in one place and leaves it as it is in another is two differences: a value of an
        enum that is closed in requests, and open in answers, breaks neither.
        """
        key = (difference.where, difference.what, difference.breaks)
        before = self._found.get(key, difference)
        reasons = dict.fromkeys(each.reason for each in (before, difference) if each.reason)
        self._found[key] = evolve(before, reached=before.reached | difference.reached, reason="; ".join(reasons))

    def __iter__(self) -> Iterator[Difference]:
        return iter(self._found.values())
