"""Starts an example as a process of its own, which asks a stub."""

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
"""How long an example may take on a busy machine; after it, a test fails."""


@contextlib.contextmanager
def started(
    stub: StubServer, example: str | Path, *arguments: object, folder: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run an example, or another file, with warnings as errors; at the end of the block it ends, too."""
    own = {"MISTRAL_API_KEY": "any", "MISTRAL_AGENT_ID": "ag_1", "MISTRAL_SERVER_URL": stub.url, "PYTHONUTF8": "1"}
    line = [sys.executable, "-W", "error", str(EXAMPLES / example), *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603  # our own
        line, cwd=folder, env={**os.environ, **own}, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # nothing happens to a process that has ended


def run(
    stub: StubServer, example: str | Path, *arguments: object, said: str = "", folder: Path | None = None
) -> tuple[int, str, str]:
    """Run an example to its end; return its status, what it printed, and what it complained about."""
    with started(stub, example, *arguments, folder=folder) as process:
        printed, complaint = process.communicate(said, timeout=PATIENCE_SECONDS)
    return process.returncode, printed, complaint
