"""`make drift` with a recording: what was seen on the wire and the contract lacks."""

import json
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from tools.contract.drift import __main__ as drift
from tools.contract.drift.known import SIDES
from tools.contract.drift.seen import schema_of
from tools.contract.drift.wire import Wire
from tools.contract.model import read
from tools.stress.documents import DOCUMENT

from mistral_agents.testing import Masks, RecordedRequest, Recorder, Reply, StubServer, json_reply, stream_reply
from mistral_agents.testing.recordings.recording import Chunk, Exchange, Recording

OURS = """
openapi: 3.1.0
paths:
  /v1/pets:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses:
        '200':
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
            text/event-stream: {schema: {$ref: '#/components/schemas/Event'}}
        4XX: {content: {application/json: {schema: {type: object, properties: {detail: {type: string}}}}}}
  /v1/pets/{id}:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
components:
  schemas:
    NewPet: {type: object, additionalProperties: false, properties: {name: {type: string}}}
    Pet:
      type: object
      required: [id, secret]
      properties:
        id: {type: string}
        name: {type: string, minLength: 1}
        age: {type: integer, maximum: 99}
        color: {anyOf: [{$ref: '#/components/schemas/Color'}, {type: string}]}
        size: {enum: [1, 2]}
        tame: {const: true}
        parts: {type: array, maxItems: 2, items: {$ref: '#/components/schemas/Part'}}
        notes: {type: object}
        weights: {type: object, additionalProperties: {type: number}}
        toys: {type: object, patternProperties: {^x-: {type: string}}}
        secret: {type: string, writeOnly: true}
    Color: {type: string, enum: [black, white]}
    Part:
      anyOf:
        - title: KnownPart
          oneOf: [{$ref: '#/components/schemas/Head'}, {$ref: '#/components/schemas/Tail'}]
          discriminator:
            propertyName: type
            mapping: {head: '#/components/schemas/Head', tail: '#/components/schemas/Tail'}
        - $ref: '#/components/schemas/UnknownPart'
    Head: {type: object, required: [type], properties: {type: {const: head}, ears: {type: integer}}}
    Tail: {type: object, required: [type], properties: {type: {const: tail}, length: {type: integer}}}
    UnknownPart: {type: object, required: [type], properties: {type: {type: string, not: {enum: [head, tail]}}}}
    Event:
      type: object
      required: [data]
      properties:
        event: {type: string}
        data:
          anyOf:
            - {const: '[DONE]'}
            - {type: string, contentSchema: {$ref: '#/components/schemas/Part'}}
"""
JSON = [("content-type", "application/json; charset=utf-8")]
PET = {"id": "p1", "name": "Rex", "age": 3, "color": "black", "parts": [{"type": "head", "ears": 2}], "size": 1}


def exchange(answer: Any = PET, **more: Any) -> Exchange:
    """Return the exchange for a new pet, with another answer or other facts."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    usual = Exchange(
        method="POST",
        target="/v1/pets",
        request_headers=JSON,
        request_body=b'{"name": "Rex"}',
        status=200,
        reason="OK",
        headers=JSON,
        framing="length",
        chunks=[Chunk(0.1, body[:5]), Chunk(0.2, body[5:])],
        rest=b"",
        end="complete",
    )
    return attrs.evolve(usual, **more)


def found(*exchanges: Exchange) -> list[tuple[str, str, str]]:
    """Return the differences: who has more, where, what."""
    differences = Wire(Recording(exchanges, Masks(), ""), "recording").differences(read(OURS, "ours"))
    return [(SIDES[each.change], each.where, each.what) for each in differences]


def test_nothing_new() -> None:
    """Exchanges that fit the contract give no difference, also where it allows any fields or values."""
    more = {"notes": {"anything": [1]}, "weights": {"a": 1.5}, "toys": {"x-ball": "red"}, "size": 2.0, "tame": True}
    events = b'data: {"type": "tail", "length": 3}\n\ndata: [DONE]\n\n'
    assert found(
        exchange(),
        exchange({**PET, **more}),
        exchange(events, headers=[("content-type", "text/event-stream")]),
        exchange([PET], method="GET", target="/v1/pets?page=2", request_body=b""),
        exchange(method="GET", target="/v1/pets/p1", request_body=b""),
        exchange({"detail": "No."}, status=422, request_body=b'{"nmae": "Rex"}'),
    ) == []  # fmt: skip  # one exchange a line


@pytest.mark.parametrize(
    ("pet", "expected"),
    [
        ({"mood": "calm"}, ("theirs", "Pet.mood", "field")),
        ({"name": None}, ("both", "Pet.name", "never null")),
        ({"name": 3}, ("both", "Pet.name", "never integer")),
        ({"name": ""}, ("both", "Pet.name", "bounds that shut out what was sent")),
        ({"age": 100}, ("both", "Pet.age", "bounds that shut out what was sent")),
        ({"age": 2.5}, ("both", "Pet.age", "never number")),
        ({"color": "red"}, ("theirs", "Color", 'value "red"')),
        ({"size": 3}, ("theirs", "Pet.size", "value 3")),
        ({"tame": False}, ("theirs", "Pet.tame", "value false")),
        ({"parts": [{"type": "wing", "span": 3}]}, ("theirs", "Part", "member wing")),
        ({"parts": [{"type": "head", "horns": 2}]}, ("theirs", "Head.horns", "field")),
        ({"parts": [{"type": "head"}] * 3}, ("both", "Pet.parts", "bounds that shut out what was sent")),
        ({"weights": {"a": "heavy"}}, ("both", "Pet.weights.*", "never string")),
        ({"toys": {"ball": 1}}, ("theirs", "Pet.toys.ball", "field")),
        ({"toys": {"x-ball": 1}}, ("both", "Pet.toys./^x-/", "never integer")),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_what_an_answer_has(pet: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """An unknown field, value or kind of object is found, with its place, even where the contract allows any."""
    assert found(exchange({**PET, **pet})) == [expected]


def test_what_an_answer_lacks() -> None:
    """A required field that an answer lacks is a difference, unless it is `writeOnly`: answers have no such fields."""
    assert found(exchange({"name": "Rex"})) == [("both", "Pet.id", "required")]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"request_body": b'{"name": "Rex", "size": 1}'}, [("theirs", "NewPet.size", "field")]),
        ({"request_body": b'{"size": 1}', "status": 422},
         [("theirs", "POST /v1/pets 4XX application/json.id", "field")]),
        ({"target": "/v1/pets?dry=true"}, [("theirs", "POST /v1/pets query dry", "parameter")]),
        ({"status": 207}, [("theirs", "POST /v1/pets 207", "answer")]),
        ({"headers": [("content-type", "text/plain")]}, [("theirs", "POST /v1/pets 200", "media type text/plain")]),
        ({"target": "/v1/pets/p1/toys"}, [("theirs", "POST /v1/pets/{id}/toys", "endpoint")]),
        ({"target": "/v1/pets/p1/toys", "status": 404}, []),
        ({"target": "/v1/files"}, []),
        ({"end": "closed"}, []),
        ({"status": None}, []),
        ({"headers": [*JSON, ("content-encoding", "gzip")]}, []),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_what_an_exchange_has(facts: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    """Requests that were taken, parameters, statuses and operations are compared, too; a cut off body is not."""
    answer = {"id": "p1"} if facts.get("status") == 422 else PET
    assert [each for each in found(exchange(answer, **facts)) if "detail" not in each[1]] == expected


def test_what_a_stream_has() -> None:
    """Events are compared as they are on the wire, and so is the JSON in them."""
    events = b'id: 1\nevent: part\ndata: {"type": "wing"}\n\ndata: {"type": "tail", "tip": 1}\n\ndata: No\n\n: ping\n\n'
    assert found(exchange(events, headers=[("content-type", "text/event-stream")])) == [
        ("both", "Event.data", "a text that is JSON"),
        ("theirs", "Event.id", "field"),
        ("theirs", "Part", "member wing"),
        ("theirs", "Tail.tip", "field"),
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["a", "b"], {"type": "string"}),
        ([1, 2.5], {"type": "number"}),
        ([1, None], {"type": ["null", "integer"]}),
        (["a", 1], {"type": ["integer", "string"]}),
        ([[1], []], {"type": "array", "items": {"type": "integer"}}),
        ([[], None], {"type": ["array", "null"], "items": {}}),
        ([{}], {"type": "object"}),
        (
            [{"a": 1, "b": "c"}, {"a": 2}],
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}},
        ),
        ([{"a": 1}, "b"], {"anyOf": [schema_of([{"a": 1}]), {"type": "string"}]}),
    ],
)
def test_schema_of_values(values: list[Any], expected: dict[str, Any]) -> None:
    """A schema says what all values have in common, and what only some have."""
    assert schema_of(values) == expected


CREATING = DOCUMENT["paths"]["/v1/agents"]["post"]["responses"]["200"]["content"]["application/json"]
AGENT = CREATING["examples"]["agent"]["value"]
USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


def respond(request: RecordedRequest) -> Reply | None:
    """Answer like a service that has moved on."""
    if request.operation == "agents_create":
        return json_reply({**AGENT, "mood": "calm"})
    if request.operation == "conversations_start":
        started = {
            "type": "conversation.response.started",
            "conversation_id": "c1",
            "created_at": "2026-10-05T14:45:48Z",
        }
        paused = {"type": "conversation.response.paused", "until": 3}
        return stream_reply(started, paused, {"type": "conversation.response.done", "usage": USAGE})
    return None


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that the recorder has written is compared with the contract, and what the contract lacks is printed."""
    path = tmp_path / "recording.yaml"
    with (
        StubServer(respond=respond) as service,
        StubServer(record=Recorder(path, service.url)) as stub,
        httpx.Client(base_url=stub.url, headers={"Authorization": "Bearer key"}, trust_env=False) as http,
    ):
        http.post("/v1/agents", json={"model": "m", "name": "n"})
        http.post("/v1/conversations", json={"model": "m", "inputs": "Hi", "stream": True})
    assert drift.main([str(path)]) == 1
    output, errors = capsys.readouterr()
    assert errors == ""
    lines = output.splitlines()
    assert lines[: lines.index("")] == [
        "Only in the recording:",
        "  Agent.mood: field",
        "  ConversationEventsData: member conversation.response.paused",
    ]


def test_a_file_that_is_no_recording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If a recording is damaged, the command exits with 2 and says what is wrong."""
    path = tmp_path / "recording.yaml"
    path.write_text("mistral_agents_recording: 1\nexchanges: [{}]\n", encoding="utf-8")
    assert drift.main([str(path)]) == 2
    assert capsys.readouterr() == ("", f"make drift: {path} is not a recording: exchange 1 has no 'request'\n")
