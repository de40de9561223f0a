"""`make changelog`: what changed in the contract, in the words of those who call the methods."""

from pathlib import Path

import pytest
from tools.contract import changelog
from tools.contract.compare import compare
from tools.contract.model import read

from contract import pairs
from contract.pairs import contract

SWAP = "`client.pets.swap_pet()`"
STREAM = """
              text/event-stream: {schema: {type: object}, x-stream: {end: '[DONE]'}}
        4XX:"""


def lines(before: str, after: str, text: str = "") -> list[str]:
    """Return the draft for an edit of the contract of the pairs."""
    text = text or contract(sent={"type": "string"}, received={"enum": ["a"]})
    assert before in text
    old, new = read(text, "old"), read(text.replace(before, after), "new")
    return changelog.draft(compare(old, new), old, new)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "  /pets:\n    get:",
            "  /pets:\n    post: {operationId: pets_create, tags: [pets], responses: {}}\n    get:",
            ["### Added", "", "- `client.pets.create()`."],
        ),
        (
            "  /pets:\n    get:",
            "  /pets:\n    x-get:",
            ["### Removed", "", "- **Breaking:** `client.default.list_pets()`."],
        ),
        (
            "- {name: limit",
            "- {name: page, in: query}\n        - {name: limit",
            ["### Added", "", f"- `page` is a keyword of {SWAP}."],
        ),
        (
            "in: query,",
            "in: query, required: true,",
            ["### Changed", "", f"- **Breaking:** `limit` is required by {SWAP}."],
        ),
        (
            'it: {"type": "string"}',
            'it: {"type": "string"}\n        size: {type: integer}',
            ["### Added", "", f"- `size` is a keyword of {SWAP}."],
        ),
        (
            'it: {"type": "string"}',
            'it: {"type": ["string", "null"]}',
            ["### Changed", "", f"- `it` of {SWAP} may be `None`."],
        ),
        (
            'it: {"type": "string"}',
            'it: {"type": "string", "maxLength": 5}',
            ["### Changed", "", f"- **Breaking:** `it` of {SWAP}: greatest length 5 instead of none."],
        ),
        (
            'it: {"enum": ["a"]}',
            'it: {"enum": ["a", "b"]}',
            ["### Added", "", '- **Breaking:** `Received.it` has the new value `"b"`.'],
        ),
        (
            "operationId: swap_pet",
            "operationId: swap_pet\n      deprecated: true",
            ["### Deprecated", "", f"- {SWAP}."],
        ),
        (
            "    Shade:",
            "    Tone:",
            ["### Changed", "", "- **Breaking:** The model `Shade` is now called `Tone`."],
        ),
        ("title: Pets", "title: Dogs", []),
    ],
)
def test_lines(before: str, after: str, expected: list[str]) -> None:
    """A line names the method and the keyword, or the model and its field, and begins with "Breaking" if it breaks."""
    assert lines(before, after) == expected


def test_a_line_for_several_methods() -> None:
    """One line names all methods with the same change, also the method that streams, by its own name."""
    text = contract().replace(
        "        4XX:", STREAM.removeprefix("\n").replace("              text", "            text")
    )
    assert lines("- {name: limit", "- {name: page, in: query}\n        - {name: limit", text) == [
        "### Added",
        "",
        "- `page` is a keyword of `client.pets.swap_pet()` and `client.pets.swap_pet_stream()`.",
    ]


def test_long_lines_are_wrapped() -> None:
    """No line is longer than a page is wide."""
    fields = ", ".join(f"{name}: {{const: a}}" for name in ("first", "second"))
    found = lines(
        'it: {"type": "string"}', f"it: {{type: object, required: [{'long_' * 40}], properties: {{{fields}}}}}"
    )
    assert max(len(line) for line in found if "long_" not in line) <= 120


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command compares a git ref with the working tree, and names the version step at the end."""
    project = pairs.lay_out_project(tmp_path / "project")
    pairs.write_contract(project, contract().replace("maximum: 10", "maximum: 20"))
    assert changelog.main(["before", "--root", str(project)]) == 0
    output, errors = capsys.readouterr()
    assert errors == ""
    assert output.splitlines() == [
        "### Changed",
        "",
        f"- `limit` of {SWAP}: maximum 20 instead of 10.",
        "",
        "Version step: patch, 0.3.2 after 0.3.1 (nothing breaks; before 1.0 that is a patch).",
    ]


def test_nothing_to_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If nothing has changed, the command says so. If it cannot compare the contracts, it exits with 2."""
    project = pairs.lay_out_project(tmp_path / "project")
    assert changelog.main(["before", "--root", str(project)]) == 0
    assert capsys.readouterr().out.startswith("Nothing changes for callers.\n")
    assert changelog.main(["nowhere", "--root", str(project)]) == 2
    assert capsys.readouterr().err.startswith("make changelog: ")
