"""How the chunks of a completion's stream become one answer, and the text of a message."""

from __future__ import annotations

from typing import Any

import pytest

from mistral_agents import errors
from mistral_agents._completions import assemble
from mistral_agents._joining import text_of
from mistral_agents.testing.scripting import completions
from mistral_agents.testing.serving import answers
from mistral_agents_api import models
from mistral_agents_api.values import UNSET
from streams.assembly import Json, chunk, delta, fragment, message, text, thinking

ASK: Json = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Is it raining in Paris? Say it in full."}]}
FUNCTION = {"name": "get_weather", "parameters": {"type": "object", "properties": {"location": {"type": "string"}}}}
OTHER_FUNCTION = {"name": "get_time", "parameters": {"type": "object", "properties": {}}}
TOOLS = [{"type": "function", "function": function} for function in (FUNCTION, OTHER_FUNCTION)]
REFERENCE = {"type": "reference", "reference_ids": [1]}
SCENT = {"type": "scent", "strength": 3}


def test_no_chunks() -> None:
    """Without any chunk, the answer has no choices."""
    assert assemble([]) == {"choices": []}


def test_fields_of_the_answer() -> None:
    """A field has its last value that is not null, also an unknown field; fields keep their order of arrival."""
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


def test_another_object_name_is_kept() -> None:
    """`object` changes from the name of a chunk to that of an answer; any other name is kept."""
    assert assemble([chunk(object="else")]) == {"object": "else", "choices": []}


def test_choices_are_kept_apart() -> None:
    """Deltas go to the choice with their index, in any order; choices are sorted by index."""
    first, second = {"index": 1, "delta": {"content": "x"}}, {"index": 0, "delta": {"content": "a"}}
    answer = assemble([chunk(first, second), delta(0, content="b"), delta(1, content="y")])
    found = [(choice["index"], choice["message"]["content"]) for choice in answer["choices"]]
    assert found == [(0, "ab"), (1, "xy")]


def test_fields_of_a_choice() -> None:
    """A field of a choice has its last value that is not null, also the finish reason and unknown fields."""
    pieces: list[Json] = [
        {"index": 0, "finish_reason": None, "extra": 1, "delta": {"content": "a"}},
        {"index": 0, "finish_reason": "stop", "extra": 2},
        {"index": 0, "finish_reason": None, "extra": None, "delta": None},
    ]
    (choice,) = assemble([chunk(piece) for piece in pieces])["choices"]
    expected = {"role": "assistant", "content": "a"}
    assert {"index": 0, "finish_reason": "stop", "extra": 2, "message": expected} == choice


def test_choice_without_deltas_has_no_message() -> None:
    """Without deltas a choice has no message; a field `message` or `messages` in a chunk is ignored."""
    assert assemble([chunk({"index": 0, "message": 1, "messages": 2})])["choices"] == [{"index": 0}]


def test_an_index_that_is_not_a_number_is_0() -> None:
    """An index of another type means the first choice, the first message and the first call."""
    odd = {"index": "1", "delta": {"index": "1", "content": "b", "tool_calls": [fragment("2", index=[1])]}}
    answer = assemble([delta(content="a", tool_calls=[fragment("1", "f", index=0)]), chunk(odd)])
    call = {"function": {"name": "f", "arguments": "12"}, "index": 0}
    expected = {"role": "assistant", "content": "ab", "tool_calls": [call]}
    assert [{"index": 0, "message": expected}] == answer["choices"]


@pytest.mark.parametrize("name", ["logprobs", "prompt_logprobs"])
def test_logprobs(name: str) -> None:
    """The tokens of all chunks are joined to one list; other fields have their last value."""
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
    """If no tokens came, the answer has none."""
    assert [{"index": 0, "logprobs": value}] == assemble([chunk({"index": 0, "logprobs": value})])["choices"]


@pytest.mark.parametrize(
    ("roles", "expected"), [([], "assistant"), ([None], "assistant"), (["user", None, "tool", None], "tool")]
)
def test_role(roles: list[str | None], expected: str) -> None:
    """The last role that came counts; without one the role is `assistant`."""
    assert {"role": expected} == message({}, *({"role": role} for role in roles))


def test_unknown_fields_of_a_message() -> None:
    """Other fields of a message have their last value that is not null."""
    deltas: list[Json] = [{"extra": 1, "prefix": True}, {"extra": 2, "metadata": {"a": 1}}, {"extra": None}]
    assert message(*deltas) == {"role": "assistant", "extra": 2, "prefix": True, "metadata": {"a": 1}}


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        # Content that is only text is a string.
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
        # Text and parts together are a list.
        (["", "a", "b", [REFERENCE], "c", 5, [text("d")], "", [SCENT], ""], [text("ab"), REFERENCE, text("cd"), SCENT]),
        (["", []], []),
        # Thinking parts that follow each other become one.
        ([[thinking(text("a"))], "", [thinking(text("b"))], "c"], [thinking(text("ab")), text("c")]),
        ([[thinking()], [thinking(REFERENCE, text("a")), thinking(text("b"))]], [thinking(REFERENCE, text("ab"))]),
        ([[thinking(text("a"))], "b", [thinking(text("c"))]], [thinking(text("a")), text("b"), thinking(text("c"))]),
        ([[thinking(thinking(), thinking())]], [thinking(thinking(), thinking())]),
        (
            [[thinking(closed=False)], [thinking(signature="s")], [thinking(closed=True, signature=None)]],
            [thinking(closed=True, signature="s")],
        ),
        # Each signature belongs to one thinking part.
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
    """Texts are joined, thinking parts are joined, and other parts keep their places."""
    assert {"role": "assistant", "content": expected} == message(*({"content": content} for content in contents))


@pytest.mark.parametrize(
    ("roles", "shown"),
    [(["assistant", "tool", "assistant"], 2), (["assistant", "tool"], 0), ([None, "tool"], 0), (["tool", "user"], 1)],
)
def test_several_messages(roles: list[str | None], shown: int) -> None:
    """`messages` has all messages of a choice in order; `message` is the last of the assistant, else the last one."""
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
    """A single message loses its index, and the choice has no `messages`."""
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
    """The stub's stream becomes the stub's answer, except for what a stream cannot say: empty calls, and `prefix`."""
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
    """`text_of` gives the text of a string or of all text parts, from a message or its content, as model or as dict."""
    fields = {} if content is UNSET else {"content": content}
    forms = [content, fields, *(model.from_dict(fields) for model in (models.AssistantMessage, models.DeltaMessage))]
    assert [expected] * 4 == [text_of(form) for form in forms]
    assert expected == text_of(models.DeltaMessage.from_dict(fields).content)


def test_text_of_something_else() -> None:
    """An object that has no content is refused: an empty text would look like an empty answer."""
    answer = models.ChatCompletionResponse.from_dict(completions.completion("Hello"))
    wrong: list[Any] = [answer, answer.choices[0], answer.choices, print]
    for each in wrong:
        with pytest.raises(errors.InvalidArgumentError, match="text_of: expected a message"):
            text_of(each)
    assert [text_of(None), text_of({}), text_of(models.UnknownEntry({"type": "new"}))] == ["", "", ""]


def test_text_of_parts_made_by_hand() -> None:
    """`text_of` takes parts as models and dicts, in any kind of sequence."""
    parts: Any = (models.TextChunk(text="a"), text("b"))
    assert [text_of(models.AssistantMessage(content=parts)), text_of(parts)] == ["ab", "ab"]
