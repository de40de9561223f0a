"""How the fragments of tool calls in a stream become whole calls."""

from __future__ import annotations

import pytest

from streams.assembly import Json, fragment, message


def calls(*fragments: Json) -> list[Json]:
    """Assemble fragments of tool calls, each in a delta of its own."""
    assembled: list[Json] = message(*({"tool_calls": [fragment]} for fragment in fragments))["tool_calls"]
    return assembled


@pytest.mark.parametrize(
    ("fragments", "expected"),
    [
        # In fragments, as the service sends them: the call's id and name come once.
        (
            [
                {"id": "a", "type": "function", **fragment("", "f", index=0)},
                fragment('{"x"', index=0),
                {"id": "null", "type": "", **fragment(":1}", "null", index=0)},
            ],
            [{"id": "a", "type": "function", "function": {"name": "f", "arguments": '{"x":1}'}, "index": 0}],
        ),
        # Id, name and type may come later; what never comes is empty.
        (
            [{"id": "null"}, {"id": "a", "function": None}, {"function": {"name": "f"}}, {"type": "function"}],
            [{"id": "a", "type": "function", "function": {"name": "f", "arguments": ""}, "index": 0}],
        ),
        ([{}], [{"function": {"name": "", "arguments": ""}, "index": 0}]),
        # An id that is not a text does not begin another call, and is kept.
        (
            [fragment("1", "f", id=[1]), fragment("2", id=5)],
            [{"id": 5, "function": {"name": "f", "arguments": "12"}, "index": 0}],
        ),
        # Fragments belong together by their index, in any order.
        (
            [fragment("x", "g", index=1), fragment("a", "f"), fragment("y", index=1), fragment("b", index=None)],
            [
                {"function": {"name": "f", "arguments": "ab"}, "index": 0},
                {"function": {"name": "g", "arguments": "xy"}, "index": 1},
            ],
        ),
        # Another id begins another call; a fragment without an id belongs to the call before it.
        (
            [
                fragment("1", "f", id="a"),
                fragment("2", id="null"),
                fragment("3", "g", id="b"),
                fragment("4"),
                fragment("5", id="a"),
            ],
            [
                {"id": "a", "function": {"name": "f", "arguments": "125"}, "index": 0},
                {"id": "b", "function": {"name": "g", "arguments": "34"}, "index": 0},
            ],
        ),
        # Another function name begins another call, even with the same id; what follows belongs to the last such call.
        (
            [fragment("1", "f", id="a"), fragment("2", "g", id="a"), fragment("3", id="a"), fragment("4")],
            [
                {"id": "a", "function": {"name": "f", "arguments": "1"}, "index": 0},
                {"id": "a", "function": {"name": "g", "arguments": "234"}, "index": 0},
            ],
        ),
        # The same id at another index is another call, too.
        (
            [fragment("1", "f", id="a"), fragment("2", "f", id="a", index=1)],
            [
                {"id": "a", "function": {"name": "f", "arguments": "1"}, "index": 0},
                {"id": "a", "function": {"name": "f", "arguments": "2"}, "index": 1},
            ],
        ),
        # Arguments that come as an object stay an object, unless a text comes too.
        (
            [fragment("", "f"), fragment({"x": None}), fragment("")],
            [{"function": {"name": "f", "arguments": {"x": None}}, "index": 0}],
        ),
        (
            [fragment({"x": None}, "f"), fragment(" ")],
            [{"function": {"name": "f", "arguments": '{"x": null} '}, "index": 0}],
        ),
        # The texts of any other field are joined, too; of other values the last one that is not null counts.
        (
            [
                {"note": "a", "function": {"name": "f", "thought": "c"}},
                {"note": "b", "function": {"thought": "d"}},
            ],
            [{"note": "ab", "function": {"name": "f", "arguments": "", "thought": "cd"}, "index": 0}],
        ),
        (
            [{"extra": 1, "function": {"name": "f", "extra": 3}}, {"extra": 2, "function": {"extra": None}}],
            [{"extra": 2, "function": {"name": "f", "arguments": "", "extra": 3}, "index": 0}],
        ),
    ],
)
def test_tool_calls(fragments: list[Json], expected: list[Json]) -> None:
    """Fragments become whole calls, whether they come in many deltas or in one."""
    assert expected == calls(*fragments)
    assert expected == message({"tool_calls": fragments})["tool_calls"]


@pytest.mark.parametrize("identifier", ["a", "null", None])
def test_two_calls_of_one_function_in_one_delta(identifier: str | None) -> None:
    """Two calls of the same function in one delta stay two calls, even with the same id."""
    both = message({"tool_calls": [fragment("1", "f", id=identifier), fragment("2", "f", id=identifier)]})
    assert [call["function"]["arguments"] for call in both["tool_calls"]] == ["1", "2"]


@pytest.mark.parametrize(("value", "expected"), [(None, {}), ([], {"tool_calls": []})])
def test_no_tool_calls(value: object, expected: Json) -> None:
    """If no calls came, the answer has none."""
    assert {"role": "assistant", **expected} == message({"tool_calls": value})
