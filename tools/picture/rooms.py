"""The rooms of the overlay: which module is in which room, and which room imports which, read from the code."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from attrs import frozen
from tools.checkout import ROOT

OVERLAY = ROOT / "overlays" / "mistral_agents"
COMPILED = "compiled"
Graph = Mapping[str, set[str]]


@frozen
class Room:
    """A group of modules with one purpose."""

    name: str
    purpose: str
    modules: tuple[str, ...]


ROOMS = (
    Room(
        "client",
        "what people import: the client, its resources, and the object that runs their calls",
        ("client", "calls", "agents"),
    ),
    Room(
        "connections",
        "the httpx clients of a `Mistral`: the user's or ours, and how ours connect",
        ("_connections", "_own_clients", "_dialing"),
    ),
    Room("answers", "all models in one place, and facts about a response (`response_of`)", ("models", "responses")),
    Room("command", "`python -m mistral_agents`", ("__main__",)),
    Room("helpers", "structured answers and functions as tools", ("structured", "tools")),
    Room("lists", "pages, and iterating over them", ("paging",)),
    Room(
        "families",
        "how the events of a stream become one answer: one module for each kind of stream",
        ("_completions", "_conversations", "_joining"),
    ),
    Room("testing", "the stub, the functions that make its answers, and the pytest plugin", ("testing",)),
    Room(
        "httpx clients",
        "clients for use without `Mistral`, and for many streams",
        ("retry_client", "concurrency", "_http_settings"),
    ),
    Room("streams", "the streams that callers read; dropped ones are closed", ("streams", "_reading", "_reaper")),
    Room("events", "what an event of a stream means: data, the end, an error", ("_events",)),
    Room("attempts", "one loop per call: try, wait, try again", ("_attempts",)),
    Room(
        "exchange",
        "one request and its response: transport, time limits, body",
        ("_exchange", "_answer", "_transport", "_limits", "_pool"),
    ),
    Room("wire", "from bytes to data without I/O: event streams, compression", ("sse", "_encoding")),
    Room("request", "from an operation and its arguments to one request, checked before it is sent", ("_request",)),
    Room(
        "values",
        "data and pure functions: errors, the retry policy, options, clock, JSON",
        ("errors", "_causes", "retry", "_options", "_budget", "_clock", "observe", "_json", "_surrogates", "_version"),
    ),
    Room(COMPILED, "`mistral_agents_api`: models, operations and typed methods, compiled from `openapi.yaml`", ()),
)


def imports(path: Path) -> set[str]:
    """Return which of the overlay's modules a module imports, and the compiled package if it imports that.

    Imports that only type checkers see count, too.
    """
    depth = len(path.relative_to(OVERLAY).parts)
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            named = [node.module.partition(".")[0]] if node.module else [alias.name for alias in node.names]
            found |= {
                name if name in modules() else "client" for name in named
            }  # what the package itself exports is in `client`
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            package, _, rest = name.partition(".")
            if package == "mistral_agents_api":
                found.add(COMPILED)
            elif package == OVERLAY.name:
                found.add(rest.partition(".")[0] or "client")
    return found


@cache
def modules() -> dict[str, list[Path]]:
    """Return the files of each module of the overlay; a package counts as one module."""
    found = dict[str, list[Path]]()
    for path in sorted(OVERLAY.rglob("*.py")):
        name = path.relative_to(OVERLAY).parts[0].removesuffix(".py")
        if name != "__init__":
            found.setdefault(name, []).append(path)
    return found


def graph(rooms: Iterable[Room] = ROOMS) -> dict[str, set[str]]:
    """Return which room imports which; raises ValueError for a module without a room and for a cycle of imports."""
    files = modules()
    home = {module: room.name for room in rooms for module in room.modules} | {COMPILED: COMPILED}
    if strays := sorted(files.keys() ^ home.keys() - {COMPILED}):
        raise ValueError(f"give these modules a room in tools/picture/rooms.py, or remove them there: {strays}")
    found = {room.name: set[str]() for room in rooms}
    for module, paths in files.items():
        for path in paths:
            found[home[module]] |= {home[name] for name in imports(path) & home.keys()} - {home[module]}
    list(TopologicalSorter(found).static_order())  # raises CycleError, a ValueError
    return found


def without_shortcuts(found: Graph) -> dict[str, set[str]]:
    """Return a graph without the arrows that a longer way replaces."""
    reach = dict[str, set[str]]()
    for room in TopologicalSorter(found).static_order():
        reach[room] = found[room].union(*(reach[other] for other in found[room]))
    return {room: {each for each in aims if not any(each in reach[o] for o in aims)} for room, aims in found.items()}


def rows(found: Graph) -> list[list[str]]:
    """Return the rows of rooms from top to bottom; each room is below all rooms that import it."""
    row = dict[str, int]()
    for room in reversed(list(TopologicalSorter(found).static_order())):
        row[room] = max((row[other] + 1 for other in found if room in found[other]), default=0)
    return [[room for room in found if row[room] == number] for number in range(max(row.values()) + 1)]
