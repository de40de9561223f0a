"""The retry policy: what is worth another attempt, and how long to wait before it. Data and pure functions.

Times are in milliseconds. The first fields of both classes are those of Mistral's SDK, in its order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import Any

from attrs import Attribute, field, frozen

from .errors import APIConnectionError, InvalidArgumentError, MistralError, SDKError


def _must_be(due: str, test: Callable[[Any], bool]) -> Callable[[object, Attribute[Any], Any], None]:
    def validate(instance: object, attribute: Attribute[Any], value: Any) -> None:
        if not test(value):
            raise InvalidArgumentError(f"{type(instance).__name__}.{attribute.name} must be {due}, not {value!r}")

    return validate


_FINITE = _must_be("a finite number >= 0", lambda value: type(value) in (int, float) and 0 <= value < math.inf)
_STATUSES = _must_be("a set of ints", lambda it: isinstance(it, Collection) and all(type(code) is int for code in it))
_STRATEGY = _must_be('"backoff" or "none"', ("backoff", "none").__contains__)
_BACKOFF = _must_be("a BackoffStrategy", lambda value: isinstance(value, BackoffStrategy))


@frozen
class BackoffStrategy:
    """How waits grow: a random part of `initial_interval * exponent ** (attempt - 1)`, at most of `max_interval`."""

    initial_interval: float = field(default=500, validator=_FINITE)
    """Bound of the first wait."""
    max_interval: float = field(default=8_000, validator=_FINITE)
    """Bound of every wait."""
    exponent: float = field(default=2.0, validator=_FINITE)
    """Factor from one bound to the next."""
    max_elapsed_time: float = field(default=120_000, validator=_FINITE)
    """No attempt starts later than this after the first."""


@frozen
class RetryConfig:
    """When a call is sent again. One that failed after the request was sent may be answered, and paid for, twice."""

    strategy: str = field(default="backoff", validator=_STRATEGY)
    """"backoff", or "none" for a single attempt."""
    backoff: BackoffStrategy = field(default=BackoffStrategy(), validator=_BACKOFF)
    """How long to wait."""
    retry_connection_errors: bool = field(default=True, validator=_must_be("a bool", lambda it: isinstance(it, bool)))
    """Whether connections that are refused or lost count as worth another attempt."""
    # Two more tries outlast the restart of a machine; more only add load to a service in trouble.
    max_attempts: int = field(default=3, validator=_must_be("an int >= 1", lambda n: type(n) is int and n >= 1))
    """How many requests one call may send in all."""
    # 408, 429 and 503 ask for another try (RFC 9110, RFC 6585); 500, 502 and 504 are accidents of the server's side.
    status_codes: Collection[int] = field(default=frozenset({408, 429, 500, 502, 503, 504}), validator=_STATUSES)
    """The statuses that are worth another attempt."""


DEFAULT_RETRIES = RetryConfig()
NO_RETRIES = RetryConfig(strategy="none")


def backoff_ms(backoff: BackoffStrategy, attempt: int, jitter: float) -> float:
    """Return the wait after the given attempt (the first is 1); `jitter` is uniform in [0, 1)."""
    try:
        bound = backoff.initial_interval * backoff.exponent ** (attempt - 1)
    except OverflowError:
        bound = math.inf if backoff.initial_interval else 0
    return jitter * min(bound, backoff.max_interval)


def wait_ms(config: RetryConfig, error: MistralError, *, attempt: int, elapsed: float, jitter: float) -> float | None:
    """Return how long to wait after so many attempts and so much time, or None when there is to be no other attempt."""
    if isinstance(error, SDKError):
        worth = error.status_code in config.status_codes
    else:
        worth = isinstance(error, APIConnectionError) and error.retryable and config.retry_connection_errors
    if config.strategy == "none" or attempt >= config.max_attempts or not worth:
        return None
    wait = backoff_ms(config.backoff, attempt, jitter)
    return None if elapsed + wait > config.backoff.max_elapsed_time else wait
