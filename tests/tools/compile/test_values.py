"""What users read from models: absent, null and missing fields, unknown fields and members, and copies."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tools.stress import documents

import contract_documents as contract
from mistral_agents_api import models
from mistral_agents_api.values import UNSET, UnknownModel
from new_process import value_of

COPIES: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda model: pickle.loads(pickle.dumps(model)),  # noqa: S301  # made here
    "evolve": attrs.evolve,
}
if sys.version_info >= (3, 13):
    COPIES["replace"] = copy.replace
CHANGES: dict[str, Callable[..., Any]] = {
    name: change
    for name, change in {"evolve": attrs.evolve, "replace": getattr(copy, "replace", None)}.items()
    if change
}
# Unknown fields with names that Python, attrs, copy and pickle look for in objects.
HOSTILE = {
    **dict.fromkeys(
        ["to_dict", "from_dict", "raw", "_state", "_FIELDS", "_read", "additional_properties", "?x", ""], 1
    ),
    **dict.fromkeys(
        ["__class__", "__dict__", "__deepcopy__", "__copy__", "__reduce_ex__", "__reduce__", "__getstate__"], 2
    ),
    **dict.fromkeys(["__init__", "__eq__", "__len__", "__iter__", "__hash__", "__attrs_attrs__", "é", "a b"], 3),
}
CHUNK = {"id": "a", "created": 1, "choices": [], "x": {"y": [None]}, "usage": None, "object": "chat.completion.chunk"}


@pytest.mark.parametrize("name", contract.KEYWORD_MODELS)
def test_absent_field_reads_as_none(name: str) -> None:
    """In an empty object, an optional field reads as None, a tag as its value, and a required field raises."""
    schema = contract.object_schema(name)
    model = contract.model_of(name).from_dict({})
    fields = type(model)._FIELDS.by_wire
    assert fields.keys() == schema.properties.keys()
    for wire, known in fields.items():
        assert wire not in model
        with pytest.raises(KeyError, match=f"^'{wire}'$"):
            model[wire]
        if wire in schema.tags or not known.required:
            assert getattr(model, known.name) == schema.tags.get(wire)
        else:
            with pytest.raises(
                AttributeError, match=f"^{type(model).__name__}.{known.name} is required, but the service"
            ):
                getattr(model, known.name)
            assert getattr(model, known.name, "default") == "default"
    assert model.to_dict() == {}


@pytest.mark.parametrize("name", contract.KEYWORD_MODELS)
@pytest.mark.parametrize("way", COPIES)
def test_copies_lose_nothing(name: str, way: str) -> None:
    """A copy equals its model, and keeps the order of fields, unknown fields, nulls and missing fields."""
    full = documents.full_document(documents.component(name))
    fields = [{}, full, dict(reversed(full.items())), dict.fromkeys(full), {"x": 1, **full, "?y": [None]}]
    for document in fields:
        model = contract.model_of(name).from_dict(document)
        copied = COPIES[way](model)
        assert (type(copied), copied) == (type(model), model)
        assert json.dumps(copied.to_dict()) == json.dumps(document)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changed_copy_keeps_the_rest(change: Callable[..., Any]) -> None:
    """A changed copy keeps the order of fields, checks values like the constructor, and does not change the model."""
    chunk = models.CompletionChunk.from_dict(CHUNK)
    changed = change(chunk, id="b", usage=None, choices=[{"index": 0, "delta": {}, "finish_reason": None}])
    assert list(changed.to_dict()) == list(CHUNK)
    assert (changed.id, changed["x"], changed.usage) == ("b", {"y": [None]}, None)
    assert isinstance(changed.choices[0], models.CompletionResponseStreamChoice)
    assert chunk.to_dict() == CHUNK
    with pytest.raises(AttributeError, match=r"CompletionChunk\.model is required"):
        _ = changed.model
    with pytest.raises(TypeError, match="unheard_of"):
        change(chunk, unheard_of=1)
    with pytest.raises(ValueError, match=r"CompletionChunk\.id is required: it cannot be None"):
        change(chunk, id=None)


def test_none_follows_the_constructors_rule() -> None:
    """Assigning None means null if the contract allows null for the field.

    Otherwise it removes an optional field, and is refused for a required field.
    """
    message = models.AssistantMessage(content="a", prefix=True)
    message.content = None
    message.prefix = None  # not nullable
    assert message.to_dict() == {"role": "assistant", "content": None}
    del message.content
    assert ("content" in message, message.content) == (False, None)
    with pytest.raises(ValueError, match=r"^TextChunk\.text is required: it cannot be None"):
        models.TextChunk(text=None)  # type: ignore[arg-type]  # the wrong type is what is tested
    text = models.TextChunk(text="a")
    with pytest.raises(ValueError, match=r"^TextChunk\.text is required: it cannot be UNSET"):
        text.text = UNSET
    del text.text
    assert text.to_dict() == {"type": "text"}
    with pytest.raises(AttributeError, match=r"TextChunk\.text is required"):
        _ = text.text


def test_assigned_dicts_become_models() -> None:
    """An assigned value is converted to the type of its annotation, like a value that the constructor gets."""
    message: Any = models.UserMessage(content="a")
    message.content = [{"type": "text", "text": "b"}]
    message["content"].append(models.TextChunk(text="c"))
    assert [type(part) for part in message.content] == [models.TextChunk, models.TextChunk]
    message["content"] = ({"type": "text", "text": "d"},)
    assert isinstance(message.content[0], models.TextChunk)
    with pytest.raises(ValueError, match=r"^content\[0\]: expected an object, got a number"):
        models.UserMessage(content=[1])  # type: ignore[list-item]  # the wrong type is what is tested
    with pytest.raises(
        AttributeError, match=r"UserMessage has no field 'contents'; model\['contents'\] = ... sets a new one"
    ):
        message.contents = "a"


def test_model_is_not_a_collection() -> None:
    """A model has `in` and `[]`, but cannot be iterated or hashed, and has no length."""
    chunk: Any = models.CompletionChunk.from_dict(CHUNK)
    for use in (iter, list, dict, len, hash, lambda it: [*it], lambda it: {**it}):
        with pytest.raises(TypeError):
            use(chunk)
    assert ("usage" in chunk, "p" in chunk, "x" in chunk, 1 in chunk, "y" in chunk) == (True, False, True, False, False)


def test_models_compare_by_content() -> None:
    """Models are equal if class and content are, in any order; an absent field does not equal null."""
    one, other = models.UsageInfo.from_dict({"a": 1, "b": 2}), models.UsageInfo.from_dict({"b": 2, "a": 1})
    assert one == other
    assert one != models.DeltaMessage.from_dict({"a": 1, "b": 2})
    assert models.DeltaMessage.from_dict({"content": None}) != models.DeltaMessage.from_dict({})
    assert one != {"a": 1, "b": 2}


@pytest.mark.parametrize("way", COPIES)
def test_unknown_fields_hide_nothing(way: str) -> None:
    """Unknown fields with the names of methods, also of special methods, are only data."""
    chunk = models.CompletionChunk.from_dict(CHUNK | HOSTILE)
    copied = COPIES[way](chunk)
    assert copied.to_dict() == CHUNK | HOSTILE
    assert copied == chunk
    assert (
        {name: copied[name] for name in HOSTILE}
        == HOSTILE
        == {n: v for n, v in copied.additional_properties.items() if n in HOSTILE}
    )
    assert isinstance(copied, models.CompletionChunk)
    unknown = models.UnknownContentChunk.from_dict({"type": "new"} | HOSTILE)
    copied = COPIES[way](unknown)
    assert (copied.to_dict(), copied.raw, copied.type, copied["type"]) == (
        *({"type": "new"} | HOSTILE, {"type": "new"} | HOSTILE, "UNKNOWN", "new"),
    )


def test_unknown_fields_are_a_mapping() -> None:
    """`additional_properties` has only the unknown fields; changing it changes the model."""
    chunk = models.CompletionChunk.from_dict(CHUNK)
    unknown = chunk.additional_properties
    assert (dict(unknown), len(unknown), repr(unknown)) == ({"x": {"y": [None]}}, 1, "{'x': {'y': [None]}}")
    unknown["z"] = 1
    del unknown["x"]
    with pytest.raises(KeyError):
        unknown["id"] = "a field of the contract"
    with pytest.raises(KeyError):
        unknown["id"]
    with pytest.raises(KeyError):
        del unknown["gone"]
    assert list(chunk.to_dict()) == ["id", "created", "choices", "usage", "object", "z"]
    chunk.additional_properties = {"w": 2}
    assert (list(chunk.to_dict())[-1], "z" in chunk) == ("w", False)


def test_null_in_a_required_field() -> None:
    """A null that the contract does not allow is kept in its place; the attribute is missing until it is set."""
    document = {"id": "a", "choices": None, "object": "chat.completion.chunk"}
    chunk = models.CompletionChunk.from_dict(document)
    assert (chunk["choices"], "choices" in chunk, chunk.additional_properties) == (None, True, {})
    assert json.dumps(chunk.to_dict()) == json.dumps(document)
    with pytest.raises(AttributeError, match=r"^CompletionChunk\.choices is required, but the service sent null$"):
        _ = chunk.choices
    chunk.choices = []
    assert (chunk.choices, chunk["choices"], chunk.to_dict()["choices"]) == ([], [], [])


def test_member_of_an_unknown_type() -> None:
    """An unknown member has its fields as attributes; its tag reads "UNKNOWN", and the tag that was sent is kept."""
    data = {"type": "new", "to_dict": 1, "deep": {"er": []}, "type_": 2}
    part: Any = models.UnknownContentChunk(data)
    assert (part.type, part["type"], part.deep, part.type_, part.raw) == ("UNKNOWN", "new", {"er": []}, 2, data)
    assert (part["to_dict"], "deep" in part, "other" in part, part.to_dict()) == (1, True, False, data)
    with pytest.raises(AttributeError, match="other"):
        _ = part.other
    with pytest.raises(AttributeError):
        part.type = "text"
    assert repr(part) == f"UnknownContentChunk({data!r})"
    assert isinstance(part, UnknownModel)


def test_malformed_member_is_kept_as_unknown() -> None:
    """A member of an open union that does not have its schema's structure is kept like a member of an unknown type."""
    content = [{"type": "thinking", "thinking": "a text"}, {"type": "text", "text": "b"}, {"type": 7}]
    message = models.AssistantMessage.from_dict({"content": content})
    parts: Any = message.content
    assert [type(part).__name__ for part in parts] == ["UnknownContentChunk", "TextChunk", "UnknownContentChunk"]
    assert (parts[0].thinking, parts[0]["type"], message.to_dict()) == ("a text", "thinking", {"content": content})


def test_tag_that_was_filled_in_is_not_written() -> None:
    """A tag that the service leaves out reads as its value, but `in` does not find it and it is not written."""
    message = models.AssistantMessage.from_dict({"content": "a"})
    assert (message.role, "role" in message, message.to_dict()) == ("assistant", False, {"content": "a"})
    assert models.AssistantMessage(content="a").to_dict() == {"role": "assistant", "content": "a"}


def test_subclass_of_a_model_is_read_as_itself() -> None:
    """`from_dict` of a user's subclass returns that subclass, which is accepted in place of the model."""

    class Usage(models.UsageInfo):
        def cost(self) -> float:
            return self.total_tokens * 0.5

    usage = Usage.from_dict({"total_tokens": 4})
    assert (type(usage), usage.cost(), usage.prompt_audio_seconds) == (Usage, 2.0, None)
    made = Usage(prompt_tokens=1, completion_tokens=2, total_tokens=3)
    assert made.cost() == 1.5
    assert models.CompletionChunk.from_dict({"usage": usage}).usage is usage
    assert type(models.UsageInfo.from_dict({})) is models.UsageInfo


def test_only_models_that_are_used_are_loaded() -> None:
    """Reading a chunk loads only the three models that it contains."""
    loaded = value_of(
        "from mistral_agents_api import models",
        "models.CompletionChunk.from_dict({'choices': [{'index': 0, 'delta': {'content': 'a'}}]})",
        "names = [name for name in sys.modules if name.startswith('mistral_agents_api.models.')]",
        "sorted(name.rpartition('.')[2] for name in names)",
    )
    assert loaded == ["completion_chunk", "completion_response_stream_choice", "delta_message"]


ENTRY = {"type": "message.output", "object": "entry", "role": "assistant", "content": "a"}
AT = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("model", "document", "wire"),
    [
        (models.CompletionChunk, {**CHUNK, "id": None, "model": "m"}, "id"),
        (models.CompletionChunk, {"id": "a", "created": None}, "created"),
        (models.TextChunk, {"type": "text", "text": None}, "text"),
    ],
)
def test_null_in_a_required_scalar(model: Any, document: dict[str, Any], wire: str) -> None:
    """A null in place of a required text or number is kept by `to_dict` and `[]`; the attribute is missing."""
    read = model.from_dict(document)
    assert (read[wire], wire in read, json.dumps(read.to_dict())) == (None, True, json.dumps(document))
    with pytest.raises(AttributeError, match=f"{wire} is required, but the service sent null"):
        getattr(read, wire)


@pytest.mark.parametrize("wire", ["type", "object", "role"])
def test_null_in_a_tag(wire: str) -> None:
    """A tag that is null reads as its value, required or not, and is written as null."""
    document = {**ENTRY, wire: None}
    entry = models.MessageOutputEntry.from_dict(document)
    assert (getattr(entry, wire), entry[wire]) == (ENTRY[wire], None)
    assert json.dumps(entry.to_dict()) == json.dumps(document)


@pytest.mark.parametrize("value", [[], {}, ["a"], {"a": 1}])
@pytest.mark.parametrize(
    ("model", "document", "wire"),
    [
        (models.CompletionChunk, CHUNK, "id"),
        (models.CompletionChunk, {"id": "a"}, "created"),
        (models.TextChunk, {"type": "text"}, "text"),
        (models.MessageOutputEntry, ENTRY, "type"),
        (models.MessageOutputEntry, ENTRY, "created_at"),
    ],
)
def test_structure_in_place_of_a_scalar(model: Any, document: dict[str, Any], wire: str, value: object) -> None:
    """A list or an object in place of a required scalar or of a date raises an error with its path."""
    with pytest.raises(ValueError, match=f"^{wire}: expected a "):
        model.from_dict({**document, wire: value})


def test_union_of_a_text_and_a_list_refuses_a_number() -> None:
    """A union of a text and a list refuses a number; the error names both."""
    wrong: Any = 5
    with pytest.raises(ValueError, match=r"^content: expected a list or a string, got a number$"):
        models.MessageOutputEntry(content=wrong)


def test_a_date_without_a_time_is_refused() -> None:
    """Where a date with a time is needed, a constructor refuses a date without a time."""
    with pytest.raises(ValueError, match=r"^created_at: expected a date with a time, got datetime\.date"):
        models.MessageOutputEntry(content="a", created_at=AT.date())  # type: ignore[arg-type]  # the wrong type is what is tested
    assert models.MessageOutputEntry(content="a", created_at=AT).to_dict()["created_at"] == "2026-01-02T00:00:00+00:00"


@pytest.mark.parametrize("wire", ["x", "usage"])
def test_assigning_unset_removes_a_field(wire: str) -> None:
    """Assigning UNSET as an item removes a field, known or unknown; if the field is absent, nothing happens."""
    chunk = models.CompletionChunk.from_dict(CHUNK)
    for _ in range(2):
        chunk[wire] = UNSET
        assert (wire in chunk, wire in chunk.additional_properties) == (False, False)
    assert chunk.to_dict() == {name: value for name, value in CHUNK.items() if name != wire}


def test_lists_are_not_shared_with_the_caller() -> None:
    """A model copies a list of scalars that it is given or reads: changing the list does not change the model."""
    stop = ["a"]
    made, read = models.CompletionArgs(stop=stop), models.CompletionArgs.from_dict({"stop": stop})
    stop.append("b")
    assert (made.stop, read.stop) == (["a"], ["a"])
