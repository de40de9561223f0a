"""Running mypy and basedpyright on pieces of code."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

Problems = dict[str, dict[int, str]]
"""The message of each problem, by the name of the piece of code and by the line number."""

BASEDPYRIGHT = str(Path(sys.executable).with_name("basedpyright"))


def check_types(
    pieces: Mapping[str, str], folder: Path, search: Sequence[Path], *checkers: str, also: Sequence[str] = ()
) -> dict[str, Problems]:
    """Write pieces of code into `folder` and return the problems that each checker finds in them.

    `search` are the folders of the packages that the pieces import; `also` names packages in `folder` that are checked,
    too. The checkers are "mypy", which runs with `--strict`, and "basedpyright", in the mode `standard`; they run in
    parallel.
    """
    for name, text in pieces.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    settings = {"typeCheckingMode": "standard", "pythonVersion": "3.11", "extraPaths": [str(path) for path in search]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    cache = folder.parent / "mypy-cache"  # runs in one test session share what mypy has read of httpx
    commands: dict[str, list[str]] = {
        "mypy": [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file=", "--python-version=3.11", "--output=json"),
            *(f"--cache-dir={cache}", *(f"{name}.py" for name in pieces), *also),
        ],
        "basedpyright": [BASEDPYRIGHT, "--outputjson", "--pythonpath", sys.executable],
    }
    environment = {**os.environ, "MYPYPATH": os.pathsep.join(str(path) for path in search)}
    running = {
        checker: subprocess.Popen(  # noqa: S603  # the commands above
            commands[checker], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for checker in checkers
    }
    read = {"mypy": _read_mypy, "basedpyright": _read_basedpyright}
    found: dict[str, Problems] = {}
    for checker, process in running.items():
        output, complaints = process.communicate()
        # 0: no problem, 1: problems; any other status is a failure of the checker itself.
        assert process.returncode in (0, 1), output + complaints
        found[checker] = read[checker](output)
    return found


def _read_mypy(output: str) -> Problems:
    problems: Problems = {}
    for line in output.splitlines():
        problem = json.loads(line)
        if problem["severity"] == "error":
            problems.setdefault(Path(problem["file"]).stem, {})[problem["line"]] = problem["message"]
    return problems


def _read_basedpyright(output: str) -> Problems:
    problems: Problems = {}
    for problem in json.loads(output)["generalDiagnostics"]:
        if problem["severity"] == "error":
            line = problem["range"]["start"]["line"] + 1  # basedpyright counts lines from 0
            problems.setdefault(Path(problem["file"]).stem, {})[line] = problem["message"]
    return problems
