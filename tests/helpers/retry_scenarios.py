"""Scenarios of retries: which statuses are retried, and after which wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fault_scenarios import (
    AB,
    ANSWERS,
    CONNECTIONS,
    ENDS,
    EVENTS,
    HI,
    OVERDUE_LATER,
    SILENCE,
    STALLED,
    Scenario,
    complete,
    stream,
)
from mistral_agents import BackoffStrategy, RetryConfig, errors
from mistral_agents.testing import STALL, Reply, json_reply, stream_reply

NOW = 784_111_777
"""The time in scenarios, in seconds since 1970: Sun, 06 Nov 1994 08:49:37 GMT, as in RFC 9110's examples."""

# The wait that a header asks for, in seconds; None: no header, or one that cannot be read. Jitter is added to it.
ASKED: list[tuple[str, str | None, float | None]] = [
    ("Retry-After", "7", 7.0),
    ("Retry-After", "Sun, 06 Nov 1994 08:49:44 GMT", 7.0),
    ("Retry-After", "Sunday, 06-Nov-94 08:49:44 GMT", 7.0),
    ("Retry-After", "Sun Nov  6 08:49:44 1994", 7.0),
    ("retry-after-ms", "1500", 1.5),
    ("Retry-After", "60", 60.0),
    ("Retry-After", "0", 0.0),
    ("Retry-After", "Sun, 06 Nov 1994 08:49:30 GMT", 0.0),
    ("Retry-After", "-5", None),
    ("Retry-After", "soon", None),
    ("Retry-After", "May", None),
    ("Retry-After", "inf", None),
    ("Retry-After", None, None),
]
TOO_LONG = [
    ("Retry-After", "61"),
    ("Retry-After", "9" * 30),
    ("Retry-After", "Fri, 06 Nov 2043 08:49:37 GMT"),
    ("retry-after-ms", "60001"),
]
CLASSES: dict[int, type[errors.SDKError]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    422: errors.HTTPValidationError,
    429: errors.RateLimitError,
}
AGAIN = {408, 429, 500, 502, 503, 504, *range(520, 525), 529}


def failing(status: int) -> dict[str, Any]:
    """Return the expected error and status of an answer with this status."""
    return {"error": CLASSES.get(status, errors.SDKError if status < 500 else errors.ServerError), "status": status}


def waits(make: Callable[..., Scenario], status: int, then: Reply, gives: Sequence[str]) -> list[Scenario]:
    """Return the scenarios of a service that says how long to wait before the next attempt."""
    found = []
    for name, value, seconds in ASKED:
        server = f"answers {status} with `{name}: {value}`" if value else f"answers {status} without `{name}`"
        reply, waited = json_reply({}, status, **{name: value}), (0.25 + (seconds or 0),)
        found.append(make(f"{server}, then answers as usual", reply, then, gives=gives, requests=2, waits=waited))
    for name, value in TOO_LONG:
        reply = json_reply({}, status, **{name: value})
        found.append(make(f"answers {status} with `{name}: {value}`", reply, **failing(status), says="max_retry_after"))
    return found


UNTIL_10_S: dict[str, Any] = {"deadline_ms": 10_000, "says": "deadline_ms"}
IN_7_SECONDS, AT_ONCE = json_reply({}, 503, retry_after="7"), json_reply({}, 503, retry_after="0")
# Without the default wait, which would be too long for this deadline.
LATER: dict[str, Any] = {**OVERDUE_LATER, "retries": RetryConfig(backoff=BackoffStrategy(initial_interval=0))}
WAITS = [
    *waits(complete, 503, HI, ["Hi"]),
    complete(
        "answers 503 with `Retry-After: 7` each time", IN_7_SECONDS, **failing(503), requests=3, waits=(7.25, 7.5)
    ),
    complete(
        "answers 503 with `Retry-After: 7` each time",
        IN_7_SECONDS,
        **failing(503),
        **UNTIL_10_S,
        requests=2,
        waits=(7.25,),
    ),
    complete("answers 503 with `Retry-After: 0`, then stalls", AT_ONCE, STALLED, requests=2, waits=(0.0,), **LATER),
    stream(
        "answers 503 with `Retry-After: 0`, then stalls",
        AT_ONCE,
        stream_reply(STALL),
        requests=2,
        waits=(0.0,),
        **LATER,
    ),
]

TABLE = {
    "The connection": CONNECTIONS,
    "An answer in one piece": ANSWERS,
    "How a stream ends": ENDS,
    "What a stream holds": EVENTS,
    "A stream that says nothing": SILENCE,
    "How long to wait for the next attempt": WAITS,
}
"""The tables of docs/reliability.md."""
STATUSES = {status: (failing(status)["error"], 3 if status in AGAIN else 1) for status in range(400, 600)}
"""The error that each status raises, and the number of requests."""
UNLISTED = waits(stream, 429, AB, "ab")
"""The scenarios of `WAITS`, for a stream; the document does not show them."""
