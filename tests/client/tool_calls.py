"""Functions for agents to call, and answers that call them."""

from __future__ import annotations

import datetime as dt
import enum
import json
from typing import Annotated, Any

import pydantic
from tools.stress.answers import Answer

from completion_payloads import ASK
from mistral_agents.testing import completion, tool_call
from seam import Seam, answer, seam
from worlds import World

QUESTION: list[Any] = ASK["messages"]
DONE = answer(completion("It is fine."))


class Unit(enum.StrEnum):
    """A scale."""

    CELSIUS = "C"
    FAHRENHEIT = "F"


def get_weather(city: Annotated[str, pydantic.Field(description="Name of the city")], unit: Unit = Unit.CELSIUS) -> str:
    """Return the weather in a city.

    It is always fine.
    """
    return f"21 °{unit.value} in {city}"


async def forecast(city: str, days: int = 1) -> str:
    """Return the weather of the next days."""
    return f"{days} fine days in {city}"


def calls(*wanted: Any) -> Answer:
    """Make an answer that calls these tools."""
    return answer(completion(*wanted))


def sent_after_the_question(network: Seam, request: int) -> list[Any]:
    """Return the messages of a request after the question; check that it begins with the question."""
    sent: list[Any] = json.loads(network.requests[request].content)["messages"]
    assert sent[: len(QUESTION)] == QUESTION
    return sent[len(QUESTION) :]


class Place(pydantic.BaseModel):
    """A city in a country."""

    city: str
    country: str = "FR"


def distance(start: Place, goal: Place, *, on: dt.date | None = None) -> dict[str, Any]:
    """Return how far it is."""
    return {"from": start.city, "to": [goal.city, goal.country], "on": on}


def result_for_the_agent(world: World, function: Any, arguments: Any) -> str:
    """Return the text that an agent gets back when it calls a function with these arguments."""
    network = seam(calls(tool_call(function.__name__, arguments)), DONE)
    world.run_tools(network.client(), **ASK, tools=[function])
    _, result = sent_after_the_question(network, 1)
    content: str = result["content"]
    return content
