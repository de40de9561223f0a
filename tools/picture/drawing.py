"""Rooms and arrows as an SVG picture."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .layout import LINE, TITLE, WIDTH, Point, lay_out
from .rooms import COMPILED, Graph, Room
from .svg import svg

_ARROW = (
    '<marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
    '<path class="head" d="M0 0 10 5 0 10z"/></marker>'
)
_STYLE = """
    .room { fill: #eef2ff; stroke: #4f63d2 } .compiled { fill: #eaf7f0; stroke: #2f8f63 }
    .line { fill: none; stroke-width: 1.3 }
    text { font-size: 13px; font-weight: 600; text-anchor: middle }
    .module { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #4d536b }
    @media (prefers-color-scheme: dark) {
      .room { fill: #1d2340; stroke: #8b9bff } .compiled { fill: #14291f; stroke: #5cc795 } .module { fill: #b3b9d0 }
    }
"""


def draw(title: str, rooms: Sequence[Room], rows: Sequence[Sequence[str]], arrows: Graph) -> str:
    """Return the picture. If a room imports another, an arrow leads there, unless a path of other arrows does."""
    layout = lay_out({room.name: room for room in rooms}, rows, arrows)
    said = "; ".join(f"{name} imports {', '.join(sorted(aims))}" for name, aims in arrows.items() if aims)
    lines = [f"<defs>{_ARROW}</defs>"]
    lines += [f'<path class="line" d="{_path(way)}" marker-end="url(#arrow)"/>' for way in layout.ways.values()]
    for name, box in layout.boxes.items():
        kind = "compiled" if name == COMPILED else "room"
        place = f'x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" height="{box.height:.0f}"'
        lines += [
            f'<rect class="{kind}" {place} rx="8"/>',
            f'<text x="{box.middle:.0f}" y="{box.y + 19:.0f}">{name}</text>',
        ]
        for number, line in enumerate(box.lines):
            y = box.y + TITLE + LINE * (number + 0.7)
            lines.append(f'<text class="module" x="{box.middle:.0f}" y="{y:.0f}">{line}</text>')
    return svg(
        width=WIDTH,
        height=round(layout.height),
        title=title,
        description=f"{said}.",
        style=_STYLE,
        body=lines,
        enlarge=False,
    )


def _path(way: Sequence[tuple[Point, Point]]) -> str:
    """Return the path of an arrow: straight in the rows, curved between them."""
    (x, y), _ = way[0]
    drawn = f"M{x:.0f} {y:.0f}"
    for ((_, y0), (x1, y1)), ((x2, y2), _) in itertools.pairwise(way):
        half = (y1 + y2) / 2
        drawn += f"V{y1:.0f}" if y1 > y0 else ""
        drawn += f"C{x1:.0f} {half:.0f} {x2:.0f} {half:.0f} {x2:.0f} {y2:.0f}"
    return drawn
