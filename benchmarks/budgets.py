"""The budgets: limits of measured figures, most of them as multiples of the figure of B, which is bare httpx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .bench import Row
from .participants import CONCURRENCY, SPEED, STANDARD, B


class Budget(NamedTuple):
    """The limit of the figure of one participant in one row."""

    row: str
    name: str
    limit: float
    to: str | None = B.name
    """The figure is divided by the figure of this participant in the same row. None: it is not divided."""
    to_row: str | None = None
    """If this is set, the figure is divided by the participant's own figure in this row instead."""

    @property
    def title(self) -> str:
        """The text for the table: the row, the participant, and what its figure is divided by."""
        other = self.to_row or self.to
        return f"{self.row}: {self.name}{f' to {other}' if other else ''}"

    def measured(self, rows: Mapping[str, Row]) -> float | None:
        """Return the number to compare with the limit; None if it was not measured."""
        row = rows[self.row]
        if self.name not in row.figures:
            return None
        if self.to_row is not None:
            return row.median(self.name) / rows[self.to_row].median(self.name)
        return row.median(self.name) if self.to is None else row.ratio(self.name, self.to)


def _budgets() -> Iterator[Budget]:
    for mode in ("sync", "async"):
        yield Budget(f"stream, 16 KiB writes, {mode}", STANDARD.name, 1.6)
        yield Budget(f"stream, 16 KiB writes, {mode}", SPEED.name, 1.0)
        yield Budget(f"conversation, 16 KiB writes, {mode}", STANDARD.name, 1.3)
        yield Budget(f"conversation, 16 KiB writes, {mode}", SPEED.name, 1.1)
        for ours in (STANDARD.name, SPEED.name):
            yield Budget(f"stream, one write per event, {mode}", ours, 1.25)
            yield Budget(f"conversation, one write per event, {mode}", ours, 1.25)
            yield Budget(f"JSON answer, 600 bytes, {mode}", ours, 1.15)
            yield Budget(f"JSON answer, 50 KB, {mode}", ours, 1.15)
    for ours in (STANDARD.name, SPEED.name):
        yield Budget("import", ours, 1.10)
        yield Budget("process start to first answer", ours, 1.35)
    yield Budget("1,000 streams at once", CONCURRENCY.name, 1.5, to_row="10 streams at once")
    for way in ("whole", "by bytes"):
        for shape in ("many events", "one event"):
            yield Budget(f"decoder, {way}, {shape}, twice the bytes", STANDARD.name, 2.2, to=None)


BUDGETS = tuple(_budgets())
