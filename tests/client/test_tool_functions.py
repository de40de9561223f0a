"""Functions as tools: what an agent gets to know of them, what they get from it, and what it gets back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import pickle
from typing import Any, Literal

import anyio.lowlevel
import pydantic
import pytest

from clients import ASK, WORLDS, Seam, World, answer, each_world, seam
from mistral_agents import errors
from mistral_agents.models import FunctionTool
from mistral_agents.testing import completion, tool_call
from mistral_agents.tools import function_tool
from tool_calls import DONE, Unit, calls, forecast, get_weather, sent_after_the_question


class Place(pydantic.BaseModel):
    """Where something is."""

    city: str
    country: str = "FR"


@dataclasses.dataclass
class Sky:
    """What is above."""

    clouds: int
    seen: dt.date


def distance(start: Place, goal: Place, *, on: dt.date | None = None) -> dict[str, Any]:
    """Return how far it is."""
    return {"from": start.city, "to": [goal.city, goal.country], "on": on}


def told(world: World, function: Any, arguments: Any) -> str:
    """Return what an agent is told when it calls a function with these arguments."""
    network = seam(calls(tool_call(function.__name__, arguments)), DONE)
    world.run_tools(network.client(), **ASK, tools=[function])
    _, result = sent_after_the_question(network, 1)
    content: str = result["content"]
    return content


def test_a_function_as_a_tool() -> None:
    """A tool has the function's name, its docstring, and the schema of its parameters with their descriptions."""
    tool = function_tool(get_weather)
    assert isinstance(tool, FunctionTool)
    assert tool.to_dict() == {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": "Return the weather in a city.\n\nIt is always fine.",
            "parameters": {
                "$defs": {"Unit": {"description": "A scale.", "enum": ["C", "F"], "title": "Unit", "type": "string"}},
                "type": "object",
                "properties": {
                    "city": {"type": "string", "title": "City", "description": "Name of the city"},
                    "unit": {"$ref": "#/$defs/Unit", "default": "C"},
                },
                "required": ["city"],
                "additionalProperties": False,
            },
        },
    }


def test_names_of_parameters_are_free() -> None:
    """A parameter may be called like an attribute of pydantic's models; without a docstring there is no description."""

    def odd(schema: int, _model: Literal["a", "b"] = "a", json: list[int] | None = None) -> Any:
        return schema, _model, json

    function = function_tool(odd).to_dict()["function"]
    assert list(function["parameters"]["properties"]) == ["schema", "_model", "json"]
    assert (function["parameters"]["required"], "description" in function) == (["schema"], False)


class Almanac:
    """What has functions of its own."""

    def bound(self, days: int) -> int:
        """Give back."""
        return days

    @classmethod
    def of_class(cls, days: int) -> int:
        """Give back."""
        return days

    @staticmethod
    def static(days: int) -> int:
        """Give back."""
        return days


@functools.wraps(Almanac.static)
def wrapped(*unnamed: Any, **named: Any) -> int:
    """Give back what another does."""
    return Almanac.static(*unnamed, **named)


@functools.cache
def cached(days: int) -> int:
    """Give back."""
    return days


@pytest.mark.parametrize("function", [Almanac().bound, Almanac.of_class, Almanac.static, wrapped, cached])
def test_methods_and_wrapped_functions(function: Any) -> None:
    """A method has no parameter for its instance or class, and what wraps a function has the parameters of that."""
    parameters = function_tool(function).to_dict()["function"]["parameters"]
    assert parameters["properties"] == {"days": {"title": "Days", "type": "integer"}}
    assert told(WORLDS[0], function, {"days": 2}) == "2"


def no_annotation(city) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # it is refused
    """Say nothing of what it takes."""


def by_position(city: str, /) -> None:
    """Have a parameter without a name."""


def all_by_position(*city: str) -> None:
    """Have as many."""


def all_by_name(**city: str) -> None:
    """Have any name."""


def unknown_annotation(city: Nowhere) -> None:  # type: ignore[name-defined]  # noqa: F821  # it is refused
    """Name what there is not."""


def no_schema(city: Seam) -> None:
    """Take what JSON cannot say."""


@each_world
@pytest.mark.parametrize(
    ("function", "named"),
    [
        *((each, "'city'") for each in (no_annotation, by_position, all_by_position, all_by_name)),
        (unknown_annotation, "Nowhere"),
        (no_schema, "Seam"),
    ],
)
def test_functions_that_are_refused(world: World, function: Any, named: str) -> None:
    """A function whose parameters no agent could be told is refused with its name and theirs; nothing is sent."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError) as caught:
        world.run_tools(network.client(), **ASK, tools=[function])
    with pytest.raises(errors.InvalidArgumentError) as same:
        function_tool(function)
    assert str(caught.value) == str(same.value)
    assert (f"{function.__name__}()" in str(caught.value), named in str(caught.value)) == (True, True)
    assert network.requests == []


@each_world
@pytest.mark.parametrize("tool", [Place, len, print], ids=["class", "len", "print"])
def test_what_is_no_function_is_refused(world: World, tool: Any) -> None:
    """What can be called and is no function written in Python is refused."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match="expected a Python function, a model or a dict"):
        world.run_tools(network.client(), **ASK, tools=[tool])
    assert network.requests == []


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
    """A function gets its arguments as its annotations have them, from JSON text or an object, with its defaults."""
    plain = completion(tool_call(function.__name__, "{}"))
    plain["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"] = arguments
    network = seam(answer(plain), DONE)
    world.run_tools(network.client(), **ASK, tools=[function])
    assert sent_after_the_question(network, 1)[1]["content"] == content


@pytest.mark.parametrize("arguments", ["{}", "", {}, None, "null", " "], ids=repr)
def test_no_arguments(arguments: Any) -> None:
    """A function without parameters is called by whatever stands for no arguments."""

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
    """The agent is told why its arguments do not fit, and may try again; the function is not called."""
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
    """A result that is a text goes out as it is, any other as JSON."""

    def give() -> Any:
        return result

    assert told(WORLDS[0], give, "{}") == content


@each_world
def test_results_that_cannot_be_json(world: World) -> None:
    """A result that JSON cannot hold is an error with the function's name."""

    def give() -> Any:
        return object()

    with pytest.raises(errors.InvalidArgumentError, match=r"give\(\) must return data that JSON can hold.*object"):
        told(world, give, "{}")


@each_world
@pytest.mark.parametrize("kind", [ValueError, KeyError, OSError, RecursionError, errors.InvalidArgumentError])
def test_a_function_that_raises(world: World, kind: type[Exception]) -> None:
    """What a function raises is the cause of a ToolError, which has the conversation; a run can go on from it."""
    raised, weathers = kind("no weather today"), [tool_call("get_weather", {"city": city}) for city in ("Lyon", "Nice")]
    before = dict(vars(raised))

    def fail() -> None:
        raise raised

    network = seam(calls(weathers[0], tool_call("fail", "{}"), weathers[1]), DONE)
    with pytest.raises(errors.ToolError, match=rf"fail\(\) raised {kind.__name__}: .*no weather today") as caught:
        world.run_tools(network.client(), **ASK, tools=[get_weather, fail])
    assert (caught.value.__cause__ is raised, vars(raised)) == (True, before)
    messages = pickle.loads(pickle.dumps(caught.value)).messages  # noqa: S301  # our own
    assert [message["role"] for message in messages] == ["user", "assistant", "tool", "tool", "tool"]
    last = "The call was not made." if world.backend is None else "21 °C in Nice"
    assert [message["content"] for message in messages[2:]] == ["21 °C in Lyon", "The call failed.", last]
    run = world.run_tools(network.client(), agent_id="ag_1", messages=messages, tools=[get_weather, fail])
    assert run.messages[:-1] == messages


class Weather:
    """Knows of one place, and can be called."""

    def __init__(self, country: str) -> None:
        self.country = country

    def __call__(self, city: str, days: int = 1) -> str:
        """Get the weather."""
        return f"{days} days in {city}, {self.country}"


class AsyncWeather(Weather):
    """The same, to be awaited."""

    async def __call__(self, city: str, days: int = 1) -> str:  # type: ignore[override]  # it is another kind
        """Get the weather."""
        return super().__call__(city, days)


@pytest.mark.parametrize(
    ("function", "name", "parameters", "content"),
    [
        (Weather("FR"), "Weather", ["city", "days"], "1 days in Lyon, FR"),
        (functools.partial(get_weather, unit=Unit("F")), "get_weather", ["city"], "21 °F in Lyon"),
        (functools.partial(Weather("CH"), days=2), "Weather", ["city"], "2 days in Lyon, CH"),
        (functools.partial(functools.partial(get_weather), unit=Unit("F")), "get_weather", ["city"], "21 °F in Lyon"),
        (functools.partial(distance, Place(city="A")), "distance", ["goal", "on"], None),
    ],
    ids=["object", "partial", "partial of an object", "partial of a partial", "partial by position"],
)
def test_what_can_be_called(function: Any, name: str, parameters: list[str], content: str | None) -> None:
    """Objects that can be called, and functools.partial, are tools; the agent is not told what was given before."""
    tool = function_tool(function).to_dict()["function"]
    assert (tool["name"], list(tool["parameters"]["properties"])) == (name, parameters)
    if content is not None:
        network = seam(calls(tool_call(name, {"city": "Lyon"})), DONE)
        WORLDS[0].run_tools(network.client(), **ASK, tools=[function])
        assert sent_after_the_question(network, 1)[1]["content"] == content


def test_an_asynchronous_object_needs_an_asynchronous_run() -> None:
    """An object whose call is to be awaited is refused by a blocking run, and works in any other."""
    for tool in (AsyncWeather("FR"), functools.partial(AsyncWeather("FR"), days=1)):
        with pytest.raises(errors.InvalidArgumentError, match=r"AsyncWeather\(\) is async"):
            WORLDS[0].run_tools(seam().client(), **ASK, tools=[tool])
        network = seam(calls(tool_call("AsyncWeather", {"city": "Lyon"})), DONE)
        WORLDS[1].run_tools(network.client(), **ASK, tools=[tool])
        assert sent_after_the_question(network, 1)[1]["content"] == "1 days in Lyon, FR"


def größe(city: str) -> str:  # noqa: PLC2401  # that is the test
    """Have a name that the service refuses."""
    return city


def long_name(city: str) -> str:
    """Have a long name."""
    return city


long_name.__name__ = "a" * 65


@each_world
@pytest.mark.parametrize("function", [größe, long_name, lambda: "noon"], ids=["umlaut", "long", "lambda"])
def test_names_that_the_service_would_refuse(world: World, function: Any) -> None:
    """A name that the service does not take is refused before anything is sent; the message says what it takes."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match=r"1 to 64 letters \(A to Z, a to z\), digits, _ or -"):
        world.run_tools(network.client(), **ASK, tools=[function])
    assert network.requests == []


@pytest.mark.parametrize("world", WORLDS[1:], ids=str)
def test_calls_of_one_answer_are_made_together(world: World) -> None:
    """In an asynchronous run the calls of one answer run at the same time; their results keep the order."""
    waiting: list[str] = []

    async def meet(name: str) -> str:
        waiting.append(name)
        while len(waiting) < 2:  # one after another, they would wait for ever
            await anyio.lowlevel.checkpoint()
        return name

    network = seam(calls(tool_call("meet", {"name": "a"}), tool_call("meet", {"name": "b"})), DONE)
    world.run_tools(network.client(), **ASK, tools=[meet])
    assert [each["content"] for each in sent_after_the_question(network, 1)[1:]] == ["a", "b"]


@each_world
def test_a_tool_that_nobody_offered(world: World) -> None:
    """An agent that calls what there is not is told so, and what there is; the run goes on."""
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
def test_what_goes_back_is_json(world: World, arguments: str) -> None:
    """Arguments that are not a JSON object are not sent back, since the service would refuse them."""
    network = seam(calls(tool_call("get_weather", arguments)), DONE)
    world.run_tools(network.client(), **ASK, tools=[get_weather])
    said, told_why = sent_after_the_question(network, 1)
    assert said["tool_calls"][0]["function"] == {"name": "get_weather", "arguments": "{}"}
    assert told_why["content"].startswith("The arguments do not fit: ")


@pytest.mark.parametrize("world", WORLDS[1:], ids=str)
def test_asynchronous_functions(world: World) -> None:
    """In asynchronous runs functions of both kinds are called, and what is to be awaited is awaited."""
    wanted = (tool_call("forecast", {"city": "Lyon", "days": 3}), tool_call("get_weather", {"city": "Lyon"}))
    network = seam(calls(*wanted), DONE)
    world.run_tools(network.client(), **ASK, tools=[forecast, get_weather])
    contents = [each["content"] for each in sent_after_the_question(network, 1)[1:]]
    assert contents == ["3 fine days in Lyon", "21 °C in Lyon"]


def test_asynchronous_functions_need_an_asynchronous_run() -> None:
    """A blocking run refuses an asynchronous function by its name, before anything is sent."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match=r"forecast\(\) is async: call run_tools_async\(\)"):
        WORLDS[0].run_tools(network.client(), **ASK, tools=[get_weather, forecast])
    assert network.requests == []
