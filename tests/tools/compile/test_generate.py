"""`python -m tools.compile`: it compiles to the same bytes every time and everywhere, and reports every problem."""

import hashlib
import json
import re
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from tools.checkout import ROOT

from compiling import PACKAGE, contents, copy_project, generate

COMMITTED = ROOT / "generated" / PACKAGE
LINE = (ROOT / "openapi.yaml").read_text(encoding="utf-8").splitlines().index("openapi: 3.1.0") + 1
BANNER = "# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.\n"


def sha256(path: Path) -> str:
    """Return the hash of a text file; it does not depend on the checkout's line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def test_the_record_names_sources_and_tools() -> None:
    """The committed record has the hash of each source, and the versions of the installed tools."""
    record = json.loads((COMMITTED / "compiled-from.json").read_text(encoding="utf-8"))
    printed = [path for path in (ROOT / "overlays/templates").rglob("*") if path.suffix in (".jinja", ".py")]
    sources = [ROOT / "openapi.yaml", ROOT / "generator-config.yml", *printed, *(ROOT / "tools/compile").glob("*.py")]
    sources += (ROOT / "tools/openapi").glob("*.py")
    assert {path.relative_to(ROOT).as_posix(): sha256(path) for path in sources} == record["sources"]
    assert {name: version(name) for name in ("openapi-python-client", "ruff")} == record["tools"]


def test_committed_package_is_up_to_date() -> None:
    """`--check` succeeds for this project, and changes nothing."""
    before = contents(COMMITTED)
    done = generate("--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "generated/ is what openapi.yaml compiles to.\n", "")
    assert before == contents(COMMITTED)


def test_same_bytes_from_another_place(tmp_path: Path) -> None:
    """A checkout in a deep folder with a blank in its name, used from another folder, compiles to the committed bytes.

    Stray files are removed, and nothing is left beside the package. `make test-all` runs this test on every Python, and
    so checks that each compiles to the same bytes.
    """
    project = copy_project(tmp_path / "a deeper" / "folder" / "check out")
    elsewhere = tmp_path / "elsewhere"
    stray = elsewhere / PACKAGE / "models" / "stray.py"
    stray.parent.mkdir(parents=True)
    stray.write_text("")
    # This file is in a folder above the output, and ruff must not use it.
    (elsewhere / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\n")
    done = generate("--output", elsewhere, project=project, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(COMMITTED) == contents(elsewhere / PACKAGE)
    assert sorted(path.name for path in elsewhere.iterdir()) == [PACKAGE, "pyproject.toml"]


def test_check_names_each_difference(tmp_path: Path) -> None:
    """`--check` fails with the names of all files that were edited, added or removed, and changes nothing."""
    package = tmp_path / PACKAGE
    shutil.copytree(COMMITTED, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "models" / "text_chunk.py").write_text("edited = True\n")
    (package / "models" / "stray.py").write_text("")
    (package / "py.typed").unlink()
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "stray.txt").write_text("")
    before = contents(tmp_path)
    done = generate("--check", "--output", tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "missing: py.typed",
        "stray: models/stray.py",
        "stray: beside/stray.txt",
        "differs: models/text_chunk.py",
        "generated/ is not what openapi.yaml compiles to: run `make generate` and commit it.",
    ]
    assert before == contents(tmp_path)


def test_changed_upstream_template_is_named(tmp_path: Path) -> None:
    """If the generator's own template differs from the recorded one, the run fails and names the template."""
    project = copy_project(tmp_path / "project")
    record = project / "overlays" / "templates" / "upstream-templates.json"
    hashes = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**hashes, "model.py.jinja": "0" * 64}), encoding="utf-8")
    done = generate(project=project)
    expected = f"make generate: openapi-python-client {version('openapi-python-client')} has changed model.py.jinja:"
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(expected)
    assert not (project / "generated").exists()


def test_template_without_a_hash_is_named(tmp_path: Path) -> None:
    """If one of our templates replaces a template without a recorded hash, the run fails and names it."""
    project = copy_project(tmp_path / "project")
    (project / "overlays" / "templates" / "str_enum.py.jinja").write_text("")
    done = generate(project=project)
    assert done.returncode == 1
    assert done.stderr == "make generate: upstream-templates.json and the templates differ: ['str_enum.py.jinja']\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("openapi: 3.1.0", "openapi: [", "openapi.yaml: cannot be read: "),
        ("openapi: 3.1.0", "swagger: 3.1.0", "openapi.yaml: is not an OpenAPI document"),
        (
            "- $ref: '#/components/schemas/TextChunk'",
            "- $ref: '#/components/schemas/Missing'",
            "ContentChunk: $ref '#/components/schemas/Missing' names nothing in this document",
        ),
        (
            "openapi: 3.1.0",
            "openapi: 2.0.0",
            "openapi: Only OpenAPI versions 3.* are supported, got 2.0.0 (openapi-python-client)\n",
        ),
        (
            "openapi: 3.1.0",
            "openapi: 3.1.0\nx-a: [no]",
            f"openapi.yaml, line {LINE + 1}: no is text in YAML 1.2, and a bool in YAML 1.1: put it in quotes\n",
        ),
        (
            "openapi: 3.1.0",
            "x-a: {b: Tea or coffee?, c: d}\nopenapi: 3.1.0",
            f"openapi.yaml, line {LINE}: PyYAML cannot read this: ",
        ),
    ],
    ids=["not YAML", "not OpenAPI", "dangling reference", "another version", "a word of YAML 1.1", "not YAML 1.1"],
)
def test_failure_leaves_the_old_package_alone(tmp_path: Path, old: str, new: str, said: str) -> None:
    """If the contract cannot be compiled, the run fails with a message that says why, and the old package stays."""
    project = copy_project(tmp_path / "project")
    contract = project / "openapi.yaml"
    contract.write_text(contract.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    kept = project / "generated" / PACKAGE / "kept.py"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept = True\n")
    done = generate(project=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"make generate: {said}")
    assert contents(project / "generated") == {f"{PACKAGE}/kept.py": b"kept = True\n"}


def test_package_is_complete() -> None:
    """Every module begins with the banner; the only other files are the contract, `py.typed` and the record."""
    files = contents(COMMITTED)
    modules = [name for name in files if name.endswith(".py")]
    assert [name for name in modules if not files[name].decode().startswith(BANNER)] == []
    assert sorted(files.keys() - modules) == ["compiled-from.json", "openapi.yaml", "py.typed"]
    assert files["openapi.yaml"] == (ROOT / "openapi.yaml").read_bytes()


def test_refusal_names_the_place(tmp_path: Path) -> None:
    """If the contract cannot be compiled to correct code, the run fails with the place and the reason."""
    project = copy_project(tmp_path / "project")
    contract = project / "openapi.yaml"
    before, schema, after = contract.read_text(encoding="utf-8").partition("    AgentsCompletionRequest:\n")
    head, properties, fields = after.partition("      properties:\n")
    field = "        deadline_ms: {type: integer}\n"
    contract.write_text(before + schema + head + properties + field + fields, encoding="utf-8")
    done = generate(project=project)
    expected = (
        "make generate: agents.complete deadline_ms: the argument has the name of an option of calls or streams\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)


@pytest.mark.parametrize("cwd", [".", "check out", "elsewhere"])
def test_paths_are_relative_to_the_current_folder(tmp_path: Path, cwd: str) -> None:
    """The last message names the contract and the package by paths from here, or whole ones if they are elsewhere."""
    project = copy_project(tmp_path / "check out")
    (tmp_path / "elsewhere").mkdir()
    done = generate(project=project, cwd=tmp_path / cwd)
    begins = {".": "check out/", "check out": ""}.get(cwd, f"{project}/")
    assert done.stdout == f"Compiled {begins}openapi.yaml into {begins}generated/{PACKAGE}.\n"


def test_a_new_option_of_every_call_is_said(tmp_path: Path) -> None:
    """If the contract stays and the methods get another option, the last lines say so."""
    project = copy_project(tmp_path)
    shutil.copytree(ROOT / "generated", project / "generated", ignore=shutil.ignore_patterns("__pycache__"))
    template = project / "overlays" / "templates" / "resource.py.jinja"
    option = "        server_url: str | None = None,\n"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace(option, option + option.replace("server_url", "region")), encoding="utf-8")
    done = generate(project=project)
    assert (done.returncode, done.stderr) == (0, "")
    _, header, added, *_ = done.stdout.splitlines()
    assert header == "The contract means the same. Changed for callers in Python:"
    assert re.fullmatch(r"  added    region: optional parameter in \d+ places, such as [\w.]+\.Agents\.complete", added)
    again = generate(project=project)
    assert again.stdout.splitlines()[1:] == ["Nothing changed for callers."]


def test_templates_only_print() -> None:
    """The templates keep no state, and have at most 600 lines in all."""
    templates = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "overlays" / "templates").glob("*.jinja")
    }
    assert [name for name, text in templates.items() if "namespace(" in text] == []
    assert sum(len(text.splitlines()) for text in templates.values()) <= 600


@pytest.mark.parametrize("folder", ["tools/compile", "overlays/templates/package"])
def test_modules_are_short(folder: str) -> None:
    """A hand-written module has at most 300 lines."""
    modules = sorted((ROOT / folder).rglob("*.py"))
    assert len(modules) > 10
    assert {path.name: lines for path in modules if (lines := len(path.read_text("utf-8").splitlines())) > 300} == {}
