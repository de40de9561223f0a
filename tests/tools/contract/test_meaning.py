"""The verdicts of the comparison agree with a validator that shares no code with it."""

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.contract.model import Document
from tools.contract.overlap import may_overlap
from tools.contract.subset import Subset

from contract import pairs
from contract.drawing import Side, values
from contract.drawn_schemas import SCHEMAS, steps
from contract.pairs import SchemaPair, compare, contract, verdict

COMPONENTS: dict[str, Any] = yaml.safe_load(pairs.contract({}, {}))
# The validator filters out many of the drawn values. That does no harm, because each value is checked by itself.
HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
LAW = settings(max_examples=20, deadline=None, suppress_health_check=HEALTH, derandomize=True)
# These pairs are left out, because a validator does not know their rules. A required field need not be in requests if
# it is `readOnly`, nor in answers if it is `writeOnly`. And a new version may describe, and so restrict, a kind of
# object that was unknown before.
UNSAID = ("read only", "written only", "a kind that was unknown so far")
SAID = [pair for pair in pairs.SCHEMAS if not any(words in pair.name for words in UNSAID)]
REQUESTS = [pair for pair in SAID if pair.in_request != "breaks"]
ANSWERS = [pair for pair in SAID if pair.in_answer != "breaks"]


def sides(pair: SchemaPair) -> tuple[Side, Side]:
    """Return both versions of a schema, each in the contract of the pairs."""
    return Side(pair.before, COMPONENTS), Side(pair.after, COMPONENTS)


@pytest.mark.parametrize("pair", REQUESTS, ids=lambda pair: pair.name)
def test_what_was_right_in_a_request_still_is(pair: SchemaPair) -> None:
    """If a step is said to break no request, the newer schema allows every value that the older one allows."""
    old, new = sides(pair)
    before, after = old.validator(), new.validator()

    @LAW
    @given(drawn=st.lists(values(old, new), min_size=12, max_size=12))
    def law(drawn: list[Any]) -> None:
        assert [value for value in drawn if before.is_valid(value) and not after.is_valid(value)] == []

    law()


@pytest.mark.parametrize("pair", ANSWERS, ids=lambda pair: pair.name)
def test_what_answers_hold_is_what_readers_expect(pair: SchemaPair) -> None:
    """If a step is said to break no answer, the older schema allows every value that the newer one allows."""
    old, new = sides(pair)
    before, after = old.validator(exclusive=False), new.validator()

    @LAW
    @given(drawn=st.lists(values(new, old), min_size=12, max_size=12))
    def law(drawn: list[Any]) -> None:
        assert [value for value in drawn if after.is_valid(value) and not before.is_valid(value)] == []

    law()


@settings(max_examples=150, deadline=None, suppress_health_check=HEALTH)
@given(step=steps(), data=st.data())
def test_drawn_steps_that_break_no_request(step: tuple[Any, Any], data: st.DataObject) -> None:
    """If a change of a drawn schema is said to break no request, the new schema allows what the old one allows."""
    before, after = step
    old, new = Side(before, COMPONENTS), Side(after, COMPONENTS)
    if verdict(compare(contract(sent=before), contract(sent=after))) != "breaks":
        takes, still_takes = old.validator(), new.validator()
        drawn = data.draw(st.lists(values(old, new), min_size=12, max_size=12))
        assert [value for value in drawn if takes.is_valid(value) and not still_takes.is_valid(value)] == []


@settings(max_examples=150, deadline=None, suppress_health_check=HEALTH)
@given(step=steps(), data=st.data())
def test_drawn_steps_that_break_no_answer(step: tuple[Any, Any], data: st.DataObject) -> None:
    """If a change of a drawn schema is said to break no answer, the old schema allows what the new one allows."""
    before, after = step
    old, new = Side(before, COMPONENTS), Side(after, COMPONENTS)
    if verdict(compare(contract(received=before), contract(received=after))) != "breaks":
        expects, sends = old.validator(exclusive=False), new.validator()
        drawn = data.draw(st.lists(values(new, old), min_size=12, max_size=12))
        assert [value for value in drawn if sends.is_valid(value) and not expects.is_valid(value)] == []


@settings(max_examples=100, deadline=None)
@given(schema=SCHEMAS)
def test_a_contract_does_not_differ_from_itself(schema: Any) -> None:
    """A contract compared with itself, or with itself under `allOf`, has no difference."""
    wrapped = {"allOf": [schema]}
    assert compare(contract(schema, schema), contract(schema, wrapped)) == []


@settings(max_examples=150, deadline=None, suppress_health_check=HEALTH)
@given(step=steps(), data=st.data())
def test_what_is_proved_is_so(step: tuple[Any, Any], data: st.DataObject) -> None:
    """If one schema is proved to be part of another, the other allows every value that the first one allows."""
    old, new = (Side(schema, COMPONENTS) for schema in step)
    document = Document(COMPONENTS, "drawn")
    if Subset(document, document).schemas(old.schema, new.schema):
        one, other = old.validator(), new.validator()
        drawn = data.draw(st.lists(values(old, new) | values(new, old), min_size=12, max_size=12))
        assert [value for value in drawn if one.is_valid(value) and not other.is_valid(value)] == []


@settings(max_examples=150, deadline=None, suppress_health_check=HEALTH)
@given(step=steps(), data=st.data())
def test_what_is_apart_is_so(step: tuple[Any, Any], data: st.DataObject) -> None:
    """If two schemas are said not to overlap, no value fits both."""
    old, new = (Side(schema, COMPONENTS) for schema in step)
    if not may_overlap(Document(COMPONENTS, "drawn"), old.schema, new.schema):
        one, other = old.validator(), new.validator()
        drawn = data.draw(st.lists(values(old, new) | values(new, old), min_size=12, max_size=12))
        assert [value for value in drawn if one.is_valid(value) and other.is_valid(value)] == []
