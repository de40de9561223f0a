"""From a consumer's side: what the types let a caller send is valid; what a service answers is read, or refused."""

from __future__ import annotations

import inspect
import json
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import contract_documents as contract
from clients import ASK, WHOLE_STREAM, WORLDS, Seam, answer, chunk, seam, sse, stream, texts
from mistral_agents.errors import MistralError
from mistral_agents_api import models
from mistral_agents_api.types import Unset

BLOCKING = WORLDS[0]
LARGE = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])

# --- Requests ---

# By the name of the class.
COMPONENTS = {contract.class_name(name): name for name in contract.SCHEMAS}
# The values of types that hold no others. Types know no bounds, so these are inside every bound of the contract.
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(min_size=1, max_size=5),
    int: st.integers(1, 2**31),
    float: st.floats(0, 1),
    bool: st.booleans(),
    type(None): st.none(),
    Any: contract.JSON_VALUES,
}


@cache
def typed(hint: Any) -> st.SearchStrategy[Any]:
    """Draw what a type checker takes for an annotation: models and plain dicts, lists and tuples."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, types.UnionType, Required, NotRequired):
        return st.one_of([typed(each) for each in inner if each is not Unset])
    if origin is Sequence:
        items = st.lists(typed(inner[0]), min_size=1, max_size=2)
        return items | items.map(tuple)
    if origin in (dict, Mapping):
        return st.dictionaries(typed(inner[0]), typed(inner[1]), max_size=2)
    return st.deferred(lambda: typed_dicts(hint) if typing.is_typeddict(hint) else typed_models(hint))


def typed_dicts(kind: Any) -> st.SearchStrategy[Any]:
    """Draw dicts of a TypedDict."""
    hints = typing.get_type_hints(kind, include_extras=True)
    required = {name: typed(hint) for name, hint in hints.items() if get_origin(hint) is Required}
    optional = {name: typed(hint) for name, hint in hints.items() if get_origin(hint) is not Required}
    return st.fixed_dictionaries(required, optional=optional)


def typed_models(model: Any) -> st.SearchStrategy[Any]:
    """Draw models, made by their constructor; those of unknown members from what the contract takes for one."""
    if "raw" in inspect.signature(model).parameters:
        return contract.documents(model.__name__).map(model)
    hints = typing.get_type_hints(model.__init__)
    parameters = inspect.signature(model).parameters.values()
    required = {each.name: typed(hints[each.name]) for each in parameters if each.default is each.empty}
    optional = {each.name: typed(hints[each.name]) for each in parameters if each.default is not each.empty}
    return st.fixed_dictionaries(required, optional=optional).map(lambda arguments: model(**arguments))


def with_roles(arguments: dict[str, Any]) -> dict[str, Any]:
    """Give messages their role: AssistantMessage may lack it, as in an answer, and the types do not tell them apart."""
    for message in arguments.get("messages", ()):
        if isinstance(message, dict):
            message.setdefault("role", "assistant")
        else:
            message.role = message.role or "assistant"
    return arguments


def send(name: str, arguments: dict[str, Any]) -> Any:
    """Make the call whose request is of a component; return the body that went out."""
    network = seam(answer() if name == "AgentsCompletionRequest" else stream(WHOLE_STREAM))
    (BLOCKING.complete if name == "AgentsCompletionRequest" else BLOCKING.read)(network.client(), **arguments)
    return network.sent


@pytest.mark.parametrize("name", contract.REQUESTS)
def test_what_the_types_allow_is_valid(name: str) -> None:
    """Whatever a type checker lets through, models and dicts mixed at any depth, goes out as the contract has it."""
    schema = contract.component(name) | {"components": contract.DOCUMENT["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema)

    @settings(LARGE, max_examples=40)
    @given(arguments=typed_dicts(getattr(models, f"{name}Dict")).map(with_roles))
    def check(arguments: dict[str, Any]) -> None:
        sent = send(name, arguments)
        assert [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(sent)] == []
        assert bool(sent.get("stream")) is (name != "AgentsCompletionRequest")

    check()


@pytest.mark.parametrize("name", contract.REQUESTS)
@settings(LARGE, max_examples=20)
@given(data=st.data(), read=st.booleans())
def test_what_the_contract_allows_can_be_sent(name: str, data: st.DataObject, *, read: bool) -> None:
    """Any request of the contract goes out as it is, whether from plain dicts or from models."""
    request = data.draw(contract.documents(name))
    assume(request.get("messages") != [] and request.get("agent_id") != "")  # refused before anything is sent
    due = request if name == "AgentsCompletionRequest" else {**request, "stream": True}
    if read:
        model = contract.model_of(name).from_dict(request)
        request = {field: getattr(model, field) for field in request}
    assert due == send(name, request)


# --- Answers ---

UNKNOWN = "unheard-of"
# Stand in JSON text where a value goes that json.dumps does not write.
MARK = "\u0001here\u0001"
MARKED = json.dumps(MARK)
DEEP = ["[" * depth + "]" * depth for depth in (100, 100_000)] + ['{"a":' * 100_000 + "1" + "}" * 100_000]
HUGE = ["1" + "0" * 400, "-" + "9" * 5_000, "1e400", "-1e400", "1e-400", str(2**63), "0." + "1" * 5_000]
WRONG: list[Any] = [None, True, 7, 0.5, "", "text", [], [[]], [None], {}, {"a": 1}, [{}]]


class Place(typing.NamedTuple):
    """Where in a document a value stands, and what the contract has there."""

    holder: Any
    key: str | int
    schema: contract.Schema
    is_tag: bool

    def put(self, value: object) -> None:
        """Replace the value."""
        self.holder[self.key] = value


def places(schema: contract.Schema, value: Any) -> Iterator[Place]:
    """Yield every place inside a document that the contract knows."""
    meant = contract.alternative_for(schema, value)
    if meant.kind == "object":
        inner = [(key, meant.properties[key]) for key in value if key in meant.properties]
    else:
        inner = [(index, meant.schema["items"]) for index in range(len(value))] if meant.kind == "array" else []
    for key, field in inner:
        yield Place(value, key, field, key in meant.tags)
        yield from places(field, value[key])


def has_enum(place: Place) -> bool:
    """Tell whether the contract lists values for a place."""
    return any("enum" in each.schema for each in contract.alternatives(place.schema))


Damage = Callable[[st.DataObject, list[Place]], None]


def replacing(value: st.SearchStrategy[Any], where: Callable[[Place], bool] = lambda _: True) -> Damage:
    """Make the damage that puts a value into one place."""

    def damage(data: st.DataObject, found: list[Place]) -> None:
        fitting = [place for place in found if where(place)]
        assume(fitting)
        data.draw(st.sampled_from(fitting)).put(data.draw(value))

    return damage


def remove(data: st.DataObject, found: list[Place]) -> None:
    """Remove a field or an item."""
    assume(found)
    place = data.draw(st.sampled_from(found))
    del place.holder[place.key]


def add(data: st.DataObject, found: list[Place]) -> None:
    """Add a field."""
    objects = [place.holder for place in found if isinstance(place.key, str)]
    data.draw(st.sampled_from(objects))[UNKNOWN] = data.draw(contract.JSON_VALUES)


# What a service may do to its answers from one day to the next: nobody's code may break over it.
GROWTH: dict[str, Damage] = {
    "unknown enum value": replacing(st.just(UNKNOWN), has_enum),
    "unknown tag": replacing(st.just(UNKNOWN), lambda place: place.is_tag),
    "extra field": add,
}
FAULTS: dict[str, Damage] = {
    "missing field": remove,
    "null": replacing(st.none()),
    "wrong type": replacing(st.sampled_from(WRONG)),
    "deep nesting": replacing(st.just(MARK)),
    "huge number": replacing(st.just(MARK)),
}
WRITTEN = {"deep nesting": DEEP, "huge number": HUGE}
EACH_DAMAGE = pytest.mark.parametrize("kind", [*GROWTH, *FAULTS])


def damaged(data: st.DataObject, name: str, kind: str) -> str:
    """Draw a document of a component, as JSON text with one damage."""
    schema = contract.component(name)
    full = st.just(contract.full_document(schema))  # has every place, and takes no time to draw
    drawn = data.draw(full if kind in GROWTH else full | full | full | contract.documents(name))
    document = json.loads(json.dumps(drawn))
    {**GROWTH, **FAULTS}[kind](data, list(places(schema, document)))
    return json.dumps(document).replace(MARKED, data.draw(st.sampled_from(WRITTEN.get(kind, [MARKED]))))


def read_answer(network: Seam) -> tuple[list[Any], MistralError | None]:
    """Return the answer that a call gives, or its error."""
    try:
        return [BLOCKING.complete(network.client(), **ASK)], None
    except MistralError as error:
        return [], error


def assert_same(text: str, model: Any, kind: type[Any]) -> None:
    """Assert that a model is of a kind and gives back the JSON that came."""
    assert kind is type(model)
    assert json.dumps(json.loads(text)) == json.dumps(model.to_dict())


@EACH_DAMAGE
@settings(LARGE, max_examples=25)
@given(data=st.data())
def test_damaged_answers(kind: str, data: st.DataObject) -> None:
    """A damaged answer is a typed object that gives back what came, or an error of the tree; growth is no damage."""
    text = damaged(data, "ChatCompletionResponse", kind)
    read, error = read_answer(seam(answer(text.encode())))
    for model in read:
        assert_same(text, model, models.ChatCompletionResponse)
    assert (len(read), error is None) in ([(1, True)] if kind in GROWTH else [(1, True), (0, False)])


@EACH_DAMAGE
@settings(LARGE, max_examples=25)
@given(data=st.data())
def test_damaged_events(kind: str, data: st.DataObject) -> None:
    """The same for an event of a stream; what came before it has been delivered."""
    text = damaged(data, "CompletionChunk", kind)
    events, error = BLOCKING.read(seam(stream(sse(chunk("a"), text, "[DONE]"))).client(), **ASK)
    for event in events[1:]:
        assert_same(text, event.data, models.CompletionChunk)
    assert texts(events[:1]) == ["a"]
    assert (len(events), error is None) in ([(2, True)] if kind in GROWTH else [(2, True), (1, False)])
