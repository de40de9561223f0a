"""The frame and the colours of every picture that code draws. A picture follows the reader's light or dark mode."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

_COLOURS = """
    .paper { fill: #fbfbfd } .line { stroke: #5b6178 } .head { fill: #5b6178 }
    text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #23263a }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #14161f } .line { stroke: #a6adc6 } .head { fill: #a6adc6 } text { fill: #e6e8f2 }
    }
"""


def svg(
    *, width: int, height: int, title: str, description: str, style: str, body: Iterable[str], enlarge: bool = True
) -> str:
    """Return a picture; a screen reader says its `title` and `description`; `body` has its elements.

    A page shows the picture as wide as there is room, or without `enlarge` not wider than `width`.
    """
    size = "" if enlarge else f'width="{width}" height="{height}" '
    attributes = f'{size}viewBox="0 0 {width} {height}" role="img" aria-labelledby="title description"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>',
            f'  <title id="title">{escape(title)}</title>',
            f'  <desc id="description">{escape(description)}</desc>',
            f"  <style>{_COLOURS}{style}  </style>",
            f'  <rect class="paper" width="{width}" height="{height}" rx="12"/>',
            *(f"  {element}" for element in body),
            "</svg>",
            "",
        ]
    )
