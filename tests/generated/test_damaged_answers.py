"""Answers as consumers rely on them: a damaged answer or event is read or raises an error of the package.

The tests check every operation of the contract, through its compiled method.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tools.stress import documents

import contract_documents as contract
from compiled_methods import METHODS, Method
from completion_payloads import ASK, chunk, sse
from mistral_agents.errors import MistralError
from seam import answer, seam, stream

JSON_METHODS = [each for each in METHODS if each.operation.answer and not each.streams]

UNKNOWN = "unheard-of"
# Marks in JSON text the place of a value that json.dumps does not write.
MARK = "\u0001here\u0001"
MARKED = json.dumps(MARK)
DEEP = ["[" * depth + "]" * depth for depth in (100, 100_000)] + ['{"a":' * 100_000 + "1" + "}" * 100_000]
HUGE = ["1" + "0" * 400, "-" + "9" * 5_000, "1e400", "-1e400", "1e-400", str(2**63), "0." + "1" * 5_000]
WRONG: list[Any] = [None, True, 7, 0.5, "", "text", [], [[]], [None], {}, {"a": 1}, [{}]]


class Place(typing.NamedTuple):
    """The place of a value in a document, and the contract's schema for it."""

    holder: Any
    key: str | int
    schema: documents.Schema
    is_tag: bool

    def put(self, value: object) -> None:
        """Replace the value."""
        self.holder[self.key] = value


def places(schema: documents.Schema, value: Any) -> Iterator[Place]:
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
    """Return whether the contract lists the allowed values for a place."""
    return any("enum" in each.schema for each in documents.alternatives(place.schema))


Damage = Callable[[st.DataObject, list[Place]], None]


def replacing(value: st.SearchStrategy[Any], where: Callable[[Place], bool] = lambda _: True) -> Damage:
    """Make a damage that replaces the value at one place."""

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


# Changes that a service may make to its answers at any time; they must not break callers' code.
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


def damaged(data: st.DataObject, schema: documents.Schema, kind: str) -> str:
    """Draw a document of a schema, as JSON text with one damage."""
    full = st.just(documents.full_document(schema))  # has every place, and is drawn in no time
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


def answer_of(method: Method) -> documents.Schema:
    """Return the schema of a method's answer."""
    found: documents.Schema = method.in_contract["responses"]["200"]["content"]["application/json"]["schema"]
    return found


def has_place_for(method: Method, kind: str) -> bool:
    """Return whether an answer of this method can have this kind of damage."""
    schema = answer_of(method)
    found = list(places(schema, documents.full_document(schema)))
    if kind == "unknown enum value":
        return any(map(has_enum, found))
    return any(place.is_tag for place in found) if kind == "unknown tag" else bool(found)


def least_arguments(method: Method) -> dict[str, Any]:
    """Return values for the required arguments of a method."""
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
@settings(contract.LARGE, max_examples=12)
@given(data=st.data())
def test_damaged_answers(method: Method, kind: str, data: st.DataObject) -> None:
    """A damaged answer is read and keeps its JSON, or raises a MistralError; additions of the service never raise."""
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
    "completions": (documents.component("CompletionChunk"), chunk("a"), "agents", "stream", ASK, "[DONE]"),
    "conversations": (
        documents.component("ConversationEventsData"),
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
        if (family, kind) != ("conversations", "unknown enum value")  # no event has an enum
    ],
)
@settings(contract.LARGE, max_examples=25)
@given(data=st.data())
def test_damaged_events(family: str, kind: str, data: st.DataObject) -> None:
    """The same holds for a damaged event of a stream; the event before it is delivered."""
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
        # Null is read as an empty list, so that callers can always iterate over it.
        if family == "completions" and sent.get("choices") is None:
            sent["choices"] = []
        assert json.dumps(sent) == json.dumps(delivered[1])
