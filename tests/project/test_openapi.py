"""What `openapi.yaml` promises: valid, closed for requests, open for answers, and true of what was recorded."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from tools.checkout import ROOT
from tools.checks.contract import Contract, component, members, read
from tools.openapi.operations import Operation

from contract_documents import parts, reachable_components
from project.samples import Sample, samples

Schema = dict[str, Any]

CONTRACT: Contract = read(ROOT / "openapi.yaml")
SCHEMAS = CONTRACT.schemas
OPERATIONS: dict[str, Operation] = {each.raw["operationId"]: each for each in CONTRACT.operations()}
STREAM = "text/event-stream"
TAGS = {"type", "role", "object"}
# The two forms of one request: they differ in `stream` alone.
FORMS = {
    "AgentsCompletionRequest": "AgentsCompletionStreamRequest",
    "ConversationRequest": "ConversationStreamRequest",
    "ConversationAppendRequest": "ConversationAppendStreamRequest",
    "ConversationRestartRequest": "ConversationRestartStreamRequest",
}


def media_types(operation: Operation) -> Iterator[tuple[str, str, Schema]]:
    """Yield every body of an operation with its status ("request" for the request) and its media type."""
    for media_type, body in operation.raw.get("requestBody", {}).get("content", {}).items():
        yield "request", media_type, body
    for status in operation.raw["responses"]:
        for media_type, body in CONTRACT.content(operation, status).items():
            yield status, media_type, body


def requests(operation: Operation) -> list[Schema]:
    """Return the schemas of the body and of the parameters."""
    values = [next(iter(each.get("content", {"": each}).values()))["schema"] for each in CONTRACT.parameters(operation)]
    return [*values, CONTRACT.body(operation)]


def data_schema(frame: Schema) -> Schema:
    """Return the schema of the JSON in the data of an event."""
    data = CONTRACT.resolve(frame)["properties"]["data"]
    schema: Schema = next(each["contentSchema"] for each in [data, *members(data)] if "contentSchema" in each)
    return schema


@cache
def validator(schema: str) -> Draft202012Validator:
    """Return the validator of a schema, given as JSON text, that may refer to components."""
    return Draft202012Validator({"allOf": [json.loads(schema)], "components": CONTRACT.raw["components"]})


def errors(schema: Schema, value: Any) -> list[str]:
    """Return what is wrong with a value under a schema."""
    return [error.message for error in validator(json.dumps(schema)).iter_errors(value)]


def is_unknown(member: Schema) -> bool:
    """Tell whether a member of a union is the one for tags that the contract does not know."""
    return component(member).startswith("Unknown")


def known_tags(union: Schema) -> list[str]:
    """Return the tags that an open union knows."""
    found: list[str] = [
        tag
        for member in union["anyOf"]
        if not is_unknown(member)
        for tag in CONTRACT.resolve(member)["discriminator"]["mapping"]
    ]
    return found


EVERYTHING = [schema for each in OPERATIONS.values() for schema in requests(each)]
IN_REQUESTS = reachable_components(*EVERYTHING)
IN_ANSWERS = reachable_components(
    *(body["schema"] for each in OPERATIONS.values() for status, _, body in media_types(each) if status != "request")
)
ALL_PARTS = [part for schema in [*SCHEMAS.values(), *EVERYTHING] for part in parts(schema)]
EXAMPLES = [
    pytest.param(body["schema"], example["value"], id=f"{name} {status} {media_type} {key}")
    for name, operation in OPERATIONS.items()
    for status, media_type, body in media_types(operation)
    for key, example in body.get("examples", {}).items()
]
STREAMS = {
    name: CONTRACT.content(operation)[STREAM]
    for name, operation in OPERATIONS.items()
    if STREAM in CONTRACT.content(operation)
}
OPEN_UNIONS = [
    part for schema in SCHEMAS.values() for part in parts(schema) if any(map(is_unknown, part.get("anyOf", [])))
]
MINIMAL: dict[str, dict[str, Any]] = {
    "agents_complete": {"messages": [{"role": "user", "content": "Hello"}], "agent_id": "ag_1"},
    "agents_create": {"model": "m", "name": "n"},
    "agents_update": {},
    "conversations_start": {"inputs": "hello"},
    "conversations_append": {},
    "conversations_restart": {"from_entry_id": "msg_1"},
}
MISTAKES: list[tuple[str, dict[str, Any]]] = [
    ("agents_complete", {"agentid": "ag_1"}),
    ("agents_complete", {"messages": [{"content": "a message without a role"}]}),
    ("agents_complete", {"messages": [{"role": "robot", "content": "a message of unknown role"}]}),
    ("agents_complete", {"messages": [{"role": "user", "content": [{"type": "scent"}]}]}),
    ("agents_complete", {"messages": [{"role": "assistant", "content": [{"type": "text", "text": 3}]}]}),
    ("agents_complete", {"tools": [{"type": "magic"}]}),
    ("agents_complete", {"reasoning_effort": "extreme"}),
    ("agents_complete", {"presence_penalty": 2.5}),
    ("agents_complete", {"stream": None}),
    ("agents_create", {"nmae": "n"}),
    ("agents_create", {"tools": [{"type": "function"}]}),
    ("agents_create", {"handoffs": []}),
    ("agents_create", {"version_message": "a" * 501}),
    ("agents_create", {"completion_args": {"temperature": 2}}),
    ("agents_update", {"versions": [1]}),
    ("conversations_start", {"inputs": 3}),
    ("conversations_start", {"inputs": [{"type": "message.input", "role": "user"}]}),
    ("conversations_start", {"inputs": [{"role": "robot", "content": "hello"}]}),
    ("conversations_start", {"inputs": [{"role": "user", "content": "hello", "name": "Ann"}]}),
    ("conversations_start", {"handoff_execution": "nobody"}),
    ("conversations_append", {"tools": []}),
    ("conversations_append", {"store": None}),
    ("conversations_append", {"tool_confirmations": [{"tool_call_id": "1", "confirmation": "perhaps"}]}),
    ("conversations_restart", {"from_entry_id": None}),
]
# Printed in Mistral's guides in 2025, before the fields existed that the contract requires: see docs/contract.md.
OUTDATED = {
    "docs-agent-handoff-entries.json",
    "docs-agents-update-version.json",
    "docs-agents-update.json",
    "docs-conversations-code-interpreter.json",
    "docs-conversations-confirmation.json",
    "docs-conversations-document-library.json",
    "docs-conversations-image-generation.json",
    "docs-conversations-stream-web-search.sse.txt",
    "docs-conversations-web-search.json",
}


def sample_schema(sample: Sample) -> Schema:
    """Return the schema that a sample belongs to."""
    if sample.kind == "entry":
        return {"$ref": "#/components/schemas/Entry"}
    operation = OPERATIONS[sample.operation]
    if sample.kind == "request":
        return CONTRACT.body(operation)
    if sample.kind == "error":
        schema: Schema = CONTRACT.content(operation, "4XX")["application/json"]["schema"]
        return schema
    media_type = CONTRACT.content(operation)["application/json" if sample.kind == "answer" else STREAM]
    return data_schema(media_type["schema"]) if sample.kind == "data" else media_type["schema"]


def test_document_is_valid() -> None:
    """The contract is a valid OpenAPI 3.1 document."""
    validate(CONTRACT.raw)
    assert CONTRACT.raw["openapi"] == "3.1.0"


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_has_what_compiling_needs(name: str) -> None:
    """An operation has its tag in its name, a summary, its own security and the errors.

    If it can answer with JSON or with a stream, JSON is listed first.
    """
    raw = OPERATIONS[name].raw
    (tag,) = raw["tags"]
    assert name.startswith(f"{tag}_"), f"{name}: `operationId` is <tag>_<method>, and its tag is {tag}"
    assert tag in [each["name"] for each in CONTRACT.raw["tags"]], f"{name}: add the tag {tag} to `tags`"
    assert raw.get("summary", "").endswith("."), f"{name}: write a `summary` that ends with a full stop"
    security: list[dict[str, list[str]]] = [{"ApiKey": []}]
    assert security == raw.get("security") == CONTRACT.raw["security"], f"{name}: add `security: [{{ApiKey: []}}]`"
    answers = list(CONTRACT.content(OPERATIONS[name]))
    known: tuple[list[str], ...] = ([], ["application/json"], ["application/json", STREAM], [STREAM])
    assert answers in known, f"{name}: answers are application/json, then {STREAM}"
    last = [status for status in raw["responses"] if status != "204"][-3:]
    assert last == ["422", "4XX", "5XX"], f"{name}: the last responses are 422, 4XX and 5XX, as in other operations"


@pytest.mark.parametrize(("schema", "value"), EXAMPLES)
def test_example_is_valid(schema: Schema, value: Any) -> None:
    """Every example is valid under the schema that it illustrates."""
    assert not errors(schema, value)


@pytest.mark.parametrize("name", [name for name, stream in STREAMS.items() if "examples" in stream])
def test_example_events_are_one_whole_stream(name: str) -> None:
    """The example events, in order, are valid and end as `x-stream` says; the last alone is the end."""
    stream = STREAMS[name]
    events = [example["value"] for example in stream["examples"].values()]
    chunks = [json.loads(event["data"]) for event in events if event["data"] != stream["x-stream"].get("end")]
    assert [errors(data_schema(stream["schema"]), chunk) for chunk in chunks] == [[]] * len(chunks)
    ends = [stream["x-stream"].get("end"), stream["x-stream"].get("end-event")]
    finished = [event["data"] in ends or event.get("event", "") in ends for event in events]
    assert finished == [False] * (len(events) - 1) + [True]
    assert [event["event"] for event in events if "event" in event] == [
        chunk["type"] for chunk in chunks if "type" in chunk
    ]


@pytest.mark.parametrize("sample", [pytest.param(each, id=f"{each.file} {each.kind}") for each in samples()])
def test_sample_is_valid(sample: Sample) -> None:
    """What was recorded is valid, requests and answers, events and their data; only what is outdated is not."""
    if sample.file not in OUTDATED:
        assert not errors(sample_schema(sample), sample.value)


def test_outdated_samples_are_invalid() -> None:
    """What is listed as outdated lacks something that the contract requires, so the list is as short as it can be."""
    found = {each.file for each in samples() if errors(sample_schema(each), each.value)}
    assert found == OUTDATED


@pytest.mark.parametrize(("name", "mistake"), MISTAKES, ids=[f"{name} {mistake}"[:60] for name, mistake in MISTAKES])
def test_request_with_a_mistake_is_invalid(name: str, mistake: dict[str, Any]) -> None:
    """A request with a mistake is valid under none of its forms; without the mistake it is."""
    body = CONTRACT.body(OPERATIONS[name])
    assert not errors(body, MINIMAL[name])
    assert errors(body, MINIMAL[name] | mistake)


def test_fill_in_the_middle_is_a_stream() -> None:
    """The fill-in-the-middle form cannot ask for one JSON document, and does not mix with the others."""
    body, form = CONTRACT.body(OPERATIONS["agents_complete"]), {"model": "codestral-latest", "prompt": "def "}
    assert [bool(errors(body, form | {"stream": stream})) for stream in (True, False)] == [False, True]
    assert errors(body, form | {"agent_id": "ag_1", "stream": True})


@pytest.mark.parametrize(("plain", "stream"), FORMS.items())
def test_both_forms_of_a_request_have_the_same_fields(plain: str, stream: str) -> None:
    """The request for a document and the one for a stream differ in nothing but `stream`."""
    fields = [{**SCHEMAS[name]["properties"], "stream": None} for name in (plain, stream)]
    assert fields[0] == fields[1]
    assert list(fields[0]) == list(fields[1])
    assert SCHEMAS[plain].get("required") == SCHEMAS[stream].get("required")
    assert [SCHEMAS[name]["properties"]["stream"]["const"] for name in (plain, stream)] == [False, True]


def test_everything_is_described() -> None:
    """Every schema, property, parameter, body and answer has a description."""
    named: dict[str, Schema] = dict(SCHEMAS)
    for name, schema in SCHEMAS.items():
        for part in parts(schema):
            named |= {f"{name}.{field}": value for field, value in part.get("properties", {}).items()}
    for name, operation in OPERATIONS.items():
        named |= {f"{name} {each['name']}": each for each in CONTRACT.parameters(operation)}
        named |= {f"{name} {status}": CONTRACT.resolve(each) for status, each in operation.raw["responses"].items()}
        named |= {f"{name} body": operation.raw["requestBody"]} if "requestBody" in operation.raw else {}
    bare = [name for name, schema in named.items() if not schema.get("description", "").endswith((".", ":"))]
    assert bare == [], "each of these needs a `description` that ends with a full stop or a colon"


def test_default_stands_on_tags_alone() -> None:
    """A default is found on a constant tag and nowhere else, and is that constant."""
    tags = [
        field
        for part in ALL_PARTS
        for name, field in part.get("properties", {}).items()
        if name in TAGS and "const" in field
    ]
    assert [tag for tag in tags if tag["const"] != tag.get("default")] == [], "a constant tag is its own `default`"
    others = [part for part in ALL_PARTS if "default" in part and not any(part is tag for tag in tags)]
    assert others == [], "only constant tags have a `default`: say in the `description` what the service assumes"


def test_no_other_format_is_converted() -> None:
    """Times are `date-time`, secrets are `password`, and every other text arrives as it was sent."""
    formats = {part["format"] for part in ALL_PARTS if "format" in part}
    assert formats <= {"password", "date-time"}, "the only formats are `date-time` and `password`"
    fields = [field for part in ALL_PARTS for field in part.get("properties", {}).items()]
    times = [field for name, field in fields if name.endswith("_at")]
    assert len(times) > 0
    texts = [field for field in times if "date-time" not in [part.get("format") for part in parts(field)]]
    assert texts == [], "a field whose name ends with `_at` is a time: write `format: date-time`"


def test_every_component_is_used() -> None:
    """Every schema, parameter and answer can be reached from an operation."""
    unused = set(SCHEMAS) - (IN_REQUESTS | IN_ANSWERS)
    text = yaml.safe_dump(CONTRACT.raw["paths"])
    for kind in ("parameters", "responses"):
        unused |= {name for name in CONTRACT.raw["components"][kind] if f"#/components/{kind}/{name}" not in text}
    assert unused == set(), "no operation refers to these components: use or remove them"


@pytest.mark.parametrize("union", OPEN_UNIONS, ids=[component(union["anyOf"][-1]) for union in OPEN_UNIONS])
def test_unknown_member_excludes_the_known_tags(union: Schema) -> None:
    """The last member of an open union takes no tag that its siblings know."""
    unknown = CONTRACT.resolve(next(each for each in union["anyOf"] if is_unknown(each)))
    assert set(known_tags(union)) <= set(unknown["properties"]["type"]["not"]["enum"])
    assert errors(union, {"type": "a type of next year", "field": 3}) == []


def test_unknown_member_excludes_nothing_else() -> None:
    """An `Unknown...` schema excludes exactly the tags that the largest union with this schema knows."""
    for name, schema in SCHEMAS.items():
        if name.startswith("Unknown"):
            known = [set(known_tags(union)) for union in OPEN_UNIONS if name in map(component, union["anyOf"])]
            assert set(schema["properties"]["type"]["not"]["enum"]) == max(known, key=len)


@pytest.mark.parametrize("name", sorted(IN_REQUESTS - IN_ANSWERS))
def test_request_schema_is_closed(name: str) -> None:
    """An object that occurs only in requests allows no further field; a map says what its values are."""
    objects = [part for part in parts(SCHEMAS[name]) if part.get("type") == "object"]
    maps = [part for part in objects if "properties" not in part and part.get("additionalProperties", True) is not True]
    left = [part for part in objects if part not in maps and part.get("additionalProperties") is not False]
    assert left == [], f"{name}: objects in requests are closed: write `additionalProperties: false`"


@pytest.mark.parametrize("name", sorted(IN_ANSWERS))
def test_answer_schema_is_open(name: str) -> None:
    """A schema that answers can reach forbids no further field, enum value or member of a union."""
    said = f"an answer has {name}: "
    inside = list(parts(SCHEMAS[name]))
    unions = [part["anyOf"] for part in inside if "anyOf" in part]
    open_enums = [id(member) for union in unions if {"type": "string"} in union for member in union]
    open_unions = [id(member) for union in unions if is_unknown(union[-1]) for member in union]
    uses = [part for part in inside if part is not SCHEMAS[name]]
    closed = [part for part in inside if part.get("additionalProperties") is False]
    assert closed == [], f"{said}remove `additionalProperties: false`, because the service may add fields"
    closed = [part for part in uses if "enum" in CONTRACT.resolve(part) and id(part) not in open_enums]
    assert closed == [], f"{said}write `anyOf` with the enum and `type: string`, because the service may add values"
    closed = [part for part in uses if "discriminator" in CONTRACT.resolve(part) and id(part) not in open_unions]
    assert closed == [], (
        f"{said}write `anyOf` with the union and an Unknown... schema, because the service may add types"
    )


@pytest.mark.parametrize(
    ("answer", "request_"),
    [
        ("ConversationResponseOutput", "InputEntries"),
        ("Entry", "InputEntries"),
        ("MessageEntries", "InputEntries"),
        ("MessageInputContentChunks", "OutputContentChunks"),
    ],
)
def test_what_an_answer_gave_can_be_sent_again(answer: str, request_: str) -> None:
    """Each member of a union that answers have is a member of the union that requests have."""

    def leaves(schema: Schema) -> set[str]:
        inside = members(CONTRACT.resolve(schema))
        return set().union(*map(leaves, inside)) if inside else {component(schema)}

    assert leaves(SCHEMAS[answer]) <= leaves(SCHEMAS[request_])


def test_tools_of_an_agent_can_be_sent_again() -> None:
    """Agents, and conversations with a model, have the tools and the settings that requests take."""
    for field in ("tools", "completion_args", "guardrails"):
        fields = [
            {component(part) for part in parts(SCHEMAS[name]["properties"][field])} - {""}
            for name in (
                "Agent",
                "ModelConversation",
                "CreateAgentRequest",
                "UpdateAgentRequest",
                "ConversationRequest",
            )
        ]
        assert fields == [fields[0]] * 5
        assert fields[0] != set()


def test_open_union_keeps_its_meaning() -> None:
    """A chunk of an unknown type is valid in an answer; one of a known type with a mistake is not."""
    answer = SCHEMAS["AnswerContentChunk"]
    assert not errors(answer, {"type": "scent", "strength": 3})
    assert errors(answer, {"type": "text", "text": 3})
    assert errors(answer, {"text": "without a type"})
