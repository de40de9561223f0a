"""Structured output: the schema that is sent for a class, and how an answer is parsed."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import json
import pickle
import sys
from typing import Annotated, Any, Literal, NewType

import pydantic
import pytest
from typing_extensions import TypeAliasType, TypedDict  # on Python 3.11 pydantic accepts only this TypedDict

from completion_payloads import ANSWER, ASK
from mistral_agents import Mistral, errors
from mistral_agents.testing import StubServer, completion, thinking
from seam import answer, seam
from worlds import WORLDS, World, each_world

MONET = {"name": "Claude Monet", "born": 1840}
SCHEMA: dict[str, Any] = {
    "title": "Painter",
    "type": "object",
    "properties": {"name": {"type": "string"}, "born": {"type": "integer"}},
    "required": ["name", "born"],
    "additionalProperties": False,
}


class Painter(pydantic.BaseModel):
    """A person who paints."""

    name: str
    born: Annotated[int, pydantic.Field(gt=1000)]


@dataclasses.dataclass
class PainterData:
    """A painter as a dataclass."""

    name: str
    born: int


class PainterDict(TypedDict):
    """A painter as a dict."""

    name: str
    born: int


class School(pydantic.BaseModel):
    """Refers to other schemas, has an open object, and a field with the name of a JSON Schema keyword."""

    members: list[Painter]
    places: dict[str, int]
    type: str
    heirs: list[School]


def said(text: str, finish_reason: str = "stop") -> Any:
    """Make an answer with this text."""
    return answer(completion(text, finish_reason=finish_reason), x_request_id="r-1")


def failure(world: World, answered: Any, form: Any = Painter) -> errors.ResponseValidationError:
    """Return the error of a call of `parse` that gets this answer."""
    with pytest.raises(errors.ResponseValidationError) as caught:
        world.parse(seam(answered).client(), **ASK, response_format=form)
    return caught.value


@each_world
@pytest.mark.parametrize(
    ("form", "parsed"),
    [
        (Painter, Painter(name="Claude Monet", born=1840)),
        (PainterData, PainterData(name="Claude Monet", born=1840)),
        (PainterDict, MONET),
        (Painter | None, Painter(name="Claude Monet", born=1840)),
        (dict[str, str | int], MONET),
        (SCHEMA, MONET),
        ({}, MONET),
    ],
    ids=str,
)
def test_answer_that_fits(world: World, form: Any, parsed: object) -> None:
    """`parsed` is an instance of the class, or the data for a JSON Schema; `response` is the whole answer."""
    text = json.dumps(MONET)
    result = world.parse(seam(said(text)).client(), **ASK, response_format=form)
    assert (type(result.parsed), result.parsed) == (type(parsed), parsed)
    assert result.response.choices[0].message.content == text


@each_world
def test_the_request_keeps_the_contract(world: World) -> None:
    """The schema is sent as strict, with its name; the stub accepts the request and answers in that form."""
    with StubServer(strict=True) as stub:
        result = world.parse(
            Mistral(api_key="any", server_url=stub.url), **ASK, response_format=PainterData, max_tokens=500
        )
    sent = stub.requests[0].json
    assert sent["response_format"] == {
        "type": "json_schema",
        "json_schema": {
            "name": "PainterData",
            "strict": True,
            "schema": {
                "title": "PainterData",
                "description": "A painter as a dataclass.",
                "type": "object",
                "properties": {
                    "name": {"title": "Name", "type": "string"},
                    "born": {"title": "Born", "type": "integer"},
                },
                "required": ["name", "born"],
                "additionalProperties": False,
            },
        },
    }
    assert {name: value for name, value in sent.items() if name != "response_format"} == {**ASK, "max_tokens": 500}
    assert isinstance(result.parsed, PainterData)


def sent_schema(form: Any) -> dict[str, Any]:
    """Return the schema that is sent for a form, with its name."""
    network = seam(said("null"))
    with contextlib.suppress(errors.ResponseValidationError):
        WORLDS[0].parse(network.client(), **ASK, response_format=form)
    sent: dict[str, Any] = network.sent["response_format"]["json_schema"]
    return sent


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (Painter, "Painter"),
        (list[Painter], "answer"),
        ({**SCHEMA, "title": "A list of 20 & more"}, "A_list_of_20_more"),
        ({**SCHEMA, "title": "x" * 65}, "x" * 64),
        ({**SCHEMA, "title": "画家"}, "answer"),
        ({**SCHEMA, "title": 5}, "5"),
        ({}, "answer"),
    ],
)
def test_name_of_the_schema(form: Any, name: str) -> None:
    """A schema is named after its title, reduced to the characters and the length that names may have."""
    assert sent_schema(form)["name"] == name


def test_schema_of_a_class_is_closed() -> None:
    """Every object in the schema of a class allows no other fields, unless it has a schema for them."""
    schema = sent_schema(School)["schema"]
    school, painter = schema["$defs"]["School"], schema["$defs"]["Painter"]
    assert (school["additionalProperties"], painter["additionalProperties"]) == (False, False)
    assert school["properties"]["places"]["additionalProperties"] == {"type": "integer"}
    assert school["properties"]["type"] == {"title": "Type", "type": "string"}
    assert painter["properties"]["born"]["exclusiveMinimum"] == 1000


def test_schema_of_the_caller_is_sent_unchanged() -> None:
    """A JSON Schema that the caller gives is sent unchanged, and not closed."""
    open_schema = {"type": "object", "properties": {"a": {"type": "object"}}}
    before = copy.deepcopy(open_schema)
    assert sent_schema(open_schema) == {"name": "answer", "schema": before, "strict": True}
    assert open_schema == before


@each_world
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Claude Monet.", "Invalid JSON"),
        ("", "Invalid JSON"),
        ('{"name": "Claude Monet"', "Invalid JSON"),
        ('{"name": "Claude Monet", "born": "long ago"}', "born: Input should be a valid integer"),
        ('{"name": "Claude Monet", "born": 184}', "born: Input should be greater than 1000"),
        ('["Claude Monet", 1840]', "Input should be an object"),
        ("[" * 100_000, "Invalid JSON"),
        ('{"name": "\ud83d", "born": 1840}', "unable to parse raw data as a unicode string"),
    ],
    ids=range(8),
)
def test_answer_that_does_not_fit(world: World, text: str, reason: str) -> None:
    """An answer that does not fit raises an error that says why, with the raw text, the answer and pydantic's error."""
    error = failure(world, said(text))
    assert reason in str(error)
    assert error.body == text.encode("utf-8", "surrogatepass")
    assert error.partial is not None
    assert error.partial.choices[0].message.content == text
    assert (error.attempts, error.request_id) == (1, "r-1")
    assert isinstance(error.__cause__, pydantic.ValidationError)


@each_world
@pytest.mark.parametrize("text", ["Claude Monet.", "", "[" * 100_000, "9" * 5_000], ids=range(4))
def test_answer_that_is_not_json(world: World, text: str) -> None:
    """For a JSON Schema, too, a text that is not JSON raises an error with the raw text."""
    error = failure(world, said(text), SCHEMA)
    assert error.body.decode() == text


@each_world
@pytest.mark.parametrize(
    "choices",
    [[], [{"index": 0}], [{"index": 0, "message": None}], [{"index": 0, "message": {"content": None}}]],
    ids=str,
)
def test_answer_without_a_text(world: World, choices: list[Any]) -> None:
    """An answer without a text does not fit, either; the error keeps it."""
    error = failure(world, answer({"choices": choices}))
    assert error.partial is not None
    assert (error.body, error.partial.to_dict()) == (b"", {"choices": choices})


def test_answer_that_calls_functions() -> None:
    """If the agent calls functions instead of answering, the error says so, and names the method that runs them."""
    call = {"id": "call_1", "function": {"name": "look_up", "arguments": "{}"}}
    choices = [{"index": 0, "finish_reason": "tool_calls", "message": {"content": "", "tool_calls": [call]}}]
    assert "the agent calls functions instead of answering. Use run_tools" in str(
        failure(WORLDS[0], answer({"choices": choices}))
    )


def test_answer_that_was_cut_off() -> None:
    """The error mentions max_tokens if the answer was cut off at its limit of length, and only then."""
    cut, whole = (failure(WORLDS[0], said('{"name": "Cl', reason)) for reason in ("length", "stop"))
    assert ("allow more max_tokens" in str(cut), "max_tokens" in str(whole)) == (True, False)


def test_text_in_parts() -> None:
    """The text is joined from the text parts of the content; thinking is left out."""
    content = [
        thinking('{"name": 5}'),
        *({"type": "text", "text": part} for part in ('{"name": "Claude Monet",', '"born": 1840}')),
    ]
    message = {"index": 0, "message": {"content": content}}
    result = WORLDS[0].parse(seam(answer({"choices": [message]})).client(), **ASK, response_format=PainterDict)
    assert result.parsed == MONET


def test_errors_are_pickled() -> None:
    """A pickled error keeps its body, the answer, and pydantic's message as a text."""
    error = failure(WORLDS[0], said("Claude Monet."))
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301  # made here
    assert (str(copied), copied.body, copied.partial) == (str(error), error.body, error.partial)
    assert "Invalid JSON" in copied.cause_summary


def test_results_are_pickled() -> None:
    """What `parse` returns can be pickled."""
    result = WORLDS[0].parse(seam(said(json.dumps(MONET))).client(), **ASK, response_format=Painter)
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301  # made here


@each_world
@pytest.mark.parametrize(
    "form",
    [
        None,
        5,
        "Painter",
        '{"type": "object"}',
        [SCHEMA],
        len,
        Painter(name="Claude Monet", born=1840),
        World,
        {"type": "json_schema", "json_schema": {"name": "a", "schema": SCHEMA}},
        {"type": "json_object"},
        {"type": "object", "default": object()},
    ],
    ids=lambda form: str(form).partition(" at 0x")[0],
)
def test_an_invalid_form_is_refused(world: World, form: object) -> None:
    """A `response_format` that is neither a type that pydantic knows nor a JSON Schema is refused; nothing is sent."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match="response_format"):
        world.parse(network.client(), **ASK, response_format=form)
    assert network.requests == []


@each_world
def test_form_is_required(world: World) -> None:
    """Without `response_format`, Python's own error for a missing argument is raised."""
    with pytest.raises(TypeError, match=r"parse.*'response_format'"):
        world.parse(seam().client(), **ASK)


@each_world
def test_other_arguments_are_checked(world: World) -> None:
    """`parse` refuses an unknown keyword and `stream`, as `complete` does."""
    with pytest.raises(TypeError, match="max_token"):
        world.parse(seam().client(), **ASK, response_format=Painter, max_token=5)
    with pytest.raises(errors.InvalidArgumentError, match="stream"):
        world.parse(seam().client(), **ASK, response_format=Painter, stream=True)


@each_world
def test_without_pydantic(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pydantic, a class is refused with a message that says what to install; a JSON Schema works."""
    monkeypatch.setitem(sys.modules, "pydantic", None)
    network = seam(said(json.dumps(MONET)))
    with pytest.raises(errors.InvalidArgumentError, match="pip install pydantic"):
        world.parse(network.client(), **ASK, response_format=Painter)
    assert network.requests == []
    assert world.parse(network.client(), **ASK, response_format=SCHEMA).parsed == MONET


Year = NewType("Year", int)
Names = TypeAliasType("Names", list[str])


@each_world
@pytest.mark.parametrize(
    ("form", "text", "parsed"),
    [
        (Year, "1840", 1840),
        (Names, '["Monet"]', ["Monet"]),
        (Painter | None, "null", None),
        (int | list[int], "[1]", [1]),
        (Literal["yes", "no"], '"yes"', "yes"),
        (Annotated[int, pydantic.Field(gt=1)], "2", 2),
    ],
    ids=str,
)
def test_types_that_are_not_classes(world: World, form: Any, text: str, parsed: object) -> None:
    """`response_format` can be a NewType, a type alias, a union, a Literal or an Annotated type."""
    made = {**ANSWER, "choices": [{**ANSWER["choices"][0], "message": {"role": "assistant", "content": text}}]}
    assert world.parse(seam(answer(made)).client(), **ASK, response_format=form).parsed == parsed


@pytest.mark.skipif(sys.version_info < (3, 12), reason="`type` statements came with Python 3.12")
def test_type_alias_of_a_name_that_does_not_exist() -> None:
    """An alias whose value cannot be evaluated is refused before anything is sent."""
    names: dict[str, Any] = {}
    exec("type Painters = list[Nobody]", names)  # noqa: S102  # a syntax error for Python 3.11
    with pytest.raises(errors.InvalidArgumentError, match=r"response_format: .*Painters"):
        WORLDS[0].parse(seam().client(), **ASK, response_format=names["Painters"])


class Settings(pydantic.BaseModel):
    """Has a default and an example that look like schemas, and allows other fields."""

    model_config = {"extra": "allow"}
    default: dict[str, Any] = pydantic.Field(
        default={"type": "object", "properties": {}}, examples=[{"type": "object"}]
    )
    inner: list[Painter] | None = None
    type: str = "object"


def test_only_schemas_are_closed() -> None:
    """Defaults and examples stay unchanged; every object with fields is closed, also one that allows others."""
    network = seam(answer({**ANSWER, "choices": []}))
    with pytest.raises(errors.ResponseValidationError):
        network.client().agents.parse(**ASK, response_format=Settings)
    schema = network.sent["response_format"]["json_schema"]["schema"]
    expected = json.loads(json.dumps(Settings.model_json_schema()))
    expected["additionalProperties"] = expected["$defs"]["Painter"]["additionalProperties"] = False
    assert schema == expected
    assert schema["properties"]["default"]["additionalProperties"] is True
