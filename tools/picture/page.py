"""The parts of docs/architecture.md that come from the code: the picture of the rooms and the table of modules."""

from __future__ import annotations

from .drawing import draw
from .rooms import ROOMS, ROOT, graph, rows, without_shortcuts

PAGE = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
_BEGIN, _END = "<!-- drawn from the code: begin -->\n", "<!-- drawn from the code: end -->"


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


def page(text: str) -> str:
    """Return the text of the page with the current table."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}{table()}{_END}{after}"


def write() -> None:
    """Write the picture and the page."""
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
