"""`python -m tools.contract.compare`: any two documents, what it prints, what was agreed to, and how it exits."""

import copy
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.contract import compare
from tools.contract.accepted import Accepted, read_accepted
from tools.contract.keywords import ContractError
from tools.contract.model import read
from tools.contract.report import FORMATS, Report

from contract import pairs
from contract.pairs import contract, write

NARROWED = contract().replace("maximum: 10", "maximum: 5")
LIMIT = "POST /pets/{id} query limit"
ID = "maximum-changed-c5837452"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on two texts; return the exit status and what was printed."""
    monkeypatch.chdir(tmp_path)

    def run(old: str, new: str, *options: str) -> tuple[int, str, str]:
        for name, text in (("old", old), ("new", new)):
            write(tmp_path / name, text)
        status = compare.main(["old", "new", *options])
        output, errors = capsys.readouterr()
        return status, output, errors

    return run


def test_text(run: Run) -> None:
    """For people, each finding has a line; the exit status is 1 if one of them breaks something."""
    status, output, errors = run(contract(), NARROWED)
    assert (status, errors) == (1, "")
    assert output.splitlines() == [
        "From old to new:",
        "",
        "The contract: 1 breaking, 0 compatible",
        f"  breaking    {LIMIT} (request): maximum 5 instead of 10; requests that were right become wrong [{ID}]",
    ]


def test_json(run: Run) -> None:
    """For programs, each finding has an id, a place, directions and a reason, under keys that stay as they are."""
    status, output, errors = run(contract(), NARROWED, "--format", "json")
    assert (status, errors) == (1, "")
    assert json.loads(output) == {
        "old": "old",
        "new": "new",
        "status": 1,
        "findings": [
            {
                "id": ID,
                "rule": "maximum-changed",
                "part": "The contract",
                "verdict": "breaking",
                "place": LIMIT,
                "direction": ["request"],
                "change": "changed",
                "what": "maximum 5 instead of 10",
                "reason": "requests that were right become wrong",
                "accepted": None,
            }
        ],
        "step": None,
        "remarks": [],
    }


def test_markdown(run: Run) -> None:
    """For a pull request, each finding is a row, and no text of a contract can end its cell."""
    status, output, errors = run(contract({"enum": ["a"]}), contract({"enum": ["a", "<b>|`"]}), "--format", "markdown")
    assert (status, errors) == (0, "")
    heading, _, columns, _, row = output.splitlines()
    assert heading == "**From old to new: 0 breaking, 1 compatible**"
    assert columns == "| verdict | where | direction | what | why | id |"
    assert row.startswith(
        '| compatible | Sent.it | request | added: value "&lt;b>\\|\\`" | requests may hold more | `value-'
    )


@pytest.mark.parametrize("form", FORMATS)
def test_no_difference(run: Run, form: str) -> None:
    """If the contracts are the same, the command exits with 0 and prints no finding, in every format."""
    status, output, errors = run(contract(), contract(), "--format", form)
    assert (status, errors) == (0, "")
    assert not any(word in output for word in ("1 breaking", "1 compatible", '"id"', "| verdict"))


def test_each_finding_has_an_id_of_its_own() -> None:
    """No two findings of a comparison share an id, and the same finding has the same id in another comparison."""
    texts = [pairs.filled(each) for pair in pairs.OPERATIONS for each in (pair.before, pair.after)]
    for old, new in zip(texts[::2], texts[1::2], strict=True):
        once, again = ([each.id for each in pairs.compare(old, new)] for _ in range(2))
        assert once == again
        assert len(set(once)) == len(once)


AGREED = "- {id: maximum-changed-c5837452, reason: Nobody asks for more., until: %s}\n"


def test_what_was_agreed_to(run: Run, tmp_path: Path) -> None:
    """A break that was accepted does not fail the command; its line says until when it is accepted, and why."""
    write(tmp_path / "agreed", AGREED % "2999-01-31")
    status, output, _ = run(contract(), NARROWED, "--accept", "agreed")
    assert status == 0
    assert "The contract: 0 breaking, 1 accepted, 0 compatible" in output
    assert f"accepted    {LIMIT} (request): maximum 5 instead of 10; accepted until 2999-01-31: Nobody" in output


def test_an_agreement_that_has_run_out(run: Run, tmp_path: Path) -> None:
    """After its last day, an accepted break fails the command again, and the report says so."""
    write(tmp_path / "agreed", AGREED % "2020-01-31")
    status, output, _ = run(contract(), NARROWED, "--accept", "agreed")
    assert status == 1
    assert f"{ID}: accepted only until 2020-01-31, and today is " in output


def test_an_agreement_about_nothing(run: Run, tmp_path: Path) -> None:
    """An accepted break that is no longer found is reported, so that the list does not grow for ever."""
    write(tmp_path / "agreed", AGREED % "2999-01-31")
    status, output, _ = run(contract(), contract(), "--accept", "agreed")
    assert (status, output.splitlines()[-1]) == (0, f"{ID}: accepted, but there is no such finding: remove the entry")


@pytest.mark.parametrize("day", [dt.date(2027, 1, 30), dt.date(2027, 1, 31), dt.date(2027, 2, 1)])
def test_the_last_day_counts(tmp_path: Path, day: dt.date) -> None:
    """A break is accepted on the day that its entry names, and not on the next."""
    accepted = read_accepted(write(tmp_path / "agreed", AGREED % "2027-01-31"), day)
    report = Report("old", "new", {"The contract": pairs.compare(contract(), NARROWED)}, accepted)
    assert (report.status == 0) is (day <= dt.date(2027, 1, 31))


def test_another_value_is_another_finding(tmp_path: Path) -> None:
    """If one bound was accepted, another bound at the same place is not."""
    accepted = read_accepted(write(tmp_path / "agreed", AGREED % "2999-01-31"), dt.date(2027, 1, 1))
    found = pairs.compare(contract(), contract().replace("maximum: 10", "maximum: 4"))
    assert [accepted.blocks(each) for each in found] == [True]
    assert [Accepted().blocks(each) for each in found] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- {id: a, reason: B.}", "an entry must have an id, a reason, and `until`"),
        ("- {id: a, reason: '', until: 2027-01-31}", "an entry must have an id, a reason, and `until`"),
        ("- {id: a, reason: B., until: soon}", "an entry must have an id, a reason, and `until`"),
        ("- {id: a, reason: B., until: 2027-01-31T00:00:00}", "an entry must have an id, a reason, and `until`"),
        ("- {id: a, reason: B., until: 2027-01-31, who: C}", "an entry must have an id, a reason, and `until`"),
        (
            "- {id: a, reason: B., until: 2027-01-31}\n- {id: a, reason: C., until: 2027-01-31}",
            "more than one entry has the id a",
        ),
        ("a: b", "should be a list"),
        ("- [", "cannot be read"),
        ("- {id: a, reason: B., until: 2027-13-31}", "a day like 2027-01-31"),
    ],
)
def test_a_list_that_cannot_be_used(run: Run, tmp_path: Path, text: str, expected: str) -> None:
    """If the list of accepted breaks has a mistake, the command exits with 2 and does not guess what is accepted."""
    write(tmp_path / "agreed", text)
    status, output, errors = run(contract(), NARROWED, "--accept", "agreed")
    assert (status, output) == (2, "")
    assert errors.startswith("compare: agreed")
    assert expected in errors


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """If a document, or the list of accepted breaks, does not exist, the command exits with 2."""
    assert run(contract(), contract(), "--accept", "nowhere") == (
        2,
        "",
        "compare: nowhere cannot be read: No such file or directory\n",
    )
    assert compare.main([str(tmp_path / "lost"), str(tmp_path / "new")]) == 2


OLD_STYLE = """
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      parameters:
        - {name: age, in: query, schema: {type: integer, minimum: 0, exclusiveMinimum: true, nullable: true}}
      responses:
        '200':
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet', description: Passed over.}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string, nullable: true, example: Rex}}}
"""
NEW_STYLE = """
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      parameters:
        - {name: age, in: query, schema: {type: [integer, 'null'], exclusiveMinimum: 0}}
      responses:
        '200':
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: [string, 'null']}}}
"""


def test_openapi_30(run: Run) -> None:
    """A document of OpenAPI 3.0 is translated to 3.1 before it is compared."""
    assert run(OLD_STYLE, NEW_STYLE)[:2] == (0, "From old to new:\n\nThe contract: no difference\n")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("{type: string, nullable: true, example: Rex}", "{nullable: true}", "is nullable without a type"),
        ("{type: string, nullable: true, example: Rex}", "{const: Rex}", "has const, which OpenAPI 3.0 does not know"),
        ("type: string, nullable: true", "type: [string]", "should be one type in OpenAPI 3.0"),
        ("exclusiveMinimum: true", "exclusiveMinimum: 0", "should be true or false in OpenAPI 3.0"),
        ("{type: string, nullable: true, example: Rex}", "{type: array}", "is an array without items"),
    ],
)
def test_openapi_30_that_cannot_be_said_in_31(run: Run, before: str, after: str, expected: str) -> None:
    """If something cannot be translated to 3.1, the command exits with 2 and names the place."""
    assert before in OLD_STYLE
    status, output, errors = run(OLD_STYLE.replace(before, after), NEW_STYLE)
    assert (status, output) == (2, "")
    assert errors.startswith("compare: old: #/")
    assert expected in errors


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("#/components/schemas/Lost", "leads nowhere"),
        ("other.yaml#/Pet", "leads out of the document"),
        ("#pet", "is no pointer into the document"),
        ("#", "is no pointer into the document"),
        ("#/paths/~1pets~1{id}/post/parameters/7/schema", "leads nowhere"),
    ],
)
def test_references_that_are_not_followed(run: Run, reference: str, expected: str) -> None:
    """If a reference leads to no schema of the document, the command exits with 2 and names the reference."""
    status, output, errors = run(contract(), contract({"$ref": reference}))
    assert (status, output, errors) == (2, "", f"compare: new: {reference} {expected}\n")


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        (
            "openapi: 3.1.0",
            "openapi: 3.1.0\njsonSchemaDialect: http://json-schema.org/draft-07/schema#",
            "#/jsonSchemaDialect",
        ),
        (
            "Color: {type",
            "Color: {$schema: 'http://json-schema.org/draft-04/schema#', type",
            "#/components/schemas/Color/$schema",
        ),
        ("Color: {type", "Color: {$dynamicRef: '#color', type", "#/components/schemas/Color/$dynamicRef"),
    ],
)
def test_schemas_that_mean_something_else(run: Run, before: str, after: str, place: str) -> None:
    """If there is another version of JSON Schema, or a `$dynamicRef`, the command exits with 2 and names the place."""
    status, output, errors = run(contract(), contract().replace(before, after))
    assert (status, output) == (2, "")
    assert errors.startswith(f"compare: new: {place}: '")


@pytest.mark.parametrize(
    "dialect", ["https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.1/dialect/base"]
)
def test_the_dialect_of_openapi_written_out(run: Run, dialect: str) -> None:
    """A schema may name the version of JSON Schema that OpenAPI 3.1 has."""
    text = contract().replace("openapi: 3.1.0", f"openapi: 3.1.0\njsonSchemaDialect: {dialect}")
    assert run(contract(), text.replace("Color: {type", f"Color: {{$schema: {dialect}, type"))[0] == 0


@pytest.mark.parametrize("path", ["~1pets~1{id}", "~1pets~1%7Bid%7D"])
def test_references_to_anywhere(path: str) -> None:
    """A reference may lead to a schema that is not a component."""
    reference = f"#/paths/{path}/post/parameters/1/schema"
    found = pairs.compare(contract({"type": "integer", "maximum": 20}), contract({"$ref": reference}))
    assert [(each.where, each.what) for each in found] == [("Sent.it", "maximum 10 instead of 20")]


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.just(float("nan")), st.text(max_size=3), st.just([]), st.just([None]),
    st.just({}), st.just({"$ref": 1}), st.just({"$ref": "#/components/schemas/Node"}), st.just({"$ref": "#/paths"}),
)  # fmt: skip


def places(part: Any) -> list[tuple[Any, Any]]:
    """Return each place of a document: the object or list that contains it, and the key in that."""
    keys = list(part) if isinstance(part, dict) else list(range(len(part))) if isinstance(part, list) else []
    return [*((part, key) for key in keys), *(place for key in keys for place in places(part[key]))]


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_damaged_document_is_compared_or_refused(data: st.DataObject) -> None:
    """Whatever a document contains, it is compared, or refused with a ContractError; no other error is raised."""
    raw = yaml.safe_load(contract({"anyOf": [{"type": "string", "maxLength": 3}, {"enum": [1]}]}))
    for _ in range(data.draw(st.integers(1, 2))):
        found = places(raw)
        holder, key = found[data.draw(st.integers(0, len(found) - 1))]
        holder[key] = copy.deepcopy(data.draw(JUNK))  # it may be damaged itself
    text = yaml.safe_dump(raw)
    refusals = list[str]()
    for old, new in ((contract(), text), (text, contract())):
        try:
            compare.compare(read(old, "old"), read(new, "new"))
        except ContractError as error:
            refusals.append(str(error))
    assert [each for each in refusals if not each.startswith(("old", "new"))] == []
