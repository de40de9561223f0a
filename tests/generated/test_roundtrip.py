"""Reading with the generated models: every part of a valid document is typed and kept, known or unknown."""

import datetime as dt
import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.stress import documents

import contract_documents as contract
from mistral_agents_api import models

# Whole answers contain all other models, so they get more examples.
MANY = settings(contract.FEW, max_examples=40)
EACH_MODEL = pytest.mark.parametrize("name", contract.EVERY_MODEL)
TEXT = {"type": "text", "text": "a"}


def assert_read(schema: documents.Schema, data: Any, value: Any) -> None:
    """Assert that `value` is `data` as the contract types it: components are models, all else is unchanged."""
    expected = contract.alternative_for(schema, data)
    if expected.kind == "array":
        assert type(value) is list
        assert len(value) == len(data)
        for each, item in zip(data, value, strict=True):
            assert_read(expected.schema["items"], each, item)
    elif expected.excluded_tags:
        assert type(value) is contract.model_of(expected.name)
        (tag,) = expected.excluded_tags
        assert (getattr(value, tag), value[tag], value.raw) == ("UNKNOWN", data[tag], data)
    elif expected.properties:
        assert type(value) is contract.model_of(expected.name)
        for name, field in expected.properties.items():
            if name in data:
                assert_read(field, data[name], getattr(value, name))
            else:
                assert getattr(value, name) == expected.tags.get(name)
                assert name not in value
        unknown = {name: data[name] for name in data if name not in expected.properties}
        assert list(value.additional_properties.items()) == list(unknown.items())
    elif isinstance(value, dt.date):
        assert value.text == data  # type: ignore[attr-defined]  # dates that a model has read keep their text
    else:
        assert (value, type(value)) == (data, type(data))


@pytest.mark.parametrize("name", [*contract.ANSWERS, *contract.REQUESTS])
def test_the_documents_of_these_tests_are_valid(name: str) -> None:
    """The contract allows the documents that these tests read: the drawn ones, and the one that has every field."""
    components = {"components": documents.DOCUMENT["components"]}
    validator = jsonschema_rs.Draft202012Validator(documents.component(name) | components)

    @contract.FEW
    @given(contract.documents(name))
    def check(document: Any) -> None:
        assert not list(validator.iter_errors(document))

    check()
    assert not list(validator.iter_errors(documents.full_document(documents.component(name))))


@pytest.mark.parametrize("name", contract.EVERY_MODEL)
@contract.FEW
@given(data=st.data())
def test_reading_and_writing_keep_the_text(name: str, data: st.DataObject) -> None:
    """Reading and writing keep the JSON text: also unknown fields, unknown values, and the order of keys."""
    document = data.draw(contract.documents(name))
    text = json.dumps(document)
    assert text == json.dumps(contract.model_of(name).from_dict(document).to_dict())
    assert text == json.dumps(document)


@pytest.mark.parametrize(
    "name", [*contract.ANSWERS, "Agent", "AgentListPage", "ConversationResponse", "ConversationHistory"]
)
@MANY
@given(data=st.data())
def test_every_part_of_an_answer_is_typed_and_kept(name: str, data: st.DataObject) -> None:
    """Each part of an answer becomes the model that the contract names, and the JSON text is kept."""
    document = data.draw(contract.documents(name))
    model = contract.model_of(name).from_dict(document)
    assert_read(documents.component(name), document, model)
    assert json.dumps(document) == json.dumps(model.to_dict())


def test_unknown_members_leave_their_neighbours_typed() -> None:
    """A part of an unknown type becomes an `Unknown...` model with the raw data; its neighbours stay typed."""
    scent = {"strength": 3, "type": "scent"}
    thinking = {"type": "thinking", "thinking": [TEXT, scent, TEXT]}
    resource = {"type": "resource", "uri": "x:1", "content": scent}
    content = [TEXT, scent, thinking, resource, {"text": "no type"}, {"type": None}, {"type": ["text"]}]
    message = models.AssistantMessage.from_dict({"content": content})
    parts: list[Any] = message.content  # type: ignore[assignment]  # the content above is a list
    assert [type(part).__name__ for part in parts] == [
        *("TextChunk", "UnknownContentChunk", "ThinkChunk", "ResourceChunk"),
        *("UnknownContentChunk", "UnknownContentChunk", "UnknownContentChunk"),
    ]
    assert [type(part).__name__ for part in parts[2].thinking] == ["TextChunk", "UnknownThinkingChunk", "TextChunk"]
    assert (parts[1].type, parts[1]["type"], parts[1].strength, parts[1].raw) == ("UNKNOWN", "scent", 3, scent)
    assert isinstance(parts[3].content, models.UnknownResourceChunkContent)
    assert ("type" in parts[4], parts[5]["type"], parts[6]["type"]) == (False, None, ["text"])
    assert json.dumps(message.to_dict()) == json.dumps({"content": content})


def test_unknown_values_are_kept() -> None:
    """An unknown value of an enum stays a string, and so does an unknown tag of a model outside a union."""
    choice = {"finish_reason": "bored", "index": 0, "message": {"role": "oracle", "tool_calls": []}}
    answer = models.ChatCompletionResponse.from_dict({"choices": [choice]})
    message: Any = answer.choices[0].message
    assert (answer.choices[0].finish_reason, message.role, message.tool_calls) == ("bored", "oracle", [])
    assert json.dumps(answer.to_dict()) == json.dumps({"choices": [choice]})


@EACH_MODEL
def test_null_is_kept_in_every_optional_field(name: str) -> None:
    """Null in any optional field reads as None, or in a tag as the tag's value, and is written as null again."""
    schema = contract.object_schema(name)
    full = documents.full_document(documents.component(name))
    minimal = {field: full[field] for field in schema.required}
    optional = [field for field in schema.properties if field not in schema.required]
    read = {field: contract.model_of(name).from_dict({**minimal, field: None}) for field in optional}
    assert {field: getattr(model, field) for field, model in read.items()} == {
        field: schema.tags.get(field) for field in optional
    }
    assert [model.to_dict() for model in read.values()] == [{**minimal, field: None} for field in optional]


@EACH_MODEL
def test_scalar_of_another_type_is_kept(name: str) -> None:
    """Where the contract has a scalar, any scalar is read and written unchanged."""
    full = documents.full_document(documents.component(name))
    fields = [
        field
        for field, schema in contract.object_schema(name).properties.items()
        if any(each.kind == "scalar" for each in documents.alternatives(schema))
    ]
    for field in fields:
        for scalar in (7, -0.5, "7", False):
            document = {**full, field: scalar}
            model = contract.model_of(name).from_dict(document)
            assert json.dumps(model.to_dict()) == json.dumps(document)


def test_change_after_reading_is_written() -> None:
    """A model that was read can be changed: a new field is written last, and a removed field is not written."""
    read = {"x_new": 1, "total_tokens": 3, "prompt_tokens": 2}
    usage = models.UsageInfo.from_dict(read)
    usage.total_tokens = 4
    usage.completion_tokens = 1
    del usage.prompt_tokens
    usage["x_other"] = [usage["x_new"]]
    del usage["x_new"]
    assert json.dumps(usage.to_dict()) == '{"total_tokens": 4, "completion_tokens": 1, "x_other": [1]}'
    assert read == {"x_new": 1, "total_tokens": 3, "prompt_tokens": 2}
