"""What `openapi.yaml` promises by its form: valid, closed for requests, open for answers, and what compiling needs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

Schema = dict[str, Any]

CONTRACT = Path(__file__).resolve().parent.parent / "openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
OPERATION: dict[str, Any] = DOCUMENT["paths"]["/v1/agents/completions"]["post"]
SCHEMAS: dict[str, Schema] = DOCUMENT["components"]["schemas"]
REQUEST_BODY: Schema = OPERATION["requestBody"]["content"]["application/json"]["schema"]
PREFIX = "#/components/schemas/"


def parts(schema: Any) -> Iterator[Schema]:
    """Yield a schema and every schema written inside it that a value may match; references are not followed."""
    if not isinstance(schema, dict):
        return
    yield schema
    for keyword in ("items", "additionalProperties", "contentSchema"):
        yield from parts(schema.get(keyword))
    for keyword in ("allOf", "anyOf", "oneOf"):
        for member in schema.get(keyword, []):
            yield from parts(member)
    for member in schema.get("properties", {}).values():
        yield from parts(member)


def resolve(schema: Schema) -> Schema:
    """Return the component that a schema refers to, or the schema itself when it refers to none."""
    return SCHEMAS[schema["$ref"].removeprefix(PREFIX)] if "$ref" in schema else schema


def reachable(*schemas: Schema) -> set[str]:
    """Return the names of all components that can be reached from the given schemas."""
    found: set[str] = set()
    waiting = list(schemas)
    while waiting:
        names = {part["$ref"].removeprefix(PREFIX) for part in parts(waiting.pop()) if "$ref" in part}
        waiting += [SCHEMAS[name] for name in names - found]
        found |= names
    return found


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every body of the operation with a name for it, the request's first."""
    for media_type, body in OPERATION["requestBody"]["content"].items():
        yield f"request {media_type}", body
    for status, response in OPERATION["responses"].items():
        for media_type, body in response["content"].items():
            yield f"{status} {media_type}", body


def errors(schema: Schema, value: Any) -> list[str]:
    """Return what is wrong with a value under a schema that may refer to components."""
    validator = Draft202012Validator({"allOf": [schema], "components": DOCUMENT["components"]})
    return [error.message for error in validator.iter_errors(value)]


def is_unknown(member: Schema) -> bool:
    """Tell whether a member of a union is the one for tags that the contract does not know."""
    return str(member.get("$ref", "")).startswith(f"{PREFIX}Unknown")


IN_REQUESTS = reachable(REQUEST_BODY)
IN_ANSWERS = reachable(*(body["schema"] for name, body in bodies() if not name.startswith("request")))
ALL_PARTS = [part for schema in SCHEMAS.values() for part in parts(schema)]
EXAMPLES = [
    pytest.param(body["schema"], example["value"], id=f"{name} {key}")
    for name, body in bodies()
    for key, example in body["examples"].items()
]
DISCRIMINATED = [
    pytest.param(part, id=name) for name, schema in SCHEMAS.items() for part in parts(schema) if "discriminator" in part
]
OPEN_UNIONS = [
    pytest.param(part["anyOf"], id=name)
    for name, schema in SCHEMAS.items()
    for part in parts(schema)
    if any(map(is_unknown, part.get("anyOf", [])))
]
MINIMAL = {"messages": [], "agent_id": "ag_1"}
MISTAKES = {
    "unknown field": MINIMAL | {"agentid": "ag_1"},
    "missing field": {"messages": []},
    "message without role": MINIMAL | {"messages": [{"content": "hello"}]},
    "message of unknown role": MINIMAL | {"messages": [{"role": "robot", "content": "hello"}]},
    "unknown chunk": MINIMAL | {"messages": [{"role": "user", "content": [{"type": "scent"}]}]},
    "unknown tool": MINIMAL | {"tools": [{"type": "magic"}]},
    "unknown enum value": MINIMAL | {"reasoning_effort": "extreme"},
    "number out of bounds": MINIMAL | {"presence_penalty": 2.5},
    "fill-in-the-middle without a stream": {"model": "codestral-latest", "prompt": "def ", "stream": False},
}


def test_document_is_valid() -> None:
    """The contract is a valid OpenAPI 3.1 document."""
    validate(DOCUMENT)
    assert DOCUMENT["openapi"] == "3.1.0"


def test_generator_finds_what_it_looks_for() -> None:
    """The operation names its own security, and of the two kinds of answer JSON comes first."""
    assert [{"ApiKey": []}] == OPERATION["security"] == DOCUMENT["security"]
    json_type, *others = OPERATION["responses"]["200"]["content"]
    assert (json_type, others) == ("application/json", ["text/event-stream"])


@pytest.mark.parametrize(("schema", "value"), EXAMPLES)
def test_example_is_valid(schema: Schema, value: Any) -> None:
    """Every example is valid under the schema that it illustrates."""
    assert not errors(schema, value)


def test_example_events_hold_chunks() -> None:
    """The data of the first example event is a chunk as JSON text, and that of the last is the end of the stream."""
    stream = OPERATION["responses"]["200"]["content"]["text/event-stream"]
    chunk_schema = SCHEMAS["CompletionEvent"]["properties"]["data"]["anyOf"][1]["contentSchema"]
    chunk, end = [example["value"]["data"] for example in stream["examples"].values()]
    assert not errors(chunk_schema, json.loads(chunk))
    assert end == "[DONE]"


@pytest.mark.parametrize("body", MISTAKES.values(), ids=MISTAKES)
def test_request_with_a_mistake_is_invalid(body: dict[str, Any]) -> None:
    """A request with a mistake is valid under none of the three forms; the smallest one without is valid."""
    assert not errors(REQUEST_BODY, MINIMAL)
    assert errors(REQUEST_BODY, body)


def test_both_agent_requests_have_the_same_fields() -> None:
    """The request for a document and the one for a stream differ in nothing but `stream`."""
    complete, stream = (
        {name: field for name, field in SCHEMAS[schema]["properties"].items() if name != "stream"}
        for schema in ("AgentsCompletionRequest", "AgentsCompletionStreamRequest")
    )
    assert complete == stream


def test_everything_is_described() -> None:
    """Every schema and every property has a description."""
    named = dict(SCHEMAS)
    for name, schema in SCHEMAS.items():
        for part in parts(schema):
            named |= {f"{name}.{field}": value for field, value in part.get("properties", {}).items()}
    assert not [name for name, schema in named.items() if "description" not in schema]


def test_default_stands_on_tags_alone() -> None:
    """A default is found on a constant `role` or `type` and nowhere else, and is that constant."""
    tags = [
        field
        for part in ALL_PARTS
        for name, field in part.get("properties", {}).items()
        if name in {"role", "type"} and "const" in field
    ]
    assert [tag["const"] for tag in tags] == [tag.get("default") for tag in tags]
    assert {id(tag) for tag in tags} == {id(part) for part in ALL_PARTS if "default" in part}


def test_tag_is_the_only_constant() -> None:
    """No schema has two constant properties, so that the one identifies it."""
    constants = {
        name: [key for key, field in schema.get("properties", {}).items() if "const" in field]
        for name, schema in SCHEMAS.items()
    }
    assert not {name: keys for name, keys in constants.items() if len(keys) > 1}


def test_no_format_is_converted() -> None:
    """The one format in use is `password`, whose values the generator leaves as they are."""
    formats = {part["format"] for part in ALL_PARTS if "format" in part}
    assert formats == {"password"}


def test_every_schema_is_reachable() -> None:
    """Every schema can be reached from the operation."""
    assert set(SCHEMAS) == IN_REQUESTS | IN_ANSWERS


@pytest.mark.parametrize("union", DISCRIMINATED)
def test_mapping_names_every_member_by_its_tag(union: Schema) -> None:
    """A discriminator maps the constant tag of each member to that member."""
    tag = union["discriminator"]["propertyName"]
    members = union["oneOf"] if "oneOf" in union else union["anyOf"]
    expected = {resolve(member)["properties"][tag]["const"]: member["$ref"] for member in members}
    assert expected == union["discriminator"]["mapping"]


@pytest.mark.parametrize("members", OPEN_UNIONS)
def test_unknown_member_excludes_the_known_tags(members: list[Schema]) -> None:
    """The last member of an open union takes every tag but exactly those that its siblings know."""
    *siblings, unknown = members
    known = [tag for sibling in siblings for tag in resolve(sibling)["discriminator"]["mapping"]]
    assert sorted(known) == sorted(resolve(unknown)["properties"]["type"]["not"]["enum"])


@pytest.mark.parametrize("name", sorted(IN_REQUESTS - IN_ANSWERS))
def test_request_schema_is_closed(name: str) -> None:
    """An object that occurs only in requests allows no further field."""
    objects = [part for part in parts(SCHEMAS[name]) if part.get("type") == "object"]
    assert [False] * len(objects) == [part.get("additionalProperties") for part in objects]


@pytest.mark.parametrize("name", sorted(IN_ANSWERS))
def test_answer_schema_is_open(name: str) -> None:
    """A schema that answers can reach forbids no further field, enum value or member of a union."""
    inside = list(parts(SCHEMAS[name]))
    unions = [part["anyOf"] for part in inside if "anyOf" in part]
    open_enums = [id(member) for union in unions if {"type": "string"} in union for member in union]
    open_unions = [id(member) for union in unions if is_unknown(union[-1]) for member in union]
    uses = [part for part in inside if part is not SCHEMAS[name]]
    assert not [part for part in inside if part.get("additionalProperties") is False]
    assert not [part for part in uses if "enum" in resolve(part) and id(part) not in open_enums]
    assert not [part for part in uses if "discriminator" in resolve(part) and id(part) not in open_unions]


def test_open_union_keeps_its_meaning() -> None:
    """A chunk of an unknown type is valid in an answer; one of a known type with a mistake is not."""
    answer = SCHEMAS["AnswerContentChunk"]
    assert not errors(answer, {"type": "scent", "strength": 3})
    assert errors(answer, {"type": "text", "text": 3})
    assert errors(answer, {"text": "without a type"})
