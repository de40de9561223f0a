"""Programs write parts of documentation pages, and leave the rest of the page as it is."""

from pathlib import Path

import pytest
from tools.clients.__main__ import GUIDE, MARKERS, clients
from tools.pages import PageError, part, with_part, write_part
from tools.picture import page as picture

BOTH = ("<!-- begin -->\n", "<!-- end -->")
TEXT = "# Page\n<!-- begin -->\nold\n<!-- end -->\nThe rest.\n"


def test_only_the_part_changes(tmp_path: Path) -> None:
    """What stands before and after the markers stays, and the markers stay too."""
    page = tmp_path / "page.md"
    page.write_text(TEXT)
    assert (part(page, BOTH), with_part(page, BOTH, "new\n")) == ("old\n", TEXT.replace("old", "new"))
    write_part(page, BOTH, "new\n")
    assert page.read_text() == TEXT.replace("old", "new")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("<!-- begin -->", ""),
        TEXT.replace("<!-- end -->", ""),
        "<!-- end -->\n<!-- begin -->\n",
        TEXT + TEXT,
    ],
    ids=["no begin", "no end", "wrong order", "twice"],
)
def test_a_page_without_its_markers(tmp_path: Path, text: str) -> None:
    """The error names the page and both markers, and the page stays as it is."""
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(PageError, match=r"^page\.md must have '<!-- begin -->' once, and '<!-- end -->' after it$"):
        write_part(page, BOTH, "new\n")
    assert page.read_text() == text


@pytest.mark.parametrize("room", ["overlay", "stub"])
def test_the_picture_needs_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    """If the page lacks the end of a table, `make picture` writes neither the page nor the pictures."""
    page = tmp_path / "page.md"
    lines = picture.PAGE.read_text(encoding="utf-8").replace(f"<!-- rooms of the {room}: end -->", "")
    page.write_text(lines, encoding="utf-8")
    monkeypatch.setattr(picture, "PAGE", page)
    monkeypatch.setattr(picture, "IMAGES", tmp_path)
    with pytest.raises(PageError):
        picture.write()
    assert page.read_text(encoding="utf-8") == lines
    assert [*tmp_path.iterdir()] == [page]


def test_the_table_of_clients() -> None:
    """The guide has a place for the table that `make clients` writes, and a row for each client."""
    rows = [line.split(" | ")[0] for line in part(GUIDE, MARKERS).splitlines()]
    assert rows == ["| client", "|---|---|", *(f"| {each.name}" for each in clients())]
