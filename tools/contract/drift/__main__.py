"""Compare our contract with a document that Mistral publishes, or with recorded requests and answers.

`make drift UPSTREAM=...` runs it, with a document or a recording of `python -m mistral_agents.testing record`. The
schemas of a document have other names than ours. So we start at the operations that both have, and follow the
references. Schemas to which no operation of the document refers (the events of a stream) are compared by name. The
document may have a path of its own for a stream (`/v1/conversations#stream`). It is read as a second form of the
operation, because both are sent to the same address.

The differences that known_drift.yaml explains are left out. If our contract lacks something, the program prints the
text to add to openapi.yaml. It exits with 0 if no difference is left, with 1 if one is left, and with 2 if the two
cannot be compared. (If this program exits with 1 or 2, make itself exits with 2.)
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen
from tools.checkout import ROOT
from tools.contract.differences import Difference
from tools.contract.keywords import ContractError
from tools.contract.model import Document, read

from mistral_agents.testing.recordings.recording import RecordingError, load_recording

from .additions import Source, additions
from .fragments import as_yaml, merged
from .known import SIDES, Known, as_entries, line, read_known
from .upstream import Upstream
from .wire import Wire

_RECORDING = re.compile(rb"^mistral_agents_recording:", re.MULTILINE)
_HOW_TO_ADD = (
    "Add this to openapi.yaml. Put each key into the object at the same path, and append the items of each list to",
    "the list at the same path. Then write the descriptions, which `make check` requires, and run `make generate`.",
)


@frozen
class Drift:
    """The result of a comparison.

    `left` has the differences that no entry of known_drift.yaml explains. `unused` has the patterns of known_drift.yaml
    that match none of the differences. `addition` is the text to add to openapi.yaml. `intended` has new entries for
    known_drift.yaml: differences that remain after the addition, because our contract has other rules than theirs.
    """

    found: Sequence[Difference]
    left: Sequence[Difference]
    unused: Sequence[str]
    addition: str
    intended: str

    @property
    def status(self) -> int:
        """The exit status: 1 if something is left."""
        return int(bool(self.left))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make drift", description=__doc__)
    parser.add_argument(
        "upstream", type=Path, metavar="UPSTREAM", help="a document that Mistral publishes, or a recording"
    )
    parser.add_argument("--ours", type=Path, default=ROOT / "openapi.yaml", help="our contract")
    parser.add_argument(
        "--known",
        type=Path,
        default=ROOT / "tools" / "contract" / "known_drift.yaml",
        help="the list of explained differences",
    )
    options = parser.parse_args(arguments)
    try:
        source = read_source(options.upstream)
        drift = compare_drift(source, read(options.ours.read_bytes(), str(options.ours)), read_known(options.known))
    except OSError as error:
        print(f"make drift: {error.filename} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    except (ContractError, RecordingError) as error:
        print(f"make drift: {error}", file=sys.stderr)
        return 2
    said = "\n".join(report(drift, "theirs" if isinstance(source, Upstream) else "the recording"))
    print(said.encode("utf-8", "backslashreplace").decode())  # half a surrogate pair cannot be printed
    return drift.status


def read_source(path: Path) -> Source:
    """Read a document or a recording; raises ContractError, RecordingError or OSError."""
    text = path.read_bytes()
    if _RECORDING.search(text):
        return Wire(load_recording(path), str(path))
    return Upstream(read(text, str(path)))


def compare_drift(source: Source, ours: Document, known: Sequence[Known]) -> Drift:
    """Return the differences between our contract and a source, and what to add; raises ContractError."""
    found = source.differences(ours)
    left = _unknown(found, known)
    part = additions(left, source, ours)
    intended = list[Difference]()
    if part:
        after = _unknown(source.differences(evolve(ours, raw=merged(ours.raw, part))), known)
        intended = [each for each in after if line(each) not in map(line, left)]
    unused = [pattern for each in known for pattern in each.unused(found)] if isinstance(source, Upstream) else []
    return Drift(found, left, unused, as_yaml(part) if part else "", as_entries(intended))


def _unknown(found: Sequence[Difference], known: Sequence[Known]) -> list[Difference]:
    covered = [each for entry in known for each in entry.covered(found)]
    return [each for each in found if each not in covered]


def report(drift: Drift, theirs: str) -> Iterator[str]:
    """Yield the lines: the differences that are left, by side; what to add; the patterns that match no difference."""
    headings = {
        "theirs": f"Only in {theirs}:",
        "ours": "Only in ours:",
        "both": f"In both, and different (ours instead of {theirs}):",
    }
    for side, heading in headings.items():
        lines = [f"  {line(each)}" for each in drift.left if SIDES[each.change] == side]
        if lines:
            yield from (heading, *lines, "")
    if drift.addition:
        yield from (*_HOW_TO_ADD, "", drift.addition)
    if drift.intended:
        yield from (
            "After that, our rules still differ from theirs. Add this to tools/contract/known_drift.yaml:",
            "",
            drift.intended,
        )
    if drift.unused:
        yield from ("Known differences that this document does not have:", *(f"  {each}" for each in drift.unused), "")
    yield f"{len(drift.found)} differences, {len(drift.found) - len(drift.left)} of them known, {len(drift.left)} left."


if __name__ == "__main__":
    sys.exit(main())
