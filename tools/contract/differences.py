"""The differences between two contracts, and what each of them breaks.

A new version is compatible if it allows at least the requests that were allowed before, and at most the answers that
were allowed before. So two facts about a difference are enough: whether the place now allows more values or fewer
(`breaks`), and whether it occurs in requests or in answers (`used_in`).
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
    """Where a schema is used: in requests, which callers write, in answers, which the service writes, or in both."""

    REQUEST = auto()
    ANSWER = auto()


# The effects of a difference on the values that are allowed. WIDER (more values) breaks code that reads answers, and
# NARROWER (fewer values) breaks code that sends requests. So an effect is written as the directions that it breaks.
SAME = Direction(0)
WIDER = Direction.ANSWER
NARROWER = Direction.REQUEST
OTHER = WIDER | NARROWER

# A field with this note is not sent in that direction, even if it is required (OpenAPI 3.0, `readOnly`, `writeOnly`).
NOT_SENT = {Direction.REQUEST: "readOnly", Direction.ANSWER: "writeOnly"}

Change = Literal["added", "removed", "changed"]

_REASONS = {
    (Direction.REQUEST, WIDER): "requests may hold more",
    (Direction.REQUEST, NARROWER): "requests that were right become wrong",
    (Direction.ANSWER, WIDER): "answers may hold what callers do not expect",
    (Direction.ANSWER, NARROWER): "answers guarantee more",
}


@frozen
class Difference:
    """One difference: where it is, what it is, and what it breaks.

    `where` is a component with the path inside it, or an operation. `used_in` says whether the place occurs in
    requests, in answers, or in both. `breaks` is the effect: SAME (breaks nothing), WIDER (breaks answers),
    NARROWER (breaks requests) or OTHER (breaks both). An effect on answers breaks something only if the place occurs in
    answers; the same is true of requests. A `python` difference (for example another name, type or parameter) breaks
    only Python code: requests and answers stay the same. `rule` is the kind of thing that differs. `lost` is the part
    that only the older contract has at this place.
    """

    where: str
    what: str
    change: Change
    breaks: Direction = SAME
    used_in: Direction = SAME
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
        """An identifier: equal for equal differences at the same place, and different otherwise."""
        same = json.dumps([self.where, self.change, self.what, self.breaks.value, self.python])
        return f"{self.code}-{hashlib.sha256(same.encode()).hexdigest()[:8]}"

    @property
    def breaking(self) -> bool:
        """Whether it breaks somebody's code."""
        return self.python or bool(self.breaks & self.used_in)

    @property
    def why(self) -> str:
        """Why it does, or does not, break something."""
        if self.reason:
            return self.reason
        if not self.breaks:
            return "the same is allowed as before"
        return "; ".join(reason for (seen, effect), reason in self._applying() if seen & self.used_in)

    def _applying(self) -> list[tuple[tuple[Direction, Direction], str]]:
        # The reasons why the difference breaks something come first. The others say where it is harmless. OTHER has no
        # such reasons, because it breaks something in requests and in answers.
        found = [(pair, reason) for pair, reason in _REASONS.items() if pair[1] & self.breaks]
        breaking = [(pair, reason) for pair, reason in found if pair[0] == pair[1]]
        if self.breaks == OTHER:
            return breaking
        return breaking + [each for each in found if each not in breaking]

    @property
    def directions(self) -> str:
        """Where the place occurs, in words; "" if it occurs in neither requests nor answers."""
        names = {Direction.REQUEST: "request", Direction.ANSWER: "answer"}
        return " and ".join(name for direction, name in names.items() if direction & self.used_in)


class Findings:
    """The differences found so far, each once."""

    def __init__(self) -> None:
        self._found = dict[tuple[str, str, Direction], Difference]()

    def add(self, difference: Difference) -> None:
        """Add a difference. If an equal one was found in the other direction, the two become one that counts in both.

        Differences with unequal effects stay two. Example: a new value of an enum that is closed in requests and open
        in answers. It is WIDER in requests and SAME in answers, so nothing breaks; a single WIDER would break answers.
        """
        key = (difference.where, difference.what, difference.breaks)
        before = self._found.get(key, difference)
        reasons = dict.fromkeys(each.reason for each in (before, difference) if each.reason)
        self._found[key] = evolve(before, used_in=before.used_in | difference.used_in, reason="; ".join(reasons))

    def __iter__(self) -> Iterator[Difference]:
        return iter(self._found.values())
