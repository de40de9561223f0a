"""Check the form, extensions and links of openapi.yaml, and how two foreign tools read it; exit with 1 on a problem."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.checkout import ROOT

from . import extensions, foreign_requests, foreign_types, form, links
from .contract import read


def main(arguments: list[str] | None = None) -> int:
    """Print the problems of a contract; return 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m tools.checks", description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, default=ROOT / "openapi.yaml", help="the contract")
    path: Path = parser.parse_args(arguments).path.resolve()
    found = list(problems(path))
    for problem in found:
        print(f"{path.name}: {problem}", file=sys.stderr)
    return int(bool(found))


def problems(path: Path) -> Iterator[str]:
    """Yield the problems of a contract."""
    contract = read(path)
    if broken := list(contract.broken_references()):
        yield from broken
        return  # the other checks follow references
    yield from form.problems(contract)
    yield from extensions.problems(contract)
    yield from links.problems(contract)
    yield from (f"openapi-core: {problem}" for problem in foreign_requests.problems(contract, path))
    if foreign_types.is_available():
        typescript = foreign_types.generate(path)
        yield from (f"openapi-typescript: {problem}" for problem in foreign_types.problems(contract, typescript))
    else:
        print("openapi-typescript: skipped, there is no npx here")


if __name__ == "__main__":
    sys.exit(main())
