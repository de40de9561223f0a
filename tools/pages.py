"""Parts of documentation pages that programs write: each stands between two markers."""

from __future__ import annotations

from pathlib import Path


class PageError(Exception):
    """A page does not have the markers between which something is written."""


def part(page: Path, markers: tuple[str, str]) -> str:
    """Return the text between two markers of a page; raises PageError."""
    return _split(page, markers)[1]


def with_part(page: Path, markers: tuple[str, str], new: str) -> str:
    """Return the whole text of a page, with another text between two markers; raises PageError."""
    before, _, after = _split(page, markers)
    return before + new + after


def write_part(page: Path, markers: tuple[str, str], new: str) -> None:
    """Write a text between two markers of a page; raises PageError, and then changes nothing."""
    page.write_text(with_part(page, markers, new), encoding="utf-8", newline="\n")


def _split(page: Path, markers: tuple[str, str]) -> tuple[str, str, str]:
    """Return the text of a page up to and with the first marker, between the two, and from the second one on."""
    begin, end = markers
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    inside, ended, after = rest.partition(end)
    if not found or not ended or begin in rest:
        raise PageError(f"{page.name} must have {begin.strip()!r} once, and {end.strip()!r} after it")
    return before + begin, inside, end + after
