"""What `make drift` prints to add to the contract: it has the contract's form, and with it the drift is gone."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate
from tools.checkout import ROOT
from tools.checks import form
from tools.checks.contract import Contract
from tools.contract.drift.__main__ import compare_drift
from tools.contract.drift.additions import Source
from tools.contract.drift.fragments import as_yaml
from tools.contract.drift.known import line, read_known
from tools.contract.drift.upstream import Upstream
from tools.contract.drift.wire import Wire
from tools.contract.model import read
from tools.openapi.yaml12 import load

from compiling import compile_document
from contract.test_drift_recordings import AGENT, exchange
from mistral_agents.testing import Masks
from mistral_agents.testing.recordings.recording import Exchange, Recording

KNOWN = ROOT / "tools" / "contract" / "known_drift.yaml"
CONTRACT = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
DESCRIBED = f"description: {form.PLACEHOLDER}"

OURS = """
openapi: 3.1.0
paths:
  /v1/pets:
    get:
      operationId: pets_list
      tags: [pets]
      security: [{key: []}]
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
        4XX: {$ref: '#/components/responses/Refused'}
    post:
      operationId: pets_create
      tags: [pets]
      security: [{key: []}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses:
        '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  /v1/pets/{pet_id}:
    get:
      operationId: pets_get
      tags: [pets]
      parameters: [{$ref: '#/components/parameters/PetId'}]
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  parameters:
    PetId: {name: pet_id, in: path, required: true, schema: {type: string}}
  responses:
    Refused: {content: {application/json: {schema: {type: object}}}}
  schemas:
    NewPet: {type: object, additionalProperties: false, properties: {name: {type: string}}}
    Pet:
      type: object
      properties:
        name: {type: string}
        owner: {$ref: '#/components/schemas/Owner'}
        color: {title: PetColor, anyOf: [{$ref: '#/components/schemas/Color'}, {type: string}]}
        parts: {type: array, items: {$ref: '#/components/schemas/Part'}}
    Owner: {type: object, properties: {id: {type: string}}}
    Color: {type: string, enum: [black, white]}
    Part:
      anyOf:
        - title: KnownPart
          oneOf: [{$ref: '#/components/schemas/HeadPart'}, {$ref: '#/components/schemas/TailPart'}]
          discriminator:
            propertyName: type
            mapping: {head: '#/components/schemas/HeadPart', tail: '#/components/schemas/TailPart'}
        - $ref: '#/components/schemas/UnknownPart'
    HeadPart: {type: object, required: [type], properties: {type: {type: string, const: head}}}
    TailPart: {type: object, required: [type], properties: {type: {type: string, const: tail}}}
    UnknownPart: {type: object, required: [type], properties: {type: {type: string, not: {enum: [head, tail]}}}}
"""


def upstream(text: str) -> Upstream:
    """Return a published document."""
    return Upstream(read(text, "theirs"))


def wire(*exchanges: Exchange) -> Wire:
    """Return a recording."""
    return Wire(Recording(exchanges, Masks(), ""), "recording")


def added(source: Source) -> Any:
    """Return what is to be added to OURS, read as it is printed."""
    return yaml.safe_load(compare_drift(source, read(OURS, "ours"), []).addition)


def with_field(component: str, written: str) -> Upstream:
    """Return a document like OURS, one of whose components has one field more."""
    raw = yaml.safe_load(OURS)
    raw["components"]["schemas"][component]["properties"] |= yaml.safe_load(written)
    return upstream(yaml.safe_dump(raw))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{a: {type: integer, maximum: 9, default: 1, title: A}}", "{D, type: integer, maximum: 9}"),
        ("{a: {anyOf: [{type: string, format: uuid}, {type: 'null'}]}}", "{D, type: [string, 'null']}"),
        ("{a: {type: [string, 'null'], format: date-time}}", "{D, type: [string, 'null'], format: date-time}"),
        ("{a: {anyOf: [{type: string}, {type: integer}, {type: 'null'}]}}",
         "{D, title: NewPetA, anyOf: [{type: string}, {type: integer}, {type: 'null'}]}"),
        ("{a: {type: [string, integer]}}", "{D, title: NewPetA, anyOf: [{type: string}, {type: integer}]}"),
        ("{a: {type: string, enum: [b, c]}}", "{D, $ref: '#/components/schemas/A'}"),
        ("{a: {type: [string, 'null'], enum: [b, c, null]}}",
         "{D, oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}"),
        ("{color: {type: string, enum: [b, c]}}", "{D, $ref: '#/components/schemas/NewPetColor'}"),
        ("{a: {type: string, enum: [b]}}", "{D, type: string, const: b}"),
        ("{type: {const: b, default: b}}", "{D, type: string, const: b, default: b}"),
        ("{a: {type: object, properties: {b: {type: string}}}}", "{D, $ref: '#/components/schemas/A'}"),
        ("{a: {type: object}}", "{D, type: object, additionalProperties: true}"),
        ("{a: {type: object, additionalProperties: {type: number}}}",
         "{D, type: object, additionalProperties: {type: number}}"),
        ("{a: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Color'}}}",
         "{D, type: array, items: {$ref: '#/components/schemas/Color'}, minItems: 1}"),
        ("{a: {allOf: [{$ref: '#/components/schemas/Owner'}], description: Theirs.}}",
         "{D, $ref: '#/components/schemas/Owner'}"),
        ("{a: {anyOf: [{$ref: '#/components/schemas/Owner'}, {type: 'null'}], writeOnly: true}}",
         "{D, writeOnly: true, oneOf: [{$ref: '#/components/schemas/Owner'}, {type: 'null'}]}"),
        ("{a: {type: string, readOnly: true, maxLength: 9}}", "{D, type: string, readOnly: true, maxLength: 9}"),
        ("{a: {$ref: '#/paths/~1v1~1pets/get/parameters/0/schema'}}", "{D, type: integer}"),
        ("{a: {}}", "{D}"),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_field_of_a_request(written: str, expected: str) -> None:
    """A field has our form: titles on unions, defaults on tags only, no format but `date-time`, a dummy description."""
    schemas = added(with_field("NewPet", written))["components"]["schemas"]
    (field,) = schemas["NewPet"]["properties"].values()
    assert field == yaml.safe_load(expected.replace("{D", "{" + DESCRIBED, 1))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{a: {type: string, enum: [b, c]}}",
         "{D, title: PetA, anyOf: [{$ref: '#/components/schemas/A'}, {type: string}]}"),
        ("{a: {anyOf: [{$ref: '#/components/schemas/Color'}, {type: 'null'}]}}",
         "{D, title: PetA, anyOf: [{$ref: '#/components/schemas/Color'}, {type: string}, {type: 'null'}]}"),
        ("{a: {oneOf: [{$ref: '#/components/schemas/HeadPart'}, {$ref: '#/components/schemas/TailPart'}]}}",
         """{D, title: PetA, anyOf: [{title: KnownPetA, oneOf: [{$ref: '#/components/schemas/HeadPart'},
         {$ref: '#/components/schemas/TailPart'}], discriminator: {propertyName: type, mapping:
         {head: '#/components/schemas/HeadPart', tail: '#/components/schemas/TailPart'}}},
         {$ref: '#/components/schemas/UnknownPetA'}]}"""),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_field_of_an_answer(written: str, expected: str) -> None:
    """In answers, enums also allow any other text, and unions of tagged objects allow an object with an unknown tag."""
    schemas = added(with_field("Pet", written))["components"]["schemas"]
    assert schemas["Pet"]["properties"]["a"] == yaml.safe_load(expected.replace("{D", "{" + DESCRIBED, 1))


@pytest.mark.parametrize(("component", "closed"), [("NewPet", {"additionalProperties": False}), ("Pet", {})])
def test_new_schema(component: str, closed: dict[str, Any]) -> None:
    """A schema that ours does not have is added, with all that it leads to: closed in requests and open in answers."""
    box = {"type": "object", "required": ["b"], "properties": {"b": {"$ref": "#/components/schemas/Box"}}}
    theirs = yaml.safe_load(OURS)
    theirs["components"]["schemas"]["Box"] = box
    theirs["components"]["schemas"][component]["properties"]["a"] = {"$ref": "#/components/schemas/Box"}
    inside = {"description": form.PLACEHOLDER, "$ref": "#/components/schemas/Box"}
    schemas = added(upstream(json.dumps(theirs)))["components"]["schemas"]
    assert schemas == {
        component: {"properties": {"a": inside}},
        "Box": {"description": form.PLACEHOLDER, **box, **closed, "properties": {"b": inside}},
    }


def test_new_enum() -> None:
    """An enum becomes a schema of its own, as in our contract; two fields that have the same one share it."""
    theirs = yaml.safe_load(OURS)
    for component in ("NewPet", "Owner"):
        theirs["components"]["schemas"][component]["properties"]["a"] = {"type": "string", "enum": ["b", "c"]}
    schemas = added(upstream(json.dumps(theirs)))["components"]["schemas"]
    assert schemas["A"] == {"description": form.PLACEHOLDER, "type": "string", "enum": ["b", "c"]}
    assert [*schemas] == ["NewPet", "Owner", "A"]


def test_value() -> None:
    """A value is shown in the list that it is to be added to."""
    found = added(upstream(OURS.replace("[black, white]", "[black, white, red]")))
    assert found == {"components": {"schemas": {"Color": {"enum": ["red"]}}}}


@pytest.mark.parametrize(
    ("before", "holder"),
    [("      operationId: pets_list\n", "get"), ("    get:\n      operationId: pets_list\n", None)],
)
def test_value_of_a_parameter(before: str, holder: str | None) -> None:
    """The parameter may be that of the operation or of its path item."""
    page = "parameters: [{name: page, in: query, schema: {type: integer}}]\n"
    indent = " " * (6 if holder else 4)
    sorting = f"{indent}parameters: [{{name: by, in: query, schema: {{type: string, enum: [age]}}}}]\n"
    ours = OURS.replace(f"      {page}", "").replace(before, f"{sorting}{before}")
    theirs = upstream(ours.replace("[age]", "[age, size]"))
    addition = [{"name": "by", "in": "query", "schema": {"enum": ["size"]}}]
    item = {"parameters": addition}
    found = yaml.safe_load(compare_drift(theirs, read(ours, "ours"), []).addition)
    assert found == {"paths": {"/v1/pets": {holder: item} if holder else item}}


def test_kind_of_object() -> None:
    """A new member of a tagged union is added to its list and its mapping, and `Unknown...` excludes the tag."""
    part = added(wire(exchange({"parts": [{"type": "wing", "span": 3}]})))
    assert part["components"]["schemas"] == yaml.safe_load(f"""
        Part:
          anyOf:
            - title: KnownPart
              oneOf: [{{$ref: '#/components/schemas/WingPart'}}]
              discriminator: {{mapping: {{wing: '#/components/schemas/WingPart'}}}}
        UnknownPart: {{properties: {{type: {{not: {{enum: [wing]}}}}}}}}
        WingPart:
          {DESCRIBED}
          type: object
          required: [type, span]
          properties:
            type: {{{DESCRIBED}, type: string, const: wing, default: wing}}
            span: {{{DESCRIBED}, type: integer}}
    """)


@pytest.mark.parametrize(
    ("pet", "expected"),
    [
        ({"name": None}, {"name": {"type": ["string", "null"]}}),
        ({"owner": None}, {"owner": {"oneOf": [{"$ref": "#/components/schemas/Owner"}, {"type": "null"}]}}),
        ({"color": None}, {"color": {"anyOf": [{"type": "null"}]}}),
    ],
)
def test_null(pet: dict[str, Any], expected: dict[str, Any]) -> None:
    """If null was sent, the addition lets the schema allow null."""
    assert added(wire(exchange(pet)))["components"]["schemas"] == {"Pet": {"properties": expected}}


NEW_OPERATION = """
  /v1/pets/{id}/toys:
    post:
      operationId: theirs
      tags: [theirs]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: dry, in: query, schema: {type: [boolean, 'null'], default: false}}
        - {name: X-Theirs, in: header, schema: {type: string}}
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, properties: {ball: {type: string}}}}}
      responses:
        '201': {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '404': {description: Theirs.}
  /v1/pets:
"""


def test_operation() -> None:
    """An operation is named like its neighbours, and has their tag, security, path and errors."""
    part = added(upstream(OURS.replace("\n  /v1/pets:\n", NEW_OPERATION)))
    assert part["paths"] == yaml.safe_load(f"""
      /v1/pets/{{pet_id}}/toys:
        post:
          operationId: pets_toys
          tags: [pets]
          summary: {form.PLACEHOLDER}
          security: [{{key: []}}]
          parameters:
            - {{$ref: '#/components/parameters/PetId'}}
            - {{name: dry, in: query, {DESCRIBED}, schema: {{type: boolean}}}}
          requestBody:
            {DESCRIBED}
            required: true
            content: {{application/json: {{schema: {{$ref: '#/components/schemas/PetsToysRequest'}}}}}}
          responses:
            '201': {{{DESCRIBED}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}
            4XX: {{$ref: '#/components/responses/Refused'}}
    """)


def test_parts_of_an_operation() -> None:
    """A parameter, an answer and a media type are added where the operation has them."""
    theirs = OURS.replace("{name: page", "{name: limit").replace(
        "        '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}",
        "        '200': {content: {text/plain: {}}}\n        '202': {description: Theirs.}",
    )
    assert added(upstream(theirs))["paths"] == yaml.safe_load(f"""
        /v1/pets:
          get: {{parameters: [{{name: limit, in: query, {DESCRIBED}, schema: {{type: integer}}}}]}}
          post: {{responses: {{'200': {{content: {{text/plain: {{schema: {{}}}}}}}}, '202': {{{DESCRIBED}}}}}}}
    """)


def test_nothing_to_add() -> None:
    """If our contract lacks nothing, there is nothing to add."""
    drift = compare_drift(upstream(OURS), read(OURS, "ours"), [])
    assert (drift.addition, drift.intended, drift.status) == ("", "", 0)


# What a document might have more than our contract: fields of several kinds, a value, an event, an operation.
MORE = yaml.safe_load("""
    Mood: {type: string, enum: [calm, eager], description: Theirs.}
    Holder:
      type: object
      additionalProperties: false
      required: [id]
      properties:
        id: {type: string, format: uuid}
        since: {anyOf: [{type: string, format: date-time}, {type: 'null'}], default: null}
        parents: {type: array, items: {$ref: '#/components/schemas/Holder'}}
        limits: {type: object, properties: {per_day: {type: integer, minimum: 0, default: 5}}}
    Memo:
      type: object
      required: [text]
      properties:
        text: {type: string, title: Text}
        parts:
          type: array
          items: {oneOf: [{$ref: '#/components/schemas/PlainPart'}, {$ref: '#/components/schemas/RichPart'}]}
    PlainPart: {type: object, required: [type], properties: {type: {type: string, const: plain}}}
    RichPart: {type: object, required: [type], properties: {type: {type: string, enum: [rich]}, size: {type: number}}}
    PausedEvent:
      type: object
      required: [type, until]
      properties: {type: {type: string, const: conversation.response.paused}, until: {type: integer}}
""")
MEMOS = yaml.safe_load("""
    get:
      operationId: list_memos
      tags: [theirs]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, default: 5}}
      responses:
        '200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Memo'}}}}}
""")


def moved_on() -> Upstream:
    """Return our contract as somebody else might have developed it further."""
    raw = yaml.safe_load(CONTRACT)
    schemas = raw["components"]["schemas"]
    schemas |= MORE
    schemas["Agent"]["properties"]["mood"] = {"anyOf": [{"$ref": "#/components/schemas/Mood"}, {"type": "null"}]}
    schemas["Agent"]["properties"]["holder"] = {"$ref": "#/components/schemas/Holder"}
    schemas["CreateAgentRequest"]["properties"]["verbosity"] = {"type": "string", "enum": ["low", "high"]}
    schemas["FinishReason"]["enum"].append("content_filter")
    events = schemas["ConversationEventsData"]["anyOf"][0]
    events["oneOf"].append({"$ref": "#/components/schemas/PausedEvent"})
    events["discriminator"]["mapping"]["conversation.response.paused"] = "#/components/schemas/PausedEvent"
    raw["paths"]["/v1/agents/{id}/memos"] = MEMOS
    return Upstream(read(yaml.safe_dump(raw), "theirs"))


def seen() -> Wire:
    """Return a recording in which the service takes and answers more than our contract has."""
    more = {
        "mood": None,
        "holder": {"id": "u1", "limits": {"per_day": 5}},
        "tools": [{"type": "search", "sites": ["a"]}],
    }
    sent = b'{"model": "m", "name": "n", "verbosity": "low"}'
    create = exchange({**AGENT, **more}, target="/v1/agents", request_body=sent)
    event = {"type": "conversation.response.paused", "until": 3, "why": ["a"]}
    events = f"event: conversation.response.paused\ndata: {json.dumps(event)}\n\n".encode()
    stream = [("content-type", "text/event-stream")]
    asked = b'{"model": "m", "inputs": "Hi", "stream": true}'
    started = exchange(events, target="/v1/conversations", request_body=asked, headers=stream)
    memos = exchange([{"text": "Hi"}], method="GET", target="/v1/agents/ag_1/memos?limit=5", request_body=b"")
    return wire(create, started, memos)


def pasted(contract: Any, part: Any) -> Any:
    """Do what a person does with the report: add keys to objects, and items to lists."""
    if isinstance(contract, dict) and isinstance(part, dict):
        return contract | {key: pasted(contract.get(key), inner) for key, inner in part.items()}
    if not isinstance(contract, list):
        return part
    found = list(contract)
    for item in part:
        same = [
            each for each in found if isinstance(item, dict) and "title" in item and item["title"] == each.get("title")
        ]
        found = [pasted(each, item) if each in same else each for each in found] + ([] if same else [item])
    return found


@pytest.mark.timeout(180)
@pytest.mark.parametrize("source", [moved_on(), seen()], ids=["document", "recording"])
def test_what_is_pasted_ends_the_drift(source: Source, tmp_path: Path) -> None:
    """If the printed text is pasted into our contract, nothing is missing any more, and the contract compiles."""
    known = read_known(KNOWN)
    drift = compare_drift(source, read(CONTRACT, "ours"), known)
    assert {each.rpartition(": ")[2].split(" ")[0] for each in map(line, drift.left)} >= {"field", "member", "endpoint"}
    document = pasted(yaml.safe_load(CONTRACT), yaml.safe_load(drift.addition))
    (tmp_path / "known.yaml").write_text(f"{KNOWN.read_text(encoding='utf-8')}\n{drift.intended}", encoding="utf-8")
    text = yaml.safe_dump(document, sort_keys=False)
    after = compare_drift(source, read(text, "pasted"), read_known(tmp_path / "known.yaml"))
    assert list(map(line, after.left)) == []
    validate(document)
    problems = list(form.problems(Contract(text, document)))
    assert {each.rpartition(": ")[2] for each in problems} == {"this is to be described in our own words"}
    compile_document(document, tmp_path, "pasted_api")
    assert (tmp_path / "pasted_api" / "models" / "memo.py").exists() is isinstance(source, Upstream)


@pytest.mark.parametrize(
    "text", ["1e5", "1E3", "+1e2", "0o7", "0x1F", "on", "no", "null", "~", "1.5", ".inf", "2026-10-05", "", "<<"]
)
def test_texts_that_look_like_something_else(text: str) -> None:
    """A text that YAML would read as a number, a date or a boolean is quoted, as a value and as a key."""
    part = {text: {"const": text, "enum": [text, "a"]}}
    assert load(as_yaml(part)) == part
