"""Running an example as a process that calls a stub."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from tools.checkout import ROOT

import new_process
from mistral_agents.testing import StubServer

EXAMPLES = ROOT / "examples"
PATIENCE_SECONDS = 50
"""How long an example may take on a busy machine; after that a test fails."""


def started(
    stub: StubServer, example: str | Path, *arguments: object, folder: Path | None = None
) -> AbstractContextManager[subprocess.Popen[str]]:
    """Start an example, or another file, with warnings as errors; kill it at the end of the block."""
    own = {"MISTRAL_API_KEY": "any", "MISTRAL_AGENT_ID": "ag_1", "MISTRAL_SERVER_URL": stub.url, "PYTHONUTF8": "1"}
    line = [sys.executable, "-W", "error", str(EXAMPLES / example), *map(str, arguments)]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return new_process.started(line, cwd=folder, env={**os.environ, **own}, encoding="utf-8", **pipes)


def run(
    stub: StubServer, example: str | Path, *arguments: object, said: str = "", folder: Path | None = None
) -> tuple[int, str, str]:
    """Run an example to its end, with `said` as its input; return its exit status, standard output and error."""
    with started(stub, example, *arguments, folder=folder) as process:
        printed, complaint = process.communicate(said, timeout=PATIENCE_SECONDS)
    return process.returncode, printed, complaint
