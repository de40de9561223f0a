"""What callers get when connections and services fail, over real sockets; docs/reliability.md shows the results."""

from __future__ import annotations

import itertools
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from tools.pages import part

from call.conversation_scenarios import translated
from call.fault_observations import (
    OF_THE_CLIENT,
    USUAL_WAITS,
    Outcomes,
    Seen,
    call,
    expected,
    make_client,
    observe,
    observe_anew,
    raised,
    shortest,
)
from call.written_parts import check_written_part
from fault_scenarios import INVALID, Scenario, bomb, complete, event_bomb, stream
from mistral_agents.errors import MistralError
from mistral_agents.testing import STALL, Reply, StubServer, chunk, error_event, in_turn, json_reply, stream_reply
from retry_scenarios import STATUSES, TABLE, UNLISTED
from worlds import WORLDS, World, each_world

DOCUMENT = Path(__file__).parents[2] / "docs" / "reliability.md"
MARKERS = ("<!-- Written by the tests: begin -->\n", "<!-- Written by the tests: end -->\n")
CONVERSATIONS = [made for section in TABLE.values() for each in section if (made := translated(each)) is not None]
LISTED = [scenario for section in TABLE.values() for scenario in section]


@each_world
@pytest.mark.parametrize("scenario", [*LISTED, *UNLISTED], ids=str)
def test_scenarios(scenario: Scenario, world: World) -> None:
    """For each fault of a server, the caller gets what the table says, after the requests and waits that it says."""
    seen = observe(scenario, world)
    assert scenario.says in seen.message
    assert seen == expected(scenario)


@each_world
@pytest.mark.parametrize("scenario", CONVERSATIONS, ids=str)
def test_scenarios_of_a_conversation(scenario: Scenario, world: World) -> None:
    """The same happens to a conversation's stream, except that it is not started twice and ends with its own event."""
    seen = observe(scenario, world)
    assert scenario.says in seen.message
    assert seen == expected(scenario)


def test_most_scenarios_can_happen_to_conversations() -> None:
    """Most scenarios of a completion's stream can also happen to a conversation's stream."""
    assert len(CONVERSATIONS) > 60


@each_world
def test_statuses(world: World) -> None:
    """Each error status raises its class of error, after retries if the status allows them, from both kinds of call."""
    assert raised(world) == {(form, status): STATUSES[status] for form in ("complete", "stream") for status in STATUSES}


@each_world
@pytest.mark.parametrize("scenario", [scenario for scenario in LISTED if scenario.limit_ms], ids=str)
def test_limits(scenario: Scenario, world: World) -> None:
    """A time limit ends a call no earlier than it says, and no later than after twice as long."""
    limit = (scenario.limit_ms or 0) / 1000
    least = limit if scenario.server.startswith("drips") else 0
    assert limit <= shortest(scenario, world, 2 * limit, least) <= 2 * limit


@each_world
@pytest.mark.parametrize("scenario", [it for it in LISTED if it.server.endswith("after `[DONE]`")], ids=str)
def test_what_follows_the_end(scenario: Scenario, world: World) -> None:
    """Whatever the server does after `[DONE]`, the caller waits for no more than 250 ms."""
    assert shortest(scenario, world, 0.25 + 0.1) <= 0.25 + 0.1  # 100 ms are for the call itself


@each_world
@pytest.mark.parametrize("make", [bomb, event_bomb])
def test_bombs_stay_small(world: World, make: Callable[[], Reply]) -> None:
    """A body that would unpack to 67 MB is refused before it takes a tenth of that memory."""
    limits = {"max_answer_bytes": 10**6, "max_event_bytes": 10**6}
    scenario = (complete if make is bomb else stream)("sends a bomb", make, **INVALID, **limits)
    observe_anew(scenario, world)  # a first call, so that modules and caches are not measured
    tracemalloc.start()
    try:
        observe_anew(scenario, world)
        assert tracemalloc.get_traced_memory()[1] < 6_700_000
    finally:
        tracemalloc.stop()


@each_world
@pytest.mark.parametrize(
    ("form", "reply", "options"),
    [
        ("complete", json_reply({}, 400, x_request_id="r1"), {}),
        ("complete", json_reply(b"", x_request_id="r1"), {}),
        ("stream", stream_reply(chunk("a"), x_request_id="r1"), {}),
        ("stream", stream_reply("<html>", x_request_id="r1"), {}),
        ("stream", stream_reply(error_event("Oh no"), x_request_id="r1"), {}),
        ("stream", stream_reply(STALL, x_request_id="r1"), {"first_event_timeout_ms": 600}),
        ("stream", stream_reply(chunk("a"), STALL, x_request_id="r1"), {"idle_timeout_ms": 50}),
        ("stream", stream_reply(chunk("a"), STALL, x_request_id="r1"), {"deadline_ms": 600}),
    ],
)
def test_errors_name_the_request(world: World, form: Any, reply: Reply, options: dict[str, Any]) -> None:
    """Every error that is raised after the head of the response has the service's request id."""
    with StubServer(respond=in_turn(reply)) as stub:
        scenario = Scenario(form, "fails", (reply,), options=options)
        _, error = call(scenario, make_client(stub.url)[0], world)
    assert error is not None
    assert error.request_id == "r1"


def test_the_rows_about_other_tests() -> None:
    """Each row about other tests names one that exists."""
    _, _, rows = DOCUMENT.read_text(encoding="utf-8").partition("## What other tests saw")
    named = re.findall(r"\| `([\w/]+\.py)::(\w+)` \|$", rows, re.MULTILINE)
    assert len(named) == rows.count("\n|") - 2 * rows.count("\n### ")
    folder = Path(__file__).parents[1]
    unknown = [name for file, name in named if f"\ndef {name}(" not in (folder / file).read_text(encoding="utf-8")]
    assert unknown == []


def in_code(value: Any) -> str:
    """Return the code that makes the value; for settings, only with the fields that differ from the default."""
    if not attrs.has(type(value)):
        return str(value)
    fields = ((it.name, getattr(value, it.name), it.default) for it in attrs.fields(type(value)))
    given = ", ".join(f"{name}={in_code(chosen)}" for name, chosen, default in fields if chosen != default)
    return f"{type(value).__name__}({given})"


def in_words(scenario: Scenario, seen: Seen) -> str:
    """Return what the caller called and saw, as the table puts it."""
    given = {name: value for name, value in scenario.options.items() if name not in OF_THE_CLIENT}
    settings = {name: value for name, value in scenario.options.items() if name in OF_THE_CLIENT}
    called = f"`{scenario.call}({', '.join(f'{name}={in_code(value)}' for name, value in given.items())})`"
    if settings:
        called = f"`Mistral({', '.join(f'{name}={in_code(value)}' for name, value in settings.items())})`, {called}"
    came = ", ".join(f"`{text}`" for text in seen.texts)
    said = f" {'returns' if scenario.call == 'complete' else 'gives'} {came}" if came else ""
    if seen.error is None:
        return called + said + (" and ends" if scenario.call == "stream" else "")
    raises = f"{', then' if came else ''} raises `{seen.error.__name__}`{f' ({seen.status})' if seen.status else ''}"
    return called + said + raises + (f" with `{seen.partial}` in `.partial`" if seen.partial else "")


def row(scenario: Scenario, seen: Seen) -> str:
    """Return the scenario's row of the table."""
    requests = str(seen.requests) if seen.requests == seen.attempts else f"{seen.requests} ({seen.attempts} attempts)"
    if seen.waits != USUAL_WAITS[: len(seen.waits)]:
        requests += ", after " + " and ".join(f"{wait:g} s" for wait in seen.waits)
    return f"| {scenario.server} | {in_words(scenario, seen)} | {requests} |"


def status_rows(found: Outcomes) -> Iterator[str]:
    """Yield one row for all statuses that have the same outcome."""
    alike: dict[tuple[type[MistralError], int], list[int]] = {}
    for (form, status), outcome in found.items():
        if form == "complete":
            assert found["stream", status] == outcome
            alike.setdefault(outcome, []).append(status)
    for (error, requests), statuses in alike.items():
        runs = [
            [status for _, status in run]
            for _, run in itertools.groupby(enumerate(statuses), lambda numbered: numbered[1] - numbered[0])
        ]
        named = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
        yield f"| answers {named} | `complete()` and `stream()` raise `{error.__name__}` | {requests} |"


def tables(world: World) -> str:
    """Return all outcomes in one world as the tables of the document."""
    sections = {title: [row(it, observe(it, world)) for it in scenarios] for title, scenarios in TABLE.items()}
    sections["Error statuses"] = list(status_rows(raised(world)))
    head = "| the server | the caller sees | requests sent |\n|---|---|---|\n"
    return "\n".join(f"### {title}\n\n{head}" + "\n".join(rows) + "\n" for title, rows in sections.items())


def test_document() -> None:
    """docs/reliability.md shows what blocking calls saw; the tests above check that async calls see the same."""
    check_written_part(DOCUMENT, MARKERS, f"\n{tables(WORLDS[0])}\n")


def test_the_readme_has_the_number_of_cases() -> None:
    """README.md says how many rows the tables have."""
    lines = part(DOCUMENT, MARKERS).splitlines()
    cases = sum(line.startswith("| ") and line != "| the server | the caller sees | requests sent |" for line in lines)
    readme = (DOCUMENT.parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"**{cases} cases**" in readme


def test_example(capsys: pytest.CaptureFixture[str]) -> None:
    """The document's example prints what it should show."""
    _, _, rest = DOCUMENT.read_text(encoding="utf-8").partition("```python\n")
    exec(rest.partition("```")[0], {})  # noqa: S102  # an example of our own document
    assert capsys.readouterr().out == "Hel\nlo\n2 attempts; so far: Hello\n"
