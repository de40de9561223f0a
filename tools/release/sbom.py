"""Write a software bill of materials (CycloneDX) for the wheel in dist/: what it installs, in the tested versions.

Those are the versions in requirements/dev.txt. The bill is not written to dist/, because everything there is published.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.checkout import ROOT

from . import build

OUTPUT = ROOT / "build" / "mistral-agents.cdx.json"


def main() -> int:
    wheel = next((ROOT / "dist").glob("*.whl"), None)
    if wheel is None:
        sys.exit("dist/ holds no wheel: make build")
    # cyclonedx_py takes the version from pyproject.toml. Ours is dynamic (the build reads it from _version.py), so we
    # write it into a copy.
    version = f'version = "{wheel.name.split("-")[1]}"'
    described = (ROOT / "pyproject.toml").read_text("utf-8").replace('dynamic = ["version"]', version)
    pinned = ROOT / "requirements" / "dev.txt"
    OUTPUT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment, project = Path(folder, "environment"), Path(folder, "pyproject.toml")
        project.write_text(described, encoding="utf-8")
        uv = [sys.executable, "-m", "uv", "--quiet"]
        subprocess.run([*uv, "venv", "--python", sys.executable, environment], check=True)
        subprocess.run([*uv, "pip", "install", "--python", environment, "--constraint", pinned, wheel], check=True)
        describe = [sys.executable, "-m", "cyclonedx_py", "environment", str(environment)]
        describe += ["--output-reproducible", "--mc-type", "library"]
        describe += ["--pyproject", str(project), "--output-file", str(OUTPUT)]
        subprocess.run(describe, env={**os.environ, **build.source_date(ROOT)}, check=True)
    print(OUTPUT.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
