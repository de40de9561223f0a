"""The retry policy: which failures are retried, and how long to wait before. Frozen data and pure functions.

Times are in milliseconds. The first fields of both classes are those of Mistral's SDK, in the same order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC
from typing import Any, Literal

from attrs import Attribute, field, frozen

from .errors import (
    APIConnectionError,
    ConflictError,
    InvalidArgumentError,
    MistralError,
    SDKError,
    StreamEventError,
)


def _must_be(expected: str, test: Callable[[Any], bool]) -> Callable[[object, Attribute[Any], Any], None]:
    def validate(instance: object, attribute: Attribute[Any], value: Any) -> None:
        if not test(value):
            raise InvalidArgumentError(f"{type(instance).__name__}.{attribute.name} must be {expected}, not {value!r}")

    return validate


_FINITE = _must_be("a finite number >= 0", lambda value: type(value) in (int, float) and 0 <= value < math.inf)
_STATUSES = _must_be("a set of ints", lambda it: isinstance(it, Collection) and all(type(code) is int for code in it))
_STRATEGY = _must_be('"backoff" or "none"', ("backoff", "none").__contains__)
_BACKOFF = _must_be("a BackoffStrategy", lambda value: isinstance(value, BackoffStrategy))


@frozen
class BackoffStrategy:
    """How long to wait between attempts, in milliseconds.

    A wait is random, between 0 and `initial_interval * exponent ** (attempt - 1)`, but at most `max_interval`.
    """

    initial_interval: float = field(default=500, validator=_FINITE)
    """Upper bound of the first wait, in milliseconds."""
    max_interval: float = field(default=8_000, validator=_FINITE)
    """Upper bound of every wait, in milliseconds."""
    exponent: float = field(default=2.0, validator=_FINITE)
    """Factor from one upper bound to the next."""
    max_elapsed_time: float = field(default=120_000, validator=_FINITE)
    """No attempt starts later than this after the first one, in milliseconds."""


@frozen
class RetryConfig:
    """When a call is sent again.

    An idempotent call that is sent again may be paid for twice. A call that is not idempotent is sent again only if the
    service certainly did not act on it, whatever these fields say.
    """

    strategy: Literal["backoff", "none"] = field(default="backoff", validator=_STRATEGY)
    """"backoff", or "none" for a single attempt."""
    backoff: BackoffStrategy = field(default=BackoffStrategy(), validator=_BACKOFF)
    """How long to wait."""
    retry_connection_errors: bool = field(default=True, validator=_must_be("a bool", lambda it: isinstance(it, bool)))
    """Whether to retry after a connection was refused or lost."""
    # Two retries are enough if a connection broke, or if one machine of the service failed and others go on. If the
    # whole service is in trouble, more retries would only add load.
    max_attempts: int = field(default=3, validator=_must_be("an int >= 1", lambda n: type(n) is int and n >= 1))
    """How many requests one call may send in all, the first included."""
    # 408, 429 and 503 ask for another try (RFC 9110, 6585). 500, 502 and 504 are failures on the server's side; so are
    # 520 to 524, by which Cloudflare says that it got no proper answer, and 529, "overloaded".
    status_codes: Collection[int] = field(
        default=frozenset({408, 429, 500, 502, 503, 504, *range(520, 525), 529}), validator=_STATUSES
    )
    """The statuses after which a call is sent again."""
    # Instead of waiting for more than a minute, a caller should get an error that says so.
    max_retry_after: float = field(default=60_000, validator=_FINITE)
    """The longest wait that the service may ask for, in ms. If it asks for a longer one, the call fails at once."""


DEFAULT_RETRIES = RetryConfig()
NO_RETRIES = RetryConfig(strategy="none")
# Only these two say that the service did not act on the request, because it had no capacity for it.
_NOT_ACTED_ON = frozenset({429, 503})
_NOT_TWICE = (
    "No further attempt: the service may have acted on the request, which is not idempotent. "
    "Check its state before you repeat the call."
)


def backoff_ms(backoff: BackoffStrategy, attempt: int, jitter: float) -> float:
    """Return the wait after the given attempt (the first is 1); `jitter` is uniform in [0, 1)."""
    try:
        bound = backoff.initial_interval * backoff.exponent ** (attempt - 1)
    except OverflowError:
        bound = math.inf if backoff.initial_interval else 0
    return jitter * min(bound, backoff.max_interval)


def wait_ms(
    config: RetryConfig,
    error: MistralError,
    *,
    attempt: int,
    elapsed: float,
    jitter: float,
    now: float = 0,
    idempotent: bool = True,
) -> float | None:
    """Return how long to wait before the next attempt, in milliseconds, or None if there is none.

    If the service asks for a wait, our own random wait is added, so that clients which were told the same time do not
    all come back at once. Dates are compared with `now`, in seconds since 1970.
    """
    if config.strategy == "none" or attempt >= config.max_attempts:
        return None
    if not _is_worth(config, error, idempotent=idempotent):
        if _is_worth(config, error, idempotent=True):
            error.advise(_NOT_TWICE)
        return None
    wait = backoff_ms(config.backoff, attempt, jitter)
    asked = retry_after_ms(error.headers, now) if isinstance(error, SDKError) else None
    if asked is not None:
        if asked > config.max_retry_after:
            seconds = f"{asked / 1000:,.1f} s" if asked < math.inf else "for ever"
            error.advise(f"No further attempt: the service asks to wait {seconds}, above RetryConfig.max_retry_after.")
            return None
        wait += asked
    if elapsed + wait > config.backoff.max_elapsed_time:
        error.advise("No further attempt: it would start after BackoffStrategy.max_elapsed_time.")
        return None
    return wait


def _is_worth(config: RetryConfig, error: MistralError, *, idempotent: bool) -> bool:
    """Tell whether another attempt may succeed and is harmless."""
    if isinstance(error, ConflictError) and error.locked:
        return True
    if isinstance(error, (SDKError, StreamEventError)):
        return error.status_code in config.status_codes and (idempotent or error.status_code in _NOT_ACTED_ON)
    if isinstance(error, APIConnectionError):
        return error.retryable and config.retry_connection_errors and (idempotent or not error.sent)
    return False


# Nobody means a wait with more digits, and such a number would take long to parse.
_NUMBER = r"0*[0-9]{1,15}(\.[0-9]+)?"
# RFC 9110, 5.6.7: the current form and two obsolete ones. dateutil alone would also accept "-5" or "May" as dates.
_DAY, _MONTH = r"(0[1-9]|[12]\d|3[01])", "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
# Compiled only when it is needed: compiling takes longer than importing the rest of this module.
_HTTP_DATE = (
    rf"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), {_DAY} {_MONTH} \d{{4}} \d\d:\d\d:\d\d GMT"
    rf"|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, {_DAY}-{_MONTH}-\d\d \d\d:\d\d:\d\d GMT"
    rf"|(Mon|Tue|Wed|Thu|Fri|Sat|Sun) {_MONTH} ( [1-9]|{_DAY}) \d\d:\d\d:\d\d \d{{4}}"
)


def retry_after_ms(headers: Mapping[str, str], now: float) -> float | None:
    """Return the wait that an answer asks for, in milliseconds, or None if it asks for none that can be parsed.

    `retry-after-ms` wins over `Retry-After`, which has seconds or an HTTP-date (RFC 9110, 10.2.3), perhaps in the past.
    """
    for name, factor in (("retry-after-ms", 1), ("retry-after", 1000)):
        value = headers.get(name, "").strip()
        if re.fullmatch(_NUMBER, value):
            return float(value) * factor
        if value.isascii() and value.isdigit():
            return math.inf
    if not re.fullmatch(_HTTP_DATE, value, re.ASCII):
        return None
    from dateutil import parser  # slow to import, and seldom needed

    try:
        date = parser.parse(value)
    except (ValueError, OverflowError):  # a day or an hour that does not exist
        return None
    return max(0.0, (date.replace(tzinfo=UTC).timestamp() - now) * 1000)
