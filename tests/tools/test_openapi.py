"""`tools.openapi`: references, and the operations of a document, as all other tools read them."""

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.checkout import ROOT
from tools.openapi.operations import METHODS, operations, parameters, path_parameters, path_pattern
from tools.openapi.pointers import LeadsNowhereError, PointerError, keys_of, lookup, reference_to, resolve, steps
from tools.openapi.yaml11 import differences

DOCUMENT: dict[str, Any] = {
    "paths": {
        "/a/{id}": {
            "summary": "A",
            "parameters": [{"name": "id", "in": "path"}, {"name": "x", "in": "query"}],
            "trace": {"parameters": [{"name": "x", "in": "query", "required": True}, {"name": "x", "in": "header"}]},
        },
        "/b": {"$ref": "#/components/pathItems/b~0~1"},
        "x-note": {"get": {}},
    },
    "components": {
        "pathItems": {"b~/": {"get": {}, "post": {"parameters": [{"$ref": "#/paths/~1a~1%7Bid%7D/parameters/1"}]}}},
        "schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}},
    },
}


@given(st.lists(st.text("a~/%1 0"), min_size=1))
def test_any_key_can_be_in_a_reference(keys: list[str]) -> None:
    """Writing a reference and reading it gives the same keys."""
    assert keys_of(reference_to(keys)) == keys


def test_steps_into_a_list() -> None:
    """The key of a list becomes a number, so that the keys say where a part is, however the reference was written."""
    keys = keys_of("#/paths/~1a~1%7Bid%7D/parameters/1/name")
    found = [*steps(DOCUMENT, keys)]
    assert ([key for key, _ in found], found[-1][1]) == (["paths", "/a/{id}", "parameters", 1, "name"], "x")


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("other.yaml#/a", "other.yaml#/a leads out of the document"),
        ("#a", "#a is no pointer into the document"),
        ("#/paths/~1c", "#/paths/~1c leads nowhere"),
        ("#/paths/~1a~1%7Bid%7D/parameters/2", "#/paths/~1a~1%7Bid%7D/parameters/2 leads nowhere"),
        ("#/paths/~1a~1{id}/summary/0", "#/paths/~1a~1{id}/summary/0 leads nowhere"),
        ("#/components/schemas/A", "#/components/schemas/A leads to itself"),
    ],
)
def test_a_reference_that_cannot_be_followed(reference: str, message: str) -> None:
    """The error names the reference as it is written, and says what is wrong with it."""
    with pytest.raises(PointerError) as caught:
        resolve(DOCUMENT, {"$ref": reference})
    assert str(caught.value) == message


def test_where_a_reference_breaks_off() -> None:
    """The error has the last part that was found, and which key it lacks."""
    with pytest.raises(LeadsNowhereError) as caught:
        lookup(DOCUMENT, "#/components/schemas/C/type")
    assert (caught.value.holder, caught.value.index) == (DOCUMENT["components"]["schemas"], 2)


def test_operations() -> None:
    """Every method of OpenAPI is found, also in a path item that is a reference; extensions are no paths."""
    assert [each.name for each in operations(DOCUMENT)] == ["TRACE /a/{id}", "GET /b", "POST /b"]
    item: dict[str, Any] = {key: {} for key in METHODS}
    assert [each.method for each in operations({"paths": {"/a": {"parameters": [], **item}}})] == [*METHODS]


def test_parameters() -> None:
    """Those of the path item belong to each of its operations, which may replace them; references are followed."""
    trace, get, post = operations(DOCUMENT)
    found = [
        [(each["in"], each["name"]) for each in parameters(DOCUMENT, operation)] for operation in (trace, get, post)
    ]
    assert found == [[("path", "id"), ("query", "x"), ("header", "x")], [], [("query", "x")]]
    assert parameters(DOCUMENT, trace)[1]["required"] is True


def test_parameters_in_a_path() -> None:
    """The names of a path, and the addresses that belong to it."""
    path = "/v1/a.b/{id}/{the-other}"
    assert path_parameters(path) == ["id", "the-other"]
    found = path_pattern(path).fullmatch("/v1/a.b/1/2%2F")
    assert (found and found.groups(), path_pattern(path).fullmatch("/v1/a-b/1/2")) == (("1", "2%2F"), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", "no is text in YAML 1.2, and a bool in YAML 1.1: put it in quotes"),
        ("On", "On is text in YAML 1.2, and a bool in YAML 1.1: put it in quotes"),
        ("2026-01-01", "2026-01-01 is text in YAML 1.2, and a timestamp in YAML 1.1: put it in quotes"),
        ("12:30", "12:30 is text in YAML 1.2, and an int in YAML 1.1: put it in quotes"),
        ("1e5", "1e5 is a float in YAML 1.2, and text in YAML 1.1: write it as a text in quotes, or as a number"),
        ("0o17", "0o17 is an int in YAML 1.2, and text in YAML 1.1: write it as a text in quotes, or as a number"),
        ("017", "017 is octal in YAML 1.1, but not in YAML 1.2: write it without the 0, or in quotes"),
        ("Tea or coffee?, tea", "PyYAML cannot read this: "),
        *((text, None) for text in ("'no'", "!!str no", "true", "null", "~", "1.5e+3", "0", "-1", "yes and no", "y")),
    ],
)
def test_where_yaml_1_1_differs(text: str, expected: str | None) -> None:
    """What PyYAML reads as another type or value is named with its line, and so is what it cannot read at all."""
    found = list(differences(f"a:\n  b: [{{c: {text}}}]\n"))
    assert [line for line, _ in found] == ([] if expected is None else [2])
    assert all(problem.startswith(str(expected)) for _, problem in found)


def test_it_is_the_lowest_room() -> None:
    """It imports no other room of the tools, and no other room has a reader of its own."""
    files = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tools").rglob("*.py")}
    rooms = {path: path.relative_to(ROOT / "tools").parts[0] for path in files}
    imported = {
        node.module
        for path, text in files.items()
        for node in ast.walk(ast.parse(text))
        if rooms[path] == "openapi" and isinstance(node, ast.ImportFrom) and not node.level and node.module
    }
    assert [name for name in imported if name.startswith("tools.") and not name.startswith("tools.openapi")] == []
    signs = ('"~1"', '"trace"', r"\{([^}]*)\}", '.split("/")[1:]', 'removeprefix("#/")')
    assert {room for path, room in rooms.items() if any(sign in files[path] for sign in signs)} == {"openapi"}
