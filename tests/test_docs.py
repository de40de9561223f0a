"""The pages of docs/ do what they say: shell blocks are run in a copy of the project, Python blocks as they are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contract_documents import ROOT

COPIED = ["openapi.yaml", "generator-config.yml", "Makefile", "pyproject.toml", "README.md", "LICENSE"]
COPIED += ["generated", "overlays", "requirements", "tools"]


def blocks(page: str, language: str) -> list[str]:
    """Return the blocks of a page that are in a language, of which it has some."""
    found: list[str] = re.findall(
        rf"^```{language}\n(.*?)^```$", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found
    return found


def copy_of_the_project(folder: Path) -> Path:
    """Copy what `make` needs, as old as it is here; the environment is the one that these tests run in."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, folder / name)
    # Of its own as far as `make` can tell, and up to date, so that nothing is installed anew.
    (folder / ".venv").mkdir()
    for part in ("bin", "lib", "pyvenv.cfg"):
        (folder / ".venv" / part).symlink_to(Path(sys.prefix) / part)
    for stamp in (".requirements", ".project"):
        (folder / ".venv" / stamp).touch()
    return folder


def run(command: list[str], folder: Path) -> str:
    """Run a command, which succeeds, and return what it prints."""
    environment = {name: os.environ[name] for name in os.environ if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
    done = subprocess.run(  # noqa: S603  # a block of our own page
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.timeout(300)  # it compiles the contract several times
@pytest.mark.skipif(shutil.which("make") is None, reason="the page is about `make`, which is not here")
def test_changing_the_contract(tmp_path: Path) -> None:
    """The commands of the page succeed, print what it shows, and leave the contract and its code as they were."""
    project = copy_of_the_project(tmp_path)
    said = run(["sh", "-e", "-c", "\n".join(blocks("changing-the-contract.md", "sh"))], project)
    shown = [line for block in blocks("changing-the-contract.md", "text") for line in block.splitlines()]
    assert [line for line in shown if line.strip() != "..." and line not in said.splitlines()] == []
    for name in ("openapi.yaml", "generated/mistral_agents_api/models/agents_completion_request.py"):
        assert (project / name).read_text(encoding="utf-8") == (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("block", blocks("concurrency.md", "python"))
def test_concurrency(block: str, tmp_path: Path) -> None:
    """The example of the page runs, and every stream is answered."""
    assert run([sys.executable, "-W", "error", "-c", block], tmp_path) == "100\n"
