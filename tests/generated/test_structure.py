"""What the generated models refuse: a structure that is not in the contract; the error has the path to its place."""

import copy
import json
import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import pytest
from tools.stress import documents

import contract_documents as contract
from mistral_agents_api import models
from mistral_agents_api.errors import StructureError, UnexpectedStatus
from mistral_agents_api.values import UnknownModel

# A value of each kind, to put in place of a value of another kind.
WRONG: dict[str, Any] = {"object": {"text": "a"}, "array": ["a"], "scalar": 7, "null": None}
Path = tuple[str | int, ...]


@attrs.frozen
class Damage:
    """A place in a document, and the kind of wrong value there; "missing" counts as a kind."""

    path: Path
    kind: str
    member: Path | None
    """The path of the innermost member of an open union that contains the place, if there is one."""

    @property
    def leaves_a_gap(self) -> bool:
        """Whether the damage only leaves a required field without a value: the field is missing or null."""
        return self.kind in ("missing", "null") and not isinstance(self.path[-1], int)


def refused_kinds(schema: documents.Schema, *, required: bool) -> list[str]:
    """Return the kinds of JSON value that a field does not accept."""
    choices = documents.alternatives(schema)
    allowed = {each.kind for each in choices}
    if "any" in allowed:
        return []
    if not allowed & {"object", "array"}:  # any scalar is accepted; an optional field accepts lists and objects, too
        return ["array", "object"] if required else []
    refused = {"object", "array"} - allowed
    if "scalar" not in allowed:
        refused.add("scalar")
    if required and "null" not in allowed:
        refused.add("null")
    return sorted(refused)


def is_open(schema: documents.Schema) -> bool:
    """Return whether a schema is an open union, which also accepts unknown members."""
    return any(each.excluded_tags for each in documents.alternatives(schema))


def wrong_places(schema: documents.Schema, value: Any, path: Path = (), member: Path | None = None) -> Iterator[Damage]:
    """Yield, for each place below `value`, a damage for each kind of value that is wrong there."""
    found = contract.alternative_for(schema, value)
    if is_open(schema):
        member = path
    if found.kind == "array":
        items = found.schema["items"]
        for index, item in enumerate(value):
            if contract.alternative_for(items, item).properties:
                yield from (Damage((*path, index), kind, member) for kind in ("array", "null", "scalar"))
                yield from wrong_places(items, item, (*path, index), member)
    elif found.kind == "object" and not found.excluded_tags:
        for name, field in found.properties.items():
            # without its tag, or with a wrong one, the value would be an unknown member
            required = name in found.required and name not in found.tags
            yield from (Damage((*path, name), kind, member) for kind in refused_kinds(field, required=required))
            if required:
                yield Damage((*path, name), "missing", member)
            yield from wrong_places(field, value[name], (*path, name), member)


def damaged(document: Any, damage: Damage) -> Any:
    """Return a copy of a document with this damage."""
    copied = copy.deepcopy(document)
    *way, last = damage.path
    holder = at(copied, way)
    if damage.kind == "missing":
        del holder[last]
    else:
        holder[last] = WRONG[damage.kind]
    return copied


def at(value: Any, path: Sequence[str | int]) -> Any:
    """Return the value at a path in a document or a model."""
    for step in path:
        value = value[step]
    return value


def dotted(path: Path) -> str:
    """Return a path as messages write it."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def damages(name: str) -> Iterator[tuple[Damage, Any]]:
    """Yield each damage that the full document can have, with the damaged document."""
    full = documents.full_document(documents.component(name))
    for damage in wrong_places(documents.component(name), full):
        yield damage, damaged(full, damage)


@pytest.mark.parametrize("name", contract.EVERY_MODEL)
def test_wrong_structure_is_named_by_its_place(name: str) -> None:
    """A wrong kind of value raises a StructureError with its path; in an open union the member becomes unknown."""
    for damage, document in damages(name):
        if damage.leaves_a_gap:
            continue
        if damage.member is None:
            with pytest.raises(StructureError) as caught:
                contract.model_of(name).from_dict(document)
            assert damage.path == caught.value.path
            assert str(caught.value).startswith(f"{dotted(damage.path)}: expected ")
            assert caught.value.__cause__ is None
        else:
            model = contract.model_of(name).from_dict(document)
            assert isinstance(at(model, damage.member), UnknownModel)
            assert json.dumps(model.to_dict()) == json.dumps(document)


@pytest.mark.parametrize("name", contract.EVERY_MODEL)
def test_missing_field_does_not_lose_the_answer(name: str) -> None:
    """If a required field is missing or null, all else is read; reading that field raises an AttributeError."""
    for damage, document in damages(name):
        if damage.leaves_a_gap:
            model = contract.model_of(name).from_dict(document)
            assert json.dumps(model.to_dict()) == json.dumps(document)
            *way, last = damage.path
            holder = at(model, way)
            came = "null" if damage.kind == "null" else "no such field"
            message = rf"^{type(holder).__name__}\.\w+ is required, but the service sent {came}$"
            with pytest.raises(AttributeError, match=message):
                getattr(holder, type(holder)._FIELDS.by_wire[last].name)
            assert (last in holder) == (damage.kind == "null")


def test_damage_reaches_every_depth() -> None:
    """The tests above damage many places, some of them deep. If they damaged nothing, only this test would fail."""
    found = [damage for name in contract.EVERY_MODEL for damage, _ in damages(name)]
    paths = [damage.path for damage in found]
    assert ("choices", 0, "message", "tool_calls", 0, "function", "arguments") in paths
    assert max(map(len, paths)) >= 8
    assert {(damage.leaves_a_gap, damage.member is None) for damage in found} == {
        *((True, True), (True, False), (False, True), (False, False))
    }
    assert len(paths) > 1_000


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (Damage(("choices",), "scalar", None), "choices: expected a list, got a number"),
        (Damage(("choices", 0), "array", None), "choices[0]: expected an object (ChatCompletionChoice), got a list"),
        (Damage(("choices", 0), "null", None), "choices[0]: expected an object (ChatCompletionChoice), got null"),
        (Damage(("choices", 0, "index"), "array", None), "choices[0].index: expected a scalar, got a list"),
        (
            Damage(("choices", 0, "message"), "scalar", None),
            "choices[0].message: expected an object (AssistantMessage), got a number",
        ),
        (
            Damage(("choices", 0, "message", "content"), "object", None),
            "choices[0].message.content: expected a list or a scalar, got an object",
        ),
    ],
)
def test_message_says_what_was_expected(damage: Damage, message: str) -> None:
    """The message names the place, what was expected there, and what came."""
    document = damaged(documents.full_document(documents.component("ChatCompletionResponse")), damage)
    with pytest.raises(StructureError) as caught:
        models.ChatCompletionResponse.from_dict(document)
    assert message == str(caught.value)


def test_index_of_the_wrong_item() -> None:
    """The path has the index of the wrong item, whatever items are before it."""
    right = {"index": 0}
    with pytest.raises(StructureError) as caught:
        models.ChatCompletionResponse.from_dict({"choices": [right, right, {"index": 0, "messages": [{}, {}, None]}]})
    assert caught.value.path == ("choices", 2, "messages", 2)


@pytest.mark.parametrize("name", contract.EVERY_MODEL)
def test_document_that_is_not_an_object_is_refused(name: str) -> None:
    """A model reads only objects; for anything else the error says so, and its path is empty."""
    for value in (None, [], [("type", "a")], "a", 7, True):
        with pytest.raises(StructureError) as caught:
            contract.model_of(name).from_dict(value)
        assert caught.value.path == ()
        assert str(caught.value).startswith("the data: ")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_errors_pickle(protocol: int) -> None:
    """The package's own errors keep their message and attributes through pickle."""
    with pytest.raises(StructureError) as caught:
        models.ChatCompletionResponse.from_dict({"choices": [{"index": 0, "message": []}]})
    error = pickle.loads(pickle.dumps(caught.value, protocol))  # noqa: S301  # made here
    assert (str(caught.value), ("choices", 0, "message")) == (str(error), error.path)
    status = pickle.loads(pickle.dumps(UnexpectedStatus(299, b"odd"), protocol))  # noqa: S301  # made here
    assert (str(status), status.status_code) == ("status 299 is not in the contract: odd", 299)
