"""How the stub reads a contract and a schema, where the present contract and simple schemas do not get to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mistral_agents.testing.contract import PATH, Contract, load_contract
from mistral_agents.testing.examples import example


def mistakes(schema: object, body: object) -> list[tuple[str, str]]:
    """Return kind and words of what in a body does not fit, by a contract whose requests have this schema."""
    document: dict[str, Any] = json.loads(json.dumps(load_contract().document))
    document["paths"][PATH]["post"]["requestBody"]["content"]["application/json"]["schema"] = schema
    _, problems = Contract(document).read_request(json.dumps(body).encode())
    return [(problem["type"], problem["msg"]) for problem in problems]


def test_request_that_fits_two_forms() -> None:
    """A contract whose forms overlap, where one alone may fit, says so."""
    schema = {"oneOf": [{"type": "object", "properties": {name: {"type": "integer"}}} for name in ("a", "b")]}
    assert mistakes(schema, {"a": 1}) == [("one_of", "Input fits more than one of the forms allowed")]
    assert mistakes(schema, {"a": 1, "b": "1"}) == []


def test_types_of_a_union_in_a_union() -> None:
    """What is of no type that a union allows is told all of them, those of the unions inside it included."""
    schema = {"anyOf": [{"oneOf": [{"type": "string"}, {"type": ["null", "boolean"]}]}, {"type": "integer"}]}
    expected = "Input should be a valid string or None or a valid boolean or a valid integer"
    assert mistakes(schema, []) == [("string_type", expected)]


def test_keyword_without_words_of_its_own() -> None:
    """A keyword that nobody has put into words is named."""
    assert mistakes({"type": "array", "uniqueItems": True}, [1, 1]) == [
        ("uniqueItems", "Input does not fit 'uniqueItems'")
    ]


@pytest.mark.parametrize("schema", [True, None, {}, {"type": "string"}, {"description": "anything"}])
def test_example_of_anything_is_a_text(schema: object) -> None:
    """Where a schema allows any text, or anything, the example is the text given."""
    assert example(schema, "Lyon") == "Lyon"
