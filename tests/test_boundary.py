"""What stands where: which package may know the other, who may use private names, and who may name a field."""

import ast
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import contract_documents as contract

OVERLAY = contract.ROOT / "overlays" / "mistral_agents"
GENERATED = contract.ROOT / "generated" / "mistral_agents_api"
MODULES = sorted(OVERLAY.rglob("*.py"))
WITHOUT_TESTING = [path for path in MODULES if "testing" not in path.relative_to(OVERLAY).parts]
# The one module that may use private names of the generated package.
REQUEST_MODULE = "_request.py"
# The fields of a request by which the overlay decides; `n` tells when a stream is whole.
DECIDED_BY = {"messages", "agent_id", "stream", "model", "prompt", "n"}
# The fields for which `parse` takes a class and `run_tools` takes functions, and the modules that make the field of it.
MADE_OF = {
    "response_format": {"agents.py", "structured.py"},
    "tools": {"agents.py", "tools.py"},
    "tool_choice": {"tools.py"},
}
NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
EACH_MODULE = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(OVERLAY).as_posix())


def tree(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Yield the absolute name of all that a module imports, wherever in it; relative imports stay in their package."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_private(name: str) -> bool:
    """Tell whether a name begins with an underscore and is none of the language's."""
    return name.startswith("_") and not name.startswith("__")


def private_uses(path: Path) -> list[str]:
    """Return the private names that a module takes from the generated package, by import or as attributes."""
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


def field_names(path: Path) -> Iterator[str]:
    """Yield what in a module can name a field: string constants, parameters, keywords of calls, annotated names."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.arg(arg=name) | ast.keyword(arg=str(name)) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def test_generated_package_knows_nothing_of_the_overlay() -> None:
    """No generated module imports the overlay."""
    modules = sorted(GENERATED.rglob("*.py"))
    foreign = {
        path.name: name
        for path in modules
        for name in imported(path)
        if name.partition(".")[0] in ("mistral_agents", "overlays")
    }
    assert len(modules) > 50
    assert foreign == {}


def test_private_names_are_used_in_one_module_alone() -> None:
    """Of the overlay's modules, one uses names of the generated package that begin with an underscore."""
    users = {path.name: used for path in MODULES if (used := private_uses(path))}
    assert set(users) == {REQUEST_MODULE}
    assert users[REQUEST_MODULE] == ["agents_completion._get_kwargs"]


def test_overlay_names_no_field_but_those_it_decides_by() -> None:
    """A field is declared in the contract alone: the overlay names none of a request but the few by which it decides.

    Names of an answer's fields may occur too, where the pieces of a stream are put together.
    """
    of_requests = {name for form in contract.REQUESTS for name in contract.object_schema(form).properties}
    of_answers = {
        name for form in contract.reachable(*contract.ANSWERS) for name in contract.object_schema(form).properties
    }
    found = {
        (name, path.name)
        for path in WITHOUT_TESTING
        for name in field_names(path)
        if name in of_requests and (name not in of_answers or path.name == REQUEST_MODULE)
    }
    assert {each for each in found if each[0] not in DECIDED_BY and each[1] not in MADE_OF.get(each[0], set())} == set()
    assert {name for name, _ in found} == DECIDED_BY | MADE_OF.keys()


@EACH_MODULE
def test_module_is_short(path: Path) -> None:
    """A module written by hand has 300 lines or fewer."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def lines_of_code(path: Path) -> int:
    """Count the lines of a module that hold code: no blank ones, no comments, no docstrings."""
    with tokenize.open(path) as file:
        tokens = [token for token in tokenize.generate_tokens(file.readline) if token.type not in NO_CODE]
    documentation = {
        line
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return len({line for token in tokens for line in range(token.start[0], token.end[0] + 1)} - documentation)


def test_overlay_is_small() -> None:
    """What is written by hand and ships has fewer than 2,000 lines of code, the stub for tests not counted."""
    assert sum(map(lines_of_code, WITHOUT_TESTING)) < 2_000


def test_lines_of_code(tmp_path: Path) -> None:
    """Comments, docstrings and blank lines are not counted, a string over several lines is."""
    path = tmp_path / "module.py"
    path.write_text(
        '"""Says."""\n\n# why\nTEXT = """\n\n"""\n\n\ndef f():\n    """Does.\n\n    More."""\n    return TEXT\n'
    )
    assert lines_of_code(path) == 5


@pytest.mark.parametrize("package", [OVERLAY, GENERATED], ids=lambda path: path.name)
def test_package_says_that_it_is_typed(package: Path) -> None:
    """Both packages hold the marker that lets type checkers read their annotations (PEP 561)."""
    assert (package / "py.typed").read_bytes() == b""
