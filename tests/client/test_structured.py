"""Answers in a form of the caller's: the schema that goes out for a class, and what comes back of an answer."""

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
from typing_extensions import TypeAliasType, TypedDict  # of Python 3.11 pydantic takes no other

from clients import ANSWER, ASK, WORLDS, World, answer, each_world, seam
from mistral_agents import Mistral, errors
from mistral_agents.testing import StubServer, completion, thinking

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
    """The same, as a dataclass."""

    name: str
    born: int


class PainterDict(TypedDict):
    """The same, as a dict."""

    name: str
    born: int


class School(pydantic.BaseModel):
    """What refers to other schemas, has open parts, and a field that is called like a keyword of JSON Schema."""

    members: list[Painter]
    places: dict[str, int]
    type: str
    heirs: list[School]


def said(text: str, finish_reason: str = "stop") -> Any:
    """Make an answer that says this."""
    return answer(completion(text, finish_reason=finish_reason), x_request_id="r-1")


def failure(world: World, answered: Any, form: Any = Painter) -> errors.ResponseValidationError:
    """Return the error of a call that is answered so."""
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
def test_answer_in_the_form_that_was_asked_for(world: World, form: Any, parsed: object) -> None:
    """The answer's text comes back as an instance of the class, or as the schema's data, beside the whole answer."""
    text = json.dumps(MONET)
    result = world.parse(seam(said(text)).client(), **ASK, response_format=form)
    assert (type(result.parsed), result.parsed) == (type(parsed), parsed)
    assert result.response.choices[0].message.content == text


@each_world
def test_the_request_keeps_the_contract(world: World) -> None:
    """The schema goes out as a strict one with its name, in a request that the stub accepts and answers by it."""
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
                "description": "The same, as a dataclass.",
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
    """Return the schema that goes out for a form, with its name."""
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
    """A schema is named after its title, as far as names of schemas allow it."""
    assert sent_schema(form)["name"] == name


def test_schema_of_a_class_is_closed() -> None:
    """Every object in the schema of a class says that it has no other fields, but for those that say which."""
    schema = sent_schema(School)["schema"]
    school, painter = schema["$defs"]["School"], schema["$defs"]["Painter"]
    assert (school["additionalProperties"], painter["additionalProperties"]) == (False, False)
    assert school["properties"]["places"]["additionalProperties"] == {"type": "integer"}
    assert school["properties"]["type"] == {"title": "Type", "type": "string"}
    assert painter["properties"]["born"]["exclusiveMinimum"] == 1000


def test_schema_of_the_caller_goes_out_as_it_is() -> None:
    """A JSON Schema is neither changed nor closed."""
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
def test_answer_in_another_form(world: World, text: str, reason: str) -> None:
    """An answer that does not fit is an error that says why, with the raw text, the answer and pydantic's error."""
    error = failure(world, said(text))
    assert reason in str(error)
    assert error.body == text.encode("utf-8", "surrogatepass")
    assert error.partial is not None
    assert error.partial.choices[0].message.content == text
    assert (error.attempts, error.request_id) == (1, "r-1")
    assert isinstance(error.__cause__, pydantic.ValidationError)


@each_world
@pytest.mark.parametrize("text", ["Claude Monet.", "", "[" * 100_000, "9" * 5_000], ids=range(4))
def test_answer_that_is_no_json(world: World, text: str) -> None:
    """For a JSON Schema, too, what cannot be read as JSON is an error with the raw text."""
    error = failure(world, said(text), SCHEMA)
    assert error.body.decode() == text


@each_world
@pytest.mark.parametrize(
    "choices",
    [[], [{"index": 0}], [{"index": 0, "message": None}], [{"index": 0, "message": {"content": None}}]],
    ids=str,
)
def test_answer_without_a_text(world: World, choices: list[Any]) -> None:
    """An answer that says nothing does not fit, either, and is kept on the error."""
    error = failure(world, answer({"choices": choices}))
    assert error.partial is not None
    assert (error.body, error.partial.to_dict()) == (b"", {"choices": choices})


def test_answer_that_was_cut_off() -> None:
    """The error says so when the answer ended at its limit of length, and otherwise does not."""
    cut, whole = (failure(WORLDS[0], said('{"name": "Cl', reason)) for reason in ("length", "stop"))
    assert ("allow more max_tokens" in str(cut), "max_tokens" in str(whole)) == (True, False)


def test_text_in_parts_counts_without_the_thoughts() -> None:
    """The text is put together from the parts of the content, thoughts left out."""
    content = [
        thinking('{"name": 5}'),
        *({"type": "text", "text": part} for part in ('{"name": "Claude Monet",', '"born": 1840}')),
    ]
    message = {"index": 0, "message": {"content": content}}
    result = WORLDS[0].parse(seam(answer({"choices": [message]})).client(), **ASK, response_format=PainterDict)
    assert result.parsed == MONET


def test_errors_are_pickled() -> None:
    """The error comes through pickle with its body, the answer, and in words what pydantic said."""
    error = failure(WORLDS[0], said("Claude Monet."))
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    assert (str(copied), copied.body, copied.partial) == (str(error), error.body, error.partial)
    assert "Invalid JSON" in copied.cause_summary


def test_results_are_pickled() -> None:
    """What `parse` returns can be pickled."""
    result = WORLDS[0].parse(seam(said(json.dumps(MONET))).client(), **ASK, response_format=Painter)
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301  # our own


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
def test_what_is_no_form_is_refused(world: World, form: object) -> None:
    """What is neither a class that pydantic knows nor a JSON Schema is refused before anything is sent."""
    network = seam()
    with pytest.raises(errors.InvalidArgumentError, match="response_format"):
        world.parse(network.client(), **ASK, response_format=form)
    assert network.requests == []


@each_world
def test_form_is_required(world: World) -> None:
    """Without `response_format` it is Python's own error for a missing argument."""
    with pytest.raises(TypeError, match=r"parse.*'response_format'"):
        world.parse(seam().client(), **ASK)


@each_world
def test_other_arguments_are_checked_as_ever(world: World) -> None:
    """An unknown keyword and a stream are refused as by `complete`."""
    with pytest.raises(TypeError, match="max_token"):
        world.parse(seam().client(), **ASK, response_format=Painter, max_token=5)
    with pytest.raises(errors.InvalidArgumentError, match="stream"):
        world.parse(seam().client(), **ASK, response_format=Painter, stream=True)


@each_world
def test_without_pydantic(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pydantic is not installed a class is refused with what to install, and a JSON Schema works."""
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
def test_types_that_are_no_classes(world: World, form: Any, text: str, parsed: object) -> None:
    """NewType, type aliases, unions, Literal and Annotated are forms as classes are."""
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
    """Holds what looks like a schema, and more."""

    model_config = {"extra": "allow"}
    default: dict[str, Any] = pydantic.Field(
        default={"type": "object", "properties": {}}, examples=[{"type": "object"}]
    )
    inner: list[Painter] | None = None
    type: str = "object"


def test_only_schemas_are_closed() -> None:
    """Defaults and examples are left alone; every object with fields is closed, also one that allows others."""
    network = seam(answer({**ANSWER, "choices": []}))
    with pytest.raises(errors.ResponseValidationError):
        network.client().agents.parse(**ASK, response_format=Settings)
    schema = network.sent["response_format"]["json_schema"]["schema"]
    expected = json.loads(json.dumps(Settings.model_json_schema()))
    expected["additionalProperties"] = expected["$defs"]["Painter"]["additionalProperties"] = False
    assert schema == expected
    assert schema["properties"]["default"]["additionalProperties"] is True
