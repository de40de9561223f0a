"""Two type checkers, run on pieces of code that a caller could have written."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

Problems = dict[str, dict[int, str]]
"""What is wrong: by the name of the piece and the number of the line, the message."""

BASEDPYRIGHT = str(Path(sys.executable).with_name("basedpyright"))


def check_types(
    pieces: Mapping[str, str], folder: Path, search: Sequence[Path], *checkers: str, also: Sequence[str] = ()
) -> dict[str, Problems]:
    """Write pieces of code into `folder` and return what each checker finds in them; `search` is where packages are.

    `also` names packages in the folder that are checked, too. The checkers are "mypy", which
    runs as `--strict`, and "basedpyright", as `standard`; both run at once.
    """
    for name, text in pieces.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    settings = {"typeCheckingMode": "standard", "pythonVersion": "3.11", "extraPaths": [str(path) for path in search]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    cache = folder.parent / "mypy-cache"  # two runs of one session share what they know of httpx
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
        # 0: nothing found, 1: something; anything else is a failure of the checker itself.
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
            line = problem["range"]["start"]["line"] + 1  # it counts from 0
            problems.setdefault(Path(problem["file"]).stem, {})[line] = problem["message"]
    return problems
