"""Measure this library beside bare httpx, and check the budgets in `budgets.py`; `make bench` runs this program."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

from . import pages, report
from .bench import Bench, BenchmarkError, Row
from .cases import CASES
from .participants import ALL, PEERS, ROOT

# With fewer rounds, a median means little on a machine that also does other things.
ROUNDS = 7


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Return 1 if a budget is missed, if a client fails, or if it reads another text than was sent."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--cases", default=" ".join(CASES), help=f"some of: {' '.join(CASES)}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--peers", action="store_true", help="also measure the SDKs of Mistral and OpenAI")
    parser.add_argument("--draw", action="store_true", help="write the picture, the table and the figure of the docs")
    options = parser.parse_args(arguments)
    chosen = options.cases.replace(",", " ").split()
    if unknown := set(chosen) - set(CASES):
        parser.error(f"no such case: {' '.join(sorted(unknown))}")
    if options.rounds < 1:
        parser.error("at least one round")
    try:
        with Bench([*ALL, *(PEERS if options.peers else ())], options.rounds, server_core=pin()) as bench:
            return run(bench, chosen, ROOT if options.draw else None)
    except BenchmarkError as error:
        print(f"FAIL {error}", file=sys.stderr)
        return 1


def run(bench: Bench, chosen: Iterable[str], draw_in: Path | None = None) -> int:
    """Run some cases, print the tables, and return the exit status.

    If `draw_in` is set, the folder of a project, the figures are also written into the docs of that project.
    """
    began, rows = time.monotonic(), dict[str, Row]()
    for name in chosen:
        started = time.monotonic()
        rows.update((row.title, row) for row in CASES[name](bench))
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr)
    print(*report.table(rows.values(), [each.name for each in bench.participants]), "", sep="\n")
    lines, met = report.budget_table(rows)
    print(*lines, "", sep="\n")
    for who, reason in bench.left_out.items():
        print(f"Left out: {who} ({reason})")
    versions = f"Python {platform.python_version()}, httpx {metadata.version('httpx')}"
    shown = f"medians of {bench.rounds} rounds, in parentheses the ratio to bare httpx"
    print(f"{versions}, {shown}; {time.monotonic() - began:.0f} s")
    if draw_in is not None:
        pages.write(draw_in, bench, rows)
        print(f"Wrote {pages.PICTURE}, the table of {pages.PERFORMANCE}, and the figure of {pages.README}")
    return 0 if met else 1


def pin() -> int | None:
    """Keep this process and its children, the clients, on one core; return another for the server, if there is one."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    server, *clients = sorted(os.sched_getaffinity(0))
    if not clients:
        return None
    os.sched_setaffinity(0, {clients[-1]})
    return server


if __name__ == "__main__":
    sys.exit(main())
