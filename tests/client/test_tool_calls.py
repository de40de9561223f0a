"""Calls of tools: functions get their arguments, and the agent gets results, errors and messages about mistakes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle
from typing import Annotated, Any

import anyio.lowlevel
import pytest
from pydantic import AfterValidator

from client.tool_calls import (
    DONE,
    Place,
    Unit,
    calls,
    distance,
    forecast,
    get_weather,
    result_for_the_agent,
    sent_after_the_question,
)
from completion_payloads import ASK
from mistral_agents import errors
from mistral_agents.testing import completion, tool_call
from seam import answer, seam
from worlds import WORLDS, World, each_world


@dataclasses.dataclass
class Sky:
    """What the sky looks like."""

    clouds: int
    seen: dt.date


@each_world
@pytest.mark.parametrize(
    ("function", "arguments", "content"),
    [
        (get_weather, '{"city": "Lyon"}', "21 °C in Lyon"),
        (get_weather, {"city": "Lyon", "unit": "F"}, "21 °F in Lyon"),
        (
            distance,
            {"start": {"city": "Lyon"}, "goal": {"city": "Bern", "country": "CH"}, "on": "2026-07-14"},
            '{"from":"Lyon","to":["Bern","CH"],"on":"2026-07-14"}',
        ),
        (distance, '{"start": {"city": "A"}, "goal": {"city": "B"}}', '{"from":"A","to":["B","FR"],"on":null}'),
    ],
)
def test_arguments(world: World, function: Any, arguments: Any, content: str) -> None:
    """A function gets arguments of the types in its annotations, from JSON text or an object, and its defaults."""
    plain = completion(tool_call(function.__name__, "{}"))
    plain["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"] = arguments
    network = seam(answer(plain), DONE)
    world.run_tools(network.client(), **ASK, tools=[function])
    assert sent_after_the_question(network, 1)[1]["content"] == content


@pytest.mark.parametrize("arguments", ["{}", "", {}, None, "null", " "], ids=repr)
def test_no_arguments(arguments: Any) -> None:
    """A function without parameters is called for every form of empty arguments."""

    def now() -> str:
        return "noon"

    plain = completion(tool_call("now"))
    plain["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"] = arguments
    network = seam(answer(plain), DONE)
    WORLDS[0].run_tools(network.client(), **ASK, tools=[now])
    assert sent_after_the_question(network, 1)[1]["content"] == "noon"


@each_world
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ('{"town": "Lyon"}', "city: Missing required argument; town: Unexpected keyword argument."),
        ('{"city": "Lyon", "unit": "K"}', "unit: Input should be 'C' or 'F'."),
        ('{"city": 5}', "city: Input should be a valid string."),
        ('["Lyon"]', "expected an object, got a list."),
        ("Lyon", "Invalid JSON: expected value at line 1 column 1."),
        ('{"city": "Ly', "Invalid JSON: EOF while parsing a string at line 1 column 12."),
    ],
)
def test_arguments_that_do_not_fit(world: World, arguments: str, reason: str) -> None:
    """If arguments do not fit, the function is not called; the agent gets the reason, and may try again."""
    network = seam(calls(tool_call("get_weather", arguments)), calls(tool_call("get_weather", {"city": "Lyon"})), DONE)
    world.run_tools(network.client(), **ASK, tools=[get_weather])
    contents = [each["content"] for each in sent_after_the_question(network, 2) if each["role"] == "tool"]
    assert contents == [f"The arguments do not fit: {reason}", "21 °C in Lyon"]


@pytest.mark.parametrize(
    ("result", "content"),
    [
        ('as it is: é "', 'as it is: é "'),
        ("", ""),
        (None, "null"),
        (21.5, "21.5"),
        ({"é": [True]}, '{"é":[true]}'),
        (Unit.CELSIUS, "C"),
        (Place(city="Lyon"), '{"city":"Lyon","country":"FR"}'),
        ([Sky(3, dt.date(2026, 7, 14))], '[{"clouds":3,"seen":"2026-07-14"}]'),
    ],
    ids=repr,
)
def test_results(result: object, content: str) -> None:
    """A result that is a text is sent unchanged, any other result as JSON."""

    def give() -> Any:
        return result

    assert result_for_the_agent(WORLDS[0], give, "{}") == content


@each_world
def test_results_that_cannot_be_json(world: World) -> None:
    """A result that cannot be written as JSON raises an error with the function's name."""

    def give() -> Any:
        return object()

    with pytest.raises(errors.InvalidArgumentError, match=r"give\(\) must return data that JSON can hold.*object"):
        result_for_the_agent(world, give, "{}")


@each_world
@pytest.mark.parametrize("kind", [ValueError, KeyError, OSError, RecursionError, errors.InvalidArgumentError])
def test_a_function_that_raises(world: World, kind: type[Exception]) -> None:
    """An error in a function is the cause of a ToolError, which has the conversation; a new run can continue it."""
    raised, weathers = kind("no weather today"), [tool_call("get_weather", {"city": city}) for city in ("Lyon", "Nice")]
    before = dict(vars(raised))

    def fail() -> None:
        raise raised

    network = seam(calls(weathers[0], tool_call("fail", "{}"), weathers[1]), DONE)
    with pytest.raises(errors.ToolError, match=rf"fail\(\) raised {kind.__name__}: .*no weather today") as caught:
        world.run_tools(network.client(), **ASK, tools=[get_weather, fail])
    assert (caught.value.__cause__ is raised, vars(raised)) == (True, before)
    messages = pickle.loads(pickle.dumps(caught.value)).messages  # noqa: S301  # made here
    assert [message["role"] for message in messages] == ["user", "assistant", "tool", "tool", "tool"]
    last = "The call was not made." if world.backend is None else "21 °C in Nice"
    assert [message["content"] for message in messages[2:]] == ["21 °C in Lyon", "The call failed.", last]
    run = world.run_tools(network.client(), agent_id="ag_1", messages=messages, tools=[get_weather, fail])
    assert run.messages[:-1] == messages


def never(value: object) -> object:
    """Raise an error that pydantic does not expect from a validator."""
    raise KeyError(f"no {value!r} today")


def check(value: Annotated[int, AfterValidator(never)]) -> str:
    """Have a parameter that cannot be read."""
    return str(value)


@each_world
def test_a_validator_that_raises(world: World) -> None:
    """An error in a user's validator is the cause of a ToolError, which has the conversation."""
    network = seam(calls(tool_call("check", {"value": 1}), tool_call("get_weather", {"city": "Lyon"})), DONE)
    with pytest.raises(errors.ToolError, match=r"check\(\): its arguments .* KeyError: .*no 1 today") as caught:
        world.run_tools(network.client(), **ASK, tools=[check, get_weather])
    assert isinstance(caught.value.__cause__, KeyError)
    assert [message["role"] for message in caught.value.messages or ()] == ["user", "assistant", "tool", "tool"]


@pytest.mark.parametrize("world", WORLDS[1:], ids=str)
def test_calls_of_one_answer_run_at_the_same_time(world: World) -> None:
    """Calls of async functions in one answer run at the same time; their results keep the order of the calls."""
    waiting: list[str] = []

    async def meet(name: str) -> str:
        waiting.append(name)
        while len(waiting) < 2:  # calls that ran one after another would wait for ever
            await anyio.lowlevel.checkpoint()
        return name

    network = seam(calls(tool_call("meet", {"name": "a"}), tool_call("meet", {"name": "b"})), DONE)
    world.run_tools(network.client(), **ASK, tools=[meet])
    assert [each["content"] for each in sent_after_the_question(network, 1)[1:]] == ["a", "b"]


@each_world
def test_a_tool_that_does_not_exist(world: World) -> None:
    """An agent that calls an unknown tool gets a message that says so and lists the tools; the run goes on."""
    network = seam(
        calls(tool_call("get_whether", {"city": "Lyon"})), calls(tool_call("get_weather", {"city": "A"})), DONE
    )
    world.run_tools(network.client(), **ASK, tools=[get_weather, distance])
    contents = [each["content"] for each in sent_after_the_question(network, 2) if each["role"] == "tool"]
    assert contents == ["There is no tool 'get_whether'. There are: get_weather, distance.", "21 °C in A"]


@each_world
@pytest.mark.parametrize(
    "arguments", ['{"city": "Ly', "Lyon", "[" * 5_000, "NaN", '["Lyon"]'], ids=lambda text: text[:9]
)
def test_invalid_arguments_are_not_sent_back(world: World, arguments: str) -> None:
    """Arguments that are not a JSON object go back to the service as `{}`, since it would refuse them."""
    network = seam(calls(tool_call("get_weather", arguments)), DONE)
    world.run_tools(network.client(), **ASK, tools=[get_weather])
    said, told_why = sent_after_the_question(network, 1)
    assert said["tool_calls"][0]["function"] == {"name": "get_weather", "arguments": "{}"}
    assert told_why["content"].startswith("The arguments do not fit: ")


@pytest.mark.parametrize("world", WORLDS[1:], ids=str)
def test_async_functions(world: World) -> None:
    """An async run calls blocking functions, and calls and awaits async functions."""
    wanted = (tool_call("forecast", {"city": "Lyon", "days": 3}), tool_call("get_weather", {"city": "Lyon"}))
    network = seam(calls(*wanted), DONE)
    world.run_tools(network.client(), **ASK, tools=[forecast, get_weather])
    contents = [each["content"] for each in sent_after_the_question(network, 1)[1:]]
    assert contents == ["3 fine days in Lyon", "21 °C in Lyon"]


def test_async_functions_need_an_async_run() -> None:
    """A blocking run refuses an async function by its name, and sends nothing."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match=r"forecast\(\) is async: call run_tools_async\(\)"):
        WORLDS[0].run_tools(network.client(), **ASK, tools=[get_weather, forecast])
    assert network.requests == []
