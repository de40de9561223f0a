"""What a new version of the compiled package changes for callers, in a few lines, which `make generate` prints last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tools.surface.compare import compare_surfaces
from tools.surface.packages import GENERATED, SurfaceError, load

from .compare import compare
from .differences import Difference
from .keywords import ContractError
from .model import read


def summarize(old: bytes, new: bytes, folders: Sequence[Path] = ()) -> Iterator[str]:
    """Yield the lines: models, fields, values and endpoints that were added, removed or changed.

    If the contracts mean the same, the compiled packages may still differ, because templates or the compiler changed.

    Args:
        old: the contract compiled before.
        new: the contract compiled now.
        folders: the two folders that hold the packages compiled before and now; none if there is only the contract.
    """
    try:
        found = compare(read(old, "the contract compiled before"), read(new, "openapi.yaml"))
        in_python = [] if found or not folders else _compare_packages(folders)
    except (ContractError, SurfaceError) as error:
        yield f"It is unknown what changed for callers: {error}"
        return
    if found:
        yield "Changed for callers (`make breaking OLD=...` says what breaks them):"
        yield from _lines((each.change, f"{each.where}: {each.what}") for each in found)
    elif in_python:
        yield "The contract means the same. Changed for callers in Python:"
        yield from _lines(_grouped(in_python))
    else:
        yield "Nothing changed for callers."


def _compare_packages(folders: Sequence[Path]) -> list[Difference]:
    before, after = (load([folder], [GENERATED]) for folder in folders)
    return compare_surfaces(before, after)


def _grouped(found: Iterable[Difference]) -> Iterator[tuple[str, str]]:
    """Yield each change with its text. If a parameter changes equally in several places, that is one change."""
    groups = dict[tuple[str, str, str], list[str]]()
    for each in found:
        place, opening, parameter = each.where.partition("(")
        groups.setdefault((each.change, each.what, opening + parameter or place), []).append(place)
    for (change, what, name), places in groups.items():
        if len(places) == 1:
            yield change, f"{places[0]}{name if name.startswith('(') else ''}: {what}"
        else:
            yield change, f"{name.strip('()') or 'the result'}: {what} in {len(places)} places, such as {places[0]}"


def _lines(changes: Iterable[tuple[str, str]]) -> Iterator[str]:
    texts = set(changes)
    for change in ("added", "removed", "changed"):
        yield from sorted(f"  {each:9}{text}" for each, text in texts if each == change)
