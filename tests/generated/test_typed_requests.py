"""Requests as consumers rely on them: arguments that the types or the contract allow make valid requests.

The tests check every operation of the contract, through its compiled method.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, NotRequired, Union, get_args, get_origin

import jsonschema_rs
import pytest
import typing_extensions
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tools.stress import documents

import contract_documents as contract
from compiled_methods import METHODS, Method
from completion_payloads import sse
from mistral_agents import Mistral
from mistral_agents.errors import MistralError, SDKError
from mistral_agents.testing import StubServer
from seam import answer, seam, stream

OPTIONS = {
    *("retries", "timeout_ms", "deadline_ms", "server_url", "http_headers", "extra_body", "extra_query"),
    *("first_event_timeout_ms", "idle_timeout_ms"),
}

# Values of types that contain no other types. Types have no bounds, so the values are within the contract's bounds.
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
def typed(hint: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one return for each kind of annotation
    """Draw values that a type checker accepts for an annotation: models and plain dicts, lists and tuples."""
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
    """Draw dicts of a TypedDict, always with their tags: the types would allow a dict in a union without its tag."""
    hints = typing.get_type_hints(kind, include_extras=True)
    tags = {name for name, hint in hints.items() if get_origin(next(iter(get_args(hint)), None)) is Literal}
    required = {
        name: typed(hint) for name, hint in hints.items() if get_origin(hint) is not NotRequired or name in tags
    }
    optional = {name: typed(hint) for name, hint in hints.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def typed_models(model: Any) -> st.SearchStrategy[Any]:
    """Draw models made by their constructor; `Unknown...` models get a document that the contract allows."""
    if "raw" in inspect.signature(model).parameters:
        return contract.documents(model.__name__).map(model)
    return arguments_of(model.__init__).map(lambda arguments: model(**arguments))


def arguments_of(function: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Draw arguments that fit a function's annotations, without the options that every call has."""
    hints = typing.get_type_hints(function)
    parameters = [
        each for each in inspect.signature(function).parameters.values() if each.name not in OPTIONS | {"self"}
    ]
    required = {each.name: typed(hints[each.name]) for each in parameters if each.default is each.empty}
    optional = {each.name: typed(hints[each.name]) for each in parameters if each.default is not each.empty}
    return st.fixed_dictionaries(required, optional=optional)


@pytest.fixture
def client(stub: StubServer) -> Iterator[Mistral]:
    """Make one client for all requests of a test: making a client takes longer than sending a request."""
    with Mistral(api_key="any", server_url=stub.url, retry_config=None) as made:
        yield made


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_arguments_that_the_types_allow_are_valid(method: Method, stub: StubServer, client: Mistral) -> None:
    """Arguments that a type checker accepts, models and dicts mixed at any depth, make a request that is valid."""
    body = method.in_contract.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    schema = None if body is None else {**body, "components": documents.DOCUMENT["components"]}
    validator = None if schema is None else jsonschema_rs.Draft202012Validator(schema)

    @settings(contract.LARGE, max_examples=25)
    @given(arguments=arguments_of(method.function))
    def check(arguments: dict[str, Any]) -> None:
        try:
            answered = getattr(getattr(client, method.tag), method.name)(**arguments)
            if hasattr(answered, "close"):
                answered.close()
        except SDKError as error:  # the stub has no such agent, or no call that waits for this result
            if error.status_code not in (400, 404):
                raise
        sent = stub.requests[-1]
        assert sent.errors == []
        if validator is not None:
            assert [f"{each.instance_path}: {each.message}" for each in validator.iter_errors(sent.json)] == []
            if method.operation.answer is not None:  # a request chooses with `stream` between both kinds of answers
                assert bool(sent.json.get("stream")) is method.streams

    check()


@pytest.mark.parametrize("name", contract.REQUESTS)
@settings(contract.LARGE, max_examples=20)
@given(data=st.data(), read=st.booleans())
def test_requests_that_the_contract_allows_can_be_sent(name: str, data: st.DataObject, *, read: bool) -> None:
    """Any request that the contract allows is sent unchanged, given as plain dicts or as models."""
    form = {form.schema: (each, form) for each in METHODS for form in forms_of(each)}[documents.class_name(name)]
    method, fields = form[0], {each.wire: each.name for each in form[1].fields}
    request = data.draw(contract.documents(name))
    expected = {**request, **form[1].fixed}
    if read:
        model = contract.model_of(name).from_dict(request)
        request = {field: getattr(model, fields[field]) for field in request}
    given_ = {fields[wire]: value for wire, value in request.items()}
    given_ |= {each.name: "x" for each in method.operation.path_parameters}
    network = seam(stream(sse("[DONE]")) if method.streams else answer({}))
    with network.client(retry_config=None) as client:
        try:
            getattr(getattr(client, method.tag), method.name)(**given_)
        except MistralError:  # the stream in the answer has no event
            assume(network.requests)
    assert expected == network.sent


def forms_of(method: Method) -> Sequence[Any]:
    """Return the forms of a method's body."""
    stream_of = method.operation.stream
    return stream_of.forms if stream_of is not None and method.streams else method.operation.forms
