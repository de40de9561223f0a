"""The rooms of the stub: its folders. What a room is for, its modules and its imports are read from the code."""

from __future__ import annotations

import ast
from pathlib import Path

from .rooms import OVERLAY, Room

STUB = OVERLAY / "testing"
TOP = "stub"
"""The room of the modules that are in no folder: they put the other rooms together."""


def stub_rooms() -> tuple[Room, ...]:
    """Return the rooms of the stub. What a room is for is the docstring of its package."""
    folders = sorted(path.parent for path in STUB.glob("*/__init__.py"))
    rooms = [Room(folder.name, _purpose(folder), _modules(folder)) for folder in folders]
    return Room(TOP, "the server, the command, `/_stub/`, and the pytest plugin", _modules(STUB)), *rooms


def stub_graph() -> dict[str, set[str]]:
    """Return which room of the stub imports which."""
    rooms = sorted({room.name for room in stub_rooms()} - {TOP})
    return {TOP: _imports(STUB, 1) - {TOP}} | {room: _imports(STUB / room, 2) - {room} for room in rooms}


def _modules(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__"))


def _purpose(folder: Path) -> str:
    text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    return text.rstrip(".")


def _imports(folder: Path, level: int) -> set[str]:
    """Return the rooms that the modules of a folder import; `level` is the number of dots in such an import."""
    found = set[str]()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == level:
                found |= {node.module.partition(".")[0]} if node.module else {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("mistral_agents.testing."):
                found.add(f"{node.module}.".split(".")[2])
    return {name if (STUB / name / "__init__.py").exists() and name else TOP for name in found}
