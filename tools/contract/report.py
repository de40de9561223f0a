"""Print the differences between two versions: as text, as JSON for programs, or as Markdown for a pull request."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from .accepted import Accepted
from .differences import Difference


@frozen
class Report:
    """The differences between two versions, in parts with titles, and what follows from them."""

    old: str
    new: str
    parts: Mapping[str, Sequence[Difference]]
    accepted: Accepted = field(factory=Accepted)
    remarks: Sequence[str] = ()
    step: Mapping[str, str] = field(factory=dict)

    @property
    def found(self) -> list[Difference]:
        """All differences."""
        return [each for part in self.parts.values() for each in part]

    @property
    def status(self) -> int:
        """The exit status: 1 if something breaks and is not accepted, otherwise 0."""
        return int(any(self.accepted.blocks(each) for each in self.found))

    def notes(self) -> list[str]:
        """The lines that follow the differences; the version step is the last one."""
        return [*self.accepted.remarks(self.found), *self.remarks, *([self.step["text"]] if self.step else [])]


def text(report: Report) -> str:
    """Return the report as text."""
    lines = [f"From {report.old} to {report.new}:"]
    for title, found in report.parts.items():
        lines += ["", f"{title}: {_count(found, report.accepted)}"]
        lines += [f"  {line(each, report.accepted)}" for each in found]
    for note in report.notes():
        lines += ["", note]
    return "\n".join(lines)


def line(difference: Difference, accepted: Accepted | None = None) -> str:
    """Return the line for a difference: whether it breaks something, where, what, why, and its id."""
    agreement = accepted.of(difference) if accepted else None
    why = f"accepted until {agreement.until}: {agreement.reason}" if agreement else difference.why
    return f"{_verdict(difference, accepted):10}  {_place(difference)}: {_what(difference)}; {why} [{difference.id}]"


def as_json(report: Report) -> str:
    """Return the report as JSON. Programs rely on the keys, so they must not change."""
    findings = [
        {
            "id": each.id,
            "rule": each.code,
            "part": title,
            "verdict": _verdict(each, report.accepted),
            "place": each.where,
            "direction": directions(each),
            "change": each.change,
            "what": each.what,
            "reason": each.why,
            "accepted": _agreement(each, report.accepted),
        }
        for title, found in report.parts.items()
        for each in found
    ]
    whole = {"old": report.old, "new": report.new, "status": report.status, "findings": findings}
    return json.dumps({**whole, "step": dict(report.step) or None, "remarks": report.notes()}, indent=2)


def markdown(report: Report) -> str:
    """Return the report as a table for the description of a pull request; what breaks comes first."""
    lines = [f"**From {_cell(report.old)} to {_cell(report.new)}: {_count(report.found, report.accepted)}**", ""]
    if report.found:
        lines += ["| verdict | where | direction | what | why | id |", "|---|---|---|---|---|---|"]
    verdicts = ["breaking", "accepted", "compatible"]
    for each in sorted(report.found, key=lambda each: verdicts.index(_verdict(each, report.accepted))):
        agreement = report.accepted.of(each) if each.breaking else None
        why = f"{agreement.reason} (until {agreement.until})" if agreement else each.why
        cells = [each.where, ", ".join(directions(each)), _what(each), why]
        verdict = _verdict(each, report.accepted)
        bold = f"**{verdict}**" if verdict == "breaking" else verdict
        lines.append(f"| {bold} | {' | '.join(map(_cell, cells))} | `{each.id}` |")
    for note in report.notes():
        lines += ["", _cell(note)]
    return "\n".join(lines)


FORMATS: dict[str, Callable[[Report], str]] = {"text": text, "json": as_json, "markdown": markdown}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for the report."""
    parser.add_argument("--format", choices=FORMATS, default="text", help="the format of the output (default: text)")
    parser.add_argument(
        "--accept", type=Path, metavar="FILE", help="a list of accepted findings, each with id, reason and until"
    )


def today() -> dt.date:
    """Return today's date in UTC."""
    return dt.datetime.now(dt.UTC).date()


def directions(difference: Difference) -> list[str]:
    """Return where a difference occurs: request, answer, or python (in code that imports the models)."""
    found = difference.directions.split(" and ") if difference.directions else []
    return found if found and not difference.python else ["python"]


def _verdict(difference: Difference, accepted: Accepted | None) -> str:
    if not difference.breaking:
        return "compatible"
    return "accepted" if accepted and accepted.of(difference) else "breaking"


def _agreement(difference: Difference, accepted: Accepted) -> dict[str, Any] | None:
    found = accepted.of(difference) if difference.breaking else None
    return {"reason": found.reason, "until": found.until.isoformat()} if found else None


def _place(difference: Difference) -> str:
    return f"{difference.where} ({difference.directions})" if difference.directions else difference.where


def _what(difference: Difference) -> str:
    return {"added": "added: ", "removed": "removed: ", "changed": ""}[difference.change] + difference.what


def _count(found: Sequence[Difference], accepted: Accepted) -> str:
    if not found:
        return "no difference"
    counted = [_verdict(each, accepted) for each in found]
    numbers = [(name, counted.count(name)) for name in ("breaking", "accepted", "compatible")]
    return ", ".join(f"{number} {name}" for name, number in numbers if number or name != "accepted")


def _cell(words: str) -> str:
    # Text from a contract must neither end the cell nor be read as HTML.
    escaped = {"\\": "\\\\", "|": "\\|", "`": "\\`", "*": "\\*", "_": "\\_", "<": "&lt;", "&": "&amp;", "[": "\\["}
    return "".join(escaped.get(sign, sign) for sign in " ".join(words.split()))
