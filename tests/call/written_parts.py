"""The parts of documentation pages that tests write: tables of what they saw."""

import os
from pathlib import Path

from tools.pages import part, write_part


def check_written_part(page: Path, markers: tuple[str, str], seen: str) -> None:
    """Check that the text between two markers of a page is what the tests saw; `make reliability` writes it instead."""
    if os.environ.get("UPDATE_DOCS") == "1":
        write_part(page, markers, seen)
    assert part(page, markers) == seen, (
        f"docs/{page.name} differs from what the tests saw; `make reliability` writes it"
    )
