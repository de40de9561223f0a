"""The boundaries: what the packages and the floors of the overlay may import; which modules may name fields.

The floors are three groups of modules. The lowest has values and errors, the middle one runs a call, and people import
the highest one.
"""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from tools.checkout import ROOT
from tools.stress import documents

from operations import contract_operations

OVERLAY = ROOT / "overlays" / "mistral_agents"
GENERATED = ROOT / "generated" / "mistral_agents_api"
MODULES = sorted(OVERLAY.rglob("*.py"))
WITHOUT_TESTING = [path for path in MODULES if "testing" not in path.relative_to(OVERLAY).parts]
VALUES = ["_budget", "_causes", "_clock", "_json", "_options", "_surrogates", "_version", "errors", "observe", "retry"]
"""The lowest floor: errors, the retry policy, options, clock, reading JSON."""
ONE_CALL = ["_request", "_attempts", "_exchange", "_transport", "_limits", "_pool", "_encoding", "_answer"]
ONE_CALL += ["_events", "_reading", "_reaper", "sse", "streams"]
"""The middle floor: from a request to its answer or its stream, for any operation."""
FLOORS = {**dict.fromkeys(VALUES, 0), **dict.fromkeys(ONE_CALL, 1)}
"""Each module's floor by its name; all other modules are on the highest floor, which people import."""
# Names that errors, events on the wire, HTTP requests and regular expressions have, independently of the contract.
OF_THE_WIRE = {"authorization", "code", "content", "data", "detail", "error", "event", "id", "message", "object"}
OF_THE_WIRE |= {"name", "retry", "stream", "text", "type", "url", "value"}


def tree(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Yield the absolute names that a module imports anywhere in its code, without relative imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def siblings(path: Path) -> set[str]:
    """Return the modules of the overlay that a module imports anywhere in its code, even if only for type checkers."""
    names = {other.stem for other in WITHOUT_TESTING}
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module.partition(".")[0]} if node.module else {alias.name for alias in node.names} & names
    return found


def is_private(name: str) -> bool:
    """Return whether a name begins with exactly one underscore."""
    return name.startswith("_") and not name.startswith("__")


def private_uses(path: Path) -> list[str]:
    """Return the private names of the generated package that a module imports or uses as attributes."""
    own = {
        name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
        if (getattr(node, "module", None) or alias.name).startswith("mistral_agents_api")
        for name in [(alias.asname or alias.name).partition(".")[0]]
    }
    attributes = [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in own
    ]
    named = [name for name in imported(path) if name.startswith("mistral_agents_api")]
    return [name for name in named + attributes if any(is_private(part) for part in name.split("."))]


def names_in(path: Path) -> set[str]:
    """Return everything in a module that can name a field: text constants and attributes."""
    found = set()
    for node in ast.walk(tree(path)):
        match node:
            case ast.Constant(value=str(text)):
                found.add(text)
            case ast.Attribute(attr=name):
                found.add(name)
    return found


def test_generated_package_does_not_import_the_overlay() -> None:
    """No generated module imports the overlay, except one that imports its types for type checkers."""
    modules = sorted(GENERATED.rglob("*.py"))
    foreign = {
        path.relative_to(GENERATED).as_posix()
        for path in modules
        for name in imported(path)
        if name.partition(".")[0] in ("mistral_agents", "overlays")
    }
    assert len(modules) > 50
    assert foreign == {"resources/_overlay.py"}


def test_no_private_name_of_the_generated_package_is_used() -> None:
    """The overlay uses no name of the generated package that begins with an underscore."""
    assert {path.name: used for path in MODULES if (used := private_uses(path))} == {}


def test_imports_go_down_only() -> None:
    """The overlay's import graph has no cycle, and no floor imports a higher one, not even for type checkers."""
    graph = {path.stem: siblings(path) for path in WITHOUT_TESTING if path.stem not in ("__init__", "__main__")}
    up = {
        (name, other)
        for name, others in graph.items()
        for other in others
        if FLOORS.get(other, 2) > FLOORS.get(name, 2)
    }
    assert up == set()
    assert set(TopologicalSorter(graph).static_order()) >= graph.keys()  # raises CycleError


def test_the_middle_floor_is_small() -> None:
    """The middle floor can be read in one sitting: it has at most 2,000 lines, and no module over 300."""
    lines = {name: len((OVERLAY / f"{name}.py").read_text(encoding="utf-8").splitlines()) for name in ONE_CALL}
    assert sum(lines.values()) <= 2_000
    assert max(lines.values()) <= 300


@pytest.mark.parametrize("name", ONE_CALL)
def test_the_middle_floor_knows_no_operation(name: str) -> None:
    """The middle floor imports no model, and names no path, no schema and no field of the contract."""
    path = OVERLAY / f"{name}.py"
    known = {"client.check_base_url", "client.check_headers", "client.hide", "operation.ArgumentError"}
    known |= {"operation.Operation", "operation.Stream", "values.UNSET", "values.encode_json", "errors.StructureError"}
    known |= {"nesting.SHORT", "nesting.loads"}
    assert {each for each in imported(path) if each.startswith("mistral_agents_api")} <= {
        f"mistral_agents_api.{each}" for each in known
    }
    fields = {name for schema in documents.SCHEMAS.values() for name in schema.get("properties", {})} - OF_THE_WIRE
    paths = {operation.path for operation in contract_operations()}
    assert names_in(path) & (fields | paths | documents.SCHEMAS.keys()) == set()


@pytest.mark.parametrize("folder", ["overlays", "tools", "benchmarks", "examples"])
def test_modules_are_short(folder: str) -> None:
    """Outside `tests/` and `generated/`, a module has at most 300 lines."""
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")}
    assert lines
    assert [path for path, count in lines.items() if count > 300] == []


def test_floors_name_existing_modules() -> None:
    """Every module that a floor lists exists, and is listed once."""
    assert [name for name in FLOORS if not (OVERLAY / f"{name}.py").exists()] == []
    assert len(FLOORS) == len(VALUES) + len(ONE_CALL)


@pytest.mark.parametrize("package", [OVERLAY, GENERATED], ids=lambda path: path.name)
def test_package_has_the_typing_marker(package: Path) -> None:
    """Both packages have an empty `py.typed`, so that type checkers read their annotations (PEP 561)."""
    assert (package / "py.typed").read_bytes() == b""


def test_tools_import_nothing_from_tests() -> None:
    """Tests import tools, never the reverse."""
    folders = (ROOT / "tests", ROOT / "tests" / "tools", ROOT / "tests" / "helpers")
    of_tests = {path.stem for folder in folders for path in folder.iterdir()} - {"tools", "__pycache__"}
    found = {(path.name, name) for path in (ROOT / "tools").rglob("*.py") for name in imported(path)}
    assert len(found) > 100
    assert [each for each in sorted(found) if each[1].partition(".")[0] in of_tests] == []


def test_tests_of_tools_are_named_after_them() -> None:
    """In `tests/tools/`, a folder or a file `test_NAME.py` tests the folder or the module `NAME` of `tools/`."""
    tools = {path.stem for path in (ROOT / "tools").iterdir()}
    named = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "tools").iterdir()} - {"__pycache__"}
    assert len(named) > 5
    assert named <= tools
