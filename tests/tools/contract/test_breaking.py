"""`make breaking`: which differences between two contracts break whom, what it prints, and how it exits."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tools.checkout import ROOT
from tools.contract import breaking, version_step
from tools.contract.differences import Difference
from tools.contract.keywords import ContractError
from tools.contract.summary import _grouped, summarize

from compiling import PACKAGE, generate
from contract import pairs
from contract.pairs import Pair, SchemaPair, compare, contract, verdict, write

EACH_SCHEMA = pytest.mark.parametrize("pair", pairs.SCHEMAS, ids=lambda pair: pair.name)
EACH_EDIT = pytest.mark.parametrize("pair", pairs.EDITS, ids=lambda pair: pair.name)
ACCEPTING_MORE = [pair for pair in pairs.SCHEMAS if pair.accepts_more]

WRONG = "requests that were right become wrong"


@EACH_SCHEMA
def test_schema(pair: SchemaPair) -> None:
    """A schema may accept more in a request and guarantee more in an answer; accepting or guaranteeing less breaks."""
    sent = compare(contract(sent=pair.before), contract(sent=pair.after))
    received = compare(contract(received=pair.before), contract(received=pair.after))
    assert (pair.in_request, pair.in_answer) == (verdict(sent), verdict(received))


@EACH_SCHEMA
def test_schema_in_both(pair: SchemaPair) -> None:
    """A component that requests and answers share is compared in both directions; each difference is found once."""
    it = {"$ref": "#/components/schemas/It"}
    before, after = (f"{contract(it, it)}    It: {json.dumps(schema)}\n" for schema in (pair.before, pair.after))
    found = compare(before, after)
    worst = min(pair.in_request, pair.in_answer, key=["breaks", "fits", "same"].index)
    assert worst == verdict([each for each in found if not each.python and each.what != "model"])
    assert len({(each.where, each.what) for each in found}) == len(found)


@EACH_EDIT
def test_edit_of_a_contract(pair: Pair) -> None:
    """Paths, parameters, media types, statuses, headers and the names of models are compared, too."""
    assert pair.before in contract()
    assert pair.verdict == verdict(compare(contract(), contract().replace(pair.before, pair.after)))


@pytest.mark.parametrize("pair", pairs.OPERATIONS, ids=lambda pair: pair.name)
def test_operation(pair: Pair) -> None:
    """What counts is how an operation is called and how it answers, not how the contract spells this."""
    before, after = pairs.filled(pair.before), pairs.filled(pair.after)
    assert (before == after) is (pair.before == pair.after)
    assert pair.verdict == verdict(compare(before, after))


@pytest.mark.parametrize("pair", ACCEPTING_MORE, ids=lambda pair: pair.name)
def test_to_accept_less_again_breaks(pair: SchemaPair) -> None:
    """If a step lets a schema accept more, the reverse step breaks requests, but guarantees more in answers."""
    taken_back = [
        verdict(compare(contract(sent=pair.after), contract(sent=pair.before))),
        verdict(compare(contract(received=pair.after), contract(received=pair.before))),
    ]
    # But code that reads a field breaks if an answer no longer has the field, even if it was optional.
    assert taken_back == ["breaks", "breaks" if "new optional field" in pair.name else "fits"]


def test_enum_that_is_closed_in_requests_and_open_in_answers() -> None:
    """A new value of an enum that requests and answers share breaks nobody if answers may have any other value."""
    color = {"$ref": "#/components/schemas/Color"}
    text = contract(color, {"anyOf": [color, {"type": "string"}]})
    found = compare(text, text.replace("[black, white]", "[black, white, red]"))
    assert {(each.where, each.what, each.directions, each.breaking) for each in found} == {
        ("Color", 'value "red"', "request", False),
        ("Color", 'value "red"', "answer", False),
    }


def test_circle_of_references() -> None:
    """A schema that is only a reference to itself is refused; a schema that contains itself is not."""
    node, loop = (contract({"$ref": f"#/components/schemas/{name}"}) for name in ("Node", "Loop"))
    with pytest.raises(ContractError, match="Loop is defined only by itself"):
        compare(node, f"{loop}    Loop: {{anyOf: [{{$ref: '#/components/schemas/Loop'}}]}}\n")
    assert compare(node, node) == []


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a git repository, where the contract of the pairs is tagged as `before`."""
    return pairs.lay_out_project(tmp_path / "project")


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `make breaking` in the project; return the exit code and what was printed."""

    def run(old: str | Path) -> tuple[int, str, str]:
        code = breaking.main([str(old), "--root", str(project)])
        output, errors = capsys.readouterr()
        return code, output, errors

    return run


@pytest.mark.parametrize("old", ["before", "old.yaml"])
def test_nothing_differs(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, old: str) -> None:
    """If nothing changed, the command exits with 0 and requires no new version; OLD is a git ref or a file."""
    monkeypatch.chdir(write(project / "old.yaml", contract()).parent)
    code, output, errors = run(old)
    assert (code, errors) == (0, "")
    assert output.replace("\n\n", "\n").splitlines() == [
        f"From {old} to the working tree:",
        "The contract: no difference",
        "Python (mistral_agents_api, mistral_agents): no difference",
        "Version step: no step (nothing to release).",
    ]


def test_something_breaks(run: Run, project: Path) -> None:
    """If something breaks, the command exits with 1; it prints each difference with the reason, breaking ones first."""
    pairs.write_contract(project, contract().replace("maximum: 10", "maximum: 5"))
    write(project / "overlays" / "mistral_agents" / "pets.py", "def ask() -> str: ...\n")
    code, output, errors = run("before")
    limit = "POST /pets/{id} query limit (request)"
    assert (code, errors) == (1, "")
    assert output.replace("\n\n", "\n").splitlines() == [
        "From before to the working tree:",
        "The contract: 1 breaking, 0 compatible",
        f"  breaking    {limit}: maximum 5 instead of 10; {WRONG} [maximum-changed-c5837452]",
        "Python (mistral_agents_api, mistral_agents): 0 breaking, 1 compatible",
        "  compatible  mistral_agents.pets: added: module; nobody had it [module-added-a353c258]",
        (
            "Version step: minor, 0.4.0 after 0.3.1 "
            "(a major change, because something breaks; before 1.0 that is a minor step)."
        ),
    ]


@pytest.mark.parametrize("ref", ["HEAD", "before", "HEAD^{commit}"])
@pytest.mark.parametrize(("before", "after"), [("maximum: 10", "maximum: 20"), ("title: Pets", "title: Dogs")])
def test_nothing_breaks(run: Run, project: Path, ref: str, before: str, after: str) -> None:
    """If nothing breaks, the command exits with 0, and requires a version after that of OLD, also for new wording."""
    pairs.write_contract(project, contract().replace(before, after))
    write(project / "overlays" / "mistral_agents" / "_version.py", '__version__ = "0.9.0"\n')
    code, output, errors = run(ref)
    assert (code, errors, output.splitlines()[0]) == (0, "", f"From {ref} to the working tree:")
    step = "patch, 0.3.2 after 0.3.1 (nothing breaks; before 1.0 that is a patch)"
    assert output.splitlines()[-1] == f"Version step: {step}."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("openapi: [", "cannot be read"),
        ("a: &a [*a]", "cannot be read"),
        ("- a", "is not an OpenAPI 3.1 or 3.0 document"),
        ("swagger: '2.0'\npaths: {}", "is not an OpenAPI 3.1 or 3.0 document"),
        ("openapi: 3.1.0\npaths: {}\npaths: {}", "cannot be read: the key paths occurs twice"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
    ids=["no YAML", "a circle in YAML", "a list", "Swagger", "a key twice", "no text"],
)
def test_unreadable_file(run: Run, tmp_path: Path, text: str | bytes, expected: str) -> None:
    """If a file is not a contract, the command exits with 2 and names the file, before anything is compiled."""
    old = tmp_path / "old.yaml"
    old.write_bytes(text.encode() if isinstance(text, str) else text)
    code, output, errors = run(old)
    assert (code, output) == (2, "")
    assert errors.startswith(f"make breaking: {old} {expected}")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("schemas/Sent'", "schemas/Missing'", "#/components/schemas/Missing leads nowhere"),
        ("it: SENT", "it: {$ref: 'other.yaml#/It'}", "other.yaml#/It leads out of the document"),
        ("it: SENT", "it: 3", "#/components/schemas/Sent/properties/it should be an object, not 3"),
        ("- key: []", "- token: []", "there is no security scheme token"),
        ("/pets:\n", "/pets: []\n  /all:\n", "#/paths/~1pets should be an object, not []"),
    ],
    ids=["no such component", "another file", "no schema", "no such key", "no path item"],
)
def test_contract_that_cannot_be_compared(run: Run, project: Path, before: str, after: str, expected: str) -> None:
    """If a contract does not follow OpenAPI, the command exits with 2 and says what is wrong."""
    text = pairs.CONTRACT.replace(before, after).replace("SENT", "{}").replace("RECEIVED", "{}")
    pairs.write_contract(project, text)
    code, output, errors = run("before")
    assert (code, output) == (2, "")
    assert expected in errors


@pytest.mark.parametrize("old", ["nowhere", "", "before:openapi.yaml"])
def test_neither_file_nor_ref(run: Run, old: str) -> None:
    """If OLD is neither a file nor a git ref, the command exits with 2."""
    assert run(old) == (2, "", f"make breaking: {old} is neither a file nor a git ref\n")


def test_ref_without_the_packages(run: Run, project: Path) -> None:
    """If a commit does not have the packages yet, the command exits with 2."""
    pairs.git(project, "rm", "-rq", "--cached", "generated")
    pairs.git(project, "commit", "--quiet", "-m", "without")
    expected = f"make breaking: HEAD has no openapi.yaml with generated/{PACKAGE} and overlays/mistral_agents\n"
    assert run("HEAD") == (2, "", expected)


def test_package_that_cannot_be_read(run: Run, project: Path) -> None:
    """If a package has a syntax error, the command exits with 2."""
    write(project / "overlays" / "mistral_agents" / "__init__.py", "def (:\n")
    code, output, errors = run("before")
    assert (code, output) == (2, "")
    assert errors.startswith("make breaking: the Python packages cannot be read: ")


@pytest.mark.parametrize(
    ("version", "breaks", "found", "words", "expected"),
    [
        ("1.4.2", True, True, True, ("major", "2.0.0")),
        ("1.4.2", False, True, True, ("minor", "1.5.0")),
        ("1.4.2", False, False, True, ("patch", "1.4.3")),
        ("0.4.2", True, True, True, ("minor", "0.5.0")),
        ("0.4.2", False, True, True, ("patch", "0.4.3")),
        ("0.4.2.dev1", False, False, True, ("patch", "0.4.3")),
        ("0.4.2", False, False, False, ("none", "0.4.2")),
    ],
)
def test_version_step(version: str, breaks: bool, found: bool, words: bool, expected: tuple[str, str]) -> None:  # noqa: FBT001  # a table
    """A break is a major step, another difference a minor one, new wording a patch. Before 1.0: minor, patch, patch."""
    differences = [Difference("it", "model", "changed", python=breaks)] if found else []
    step = version_step.step_for(differences, version, words=words)
    assert expected == (step, version_step.next_version(version, step))


@pytest.mark.timeout(180)
def test_file_is_compiled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The contract of a file is compiled, so that its models are compared as well; the overlay has no older version."""
    code = breaking.main([str(pairs.write_earlier_contract(ROOT, tmp_path))])
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    models = f"{PACKAGE}.models"
    expected = [
        "breaking FIMCompletionStreamRequest.model (request): required; requests that were right become wrong",
        "breaking PromptTokensDetails: PromptTokensDetails instead of PromptDetails; code that imports the Python",
        "compatible AgentsCompletionRequest.top_k (request): added: optional field; requests may hold more",
        'compatible FinishReason (answer): added: value "model_length"; the same is allowed as before',
        f"Python ({PACKAGE}): ",
        f"breaking {models}.prompt_details.PromptDetails: removed: class; code that uses it stops working",
        f"breaking {models}.fim_completion_stream_request.FIMCompletionStreamRequestDict(model): required; code that",
        f"compatible {models}.agents_completion_request.AgentsCompletionRequest.top_k: added: attribute; nobody had it",
    ]
    assert [each for each in expected if not any(line.startswith(each) for line in lines)] == []
    assert code == 1


@pytest.mark.timeout(180)
def test_generate_ends_with_what_changed(tmp_path: Path) -> None:
    """`make generate` ends with what has changed in the contract for callers since the package was last compiled."""
    pairs.write_earlier_contract(ROOT, tmp_path / PACKAGE)
    done = generate("--output", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()[1:]
    assert lines == [
        "Changed for callers (`make breaking OLD=...` says what breaks them):",
        "  added    AgentsCompletionRequest.top_k: optional field",
        "  added    AgentsCompletionStreamRequest.top_k: optional field",
        '  added    FinishReason: value "model_length"',
        "  changed  FIMCompletionStreamRequest.model: required",
        "  changed  PromptTokensDetails: PromptTokensDetails instead of PromptDetails",
    ]


def test_summary_without_differences() -> None:
    """One line says that nothing changed (if only wording differs), or that the old contract cannot be read."""
    text = contract().encode()
    assert list(summarize(text, text.replace(b"title: Pets", b"title: Dogs"))) == ["Nothing changed for callers."]
    (line,) = summarize(b"openapi: [", text)
    assert line.startswith("It is unknown what changed for callers: the contract compiled before cannot be read: ")


def test_summary_of_equal_changes() -> None:
    """Equal changes are one line, which names the parameter or the result."""
    for inside, name in (("region", "region"), ("", "the result")):
        found = [Difference(f"{place}({inside})", "type int", "changed") for place in ("Agents.get", "Agents.update")]
        assert list(_grouped(found)) == [("changed", f"{name}: type int in 2 places, such as Agents.get")]
