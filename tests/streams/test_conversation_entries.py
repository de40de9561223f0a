"""How the events of a conversation stream become the entries of its final answer."""

from __future__ import annotations

from typing import Any

import pytest

from mistral_agents._conversations import Conversations
from mistral_agents_api.api.conversations.conversations_start import OPERATION
from streams.conversation_events import DONE, STARTED, Json, final, outputs, say
from worlds import World, each_world


def test_entries_in_order() -> None:
    """Entries are sorted by `output_index`; each is built from its own events, also if events of several alternate."""
    call = {"type": "function.call.delta", "output_index": 2, "id": "fc_1", "name": "f", "tool_call_id": "t1"}
    other = {**call, "tool_call_id": "t2", "name": "g"}
    found = outputs(
        {**call, "arguments": '{"x"', "confirmation_status": None},
        say("B", 1),
        {"type": "tool.execution.started", "output_index": 0, "id": "x_1", "name": "web_search", "arguments": ""},
        {**other, "arguments": "{}"},
        {"type": "tool.execution.delta", "output_index": 0, "id": "x_1", "name": "web_search", "arguments": '{"q"'},
        {**call, "arguments": ":1}", "confirmation_status": "pending", "name": "", "model": None},
        {"type": "tool.execution.delta", "output_index": 0, "id": "x_1", "name": "web_search", "arguments": ":1}"},
        say("ye", 1, role=""),
        {"type": "tool.execution.done", "output_index": 0, "id": "x_1", "name": "web_search", "info": {"a": 1}},
        {
            "type": "agent.handoff.started",
            "output_index": 3,
            "id": "h",
            "previous_agent_id": "a",
            "previous_agent_name": "A",
        },
        {"type": "agent.handoff.done", "output_index": 3, "id": "h", "next_agent_id": "b", "next_agent_name": "B"},
    )
    names = ("type", "id", "name", "arguments", "content", "tool_call_id", "confirmation_status", "info")
    assert [{name: each[name] for name in names if each.get(name) is not None} for each in found] == [
        {"type": "tool.execution", "id": "x_1", "name": "web_search", "arguments": '{"q":1}', "info": {"a": 1}},
        {"type": "message.output", "id": "msg_1", "content": "Bye"},
        {
            "type": "function.call",
            "id": "fc_1",
            "name": "f",
            "arguments": '{"x":1}',
            "tool_call_id": "t1",
            "confirmation_status": "pending",
        },
        {"type": "function.call", "id": "fc_1", "name": "g", "arguments": "{}", "tool_call_id": "t2"},
        {"type": "agent.handoff", "id": "h"},
    ]
    assert {name: found[-1][name] for name in found[-1] if "agent_" in name} == {
        "previous_agent_id": "a",
        "previous_agent_name": "A",
        "next_agent_id": "b",
        "next_agent_name": "B",
    }


def part_of_call(arguments: str, **fields: Any) -> Json:
    """Make an event with a part of the arguments of a function call."""
    return {"type": "function.call.delta", "output_index": 0, "arguments": arguments, **fields}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            [part_of_call("{}", name=name, id="null", tool_call_id="null") for name in "ab"],
            [("a", "{}"), ("b", "{}")],
        ),
        ([part_of_call("{}", name=name, id="fc_1") for name in "aba"], [("a", "{}"), ("b", "{}"), ("a", "{}")]),
        (
            [
                part_of_call("{", name="a", id="1", tool_call_id="t"),
                part_of_call("}", name="", id="1", tool_call_id=""),
            ],
            [("a", "{}")],
        ),
        ([part_of_call("{", name="a", id="1", tool_call_id="t"), part_of_call("}")], [("a", "{}")]),
        ([part_of_call("{", name="a"), part_of_call("}", id="1", tool_call_id="t")], [("a", "{}")]),
        (
            [
                *(part_of_call("{", name="a", id="1", tool_call_id=call) for call in ("t", "u")),
                *(part_of_call("}", id="1", tool_call_id=call) for call in ("t", "u")),
            ],
            [("a", "{}"), ("a", "{}")],
        ),
    ],
)
def test_function_calls_with_the_same_output_index(parts: list[Json], expected: list[tuple[str, str]]) -> None:
    """A new identifier or function name starts a new call; a part that has neither continues the call before it."""
    assert [(each["name"], each["arguments"]) for each in outputs(*parts)] == expected


TEXT, REFERENCE = {"type": "text", "text": "a"}, {"type": "tool_reference", "tool": "web_search", "title": "T"}
THOUGHT = {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}


@pytest.mark.parametrize(
    ("contents", "expected", "text"),
    [
        ([("a", 0), ("b", 0)], "ab", "ab"),
        ([("", 0)], "", ""),
        ([(TEXT, 0), ("b", 0)], "ab", "ab"),
        ([("b", 1), ("a", 0)], [TEXT, {"type": "text", "text": "b"}], "ba"),
        ([("a", 0), (REFERENCE, 1), (".", 2)], [TEXT, REFERENCE, {"type": "text", "text": "."}], "a."),
        ([(REFERENCE, 1), ("a", 0)], [TEXT, REFERENCE], "a"),
        (
            [(THOUGHT, 0), (THOUGHT, 0), ("a", 1)],
            [{**THOUGHT, "thinking": [{"type": "text", "text": "hmhm"}]}, TEXT],
            "a",
        ),
        ([({"type": "thinking", "thinking": "hm"}, 0), ("a", 1)], [{"type": "thinking", "thinking": "hm"}, TEXT], "a"),
        ([({"type": "text"}, 0), ("a", 1)], [{"type": "text"}, TEXT], "a"),
        ([({"type": "scent", "x": 1}, 0)], [{"type": "scent", "x": 1}], ""),
        ([("\ud83d", 0), ("\ude00!", 0)], "\U0001f600!", "\U0001f600!"),
        ([("a\ud83d", 0)], "a\ud83d", "a\ud83d"),
    ],
)
@each_world
def test_content(world: World, contents: list[tuple[object, int]], expected: object, text: str) -> None:
    """`content` is a string if it is one text, else a list sorted by `content_index`; `text()` leaves out thinking."""
    events = [say(content, content_index=index) for content, index in contents]
    found, texts = final(world, STARTED, *events, DONE)
    assert found.to_dict()["outputs"][0]["content"] == expected
    assert ("".join(texts), all(texts)) == (text, True)


def test_empty_values_overwrite_nothing() -> None:
    """Empty texts and nulls overwrite nothing; texts of unknown fields are joined, their other values replaced."""
    first = say("a", model="m", agent_id="ag", reasoning="x", extra=1)
    found = outputs(first, say("b", model="", agent_id=None, role=None, reasoning="y", extra=2))
    assert found == [
        {
            "object": "entry",
            "type": "message.output",
            "id": "msg_0",
            "content": "ab",
            "model": "m",
            "agent_id": "ag",
            "reasoning": "xy",
            "extra": 2,
        }
    ]


def test_entries_without_an_id() -> None:
    """An event without an id belongs to the last entry with its type and index."""
    found = outputs(say("a"), {"type": "message.output.delta", "output_index": 0, "content": "b"})
    assert [each["content"] for each in found] == ["ab"]


def test_entries_of_an_unknown_type() -> None:
    """An entry of an unknown type is also built from its events; it reads as an `Unknown...` model."""
    new = {"output_index": 0, "id": "n"}
    events = [{"type": "dream.started", **new, "depth": 1}, {"type": "dream.delta", **new, "story": "a"}]
    whole, _ = final(World(None), STARTED, *events, {"type": "dream.delta", **new, "story": "b"}, DONE)
    assert whole.to_dict()["outputs"] == [{"object": "entry", "type": "dream", "id": "n", "depth": 1, "story": "ab"}]
    assert (whole.outputs[0].type, whole.outputs[0].story) == ("UNKNOWN", "ab")


def test_times() -> None:
    """`created_at` is the time of an entry's first event; a message gets `completed_at` when another entry follows."""
    events = [
        {**say("a"), "created_at": "2026-01-01T00:00:01Z"},
        {**say("b"), "created_at": "2026-01-01T00:00:02Z"},
        {"type": "function.call.delta", "output_index": 1, "id": "f", "created_at": "2026-01-01T00:00:03Z"},
    ]
    family = Conversations(OPERATION.stream, None)  # type: ignore[arg-type]  # this operation has a stream
    running, *_ = family.assemble(events[:2])["outputs"]
    message, call = family.assemble(events)["outputs"]
    assert (running["created_at"], "completed_at" in running) == ("2026-01-01T00:00:01Z", False)
    assert (message["created_at"], message["completed_at"]) == ("2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z")
    assert (call["created_at"], "completed_at" in call) == ("2026-01-01T00:00:03Z", False)
