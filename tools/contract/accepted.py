"""The findings that are accepted although they break something: the file that `--accept` names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import frozen

from .differences import Difference
from .entries import read_entries
from .keywords import ContractError

_KEYS = {"id", "reason", "until"}


@frozen
class Agreement:
    """An entry of the file: the id of a finding, why it is accepted, and the last day on which it is accepted."""

    id: str
    reason: str
    until: dt.date


@frozen
class Accepted:
    """The entries of the file, and the day that decides which of them have expired."""

    entries: tuple[Agreement, ...] = ()
    today: dt.date = dt.date.max

    def of(self, difference: Difference) -> Agreement | None:
        """Return the entry for a finding, or None if there is none or it has expired."""
        found = next((each for each in self.entries if each.id == difference.id), None)
        return found if found is not None and found.until >= self.today else None

    def blocks(self, difference: Difference) -> bool:
        """Tell whether a finding breaks something and is not accepted."""
        return difference.breaking and self.of(difference) is None

    def remarks(self, found: Iterable[Difference]) -> list[str]:
        """Return a line for each entry that has expired or that matches none of these findings."""
        known = {each.id for each in found}
        lines = list[str]()
        for each in self.entries:
            if each.id not in known:
                lines.append(f"{each.id}: accepted, but there is no such finding: remove the entry")
            elif each.until < self.today:
                lines.append(f"{each.id}: accepted only until {each.until}, and today is {self.today}")
        return lines


def read_accepted(path: Path | None, today: dt.date) -> Accepted:
    """Read the file; raises ContractError for an entry that lacks one of its keys, and for two entries with one id."""
    if path is None:
        return Accepted(today=today)
    entries = tuple(_agreement(each, path) for each in read_entries(path))
    twice = sorted({each.id for each in entries if [other.id for other in entries].count(each.id) > 1})
    if twice:
        raise ContractError(f"{path}: more than one entry has the id {', '.join(twice)}")
    return Accepted(entries, today)


def _agreement(entry: Any, path: Path) -> Agreement:
    parts = entry if isinstance(entry, dict) else {}
    try:
        until = dt.date.fromisoformat(str(parts.get("until")))
    except ValueError:
        until = None
    reason = str(parts.get("reason") or "").strip()
    if parts.keys() != _KEYS or not reason or until is None:
        raise ContractError(
            f"{path}: an entry must have an id, a reason, and `until`, a day like 2027-01-31; got {entry!r:.80}"
        )
    return Agreement(str(parts["id"]), reason, until)
