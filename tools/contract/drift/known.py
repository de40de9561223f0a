"""How the contract differs from its sources, each difference looked at: known_drift.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen
from tools.contract.differences import Difference
from tools.contract.keywords import ContractError

SIDES = {"removed": "theirs", "added": "ours", "changed": "both"}
# Why our contract says less than others do, by what a difference says of it.
_RULES = [
    ("default ", "No defaults but on tags, because the generated client would send them in every call."),
    (
        "format ",
        "The generator would convert such a value, which changes what was received and fails on any other form.",
    ),
    ("unknown fields are forbidden", "All request schemas are closed, so that a misspelt field is found."),
    ("any other value besides the listed ones", "A new value is no mistake."),
    ("never null", "A query cannot hold null."),
    ("answer", "The service refuses requests with the same errors everywhere, whether or not that is described."),
    ("", "To be explained."),
]


@frozen
class Known:
    """Differences that were looked at: their side, and "place: what it is" of each, where `*` is any text.

    With `together`, they are known only where all of them are found.
    """

    side: str
    patterns: Sequence[str]
    together: bool = False

    def unused(self, found: Sequence[Difference]) -> list[str]:
        """Return the patterns that are none of the differences found."""
        return [pattern for pattern in self.patterns if not any(self._is(pattern, each) for each in found)]

    def covered(self, found: Sequence[Difference]) -> list[Difference]:
        """Return those of the differences found that are known by this."""
        if self.together and self.unused(found):
            return []
        return [each for each in found if any(self._is(pattern, each) for pattern in self.patterns)]

    def _is(self, pattern: str, difference: Difference) -> bool:
        expression = ".*".join(map(re.escape, pattern.split("*")))
        return self.side == SIDES[difference.change] and re.fullmatch(expression, line(difference)) is not None


def line(difference: Difference) -> str:
    """Return how a difference is printed, and how the file names it."""
    return f"{difference.where}: {difference.what}"


def as_entries(differences: Sequence[Difference]) -> str:
    """Return entries of the file, with the reason that our rules give."""
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
    """Read the list of known differences; raises ContractError for an entry without one of its parts."""
    try:
        entries: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        for entry in entries:
            if entry.keys() - {"together"} != {"reason", "side", "differences"} or entry["side"] not in SIDES.values():
                raise ContractError(
                    f"{path.name}: an entry must have a reason, a side ({', '.join(SIDES.values())}) and differences"
                )
        return [
            Known(entry["side"], [str(pattern) for pattern in entry["differences"]], entry.get("together") is True)
            for entry in entries
        ]
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        raise ContractError(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None
