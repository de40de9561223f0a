"""Rooms and arrows as an SVG picture."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from attrs import frozen

from .rooms import COMPILED, Graph, Room
from .svg import svg

WIDTH = 760
_ARROW = (
    '<marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
    '<path class="head" d="M0 0 10 5 0 10z"/></marker>'
)
_GAP_X, _GAP_Y, _MARGIN = 16, 44, 16
_LINE, _TITLE = 16, 24
_CHARACTER = 6.7
"""How wide a letter of the modules' names is, at 11 px."""
_STYLE = """
    .room { fill: #eef2ff; stroke: #4f63d2 } .compiled { fill: #eaf7f0; stroke: #2f8f63 }
    .line { fill: none; stroke-width: 1.3 }
    text { font-size: 13px; font-weight: 600; text-anchor: middle }
    .module { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #4d536b }
    @media (prefers-color-scheme: dark) {
      .room { fill: #1d2340; stroke: #8b9bff } .compiled { fill: #14291f; stroke: #5cc795 } .module { fill: #b3b9d0 }
    }
"""


@frozen
class Box:
    """Where a room stands, and what is written in it."""

    x: float
    y: float
    width: float
    lines: list[str]

    @property
    def height(self) -> float:
        """How high it is."""
        return _TITLE + _LINE * len(self.lines) + 8

    @property
    def size(self) -> str:
        """Its width and height, as attributes."""
        return f'width="{self.width:.0f}" height="{self.height:.0f}"'

    @property
    def middle(self) -> float:
        """Where its centre is, from the left."""
        return self.x + self.width / 2


def _boxes(rooms: Mapping[str, Room], rows: Sequence[Sequence[str]]) -> dict[str, Box]:
    """Give each room a place; a row is as high as its highest room."""
    boxes, y = dict[str, Box](), float(_MARGIN)
    for row in rows:
        width = min((WIDTH - 2 * _MARGIN - _GAP_X * (len(row) - 1)) / len(row), 340)
        x = (WIDTH - len(row) * width - _GAP_X * (len(row) - 1)) / 2
        for name in row:
            said = ", ".join(rooms[name].modules) or "mistral_agents_api"
            boxes[name] = Box(x, y, width, textwrap.wrap(said, int((width - 16) / _CHARACTER)))
            x += width + _GAP_X
        y += max(boxes[name].height for name in row) + _GAP_Y
    return boxes


def draw(rooms: Sequence[Room], rows: Sequence[Sequence[str]], arrows: Graph) -> str:
    """Return the picture. If a room imports another, an arrow leads there, unless a path of other arrows does."""
    boxes = _boxes({room.name: room for room in rooms}, rows)
    height = max(box.y + box.height for box in boxes.values()) + _MARGIN
    said = "; ".join(f"{name} imports {', '.join(sorted(aims))}" for name, aims in arrows.items() if aims)
    lines = [f"<defs>{_ARROW}</defs>"]
    for name, aims in arrows.items():
        for aim in sorted(aims, key=lambda each: boxes[each].x):
            start, end = boxes[name], boxes[aim]
            # Each end of an arrow is shifted from the middle towards the other room, so that arrows do not overlap.
            lean = max(-0.4, min(0.4, (end.middle - start.middle) / WIDTH))
            x1, x2 = start.middle + lean * start.width, end.middle - lean * end.width
            y1, y2 = start.y + start.height, end.y
            lines.append(
                f'<path class="line" d="M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + 30:.0f} {x2:.0f} {y2 - 30:.0f}'
                f' {x2:.0f} {y2:.0f}" marker-end="url(#arrow)"/>'
            )
    for name, box in boxes.items():
        kind = "compiled" if name == COMPILED else "room"
        lines += [
            f'<rect class="{kind}" x="{box.x:.0f}" y="{box.y:.0f}" {box.size} rx="8"/>',
            f'<text x="{box.middle:.0f}" y="{box.y + 19:.0f}">{name}</text>',
        ]
        for number, line in enumerate(box.lines):
            y = box.y + _TITLE + _LINE * (number + 0.7)
            lines.append(f'<text class="module" x="{box.middle:.0f}" y="{y:.0f}">{line}</text>')
    return svg(
        width=WIDTH,
        height=round(height),
        title="The rooms of mistral_agents",
        description=f"{said}.",
        style=_STYLE,
        body=lines,
    )
