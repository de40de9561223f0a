"""What the generated models refuse: a structure that the contract does not have, named by the path to its place."""

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

import contract_documents as contract
from mistral_agents_api import models
from mistral_agents_api.errors import StructureError, UnexpectedStatus

# What may come in place of what was due.
WRONG: dict[str, Any] = {"object": {"text": "a"}, "array": ["a"], "scalar": 7, "null": None}
Path = tuple[str | int, ...]


def refused_kinds(schema: contract.Schema, *, required: bool) -> list[str]:
    """Return the kinds of JSON value that a field does not take: those for which none of its containers was meant."""
    allowed = {each.kind for each in contract.alternatives(schema)}
    if "any" in allowed or not allowed & {"object", "array"}:
        return []
    refused = {"object", "array"} - allowed
    if "scalar" not in allowed:
        refused.add("scalar")
        if required and "null" not in allowed:
            refused.add("null")
    return sorted(refused)


def wrong_places(schema: contract.Schema, value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield each place below `value` with each kind of value that may not stand there; "missing" is a kind, too."""
    found = contract.alternative_for(schema, value)
    if found.kind == "array":
        items = found.schema["items"]
        for index, item in enumerate(value):
            if contract.alternative_for(items, item).properties:
                yield from (((*path, index), kind) for kind in ("array", "null", "scalar"))
                yield from wrong_places(items, item, (*path, index))
    elif found.kind == "object" and not found.excluded_tags:
        for name, field in found.properties.items():
            required = name in found.required
            yield from (((*path, name), kind) for kind in refused_kinds(field, required=required))
            if required and name not in found.tags:  # without its tag it is an unknown member
                yield (*path, name), "missing"
            yield from wrong_places(field, value[name], (*path, name))


def damaged(document: Any, path: Path, kind: str) -> Any:
    """Return a copy of a document with something wrong at one place."""
    copied = copy.deepcopy(document)
    *way, last = path
    holder = copied
    for step in way:
        holder = holder[step]
    if kind == "missing":
        del holder[last]
    else:
        holder[last] = WRONG[kind]
    return copied


def dotted(path: Path) -> str:
    """Write a path as it stands in messages."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


DAMAGE = [
    pytest.param(name, path, kind, id=f"{name} {dotted(path)} {kind}")
    for name in contract.ANSWERS
    for path, kind in wrong_places(contract.component(name), contract.full_document(contract.component(name)))
]


@pytest.mark.parametrize(("name", "path", "kind"), DAMAGE)
def test_wrong_structure_is_named_by_its_place(name: str, path: Path, kind: str) -> None:
    """A container of another kind, or a missing required field, raises StructureError with the path to it."""
    document = damaged(contract.full_document(contract.component(name)), path, kind)
    with pytest.raises(StructureError) as caught:
        contract.model_of(name).from_dict(document)
    assert path == caught.value.path
    assert str(caught.value).startswith(f"{dotted(path)}: ")
    assert caught.value.__cause__ is None


def test_damage_reaches_every_depth() -> None:
    """The places that are damaged above are many, and some lie deep (so an empty walk would not go unnoticed)."""
    paths: list[Any] = [each.values[1] for each in DAMAGE]
    assert ("choices",) in paths
    assert ("choices", 0, "message", "tool_calls", 0, "function", "arguments") in paths
    assert max(map(len, paths)) >= 8
    assert len(paths) > 200


@pytest.mark.parametrize(
    ("path", "kind", "message"),
    [
        (("choices",), "missing", "choices: the required field is missing in ChatCompletionResponse"),
        (("choices",), "null", "choices: a list was due, but null came"),
        (("choices", 0), "array", "choices[0]: an object (ChatCompletionChoice) was due, but a list came"),
        (
            ("choices", 0, "message"),
            "scalar",
            "choices[0].message: an object (AssistantMessage) was due, but int 7 came",
        ),
        (
            ("choices", 0, "message", "content"),
            "object",
            "choices[0].message.content: a list was due, but an object came",
        ),
    ],
)
def test_message_says_what_was_due(path: Path, kind: str, message: str) -> None:
    """The message names the place, what was due there, and what came."""
    document = damaged(contract.full_document(contract.component("ChatCompletionResponse")), path, kind)
    with pytest.raises(StructureError) as caught:
        models.ChatCompletionResponse.from_dict(document)
    assert message == str(caught.value)


def test_first_of_equal_items_is_not_mistaken_for_the_wrong_one() -> None:
    """The index in the path is that of the wrong item, whatever stands before it."""
    right = {"index": 0}
    with pytest.raises(StructureError) as caught:
        models.ChatCompletionResponse.from_dict({"choices": [right, right, {"index": 0, "messages": [{}, {}, None]}]})
    assert caught.value.path == ("choices", 2, "messages", 2)


@pytest.mark.parametrize("name", contract.reachable(*contract.ANSWERS, *contract.REQUESTS))
def test_document_that_is_no_object_is_refused(name: str) -> None:
    """No model reads anything but an object; the error says so, and its path is empty."""
    for value in (None, [], [("type", "a")], "a", 7, True):
        with pytest.raises(StructureError) as caught:
            contract.model_of(name).from_dict(value)
        assert caught.value.path == ()
        assert str(caught.value).startswith("the document: ")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_errors_pickle(protocol: int) -> None:
    """The package's own errors come out of a pickle as they went in."""
    with pytest.raises(StructureError) as caught:
        models.ChatCompletionResponse.from_dict({"choices": [{"index": 0, "message": []}]})
    error = pickle.loads(pickle.dumps(caught.value, protocol))  # noqa: S301  # written by this test
    assert (str(caught.value), ("choices", 0, "message")) == (str(error), error.path)
    status = pickle.loads(pickle.dumps(UnexpectedStatus(299, b"odd"), protocol))  # noqa: S301  # the same
    assert (str(status), status.status_code) == ("status 299 is not in the contract: odd", 299)
