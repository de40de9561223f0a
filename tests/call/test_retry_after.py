"""The wait that a service asks for: how headers are read, how calls obey them, and the loop of attempts as a whole."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from attrs import define, field, frozen
from hypothesis import given
from hypothesis import strategies as st
from tools.stress.answers import Answer

from completion_payloads import ASK, chunk, sse
from mistral_agents import AsyncRetryClient, BackoffStrategy, Mistral, RetryClient, RetryConfig, errors
from mistral_agents.retry import retry_after_ms
from mistral_agents.testing.openapi.contract import PATH
from new_process import value_of
from retry_scenarios import NOW
from seam import Seam, answer, seam, stream
from virtual_network import VirtualClock
from worlds import WORLDS, World, each_world

"""In seconds since 1970: Sun, 06 Nov 1994 08:49:37 GMT, as in the examples of RFC 9110."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_each_form(date: datetime) -> list[str]:
    """Return a date in the three forms of RFC 9110, section 5.6.7: RFC 850, IMF-fixdate, asctime."""
    day, month, time = DAYS[date.weekday()], MONTHS[date.month - 1], f"{date:%H:%M:%S}"
    return [
        f"{day}, {date.day:02}-{month}-{date.year % 100:02} {time} GMT",
        f"{day[:3]}, {date.day:02} {month} {date.year:04} {time} GMT",
        f"{day[:3]} {month} {date.day:2} {time} {date.year:04}",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *[("0", 0), ("7", 7_000), ("1.5", 1_500), ("0.25", 250), ("007", 7_000), (" 7\t", 7_000)],
        *[("9" * 12, (10**12 - 1) * 1_000), ("9" * 16, math.inf), ("9" * 5_000, math.inf)],
        *[("Sun, 06 Nov 1994 08:49:44 GMT", 7_000), ("Sunday, 06-Nov-94 08:49:44 GMT", 7_000)],
        *[("Sun Nov  6 08:49:44 1994", 7_000), ("Sun Nov 06 08:49:44 1994", 7_000)],
        *[("Sun, 06 Nov 1994 08:49:36 GMT", 0), ("Thu Jan  1 00:00:00 1970", 0)],
    ],
)
def test_waits_that_can_be_read(value: str, expected: float) -> None:
    """Seconds, with or without a fraction, and dates in three forms become milliseconds from now; a past date is 0."""
    assert retry_after_ms(httpx.Headers({"Retry-After": value}), NOW) == expected


@pytest.mark.parametrize(
    "value",
    [
        *["", " ", "-5", "+5", "-0", "5.", ".5", "5,5", "5;", "5 s", "1e3", "0x5", "1_000", "inf", "nan", "True"],
        *["\u0665", "\uff15", "\u00b2", "\u2166", "5\u0665", "soon", "May", "Sun", "10:30", "1994-11-06T08:49:44Z"],
        *["Sun, 30 Feb 1994 08:49:37 GMT", "Sunday, 30-Feb-94 08:49:37 GMT", "Sun Feb 30 08:49:37 1994"],
        *["Sun, 06 Nov 1994 25:61:61 GMT", "Sunday, 06-Nov-94 25:61:61 GMT", "Sun Nov  6 25:61:61 1994"],
        *["Sun, 00 Nov 1994 08:49:37 GMT", "Sunday, 00-Nov-94 08:49:37 GMT", "Sun Nov  0 08:49:37 1994"],
        *["Sun, 32 Nov 1994 08:49:37 GMT", "Sunday, 32-Nov-06 08:49:37 GMT", "Sun Nov 32 08:49:37 1994"],
        *["Sun, 06 Sat 1994 08:49:37 GMT", "Sunday, 06-And-94 08:49:37 GMT", "Sun Sat  6 08:49:37 1994"],
        *["Sun, 06 Nov 1994 08:49:37 CET", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT"],
    ],
)
def test_waits_that_cannot_be_read(value: str) -> None:
    """A value that is neither a number nor an existing date in one of the three forms is ignored."""
    assert retry_after_ms({"retry-after": value}, NOW) is None


@pytest.mark.parametrize(
    ("milliseconds", "seconds", "expected"),
    [
        *[("1500", "", 1_500), ("1500", "7", 1_500), ("1.5", "7", 1.5), ("0", "7", 0), ("9" * 99, "7", math.inf)],
        *[("soon", "7", 7_000), ("-1", "Sun, 06 Nov 1994 08:49:44 GMT", 7_000), ("soon", "later", None)],
        ("Sun, 06 Nov 1994 08:49:44 GMT", "", None),
    ],
)
def test_milliseconds_go_first(milliseconds: str, seconds: str, expected: float | None) -> None:
    """`retry-after-ms` wins over `Retry-After` if it is a number; only `Retry-After` may be a date."""
    assert retry_after_ms({"retry-after-ms": milliseconds, "retry-after": seconds}, NOW) == expected


def dates(first: int, last: int) -> st.SearchStrategy[datetime]:
    """Draw a moment, in whole seconds, between the beginnings of two years."""
    seconds = [int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (first, last)]
    return st.integers(*seconds).map(lambda second: datetime.fromtimestamp(second, UTC))


THIS_YEAR = datetime.now(UTC).year  # a year of two digits means the nearest such year from today
shapes = st.from_regex(r"S[ua][nt], [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT", fullmatch=True)
shapes |= st.from_regex(r"Sunday, [0-9]{2}-[A-Z][a-z]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT", fullmatch=True)
shapes |= st.from_regex(r"Sun [A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}", fullmatch=True)
values = st.text() | st.from_regex(r"[-+]?[0-9]*\.?[0-9]*", fullmatch=True) | shapes


@given(value=values, milliseconds=values, now=st.floats(0, 1e12))
def test_any_text_is_a_wait_or_none(value: str, milliseconds: str, now: float) -> None:
    """Any text in the headers gives no wait, or a wait that is not negative and not nan; nothing is raised."""
    wait = retry_after_ms({"retry-after": value, "retry-after-ms": milliseconds}, now)
    assert wait is None or wait >= 0


days = st.tuples(st.integers(1970, 9999), st.sampled_from([*MONTHS, "Sun", "And"]), st.integers(0, 35))
times = st.tuples(st.integers(0, 25), st.integers(0, 62), st.integers(0, 62))


@given(day=days, time=times)
def test_a_date_is_read_if_it_exists(day: tuple[int, str, int], time: tuple[int, int, int]) -> None:
    """A date is read to the second if that date and time exist; otherwise it is ignored."""
    try:
        expected = datetime(day[0], MONTHS.index(day[1]) + 1, day[2], *time, tzinfo=UTC).timestamp() * 1_000
    except ValueError:
        expected = None
    value = "Sun, {2:02} {1} {0} {3:02}:{4:02}:{5:02} GMT".format(*day, *time)
    assert retry_after_ms({"retry-after": value}, 0) == expected


@given(date=dates(1000, 9999), near=dates(THIS_YEAR - 49, THIS_YEAR + 49), seconds=st.integers(0, 10**6))
def test_dates_read_back(date: datetime, near: datetime, seconds: int) -> None:
    """A date in each of the three forms is read to the second; a year of two digits means one near today."""
    forms = [(near, in_each_form(near)[0]), *[(date, form) for form in in_each_form(date)[1:]]]
    found = [retry_after_ms({"retry-after": form}, due.timestamp() - seconds) for due, form in forms]
    assert found == [seconds * 1_000] * 3


def test_dateutil_is_loaded_for_dates_alone() -> None:
    """Only an HTTP-date loads dateutil; a number, or a word that looks like a date, does not."""
    loaded = value_of(
        "from mistral_agents.retry import retry_after_ms",
        "def loads_dateutil(value): retry_after_ms({'retry-after': value}, 0); return 'dateutil' in sys.modules",
        "[loads_dateutil(value) for value in ('7', '', 'May', '-5', 'Sun, 06 Nov 1994 08:49:44 GMT')]",
    )
    assert loaded == [False] * 4 + [True]


def clock_at_now(lot: float = 0.5) -> VirtualClock:
    """Make a clock that shows `NOW`, and always draws this random number."""
    clock = VirtualClock()
    clock.now, clock.luck = NOW, lot
    return clock


def waits(clock: VirtualClock) -> list[float]:
    """Return the seconds between the attempts."""
    return [seconds for _, seconds in clock.sleeps]


def call(world: World, client: Mistral, clock: VirtualClock, *, streamed: bool = False) -> errors.MistralError | None:
    """Make a call whose client uses this clock; return the error that it raises, or None."""
    client.clock = clock
    try:
        (world.stream if streamed else world.complete)(client, **ASK)
    except errors.MistralError as error:
        return error
    return None


IN_7_SECONDS = [{"retry_after": form} for form in in_each_form(datetime.fromtimestamp(NOW + 7, UTC))]


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        *[({"retry_after": "7"}, 7), ({"retry_after": "1.5"}, 1.5), *[(headers, 7) for headers in IN_7_SECONDS]],
        *[({"retry_after_ms": "1500"}, 1.5), ({"retry_after_ms": "250", "retry_after": "7"}, 0.25)],
        *[({"retry_after": "60"}, 60), ({"retry_after": "0"}, 0), ({"retry_after": "Thu Jan  1 00:00:00 1970"}, 0)],
        *[({}, 0), ({"retry_after": ""}, 0), ({"retry_after": "-5"}, 0), ({"retry_after": "May"}, 0)],
    ],
)
def test_waited_as_asked(world: World, headers: dict[str, str], asked: float, *, streamed: bool) -> None:
    """A call waits as long as it is asked to, up to a minute, plus jitter: here half of 500 ms."""
    clock, well = clock_at_now(), stream(sse(chunk("Hi", finish_reason="stop"))) if streamed else answer()
    error = call(
        world, seam(answer({}, 503, **headers), well).client(retry_config=RetryConfig()), clock, streamed=streamed
    )
    assert (waits(clock), error) == ([asked + 0.25], None)


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("headers", "most", "said"),
    [
        *[({"retry_after": "61"}, 60_000, "61.0 s"), ({"retry_after_ms": "60001"}, 60_000, "60.0 s")],
        *[
            ({"retry_after": "Sun, 06 Nov 1994 08:50:38 GMT"}, 60_000, "61.0 s"),
            ({"retry_after": "9" * 30}, 60_000, "ever"),
        ],
        *[({"retry_after": "6"}, 5_000, "6.0 s"), ({"retry_after": "1"}, 0, "1.0 s")],
    ],
)
def test_longer_than_allowed(world: World, headers: dict[str, str], most: float, said: str, *, streamed: bool) -> None:
    """If the service asks for more than `max_retry_after`, the call fails at once; the error names both."""
    clock, policy = clock_at_now(), RetryConfig(max_retry_after=most)
    error = call(world, seam(answer({}, 503, **headers)).client(retry_config=policy), clock, streamed=streamed)
    assert isinstance(error, errors.ServerError)
    assert (waits(clock), error.attempts) == ([], 1)
    assert (said in str(error), "max_retry_after" in str(error)) == (True, True)


@each_world
@pytest.mark.parametrize("streamed", [False, True])
def test_not_beyond_the_elapsed_time(world: World, *, streamed: bool) -> None:
    """A wait that would end after `max_elapsed_time` is not begun; a wait that ends exactly then is."""
    clock, policy = clock_at_now(), RetryConfig(backoff=BackoffStrategy(max_elapsed_time=8_750), max_attempts=9)
    error = call(world, seam(answer({}, 503, retry_after="4")).client(retry_config=policy), clock, streamed=streamed)
    assert (waits(clock), error and error.attempts) == ([4.25, 4.5], 3)


@frozen
class Step:
    """One attempt: how many seconds it takes, its response or error, and how many milliseconds that asks to wait."""

    seconds: float
    made: Answer | Exception
    asked: float | None = None


@define
class Service(Seam):
    """A seam on a simulated clock: each request takes the next of these steps, and the last is repeated."""

    steps: tuple[Step, ...] = ()
    clock: VirtualClock = field(factory=VirtualClock)
    began: list[float] = field(factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.began.append(self.clock.now)
        self.clock.now += self.steps[min(len(self.requests), len(self.steps) - 1)].seconds
        return super().__call__(request)


def through_mistral(world: World, service: Service, policy: RetryConfig) -> bool:
    """Make a call with `Mistral`; return whether it was answered."""
    return call(world, service.client(retry_config=policy), service.clock) is None


# A completion is idempotent; a `RetryClient` has to be told.
TWICE = {"idempotent": True}


def through_retry_client(world: World, service: Service, policy: RetryConfig) -> bool:
    """Make the same call with a `RetryClient`; return whether it was answered."""
    settings: Any = {"transport": httpx.MockTransport(service), "retry_config": policy, "base_url": "http://a.test"}

    async def post() -> bool:
        async with AsyncRetryClient(**settings) as client:
            client.clock = service.clock
            return (await client.post(PATH, json=ASK, extensions=TWICE)).is_success

    def post_blocking() -> bool:
        with RetryClient(**settings) as client:
            client.clock = service.clock
            return client.post(PATH, json=ASK, extensions=TWICE).is_success

    try:
        return world.run(post_blocking, post)
    except httpx.HTTPError:
        return False


WELL, LOST = answer(), Answer(200, {"content-type": "application/json"}, (b"{", httpx.ReadError("lost")))
ASKED = {"0": 0, "3": 3_000, "0.5": 500, "40": 40_000, "9" * 20: math.inf, "soon": None}
codes, seconds = st.sampled_from([400, 408, 429, 500, 503, 529]), st.floats(0, 50)
refusals = st.tuples(seconds, codes, st.sampled_from(sorted(ASKED))).map(
    lambda drawn: Step(drawn[0], answer({}, drawn[1], retry_after=drawn[2]), ASKED[drawn[2]])
)
others = st.sampled_from([WELL, LOST, httpx.ConnectError("no"), httpx.ReadError("lost"), httpx.ReadTimeout("late")])
plans = st.lists(refusals | st.builds(Step, seconds, others), min_size=1, max_size=6).map(tuple)
policies = st.builds(
    RetryConfig,
    st.sampled_from(["backoff", "backoff", "backoff", "none"]),
    st.builds(BackoffStrategy, st.floats(0, 1e4), st.floats(0, 2e4), st.floats(0, 4), st.floats(0, 2e5)),
    retry_connection_errors=st.booleans(),
    max_attempts=st.integers(1, 6),
    max_retry_after=st.floats(0, 60_000),
)


@given(steps=plans, policy=policies, lot=st.floats(0, 1, exclude_max=True))
def test_attempts_and_waits(steps: tuple[Step, ...], policy: RetryConfig, lot: float) -> None:
    """Attempts and waits are bounded, every response is closed, and every way to call does the same."""
    seen: list[Any] = []
    for way in (through_mistral, through_retry_client):
        for world in WORLDS[:2]:
            service = Service(tuple(step.made for step in steps), steps=steps, clock=clock_at_now(lot))
            answered = way(world, service, policy)
            sent = [(request.url.path, json.loads(request.content)) for request in service.requests]
            seen.append((sent, service.began, waits(service.clock), answered))
            assert [body.closed > 0 for body in service.bodies] == [True] * len(service.bodies)
    assert seen == seen[:1] * 4
    sent, began, waited, answered = seen[0]
    assert len(waited) + 1 == len(sent) <= (1 if policy.strategy == "none" else policy.max_attempts)
    assert (max(began) - NOW) * 1_000 <= policy.backoff.max_elapsed_time + 0.001
    happened = [steps[min(number, len(steps) - 1)] for number in range(len(sent))]
    assert [step.made is WELL for step in happened] == [False] * len(waited) + [answered]
    for step, wait in zip(happened, waited, strict=False):  # there is no wait after the last attempt
        most = policy.backoff.max_interval + min(step.asked or 0, policy.max_retry_after)
        assert (step.asked or 0) - 0.001 <= wait * 1_000 <= most + 0.001
