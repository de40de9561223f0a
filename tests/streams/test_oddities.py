"""Unusual streams of completions that services were seen to send, and what the caller gets."""

from __future__ import annotations

import json
from typing import Any

import pytest

from completion_payloads import ASK, chunk, sse
from mistral_agents import errors
from seam import seam, stream
from streams.assembly import delta, fragment
from worlds import World, each_world

Json = dict[str, Any]
END = chunk("", finish_reason="stop")


def pieces(body: bytes) -> list[list[bytes]]:
    """Return a body as one piece, as two pieces, and byte by byte."""
    return [[body], [body[: len(body) // 2], body[len(body) // 2 :]], [body[at : at + 1] for at in range(len(body))]]


def message(world: World, *deltas: Json) -> Json:
    """Return the final message of a stream of these deltas; check that it does not depend on how the stream is cut."""
    found = []
    for cut in pieces(sse(*(delta(**each) for each in deltas), END, "[DONE]")):
        network = seam(stream(*cut))
        events, error = world.read(network.client(), **ASK)
        assert (len(events), error) == (len(deltas) + 1, None)
        with seam(stream(*cut)).client() as client:
            found.append(client.agents.stream(**ASK).get_final_response().to_dict()["choices"][0]["message"])
    assert found == found[:1] * 3
    whole: Json = found[0]
    return whole


@each_world
@pytest.mark.parametrize("end", [b"[DONE] ", b"[DONE]\t", b" [DONE]", b"\t [DONE]  "])
@pytest.mark.parametrize("close", [b"\n\n", b""])
def test_blanks_around_the_end_marker(world: World, end: bytes, close: bytes) -> None:
    """Blanks around the end marker do not matter, even if the body ends right after it."""
    for cut in pieces(sse(chunk("a")) + b"data: " + end + close):
        events, error = world.read(seam(stream(*cut)).client(), **ASK)
        assert (len(events), error) == (1, None)


@each_world
@pytest.mark.parametrize("between", [b"data:  \n\n", b"data:\t\n\n", b"data:\n\n", b'data: {"type": "ping"}\n\n'])
def test_blank_data_and_pings(world: World, between: bytes) -> None:
    """Blank data, and pings without an `event:` line, are skipped."""
    for cut in pieces(between + sse(chunk("a")) + between + sse(END, "[DONE]")):
        events, error = world.read(seam(stream(*cut)).client(), **ASK)
        assert (len(events), error) == (2, None)


@each_world
@pytest.mark.parametrize(
    ("deltas", "expected"),
    [
        (
            [[fragment("{}", "a", id="null", index=0), fragment("[]", "b", id="null", index=0)]],
            [("a", "{}"), ("b", "[]")],
        ),
        (
            [[fragment("1", "a", id="null", index=0), fragment("2", "a", id="null", index=0)]],
            [("a", "1"), ("a", "2")],
        ),
        ([[fragment("{}", "a", index=0)], [fragment("[]", "b", index=0)]], [("a", "{}"), ("b", "[]")]),
        ([[fragment('{"x"', "a", index=0)], [fragment(":1}", "", index=0)]], [("a", '{"x":1}')]),
        ([[fragment('{"x"', "a", index=0)], [fragment(":1}", "a", index=0)]], [("a", '{"x":1}')]),
        ([[fragment('{"x"', "a", id="1")], [fragment(":1}", None)]], [("a", '{"x":1}')]),
        ([[fragment("1", "a", index=1), fragment("2", "b", index=0)]], [("b", "2"), ("a", "1")]),
        ([[fragment("", None)], [fragment("1", "a", id="i")]], [("a", "1")]),
    ],
)
def test_calls(world: World, deltas: list[list[Json]], expected: list[tuple[str, str]]) -> None:
    """Another function name, or another entry in the same delta, begins another call; other fragments are joined."""
    whole = message(world, *({"tool_calls": each} for each in deltas))
    found = [(call["function"]["name"], call["function"]["arguments"]) for call in whole["tool_calls"]]
    assert found == expected


@each_world
@pytest.mark.parametrize("before", [[], [chunk("a")]], ids=["first", "later"])
@pytest.mark.parametrize(
    "choices",
    [
        [{"index": 0, "delta": {}, "finish_reason": "error", "error": {"message": "Oh no", "type": "t", "code": 5}}],
        [{"index": 0, "delta": {}}, {"index": 1, "delta": {}, "error": {"message": "Oh no", "type": "t", "code": 5}}],
    ],
)
def test_an_error_inside_a_choice(world: World, before: list[Json], choices: list[Json]) -> None:
    """An error inside a choice is raised with its message, code and type."""
    events, error = world.read(seam(stream(sse(*before, {"choices": choices}, "[DONE]"))).client(), **ASK)
    assert isinstance(error, errors.StreamEventError)
    assert (len(events), error.code, error.type, "Oh no" in str(error)) == (len(before), 5, "t", True)


@each_world
def test_an_error_beside_choices(world: World) -> None:
    """An error beside `choices` is raised; its `partial` has the events before it."""
    choices = [{"index": 0, "delta": {}, "finish_reason": "error"}]
    body = sse(chunk("a"), {"error": {"message": "Oh no", "type": "t", "code": 5}, "choices": choices})
    events, error = world.read(seam(stream(body)).client(), **ASK)
    assert isinstance(error, errors.StreamEventError)
    assert (len(events), error.code, error.type, "Oh no" in str(error)) == (1, 5, "t", True)
    assert error.partial is not None
    assert error.partial.choices[0].message.content == "a"


@each_world
def test_an_error_that_is_null(world: World) -> None:
    """A field `error` that is null is not an error, beside `choices` and inside a choice."""
    choices = [{"index": 0, "delta": {"content": "a"}, "finish_reason": "stop", "error": None}]
    events, error = world.read(seam(stream(sse({"error": None, "choices": choices}))).client(), **ASK)
    assert (len(events), error) == (1, None)


@each_world
@pytest.mark.parametrize(
    "said", [b'{"error": {"message": "quota"}}', b'{"detail": "quota"}', b"\n<html>quota", b"data beyond your quota"]
)
def test_a_body_that_only_claims_to_be_a_stream(world: World, said: bytes) -> None:
    """A body that is not a stream, whatever its content type, is not retried; the error shows its text."""
    network = seam(stream(said))
    events, error = world.read(network.client(), **ASK)
    kind = errors.StreamEventError if said.startswith(b"{") else errors.ResponseValidationError
    assert (events, type(error), "quota" in str(error), len(network.requests)) == ([], kind, True, 1)


@each_world
@pytest.mark.parametrize(
    "said", [b"", b"\n", b": hm", b"data", b"data\n", b"id: 1\n\n", b"event:x\r\rretry", b"data: {"]
)
def test_a_stream_that_ends_before_its_first_event(world: World, said: bytes) -> None:
    """If a body begins like a stream but ends before its first event, the connection was lost: the call is retried."""
    network = seam(stream(said))
    events, error = world.read(network.client(), **ASK)
    assert (events, type(error), len(network.requests)) == ([], errors.APIConnectionError, 3)


@each_world
def test_an_empty_text_replaces_nothing(world: World) -> None:
    """An empty text does not replace a value; an empty finish reason does not make a complete answer truncated."""
    first = {**delta(role="assistant", content="a"), "id": "1", "model": "m"}
    last = {"id": "", "model": "", "choices": [{"index": 0, "delta": {"role": ""}, "finish_reason": "stop"}]}
    after = {"id": "1", "choices": [{"index": 0, "delta": {}, "finish_reason": ""}], "usage": None}
    events, error = world.read(seam(stream(sse(first, last, after))).client(), **ASK)
    with seam(stream(sse(first, last, after))).client() as client:
        whole = client.agents.stream(**ASK).get_final_response().to_dict()
    assert (len(events), error, whole["id"], whole["model"]) == (3, None, "1", "m")
    choice = {"index": 0, "message": {"role": "assistant", "content": "a"}, "finish_reason": "stop"}
    assert whole["choices"] == [choice]


@each_world
def test_fragments_of_an_unknown_field(world: World) -> None:
    """Texts of a field that the contract does not know are joined; of its other values the last one counts."""
    whole = message(world, {"reasoning_content": "a", "n": 1}, {"reasoning_content": "b", "n": 2}, {"content": "c"})
    assert whole == {"role": "assistant", "content": "c", "reasoning_content": "ab", "n": 2}


@each_world
@pytest.mark.parametrize(
    "odd", [{"choices": None}, {"usage": {"total_tokens": 1}}, {"id": "1", "choices": None}, {"choices": [], "p": "x"}]
)
def test_chunks_without_choices(world: World, odd: Json) -> None:
    """A chunk without choices, for example one with only `usage`, is delivered with an empty list of choices."""
    events, error = world.read(seam(stream(sse(chunk("a"), odd, END, odd, "[DONE]"))).client(), **ASK)
    assert ([len(event.data.choices) for event in events], error) == ([1, 0, 1, 0], None)


@each_world
@pytest.mark.parametrize(
    "part", [{"type": "thinking", "thinking": "hm"}, {"type": "text"}, {"type": "text", "text": None}]
)
def test_parts_of_another_structure(world: World, part: Json) -> None:
    """A thinking part whose `thinking` is a text, and a text part without text, are kept unchanged."""
    whole = message(world, {"content": [part]}, {"content": "a"}, {"content": [part]})
    assert whole["content"] == [part, {"type": "text", "text": "a"}, part]


@each_world
def test_halves_of_a_character(world: World) -> None:
    """Two halves of a character (surrogates) in two deltas become one character, in the text and in the answer."""
    deltas = [delta(content="a\ud83d"), delta(content="\ude00"), delta(content="\ud83d"), END]
    body = sse(*deltas, "[DONE]")
    whole = message(world, {"content": "a\ud83d"}, {"content": "\ude00"})
    with seam(stream(body)).client() as client:
        texts = list(client.agents.stream(**ASK).text())
    assert (whole["content"], texts) == ("a\U0001f600", ["a", "\U0001f600", "\ud83d"])
    assert json.dumps(texts[1]) == '"\\ud83d\\ude00"'
