"""The tables, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .bench import Row
from .budgets import BUDGETS
from .participants import B


def table(rows: Iterable[Row], names: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the table of medians, each median with its ratio to B."""
    yield f"| what | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for row in rows:
        yield f"| {row.title} ({row.unit}) | {' | '.join(cell(row, name) for name in names)} |"


def cell(row: Row, name: str) -> str:
    """Return the text of one cell."""
    if name not in row.figures:
        return "-"
    figure = f"{row.median(name):,.{digits(row.median(name))}f}"
    if name == B.name or B.name not in row.figures:
        return figure
    ratio = row.ratio(name)
    return f"{figure} ({ratio:.2f})" if ratio >= 0.1 else f"{figure} ({ratio:.1g})"


def digits(figure: float) -> int:
    """Return the number of decimals with which a figure has about three digits."""
    return 0 if figure >= 100 else 1 if figure >= 10 else 2


def budget_table(rows: Mapping[str, Row]) -> tuple[list[str], bool]:
    """Return the lines of the table of budgets, and whether all were met. Rows that were not run are left out."""
    lines: list[str] = []
    met_all = True
    for budget in BUDGETS:
        if budget.row not in rows:
            continue
        measured = budget.measured(rows)
        met = measured is not None and measured <= budget.limit
        met_all = met_all and met
        shown = "not measured" if measured is None else f"{measured:.2f} x"
        lines.append(f"| {budget.title} | {budget.limit:.2f} x | {shown} | {'yes' if met else 'NO'} |")
    head = ["| budget | at most | measured | met |", "|---|---:|---:|---|"]
    return (head + lines if lines else []), met_all
