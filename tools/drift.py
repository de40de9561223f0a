"""Say how the document that Mistral publishes and our contract differ, for the operations that ours covers.

`make drift UPSTREAM=...` runs it. Schemas have other names there, so they are compared along the operation, and those
that theirs describes without leading to them (the events of a stream) by name. Differences that somebody has looked at
and explained stand in known_drift.yaml and are left out. Exits with 0 when nothing is left, 1 when something is, and 2
when it could not compare (make turns 1 into 2, too).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from .contract.calls import OperationComparison
from .contract.differences import Difference, Direction
from .contract.keywords import ContractError
from .contract.model import Document, read
from .contract.operations import operations
from .contract.schemas import SchemaComparison

ROOT = Path(__file__).resolve().parent.parent
_SIDES = {"added": "ours", "removed": "theirs", "changed": "both"}
_HEADINGS = {
    "theirs": "Only in theirs",
    "ours": "Only in ours",
    "both": "In both, and different (ours instead of theirs)",
}


@frozen
class Known:
    """A difference that was looked at: its side, and "place: what it is", where `*` is any text."""

    side: str
    pattern: str

    def covers(self, difference: Difference) -> bool:
        """Tell whether this is the difference, or one of them."""
        expression = ".*".join(map(re.escape, self.pattern.split("*")))
        return self.side == _SIDES[difference.change] and re.fullmatch(expression, _line(difference)) is not None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make drift", description=__doc__)
    parser.add_argument("upstream", type=Path, metavar="UPSTREAM", help="the document that Mistral publishes")
    parser.add_argument("--ours", type=Path, default=ROOT / "openapi.yaml", help="our contract")
    parser.add_argument(
        "--known", type=Path, default=ROOT / "tools" / "known_drift.yaml", help="what is known to differ"
    )
    options = parser.parse_args(arguments)
    try:
        theirs, ours = (read(path.read_bytes(), str(path)) for path in (options.upstream, options.ours))
        known = read_known(options.known)
        found = compare_drift(theirs, ours)
    except OSError as error:
        print(f"make drift: {error.filename} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    except ContractError as error:
        print(f"make drift: {error}", file=sys.stderr)
        return 2
    return report(found, known)


def read_known(path: Path) -> list[Known]:
    """Read the list of known differences; raises ContractError for an entry without one of its parts."""
    try:
        entries: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        for entry in entries:
            if entry.keys() != {"reason", "side", "differences"} or entry["side"] not in _HEADINGS:
                raise ContractError(
                    f"{path.name}: an entry has a reason, a side ({', '.join(_HEADINGS)}) and differences"
                )
        return [Known(entry["side"], str(pattern)) for entry in entries for pattern in entry["differences"]]
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        raise ContractError(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None


def compare_drift(theirs: Document, ours: Document) -> list[Difference]:
    """Return how our operations differ from theirs; raises ContractError if they have none of them."""
    schemas = SchemaComparison(theirs, ours, unions=False)
    counterparts = {operation.key: operation for operation in operations(theirs)}
    covered = [operation for operation in operations(ours) if operation.key in counterparts]
    if not covered:
        raise ContractError(f"{theirs.name} has none of the operations of {ours.name}")
    for operation in operations(ours):
        if operation in covered:
            OperationComparison(counterparts[operation.key], operation, schemas).compare()
        else:
            schemas.findings.add(Difference(operation.name, "endpoint", "added"))
    for name in _described_aside(schemas, [operation.raw for operation in covered]):
        reference = {"$ref": f"#/components/schemas/{name}"}
        schemas.compare(reference, reference, name, Direction.ANSWER)
    found = {(each.where, each.what): each for each in schemas.findings}
    return [found[place] for place in sorted(found)]


def _described_aside(schemas: SchemaComparison, parts: list[Any]) -> Iterator[str]:
    """Yield the components that our operations lead to and theirs do not, although they describe them."""
    for name in sorted(schemas.new.reachable(parts) & schemas.old.components.keys()):
        if name not in schemas.compared:
            yield name


def report(found: Sequence[Difference], known: Sequence[Known]) -> int:
    """Print what is not known, and which entries cover nothing; return 1 if something is left."""
    left = [each for each in found if not any(entry.covers(each) for entry in known)]
    for side, heading in _HEADINGS.items():
        lines = [f"  {_line(each)}" for each in left if _SIDES[each.change] == side]
        if lines:
            print("\n".join([f"{heading}:", *lines, ""]))
    unused = [f"  {entry.pattern}" for entry in known if not any(entry.covers(each) for each in found)]
    if unused:
        print("\n".join(["Known differences that this document does not have:", *unused, ""]))
    print(f"{len(found)} differences, {len(found) - len(left)} of them known, {len(left)} left.")
    return int(bool(left))


def _line(difference: Difference) -> str:
    return f"{difference.where}: {difference.what}"


if __name__ == "__main__":
    sys.exit(main())
