"""Check the form, extensions and links of openapi.yaml, and how two foreign tools read it; exit with 1 on a problem.

Each check prints its own problems. If a check itself fails, the command names it and goes on with the next one.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from tools.checkout import ROOT
from tools.openapi.yaml11 import problem_of

from . import extensions, foreign_requests, foreign_types, form, links
from .contract import Contract, read


def main(arguments: list[str] | None = None) -> int:
    """Print the problems of a contract; return 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m tools.checks", description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, default=ROOT / "openapi.yaml", help="the contract")
    path: Path = parser.parse_args(arguments).path.resolve()
    status = 0
    for problem in problems(path):
        print(f"{path.name}: {problem}", file=sys.stderr)
        status = 1
    return status


def problems(path: Path) -> Iterator[str]:
    """Yield the problems of a contract."""
    try:
        contract = read(path)
    except yaml.YAMLError as error:
        line, problem = problem_of(error)
        yield f"line {line}: cannot be read as YAML: {problem}"
        return
    if broken := list(contract.broken_references()):
        yield from broken
        return  # the other checks follow references
    for name, check in _CHECKS.items():
        try:
            yield from check(contract, path)
        except Exception as error:  # noqa: BLE001  # a check that fails must not hide the problems that others find
            yield f"the check {name} failed and found no more problems: {_reason(error)}"


def _typescript_problems(contract: Contract, path: Path) -> Iterator[str]:
    if not foreign_types.is_available():
        print("openapi-typescript: skipped, there is no npx here")
        return
    try:
        typescript = foreign_types.generate(path)
    except foreign_types.GeneratorError as error:
        yield f"openapi-typescript: refuses the contract: {error}"
    else:
        yield from (f"openapi-typescript: {problem}" for problem in foreign_types.problems(contract, typescript))


def _reason(error: Exception) -> str:
    """Return an error with the line of our code that it came from last."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [each for each in frames if Path(each.filename).is_relative_to(ROOT / "tools")]
    last = lines[-1]
    place = Path(last.filename).relative_to(ROOT).as_posix()
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said:.300} ({place}, line {last.lineno})"


_CHECKS: dict[str, Callable[[Contract, Path], Iterator[str]]] = {
    "form": lambda contract, _: form.problems(contract),
    "extensions": lambda contract, _: extensions.problems(contract),
    "links": lambda contract, _: links.problems(contract),
    "openapi-core": lambda contract, path: (
        f"openapi-core: {each}" for each in foreign_requests.problems(contract, path)
    ),
    "openapi-typescript": _typescript_problems,
}


if __name__ == "__main__":
    sys.exit(main())
