"""Dates in models: they are read strictly, in all forms of ISO 8601, and written unchanged."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistral_agents_api import models
from mistral_agents_api.dates import read_date, read_date_time

TEXTS_OF_DATES = st.one_of(
    st.text(max_size=25),
    st.text("0123456789-:T.Z+W ,", max_size=25),
    st.datetimes(timezones=st.none() | st.timezones()).map(dt.datetime.isoformat),
    st.dates().map(dt.date.isoformat),
)


@given(text=TEXTS_OF_DATES, scalar=st.sampled_from([read_date_time, read_date]))
def test_dates_keep_their_text(text: str, scalar: Callable[[Any], Any]) -> None:
    """Any text is read without an error: as a date that keeps its text, or as the text itself."""
    value = scalar(text)
    if isinstance(value, str):
        assert value == text
        return
    for each in (value, copy.deepcopy(value), pickle.loads(pickle.dumps(value)), copy.copy(value)):  # noqa: S301  # made here
        assert (each, each.text, type(each)) == (value, text, type(value))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05+00:00"),
        ("2026-01-02t03:04:05z", "2026-01-02T03:04:05+00:00"),
        ("2026-01-02 03:04:05.123456789+01:30", "2026-01-02T03:04:05.123456+01:30"),
        ("2026-01-02T24:00:00Z", "2026-01-03T00:00:00+00:00"),
        ("20260102T030405,5", "2026-01-02T03:04:05.500000"),
    ],
)
def test_odd_dates_are_read(text: str, moment: str) -> None:
    """All forms of ISO 8601 give the same on every Python; dateutil reads those that the standard library cannot."""
    value = read_date_time(text)
    assert (value.isoformat(), value.text) == (moment, text)


@pytest.mark.parametrize(
    "text",
    ["", "now", "1", "2026-13-01", "12:30", "2026-01-02T25:00", "January 2, 2026", "\u0662\u0660\u0662\u0666-01-02"],
)
def test_a_text_that_is_not_a_date_stays_a_text(text: str) -> None:
    """Dates are read strictly: a text that is not a date of ISO 8601 stays a text."""
    assert (read_date_time(text), read_date(text)) == (text, text)


def test_a_computed_date_has_no_text() -> None:
    """A date that was computed from a date of a model does not keep its text, and is written in ISO format."""
    agent: Any = models.Agent.from_dict({"created_at": "2026-01-02T03:04:05Z"})
    agent.updated_at = agent.created_at + dt.timedelta(days=1)
    agent.created_at = agent.created_at.replace(year=2027)
    assert agent.to_dict() == {"created_at": "2027-01-02T03:04:05+00:00", "updated_at": "2026-01-03T03:04:05+00:00"}


TEXT = "2026-01-02T03:04:05Z"
MOMENT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "look",
    [
        lambda agent: agent.created_at,
        lambda agent: agent["created_at"],
        lambda agent: copy.deepcopy(agent).created_at,
        lambda agent: pickle.loads(pickle.dumps(agent)).created_at,  # noqa: S301  # made here
    ],
    ids=["attribute", "item", "of a copy", "of a pickle"],
)
def test_a_date_of_a_model(look: Callable[[Any], Any]) -> None:
    """A date of a model is a datetime, however it is first accessed, and the same object each time."""
    agent = models.Agent.from_dict({"created_at": TEXT})
    assert [look(agent), look(agent), agent.to_dict()] == [MOMENT, MOMENT, {"created_at": TEXT}]
    assert agent.created_at is agent["created_at"]


def test_dates_that_were_not_accessed() -> None:
    """Equality and repr do not depend on whether a date was accessed before."""
    agent, other = (models.Agent.from_dict({"created_at": TEXT}) for _ in range(2))
    assert agent.created_at == MOMENT
    assert (agent == other, repr(agent) == repr(other), "created_at" in other) == (True, True, True)
    assert agent != models.Agent.from_dict({"created_at": "2027-01-02T03:04:05Z"})


def test_a_deleted_date() -> None:
    """A deleted date is absent and cannot be deleted again; reading a required one raises an error with its name."""
    agent: Any = models.Agent.from_dict({"created_at": TEXT, "name": "a"})
    del agent.created_at
    with pytest.raises(AttributeError, match="created_at"):
        del agent.created_at
    with pytest.raises(AttributeError, match=r"Agent\.created_at is required, but the service sent no such field"):
        agent.created_at  # noqa: B018  # it raises
    agent.created_at = TEXT
    assert (agent.created_at, agent.to_dict()) == (MOMENT, {"name": "a", "created_at": TEXT})


def test_attrs_sees_dates() -> None:
    """`attrs.asdict` returns a date as a datetime, in its field and in the private `_state`."""
    required = {name: TEXT for name, field in models.Agent._FIELDS.by_name.items() if field.required}
    found = attrs.asdict(models.Agent.from_dict({**required, "versions": [1], "version": 1}))
    assert (found["created_at"], found["_state"]["created_at"]) == (MOMENT, MOMENT)
