"""The rounds of `run_tools`: what is sent in each round, and how a run ends."""

from __future__ import annotations

import copy
import json
import pickle
import sys
from typing import Any

import pytest

from client.tool_calls import DONE, QUESTION, calls, get_weather, sent_after_the_question
from completion_payloads import ASK
from mistral_agents import Mistral, errors
from mistral_agents.models import UserMessage, WebSearchTool
from mistral_agents.testing import StubServer, choices, completion, tool_call
from mistral_agents.tools import function_tool
from seam import answer, seam
from worlds import WORLDS, World, each_world

SEARCH: dict[str, Any] = {"type": "function", "function": {"name": "search", "parameters": {"type": "object"}}}


@each_world
def test_a_conversation_with_calls(world: World) -> None:
    """Until the agent answers, its calls are made; its message, with unknown fields, and the results are sent back."""
    first: Any = completion("Let me see.", tool_call("get_weather", {"city": "Lyon"})) | {"later": 1}
    first["choices"][0]["message"] |= {"mood": "curious", "prefix": False}
    first["choices"][0]["message"]["tool_calls"][0]["later"] = [2]
    second = completion(
        tool_call("get_weather", {"city": "Nice", "unit": "F"}), tool_call("get_weather", {"city": "Pau"})
    )
    network, question = seam(answer(first), answer(second), DONE), [UserMessage(content="Hello")]
    before = copy.deepcopy(question)
    run = world.run_tools(network.client(), agent_id="ag_1", messages=question, tools=[get_weather], max_tokens=9)
    requests = [json.loads(request.content) for request in network.requests]
    said = [each["choices"][0]["message"] for each in (first, second)]
    results = [
        [{"role": "tool", "tool_call_id": "call00000", "name": "get_weather", "content": "21 °C in Lyon"}],
        [
            {"role": "tool", "tool_call_id": "call00000", "name": "get_weather", "content": "21 °F in Nice"},
            {"role": "tool", "tool_call_id": "call00001", "name": "get_weather", "content": "21 °C in Pau"},
        ],
    ]
    assert [sent_after_the_question(network, place) for place in range(3)] == [
        [],
        [said[0], *results[0]],
        [said[0], *results[0], said[1], *results[1]],
    ]
    assert [{**request, "messages": None} for request in requests] == [
        {"agent_id": "ag_1", "messages": None, "tools": [function_tool(get_weather).to_dict()], "max_tokens": 9}
    ] * 3
    assert run.response.choices[0].message.content == "It is fine."
    assert run.messages == [*question, *requests[2]["messages"][1:], {"role": "assistant", "content": "It is fine."}]
    assert question == before


@each_world
def test_the_requests_keep_the_contract(world: World) -> None:
    """The stub, which checks every request, calls each function once, and then answers with their results."""

    def noon() -> int:
        return 12

    with StubServer(strict=True) as stub:
        client = Mistral(api_key="any", server_url=stub.url)
        run = world.run_tools(client, **ASK, tools=[get_weather, noon, WebSearchTool()])
    assert [message["role"] for message in stub.requests[1].json["messages"]] == ["user", "assistant", "tool", "tool"]
    assert run.response.choices[0].message.content == "The tool noon says: 12"


@each_world
def test_an_answer_without_calls(world: World) -> None:
    """If the agent calls no tool, there is one request, and the agent's answer is the last message."""
    network = seam(DONE)
    run = world.run_tools(network.client(), **ASK, tools=[get_weather])
    assert len(network.requests) == 1
    assert run.messages == [*QUESTION, {"role": "assistant", "content": "It is fine."}]


@each_world
@pytest.mark.parametrize("answered", [[], [{"index": 0}], [{"index": 0, "message": None}]], ids=str)
def test_an_answer_without_a_message(world: World, answered: list[Any]) -> None:
    """An answer without a message ends the run and adds no message."""
    run = world.run_tools(seam(answer({"choices": answered})).client(), **ASK, tools=[get_weather])
    assert (run.response.to_dict(), run.messages) == ({"choices": answered}, QUESTION)


def test_only_the_first_choice_counts() -> None:
    """If an answer has several choices, only the calls of the first choice count."""
    several = choices(completion("It is fine."), completion(tool_call("get_weather", {"city": "Lyon"})))
    network = seam(answer(several))
    run = WORLDS[0].run_tools(network.client(), **ASK, tools=[get_weather], n=2)
    assert (len(network.requests), len(run.response.choices), len(run.messages)) == (1, 2, 2)


@each_world
def test_calls_of_tools_without_a_function_end_the_run(world: World) -> None:
    """If a call's tool has no function, the run ends and none of the answer's calls is made: they are the caller's."""
    made = []

    def note(text: str) -> None:
        made.append(text)

    mixed = completion(tool_call("note", {"text": "a"}), tool_call("search", {}))
    network = seam(answer(mixed))
    run = world.run_tools(network.client(), **ASK, tools=[note, SEARCH])
    assert network.sent["tools"] == [function_tool(note).to_dict(), SEARCH]
    assert run.messages == [*QUESTION, mixed["choices"][0]["message"]]
    assert (len(network.requests), run.response.to_dict()["choices"], made) == (1, mixed["choices"], [])


@each_world
@pytest.mark.parametrize("name", ["null", "", None])
def test_calls_without_an_id_get_one(world: World, name: str | None) -> None:
    """Calls without an id get one each, so that every result belongs to its call."""
    unnamed = completion(*(tool_call("get_weather", {"city": city}) for city in ("Lyon", "Nice")))
    for call in unnamed["choices"][0]["message"]["tool_calls"]:
        call["id"] = name
        if name is None:
            del call["id"]
    network = seam(answer(unnamed), answer(unnamed), DONE)
    world.run_tools(network.client(), **ASK, tools=[get_weather])
    sent = sent_after_the_question(network, 2)
    given = [call["id"] for message in sent for call in message.get("tool_calls", ())]
    assert given == [message["tool_call_id"] for message in sent if message["role"] == "tool"]
    assert (len(set(given)), {(len(each), each.isalnum()) for each in given}) == (4, {(9, True)})


@each_world
@pytest.mark.parametrize("max_rounds", [1, 3])
def test_no_more_rounds_than_allowed(world: World, max_rounds: int) -> None:
    """If the agent still calls a tool after `max_rounds` rounds, an error is raised.

    The error has the answer with this tool call, and the conversation before this answer.
    """
    network = seam(calls(tool_call("get_weather", {"city": "Lyon"})))
    with pytest.raises(errors.ToolRoundsError, match=f"after {max_rounds} rounds") as caught:
        world.run_tools(network.client(), **ASK, tools=[get_weather], max_rounds=max_rounds)
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # made here
    assert len(network.requests) == max_rounds + 1
    assert error.messages == [*QUESTION, *sent_after_the_question(network, max_rounds)]
    assert error.partial.choices[0].message.tool_calls[0].function.name == "get_weather"
    assert (str(error), error.attempts) == (str(caught.value), 1)


@each_world
def test_a_new_run_continues_from_the_error(world: World) -> None:
    """A new run with the error's messages continues the conversation."""
    network = seam(*[calls(tool_call("get_weather", {"city": "Lyon"}))] * 3, DONE)
    with pytest.raises(errors.ToolRoundsError) as caught:
        world.run_tools(network.client(), **ASK, tools=[get_weather], max_rounds=1)
    run = world.run_tools(network.client(), agent_id="ag_1", messages=caught.value.messages, tools=[get_weather])
    assert [message["role"] for message in run.messages] == ["user", *["assistant", "tool"] * 2, "assistant"]


@each_world
def test_a_failure_keeps_the_conversation(world: World) -> None:
    """An error in a later request has the conversation with all results; in the first request, the given messages."""
    network = seam(calls(tool_call("get_weather", {"city": "Lyon"})), answer(status=401))
    with pytest.raises(errors.AuthenticationError) as caught:
        world.run_tools(network.client(), **ASK, tools=[get_weather])
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # made here
    assert error.messages == json.loads(network.requests[1].content)["messages"]
    with pytest.raises(errors.AuthenticationError) as caught:
        world.run_tools(seam(answer(status=401)).client(), **ASK, tools=[get_weather])
    assert caught.value.messages == QUESTION


@each_world
def test_tool_choice_is_sent_once(world: World) -> None:
    """Only the first request has `tool_choice`: an agent that must call a tool each time would never answer."""
    network = seam(calls(tool_call("get_weather", {"city": "Lyon"})), DONE)
    world.run_tools(network.client(), **ASK, tools=[get_weather], tool_choice="any")
    assert [json.loads(request.content).get("tool_choice") for request in network.requests] == ["any", None]


@each_world
@pytest.mark.parametrize("field", ["messages", "tools"])
def test_extra_body_may_not_replace_the_messages_or_tools(world: World, field: str) -> None:
    """`extra_body` may not replace the fields that a run sends anew in each request."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match=f"extra_body: '{field}'"):
        world.run_tools(network.client(), **ASK, tools=[get_weather], extra_body={field: []})
    assert network.requests == []


def test_ten_rounds_by_default() -> None:
    """Without `max_rounds` there are at most ten rounds."""
    network = seam(calls(tool_call("get_weather", {"city": "Lyon"})))
    with pytest.raises(errors.ToolRoundsError):
        WORLDS[0].run_tools(network.client(), **ASK, tools=[get_weather])
    assert len(network.requests) == 11


@each_world
@pytest.mark.parametrize("max_rounds", [0, -1, 1.5, True, "3", None], ids=repr)
def test_an_invalid_number_of_rounds(world: World, max_rounds: Any) -> None:
    """`max_rounds` must be an integer of at least 1."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match="max_rounds"):
        world.run_tools(network.client(), **ASK, tools=[get_weather], max_rounds=max_rounds)
    assert network.requests == []


@each_world
@pytest.mark.parametrize(
    ("tools", "reason"),
    [
        (None, "tools must be"),
        (get_weather, "tools must be"),
        ({get_weather}, "tools must be"),
        ([get_weather, SEARCH, get_weather], "two functions have the name 'get_weather'"),
        ([{"type": object()}], r"tools\[0\].type"),
    ],
    ids=range(5),
)
def test_tools_that_are_refused(world: World, tools: Any, reason: str) -> None:
    """Tools must be a sequence, have different names, and be valid JSON."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match=reason):
        world.run_tools(network.client(), **ASK, tools=tools)
    assert network.requests == []


@each_world
def test_other_arguments_are_checked(world: World) -> None:
    """`tools` is required; invalid messages, unknown keywords and `stream` are refused, as `complete` does."""
    client = seam().client()
    with pytest.raises(TypeError, match=r"run_tools.*'tools'"):
        world.run_tools(client, **ASK)
    with pytest.raises(TypeError, match="max_token"):
        world.run_tools(client, **ASK, tools=[get_weather], max_token=5)
    with pytest.raises(errors.InvalidArgumentError, match="messages"):
        world.run_tools(client, agent_id="ag_1", messages="Hello", tools=[get_weather])
    with pytest.raises(errors.InvalidArgumentError, match="stream"):
        world.run_tools(client, **ASK, tools=[get_weather], stream=True)


@each_world
def test_without_pydantic(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pydantic, a function is refused with a message that says what to install; other tools are sent."""
    monkeypatch.setitem(sys.modules, "pydantic", None)
    network = seam(DONE)
    with pytest.raises(errors.InvalidArgumentError, match="pip install pydantic"):
        world.run_tools(network.client(), **ASK, tools=[get_weather])
    assert network.requests == []
    world.run_tools(network.client(), **ASK, tools=[SEARCH])
    assert network.sent["tools"] == [SEARCH]


@each_world
def test_errors_of_the_service(world: World) -> None:
    """An error status in any round raises the same error as in `complete`."""
    network = seam(calls(tool_call("get_weather", {"city": "Lyon"})), answer({"detail": "No such agent"}, 404))
    with pytest.raises(errors.NotFoundError):
        world.run_tools(network.client(), **ASK, tools=[get_weather])
    assert len(network.requests) == 2
