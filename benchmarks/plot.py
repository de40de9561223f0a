"""The picture of a run: for some rows of the table (`PLOTTED`), a bar for each client's ratio to bare httpx."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from tools.picture.svg import svg

from .bench import Row
from .participants import B

PLOTTED = {
    "stream, 16 KiB writes, sync": "a completion as a stream, written in pieces of 16 KiB",
    "stream, one write per event, sync": "a completion as a stream, one write per event",
    "conversation, 16 KiB writes, sync": "a conversation as a stream, written in pieces of 16 KiB",
    "JSON answer, 600 bytes, sync": "a JSON answer of 600 bytes",
    "import": "importing the library",
    "process start to first answer": "from the start of a process to its first answer",
}
"""The rows of the table that the picture shows, from top to bottom, each with its heading in the picture."""
TITLE = "CPU time of blocking calls, compared with bare httpx"
CAPTION = "Right of 1: more than bare httpx. Left of 1: less. The scale is logarithmic."
# The width is small, so that phones can show the picture: at 360 pixels, the letters are still about 8 pixels high.
_WIDTH, _LEFT, _RIGHT = 560, 150, 64
_BAR, _ROW, _TOP, _HEADING = 14, 20, 92, 26
_MARKS = {  # the marks of the scale; True: if the largest ratio is less than four times the smallest
    True: (0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2, 2.5, 3),
    False: (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000),
}
_STYLE = """
    text { font-size: 13px } .title { font-size: 16px; font-weight: 700 }
    .row { font-weight: 600; paint-order: stroke; stroke: #fbfbfd; stroke-width: 5px }
    .mark { font-size: 12px; text-anchor: middle } .name { text-anchor: end }
    .scale { stroke: #d5d8e6 } .base { stroke: #5b6178; stroke-width: 1.5 }
    .ours { fill: #4f63d2 } .other { fill: #a3a9bd }
    @media (prefers-color-scheme: dark) {
      .row { stroke: #14161f } .scale { stroke: #2e3347 } .base { stroke: #a6adc6 }
      .ours { fill: #8b9bff } .other { fill: #6b7188 }
    }
"""


def plotted(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that the picture shows, in its order."""
    by_title = {row.title: row for row in rows}
    return [by_title[title] for title in PLOTTED if title in by_title and B.name in by_title[title].figures]


def draw(rows: Iterable[Row], names: Sequence[str], ours: Sequence[str]) -> str:
    """Return the picture as SVG.

    `names` are the clients to show; `ours` are the clients among them that are this library. If a row has no figure of
    a client, the client has no bar there. Raises ValueError if the picture shows none of the rows.
    """
    shown = plotted(rows)
    ratios = {row.title: {name: row.ratio(name) for name in names if name in row.figures} for row in shown}
    every = [ratio for of_row in ratios.values() for ratio in of_row.values()]
    if not every:
        raise ValueError(f"the picture needs one of these rows, with bare httpx in it: {'; '.join(PLOTTED)}")
    scale = _Scale(min(1, *every), max(1, *every))
    body, y = [], _TOP
    for title, of_row in ratios.items():
        body.append(f'<text class="row" x="16" y="{y}">{PLOTTED[title]}</text>')
        for name, ratio in of_row.items():
            y += _ROW
            body += _bar(scale, y, name, ratio, "ours" if name in ours else "other")
        y += _HEADING + 6
    bottom = y - _HEADING
    said = (
        f"{PLOTTED[title]}: {', '.join(f'{name} {_text(of_row[name])}' for name in of_row)}"
        for title, of_row in ratios.items()
    )
    return svg(
        width=_WIDTH,
        height=bottom + 12,
        title=TITLE,
        description=f"{'; '.join(said)}.",
        style=_STYLE,
        body=[
            f'<text class="title" x="16" y="32">{TITLE}</text>',
            f'<text x="16" y="52">{CAPTION}</text>',
            *_marks(scale, bottom),
            *body,
        ],
    )


class _Scale:
    """Converts a ratio to its distance from the left edge of the picture."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low / 1.05, high * 1.05
        self.marks = [mark for mark in _MARKS[high / low < 4] if self.low <= mark <= self.high]

    def __call__(self, ratio: float) -> float:
        part = math.log(ratio / self.low) / math.log(self.high / self.low)
        return _LEFT + part * (_WIDTH - _LEFT - _RIGHT)


def _marks(scale: _Scale, bottom: int) -> Iterator[str]:
    for mark in scale.marks:
        x, kind = scale(mark), "base" if mark == 1 else "scale"
        yield f'<text class="mark" x="{x:.1f}" y="{_TOP - 22}">{mark:g}</text>'
        yield f'<path class="{kind}" d="M{x:.1f} {_TOP - 16}V{bottom}"/>'


def _bar(scale: _Scale, y: int, name: str, ratio: float, kind: str) -> Iterator[str]:
    start, end = sorted((scale(1), scale(ratio)))
    top = y - _BAR + 3
    yield f'<text class="name" x="{_LEFT - 10}" y="{y}">{name}</text>'
    yield f'<rect class="{kind}" x="{start:.1f}" y="{top}" width="{end - start:.1f}" height="{_BAR}" rx="2"/>'
    yield f'<text x="{end + 6:.1f}" y="{y}">{_text(ratio)} x</text>'


def _text(ratio: float) -> str:
    ratio = round(ratio, 2)  # as in the table, so that the picture and the table never differ
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
