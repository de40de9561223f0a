"""From a consumer's side: what the types let a caller send is valid; what a service answers is read, or refused.

Every operation of the contract is held to this, by its compiled method.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, NotRequired, Union, get_args, get_origin

import jsonschema_rs
import pytest
import typing_extensions
from attrs import frozen
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import contract_documents as contract
from clients import ASK, WORLDS, answer, chunk, seam, sse, stream
from mistral_agents import Mistral
from mistral_agents.errors import MistralError, SDKError
from mistral_agents.testing import StubServer
from mistral_agents_api import api
from mistral_agents_api.operation import Operation

BLOCKING = WORLDS[0]
LARGE = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
OPTIONS = {
    *("retries", "timeout_ms", "deadline_ms", "server_url", "http_headers", "extra_body", "extra_query"),
    *("first_event_timeout_ms", "idle_timeout_ms"),
}
CLIENT = Mistral("any")  # which has an attribute for each tag


def operations() -> Iterator[Operation[Any, Any, Any]]:
    """Yield every operation of the contract."""
    for tag in pkgutil.iter_modules(api.__path__):
        package = importlib.import_module(f"{api.__name__}.{tag.name}")
        for module in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{module.name}").OPERATION


@frozen
class Method:
    """A compiled method: one form of what it takes."""

    tag: str
    name: str
    operation: Operation[Any, Any, Any]
    function: Any
    """Its signature: of the method, or of one of its overloads."""

    def __str__(self) -> str:
        return f"{self.tag}.{self.name}"

    @property
    def written(self) -> dict[str, Any]:
        """The operation as the contract has it."""
        found: dict[str, Any] = contract.DOCUMENT["paths"][self.operation.path][self.operation.method.lower()]
        return found


def methods() -> Iterator[Method]:
    """Yield every compiled method, blocking ones only; one with several forms once for each."""
    for operation in operations():
        tag, _, name = operation.name.partition(".")
        streamed = "stream" if name == "complete" else f"{name}_stream"
        for each in [name] * bool(operation.stream is None or operation.answer) + [streamed] * bool(operation.stream):
            function = inspect.unwrap(getattr(type(getattr(CLIENT, tag)), each))
            for form in typing.get_overloads(function) or [function]:
                yield Method(tag, each, operation, form)


METHODS = list(methods())
JSON_METHODS = [
    each for each in METHODS if each.operation.answer and each.name == each.operation.name.partition(".")[2]
]

# --- Requests ---

# The values of types that hold no others. Types know no bounds, so these are inside every bound of the contract.
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(["a", "b1", "c-d"]),
    int: st.integers(1, 100),
    float: st.floats(0, 1, exclude_min=True),
    bool: st.booleans(),
    type(None): st.none(),
    Any: contract.JSON_VALUES,
    datetime: st.datetimes(timezones=st.just(UTC)),
    date: st.dates(),
}


@cache
def typed(hint: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one for each kind of annotation
    """Draw what a type checker takes for an annotation: models and plain dicts, lists and tuples."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, types.UnionType):
        return st.one_of([typed(each) for each in inner])
    if origin is NotRequired:
        return typed(inner[0])
    if origin is Sequence:
        items = st.lists(typed(inner[0]), min_size=1, max_size=2)
        return items | items.map(tuple)
    if origin in (dict, Mapping):
        return st.dictionaries(typed(inner[0]), typed(inner[1]), max_size=2)
    return st.deferred(lambda: typed_dicts(hint) if typing_extensions.is_typeddict(hint) else typed_models(hint))


def typed_dicts(kind: Any) -> st.SearchStrategy[Any]:
    """Draw dicts of a TypedDict; with their tags, which types allow to be left out of a dict in a union."""
    hints = typing.get_type_hints(kind, include_extras=True)
    tags = {name for name, hint in hints.items() if get_origin(next(iter(get_args(hint)), None)) is Literal}
    required = {
        name: typed(hint) for name, hint in hints.items() if get_origin(hint) is not NotRequired or name in tags
    }
    optional = {name: typed(hint) for name, hint in hints.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def typed_models(model: Any) -> st.SearchStrategy[Any]:
    """Draw models, made by their constructor; those of unknown members from what the contract takes for one."""
    if "raw" in inspect.signature(model).parameters:
        return contract.documents(model.__name__).map(model)
    return arguments_of(model.__init__).map(lambda arguments: model(**arguments))


def arguments_of(function: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Draw the arguments of a function by its annotations, without the options of every call."""
    hints = typing.get_type_hints(function)
    parameters = [
        each for each in inspect.signature(function).parameters.values() if each.name not in OPTIONS | {"self"}
    ]
    required = {each.name: typed(hints[each.name]) for each in parameters if each.default is each.empty}
    optional = {each.name: typed(hints[each.name]) for each in parameters if each.default is not each.empty}
    return st.fixed_dictionaries(required, optional=optional)


@pytest.fixture(scope="module")
def stub() -> Iterator[StubServer]:
    """Run a service that checks requests."""
    with StubServer() as server:
        yield server


@pytest.fixture
def client(stub: StubServer) -> Iterator[Mistral]:
    """Make one client for all requests of a test: to make one takes longer than to send one."""
    with Mistral(api_key="any", server_url=stub.url, retry_config=None) as made:
        yield made


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_what_the_types_allow_is_valid(method: Method, stub: StubServer, client: Mistral) -> None:
    """Whatever a type checker lets through, models and dicts mixed at any depth, goes out as the contract has it."""
    body = method.written.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    schema = None if body is None else {**body, "components": contract.DOCUMENT["components"]}
    validator = None if schema is None else jsonschema_rs.Draft202012Validator(schema)

    @settings(LARGE, max_examples=25)
    @given(arguments=arguments_of(method.function))
    def check(arguments: dict[str, Any]) -> None:
        try:
            answered = getattr(getattr(client, method.tag), method.name)(**arguments)
            if hasattr(answered, "close"):
                answered.close()
        except SDKError as error:  # there is no such agent, or no call that waits for this result
            if error.status_code not in (400, 404):
                raise
        sent = stub.requests[-1]
        assert sent.errors == []
        if validator is not None:
            assert [f"{each.instance_path}: {each.message}" for each in validator.iter_errors(sent.json)] == []
            assert bool(sent.json.get("stream")) is method.name.endswith("stream")

    check()


@pytest.mark.parametrize("name", contract.REQUESTS)
@settings(LARGE, max_examples=20)
@given(data=st.data(), read=st.booleans())
def test_what_the_contract_allows_can_be_sent(name: str, data: st.DataObject, *, read: bool) -> None:
    """Any request of the contract goes out as it is, whether from plain dicts or from models."""
    form = {form.schema: (each, form) for each in METHODS for form in forms_of(each)}[contract.class_name(name)]
    method, fields = form[0], {each.wire: each.name for each in form[1].fields}
    request = data.draw(contract.documents(name))
    expected = {**request, **form[1].fixed}
    if read:
        model = contract.model_of(name).from_dict(request)
        request = {field: getattr(model, fields[field]) for field in request}
    given_ = {fields[wire]: value for wire, value in request.items()}
    given_ |= {each.name: "x" for each in method.operation.path_parameters}
    network = seam(stream(sse("[DONE]")) if method.name.endswith("stream") else answer({}))
    with network.client(retry_config=None) as client:
        try:
            getattr(getattr(client, method.tag), method.name)(**given_)
        except MistralError:  # the stream that came has no event
            assume(network.requests)
    assert expected == network.sent


def forms_of(method: Method) -> Sequence[Any]:
    """Return the forms of a method's body."""
    stream_of = method.operation.stream
    return stream_of.forms if stream_of is not None and method.name.endswith("stream") else method.operation.forms


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


def damaged(data: st.DataObject, schema: contract.Schema, kind: str) -> str:
    """Draw a document of a schema, as JSON text with one damage."""
    full = st.just(contract.full_document(schema))  # has every place, and takes no time to draw
    drawn = data.draw(full if kind in GROWTH else full | full | full | contract.documents_of(schema))
    document = json.loads(json.dumps(drawn))
    {**GROWTH, **FAULTS}[kind](data, list(places(schema, document)))
    return json.dumps(document).replace(MARKED, data.draw(st.sampled_from(WRITTEN.get(kind, [MARKED]))))


def plain(read: Any) -> Any:
    """Return the JSON data that an answer was read from."""
    return (
        [plain(each) for each in read]
        if isinstance(read, list)
        else read.to_dict()
        if hasattr(read, "to_dict")
        else read
    )


def answer_of(method: Method) -> contract.Schema:
    """Return the schema of a method's answer."""
    found: contract.Schema = method.written["responses"]["200"]["content"]["application/json"]["schema"]
    return found


def has_place_for(method: Method, kind: str) -> bool:
    """Tell whether an answer can have a damage at all."""
    schema = answer_of(method)
    found = list(places(schema, contract.full_document(schema)))
    if kind == "unknown enum value":
        return any(map(has_enum, found))
    return any(place.is_tag for place in found) if kind == "unknown tag" else bool(found)


def least_arguments(method: Method) -> dict[str, Any]:
    """Return the arguments without which a method cannot be called."""
    operation = method.operation
    fields = [each for form in operation.forms[:1] for each in form.fields]
    required = [each for each in (*operation.path_parameters, *operation.query_parameters, *fields) if each.required]
    values = {"string": "x", "integer": 1, "array": [{"role": "user", "content": "x"}]}
    return {
        each.name: next(values[kind] for kind in ("string", "integer", "array") if kind in each.kinds)
        for each in required
    }


@pytest.mark.parametrize(
    ("method", "kind"),
    [(each, kind) for each in JSON_METHODS for kind in [*GROWTH, *FAULTS] if has_place_for(each, kind)],
    ids=str,
)
@settings(LARGE, max_examples=12)
@given(data=st.data())
def test_damaged_answers(method: Method, kind: str, data: st.DataObject) -> None:
    """A damaged answer is typed and gives back what came, or an error of the tree; growth is no damage."""
    text = damaged(data, answer_of(method), kind)
    arguments = least_arguments(method)
    read: list[Any] = []
    with seam(answer(text.encode())).client() as client:
        try:
            answered = getattr(getattr(client, method.tag), method.name)(**arguments)
            read.append(answered.answer if method.operation.paging else answered)
        except MistralError:
            assert kind not in GROWTH
    for each in read:
        assert json.dumps(json.loads(text)) == json.dumps(plain(each))


EVENTS = {
    "completions": (contract.component("CompletionChunk"), chunk("a"), "agents", "stream", ASK, "[DONE]"),
    "conversations": (
        contract.component("ConversationEventsData"),
        {"type": "conversation.response.started", "created_at": "2026-01-01T00:00:00Z", "conversation_id": "c"},
        *("conversations", "start_stream", {"inputs": "Hello", "agent_id": "ag_1"}),
        {
            "type": "conversation.response.done",
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        },
    ),
}


@pytest.mark.parametrize(
    ("family", "kind"),
    [
        (family, kind)
        for family in EVENTS
        for kind in [*GROWTH, *FAULTS]
        if (family, kind) != ("conversations", "unknown enum value")  # no event has such a field
    ],
)
@settings(LARGE, max_examples=25)
@given(data=st.data())
def test_damaged_events(family: str, kind: str, data: st.DataObject) -> None:
    """The same for an event of a stream; what came before it has been delivered."""
    schema, first, tag, name, arguments, end = EVENTS[family]
    text = damaged(data, schema, kind)
    delivered: list[Any] = []
    failed = False
    with seam(stream(sse(first, text, end))).client() as client:
        try:
            for event in getattr(getattr(client, tag), name)(**arguments):
                delivered.append(event.data.to_dict())  # noqa: PERF401  # what came before an error counts
        except MistralError:
            failed = True
    assert delivered[:1] == [first]
    if failed:
        assert kind not in GROWTH
        assert len(delivered) == 1
    else:
        sent = json.loads(text)
        if family == "completions" and sent.get("choices") is None:  # read as none, so that a loop over them goes on
            sent["choices"] = []
        assert json.dumps(sent) == json.dumps(delivered[1])
