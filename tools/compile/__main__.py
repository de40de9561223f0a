"""Compile openapi.yaml into generated/mistral_agents_api, to the same bytes every time; `--check` only compares.

The package is built in an empty temporary folder and then swapped in, so that no stale file stays, and a failure
leaves the old package unchanged. Nothing is downloaded.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.checkout import ROOT

from .package import (
    PACKAGE,
    GenerateError,
    Refusal,
    check_upstream_templates,
    compile_contract,
    differences,
    swap_in,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="make generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead: fail on any difference")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    parser.add_argument("--output", type=Path, help="the folder of the package; ROOT/generated if absent")
    options = parser.parse_args(arguments)
    root: Path = options.root.resolve()
    target: Path = (options.output or root / "generated").resolve() / PACKAGE
    try:
        check_upstream_templates(root / "overlays" / "templates")
        with tempfile.TemporaryDirectory() as folder:
            built = Path(folder) / PACKAGE
            compile_contract(root, built)
            if options.check:
                return report(differences(built, target))
            before = target / "openapi.yaml"
            lines = _what_changed(before, built) if before.is_file() else []
            swap_in(built, target)
    except (GenerateError, Refusal) as error:
        print(f"make generate: {error}", file=sys.stderr)
        return 1
    print(f"Compiled {_from_here(root / 'openapi.yaml')} into {_from_here(target)}.")
    for line in lines:
        print(line)
    return 0


def _from_here(path: Path) -> str:
    """Return a path as one types it here: relative if it is below the current folder."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _what_changed(before: Path, built: Path) -> list[str]:
    """Return what changed for callers since the contract at `before` was compiled, line by line."""
    from tools.contract.summary import summarize  # noqa: PLC0415  # needed only if there was a package before

    folders = (before.parent.parent, built.parent)
    return list(summarize(before.read_bytes(), (built / "openapi.yaml").read_bytes(), folders))


def report(problems: Sequence[str]) -> int:
    """Print the differences; return 1 if there are any."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("generated/ is not what openapi.yaml compiles to: run `make generate` and commit it.", file=sys.stderr)
        return 1
    print("generated/ is what openapi.yaml compiles to.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
