"""Running an example as a process that calls a stub."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from mistral_agents.testing import StubServer

EXAMPLES = Path(__file__).parents[2] / "examples"
PATIENCE_SECONDS = 50
"""How long an example may take on a busy machine; after that a test fails."""


@contextlib.contextmanager
def started(
    stub: StubServer, example: str | Path, *arguments: object, folder: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start an example, or another file, with warnings as errors; kill it at the end of the block."""
    own = {"MISTRAL_API_KEY": "any", "MISTRAL_AGENT_ID": "ag_1", "MISTRAL_SERVER_URL": stub.url, "PYTHONUTF8": "1"}
    line = [sys.executable, "-W", "error", str(EXAMPLES / example), *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603  # our own example
        line, cwd=folder, env={**os.environ, **own}, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # does nothing if the process has ended


def run(
    stub: StubServer, example: str | Path, *arguments: object, said: str = "", folder: Path | None = None
) -> tuple[int, str, str]:
    """Run an example to its end, with `said` as its input; return its exit status, standard output and error."""
    with started(stub, example, *arguments, folder=folder) as process:
        printed, complaint = process.communicate(said, timeout=PATIENCE_SECONDS)
    return process.returncode, printed, complaint
