"""The comparison with Mistral's SDK covers each method, finds what differs, and the migration guide names everything.

The comparison itself needs that SDK: `make parity`.
"""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.checkout import ROOT
from tools.parity import agents, answers, completions, conversations
from tools.parity.case import Case, PlainDicts
from tools.parity.compare import ABSENT, ANY, Difference, Found, differences, explains
from tools.parity.contract import Contract
from tools.parity.known import RAISED, READ, SENT
from tools.parity.methods import AGENTS, CONVERSATIONS, HELPERS, METHODS
from tools.parity.reading import read, read_events
from tools.parity.service import Reply, Service

from mistral_agents import Mistral, models

FAMILIES = (completions, agents, conversations)
CASES: list[Case] = [case for family in FAMILIES for case in family.CASES.values()]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text("ab", min_size=1), below, max_size=3),
    max_leaves=8,
)


def test_every_method_has_cases() -> None:
    """Each method that sends one request is in some case, and no case names another one."""
    assert {method for case in CASES for method in case.methods} == set(METHODS)


def test_argument_sets() -> None:
    """No two cases have the same arguments, and README.md says how many there are."""
    sets = {(case.methods, json.dumps(case.build(PlainDicts()), sort_keys=True, default=str)) for case in CASES}
    assert len(sets) == len(CASES)
    assert f"**{len(sets)} sets of arguments**" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_method_has_answers() -> None:
    """Each method gets an answer to read, and every answer that the tables of known differences name exists."""
    given = answers.answers(Contract())
    assert {name for name in METHODS if given[name]} == set(METHODS)
    assert {each.answer for each in RAISED} <= {answer.name for found in given.values() for answer in found}


def rows() -> list[list[str]]:
    """Return the rows of the migration guide's tables, cell by cell."""
    text = (ROOT / "docs" / "migrating.md").read_text(encoding="utf-8")
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:2] == "| "]


def test_migration_guide() -> None:
    """The guide names each method of the SDK's resources once, and the method of this client in its place."""
    named = {there: here for there, here, *_ in rows() if re.fullmatch(r"`client\.[\w.]+`", there)}
    expected = {f"`client.{each.resource}.{each.name}`": f"`client.{each.operation}`" for each in METHODS.values()}
    helpers = [f"`client.{resource}.{name}`" for resource, names in HELPERS.items() for name in names]
    expected |= dict.fromkeys(helpers, "does not exist")
    assert named == expected


@pytest.mark.parametrize("method", [*AGENTS, *CONVERSATIONS], ids=lambda each: each.operation)
def test_method_exists(method: Any) -> None:
    """Every method of this client that the guide names exists, also async, with and without `beta`."""
    with Mistral(api_key="any") as client:
        for owner in (client, client.beta):
            resource = getattr(owner, method.operation.split(".")[0])
            assert callable(getattr(resource, method.name))
            assert callable(getattr(resource, f"{method.name}_async"))


@given(JSON)
def test_equal_values(value: Any) -> None:
    """A value does not differ from itself."""
    assert list(differences(value, json.loads(json.dumps(value)))) == []


@given(JSON, JSON)
def test_different_values(ours: Any, theirs: Any) -> None:
    """Two values whose JSON differs have a difference."""
    alike = json.dumps(ours, sort_keys=True) == json.dumps(theirs, sort_keys=True)
    assert (list(differences(ours, theirs)) == []) == alike


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        ({"a": 1}, {"a": 1, "b": [2]}, Found("adds", "b", ABSENT, [2])),
        ({"a": {"b": None}}, {"a": {}}, Found("drops", "a.b", None, ABSENT)),
        ([{"a": 1}], [{"a": 1.0}], Found("makes float", ".0.a", 1, 1.0)),
        ({"a": [1, 2]}, {"a": [1]}, Found("drops", "a.1", 2, ABSENT)),
        ({"a": True}, {"a": 1}, Found("replaces", "a", True, 1)),  # noqa: FBT003  # a value of JSON
        ({"a": ABSENT}, {"a": ABSENT}, Found("adds", "a", ABSENT, ABSENT)),
    ],
)
def test_differences(ours: Any, theirs: Any, found: Found) -> None:
    """Each kind of difference is found, with its place; a name that neither client has read counts as "adds"."""
    assert list(differences(ours, theirs)) == [found]


@pytest.mark.parametrize(
    ("listed", "explained"),
    [
        (Difference("adds", "body.*.prefix", ""), True),
        (Difference("adds", "body.*.prefix", "", value=False), True),
        (Difference("adds", "body.*.prefix", "", methods=("agents.create",)), True),
        (Difference("drops", "body.*.prefix", ""), False),
        (Difference("adds", "body.prefix", ""), False),
        (Difference("adds", "body.*.prefix", "", value=0), False),
        (Difference("adds", "body.*.prefix", "", methods=("agents.update",)), False),
    ],
)
def test_explains(listed: Difference, explained: bool) -> None:  # noqa: FBT001  # of the table above
    """A listed difference explains one that was found if kind, place and value agree, and if it covers the method."""
    found = Found("adds", "body.3.prefix", ABSENT, False)  # noqa: FBT003  # a value of JSON
    assert explains(listed, "agents.create", found) == explained


def test_known_differences_are_narrow() -> None:
    """A known difference of the kind "replaces" says which value the SDK has; every known difference has a reason."""
    assert [each.path for each in (*SENT, *READ) if each.kind == "replaces" and each.value is ANY] == []
    assert "" not in [each.reason for each in (*SENT, *READ)] + [each.reason for each in RAISED]


def test_reading() -> None:
    """`read` returns the model's class, and for each name in the answer the model's value; times are in UTC.

    The value is ABSENT if the model has no such name.
    """
    data = {"alias": "a", "version": 1, "created_at": "2026-10-06T11:15:00+02:00", "more": {"x": 1}}
    model = models.AgentAliasResponse.from_dict(data)
    expected = {
        "(class)": "AgentAliasResponse",
        "alias": "a",
        "version": 1,
        "created_at": "2026-10-06T09:15:00+00:00",
        "more": {"x": 1},
    }
    assert read(model, data) == expected
    assert read([model], [data, data]) == [expected, "1 items"]
    assert read(model, {"updated_at": "2026-10-06T11:15:00Z", "alias": "a"})["alias"] == "a"
    assert read({}, {"alias": "a"}) == {"alias": ABSENT}


def test_reading_events() -> None:
    """Events are read with their names and their number."""

    class Event:
        event = "message.output.delta"
        data = "x"

    assert read_events([Event()], ["x", "y"]) == [{"event": Event.event, "data": "x"}, "1 events"]


def test_service() -> None:
    """The service keeps what it was sent, gives its answers one after the other, and repeats the last."""
    with Service() as service:
        service.replies = [Reply(200, "text/plain", b"first"), Reply(200, "text/plain", b"last")]
        said = [urllib.request.urlopen(f"{service.url}/a%2Fb?c=1&c=&d=%20", b'{"e": 1}').read() for _ in range(3)]  # noqa: S310  # our own service
    assert said == [b"first", b"last", b"last"]
    (received, *_) = service.received
    assert (received.method, received.path, received.query, received.json) == (
        "POST",
        "/a%2Fb",
        {"c": ["1", ""], "d": [" "]},
        {"e": 1},
    )


@pytest.mark.parametrize(
    ("request_", "problems"),
    [
        (("GET", "/v1/agents/pages", {"page_token": ["a"]}, None), []),
        (("GET", "/v1/agents/pages", {"page": ["1"]}, None), ["page: no such query parameter"]),
        (("GET", "/v1/agent", {}, None), ["there is no GET /v1/agent"]),
        (("PATCH", "/v1/agents/ag_1/version", {}, None), ["version: missing"]),
        (("DELETE", "/v1/agents/ag_1", {}, {}), ["a body was sent, but the operation takes none"]),
        (("POST", "/v1/agents", {}, {"model": "m"}), ["$: 'name' is a required property"]),
    ],
)
def test_contract(request_: tuple[str, str, dict[str, Any], Any], problems: list[str]) -> None:
    """A request that does not fit the contract is reported, with the reason."""
    assert list(Contract().problems(*request_)) == problems


def test_contract_in_other_words() -> None:
    """Parameters of a path item count, and a reference may lead anywhere; its other keys are not operations."""
    page = {"name": "page", "in": "query", "required": True}
    answer: dict[str, Any] = {"operationId": "things_look", "responses": {"200": {"description": "ok"}}}
    item = {"summary": "Things", "parameters": [page], "head": answer}
    contract = Contract(
        {"paths": {"/a": item, "/b": {"get": {**answer, "parameters": [{"$ref": "#/paths/~1a/parameters/0"}]}}}}
    )
    assert [list(contract.problems(method, path, {}, None)) for method, path in (("HEAD", "/a"), ("GET", "/b"))] == [
        ["page: missing"],
        ["page: missing"],
    ]
