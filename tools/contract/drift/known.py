"""Read known_drift.yaml: the differences between the contract and its sources that are explained."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen
from tools.contract.differences import Difference
from tools.contract.entries import read_entries
from tools.contract.keywords import ContractError

SIDES = {"removed": "theirs", "added": "ours", "changed": "both"}
_KEYS = {"reason", "side", "differences"}
# Our reasons for differences, by the beginning of the difference's text.
_RULES = [
    ("default ", "No defaults except on tags, because the generated client would send them in every call."),
    (
        "format ",
        "The generator would convert such values, which changes what was received and fails on values of another form.",
    ),
    ("unknown fields are forbidden", "All schemas of requests are closed, so that a misspelt field is an error."),
    ("any other value besides the listed ones", "A new value is not an error."),
    ("never null", "A query cannot contain null."),
    (
        "answer",
        "The service answers with the same errors for all operations, even if a document does not describe them.",
    ),
    ("", "To be explained."),
]


@frozen
class Known:
    """An entry: the side of its differences, and a pattern for each, "place: difference". `*` matches any text.

    With `together`, the entry explains its differences only if all of them are found.
    """

    side: str
    patterns: Sequence[str]
    together: bool = False

    def unused(self, found: Sequence[Difference]) -> list[str]:
        """Return the patterns that match none of the differences."""
        return [pattern for pattern in self.patterns if not any(self._matches(pattern, each) for each in found)]

    def covered(self, found: Sequence[Difference]) -> list[Difference]:
        """Return the differences that this entry explains."""
        if self.together and self.unused(found):
            return []
        return [each for each in found if any(self._matches(pattern, each) for pattern in self.patterns)]

    def _matches(self, pattern: str, difference: Difference) -> bool:
        expression = ".*".join(map(re.escape, pattern.split("*")))
        return self.side == SIDES[difference.change] and re.fullmatch(expression, line(difference)) is not None


def line(difference: Difference) -> str:
    """Return the line that is printed for a difference, and that the patterns of the file match."""
    return f"{difference.where}: {difference.what}"


def as_entries(differences: Sequence[Difference]) -> str:
    """Return entries of the file for differences, with the reasons that our rules give."""
    found = dict[tuple[str, str], list[str]]()
    for each in differences:
        reason = next(reason for beginning, reason in _RULES if each.what.startswith(beginning))
        found.setdefault((reason, SIDES[each.change]), []).append(line(each))
    text = list[str]()
    for (reason, side), lines in found.items():
        quoted = [each.replace("'", "''") for each in lines]
        text += [
            f"- reason: {reason}",
            f"  side: {side}",
            "  differences:",
            *(f"    - '{each}'" for each in quoted),
            "",
        ]
    return "\n".join(text)


def read_known(path: Path) -> list[Known]:
    """Read the list of explained differences; raises ContractError for an entry without one of its keys."""
    found = list[Known]()
    for entry in read_entries(path):
        parts = entry if isinstance(entry, dict) else {}
        listed = parts.get("differences")
        if parts.keys() - {"together"} != _KEYS or parts["side"] not in SIDES.values() or not isinstance(listed, list):
            raise ContractError(
                f"{path}: an entry must have a reason, a side ({', '.join(SIDES.values())}) and differences, a list"
            )
        found.append(Known(parts["side"], [str(pattern) for pattern in listed], parts.get("together") is True))
    return found
