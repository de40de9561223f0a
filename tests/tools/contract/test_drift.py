"""`make drift`: how another document differs from our contract, by operation, without the known differences."""

import fnmatch
import re
from pathlib import Path

import pytest
import yaml
from tools.checkout import ROOT
from tools.checks.form import PLACEHOLDER
from tools.contract.drift import __main__ as drift
from tools.contract.drift.known import SIDES
from tools.contract.drift.upstream import Upstream
from tools.contract.model import read
from tools.stress.documents import DOCUMENT, SCHEMAS

OURS = """
openapi: 3.1.0
paths:
  /ask:
    post:
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Ask'}}
      responses:
        '200':
          description: An answer.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Answer'}}
            text/event-stream: {schema: {$ref: '#/components/schemas/Event'}}
components:
  schemas:
    Ask:
      type: object
      additionalProperties: false
      required: [question]
      properties:
        question: {type: string}
        size: {type: [integer, 'null'], maximum: 9}
        mode: {$ref: '#/components/schemas/Mode'}
        tools:
          type: array
          items:
            oneOf: [{$ref: '#/components/schemas/Search'}, {$ref: '#/components/schemas/Sum'}]
    Mode: {type: string, enum: [short, long]}
    Search: {type: object, properties: {kind: {const: search}, site: {type: string}}}
    Sum: {type: object, properties: {kind: {const: sum}}}
    Answer: {type: object, properties: {text: {type: string}, next: {$ref: '#/components/schemas/Answer'}}}
    Event: {type: object, properties: {data: {type: string}}}
"""

# The same contract as somebody else might write it: other names, other spellings, other schemas inline. It has an
# operation that ours does not have, and a schema for the events, to which nothing refers.
THEIRS = """
openapi: 3.1.0
paths:
  /ask:
    post:
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Question'}}
      responses:
        '200':
          description: Fine.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Reply'}}
            text/event-stream: {schema: {}}
  /forget:
    post: {responses: {}}
components:
  schemas:
    Question:
      title: Question
      type: object
      additionalProperties: false
      required: [question]
      properties:
        question: {type: string, description: What to ask.}
        size: {anyOf: [{type: integer, maximum: 9}, {type: 'null'}]}
        mode: {type: string, enum: [long, short]}
        tools:
          type: array
          items:
            anyOf: [{$ref: '#/components/schemas/SumTool'}, {$ref: '#/components/schemas/SearchTool'}]
    SearchTool: {type: object, properties: {kind: {type: string, enum: [search]}, site: {type: string}}}
    SumTool: {type: object, properties: {kind: {type: string, enum: [sum]}}}
    Reply: {type: object, properties: {text: {type: string}, next: {$ref: '#/components/schemas/Reply'}}}
    Event: {type: object, properties: {data: {type: string}}}
"""
# The one difference that THEIRS has: it says nothing about the events where ours refers to them.
NOTHING_SAID = "POST /ask 200 text/event-stream"


def found(theirs: str, ours: str = OURS) -> list[tuple[str, str, str]]:
    """Return the differences: the side that has more, the place, and what differs."""
    differences = Upstream(read(theirs, "theirs")).differences(read(ours, "ours"))
    return [(SIDES[each.change], each.where, each.what) for each in differences]


def test_other_names_and_spellings_are_no_difference() -> None:
    """Schemas are compared along the operations, whatever their names. A place that one side leaves open differs."""
    assert found(THEIRS) == [("both", "Event", "object instead of any")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("question: {type: string,", "topic: {}\n        question: {type: string,", ("theirs", "Ask.topic", "field")),
        ("{type: string, description: What to ask.}", "{}", ("both", "Ask.question", "string instead of any")),
        ("site: {type: string}", "address: {type: string}", ("ours", "Search.site", "optional field")),
        ("site: {type: string}", "address: {type: string}", ("theirs", "Search.address", "field")),
        ("maximum: 9", "maximum: 8", ("both", "Ask.size", "maximum 9 instead of 8")),
        ("enum: [long, short]", "enum: [long, short, none]", ("theirs", "Mode", 'value "none"')),
        ("enum: [long, short]", "enum: [long]", ("ours", "Mode", 'value "short"')),
        ("required: [question]", "required: []", ("both", "Ask.question", "required")),
        ("text: {type: string}", "text: {type: [string, 'null']}", ("both", "Answer.text", "never null")),
        ("{$ref: '#/components/schemas/SumTool'}, ", "", ("ours", "Ask.tools[]", "member Sum")),
        ("'200':", "'200': {description: Done.}\n        '404':", ("theirs", "POST /ask 404", "answer")),
        ("      requestBody:", "      deprecated: true\n      requestBody:", ("both", "POST /ask", "not deprecated")),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_differences(before: str, after: str, expected: tuple[str, str, str]) -> None:
    """Each difference has its side, and the name of our schema."""
    assert before in THEIRS
    assert expected in found(THEIRS.replace(before, after))


def test_what_their_operation_does_not_lead_to_is_compared_by_name() -> None:
    """If their operation answers with no stream, the events that they describe are compared with ours by name."""
    theirs = THEIRS.replace("            text/event-stream: {schema: {}}\n", "").replace(
        "{data: {type: string}}", "{data: {type: integer}}"
    )
    assert found(theirs) == [
        ("both", "Event.data", "string instead of integer"),
        ("ours", "POST /ask 200", "media type text/event-stream"),
    ]


def test_an_operation_of_ours_alone() -> None:
    """An operation that only we have is a difference; one of theirs is not, if we have no operation of its family."""
    ours = OURS.replace("paths:", "paths:\n  /list:\n    get: {responses: {}}")
    assert [each for each in found(THEIRS, ours) if "/" in each[1]] == [("ours", "GET /list", "endpoint")]


STREAM_OF_ITS_OWN = """
  /ask#stream:
    post:
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/AskAlong'}}
      responses:
        '200':
          content:
            text/event-stream: {schema: {$ref: '#/components/schemas/Event'}}
        '418': {description: No.}
"""
ASK_ALONG = """
    AskAlong:
      type: object
      additionalProperties: false
      required: [question]
      properties: {question: {type: string}, stream: {const: true}}
"""


def test_a_path_for_the_stream_is_the_second_form_of_the_operation() -> None:
    """The body and the answers of their `/ask#stream` are compared with the streamed form of our `/ask`."""
    theirs = THEIRS.replace("            text/event-stream: {schema: {}}\n", "")
    theirs = theirs.replace("  /forget:", f"{STREAM_OF_ITS_OWN}  /forget:") + ASK_ALONG
    ours = OURS.replace(
        "application/json: {schema: {$ref: '#/components/schemas/Ask'}}",
        "application/json: {schema: {anyOf: [{$ref: '#/components/schemas/Ask'},"
        " {$ref: '#/components/schemas/AskAlong'}]}}",
    )
    assert found(theirs, ours + ASK_ALONG) == [("theirs", "POST /ask 418", "answer")]
    narrower = ASK_ALONG.replace("const: true", "const: false")
    assert ("theirs", "AskAlong.stream", "value true") in found(theirs, ours + narrower)


def write(folder: Path, **texts: str) -> list[str]:
    """Write the two documents and the list of known differences; return the arguments that name them."""
    files = {"theirs": THEIRS, "ours": OURS, "known": "", **texts}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / "theirs"), "--ours", str(folder / "ours"), "--known", str(folder / "known")]


KNOWN = "- {reason: They say nothing., side: both, differences: ['Event: object instead of *']}\n"
UNUSED = "- {reason: It was so once., side: ours, differences: ['Event: object instead of any', 'Ask.lost: field']}\n"


def test_known_differences_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If every difference is known, the exit code is 0."""
    assert drift.main(write(tmp_path, known=KNOWN)) == 0
    assert capsys.readouterr() == ("1 differences, 1 of them known, 0 left.\n", "")


def test_unused_entries_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry that fits no difference of its side is printed, and does not change the exit code."""
    assert drift.main(write(tmp_path, known=KNOWN + UNUSED)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Known differences that this document does not have:",
        "  Event: object instead of any",
        "  Ask.lost: field",
        "",
        "1 differences, 1 of them known, 0 left.",
    ]


TOGETHER = """
- {reason: They have neither., side: ours, together: true, differences: ['GET /one: endpoint', 'GET /two: endpoint']}
"""
ONE, TWO = "\n  /one: {get: {responses: {}}}", "\n  /two: {get: {responses: {}}}"


@pytest.mark.parametrize(("paths", "status"), [(ONE + TWO, 0), (ONE, 1)])
def test_differences_that_belong_together(tmp_path: Path, paths: str, status: int) -> None:
    """The differences of an entry with `together: true` count as known only if all of them are found."""
    ours = OURS.replace("paths:", f"paths:{paths}")
    assert drift.main(write(tmp_path, ours=ours, known=KNOWN + TOGETHER)) == status


def test_what_is_left_is_printed_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown differences are printed by the side that has more, and the exit code is 1."""
    theirs = THEIRS.replace("site: {type: string}", "address: {type: string}").replace("maximum: 9", "maximum: 8")
    assert drift.main(write(tmp_path, theirs=theirs, known=KNOWN)) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Only in theirs:",
        "  Search.address: field",
        "",
        "Only in ours:",
        "  Search.site: optional field",
        "",
        "In both, and different (ours instead of theirs):",
        "  Ask.size: maximum 9 instead of 8",
        "",
        "Add this to openapi.yaml. Put each key into the object at the same path, and append the items of each list to",
        "the list at the same path. Then write the descriptions, which `make check` requires, and run `make generate`.",
        "",
        "components:",
        "  schemas:",
        "    Search:",
        "      properties:",
        "        address:",
        f"          description: {PLACEHOLDER}",
        "          type: string",
        "",
        "4 differences, 1 of them known, 3 left.",
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"theirs": "openapi: ["}, "cannot be read"),
        ({"theirs": "swagger: '2.0'"}, "is not an OpenAPI 3.1 or 3.0 document"),
        ({"theirs": "openapi: 3.1.0\npaths: {}"}, "has none of the operations of"),
        ({"theirs": THEIRS.replace("schemas/Reply'", "schemas/Lost'")}, "#/components/schemas/Lost leads nowhere"),
        (
            {"known": "- {side: both, differences: []}"},
            "an entry must have a reason, a side (theirs, ours, both) and differences",
        ),
        ({"known": "- {reason: It is., side: left, differences: []}"}, "an entry must have a reason, a side"),
        ({"known": "- {reason: It is., side: both, differences: all}"}, "and differences, a list"),
        ({"known": "- {reason: One., reason: Two., side: both, differences: []}"}, "the key reason occurs twice"),
        ({"known": "- a"}, "an entry must have a reason"),
        ({"known": "a: b"}, "should be a list of entries"),
        ({"known": "a: ["}, "cannot be read"),
    ],
    ids=[
        "no YAML",
        "Swagger",
        "other operations",
        "dangling",
        "no reason",
        "no such side",
        "no differences",
        "twice",
        "a text",
        "an object",
        "broken list",
    ],
)
def test_what_cannot_be_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], texts: dict[str, str], expected: str
) -> None:
    """If a document or the list cannot be used, the message says why, and the exit code is 2."""
    assert drift.main(write(tmp_path, **texts)) == 2
    output, errors = capsys.readouterr()
    assert (output, errors[:12], expected in errors) == ("", "make drift: ", True)


def test_missing_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If a document is missing, the exit code is 2."""
    missing = tmp_path / "nowhere.yaml"
    assert drift.main([str(missing)]) == 2
    assert capsys.readouterr() == ("", f"make drift: {missing} cannot be read: No such file or directory\n")


def test_the_list_of_known_differences_is_about_the_contract() -> None:
    """Each entry of the project's own list has a reason, is unique, and names schemas or operations of ours."""
    entries = yaml.safe_load((ROOT / "tools" / "contract" / "known_drift.yaml").read_text(encoding="utf-8"))
    patterns = [pattern for entry in entries for pattern in entry["differences"]]
    operations = [f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in item]
    places = {re.split(r" (?:[2345]..|query|request)\b", pattern.partition(": ")[0])[0] for pattern in patterns}
    ours = [*SCHEMAS, *operations]
    assert [place for place in sorted(places) if not fnmatch.filter(ours, _without_field(place))] == []
    assert len(set(patterns)) == len(patterns)
    assert [entry for entry in entries if not entry["reason"].endswith(".")] == []


def _without_field(place: str) -> str:
    return place if " " in place else place.partition(".")[0]
