"""The project's own generator, run on copies of what it compiles."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from contract_documents import ROOT

PACKAGE = "mistral_agents_api"


def copy_project(folder: Path) -> Path:
    """Copy what the generator reads, and the generator, into a new folder; return it."""
    for name in ("openapi.yaml", "generator-config.yml", "overlays/templates", "tools"):
        copied = folder / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copied)
        else:
            shutil.copyfile(ROOT / name, copied)
    return folder


def generate(*options: str | Path, project: Path = ROOT, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a project's generator; hashes are seeded otherwise than in these tests, so that an order by hash shows."""
    return subprocess.run(  # noqa: S603  # the project's own program
        [sys.executable, str(project / "tools" / "generate.py"), *map(str, options)],
        cwd=cwd,
        env={**os.environ, "PYTHONHASHSEED": "12345", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their path, compiled bytecode left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
