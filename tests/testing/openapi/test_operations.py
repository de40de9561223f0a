"""The stub serves every operation of a contract. All that it has to know about an operation comes from the contract."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from client_settings import ANY_KEY
from mistral_agents.testing import StubError, StubServer, json_reply
from mistral_agents.testing.openapi.contract import Contract, load_contract
from mistral_agents.testing.openapi.examples import example

THING = {
    "type": "object",
    "required": ["id", "size"],
    "properties": {"id": {"type": "string"}, "size": {"type": "integer", "minimum": 3}, "at": {"format": "date-time"}},
}
TICK = {
    "type": "object",
    "required": ["type", "count"],
    "properties": {"type": {"const": "tick"}, "count": {"type": "integer"}},
}
OVER = {"type": "object", "required": ["type"], "properties": {"type": {"const": "over"}}}


def json_answer(schema: Any, *examples: Any) -> dict[str, Any]:
    """Return a media type object with examples."""
    return {"schema": schema, "examples": {f"e{number}": {"value": each} for number, each in enumerate(examples)}}


def extended() -> dict[str, Any]:
    """Return the contract with more operations, of a tag that no code knows."""
    document = copy.deepcopy(load_contract().document)
    path_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    pages = [
        {"name": "page", "in": "query", "schema": {"type": "integer"}},
        {"name": "page_size", "in": "query", "schema": {"type": "integer", "minimum": 1}},
        {"name": "token", "in": "query", "schema": {"type": "string"}},
    ]
    data = {
        "type": "string",
        "contentSchema": {"oneOf": [TICK, OVER], "discriminator": {"propertyName": "type"}},
    }
    events = {"type": "object", "required": ["data"], "properties": {"event": {"type": "string"}, "data": data}}
    things = [{"id": str(number), "size": 3 + number} for number in range(5)]
    answered = {"schema": {"type": "object", "properties": {"data": {"type": "array", "items": THING}, "next": {}}}}
    document["paths"] |= {
        "/v1/things": {
            "get": {
                "operationId": "things_list",
                "parameters": pages,
                "x-paging": {"parameter": "page"},
                "responses": {
                    "200": {"content": {"application/json": json_answer({"type": "array", "items": THING}, things)}}
                },
            },
            "post": {
                "operationId": "things_create",
                "requestBody": {"content": {"application/json": {"schema": {**THING, "additionalProperties": False}}}},
                "responses": {"201": {"content": {"application/json": {"schema": THING}}}},
            },
        },
        "/v1/things/pages": {
            "get": {
                "operationId": "things_list_pages",
                "parameters": pages,
                "x-paging": {"parameter": "token", "next": "next", "items": "data"},
                "responses": {
                    "200": {"content": {"application/json": {**answered, "example": {"data": things, "next": None}}}}
                },
            }
        },
        "/v1/things/{id}": {
            "parameters": [path_id],
            "get": {
                "operationId": "things_watch",
                "parameters": [{"name": "depth", "in": "query", "required": True, "schema": {"type": "number"}}],
                "responses": {
                    "200": {"content": {"text/event-stream": {"x-stream": {"end-event": "over"}, "schema": events}}}
                },
            },
            "delete": {"operationId": "things_delete", "responses": {"204": {"description": "gone"}}},
        },
    }
    return document


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """Open a client of a strict stub of the extended contract."""
    with (
        StubServer(strict=True, contract=Contract(extended())) as stub,
        httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as client,
    ):
        yield client


def test_examples_fit_the_contract() -> None:
    """Each example of a body, an answer or an event in the contract fits its schema there."""
    contract = load_contract()
    found = [
        (operation.name, problems)
        for operation in contract.operations.values()
        for problems in [
            *[contract.answer_problems(operation.status, each, operation.name) for each in operation.examples()],
            *[
                contract.event_problems(each, operation.name)
                for each in (operation.stream.examples if operation.stream else ())
            ],
        ]
    ]
    assert len(found) > 30
    assert [each for each in found if each[1]] == []


def test_added_json_operation_is_served_from_its_schema(http: httpx.Client) -> None:
    """Without an example, the answer is made from the schema, with the status of success that the contract names."""
    answer = http.post("/v1/things", json={"id": "a", "size": 3})
    assert (answer.status_code, answer.json()) == (201, {"id": "text", "size": 3})


BOUNDED: dict[str, Any] = {
    "minLength": {"type": "string", "minLength": 10},
    "maxLength": {"type": "string", "maxLength": 2},
    "no characters": {"type": "string", "maxLength": 0},
    "maximum": {"type": "integer", "maximum": 0},
    "exclusiveMaximum": {"type": "number", "exclusiveMaximum": -3},
    "between": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    "multipleOf": {"type": "integer", "multipleOf": 7},
    "multipleOf, maximum": {"type": "integer", "multipleOf": 7, "maximum": 5},
    "unique values": {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "uniqueItems": True},
    "unique texts": {"type": "array", "items": {"maxLength": 3}, "minItems": 3, "uniqueItems": True},
    "unique numbers": {
        "type": "array",
        "items": {"type": "integer", "multipleOf": 2, "maximum": 2},
        "minItems": 3,
        "uniqueItems": True,
    },
    "unique objects": {"type": "array", "items": THING, "minItems": 2, "uniqueItems": True},
    "maxItems": {"type": "array", "items": {"type": "integer"}, "maxItems": 0},
    "minProperties": {"type": "object", "minProperties": 2, "additionalProperties": {"type": "integer"}},
    "optional fields": {**THING, "minProperties": 3},
    "allOf": {"allOf": [THING, {"type": "object", "required": ["b"], "properties": {"b": {"type": "boolean"}}}]},
    "allOf with fields": {"allOf": [{"$ref": "#/components/schemas/Thing"}], "required": ["at"]},
    "union with fields": {"oneOf": [THING], "required": ["b"], "properties": {"b": {"type": "null"}}},
    "not a value": {"type": "string", "not": {"const": "text"}},
    "not one of": {"type": "integer", "not": {"enum": [1, 2, 3]}},
}


def serving(schema: Any, kind: str = "application/json") -> Contract:
    """Return the contract with one more operation, which takes and returns values of this schema."""
    document = extended()
    document["components"]["schemas"]["Thing"] = THING
    media = {kind: {"schema": {"type": "object", "required": ["value"], "properties": {"value": schema}}}}
    if kind == "text/event-stream":
        data = {"type": "string", "contentSchema": media[kind]["schema"]}
        event = {"type": "object", "required": ["data"], "properties": {"data": data}}
        media = {kind: {"x-stream": {"end": "[DONE]"}, "schema": event}}
    operation: dict[str, Any] = {"operationId": "values_make", "responses": {"200": {"content": media}}}
    if kind != "text/event-stream":
        operation["requestBody"] = {"required": True, "content": media}
    document["paths"]["/v1/values"] = {"post": operation}
    return Contract(document)


@pytest.mark.parametrize("schema", BOUNDED.values(), ids=BOUNDED.keys())
def test_answer_is_made_from_a_bounded_schema(schema: Any) -> None:
    """An answer without an example keeps the bounds of its schema."""
    contract = serving(schema)
    with StubServer(strict=True, contract=contract) as stub:
        checker = contract.operations["values_make"].answer_checker(200)
        assert checker is not None
        body = {"value": example(schema, "else", contract.document)}
        answer = httpx.post(f"{stub.url}/v1/values", headers=ANY_KEY, json=body, trust_env=False)
    assert (answer.status_code, checker.problems(answer.json())) == (200, [])


@pytest.mark.parametrize("kind", ["application/json", "text/event-stream"])
@pytest.mark.parametrize("strict", [False, True])
def test_answer_that_cannot_be_made(kind: str, strict: bool) -> None:  # noqa: FBT001  # pytest passes it by name
    """If the stub cannot make an answer, strict or not, its error names the operation and says what to add."""
    contract = serving({"type": "string", "pattern": "^[0-9a-f]{8}$"}, kind)
    stub = StubServer(strict=strict, contract=contract).start()
    answer = httpx.post(f"{stub.url}/v1/values", headers=ANY_KEY, json={"value": "0123abcd"}, trust_env=False)
    stub.close()
    text = "cannot make an answer of values_make from its schema: add an example to the contract"
    assert (answer.status_code, text in answer.json()["message"]) == (400, True)
    assert "String should match pattern" in answer.json()["message"]
    assert [text in each for each in stub.complaints] == [True] * strict


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON", "application/thing+json"])
def test_other_names_of_json(kind: str) -> None:
    """A body and an answer are checked and sent as JSON if their media type in the contract is a kind of JSON."""
    with StubServer(contract=serving({"type": "integer"}, kind)) as stub:
        headers = {**ANY_KEY, "Content-Type": kind}
        found = [
            httpx.post(f"{stub.url}/v1/values", headers=headers, content=body, trust_env=False)
            for body in (b'{"value": 3}', b'{"value": "x"}')
        ]
    assert [each.status_code for each in found] == [200, 422]
    assert found[0].json() == {"value": 1}


def test_added_list_has_pages(http: httpx.Client) -> None:
    """A list with `x-paging` is divided into pages by number. After the last one, a page is empty."""
    pages = [http.get("/v1/things", params={"page": page, "page_size": 2}).json() for page in range(4)]
    assert [[each["id"] for each in page] for page in pages] == [["0", "1"], ["2", "3"], ["4"], []]


def test_added_list_has_tokens(http: httpx.Client) -> None:
    """Each page of a list with tokens has the token of the next page; the last page has none."""
    token, found = None, []
    for _ in range(3):
        page = http.get("/v1/things/pages", params={"page_size": 2, **({"token": token} if token else {})}).json()
        found.append([each["id"] for each in page["data"]])
        token = page["next"]
    assert (found, token) == ([["0", "1"], ["2", "3"], ["4"]], None)


def test_added_deletion_has_no_body(http: httpx.Client) -> None:
    """An operation that answers 204 answers without a body."""
    answer = http.delete("/v1/things/a%2Fb")
    assert (answer.status_code, answer.content) == (204, b"")


def test_added_stream_ends_as_the_contract_says(http: httpx.Client) -> None:
    """An operation that answers only with events sends events that fit its schema, and then its end event."""
    answer = http.get("/v1/things/a", params={"depth": 1.5})
    events = [block.splitlines() for block in answer.text.strip().split("\n\n")]
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert json.loads(events[0][-1].removeprefix("data: "))["type"] == "tick"
    assert events[-1] == ["event: over", 'data: {"type": "over"}']


def test_added_field_is_served_by_operations_with_a_state() -> None:
    """A required field that was added to the answer of a known operation is filled in from its schema."""
    document = extended()
    document["components"]["schemas"]["Agent"]["properties"]["colour"] = {"enum": ["red"]}
    document["components"]["schemas"]["Agent"]["required"].append("colour")
    with (
        StubServer(strict=True, contract=Contract(document)) as stub,
        httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http,
    ):
        created = http.post("/v1/agents", json={"model": "m", "name": "n"}).json()
        listed = http.get("/v1/agents").json()
    assert (created["colour"], [each["colour"] for each in listed]) == ("red", ["red"])


@pytest.mark.parametrize(
    ("path", "body", "schema"),
    [
        (
            "/v1/agents/completions",
            {"agent_id": "a", "messages": [{"role": "user", "content": "Hi"}]},
            "CompletionChunk",
        ),
        ("/v1/conversations", {"model": "m", "inputs": "Hi"}, "MessageOutputEvent"),
        ("/v1/conversations", {"model": "m", "inputs": "Hi"}, "ResponseDoneEvent"),
    ],
)
def test_event_that_does_not_fit_is_not_sent(path: str, body: dict[str, Any], schema: str) -> None:
    """The stub checks each event before it sends it. If one does not fit, the stream breaks off, with the reason."""
    document = copy.deepcopy(load_contract().document)
    document["components"]["schemas"][schema]["required"].append("colour")
    stub = StubServer(strict=True, contract=Contract(document)).start()
    received: list[bytes] = []
    with httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http:
        ask = http.stream("POST", path, json={**body, "stream": True})
        with ask as response, pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            received.extend(response.iter_bytes())
    stub.close()
    (operation,) = {each.operation for each in stub.requests}
    names = [
        json.loads(line[6:]).get("type") for line in b"".join(received).decode().splitlines() if line[:6] == "data: "
    ]
    fitting = ["conversation.response.started", *["message.output.delta"] * 6]
    assert names == {"CompletionChunk": [], "MessageOutputEvent": fitting[:1], "ResponseDoneEvent": fitting}[schema]
    (complaint,) = stub.complaints
    assert f"an event of {operation} does not fit the contract's schema for its events" in complaint
    assert "colour: Field required" in complaint


@pytest.mark.parametrize(
    ("method", "target", "body", "status", "locs"),
    [
        ("GET", "/v1/things/a", None, 422, [["query", "depth"]]),
        ("GET", "/v1/things/a?depth=deep", None, 422, [["query", "depth"]]),
        ("GET", "/v1/things?page=1.5&page_size=0", None, 422, [["query", "page"], ["query", "page_size"]]),
        ("POST", "/v1/things", {"id": 1, "else": 1}, 422, [["body", "size"], ["body", "id"], ["body", "else"]]),
        ("GET", "/v1/agents?page=-1", None, 422, [["query", "page"]]),
        ("GET", "/v1/agents?deployment_chat=maybe", None, 422, [["query", "deployment_chat"]]),
        ("GET", "/v1/agents?sources=api&sources=mail", None, 422, [["query", "sources", 1]]),
        ("GET", "/v1/agents?metadata=%7B", None, 422, [["query", "metadata"]]),
        ("GET", "/v1/agents?metadata=[]", None, 422, [["query", "metadata"]]),
        ("PATCH", "/v1/agents/a/version", None, 422, [["query", "version"]]),
        ("PUT", "/v1/agents/a/aliases?alias=A&version=x", None, 422, [["query", "alias"], ["query", "version"]]),
        ("POST", "/v1/conversations", {"inputs": [{"type": "message.input"}]}, 422, None),
    ],
)
def test_error_names_the_place(method: str, target: str, body: Any, status: int, locs: Any) -> None:
    """If a parameter or a field does not fit, the error names its place, in the service's form, for every operation."""
    with (
        StubServer(contract=Contract(extended())) as stub,
        httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http,
    ):
        answer = http.request(method, target, json=body)
        detail = answer.json()["detail"]
        assert answer.status_code == status
        if locs is not None:
            assert [each["loc"] for each in detail] == locs
        assert stub.requests[0].errors == detail
    assert load_contract().answer_problems(422, answer.json()) == []


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/v1/agents/completions", 405, "POST"),
        ("PUT", "/v1/agents/ag_1", 405, "DELETE, GET, PATCH"),
        ("HEAD", "/v1/agents", 405, "GET, POST"),
        ("POST", "/v1/agents/", 404, None),
        ("GET", "/v1/agents/a/b/c", 404, None),
        ("GET", "/V1/agents", 404, None),
    ],
)
def test_other_paths_and_methods(method: str, path: str, status: int, allow: str | None) -> None:
    """An unknown path gets 404. A known path with another method gets 405, and the methods that it has."""
    with StubServer() as stub, httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http:
        answer = http.request(method, path)
    assert (answer.status_code, answer.headers.get("allow")) == (status, allow)


def test_request_is_recorded_with_its_operation_and_parameters() -> None:
    """A recorded request has the name of its operation, and its parameters as values."""
    with StubServer() as stub, httpx.Client(base_url=stub.url, headers=ANY_KEY, trust_env=False) as http:
        http.get("/v1/agents/ag%201", params={"agent_version": 3})
        http.get("/v1/agents", params={"sources": ["api"], "metadata": '{"a": 1}', "deployment_chat": "true"})
    first, second = stub.requests
    assert (first.operation, first.parameters) == ("agents_get", {"agent_id": "ag 1", "agent_version": 3})
    assert second.parameters == {"sources": ["api"], "metadata": {"a": 1}, "deployment_chat": True}
    assert first.query == "agent_version=3"


def test_scripted_answer_has_to_fit_its_operation() -> None:
    """A script can answer any operation with JSON. The stub refuses an answer that does not fit the operation."""
    stub = StubServer(respond=lambda _: {"object": "agent"}, strict=True).start()
    assert httpx.get(f"{stub.url}/v1/agents/a", headers=ANY_KEY, trust_env=False).status_code == 400
    stub.close()
    with pytest.raises(StubError, match=r"body\.id: Field required"):
        stub.verify()
    with StubServer(respond=lambda _: [], strict=True) as stub:
        assert httpx.get(f"{stub.url}/v1/agents", headers=ANY_KEY, trust_env=False).json() == []


def test_fault_goes_to_any_operation() -> None:
    """A scripted reply is sent unchanged, for any operation."""
    with StubServer(respond=lambda _: json_reply({"detail": "Busy"}, 503), strict=True) as stub:
        answer = httpx.delete(f"{stub.url}/v1/conversations/none", headers=ANY_KEY, trust_env=False)
    assert (answer.status_code, answer.json()) == (503, {"detail": "Busy"})
