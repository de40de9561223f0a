"""Build the wheel and the sdist, with the same bytes every time, using the installed hatchling, without network.

The archives have the date SOURCE_DATE_EPOCH, or else that of the last commit, so that they depend only on the sources.
An unpacked sdist has no commits; its files have kept that date.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.checkout import ROOT


def main() -> int:
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    build = [sys.executable, "-m", "hatchling", "build", "--directory", str(ROOT / "dist")]
    environment = {**os.environ, **source_date(ROOT)}
    return subprocess.run(build, cwd=ROOT, env=environment, check=False).returncode


def source_date(root: Path) -> dict[str, str]:
    """Return the date of a folder's sources as an environment variable, or nothing if it is not known."""
    if date := os.environ.get("SOURCE_DATE_EPOCH"):
        return {"SOURCE_DATE_EPOCH": date}
    if (root / ".git").exists():  # this folder's own repository, not one around an unpacked sdist
        ask = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        return {"SOURCE_DATE_EPOCH": subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()}
    if (root / "PKG-INFO").exists():
        return {"SOURCE_DATE_EPOCH": str(int((root / "PKG-INFO").stat().st_mtime))}
    return {}


if __name__ == "__main__":
    sys.exit(main())
