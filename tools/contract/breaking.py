"""Compare an older version of the contract with the working tree: what differs, and what that breaks.

`make breaking OLD=...` runs it. OLD is a git ref, whose contract and packages are read, or a file. The contract in a
file is compiled, and only the generated package is compared, because there is no overlay with it. The program exits
with 0 if nothing breaks or all breaks are accepted, with 1 if a break is not accepted, and with 2 if the versions
cannot be compared. (If it exits with 1 or 2, make itself exits with 2.)
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen
from tools.surface.compare import compare_surfaces
from tools.surface.packages import load

from .accepted import Accepted, read_accepted
from .command import parser_for, run
from .compare import compare
from .differences import Difference
from .report import FORMATS, Report, add_options, today
from .version_step import next_version, step_for
from .versions import Version, old_version, working_tree

_MEANING = {
    "major": "something breaks",
    "minor": "something is new, nothing breaks",
    "patch": "no model or field changes",
    "none": "nothing to release",
}
_BEFORE_1_0 = {
    "minor": "a major change, because something breaks; before 1.0 that is a minor step",
    "patch": "nothing breaks; before 1.0 that is a patch",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = parser_for("make breaking", __doc__)
    add_options(parser)
    options = parser.parse_args(arguments)

    def compared() -> tuple[str, int]:
        accepted = read_accepted(options.accept, today())
        report = compare_versions(options.old, options.root).report(accepted)
        return FORMATS[options.format](report), report.status

    return run(parser.prog, compared)


@frozen
class Compared:
    """Two versions, and what differs between them in the contract and in the Python packages."""

    old: Version
    new: Version
    contract: list[Difference]
    python: list[Difference]

    def report(self, accepted: Accepted) -> Report:
        """Return the report to print."""
        packages = ", ".join(name for name in self.old.packages if name in self.new.packages)
        words = self.old.text != self.new.text
        only = ["The contract differs only in descriptions, order or spelling; it means the same."]
        parts = {"The contract": self.contract, f"Python ({packages})": self.python}
        step = step_said([*self.contract, *self.python], self.old.number or self.new.number, words=words)
        remarks = only if words and not self.contract else []
        return Report(self.old.name, self.new.name, parts, accepted, remarks, step)


def compare_versions(old: str, root: Path) -> Compared:
    """Compare a file or a git ref with the working tree; raises ContractError, SurfaceError or ValueError."""
    with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
        new = working_tree(root, Path(after))
        earlier = old_version(old, new, root, Path(before))
        contract = compare(earlier.document, new.document)
        packages = [name for name in earlier.packages if name in new.packages]
        surfaces = [load([each.folder / "generated", each.folder / "overlays"], packages) for each in (earlier, new)]
        return Compared(earlier, new, contract, compare_surfaces(*surfaces))


def step_said(found: Sequence[Difference], current: str, *, words: bool) -> dict[str, str]:
    """Return the version step that differences require, and what it means."""
    step = step_for(found, current, words=words)
    meaning = (_MEANING | (_BEFORE_1_0 if current.startswith("0.") else {}))[step]
    following = next_version(current, step)
    reached = "no step" if step == "none" else f"{step}, {following} after {current}"
    return {"name": step, "after": current, "version": following, "text": f"Version step: {reached} ({meaning})."}


if __name__ == "__main__":
    sys.exit(main())
