"""Functions for agents to call, and answers that call them."""

from __future__ import annotations

import enum
import json
from typing import Annotated, Any

import pydantic

from clients import ASK, Answer, Seam, answer
from mistral_agents.testing import completion

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
    """Return what comes."""
    return f"{days} fine days in {city}"


def calls(*wanted: Any) -> Answer:
    """Answer with calls of tools."""
    return answer(completion(*wanted))


def sent_after_the_question(network: Seam, request: int) -> list[Any]:
    """Return the messages that a request sent, without the question."""
    sent: list[Any] = json.loads(network.requests[request].content)["messages"]
    assert sent[: len(QUESTION)] == QUESTION
    return sent[len(QUESTION) :]
