"""Say how the document that Mistral publishes and our contract differ, for the operations that ours covers.

`make drift UPSTREAM=...` runs it. Schemas have other names there, so they are compared along the operation, and those
that theirs describes without leading to them (the events of a stream) by name. Where theirs has a path of its own for
the stream (`/v1/conversations#stream`), it is read as the second form of the operation, as it is sent. Differences that
somebody has looked at and explained stand in known_drift.yaml and are left out. Exits with 0 when nothing is left, 1
when something is, and 2 when it could not compare (make turns 1 into 2, too).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from attrs import evolve, frozen

from .calls import OperationComparison
from .differences import Difference, Direction
from .keywords import ContractError, Schema
from .model import Document, read
from .operations import operations
from .schemas import SchemaComparison

ROOT = Path(__file__).resolve().parents[2]
_STREAM = "#stream"  # a fragment: it is never sent, `stream: true` in the body decides
_SIDES = {"added": "ours", "removed": "theirs", "changed": "both"}
_HEADINGS = {
    "theirs": "Only in theirs",
    "ours": "Only in ours",
    "both": "In both, and different (ours instead of theirs)",
}


@frozen
class Known:
    """Differences that were looked at: their side, and "place: what it is" of each, where `*` is any text.

    With `together`, they are known only where all of them are found.
    """

    side: str
    patterns: Sequence[str]
    together: bool = False

    def unused(self, found: Sequence[Difference]) -> list[str]:
        """Return the patterns that are none of the differences found."""
        return [pattern for pattern in self.patterns if not any(self._is(pattern, each) for each in found)]

    def covered(self, found: Sequence[Difference]) -> list[Difference]:
        """Return those of the differences found that are known by this."""
        if self.together and self.unused(found):
            return []
        return [each for each in found if any(self._is(pattern, each) for pattern in self.patterns)]

    def _is(self, pattern: str, difference: Difference) -> bool:
        expression = ".*".join(map(re.escape, pattern.split("*")))
        return self.side == _SIDES[difference.change] and re.fullmatch(expression, _line(difference)) is not None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make drift", description=__doc__)
    parser.add_argument("upstream", type=Path, metavar="UPSTREAM", help="the document that Mistral publishes")
    parser.add_argument("--ours", type=Path, default=ROOT / "openapi.yaml", help="our contract")
    parser.add_argument(
        "--known", type=Path, default=ROOT / "tools" / "contract" / "known_drift.yaml", help="what is known to differ"
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
            if entry.keys() - {"together"} != {"reason", "side", "differences"} or entry["side"] not in _HEADINGS:
                raise ContractError(
                    f"{path.name}: an entry has a reason, a side ({', '.join(_HEADINGS)}) and differences"
                )
        return [
            Known(entry["side"], [str(pattern) for pattern in entry["differences"]], entry.get("together") is True)
            for entry in entries
        ]
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        raise ContractError(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None


def compare_drift(theirs: Document, ours: Document) -> list[Difference]:
    """Return how our operations differ from theirs; raises ContractError if they have none of them."""
    theirs = with_streams_as_forms(theirs)
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


def with_streams_as_forms(document: Document) -> Document:
    """Return the document with each operation `PATH#stream` as the second form of the operation at `PATH`."""
    paths = dict(document.raw.get("paths", {}))
    for path in [path for path in paths if path.endswith(_STREAM)]:
        item = paths.pop(path)
        base = dict(paths.get(path.removesuffix(_STREAM), {}))
        for method, operation in item.items():
            base[method] = _both_forms(base[method], operation) if method in base else operation
        paths[path.removesuffix(_STREAM)] = base
    return evolve(document, raw={**document.raw, "paths": paths})


def _both_forms(whole: Schema, stream: Schema) -> Schema:
    """Return one operation that takes the bodies of both, and answers with what either answers."""
    body, answers, others = whole.get("requestBody", {}), whole.get("responses", {}), stream.get("responses", {})
    return {
        **whole,
        "requestBody": {**body, "content": _joined(_content(body), _content(stream.get("requestBody")))},
        "responses": {
            status: {**answer, "content": _joined(_content(answers.get(status)), _content(others.get(status)))}
            for status, answer in {**others, **answers}.items()
        },
    }


def _content(holder: Any) -> dict[str, Schema]:
    return dict((holder or {}).get("content", {}))


def _joined(one: dict[str, Schema], other: dict[str, Schema]) -> dict[str, Schema]:
    """Return the media types of both; the schemas of one that both have are alternatives."""
    both = {
        name: {**one[name], "schema": {"anyOf": [one[name].get("schema", {}), other[name].get("schema", {})]}}
        for name in one.keys() & other.keys()
        if one[name] != other[name]
    }
    return {**other, **one, **both}


def _described_aside(schemas: SchemaComparison, parts: list[Any]) -> Iterator[str]:
    """Yield the components that our operations lead to and theirs do not, although they describe them."""
    for name in sorted(schemas.new.reachable(parts) & schemas.old.components.keys()):
        if name not in schemas.compared:
            yield name


def report(found: Sequence[Difference], known: Sequence[Known]) -> int:
    """Print what is not known, and which entries cover nothing; return 1 if something is left."""
    covered = [each for entry in known for each in entry.covered(found)]
    left = [each for each in found if each not in covered]
    for side, heading in _HEADINGS.items():
        lines = [f"  {_line(each)}" for each in left if _SIDES[each.change] == side]
        if lines:
            print("\n".join([f"{heading}:", *lines, ""]))
    unused = [f"  {pattern}" for entry in known for pattern in entry.unused(found)]
    if unused:
        print("\n".join(["Known differences that this document does not have:", *unused, ""]))
    print(f"{len(found)} differences, {len(found) - len(left)} of them known, {len(left)} left.")
    return int(bool(left))


def _line(difference: Difference) -> str:
    return f"{difference.where}: {difference.what}"


if __name__ == "__main__":
    sys.exit(main())
