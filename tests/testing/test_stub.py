"""What the stub answers to requests of plain httpx over real connections."""

import json
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from mistral_agents.testing import StubServer
from mistral_agents.testing.openapi.contract import PATH, load_contract

QUESTION = "Who is the best French painter? Answer in one short sentence."
PAINTER = "Claude Monet is often named as the best French painter."
ASK: dict[str, Any] = {"agent_id": "ag_1", "messages": [{"role": "user", "content": QUESTION}]}
STREAM = {**ASK, "stream": True}
PARAMETERS = {
    "type": "object",
    "properties": {
        "location": {"type": "string"},
        "days": {"type": "integer", "minimum": 3},
        "unit": {"$ref": "#/$defs/unit"},
        "hours": {"type": ["array", "null"], "items": {"type": "number"}, "minItems": 2},
        "part": {"type": ["object", "null"], "properties": {"of": {"$ref": "#/properties/part"}}},
    },
    "required": ["location", "days", "unit", "hours", "part"],
    "additionalProperties": False,
    "$defs": {"unit": {"anyOf": [{"enum": ["celsius", "fahrenheit"]}, {"type": "null"}]}},
}
WEATHER = {"type": "function", "function": {"name": "get_weather", "parameters": PARAMETERS}}
TIME = {"type": "function", "function": {"name": "get_time", "parameters": {"type": "object", "properties": {}}}}
BOOK = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "read": {"type": "boolean"}},
    "required": ["read"],
}
FORM = {"type": "json_schema", "json_schema": {"name": "book", "schema": BOOK}}
TOOL_RESULT = {"role": "tool", "name": "get_weather", "tool_call_id": "1", "content": "rain"}
GOOD = {
    "text": ASK,
    "parts": {**ASK, "messages": [{"role": "user", "content": [{"type": "text", "text": "Hé, \ud800 \u2028?"}]}]},
    "two choices": {**ASK, "n": 2},
    "more choices than anyone wants": {**ASK, "n": 10**9},
    "a whole float": {**ASK, "n": 2.0, "max_tokens": 3.0},
    "no tokens": {**ASK, "max_tokens": 0},
    "stop": {**ASK, "stop": ["best", "Monet"]},
    "tools": {**ASK, "tools": [WEATHER, TIME], "n": 2},
    "built-in tools": {**ASK, "tools": [{"type": "web_search"}]},
    "tool result": {**ASK, "tools": [WEATHER], "messages": [*ASK["messages"], TOOL_RESULT]},
    "JSON": {**ASK, "response_format": {"type": "json_object"}},
    "JSON by a schema": {**ASK, "response_format": FORM},
}
STRICT = False
"""The stub of these tests accepts requests that the contract does not allow."""


def ask(http: httpx.Client, body: object) -> httpx.Response:
    """Post a body as JSON in ASCII: httpx's own `json` cannot send a lone surrogate."""
    return http.post(PATH, content=json.dumps(body), headers={"Content-Type": "application/json"})


def chunks(response: httpx.Response) -> list[dict[str, Any]]:
    """Read a stream's chunks; its other events and its end must fit the contract."""
    events = response.content.decode("utf-8").split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    return [json.loads(event.removeprefix("data: ")) for event in events[:-2]]


def assembled(pieces: list[dict[str, Any]]) -> dict[str, Any]:
    """Join the chunks of a stream, in the form of a JSON answer."""
    choices: dict[int, dict[str, Any]] = {}
    for (piece,) in (chunk["choices"] for chunk in pieces):
        new = {"role": piece["delta"].get("role"), "content": "", "tool_calls": None, "prefix": False}
        choice = choices.setdefault(piece["index"], {"index": piece["index"], "message": new})
        choice["finish_reason"] = piece["finish_reason"]
        message = choice["message"]
        message["content"] += piece["delta"].get("content", "")
        for fragment in piece["delta"].get("tool_calls", []):
            if "id" in fragment:
                message["tool_calls"] = [*(message["tool_calls"] or []), fragment]
            else:
                message["tool_calls"][fragment["index"]]["function"]["arguments"] += fragment["function"]["arguments"]
    return {**pieces[-1], "object": "chat.completion", "choices": list(choices.values())}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD.keys())
def test_answer_and_stream_keep_the_contract_and_say_the_same(http: httpx.Client, body: dict[str, Any]) -> None:
    """A request gets a valid answer, or, as a stream, the same answer in valid chunks."""
    whole, stream = ask(http, body), ask(http, {**body, "stream": True})
    pieces = chunks(stream)
    problems = [load_contract().answer_problems(200, whole.json()), *map(load_contract().chunk_problems, pieces)]
    assert problems == [[]] * (1 + len(pieces))
    assert assembled(pieces) == whole.json()


def test_requests_that_the_contract_shows_are_answered(http: httpx.Client) -> None:
    """Each example of a request in the contract gets status 200, as JSON or as a stream, as it asks."""
    operation = load_contract().document["paths"][PATH]["post"]
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    answers = {name: ask(http, example["value"]) for name, example in examples.items()}
    types = {name: answer.headers["content-type"] for name, answer in answers.items()}
    stream_type = "text/event-stream; charset=utf-8"
    assert types == {"complete": "application/json", "stream": stream_type, "fill_in_the_middle": stream_type}
    assert {answer.status_code for answer in answers.values()} == {200}


def test_answer_is_about_the_question(http: httpx.Client) -> None:
    """A known question gets its answer, and any other is repeated in the answer. Equal questions get equal answers."""
    other = {**ASK, "messages": [*ASK["messages"], {"role": "user", "content": "The worst\ud800?"}]}
    said = [ask(http, body).json()["choices"][0]["message"]["content"] for body in (ASK, ASK, other)]
    assert said == [PAINTER, PAINTER, "This is the answer to: The worst\ud800?"]


def test_stream_begins_with_the_role_and_ends_with_reason_and_usage(http: httpx.Client) -> None:
    """The first chunk has the role, the middle ones a word each, the last one alone a finish reason and the usage."""
    first, *middle, last = chunks(ask(http, STREAM))
    assert first["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert [chunk["choices"][0]["delta"]["content"] for chunk in middle[:3]] == ["Claude", " Monet", " is"]
    assert {chunk["choices"][0]["finish_reason"] for chunk in [first, *middle]} == {None}
    assert last["choices"][0]["finish_reason"] == "stop"
    assert last["usage"] == {"prompt_tokens": 11, "completion_tokens": 10, "total_tokens": 21}
    assert [chunk for chunk in [first, *middle] if "usage" in chunk] == []


def test_choices_take_turns(http: httpx.Client) -> None:
    """With n = 2 the stream goes back and forth between two different answers."""
    pieces = chunks(ask(http, {**STREAM, "n": 2}))
    assert [chunk["choices"][0]["index"] for chunk in pieces[:6]] == [0, 1, 0, 1, 0, 1]
    first, second = (choice["message"]["content"] for choice in assembled(pieces)["choices"])
    assert second == f"{first} (Answer 2.)"


@pytest.mark.parametrize(
    ("change", "text", "reason"),
    [({"max_tokens": 2}, "Claude Monet", "length"), ({"stop": ["best", " Mo"]}, "Claude", "stop")],
)
def test_text_is_cut(http: httpx.Client, change: dict[str, Any], text: str, reason: str) -> None:
    """The text ends after max_tokens words, or before the first stop sequence. The finish reason says why it ended."""
    choice = ask(http, {**ASK, **change}).json()["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"]) == (text, reason)


def test_tools_are_called_in_fragments(http: httpx.Client) -> None:
    """A call begins with id and name, goes on with pieces of its arguments, and these fit the function's schema."""
    body = {**STREAM, "tools": [WEATHER], "messages": [{"role": "user", "content": "Is it raining in Paris today?"}]}
    pieces = chunks(ask(http, body))
    (first,), *others = [
        c["choices"][0]["delta"]["tool_calls"] for c in pieces if "tool_calls" in c["choices"][0]["delta"]
    ]
    assert (len(first["id"]), first["function"]) == (9, {"name": "get_weather", "arguments": ""})
    assert {tuple(fragment) for (fragment,) in others} == {("index", "function")}
    arguments = json.loads("".join(fragment["function"]["arguments"] for (fragment,) in others))
    assert [error.message for error in Draft202012Validator(PARAMETERS).iter_errors(arguments)] == []
    assert "of" in arguments.pop("part")
    assert arguments == {"location": "Paris", "days": 3, "unit": "celsius", "hours": [1, 1]}


@pytest.mark.parametrize(
    ("change", "called"),
    [
        ({}, ["get_weather", "get_time"]),
        ({"parallel_tool_calls": False}, ["get_weather"]),
        ({"tool_choice": "none"}, None),
        ({"tool_choice": {"function": {"name": "get_time"}}}, ["get_time"]),
        ({"messages": [TOOL_RESULT]}, None),
        ({"messages": [TOOL_RESULT], "tool_choice": "any"}, ["get_weather", "get_time"]),
    ],
)
def test_tool_choice(http: httpx.Client, change: dict[str, Any], called: list[str] | None) -> None:
    """Tools are called as `tool_choice` says; by default all of them, until one has answered."""
    choice = ask(http, {**ASK, "tools": [WEATHER, TIME], **change}).json()["choices"][0]
    calls = choice["message"]["tool_calls"]
    assert (calls and [call["function"]["name"] for call in calls]) == called
    assert choice["finish_reason"] == ("tool_calls" if called else "stop")


def test_response_format(http: httpx.Client) -> None:
    """The text is a JSON object if the request asks for one, and fits the schema that the request has."""
    choices = [ask(http, GOOD[name]).json()["choices"][0] for name in ("JSON", "JSON by a schema")]
    texts = [choice["message"]["content"] for choice in choices]
    assert [json.loads(text) for text in texts] == [{"answer": PAINTER}, {"read": True}]


@pytest.mark.parametrize(("prompt", "middle"), [("def", " add(a, b):\n    "), ("x", "\n    # continues: x\n    ")])
def test_fill_in_the_middle_streams(http: httpx.Client, prompt: str, middle: str) -> None:
    """The fill-in-the-middle form is streamed even if `stream` is absent; the answer names the model of the request."""
    pieces = chunks(ask(http, {"model": "codestral-2405", "prompt": prompt, "suffix": "return a+b"}))
    answer = assembled(pieces)
    assert (answer["model"], answer["choices"][0]["message"]["content"]) == ("codestral-2405", middle)
    assert [problem for chunk in pieces for problem in load_contract().chunk_problems(chunk)] == []


def message(role: str, content: object) -> dict[str, Any]:
    """Make a request with one message."""
    return {"agent_id": "ag_1", "messages": [{"role": role, "content": content}]}


@pytest.mark.parametrize(
    ("body", "mistakes"),
    [
        ({}, [("missing", ["messages"]), ("missing", ["agent_id"])]),
        ([], [("dict_type", [])]),
        ({**ASK, "agent_id": 5}, [("string_type", ["agent_id"])]),
        ({**ASK, "messages": []}, [("too_short", ["messages"])]),
        ({**ASK, "model": "m"}, [("extra_forbidden", ["model"])]),
        ({**ASK, "n": 0, "max_tokens": "5"}, [("int_type", ["max_tokens"]), ("greater_than_equal", ["n"])]),
        ({**ASK, "presence_penalty": 2.5}, [("less_than_equal", ["presence_penalty"])]),
        ({**ASK, "stream": "true"}, [("bool_type", ["stream"])]),
        ({**STREAM, "strem": 1}, [("extra_forbidden", ["strem"])]),
        ({**ASK, "messages": ["hello"]}, [("dict_type", ["messages", 0])]),
        ({**ASK, "messages": [{"content": "hello"}]}, [("missing", ["messages", 0, "role"])]),
        ({**ASK, "messages": [{"role": "user"}]}, [("missing", ["messages", 0, "content"])]),
        (message("robot", "hello"), [("union_tag_invalid", ["messages", 0, "role"])]),
        (message("user", 5), [("string_type", ["messages", 0, "content"])]),
        (message("user", [{"type": "text"}]), [("missing", ["messages", 0, "content", 0, "text"])]),
        (message("user", [{"type": "txt"}]), [("union_tag_invalid", ["messages", 0, "content", 0, "type"])]),
        ({**ASK, "tools": [{"type": "function"}]}, [("missing", ["tools", 0, "function"])]),
        (
            {**ASK, "tools": [{"type": "document_library", "library_ids": []}]},
            [("too_short", ["tools", 0, "library_ids"])],
        ),
        ({**ASK, "tool_choice": "maybe"}, [("enum", ["tool_choice"])]),
        ({"prompt": "def"}, [("missing", ["model"])]),
        ({"model": "m", "prompt": "def", "temperature": -1}, [("greater_than_equal", ["temperature"])]),
        ({"model": "m", "prompt": "def", "stream": False}, [("literal_error", ["stream"])]),
    ],
)
def test_what_does_not_fit_is_told(stub: StubServer, http: httpx.Client, body: object, mistakes: list[Any]) -> None:
    """A body that does not fit the contract gets 422, with exactly the place and the kind of each mistake."""
    answer = ask(http, body)
    detail = answer.json()["detail"]
    assert (answer.status_code, load_contract().answer_problems(422, answer.json())) == (422, [])
    assert [(told["type"], told["loc"]) for told in detail] == [(kind, ["body", *path]) for kind, path in mistakes]
    assert stub.requests[0].errors == detail


def test_mistake_has_words_and_the_value(http: httpx.Client) -> None:
    """The answer describes a mistake in words, with what was received and what was expected."""
    (told,) = ask(http, message("robot", "hello")).json()["detail"]
    expected = "'system', 'user', 'assistant', 'tool'"
    text = f"Input tag 'robot' found using 'role' does not match any of the expected tags: {expected}"
    assert (told["msg"], told["input"]) == (text, "robot")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "missing"),
        (b"{", "json_invalid"),
        (b"\xff{}", "json_invalid"),
        (b'{"n": NaN}', "json_invalid"),
        (b'{"n": 1e999}', "json_invalid"),
        (b"9" * 5_000, "json_invalid"),
        (b"[" * 200 + b"]" * 200, "json_invalid"),
        (b"[" * 200_000, "json_invalid"),
    ],
)
def test_what_is_no_json_is_told(http: httpx.Client, content: bytes, kind: str) -> None:
    """A body gets 422 if it is not JSON, is too deep, or has a number that is too large; the next request succeeds."""
    answer = http.post(PATH, content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, [told["type"] for told in answer.json()["detail"]]) == (422, [kind])
    assert ask(http, ASK).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/v1/models", {}, 404),
        ("PUT", "/v1/agents/ag_1", {}, 405),
        ("GET", PATH, {}, 405),
        ("HEAD", PATH, {}, 405),
        ("POST", PATH, {"Content-Type": "text/plain"}, 415),
        ("POST", PATH, {"Authorization": ""}, 401),
        ("POST", PATH, {"Authorization": "Bearer"}, 401),
        ("POST", PATH, {"Authorization": "Basic abc"}, 401),
        ("POST", PATH + "?trace=1", {}, 200),
    ],
)
def test_refusals(http: httpx.Client, method: str, path: str, headers: dict[str, str], status: int) -> None:
    """A wrong path, method, content type or key gets the right status, and an error body that fits the contract."""
    content = json.dumps(ASK)
    answer = http.request(method, path, content=content, headers={"Content-Type": "application/json", **headers})
    assert answer.status_code == status
    if method != "HEAD":
        assert load_contract().answer_problems(status, answer.json()) == []
    if status == 401:
        assert answer.json() == {"detail": "Unauthorized"}
