"""Say what differs between an older version of the contract and the working tree's, and whom each difference breaks.

`make breaking OLD=...` runs it; OLD is a file, or a git ref whose contract and packages are read. A file has no
overlay: its contract is compiled, and the generated package alone is compared. Exits with 0 when nothing breaks, 1 when
something does, and 2 when it could not compare (make turns 1 into 2, too).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.surface.compare import compare_surfaces
from tools.surface.packages import SurfaceError, load

from .alternatives import ContractError
from .compare import compare
from .differences import Difference
from .version_step import next_version, step_for
from .versions import Version, old_version, working_tree

ROOT = Path(__file__).resolve().parents[2]
_MEANING = {
    "major": "something breaks",
    "minor": "something is new, nothing breaks",
    "patch": "no model or field changes",
    "none": "nothing to release",
}
_BEFORE_1_0 = {
    "minor": "something breaks; before 1.0 that is a minor step",
    "patch": "nothing breaks; before 1.0 that is a patch",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make breaking", description=__doc__)
    parser.add_argument("old", metavar="OLD", help="the older contract: a file, or a git ref")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder with openapi.yaml (default: this project)")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
            new = working_tree(options.root, Path(after))
            old = old_version(options.old, new, options.root, Path(before))
            return report(old, new, current=old.number() or new.number())
    except (ContractError, SurfaceError, ValueError) as error:
        print(f"make breaking: {error}", file=sys.stderr)
        return 2


def report(old: Version, new: Version, current: str) -> int:
    """Print the differences and the version step; return 1 if one of them breaks something."""
    contract = compare(old.document, new.document)
    packages = [name for name in old.packages if name in new.packages]
    surfaces = [load([each.folder / "generated", each.folder / "overlays"], packages) for each in (old, new)]
    python = compare_surfaces(*surfaces)
    print(f"From {old.name} to {new.name}:")
    for title, found in (("The contract", contract), (f"Python ({', '.join(packages)})", python)):
        print(f"\n{title}: {_count(found)}")
        for each in found:
            print(f"  {line(each)}")
    words = old.text != new.text
    if words and not contract:
        print("\nThe contract differs in words, order or spelling; it means the same.")
    step = step_for([*contract, *python], current, words=words)
    meaning = _MEANING | (_BEFORE_1_0 if current.startswith("0.") else {})
    reached = "no step" if step == "none" else f"{step}, {next_version(current, step)} after {current}"
    print(f"\nVersion step: {reached} ({meaning[step]}).")
    return int(any(each.breaking for each in [*contract, *python]))


def line(difference: Difference) -> str:
    """Say one difference: whether it breaks, where, what, and why."""
    verdict = "breaking  " if difference.breaking else "compatible"
    place = f"{difference.where} ({difference.directions})" if difference.directions else difference.where
    said = {"added": "added: ", "removed": "removed: ", "changed": ""}[difference.change]
    return f"{verdict}  {place}: {said}{difference.what}; {difference.why}"


def _count(found: Sequence[Difference]) -> str:
    breaking = sum(each.breaking for each in found)
    return f"{breaking} breaking, {len(found) - breaking} compatible" if found else "no difference"


if __name__ == "__main__":
    sys.exit(main())
