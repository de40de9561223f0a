"""Writes the figures of a run into the docs: the picture, the table of docs/performance.md and one figure in README."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

from tools.pages import PageError, with_part

from . import fresh, report
from .bench import Bench, BenchmarkError, Row
from .cases import MEMORY, PROCESSES
from .participants import CONCURRENCY, PEERS, SPEED, STANDARD, B
from .plot import draw

PICTURE, PERFORMANCE, README = Path("docs/images/performance.svg"), Path("docs/performance.md"), Path("README.md")
_MARKERS = "<!-- measured: begin -->\n", "<!-- measured: end -->"
_HEADLINE = re.compile(r"\*\*[\d.]+ times\*\* the CPU time")
_HEADLINE_ROWS = ("stream, 16 KiB writes, sync", "stream, 16 KiB writes, async")


def write(root: Path, bench: Bench, rows: Mapping[str, Row]) -> None:
    """Write the picture, the table and the figure into the project at `root`.

    Raises BenchmarkError if a row that the pages need was not measured, or if a page has no place for its figures.
    """
    names = [each.name for each in bench.participants if each not in (B, CONCURRENCY)]
    missing = [title for title in _HEADLINE_ROWS if title not in rows]
    if missing:
        raise BenchmarkError(f"the README needs rows that were not measured: {'; '.join(missing)}")
    picture = draw(rows.values(), names, [STANDARD.name, SPEED.name])
    try:
        performance = with_part(root / PERFORMANCE, _MARKERS, measured(bench, rows.values(), names))
    except PageError as error:
        raise BenchmarkError(str(error)) from None
    readme = with_headline((root / README).read_text(encoding="utf-8"), headline(rows))
    for path, text in ((PICTURE, picture), (PERFORMANCE, performance), (README, readme)):
        (root / path).write_text(text, encoding="utf-8", newline="\n")


def headline(rows: Mapping[str, Row]) -> float:
    """Return the ratio to bare httpx for a streamed event: the larger one of blocking and async."""
    return max(round(rows[title].ratio(STANDARD.name), 2) for title in _HEADLINE_ROWS)  # rounded as in the table


def with_headline(text: str, ratio: float) -> str:
    """Return the text of the README with this ratio in it."""
    changed, count = _HEADLINE.subn(f"**{ratio:.1f} times** the CPU time", text)
    if count != 1:
        raise BenchmarkError(f'{README} must say "**... times** the CPU time" once, not {count} times')
    return changed


def measured(bench: Bench, rows: Iterable[Row], names: Sequence[str]) -> str:
    """Return the table, and below it the versions of the measured packages and the numbers of rounds."""
    versions = [f"Python {platform.python_version()}", f"httpx {metadata.version('httpx')}"]
    for peer in PEERS:
        if peer in bench.participants:
            code = f"import json; from importlib.metadata import version; print(json.dumps(version({peer.name!r})))"
            versions.append(f"{peer.name} {fresh.run(peer, '-c', code)}")
    others = f"of {max(bench.rounds, PROCESSES)} for short processes, and of {MEMORY} for memory"
    rounds = f"medians of {bench.rounds} rounds, {others}."
    lines = [*report.table(rows, [B.name, *names]), "", f"{', '.join(versions)}; {rounds}"]
    return "\n".join(lines) + "\n"
