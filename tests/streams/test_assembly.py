"""The pieces of a stream put together into one answer, and the text of a message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import contract_documents as contract
from mistral_agents._completions import assemble
from mistral_agents._joining import text_of
from mistral_agents.testing import answers, completions
from mistral_agents_api import models
from mistral_agents_api.errors import StructureError
from mistral_agents_api.values import UNSET

Json = dict[str, Any]

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
# Names that mean something elsewhere in a chunk or in an answer.
ODD_NAMES = ["message", "messages", "content", "text", "thinking", "signature", "index", "id", "type", "prefix"]
ODD_VALUES: list[Any] = [None, 5, "x", ["x"], {"x": 5}]
ASK: Json = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Is it raining in Paris? Say it in full."}]}
FUNCTION = {"name": "get_weather", "parameters": {"type": "object", "properties": {"location": {"type": "string"}}}}
OTHER_FUNCTION = {"name": "get_time", "parameters": {"type": "object", "properties": {}}}
TOOLS = [{"type": "function", "function": function} for function in (FUNCTION, OTHER_FUNCTION)]
REFERENCE = {"type": "reference", "reference_ids": [1]}
SCENT = {"type": "scent", "strength": 3}


def chunk(*choices: Json, **fields: object) -> Json:
    """Make a chunk."""
    return {**fields, "choices": list(choices)}


def delta(index: int = 0, **fields: object) -> Json:
    """Make a chunk that adds to one choice."""
    return chunk({"index": index, "delta": fields})


def message(*deltas: Json) -> Json:
    """Assemble deltas of one choice, which must stay as they are, and return its message."""
    before = json.dumps(deltas)
    (choice,) = assemble(delta(**fields) for fields in deltas)["choices"]
    assert before == json.dumps(deltas)
    assembled: Json = choice["message"]
    return assembled


def calls(*fragments: Json) -> list[Json]:
    """Assemble fragments of tool calls that come one by one."""
    assembled: list[Json] = message(*({"tool_calls": [fragment]} for fragment in fragments))["tool_calls"]
    return assembled


def fragment(arguments: object = "", name: str = "", **fields: object) -> Json:
    """Make a fragment of a tool call."""
    return {**fields, "function": {"name": name, "arguments": arguments}}


def text(value: object) -> Json:
    """Make a text part."""
    return {"type": "text", "text": value}


def thinking(*parts: object, **fields: object) -> Json:
    """Make a part that is a thought."""
    return {"type": "thinking", "thinking": list(parts), **fields}


def test_nothing() -> None:
    """No chunks at all are an answer without choices."""
    assert assemble([]) == {"choices": []}


def test_fields_of_the_answer() -> None:
    """Of each field the last value that is not null counts, unknown ones included; they stand in order of arrival."""
    answer = assemble(
        iter(
            [
                chunk(id="a", object="chat.completion.chunk", model="m", usage=None, extra=[1]),
                chunk(id=None, extra=[2], created=0),
                chunk(usage={"total_tokens": 3}, empty=None),
            ]
        )
    )
    expected = {"id": "a", "object": "chat.completion", "model": "m", "extra": [2], "choices": [], "created": 0}
    assert {**expected, "usage": {"total_tokens": 3}} == answer
    assert [*expected, "usage"] == list(answer)


def test_another_kind_of_document_keeps_its_name() -> None:
    """Only the name of a chunk becomes that of an answer."""
    assert assemble([chunk(object="else")]) == {"object": "else", "choices": []}


def test_choices_are_kept_apart() -> None:
    """The pieces of each choice go to that choice, in order of index, wherever they come."""
    first, second = {"index": 1, "delta": {"content": "x"}}, {"index": 0, "delta": {"content": "a"}}
    answer = assemble([chunk(first, second), delta(0, content="b"), delta(1, content="y")])
    found = [(choice["index"], choice["message"]["content"]) for choice in answer["choices"]]
    assert found == [(0, "ab"), (1, "xy")]


def test_fields_of_a_choice() -> None:
    """Of each field of a choice the last value that is not null counts, the reason to end and unknown ones included."""
    pieces: list[Json] = [
        {"index": 0, "finish_reason": None, "extra": 1, "delta": {"content": "a"}},
        {"index": 0, "finish_reason": "stop", "extra": 2},
        {"index": 0, "finish_reason": None, "extra": None, "delta": None},
    ]
    (choice,) = assemble([chunk(piece) for piece in pieces])["choices"]
    expected = {"role": "assistant", "content": "a"}
    assert {"index": 0, "finish_reason": "stop", "extra": 2, "message": expected} == choice


def test_choice_without_deltas_has_no_message() -> None:
    """Without deltas there is no message; what else calls itself one in a piece is no message of the contract."""
    assert assemble([chunk({"index": 0, "message": 1, "messages": 2})])["choices"] == [{"index": 0}]


def test_an_index_that_is_no_number_is_0() -> None:
    """Pieces whose index is of another type belong to the first choice, message and call."""
    odd = {"index": "1", "delta": {"index": "1", "content": "b", "tool_calls": [fragment("2", index=[1])]}}
    answer = assemble([delta(content="a", tool_calls=[fragment("1", "f", index=0)]), chunk(odd)])
    call = {"function": {"name": "f", "arguments": "12"}, "index": 0}
    expected = {"role": "assistant", "content": "ab", "tool_calls": [call]}
    assert [{"index": 0, "message": expected}] == answer["choices"]


@pytest.mark.parametrize("name", ["logprobs", "prompt_logprobs"])
def test_logprobs(name: str) -> None:
    """The tokens of the pieces stand one after another; of other fields the last value counts."""
    values: list[Json | None] = [
        {"content": [{"token": "a"}], "extra": 1},
        None,
        {"content": None},
        {"content": [{"token": "b"}, {"token": "c"}], "extra": 2},
        {},
    ]
    (choice,) = assemble(chunk({"index": 0, name: value}) for value in values)["choices"]
    tokens = [{"token": "a"}, {"token": "b"}, {"token": "c"}]
    assert {"index": 0, name: {"content": tokens, "extra": 2}} == choice


@pytest.mark.parametrize("value", [{}, {"content": []}])
def test_logprobs_without_tokens(value: Json) -> None:
    """Where no tokens came, none are made up."""
    assert [{"index": 0, "logprobs": value}] == assemble([chunk({"index": 0, "logprobs": value})])["choices"]


@pytest.mark.parametrize(
    ("roles", "expected"), [([], "assistant"), ([None], "assistant"), (["user", None, "tool", None], "tool")]
)
def test_role(roles: list[str | None], expected: str) -> None:
    """The last role that came counts; without one it is the agent who speaks."""
    assert {"role": expected} == message({}, *({"role": role} for role in roles))


def test_unknown_fields_of_a_message() -> None:
    """Other fields of a message are kept, with the last value that is not null."""
    deltas: list[Json] = [{"extra": 1, "prefix": True}, {"extra": 2, "metadata": {"a": 1}}, {"extra": None}]
    assert message(*deltas) == {"role": "assistant", "extra": 2, "prefix": True, "metadata": {"a": 1}}


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        # Text alone is a string.
        (["a", "", "b", None, "c"], "abc"),
        ([""], ""),
        ([None, None], None),
        ([5], None),
        # Parts are a list.
        ([[]], []),
        ([[text("a")], [text("b"), text("c")]], [text("abc")]),
        ([[{**text("a"), "extra": 1}], [{**text("b"), "extra": 2}]], [{**text("ab"), "extra": 2}]),
        ([[text("a"), REFERENCE, text("b")]], [text("a"), REFERENCE, text("b")]),
        (
            [[REFERENCE, REFERENCE], [SCENT], [SCENT, {"type": ["text"]}]],
            [*[REFERENCE] * 2, *[SCENT] * 2, {"type": ["text"]}],
        ),
        ([[text("a"), text(5), text("b"), text("c")]], [text("a"), text(5), text("bc")]),
        # Both together are a list.
        (["", "a", "b", [REFERENCE], "c", 5, [text("d")], "", [SCENT], ""], [text("ab"), REFERENCE, text("cd"), SCENT]),
        (["", []], []),
        # Thoughts that stand beside each other are one.
        ([[thinking(text("a"))], "", [thinking(text("b"))], "c"], [thinking(text("ab")), text("c")]),
        ([[thinking()], [thinking(REFERENCE, text("a")), thinking(text("b"))]], [thinking(REFERENCE, text("ab"))]),
        ([[thinking(text("a"))], "b", [thinking(text("c"))]], [thinking(text("a")), text("b"), thinking(text("c"))]),
        ([[thinking(thinking(), thinking())]], [thinking(thinking(), thinking())]),
        (
            [[thinking(closed=False)], [thinking(signature="s")], [thinking(closed=True, signature=None)]],
            [thinking(closed=True, signature="s")],
        ),
        # Each signature is that of one thought.
        (
            [
                [thinking(text("a"))],
                [thinking(signature="s")],
                [thinking(text("b"), signature="t")],
                [thinking(text("c"))],
            ],
            [thinking(text("a"), signature="s"), thinking(text("bc"), signature="t")],
        ),
    ],
)
def test_content(contents: list[object], expected: object) -> None:
    """Text is joined, thoughts are joined, other parts stand where they came."""
    assert {"role": "assistant", "content": expected} == message(*({"content": content} for content in contents))


@pytest.mark.parametrize(
    ("fragments", "expected"),
    [
        # In pieces, as the service's own answers are; what a call is named comes once.
        (
            [
                {"id": "a", "type": "function", **fragment("", "f", index=0)},
                fragment('{"x"', index=0),
                {"id": "null", "type": "", **fragment(":1}", "null", index=0)},
            ],
            [{"id": "a", "type": "function", "function": {"name": "f", "arguments": '{"x":1}'}, "index": 0}],
        ),
        # What is missing at first comes later; what stays missing is empty.
        (
            [{"id": "null"}, {"id": "a", "function": None}, {"function": {"name": "f"}}, {"type": "function"}],
            [{"id": "a", "type": "function", "function": {"name": "f", "arguments": ""}, "index": 0}],
        ),
        ([{}], [{"function": {"name": "", "arguments": ""}, "index": 0}]),
        # Identifiers that are no text name no call, and are kept.
        (
            [fragment("1", "f", id=[1]), fragment("2", id=5)],
            [{"id": 5, "function": {"name": "f", "arguments": "12"}, "index": 0}],
        ),
        # By index, whatever the order of arrival.
        (
            [fragment("x", "g", index=1), fragment("a", "f"), fragment("y", index=1), fragment("b", index=None)],
            [
                {"function": {"name": "f", "arguments": "ab"}, "index": 0},
                {"function": {"name": "g", "arguments": "xy"}, "index": 1},
            ],
        ),
        # Another identifier is another call; a piece without one belongs to the call before it.
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
        # The same identifier at another index is another call too.
        (
            [fragment("1", "f", id="a"), fragment("2", "f", id="a", index=1)],
            [
                {"id": "a", "function": {"name": "f", "arguments": "1"}, "index": 0},
                {"id": "a", "function": {"name": "f", "arguments": "2"}, "index": 1},
            ],
        ),
        # Arguments that come as an object stay one, unless text comes too.
        (
            [fragment("", "f"), fragment({"x": None}), fragment("")],
            [{"function": {"name": "f", "arguments": {"x": None}}, "index": 0}],
        ),
        (
            [fragment({"x": None}, "f"), fragment(" ")],
            [{"function": {"name": "f", "arguments": '{"x": null} '}, "index": 0}],
        ),
        # Texts of other fields are fragments, too; of other values the last one that is not null counts.
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
    """Fragments become whole calls, whether they come one by one or all at once."""
    assert expected == calls(*fragments)
    assert expected == message({"tool_calls": fragments})["tool_calls"]


@pytest.mark.parametrize(("value", "expected"), [(None, {}), ([], {"tool_calls": []})])
def test_no_tool_calls(value: object, expected: Json) -> None:
    """Where no calls came, none are made up."""
    assert {"role": "assistant", **expected} == message({"tool_calls": value})


@pytest.mark.parametrize(
    ("roles", "shown"),
    [(["assistant", "tool", "assistant"], 2), (["assistant", "tool"], 0), ([None, "tool"], 0), (["tool", "user"], 1)],
)
def test_several_messages(roles: list[str | None], shown: int) -> None:
    """All messages of a choice are there in order; the choice's own is the last that the agent said, else the last."""
    deltas = [delta(index=0) for _ in roles]
    for place, role in reversed(list(enumerate(roles))):
        deltas.append(chunk({"index": 0, "delta": {"index": place, "role": role, "content": f"{place}"}}))
    deltas.append(chunk({"index": 0, "delta": {"index": len(roles) - 1, "tool_calls": [fragment("1", "f")]}}))
    (choice,) = assemble(deltas)["choices"]
    expected: list[Json] = [
        {"role": role or "assistant", "content": f"{place}", "index": place} for place, role in enumerate(roles)
    ]
    expected[-1]["tool_calls"] = [{"function": {"name": "f", "arguments": "1"}, "index": 0}]
    assert expected == choice["messages"]
    assert {name: value for name, value in expected[shown].items() if name != "index"} == choice["message"]


def test_a_single_message_stands_alone() -> None:
    """A single message has no index, whichever it has in the stream, and there is no list of messages."""
    (choice,) = assemble([chunk({"index": 0, "delta": {"index": 3, "content": "a"}})])["choices"]
    assert choice == {"index": 0, "message": {"role": "assistant", "content": "a"}}


@pytest.mark.parametrize(
    "request_body",
    [
        ASK,
        {**ASK, "n": 3},
        {**ASK, "max_tokens": 0},
        {**ASK, "max_tokens": 2, "n": 2},
        {**ASK, "tools": TOOLS},
        {**ASK, "tools": TOOLS, "n": 2},
        {**ASK, "tools": TOOLS, "parallel_tool_calls": False},
        {**ASK, "response_format": {"type": "json_object"}},
        {"model": "codestral-2405", "prompt": "def"},
    ],
    ids=["text", "n", "no tokens", "n cut", "tools", "n tools", "one tool", "JSON", "fill in the middle"],
)
def test_the_stubs_stream_is_its_answer(request_body: Json) -> None:
    """A request's stream makes up its answer, but for what a stream does not say: no calls, and no prefix."""
    expected = answers.answer(request_body)
    for choice in expected["choices"]:
        del choice["message"]["prefix"]
        if choice["message"]["tool_calls"] is None:
            del choice["message"]["tool_calls"]
    assert expected == assemble(completions.chunks(answers.answer(request_body)))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a", "a"),
        ("", ""),
        (None, ""),
        (UNSET, ""),
        (5, ""),
        ([], ""),
        ([text("a"), thinking(text("no")), REFERENCE, {**SCENT, "text": "no"}, text(5), text("b")], "ab"),
    ],
)
def test_text_of(content: Any, expected: str) -> None:
    """The text of a message is that of its string or its text parts, in every form in which it may be at hand."""
    fields = {} if content is UNSET else {"content": content}
    forms = [content, fields, *(model.from_dict(fields) for model in (models.AssistantMessage, models.DeltaMessage))]
    assert [expected] * 4 == [text_of(form) for form in forms]
    assert expected == text_of(models.DeltaMessage.from_dict(fields).content)


def test_text_of_parts_made_by_hand() -> None:
    """Parts may be models and dicts in any sequence."""
    parts: Any = (models.TextChunk(text="a"), text("b"))
    assert [text_of(models.AssistantMessage(content=parts)), text_of(parts)] == ["ab", "ab"]


def near(place: Any) -> Any:
    """Fold the indexes in a document onto 0 and 1, so that pieces meet."""
    if isinstance(place, list):
        return [near(each) for each in place]
    if isinstance(place, dict):
        folded = {name: near(value) for name, value in place.items()}
        return {**folded, "index": folded["index"] % 2} if isinstance(folded.get("index"), int) else folded
    return place


def place_of(piece: Json) -> int:
    """Return the index of a piece, 0 where there is none."""
    index = piece.get("index")
    return index if isinstance(index, int) else 0


# As the contract has them, and with more that can meet: a message in every piece.
PIECES = st.builds(
    lambda piece, message: {**piece, "delta": message},
    contract.documents("CompletionResponseStreamChoice"),
    contract.documents("DeltaMessage"),
)
STREAMS: st.SearchStrategy[Any] = st.lists(
    contract.documents("CompletionChunk") | st.builds(chunk, PIECES, PIECES), max_size=5
).map(near)


def odd_documents(document: Any) -> Iterator[Any]:
    """Yield the document with one value in it changed, or one field added, for each place that there is."""
    yield from ODD_VALUES
    if isinstance(document, dict):
        for name in {**document, **dict.fromkeys(ODD_NAMES)}:
            values = odd_documents(document[name]) if name in document else ODD_VALUES
            yield from ({**document, name: value} for value in values)
    elif isinstance(document, list):
        for place, item in enumerate(document):
            yield from ([*document[:place], odd, *document[place + 1 :]] for odd in odd_documents(item))


def is_accepted(document: Any) -> bool:
    """Tell whether the model of a chunk reads a document."""
    try:
        models.CompletionChunk.from_dict(document)
    except StructureError:
        return False
    return True


def assert_assembled(chunks: list[Json]) -> None:
    """Assert that chunks are put together into what the model of an answer reads, and are not changed."""
    before = json.dumps(chunks)
    assembled = assemble(chunks)
    assert json.dumps(assembled) == json.dumps(models.ChatCompletionResponse.from_dict(assembled).to_dict())
    assert before == json.dumps(chunks)


@FEW
@given(chunks=STREAMS)
def test_what_the_contract_allows_can_be_assembled(chunks: list[Json]) -> None:
    """Chunks that keep the contract make up an answer, and stay as they are."""
    assert_assembled(chunks)


def test_what_a_chunks_model_accepts_can_be_assembled() -> None:
    """Chunks in which anything is of another type, or where it should not be, make up an answer if they can be read."""
    whole = contract.full_document(contract.component("CompletionChunk"))
    accepted = list(filter(is_accepted, odd_documents(whole)))
    for odd in accepted:
        assert_assembled([whole, odd])
    assert len(accepted) > 1_000


@FEW
@given(chunks=STREAMS)
def test_no_text_is_lost(chunks: list[Json]) -> None:
    """The text of each message is that of its deltas, one after another."""
    expected: dict[tuple[int, int], str] = {}
    for piece in (piece for each in chunks for piece in each["choices"] if "delta" in piece):
        place = (piece["index"], place_of(piece["delta"]))
        expected[place] = expected.get(place, "") + text_of(piece["delta"])
    found: dict[tuple[int, int], str] = {}
    for choice in assemble(chunks)["choices"]:
        single = [choice["message"]] if "message" in choice else []
        places = sorted(place for place in expected if place[0] == choice["index"])
        found |= zip(places, map(text_of, choice.get("messages", single)), strict=True)
    assert expected == found


@FEW
@given(chunks=STREAMS, said=st.text(max_size=5), form=st.sampled_from([str, lambda cut: [text(cut)]]), data=st.data())
def test_cutting_a_delta_changes_nothing(chunks: list[Json], said: str, form: Any, data: st.DataObject) -> None:
    """Text that comes in two deltas is the same as in one, whatever comes before and after."""
    place, cut = data.draw(st.integers(0, len(chunks))), data.draw(st.integers(0, len(said)))
    whole, *halves = [delta(content=form(each)) for each in (said, said[:cut], said[cut:])]
    before, after = chunks[:place], chunks[place:]
    assert assemble([*before, whole, *after]) == assemble([*before, *halves, *after])
