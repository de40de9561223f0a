"""No operation runs twice unless that is harmless: every operation of the contract, with every outcome."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from call.retry_outcomes import OUTCOMES, Outcome, requests_of
from call.written_parts import check_written_part
from client_settings import KEY
from completion_payloads import ANSWER, ASK, WHOLE_STREAM, sse
from mistral_agents import Mistral, RetryConfig, errors
from mistral_agents.observe import CallEvent
from operations import Case, cases
from seam import answer, seam, stream
from virtual_network import VirtualClock
from worlds import World, each_world

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "retries.md"
MARKERS = "<!-- what the tests saw: begin -->", "<!-- what the tests saw: end -->"
CASES = cases()


def affected(outcome: Outcome) -> list[Case]:
    """Return the calls that can have this outcome."""
    if outcome.streamed is None:
        return CASES
    return [case for case in CASES if case.streamed is outcome.streamed and (case.streamed or case.operation.answer)]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.words)
@each_world
def test_how_often_each_operation_is_sent(world: World, outcome: Outcome) -> None:
    """Idempotency and outcome decide whether an operation, streamed or not, is sent three times or once."""
    for made in outcome.made:
        found = dict(zip(map(str, affected(outcome)), requests_of(world, affected(outcome), made), strict=True))
        again = {True: outcome.idempotent, False: outcome.others}
        assert found == {str(case): 3 if again[case.operation.idempotent] else 1 for case in affected(outcome)}


def table() -> str:
    """Return the table of the document, from what blocking calls did."""
    lines = ["| what happened | idempotent operation | any other |", "|---|---|---|"]
    for outcome in OUTCOMES:
        said = []
        for idempotent in (True, False):
            found = [case for case in affected(outcome) if case.operation.idempotent is idempotent]
            sent = {number for made in outcome.made for number in requests_of(World(None), found, made)}
            (number,) = sent
            said.append({3: "sent again", 1: "not sent again"}[number])
        lines.append(f"| {outcome.words} | {said[0]} | {said[1]} |")
    for idempotent, name in ((True, "Idempotent"), (False, "Not idempotent")):
        names = dict.fromkeys(f"`{case.operation.name}`" for case in CASES if case.operation.idempotent is idempotent)
        lines += ["", f"{name}: {', '.join(names)}."]
    return "\n".join(lines)


def test_document() -> None:
    """docs/retries.md shows what the calls did."""
    check_written_part(DOCUMENT, MARKERS, f"\n{table()}\n")


@each_world
def test_the_budget_of_a_client(world: World) -> None:
    """Thirty calls to a service that is down send at most fifty requests in all; the first makes three attempts."""
    network, told = seam(answer({}, 503)), list[CallEvent]()
    attempts: list[int] = []
    client = network.client(observer=told.append)
    for _ in range(30):
        with pytest.raises(errors.ServerError) as caught:
            world.complete(client, **ASK)
        attempts.append(caught.value.attempts)
        assert ("retry_budget" in str(caught.value)) is (len(attempts) > 10)
    assert (len(network.requests), attempts) == (50, [3] * 10 + [1] * 20)
    assert [event.retry_budget for event in told if event.kind == "end"] == [*range(18, -1, -2), *[0] * 20]


def test_blocking_and_async_calls_share_the_budget() -> None:
    """Blocking and async calls of one client take their retries from one budget."""
    network = seam(answer({}, 503))
    client = network.client(retry_budget=2)
    for world, attempts in (World(None), 3), (World("asyncio"), 1):
        with pytest.raises(errors.ServerError) as caught:
            world.complete(client, **ASK)
        assert caught.value.attempts == attempts


@each_world
def test_successes_fill_the_budget(world: World) -> None:
    """Each successful answer or stream gives one token back; the budget never exceeds its initial number of tokens."""
    busy, good, flow = answer({}, 503), answer(ANSWER), stream(WHOLE_STREAM)
    network = seam(busy, busy, good, flow, busy, busy, busy)
    told: list[CallEvent] = []
    client = network.client(observer=told.append, retry_budget=2)
    world.complete(client, **ASK)
    world.stream(client, **ASK)
    with pytest.raises(errors.ServerError) as caught:
        world.complete(client, **ASK)
    assert caught.value.attempts == 3
    assert [event.retry_budget for event in told if event.kind in ("wait", "end")] == [1, 0, 1, 2, 1, 0, 0]


@pytest.mark.parametrize(("budget", "expected"), [(None, 90), (0, 30), (1, 31)])
def test_other_budgets(budget: int | None, expected: int) -> None:
    """`retry_budget` sets the number of tokens; with None there is no budget."""
    network = seam(answer({}, 503))
    client = network.client(retry_budget=budget)
    for _ in range(30):
        with pytest.raises(errors.ServerError):
            client.agents.complete(**ASK)
    assert len(network.requests) == expected


@pytest.mark.parametrize("budget", [-1, 1.5, "20", True])
def test_an_invalid_budget(budget: Any) -> None:
    """A budget that is not a number of retries is refused; the error names `retry_budget`."""
    with pytest.raises(errors.InvalidArgumentError, match="retry_budget"):
        Mistral(KEY, retry_budget=budget)


def test_threads_share_the_budget() -> None:
    """Threads whose calls fail at the same time make no more retries together than the budget has tokens."""
    network, start = seam(answer({}, 503)), threading.Barrier(16)
    client = network.client()

    def fail() -> None:
        start.wait()
        for _ in range(3):
            with pytest.raises(errors.ServerError):
                client.agents.complete(**ASK)

    threads = [threading.Thread(target=fail) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(network.requests) == 16 * 3 + 20


@each_world
@pytest.mark.parametrize(("retries", "expected"), [(0, 1), (1, 2), (4, 5), (None, 1), (RetryConfig(max_attempts=2), 2)])
def test_a_number_of_retries(world: World, retries: Any, expected: int) -> None:
    """`retries` of a call can be a number; the rest of the client's policy still holds."""
    for policy in (RetryConfig(status_codes=[503], max_attempts=9), None):
        network = seam(answer({}, 503))
        client = network.client(retry_config=policy)
        client.clock = VirtualClock()
        with pytest.raises(errors.ServerError):
            world.complete(client, **ASK, retries=retries)
        assert len(network.requests) == expected


@each_world
def test_another_conflict(world: World) -> None:
    """A conflict that is not a lock raises ConflictError with the service's message, code and type."""
    body = {"object": "Error", "message": "Version exists", "type": "conflict", "code": 3100}
    with pytest.raises(errors.ConflictError, match="Version exists") as caught:
        world.complete(seam(answer(body, 409)).client(), **ASK)
    assert (caught.value.locked, caught.value.code, caught.value.type) == (False, 3100, "conflict")


@each_world
def test_the_first_event_counts_as_a_status(world: World) -> None:
    """A stream whose first event is an overload error is opened again, and the later stream is read."""
    busy = stream(sse({"error": {"message": "Oh no", "code": 503}}))
    network = seam(busy, httpx.ConnectError("no"), stream(WHOLE_STREAM))
    assert len(world.stream(network.client(), **ASK)) == 3
    assert len(network.requests) == 3
