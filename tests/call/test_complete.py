"""Calls of `complete`: the request that they send, and the answer that they return."""

from __future__ import annotations

import copy
import itertools
import json
from types import MappingProxyType
from typing import Any

import pytest

from client_settings import KEY
from completion_payloads import ANSWER, ASK
from mistral_agents import __version__, response_of
from mistral_agents.models import (
    AssistantMessage,
    ChatCompletionChoice,
    ChatCompletionResponse,
    Function,
    FunctionTool,
    ImageURL,
    ImageURLChunk,
    SystemMessage,
    TextChunk,
    UserMessage,
)
from seam import answer, seam
from worlds import WORLDS, World, each_world

DEFAULT_URL = "https://api.mistral.ai/v1/agents/completions"


@each_world
def test_the_answer_is_typed(world: World) -> None:
    """An answer is an instance of the contract's model, with every field that was sent."""
    result = world.complete(seam().client(), **ASK)
    assert isinstance(result, ChatCompletionResponse)
    assert isinstance(result.choices[0], ChatCompletionChoice)
    assert result.choices[0].message.content == "Hi"
    assert result.to_dict() == ANSWER


@each_world
def test_what_a_later_service_adds_is_kept(world: World) -> None:
    """An answer with unknown fields, an unknown finish reason and no usage is still read."""
    later = {"choices": [{"index": 0, "message": {"content": "Hi", "mood": 1}, "finish_reason": "tired"}], "new": [1]}
    result = world.complete(seam(answer(later)).client(), **ASK)
    assert (result.choices[0].finish_reason, result["new"], bool(result.usage)) == ("tired", [1], False)
    assert result.to_dict() == later


@each_world
def test_the_request(world: World) -> None:
    """A call sends the arguments as JSON, and nothing else, to the contract's path, with the key as bearer token."""
    asked = {**ASK, "max_tokens": 5, "stop": ["a", "b"], "metadata": {"x": [1, {"y": None}]}, "stream": False}
    network = seam()
    world.complete(network.client(), **asked)
    (request,) = network.requests
    names = ("accept", "authorization", "content-type", "user-agent")
    assert (request.method, str(request.url)) == ("POST", DEFAULT_URL)
    assert network.sent == asked
    assert {name: request.headers.get_list(name) for name in names} == {
        "accept": ["application/json"],
        "authorization": [f"Bearer {KEY}"],
        "content-type": ["application/json"],
        "user-agent": [f"mistral-agents/{__version__}"],
    }


TOOL_PLAIN: dict[str, Any] = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}
PARTS_PLAIN = [{"type": "text", "text": "See"}, {"type": "image_url", "image_url": {"url": "https://example.com/a"}}]
PLAIN = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": PARTS_PLAIN},
        {"role": "assistant", "content": None},
    ],
    "agent_id": "ag_1",
    "tools": [TOOL_PLAIN],
}
MODELS = {
    "messages": (
        SystemMessage(content="Be brief."),
        UserMessage(
            content=[TextChunk(text="See"), ImageURLChunk(image_url=ImageURL(url="https://example.com/a"))],
        ),
        AssistantMessage(content=None),
    ),
    "agent_id": "ag_1",
    "tools": [FunctionTool(type="function", function=Function(name="f", parameters={"type": "object"}))],
}
MIXED = {
    "messages": [
        PLAIN["messages"][0],
        {"role": "user", "content": [TextChunk(text="See"), PARTS_PLAIN[1]]},
        AssistantMessage(content=None),
    ],
    "agent_id": "ag_1",
    "tools": [FunctionTool(type="function", function=TOOL_PLAIN["function"])],
}


def with_sorted_keys(value: Any) -> str:
    """Return a request as JSON in which the order of keys does not count."""
    return json.dumps(value, sort_keys=True)


@each_world
@pytest.mark.parametrize("arguments", [PLAIN, MODELS, MIXED], ids=["dicts", "models", "mixed"])
def test_models_and_dicts_are_the_same(world: World, arguments: dict[str, Any]) -> None:
    """Models and plain dicts, mixed at any depth, make the same request, and none of them is changed."""
    before, network = copy.deepcopy(arguments), seam()
    world.complete(network.client(), **arguments)
    assert with_sorted_keys(network.sent) == with_sorted_keys(PLAIN)
    assert arguments == before


@each_world
def test_plain_dicts_go_out_as_they_are(world: World) -> None:
    """A message whose role, fields and values the contract does not know is sent as it was given."""
    messages = [{"role": "robot", "content": [{"type": "smell", "strength": 1.5}], "prefix": None, "ü": "é"}]
    network = seam()
    world.complete(network.client(), messages=messages, agent_id="ag_1")
    assert json.dumps(network.sent["messages"]) == json.dumps(messages)


@each_world
def test_none_is_null_where_the_contract_allows_it(world: World) -> None:
    """None is sent as null for a field that may be null, and left out for a field that may not."""
    network = seam()
    world.complete(network.client(), **ASK, max_tokens=None, tools=None, stop=None, parallel_tool_calls=None)
    assert network.sent == {**ASK, "max_tokens": None, "tools": None, "stop": None}


@each_world
def test_extra_body_wins(world: World) -> None:
    """Fields of `extra_body`, which may be models, are added to the request and replace arguments of the same name."""
    extra = {"max_tokens": 9, "future": {"part": TextChunk(text="x")}, "agent_id": "ag_2"}
    before, network = copy.deepcopy(extra), seam()
    world.complete(network.client(), **ASK, max_tokens=5, extra_body=MappingProxyType(extra))
    future = {"part": {"type": "text", "text": "x"}}
    assert network.sent == {**ASK, "max_tokens": 9, "future": future, "agent_id": "ag_2"}
    assert extra == before


@each_world
def test_headers_of_a_call_win(world: World) -> None:
    """A header given with a call replaces the client's header of that name, in any case, and is sent once."""
    given = {"AUTHORIZATION": "Bearer other", "User-Agent": "mine/1", "X-Trace": "a\tb"}
    network = seam()
    world.complete(network.client(), **ASK, http_headers=MappingProxyType(given))
    found = {name: network.requests[0].headers.get_list(name) for name in given}
    assert found == {name: [value] for name, value in given.items()}


@each_world
@pytest.mark.parametrize("per_call", [False, True])
@pytest.mark.parametrize(
    ("server_url", "expected"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        ("https://api.example.com/v1", "https://api.example.com"),
        ("https://api.example.com/v1/", "https://api.example.com"),
        ("https://api.example.com:8443/gate/way", "https://api.example.com:8443/gate/way"),
        ("https://api.example.com/gate/v1/", "https://api.example.com/gate"),
        ("https://api.example.com/gatev1", "https://api.example.com/gatev1"),
        ("https://api.example.com/a%20b", "https://api.example.com/a%20b"),
        ("HTTPS://API.example.com", "https://api.example.com"),
        ("https://münchen.example", "https://xn--mnchen-3ya.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.1.2.3", "http://127.1.2.3"),
        ("http://[::1]:8000/v1", "http://[::1]:8000"),
    ],
)
def test_server_url(world: World, server_url: str, expected: str, *, per_call: bool) -> None:
    """The contract's path is added to the address, which may end in `/v1` or a slash."""
    network = seam()
    place = {"server_url": server_url}
    client = network.client(**({} if per_call else place))
    world.complete(client, **ASK, **(place if per_call else {}))
    assert str(network.requests[0].url) == f"{expected}/v1/agents/completions"


@each_world
def test_other_hosts_over_plain_http_when_allowed(world: World) -> None:
    """`allow_insecure_http` lets the key go over plain http, to the client's address and to that of a call."""
    network = seam()
    client = network.client(server_url="http://10.1.1.1", allow_insecure_http=True)
    world.complete(client, **ASK)
    world.complete(client, **ASK, server_url="http://inside.example")
    assert [request.url.host for request in network.requests] == ["10.1.1.1", "inside.example"]


@each_world
@pytest.mark.parametrize(
    ("client_limit", "call_limit", "connect", "read"),
    [(None, None, 10, 300), (2_500, None, 2.5, 2.5), (2_500, 60_000, 10, 60), (None, 500, 0.5, 0.5)],
)
def test_timeout_ms(
    world: World, client_limit: float | None, call_limit: float | None, connect: float, read: float
) -> None:
    """A call's limit wins over the client's, which wins over the default of 5 minutes; connecting gets 10 s at most."""
    network = seam()
    client = network.client(**({} if client_limit is None else {"timeout_ms": client_limit}))
    world.complete(client, **ASK, timeout_ms=call_limit)
    expected = {"connect": connect, "read": read, "write": read, "pool": read}
    assert network.requests[0].extensions["timeout"] == expected


@each_world
def test_the_key_from_the_environment(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `api_key`, the key comes from MISTRAL_API_KEY."""
    monkeypatch.setenv("MISTRAL_API_KEY", "from-outside")
    network = seam()
    world.complete(network.client(api_key=None), **ASK)
    assert network.requests[0].headers["authorization"] == "Bearer from-outside"


@each_world
def test_the_key_from_a_callable(world: World) -> None:
    """A callable returns the key anew for every call, so that keys can change."""
    numbers = itertools.count(1)
    network = seam()
    client = network.client(api_key=lambda: f"key-{next(numbers)}")
    world.complete(client, **ASK)
    world.complete(client, **ASK)
    assert [request.headers["authorization"] for request in network.requests] == ["Bearer key-1", "Bearer key-2"]


@each_world
def test_text_that_utf8_cannot_hold(world: World) -> None:
    """A lone surrogate (half of a cut emoji) is sent as a JSON escape; all other text is sent as UTF-8."""
    network = seam()
    text = "é \ud83d \U0001f600 \u2028"
    world.complete(network.client(), messages=[UserMessage(content=text)], agent_id="ag_1")
    assert b"\\ud83d" in network.requests[0].content
    assert network.sent["messages"] == [{"role": "user", "content": text}]


@each_world
@pytest.mark.parametrize(
    "content_type", [None, "", "application/json; charset=utf-8", "Application/JSON", "application/vnd.x+json"]
)
def test_media_types_of_an_answer(world: World, content_type: str | None) -> None:
    """An answer is read as JSON if its content type says JSON, in any spelling, or if it has no content type."""
    network = seam(answer(content_type=content_type))
    assert world.complete(network.client(), **ASK).to_dict() == ANSWER


@each_world
def test_details_of_an_answer(world: World) -> None:
    """`response_of` gives an answer's status, headers, request id and the number of attempts."""
    answered = world.complete(seam(answer(X_Request_Id="r-1", x_other="2")).client(), **ASK)
    details = response_of(answered)
    assert (answered.to_dict(), details.status_code, details.attempts) == (ANSWER, 200, 1)
    assert (details.request_id, details.headers["X-Other"]) == ("r-1", "2")


def test_request_id_under_its_other_name() -> None:
    """The request id is also read from the header `mistral-correlation-id`; without either header it is None."""
    network = seam(answer(mistral_correlation_id="c-1"), answer())
    found = [response_of(WORLDS[0].complete(network.client(), **ASK)).request_id for _ in range(2)]
    assert found == ["c-1", None]
