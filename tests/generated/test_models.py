"""Writing with the generated models: they are built from keywords, models and plain dicts, and written as JSON."""

import copy
import json
import math
import pickle
from collections.abc import Callable
from types import MappingProxyType
from typing import Any
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.stress import documents

import contract_documents as contract
from mistral_agents_api import AuthenticatedClient, Client, models
from mistral_agents_api.values import UNSET, encode_json, to_json

IN_REQUESTS = [name for name in contract.EVERY_MODEL if hasattr(models, f"{documents.class_name(name)}Dict")]
EACH_PROTOCOL = pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
SECRET = "the-secret-key"


def required_arguments(name: str) -> dict[str, Any]:
    """Return values for a model's required fields, without its tags."""
    schema = contract.object_schema(name)
    full = documents.full_document(documents.component(name))
    return {field: full[field] for field in schema.required if field not in schema.tags}


def mixed(schema: documents.Schema, value: Any, decide: Callable[[], bool]) -> Any:
    """Return a value in which some lists have become tuples, and some dicts models built from keywords."""
    found = contract.alternative_for(schema, value)
    if found.kind == "array":
        items = [mixed(found.schema["items"], item, decide) for item in value]
        return tuple(items) if decide() else items
    if not found.properties:
        return copy.deepcopy(value)
    known = {name: mixed(found.properties[name], value[name], decide) for name in value if name in found.properties}
    unknown = {name: copy.deepcopy(value[name]) for name in value if name not in known}
    if decide():
        return {**known, **unknown}
    if found.excluded_tags:
        return contract.model_of(found.name)({**known, **unknown})
    # The constructor fills in a tag; None leaves out a tag that the document does not have.
    tags = {tag: None for tag in found.tags if tag not in known}
    model = contract.model_of(found.name)(**{name: known[name] for name in known if name not in found.tags}, **tags)
    for name, each in unknown.items():
        model[name] = each
    return model


@pytest.mark.parametrize("name", IN_REQUESTS)
@contract.FEW
@given(data=st.data())
def test_models_and_dicts_mix_at_any_depth(name: str, data: st.DataObject) -> None:
    """Models and plain dicts, and lists and tuples, are interchangeable at any depth, and none is changed."""
    document = data.draw(contract.documents(name))
    request = mixed(documents.component(name), document, lambda: data.draw(st.booleans()))
    before = copy.deepcopy(request)
    plain = to_json(request)
    assert document == plain
    assert json.loads(json.dumps(document)) == json.loads(encode_json(plain))
    assert (before, type(before)) == (request, type(request))


@pytest.mark.parametrize("name", contract.KEYWORD_MODELS)
def test_none_is_sent_where_the_contract_has_null(name: str) -> None:
    """None is written as null where the contract allows null, and left out where it does not."""
    schema = contract.object_schema(name)
    optional = {field: value for field, value in schema.properties.items() if field not in schema.required}
    nullable = {
        field for field in optional if {each.kind for each in documents.alternatives(optional[field])} & {"null", "any"}
    }
    arguments = required_arguments(name)
    written = {field: contract.model_of(name)(**arguments, **{field: None}).to_dict() for field in optional}
    assert nullable == {field for field in optional if field in written[field]}
    assert {None} >= {written[field][field] for field in nullable}


@pytest.mark.parametrize("name", contract.KEYWORD_MODELS)
def test_tags_are_filled_in_and_nothing_else(name: str) -> None:
    """A model made from its required fields has these and its tags, and nothing else."""
    arguments = required_arguments(name)
    expected = arguments | contract.object_schema(name).tags
    assert expected == contract.model_of(name)(**arguments).to_dict()


@pytest.mark.parametrize("name", contract.KEYWORD_MODELS)
def test_unknown_keyword_raises_a_type_error(name: str) -> None:
    """A keyword that the contract does not have raises TypeError with its name."""
    with pytest.raises(TypeError, match="unheard_of"):
        contract.model_of(name)(**required_arguments(name), unheard_of=1)


def test_arguments_are_keywords_only() -> None:
    """Models take no positional arguments, because the order of their fields may change."""
    model: Any = models.TextChunk
    with pytest.raises(TypeError, match="positional"):
        model("a")


def test_unknown_fields_are_items() -> None:
    """Fields that are not in the contract are set, read, found and deleted as items; models in them are written."""
    message = models.UserMessage(content="a")
    message["x_extra"] = {"parts": (models.TextChunk(text="b"),), "absent": UNSET}
    message["x_gone"] = 1
    del message["x_gone"]
    assert ("x_extra" in message, "x_gone" in message, "content" in message) == (True, False, True)
    assert dict(message.additional_properties).keys() == {"x_extra"}
    with pytest.raises(KeyError, match="x_gone"):
        message["x_gone"]
    expected = {"role": "user", "content": "a", "x_extra": {"parts": [{"type": "text", "text": "b"}]}}
    assert expected == message.to_dict()


def test_mappings_and_sequences_are_written() -> None:
    """Any mapping is written as an object, and any sequence except str and bytes as a list."""
    data = MappingProxyType({"a": range(2), "b": MappingProxyType({}), "c": "text", "absent": UNSET})
    assert to_json(data) == {"a": [0, 1], "b": {}, "c": "text"}


def test_to_dict_shares_nothing_with_the_model() -> None:
    """Changing the result of `to_dict` changes neither the model nor the data that it was made from."""
    parameters = {"type": "object", "properties": {}}
    function = models.Function(name="f", parameters=parameters)
    written = function.to_dict()
    written["parameters"]["properties"]["a"] = {}
    assert function.to_dict() == {"name": "f", "parameters": {"type": "object", "properties": {}}}
    assert parameters == {"type": "object", "properties": {}}


def test_order_of_keys_makes_no_difference() -> None:
    """Models are equal if their fields are, in any order, and differ if one field does."""
    usage = models.UsageInfo.from_dict({"x": 1, "total_tokens": 2, "prompt_tokens": 1})
    assert usage == models.UsageInfo.from_dict({"prompt_tokens": 1, "total_tokens": 2, "x": 1})
    assert usage != models.UsageInfo.from_dict({"prompt_tokens": 1, "total_tokens": 2, "x": 2})


def test_unset_is_one_object() -> None:
    """Copying and deep-copying UNSET return the same object."""
    assert copy.copy(UNSET) is UNSET
    assert copy.deepcopy([UNSET])[0] is UNSET


@EACH_PROTOCOL
def test_unset_is_one_object_after_pickling(protocol: int) -> None:
    """Unpickling UNSET returns the same object."""
    assert pickle.loads(pickle.dumps(UNSET, protocol)) is UNSET  # noqa: S301  # made here


def test_unset_is_falsy_and_says_its_name() -> None:
    """UNSET is falsy, equal to nothing else, and printed as UNSET."""
    assert not UNSET
    others: list[Any] = [None, False, 0, "", []]
    assert UNSET not in others
    assert (repr(UNSET), str(UNSET), f"{UNSET}") == ("UNSET", "UNSET", "UNSET")


def test_unset_is_in_no_model() -> None:
    """A field that the constructor gets as UNSET is absent; an absent field reads as None, never as UNSET."""
    message = models.AssistantMessage(content="a", tool_calls=UNSET)
    assert ("tool_calls" in message, message.tool_calls, message.prefix) == (False, None, None)
    message.content = UNSET
    assert (message.content, message.to_dict()) == (None, {"role": "assistant"})


@EACH_PROTOCOL
@pytest.mark.parametrize("name", contract.ANSWERS)
@contract.FEW
@given(data=st.data())
def test_copies_are_equal(name: str, protocol: int, data: st.DataObject) -> None:
    """Pickling and deep copying return an equal model that writes the same JSON, unknown parts included."""
    document = data.draw(contract.documents(name))
    model = contract.model_of(name).from_dict(document)
    for copied in (
        pickle.loads(pickle.dumps(model, protocol)),  # noqa: S301  # made here
        copy.deepcopy(model),
    ):
        assert (copied, type(copied)) == (model, type(model))
        assert json.dumps(document) == json.dumps(copied.to_dict())


def test_deep_copy_is_independent() -> None:
    """A deep copy can be changed without changing the model."""
    message = models.AssistantMessage.from_dict({"content": [{"type": "scent", "notes": []}], "x": {"y": 1}})
    copied: Any = copy.deepcopy(message)
    copied.content[0].notes.append("rose")
    copied["x"]["y"] = 2
    assert message.to_dict() == {"content": [{"type": "scent", "notes": []}], "x": {"y": 1}}


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (models.UsageInfo.from_dict({}), "UsageInfo()"),
        (models.DeltaMessage(role="a", content=None), "DeltaMessage(role='a', content=None)"),
        (models.UsageInfo.from_dict({"x": 1}), "UsageInfo(additional_properties={'x': 1})"),
        (
            models.ToolMessage(content=[models.TextChunk(text="a")]),
            "ToolMessage(role='tool', content=[TextChunk(type='text', text='a')])",
        ),
        (models.UnknownContentChunk({"type": "x"}), "UnknownContentChunk({'type': 'x'})"),
    ],
)
def test_repr_shows_the_fields_that_are_set(model: object, expected: str) -> None:
    """The repr of a model shows the fields that it has, and no absent field."""
    assert expected == repr(model)


def test_repr_shows_no_secret() -> None:
    """No repr shows keys, tokens, headers or cookies, at any depth."""
    tools = [
        models.CustomConnector(connector_id="c", authorization=models.APIKeyAuth(value=SECRET)),
        models.CustomConnector(connector_id="c", authorization={"type": "api-key", "value": SECRET}),
        models.CustomConnector.from_dict(
            {"type": "connector", "connector_id": "c", "authorization": {"type": "oauth2-token", "value": SECRET}}
        ),
    ]
    clients = [
        AuthenticatedClient(base_url="https://a.test", token=SECRET),
        Client(base_url="https://a.test", headers={"Authorization": SECRET}, cookies={"session": SECRET}),
        Client(base_url="https://a.test", httpx_args={"auth": ("user", SECRET)}),
    ]
    request = models.AgentsCompletionRequest(messages=[], agent_id="a", tools=tools)
    assert [each for each in [request, *tools, *clients] if SECRET in repr(each) + str(each)] == []
    assert "CustomConnector(type='connector', connector_id='c')" in repr(request)


def test_json_is_compact_utf8() -> None:
    """JSON is written as UTF-8 without blanks; a lone surrogate, which UTF-8 cannot encode, is escaped."""
    assert encode_json({"é": ["😀", 1.5, None, True]}) == '{"é":["😀",1.5,null,true]}'.encode()
    assert json.loads(encode_json({"é": "\ud800"})) == {"é": "\ud800"}


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (math.nan, "the data"),
        ({"a": [1, {"b": math.inf}]}, r"a\[1\]\.b"),
        ({"a": -math.inf}, "a"),
        ({"a": {1, 2}}, "a"),
        ({"a": b"bytes"}, "a"),
        ({"a": 10**5_000}, "a"),
    ],
    ids=["nan", "inf", "-inf", "set", "bytes", "huge"],
)
def test_values_that_json_cannot_have_are_refused(data: Any, place: str) -> None:
    """A value that JSON cannot have raises a ValueError with the path to it."""
    with pytest.raises(ValueError, match=f"^{place} cannot be written as JSON"):
        encode_json(to_json(data))


@pytest.mark.timeout(2)  # the search for the wrong value must not follow the loop for ever
def test_loop_is_refused() -> None:
    """Data that contains itself raises a ValueError."""
    loop: dict[str, Any] = {}
    loop["again"] = loop
    with pytest.raises(ValueError, match="cannot be written as JSON"):
        encode_json(loop)


def test_equality() -> None:
    """A model equals one of its class with the same fields, also unknown ones, and any object that says it is equal."""
    usage = models.UsageInfo.from_dict({"total_tokens": 1, "x": 2})
    assert usage == models.UsageInfo.from_dict({"x": 2, "total_tokens": 1})
    assert usage != models.UsageInfo.from_dict({"total_tokens": 1, "x": 3})
    assert usage == ANY
