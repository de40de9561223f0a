"""`tools.checks`: the contract passes, and copies of it that other tools would misread do not."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tools.checkout import ROOT
from tools.checks import __main__ as command
from tools.checks import extensions, foreign_requests, foreign_types, form, links
from tools.checks.contract import Contract, read

TEXT = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
DATA = ROOT / "tests" / "data" / "checks"
SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")
TYPESCRIPT = (DATA / "small.ts").read_text(encoding="utf-8")  # what openapi-typescript writes, without empty parts


def small(text: str = SMALL) -> Contract:
    """Return the small contract, or another text as one."""
    return Contract(text, yaml.safe_load(text))


def changed(text: str, before: str, after: str) -> str:
    """Return a text with one thing in it replaced."""
    assert before in text
    return text.replace(before, after, 1)


def test_the_contract_has_the_form_that_other_tools_need() -> None:
    """Neither the form nor the extensions of openapi.yaml have a problem."""
    contract = read(ROOT / "openapi.yaml")
    assert [*form.problems(contract), *extensions.problems(contract)] == []


def test_openapi_core_reads_the_contract() -> None:
    """openapi-core accepts every form and example of every request, and refuses what the contract does not allow."""
    assert list(foreign_requests.problems(read(ROOT / "openapi.yaml"), ROOT / "openapi.yaml")) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("properties: {question: *question, size: *size,", "properties: {<<: {size: *size}, question: *question,",
         ": a merge key"),
        ("Small", f"Small, description: {form.PLACEHOLDER}", "/info: this is to be described in our own words"),
        ("Small", "No", "line 2: No is text in YAML 1.2"),
        ("Small", "2026-01-01", "line 2: 2026-01-01 is text in YAML 1.2"),
        ("{title: Body, anyOf", "{anyOf", "no title"),
        ("- title: KnownAnswer\n          oneOf", "- oneOf", "no title"),
        ("anyOf: [{$ref: '#/components/schemas/Ask'}", "oneOf: [{$ref: '#/components/schemas/Ask'}", "use anyOf"),
        ("discriminator: {", "x-was: {", "all members have the tag `type`"),
        ("mapping: {text: '#/components/schemas/Text', ", "mapping: {", "does not name every member"),
        ("Names: {type: object, required: [type]", "Names: {type: object, required: []", "not every member requires"),
        ("{const: names}", "{const: text}", "not every member requires"),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_a_form_that_others_misread(before: str, after: str, expected: str) -> None:
    """A merge key, a word of YAML 1.1, a union without title or discriminator, and an ambiguous one are found."""
    assert list(form.problems(small())) == []
    found = list(form.problems(small(changed(SMALL, before, after))))
    assert [problem for problem in found if expected in problem] != []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("      operationId", "      x-retry: true\n      operationId", "there is no extension `x-retry`"),
        ("  /v1/things", "  x-idempotent: true\n  /v1/things", "is allowed only beside `operationId`"),
        ("      operationId", "      x-idempotent: false\n      operationId", "must be true or absent"),
        ("    post:\n", "    put:\n      x-idempotent: true\n", "PUT is idempotent by HTTP"),
        ("              x-stream: {end: '[DONE]'}\n", "", "an event stream must have `x-stream"),
        ("x-stream: {end: '[DONE]'}", "x-stream: {error-event: failed}", "an event stream must have `x-stream"),
        ("x-stream: {end: '[DONE]'}", "x-stream: {end: true}", "an event stream must have `x-stream"),
        ("x-stream: {end: '[DONE]'}", "x-stream: {end: '[END]'}", "`data` of an event cannot be [END]"),
        ("application/json: {schema: {$ref: '#/components/schemas/Answer'}}",
         "application/json: {x-stream: {end: a}, schema: {$ref: '#/components/schemas/Answer'}}", "belongs to"),
        ("      operationId", "      x-paging: page\n      operationId", "`x-paging` must be `{parameter: NAME}`"),
        ("      operationId", "      x-paging: {parameter: page}\n      operationId", "the answer must be an array"),
        ("      operationId", "      x-paging: {parameter: pages}\n      operationId", "no query parameter `pages`"),
        ("    post:\n", "    post:\n      x-paging: {parameter: page, next: n, items: i}\n", "no field `n`"),
        ("    post:\n", "    post:\n      x-paging: {parameter: page, next: n, items: i}\n", "`i` of the answer"),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_a_wrong_extension(before: str, after: str, expected: str) -> None:
    """An unknown, misplaced or wrong extension is found, and an event stream that does not say how it ends."""
    assert list(extensions.problems(small())) == []
    found = list(extensions.problems(small(changed(SMALL, before, after))))
    assert [problem for problem in found if expected in problem] != []


PAGE = "{name: page, in: query, schema: {type: integer}}"
# Equal contracts, written in other ways that OpenAPI allows.
SPELLINGS = {
    "another method": changed(SMALL, "    post:\n", "    head:\n"),
    "a reference to a parameter of a path": changed(
        changed(SMALL, "    post:\n", f"    parameters: [{PAGE}]\n    post:\n"),
        f"        - {PAGE}\n",
        "        - {$ref: '#/paths/~1v1~1things~1%7Bthing_id%7D/parameters/0'}\n",
    ),
    "parameters of the path": changed(
        changed(SMALL, f"        - {PAGE}\n", ""), "    post:\n", f"    parameters: [{PAGE}]\n    post:\n"
    ),
    "a reference to a path item": changed(
        changed(
            SMALL,
            "  /v1/things/{thing_id}:\n",
            "  /v1/things/{thing_id}: {$ref: '#/components/pathItems/A'}\ncomponents:\n  pathItems:\n   A:\n",
        ),
        "\ncomponents:\n  schemas:",
        "\n  schemas:",
    ),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("              x-stream: {end: '[DONE]'}\n", "", ["an event stream must have `x-stream"]),
        ("      operationId", "      x-paging: {parameter: page}\n      operationId", ["the answer must be an array"]),
        ("x-stream: {end: '[DONE]'}", "x-stream: {end: '[DONE]'}", []),
    ],
)
def test_another_spelling_of_the_contract(spelling: str, before: str, after: str, expected: list[str]) -> None:
    """The checks see the same operations and parameters, wherever and however OpenAPI allows to write them."""
    found = list(extensions.problems(small(changed(SPELLINGS[spelling], before, after))))
    assert len(found) == len(expected)
    assert all(text in problem for text, problem in zip(expected, found, strict=True))


def test_a_reference_that_leads_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names the reference, and exits with 1."""
    path = tmp_path / "openapi.yaml"
    path.write_text(
        changed(SMALL, "- {name: page, in: query, schema: {type: integer}}", "- {$ref: '#/components/a~1b'}")
    )
    assert command.main([str(path)]) == 1
    assert capsys.readouterr().err == (
        "openapi.yaml: /paths//v1/things/{thing_id}/post/parameters/1: #/components/a~1b leads nowhere\n"
    )


@pytest.mark.parametrize("key", ["end-event", "error-event"])
def test_an_event_that_does_not_exist(key: str) -> None:
    """The events that end a stream have to be among those that its discriminator knows."""
    name = {"end-event": "conversation.response.done", "error-event": "conversation.response.error"}[key]
    text = changed(TEXT, f"{key}: {name}", f"{key}: conversation.over")
    assert f"POST /v1/conversations: `{key}`: there is no event conversation.over" in list(
        extensions.problems(Contract(text, yaml.safe_load(text)))
    )


def test_types_that_say_the_same() -> None:
    """TypeScript that says what the contract says has no problem."""
    assert list(foreign_types.problems(small(), TYPESCRIPT)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("            question: string;\n", "", "Ask question: string is read as nothing"),
        ("size?: number | null", "size: number | null", "Ask size?: number|null is read as nothing"),
        ("stream?: true", "stream?: boolean", "AskAlong stream?: true is read as boolean"),
        ('type: "text"', "type: string", 'Text type: "text" is read as string'),
        (' | components["schemas"]["UnknownAnswer"]', "", "Answer: "),
        ('components["schemas"]["Ask"] | ', "", "things_ask body: "),
        ("                page?: number;\n", "", "things_ask query page?: parameter is read as nothing"),
        ('"text/event-stream": components["schemas"]["Event"];', "", "things_ask 200 text/event-stream"),
        ("            [key: string]: unknown;\n", "", "UnknownAnswer [key: string]: unknown is read as nothing"),
        ("        Event: {", "        Happening: {", "Event: {'data'"),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_types_that_say_something_else(before: str, after: str, expected: str) -> None:
    """A field, tag, member, parameter or media type that a reader lost is named."""
    found = list(foreign_types.problems(small(), changed(TYPESCRIPT, before, after)))
    assert [problem for problem in found if problem.startswith(expected)] != []


# The schema of a field, and what openapi-typescript writes for it.
WITHOUT_NAMES = {
    "a map": ("{type: object, additionalProperties: {type: string}}", "{\n[key: string]: string;\n};"),
    "a free object": ("{type: object, additionalProperties: {}}", "{\n[key: string]: unknown;\n};"),
    "an empty object": ("{type: object}", "Record<string, never>;"),
    "an object in place": ("{type: object, properties: {a: {type: string}}}", "{\na?: string;\n};"),
    "an object with others": (
        "{type: object, required: [a], properties: {a: {type: string}}, additionalProperties: {type: string}}",
        "{\na: string;\n} & {\n[key: string]: string;\n};",
    ),
    "a map or null": (
        "{type: [object, 'null'], additionalProperties: {type: integer}}",
        "{\n[key: string]: number;\n} | null;",
    ),
    "a text or a map": (
        "{anyOf: [{type: string}, {type: object, additionalProperties: {type: string}}]}",
        "string | {\n[key: string]: string;\n};",
    ),
    "two kinds of objects": (
        "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}",
        "{\na?: string;\n} | {\nb?: string;\n};",
    ),
    "a list of maps": (
        "{type: array, items: {type: object, additionalProperties: {type: string}}}",
        "{\n[key: string]: string;\n}[];",
    ),
    "a map of maps": (
        "{type: object, additionalProperties: {type: object, additionalProperties: {type: string}}}",
        "{\n[key: string]: {\n[key: string]: string;\n};\n};",
    ),
    "a list of anything": ("{type: array}", "unknown[];"),
    "a reference beside a text": (
        "{allOf: [{$ref: '#/components/schemas/Names'}], description: Names.}",
        'components["schemas"]["Names"];',
    ),
}


@pytest.mark.parametrize("name", WITHOUT_NAMES)
def test_objects_without_a_name(name: str) -> None:
    """Maps and objects that are written in place are compared, wherever they are: a wrong type of theirs is named."""
    schema, written = WITHOUT_NAMES[name]
    contract = small(changed(SMALL, "text: {type: string}", f"text: {schema}"))
    typescript = changed(TYPESCRIPT, "text?: string;", f"text?: {written}")
    assert list(foreign_types.problems(contract, typescript)) == []
    for right, wrong in {"string;": "boolean;", "number;": "boolean;", "unknown": "string"}.items():
        if right in written:
            (found,) = foreign_types.problems(
                contract, changed(TYPESCRIPT, "text?: string;", f"text?: {written.replace(right, wrong, 1)}")
            )
            assert found.startswith("Text text?")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("size: *size, stream", "stream", "refuses every field of AskAlong"),
        ("additionalProperties: false\n", "additionalProperties: true\n", "accepts an unknown field in Ask"),
        ("      required: [question]\n", "", "accepts Ask without question"),
        ("{const: true}", "{const: false}", "refuses every field of AskAlong"),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_requests_that_another_reader_judges_otherwise(tmp_path: Path, before: str, after: str, expected: str) -> None:
    """A reader that overlooks a field, or reads a form less strictly, refuses or accepts the wrong requests."""
    path = tmp_path / "openapi.yaml"
    path.write_text(SMALL.replace(before, after), encoding="utf-8")
    found = list(foreign_requests.problems(small(), path))
    assert [problem for problem in found if expected in problem] != []


# Schemas that not every value of their type fits. A line is a YAML object without its braces.
BOUNDED = [
    "type: string, format: date-time",
    "type: string, format: date",
    "type: string, format: time",
    "type: string, format: uuid",
    "type: string, format: email",
    "type: string, format: idn-email",
    "type: string, format: ipv4",
    "type: string, format: ipv6",
    "type: string, minLength: 3",
    "type: string, maxLength: 0",
    "type: string, pattern: '^[A-Z]+$'",
    "type: string, pattern: '^b-[0-9]{4}$', minLength: 6",
    "type: string, pattern: '^(?=ab)a.c$', examples: [abc]",
    "type: array, minItems: 2, items: {type: string}",
    "type: array, minItems: 2, uniqueItems: true, items: {type: string}",
    "type: array, minItems: 3, uniqueItems: true, items: {type: string, pattern: '^[A-Z]$'}",
    "type: array, minItems: 2, uniqueItems: true, items: {type: string, format: date-time}",
    "type: array, minItems: 2, uniqueItems: true, items: {enum: [b, c]}",
    "type: array, minItems: 2, uniqueItems: true, items: {type: integer, maximum: 0}",
    "type: integer, minimum: 7",
    "type: integer, exclusiveMinimum: 7, maximum: 8",
    "type: integer, maximum: -3",
    "type: integer, exclusiveMaximum: 0",
    "type: integer, minimum: 1, multipleOf: 5",
    "type: number, exclusiveMinimum: 0, exclusiveMaximum: 1",
    "type: number, minimum: 0.25, maximum: 0.75",
    "type: boolean",
]
IN_BODIES = [
    "type: object, additionalProperties: {type: string}",
    "type: object, required: [a], additionalProperties: {type: string}",
    "allOf: [{type: object, required: [a], properties: {a: {type: string, minLength: 2}}}]",
    "allOf: [{type: string, format: date}]",
    "type: 'null'",
]


def _written(contract: Contract, folder: Path) -> Path:
    path = folder / "openapi.yaml"
    path.write_text(json.dumps(contract.raw), encoding="utf-8")
    return path


@pytest.mark.parametrize("required", [True, False])
def test_values_of_fields(tmp_path: Path, *, required: bool) -> None:
    """The bodies of the check fit bounds, patterns and formats, so they raise no false alarm."""
    contract = small()
    form = contract.schemas["Ask"]
    added = {f"field_{number}": yaml.safe_load(f"{{{each}}}") for number, each in enumerate(BOUNDED + IN_BODIES)}
    form["properties"] |= added
    form["required"] += added if required else []
    assert list(foreign_requests.problems(contract, _written(contract, tmp_path))) == []


def test_values_of_parameters(tmp_path: Path) -> None:
    """The parameters of the check fit their schemas, too, in each place that a parameter can be in."""
    contract = small()
    ((path, item),) = contract.raw["paths"].items()
    where = {"query": BOUNDED, "path": [each for each in BOUNDED if "array" not in each], "header": BOUNDED[:1]}
    for place, schemas in where.items():
        for number, each in enumerate(each for each in schemas if "maxLength" not in each):
            name = f"{place}-{number}"
            path += f"/{{{name}}}" if place == "path" else ""
            schema = yaml.safe_load(f"{{{each}}}")
            item["post"]["parameters"].append({"name": name, "in": place, "required": True, "schema": schema})
    contract.raw["paths"] = {path: item}
    assert list(foreign_requests.problems(contract, _written(contract, tmp_path))) == []


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("type: string, pattern: '^(?=ab)c$'", 'no text was found with the pattern "^(?=ab)c$": give the schema'),
        ("type: string, pattern: '^a$', minLength: 2", 'with the pattern "^a$" and a length of 2 to inf: give'),
        ("type: integer, minimum: 3, maximum: 2", "no number was found between 3 and 2: give the schema `examples`"),
    ],
)
def test_no_value_fits(tmp_path: Path, schema: str, expected: str) -> None:
    """If the check finds no value for a field, it names the operation and says what to do."""
    text = changed(SMALL, "question: &question {type: string}", f"question: &question {{{schema}}}")
    path = tmp_path / "openapi.yaml"
    path.write_text(text, encoding="utf-8")
    (found,) = foreign_requests.problems(small(text), path)
    assert found.startswith("POST /v1/things/{thing_id}: cannot be checked: ")
    assert expected in found


def test_forms_that_are_written_in_place(tmp_path: Path) -> None:
    """Forms of a body that have no name are checked like any other; problems name them by their number."""
    reference = "{$ref: '#/components/schemas/Ask'}, {$ref: '#/components/schemas/AskAlong'}"
    closed = "{type: object, required: [a], additionalProperties: false, properties: {a: {type: string}}}"
    with_b = closed.replace("[a]", "[b]").replace("{a:", "{b:")
    path = tmp_path / "openapi.yaml"
    for last, expected in (
        (with_b, []),
        (
            with_b.replace("false", "true"),
            ["POST /v1/things/{thing_id}: accepts an unknown field in form 2 of the body"],
        ),
    ):
        text = changed(SMALL, reference, f"{closed}, {last}")
        path.write_text(text, encoding="utf-8")
        assert list(foreign_requests.problems(small(text), path)) == expected


def test_a_form_that_requires_its_constant(tmp_path: Path) -> None:
    """If a form requires its constant, a body without this constant is still allowed: it fits the other form."""
    form_of_stream = "required: [question]\n      properties: {question: *question, size: *size, stream: {const: true}}"
    text = changed(SMALL, form_of_stream, form_of_stream.replace("[question]", "[question, stream]"))
    path = tmp_path / "openapi.yaml"
    path.write_text(text, encoding="utf-8")
    assert list(foreign_requests.problems(small(text), path)) == []


def test_the_command_names_the_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A problem is printed with its place, and the command exits with 1; if npx is missing, the command says so."""
    monkeypatch.setattr(foreign_types, "is_available", lambda: False)
    path = tmp_path / "openapi.yaml"
    path.write_text(changed(SMALL, "{title: Body, anyOf", "{anyOf"), encoding="utf-8")
    assert command.main([str(path)]) == 1
    output, errors = capsys.readouterr()
    assert (output, "a union that is written in place has no title" in errors) == (
        "openapi-typescript: skipped, there is no npx here\n",
        True,
    )


def test_a_check_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command names a check that fails, with the reason and the line, and prints what the other checks find."""

    def broken(_: Contract, __: str) -> Iterator[str]:
        yield "a difference"
        yield from extensions.problems(Contract("", {"paths": {"/a": {"get": {}}}}))  # without responses

    monkeypatch.setattr(foreign_types, "is_available", lambda: True)
    monkeypatch.setattr(foreign_types, "generate", lambda _: TYPESCRIPT)
    monkeypatch.setattr(foreign_types, "problems", broken)
    monkeypatch.setattr(links, "problems", lambda _: broken(small(), ""))
    path = tmp_path / "openapi.yaml"
    path.write_text(changed(SMALL, "{title: Body, anyOf", "{anyOf"), encoding="utf-8")
    assert command.main([str(path)]) == 1
    failed = re.escape("failed and found no more problems: KeyError: 'responses' (tools/checks/contract.py, line ")
    expected = [
        "/paths//v1/things/{thing_id}/post/requestBody/content/application/json/schema: a union .*",
        "a difference",
        rf"the check links {failed}\d+\)",
        "openapi-typescript: a difference",
        rf"the check openapi-typescript {failed}\d+\)",
    ]
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(expected)
    for line, pattern in zip(lines, expected, strict=True):
        assert re.fullmatch(f"openapi.yaml: {pattern}", line)


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("print('\\u2718  No.', '\\u2718  No.', 'file.mjs:74', sep='\\n', file=sys.stderr)", "No."),
        ("print('', 'not found', 'at main', sep='\\n', file=sys.stderr)", "not found"),
        ("pass", "it ended with status 3"),
    ],
)
def test_a_contract_that_openapi_typescript_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], program: str, expected: str
) -> None:
    """Its messages are printed as a problem, each once and without its traceback."""
    monkeypatch.setattr(foreign_types, "is_available", lambda: True)
    monkeypatch.setattr(
        foreign_types, "COMMAND", [sys.executable, "-Xutf8", "-c", f"import sys; {program}; sys.exit(3)"]
    )
    path = tmp_path / "openapi.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert command.main([str(path)]) == 1
    assert capsys.readouterr().err == f"openapi.yaml: openapi-typescript: refuses the contract: {expected}\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[Small", "cannot be read as YAML: "),
        ("a, title: b", "cannot be read as YAML: the key title occurs twice"),
        ("Small or not?", "PyYAML cannot read this: expected ',' or '}', but got '?'"),
    ],
)
def test_yaml_that_cannot_be_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    title: str,
    expected: str,
) -> None:
    """The command names the line and what is wrong there, also if only PyYAML's own parser cannot read it."""
    monkeypatch.setattr(foreign_types, "is_available", lambda: False)
    path = tmp_path / "openapi.yaml"
    path.write_text(changed(SMALL, "Small", title), encoding="utf-8")
    assert command.main([str(path)]) == 1
    first, *_ = capsys.readouterr().err.splitlines()
    assert first.startswith("openapi.yaml: line 2: ")
    assert expected in first


LINKED = changed(
    changed(
        SMALL,
        "{schema: {$ref: '#/components/schemas/Answer'}}",
        "{schema: {$ref: '#/components/schemas/Answer'}, examples: {a: {value: {type: names, names: [b]}}}}",
    ),
    "components:",
    "          links:\n            again:\n              operationId: things_ask\n"
    "              parameters: {thing_id: $request.path.thing_id, page: $response.body#/type}\n"
    "              requestBody: {question: $response.body#/names/0}\ncomponents:",
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("              operationId: things_ask", "              operationId: things_tell", "no operation things_tell"),
        ("page: $response.body#/type", "pages: $response.body#/type", "no parameter `pages`"),
        ("thing_id: $request.path.thing_id, ", "", "`thing_id` is not given"),
        ("{question: $response.body#/names/0}", "{answer: $response.body#/names/0}", "no field `answer`"),
        ("body#/names/0", "body#/names/1", "$response.body#/names/1 leads nowhere"),
        ("body#/type", "body#/kind", "$response.body#/kind leads nowhere"),
        ("path.thing_id", "path.page", "$request.path.page leads nowhere"),
        ("$response.body#/type", "names", "names leads nowhere"),
    ],
)
def test_a_link_that_leads_nowhere(before: str, after: str, expected: str) -> None:
    """A link has to name an operation and its parameters, and values that the answer or the request has."""
    assert list(links.problems(small(LINKED))) == []
    (found,) = links.problems(small(changed(LINKED, before, after)))
    assert found.startswith("POST /v1/things/{thing_id} 200 link `again`: ")
    assert expected in found
