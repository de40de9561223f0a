"""Playing scenarios: what a caller sees, in any world, when a server does what a scenario says."""

from __future__ import annotations

import contextlib
import functools
import itertools
import ssl
import time
from collections import Counter
from typing import Any

from attrs import field, frozen

from client_settings import KEY
from completion_payloads import ASK, texts
from fault_scenarios import Scenario
from mistral_agents import Mistral
from mistral_agents._clock import Clock
from mistral_agents.errors import MistralError, SDKError
from mistral_agents.models import ConversationResponse
from mistral_agents.testing import StubServer, in_turn, json_reply, unused_address
from mistral_agents.testing.openapi.contract import PATH
from retry_scenarios import NOW, STATUSES
from worlds import World

TALK: dict[str, Any] = {"model": "m", "inputs": "Hello"}
OF_THE_CLIENT = {"max_answer_bytes", "max_event_bytes"}
USUAL_WAITS = (0.25, 0.5)
"""The default waits, in seconds: half of their upper bounds, because the jitter of the clock below is always 0.5."""
# One context for all clients: reading the system's certificates takes longer than most scenarios.
TLS = ssl.create_default_context()


class SkippingClock(Clock):
    """Real time, except that a wait takes no time but moves the clock. The first date and the jitter are fixed."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return super().monotonic() + sum(self.waits)

    def time(self) -> float:
        return NOW + sum(self.waits)

    def jitter(self) -> float:
        return 0.5

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def sleep_async(self, seconds: float) -> None:
        self.waits.append(seconds)


@frozen
class Seen:
    """What the caller and the server saw of one call."""

    texts: tuple[str, ...]
    """The texts of the events, or of the one answer."""
    error: type[MistralError] | None
    status: int | None
    """The error's status."""
    partial: str | None
    """The text of the error's `partial`."""
    requests: int
    attempts: int
    """The error's number of attempts; without an error, the number of requests."""
    waits: tuple[float, ...]
    """The waits between attempts, in seconds."""
    message: str = field(eq=False, default="")
    seconds: float = field(eq=False, default=0)
    """How long the call took."""


def expected(scenario: Scenario) -> Seen:
    """Return what a scenario should show; texts before an error are also in its `partial`."""
    texts = tuple(scenario.gives)
    partial = "".join(texts) if scenario.error is not None and texts else None
    requests = scenario.requests if scenario.replies else 0
    waits = USUAL_WAITS[: scenario.requests - 1] if scenario.waits is None else scenario.waits
    return Seen(texts, scenario.error, scenario.status, partial, requests, scenario.requests, waits)


def first_text(answer: Any) -> str:
    """Return the text of an answer's first choice, or of its first entry."""
    if isinstance(answer, ConversationResponse):
        return str(answer.outputs[0]["content"]) if answer.outputs else ""
    message = answer.choices[0].message
    return str(message.content) if message else ""


def call(scenario: Scenario, client: Mistral, world: World) -> tuple[list[str], MistralError | None]:
    """Make a scenario's call; return its texts and the error after them."""
    options = {name: value for name, value in scenario.options.items() if name not in OF_THE_CLIENT}
    if scenario.call == "start_stream":
        came, error = world.read_from(client, "conversations", "start_stream", {**TALK, **options})
        found = [getattr(event.data, "content", "") for event in came]
        return [text for text in found if text], error
    if scenario.call == "stream":
        events, error = world.read(client, **ASK, **options)
        return texts(events), error
    try:
        return [first_text(world.complete(client, **ASK, **options))], None
    except MistralError as error:
        return [], error


def make_client(server_url: str, **settings: Any) -> tuple[Mistral, SkippingClock]:
    """Make a client with default settings and a clock that skips waits; return both."""
    client, clock = Mistral(KEY, server_url=server_url, **settings), SkippingClock()
    client.clock, client.connections.verify_ssl = clock, TLS
    return client, clock


def observe_anew(scenario: Scenario, world: World) -> Seen:
    """Play a scenario, and return what was seen."""
    replies = [reply() if callable(reply) else reply for reply in scenario.replies] or [None]
    settings = {name: value for name, value in scenario.options.items() if name in OF_THE_CLIENT}
    with StubServer(respond=in_turn(*replies)) as stub, contextlib.ExitStack() as stack:
        client, clock = make_client(stub.url if scenario.replies else stack.enter_context(unused_address()), **settings)
        began = time.monotonic()
        came, error = call(scenario, client, world)
        seconds = time.monotonic() - began
    path = "/v1/conversations" if scenario.call == "start_stream" else PATH
    assert {(request.method, request.path) for request in stub.requests} <= {("POST", path)}
    return Seen(
        texts=tuple(came),
        error=None if error is None else type(error),
        status=error.status_code if isinstance(error, SDKError) else None,
        partial=None if error is None or error.partial is None else first_text(error.partial),
        requests=len(stub.requests),
        attempts=len(stub.requests) if error is None else error.attempts,
        waits=tuple(clock.waits),
        message=str(error or ""),
        seconds=seconds,
    )


@functools.cache  # the document shows exactly what the tests saw
def observe(scenario: Scenario, world: World) -> Seen:
    """Play a scenario once for all tests; one with a time limit gets two more chances, for the machine may be busy."""
    seen = observe_anew(scenario, world)
    for _ in range(2):
        if seen == expected(scenario) or not any(name.endswith("_ms") for name in scenario.options):
            break
        seen = observe_anew(scenario, world)
    return seen


Outcomes = dict[tuple[str, int], tuple[type[MistralError], int]]
"""The error that each kind of call raises for each status, and the number of requests."""


@functools.cache
def raised(world: World) -> Outcomes:
    """Get every error status with one client; return the error of each, and the number of requests."""
    caught: dict[tuple[str, int], SDKError] = {}
    asked = list(itertools.product(("complete", "stream"), STATUSES))
    with StubServer(respond=lambda request: json_reply({}, int(request.headers["status"]))) as stub:
        client, _ = make_client(stub.url, retry_budget=None)  # the failures would use a budget up

        async def ask() -> None:
            async with client:
                for form, status in asked:
                    try:
                        await getattr(client.agents, f"{form}_async")(**ASK, http_headers={"status": str(status)})
                    except SDKError as error:
                        caught[form, status] = error

        def ask_blocking() -> None:
            with client:
                for form, status in asked:
                    try:
                        getattr(client.agents, form)(**ASK, http_headers={"status": str(status)})
                    except SDKError as error:
                        caught[form, status] = error

        world.run(ask_blocking, ask)
    assert [error.status_code for error in caught.values()] == [status for _, status in caught]
    sent = Counter((bool(request.json.get("stream")), int(request.headers["status"])) for request in stub.requests)
    return {(form, status): (type(caught[form, status]), sent[form == "stream", status]) for form, status in caught}


def shortest(scenario: Scenario, world: World, limit: float, least: float = 0) -> float:
    """Return how many seconds a scenario takes; if fewer than `least` or more than `limit`, try again up to four times.

    On a busy machine everything takes longer. A server that drips may even pause until a limit for silence ends the
    call too early.
    """
    first = observe(scenario, world).seconds
    again = (observe_anew(scenario, world).seconds for _ in range(4))
    return next((seconds for seconds in itertools.chain([first], again) if least <= seconds <= limit), first)
