"""How the stub reads parts of OpenAPI and JSON Schema that our contract does not use."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mistral_agents.testing.openapi.contract import PATH, Contract, load_contract
from mistral_agents.testing.openapi.examples import example


def mistakes(schema: object, body: object) -> list[tuple[str, str]]:
    """Return type and message of each mistake in a body, by a contract whose requests have this schema."""
    document: dict[str, Any] = json.loads(json.dumps(load_contract().document))
    document["paths"][PATH]["post"]["requestBody"]["content"]["application/json"]["schema"] = schema
    _, problems = Contract(document).read_request(json.dumps(body).encode())
    return [(problem["type"], problem["msg"]) for problem in problems]


def test_request_that_fits_two_forms() -> None:
    """If a body fits several members of a `oneOf`, the error says so."""
    schema = {"oneOf": [{"type": "object", "properties": {name: {"type": "integer"}}} for name in ("a", "b")]}
    assert mistakes(schema, {"a": 1}) == [("one_of", "Input fits more than one of the forms allowed")]
    assert mistakes(schema, {"a": 1, "b": "1"}) == []


def test_types_of_a_union_in_a_union() -> None:
    """The error for a value of a wrong type lists all types that the union allows, also those of unions inside it."""
    schema = {"anyOf": [{"oneOf": [{"type": "string"}, {"type": ["null", "boolean"]}]}, {"type": "integer"}]}
    expected = "Input should be a valid string or None or a valid boolean or a valid integer"
    assert mistakes(schema, []) == [("string_type", expected)]


def test_keyword_without_words_of_its_own() -> None:
    """The error for a keyword that has no message of its own names the keyword."""
    assert mistakes({"type": "array", "uniqueItems": True}, [1, 1]) == [
        ("uniqueItems", "Input does not fit 'uniqueItems'")
    ]


@pytest.mark.parametrize("schema", [True, None, {}, {"type": "string"}, {"description": "anything"}])
def test_example_of_anything_is_a_text(schema: object) -> None:
    """If a schema allows any text, or anything, its example is the given text."""
    assert example(schema, "Lyon") == "Lyon"


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ("2026-10-05T14:45:48.416223Z", True),
        ("2026-10-05t14:45:48z", True),
        ("0000-02-29T14:45:48.1234567890-00:00", True),
        ("2016-12-31T23:59:60Z", True),  # a leap second
        ("2016-12-31T09:29:60-14:30", True),
        ("2016-12-31T23:59:60+01:00", False),
        ("2026-10-05 14:45:48Z", False),
        ("2026-10-05T14:45:48", False),
        ("2026-02-29T14:45:48Z", False),
        ("2026-10-05T24:00:00Z", False),
        ("2026-10-05T14:45:48+25:00", False),
        ("2026-10-05T14:45:48.Z", False),
        ("٢026-10-05T14:45:48Z", False),
        ("yesterday", False),
        (5, True),
    ],
)
def test_times_are_those_of_rfc_3339(given: object, fits: bool) -> None:  # noqa: FBT001  # a table
    """A string with the format `date-time` must be a time with a zone. The format does not restrict other types."""
    expected = [] if fits else [("datetime_parsing", "Input should be a valid datetime with a timezone")]
    assert mistakes({"format": "date-time"}, given) == expected


def test_dates_are_checked() -> None:
    """A string with the format `date` must be a date. An unknown format allows any string."""
    assert mistakes({"format": "date"}, "2026-02-29") == [("date_parsing", "Input should be a valid date")]
    assert mistakes({"format": "date"}, "2024-02-29") == mistakes({"format": "password"}, "") == []
