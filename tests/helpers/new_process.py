"""Running Python code in a new process, which has imported nothing before, and in a forked one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


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
