"""The parts of documentation pages that tests write: tables of what they saw."""

import os
from pathlib import Path


def check_written_part(page: Path, markers: tuple[str, str], seen: str) -> None:
    """Check that the text between two markers of a page is what the tests saw; `make reliability` writes it instead."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(markers[0])
    found, end, after = rest.partition(markers[1])
    assert (begin, end) == markers
    if os.environ.get("UPDATE_DOCS") == "1":
        page.write_text(before + begin + seen + end + after, encoding="utf-8")
        return
    assert found == seen, f"docs/{page.name} differs from what the tests saw; `make reliability` writes it"
