"""Running Python code in a new process, which has imported nothing before, and in a forked one."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

WARNINGS = ["-W", "error"]
"""Options with which a test starts another pytest: warnings are errors."""
if httpx.__name__ == "httpx2":
    # `make test-httpx2` adds a .pth file that imports httpx2, and with it anyio, when Python starts. anyio is a pytest
    # plugin, and pytest warns that it cannot rewrite the asserts of a plugin that is already imported.
    WARNINGS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@contextlib.contextmanager
def started(line: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Start a process with the options of `Popen`; kill it at the end of the block."""
    with subprocess.Popen(line, **options) as process:  # noqa: S603  # our own programs
        try:
            yield process
        finally:
            process.kill()  # does nothing if the process has ended


def output_of(code: str, search: Sequence[Path] = ()) -> str:
    """Run code, with warnings as errors, and return its output; `search` are more folders to import from."""
    places = {"PYTHONPATH": os.pathsep.join(map(str, search))} if search else {}
    done = subprocess.run(  # noqa: S603  # code of our own tests
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def value_of(*lines: str) -> Any:
    """Run lines of code, and return the value of the last one, an expression; the value has to be JSON."""
    *before, last = lines
    return json.loads(output_of("\n".join(["import json, sys", *before, f"print(json.dumps({last}))"])))


def status_of_fork(work: Callable[[], object]) -> int:
    """Run a function in a forked child; return the child's exit status: 0, or 1 if the function raised an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 and later warn if threads run at a fork
        process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)
