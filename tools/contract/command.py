"""What the commands that compare OLD with the working tree share: their arguments, and how they fail."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tools.checkout import ROOT
from tools.surface.packages import SurfaceError

from .keywords import ContractError


def parser_for(prog: str, description: str | None) -> argparse.ArgumentParser:
    """Return a parser with the arguments `old` and `--root`."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.add_argument("old", metavar="OLD", help="the older contract: a file, or a git ref")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder with openapi.yaml (default: this project)")
    return parser


def run(prog: str, work: Callable[[], tuple[str, int]]) -> int:
    """Print the text that `work` returns, and return its status; 2 if the versions cannot be compared."""
    try:
        text, status = work()
    except (ContractError, SurfaceError, ValueError) as error:
        print(f"{prog}: {error}", file=sys.stderr)
        return 2
    print(text)
    return status
