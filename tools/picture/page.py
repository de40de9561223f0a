"""The parts of docs/architecture.md that come from the code: the picture of the rooms and the table of modules."""

from __future__ import annotations

from tools.checkout import ROOT
from tools.pages import with_part, write_part

from .drawing import draw
from .rooms import ROOMS, graph, rows, without_shortcuts

PAGE = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
_MARKERS = "<!-- drawn from the code: begin -->\n", "<!-- drawn from the code: end -->"


def picture() -> str:
    """Return the picture for the current code."""
    found = graph()
    return draw(ROOMS, rows(found), without_shortcuts(found))


def table() -> str:
    """Return the table for the current code, in the order of the picture from top to bottom."""
    rooms = {room.name: room for room in ROOMS}
    lines = ["| room | modules | what for |", "|---|---|---|"]
    for name in (name for row in rows(graph()) for name in row):
        modules = ", ".join(f"`{module}`" for module in rooms[name].modules)
        lines.append(f"| {name} | {modules or '`generated/`'} | {rooms[name].purpose} |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """Return the text of the page with the current table; raises PageError if the page has no place for it."""
    return with_part(PAGE, _MARKERS, table())


def write() -> None:
    """Write the picture and the page."""
    write_part(PAGE, _MARKERS, table())
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
