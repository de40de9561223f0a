"""The parts of docs/architecture.md that come from the code: pictures of the rooms, and tables of their modules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tools.checkout import ROOT
from tools.pages import part, write_part

from .drawing import draw
from .rooms import ROOMS, Graph, Room, graph, rows, without_shortcuts
from .stub import stub_graph, stub_rooms

PAGE = ROOT / "docs" / "architecture.md"
IMAGES = ROOT / "docs" / "images"
_PARTS: tuple[tuple[str, str, Sequence[Room], Graph], ...] = (
    ("overlay", "architecture.svg", ROOMS, graph()),
    ("stub", "stub.svg", stub_rooms(), stub_graph()),
)


def pictures() -> dict[Path, str]:
    """Return the pictures for the current code, by file."""
    titles = {"overlay": "The rooms of mistral_agents", "stub": "The rooms of the stub"}
    return {
        IMAGES / file: draw(titles[what], rooms, rows(found), without_shortcuts(found))
        for what, file, rooms, found in _PARTS
    }


def tables() -> dict[tuple[str, str], str]:
    """Return the tables for the current code, by their markers, in the order of the pictures from top to bottom."""
    return {
        (f"<!-- rooms of the {what}: begin -->\n", f"<!-- rooms of the {what}: end -->"): _table(rooms, found)
        for what, _, rooms, found in _PARTS
    }


def write() -> None:
    """Write the pictures and the tables; raises PageError, and writes nothing, if the page has no place for a table."""
    for markers in tables():
        part(PAGE, markers)
    for markers, table in tables().items():
        write_part(PAGE, markers, table)
    for file, picture in pictures().items():
        file.write_text(picture, encoding="utf-8", newline="\n")


def _table(rooms: Sequence[Room], found: Graph) -> str:
    by_name = {room.name: room for room in rooms}
    lines = ["| room | modules | what for |", "|---|---|---|"]
    for name in (name for row in rows(found) for name in row):
        modules = ", ".join(f"`{module}`" for module in by_name[name].modules)
        lines.append(f"| {name} | {modules or '`generated/`'} | {by_name[name].purpose} |")
    return "\n".join(lines) + "\n"
