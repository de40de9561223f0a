"""`tools/generate.py`: the same package every time and everywhere, and a word about whatever is not as it should be."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from compiling import PACKAGE, contents, copy_project, generate
from contract_documents import ROOT
from mistral_agents._options import StreamOptions

COMMITTED = ROOT / "generated" / PACKAGE
BANNER = "# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.\n"


def sha256(path: Path) -> str:
    """Return the hash of a text file, whichever line ends the checkout has."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def test_record_names_what_the_package_was_made_from() -> None:
    """The committed record holds the hash of each source that is there, and the versions of the installed tools."""
    record = json.loads((COMMITTED / "compiled-from.json").read_text(encoding="utf-8"))
    templates = sorted((ROOT / "overlays" / "templates").rglob("*.jinja"))
    sources = [ROOT / "openapi.yaml", ROOT / "generator-config.yml", *templates]
    assert {path.relative_to(ROOT).as_posix(): sha256(path) for path in sources} == record["sources"]
    assert {name: version(name) for name in ("openapi-python-client", "ruff")} == record["tools"]


def test_committed_package_is_up_to_date() -> None:
    """`--check` succeeds on the project, and changes nothing."""
    before = contents(COMMITTED)
    done = generate("--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "generated/ is what openapi.yaml compiles to.\n", "")
    assert before == contents(COMMITTED)


def test_same_bytes_from_another_place(tmp_path: Path) -> None:
    """A checkout in a deeper folder with a blank in its name, used from elsewhere, compiles to the committed bytes.

    Strays are gone afterwards, and nothing is left beside the package. Every other Python compiles to these bytes too:
    `make test-all` runs this test on each.
    """
    project = copy_project(tmp_path / "a deeper" / "folder" / "check out")
    elsewhere = tmp_path / "elsewhere"
    stray = elsewhere / PACKAGE / "models" / "stray.py"
    stray.parent.mkdir(parents=True)
    stray.write_text("")
    (elsewhere / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\n")  # encloses the output
    done = generate("--output", elsewhere, project=project, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(COMMITTED) == contents(elsewhere / PACKAGE)
    assert sorted(path.name for path in elsewhere.iterdir()) == [PACKAGE, "pyproject.toml"]


def test_check_names_each_difference(tmp_path: Path) -> None:
    """`--check` fails with the names of what was edited, added or removed, and changes nothing."""
    package = tmp_path / PACKAGE
    shutil.copytree(COMMITTED, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "models" / "text_chunk.py").write_text("edited = True\n")
    (package / "models" / "stray.py").write_text("")
    (package / "py.typed").unlink()
    before = contents(package)
    done = generate("--check", "--output", tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "missing: py.typed",
        "stray: models/stray.py",
        "differs: models/text_chunk.py",
        "generated/ is not what openapi.yaml compiles to: run `make generate` and commit it.",
    ]
    assert before == contents(package)


def test_changed_upstream_template_is_named(tmp_path: Path) -> None:
    """A template of the generator that is no longer what ours was written against stops the run, and is named."""
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
    """A template of ours that replaces one whose hash is not on record stops the run, and is named."""
    project = copy_project(tmp_path / "project")
    (project / "overlays" / "templates" / "str_enum.py.jinja").write_text("")
    done = generate(project=project)
    assert done.returncode == 1
    assert done.stderr == "make generate: upstream-templates.json and the templates differ: ['str_enum.py.jinja']\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("openapi: 3.1.0", "openapi: ["),
        ("- $ref: '#/components/schemas/TextChunk'", "- $ref: '#/components/schemas/Missing'"),
    ],
    ids=["no YAML", "dangling reference"],
)
def test_failure_leaves_the_old_package_alone(tmp_path: Path, old: str, new: str) -> None:
    """A contract that cannot be compiled fails the run with the generator's words, and the old package stays."""
    project = copy_project(tmp_path / "project")
    contract = project / "openapi.yaml"
    contract.write_text(contract.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    kept = project / "generated" / PACKAGE / "kept.py"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept = True\n")
    done = generate(project=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("make generate: openapi-python-client failed:\n")
    assert contents(project / "generated") == {f"{PACKAGE}/kept.py": b"kept = True\n"}


def test_options_of_a_call_are_known_to_the_templates() -> None:
    """The names that no field of a request may have are those of the options that calls take."""
    (names,) = re.findall(
        r"set call_options = \[(.*?)\]", (ROOT / "overlays/templates/macros.jinja").read_text(encoding="utf-8")
    )
    assert {name.strip('" ') for name in names.split(",")} == {*StreamOptions.__annotations__, "max_rounds"}


def test_package_is_complete() -> None:
    """Every module begins with the banner; beside them are the contract, the typing marker and the record."""
    files = contents(COMMITTED)
    modules = [name for name in files if name.endswith(".py")]
    assert [name for name in modules if not files[name].decode().startswith(BANNER)] == []
    assert sorted(files.keys() - modules) == ["compiled-from.json", "openapi.yaml", "py.typed"]
    assert files["openapi.yaml"] == (ROOT / "openapi.yaml").read_bytes()


REQUEST_FIELD = "      properties: &agent_request_fields\n"
UNTAGGED = """            either:
              anyOf: [{$ref: '#/components/schemas/UsageInfo'}, {$ref: '#/components/schemas/DeltaMessage'}]
"""
ANSWER_FIELD = "          required: [choices]\n          properties:\n"


@pytest.mark.parametrize(
    ("place", "field", "named"),
    [
        (REQUEST_FIELD, "        from: {type: string}\n", "AgentsCompletionRequest.from"),
        (REQUEST_FIELD, "        deadline_ms: {type: integer}\n", "AgentsCompletionRequest.deadline_ms"),
        (
            ANSWER_FIELD,
            UNTAGGED,
            "ChatCompletionResponse.either has no tag",
        ),
    ],
    ids=["keyword", "option", "union without a tag"],
)
def test_what_cannot_be_compiled_is_refused(tmp_path: Path, place: str, field: str, named: str) -> None:
    """A contract that the templates cannot turn into correct code is refused by the name of the field."""
    project = copy_project(tmp_path / "project")
    contract = project / "openapi.yaml"
    contract.write_text(contract.read_text(encoding="utf-8").replace(place, place + field), encoding="utf-8")
    done = generate(project=project)
    assert done.returncode == 1
    assert done.stderr.startswith("make generate: the templates cannot compile this:\n- ")
    assert named in done.stderr


ODD_FIELDS = """            grid: {type: array, items: {type: array, items: {$ref: '#/components/schemas/UsageInfo'}}}
            cast: {type: string}
            pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
"""
PETS = """  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Cat: {type: object, properties: {object: {const: pet}, kind: {const: cat}}, required: [object, kind]}
    Dog: {type: object, properties: {object: {const: pet}, kind: {const: dog}}, required: [object, kind]}
"""
READ = """
from mistral_agents_api.models import ChatCompletionResponse
data = {"choices": [], "grid": [[{"total_tokens": 1}], []], "cast": "a",
        "pets": [{"object": "pet", "kind": "dog"}, {"object": "pet", "kind": "cat"}]}
answer = ChatCompletionResponse.from_dict(data)
print(type(answer.grid[0][0]).__name__, *(type(pet).__name__ for pet in answer.pets), answer.cast_)
print(answer.to_dict() == data)
"""


def test_odd_fields_are_read(tmp_path: Path) -> None:
    """Nested lists, names that the code itself uses, and a tag that is not the first const are compiled correctly."""
    project = copy_project(tmp_path / "project")
    contract = project / "openapi.yaml"
    text = contract.read_text(encoding="utf-8").replace(ANSWER_FIELD, ANSWER_FIELD + ODD_FIELDS)
    contract.write_text(text.replace("  schemas:\n", PETS, 1), encoding="utf-8")
    compiled = generate(project=project)
    command = [sys.executable, "-c", READ]
    environment = {**os.environ, "PYTHONPATH": str(project / "generated")}
    done = subprocess.run(  # noqa: S603  # the lines above
        command, env=environment, capture_output=True, text=True, check=False
    )
    assert (compiled.stderr, done.stdout, done.stderr) == ("", "UsageInfo Dog Cat a\nTrue\n", "")
