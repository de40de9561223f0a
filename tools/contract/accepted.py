"""Findings that somebody agreed to: each with a reason, and the day until which that holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from .differences import Difference
from .keywords import ContractError

_PARTS = {"id", "reason", "until"}


@frozen
class Agreement:
    """An entry of the file: the finding, why it is accepted, and the last day on which it is."""

    id: str
    reason: str
    until: dt.date


@frozen
class Accepted:
    """What was agreed to, as it stands today."""

    entries: tuple[Agreement, ...] = ()
    today: dt.date = dt.date.max

    def of(self, difference: Difference) -> Agreement | None:
        """Return the agreement to a finding; none that has run out."""
        found = next((each for each in self.entries if each.id == difference.id), None)
        return found if found is not None and found.until >= self.today else None

    def blocks(self, difference: Difference) -> bool:
        """Tell whether a finding breaks something and nobody agreed to it."""
        return difference.breaking and self.of(difference) is None

    def remarks(self, found: Iterable[Difference]) -> list[str]:
        """Say which agreements have run out, and which are about nothing that was found."""
        known = {each.id for each in found}
        said = {True: f"accepted until {{0}}, and that is over since {self.today}", False: "accepted, and not found"}
        return [
            f"{each.id}: {said[each.id in known].format(each.until)}"
            for each in self.entries
            if each.id not in known or each.until < self.today
        ]


def read_accepted(path: Path | None, today: dt.date) -> Accepted:
    """Read the file; raises ContractError for an entry without one of its parts, or that stands twice."""
    if path is None:
        return Accepted(today=today)
    try:
        raw: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except OSError as error:
        raise ContractError(f"{path} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise ContractError(f"{path} cannot be read: {' '.join(str(error).split())}") from None
    if not isinstance(raw, list):
        raise ContractError(f"{path} should be a list of entries with {', '.join(sorted(_PARTS))}")
    entries = tuple(_agreement(each, path) for each in raw)
    twice = sorted({each.id for each in entries if [other.id for other in entries].count(each.id) > 1})
    if twice:
        raise ContractError(f"{path}: {', '.join(twice)} stands there twice")
    return Accepted(entries, today)


def _agreement(entry: Any, path: Path) -> Agreement:
    parts = entry if isinstance(entry, dict) else {}
    until = parts.get("until")
    if isinstance(until, str):
        try:
            until = dt.date.fromisoformat(until)
        except ValueError:
            until = None
    reason = str(parts.get("reason") or "").strip()
    # A time of day would make it a datetime, which is a date to isinstance and compares with none.
    if parts.keys() != _PARTS or not reason or type(until) is not dt.date:
        raise ContractError(f"{path}: an entry has an id, a reason, and `until`, a day like 2027-01-31: {entry!r:.80}")
    return Agreement(str(parts["id"]), reason, until)
