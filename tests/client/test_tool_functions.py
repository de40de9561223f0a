"""Functions as tools: which functions can be tools, and how they are described to an agent."""

from __future__ import annotations

import functools
from typing import Any, Literal

import pytest

from client.tool_calls import (
    DONE,
    Place,
    Unit,
    calls,
    distance,
    get_weather,
    result_for_the_agent,
    sent_after_the_question,
)
from completion_payloads import ASK
from mistral_agents import errors
from mistral_agents.models import FunctionTool
from mistral_agents.testing import tool_call
from mistral_agents.tools import function_tool
from seam import Seam, seam
from worlds import WORLDS, World, each_world


def test_a_function_as_a_tool() -> None:
    """A tool has the function's name and docstring, and the schema of its parameters with their descriptions."""
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
    """A parameter may have the name of an attribute of pydantic's models; a docstring is not required."""

    def odd(schema: int, _model: Literal["a", "b"] = "a", json: list[int] | None = None) -> Any:
        return schema, _model, json

    function = function_tool(odd).to_dict()["function"]
    assert list(function["parameters"]["properties"]) == ["schema", "_model", "json"]
    assert (function["parameters"]["required"], "description" in function) == (["schema"], False)


class Almanac:
    """Has methods of each kind."""

    def bound(self, days: int) -> int:
        """Return the argument."""
        return days

    @classmethod
    def of_class(cls, days: int) -> int:
        """Return the argument."""
        return days

    @staticmethod
    def static(days: int) -> int:
        """Return the argument."""
        return days


@functools.wraps(Almanac.static)
def wrapped(*unnamed: Any, **named: Any) -> int:
    """Return what another function returns."""
    return Almanac.static(*unnamed, **named)


@functools.cache
def cached(days: int) -> int:
    """Return the argument."""
    return days


@pytest.mark.parametrize("function", [Almanac().bound, Almanac.of_class, Almanac.static, wrapped, cached])
def test_methods_and_wrapped_functions(function: Any) -> None:
    """A method's `self` or `cls` is not a parameter; a wrapper has the parameters of the function that it wraps."""
    parameters = function_tool(function).to_dict()["function"]["parameters"]
    assert parameters["properties"] == {"days": {"title": "Days", "type": "integer"}}
    assert result_for_the_agent(WORLDS[0], function, {"days": 2}) == "2"


def no_annotation(city) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # it is refused
    """Have a parameter without an annotation."""


def by_position(city: str, /) -> None:
    """Have a positional-only parameter."""


def all_by_position(*city: str) -> None:
    """Take any number of positional arguments."""


def all_by_name(**city: str) -> None:
    """Take any keyword arguments."""


def unknown_annotation(city: Nowhere) -> None:  # type: ignore[name-defined]  # noqa: F821  # it is refused
    """Have an annotation that does not exist."""


def no_schema(city: Seam) -> None:
    """Have a parameter whose type has no JSON Schema."""


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
    """A function whose parameters have no schema is refused; the error names the function and the parameter."""
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
def test_other_callables_are_refused(world: World, tool: Any) -> None:
    """A class and a built-in function are refused, though they can be called."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match="expected a Python function, a model or a dict"):
        world.run_tools(network.client(), **ASK, tools=[tool])
    assert network.requests == []


class Weather:
    """A callable object that knows one country."""

    def __init__(self, country: str) -> None:
        self.country = country

    def __call__(self, city: str, days: int = 1) -> str:
        """Get the weather."""
        return f"{days} days in {city}, {self.country}"


class AsyncWeather(Weather):
    """A callable object whose call is asynchronous."""

    async def __call__(self, city: str, days: int = 1) -> str:  # type: ignore[override]  # an async method in place of a blocking one
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
def test_callable_objects_and_partials(function: Any, name: str, parameters: list[str], content: str | None) -> None:
    """Callable objects and functools.partial are tools; arguments that a partial has are not parameters of the tool."""
    tool = function_tool(function).to_dict()["function"]
    assert (tool["name"], list(tool["parameters"]["properties"])) == (name, parameters)
    if content is not None:
        network = seam(calls(tool_call(name, {"city": "Lyon"})), DONE)
        WORLDS[0].run_tools(network.client(), **ASK, tools=[function])
        assert sent_after_the_question(network, 1)[1]["content"] == content


def test_an_async_object_needs_an_async_run() -> None:
    """An object whose call is async is refused by a blocking run, and works in an async run."""
    for tool in (AsyncWeather("FR"), functools.partial(AsyncWeather("FR"), days=1)):
        with pytest.raises(errors.InvalidArgumentError, match=r"AsyncWeather\(\) is async"):
            WORLDS[0].run_tools(seam().client(), **ASK, tools=[tool])
        network = seam(calls(tool_call("AsyncWeather", {"city": "Lyon"})), DONE)
        WORLDS[1].run_tools(network.client(), **ASK, tools=[tool])
        assert sent_after_the_question(network, 1)[1]["content"] == "1 days in Lyon, FR"


def größe(city: str) -> str:  # noqa: PLC2401  # the name is what is tested
    """Have a name that the service would refuse."""
    return city


def long_name(city: str) -> str:
    """Have a name that is too long."""
    return city


long_name.__name__ = "a" * 65


@each_world
@pytest.mark.parametrize("function", [größe, long_name, lambda: "noon"], ids=["umlaut", "long", "lambda"])
def test_names_that_the_service_would_refuse(world: World, function: Any) -> None:
    """A name that the service would refuse raises an error that says which names are allowed; nothing is sent."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match=r"1 to 64 letters \(A to Z, a to z\), digits, _ or -"):
        world.run_tools(network.client(), **ASK, tools=[function])
    assert network.requests == []
