"""The options of a client and of a call, with their types and checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from attrs import Attribute, evolve, field, frozen, validators

from ._budget import RetryBudget
from ._clock import Clock
from .errors import InvalidArgumentError
from .retry import DEFAULT_RETRIES, NO_RETRIES, RetryConfig

if TYPE_CHECKING:
    from .observe import CallEvent


class CallOptions(TypedDict, total=False):
    """The options that every method takes. None means the client's value, except for `retries`."""

    retries: RetryConfig | int | None
    """When this call is retried: a RetryConfig, or a number of retries; None means never."""
    timeout_ms: float | None
    """Limit of each wait for the network, in milliseconds."""
    deadline_ms: float | None
    """Limit of the whole call in milliseconds: all attempts, the waits between them, and the reading of a stream."""
    server_url: str | None
    """Address of the service for this call."""
    http_headers: Mapping[str, str] | None
    """Headers of this call; they win over the client's."""
    extra_body: Mapping[str, Any] | None
    """More fields of the body; they win over the arguments."""
    extra_query: Mapping[str, Any] | None
    """More query parameters; they win over the arguments."""


class StreamOptions(CallOptions, total=False):
    """The options of streaming methods. Comments and pings are not events; `timeout_ms` limits each wait, too."""

    first_event_timeout_ms: float | None
    """Limit of the wait for the first event, from the beginning of each attempt, in milliseconds."""
    idle_timeout_ms: float | None
    """Limit of the wait for each further event, in milliseconds."""


OPTIONS = frozenset(CallOptions.__annotations__)
STREAM_OPTIONS = frozenset(StreamOptions.__annotations__)


def _check_milliseconds(_: object, attribute: Attribute[Any], value: Any) -> None:
    if type(value) not in (int, float) or not 0 < value < 2**31:  # the longest timeout that a socket takes, 24 days
        raise InvalidArgumentError(f"{attribute.name} must be milliseconds, above 0 and below 2**31, not {value!r:.80}")


def _check_bytes(_: object, attribute: Attribute[Any], value: Any) -> None:
    if type(value) is not int or value <= 0:
        raise InvalidArgumentError(f"{attribute.name} must be a number of bytes, above 0, not {value!r:.80}")


@frozen(kw_only=True, eq=False, repr=False)
class Limits:
    """How long a call may take, and how large its answer may be; raises InvalidArgumentError for a wrong limit."""

    timeout_ms: float = field(validator=_check_milliseconds)
    first_event_timeout_ms: float = field(validator=_check_milliseconds)
    idle_timeout_ms: float = field(validator=_check_milliseconds)
    deadline_ms: float | None = field(default=None, validator=validators.optional(_check_milliseconds))
    max_answer_bytes: int = field(validator=_check_bytes)
    max_event_bytes: int = field(validator=_check_bytes)


def _check_key(_: object, __: object, key: Any) -> None:
    """Refuse a key of a wrong type, without showing it."""
    if key is not None and not callable(key):
        check_type("api_key", key, str)


@frozen(eq=False, repr=False)
class Settings:
    """The settings of a client, for all of its calls.

    They can be pickled, because none of them is a connection, a file or anything else that belongs to one process.
    """

    api_key: str | Callable[[], str] | None = field(validator=_check_key)
    server_url: str
    insecure: bool
    """Whether the key may go over plain http to another machine."""
    limits: Limits
    retry: RetryConfig
    budget: RetryBudget | None
    """The retries that all calls share; None means no limit."""
    observer: Callable[[CallEvent], object] | None
    clock: Clock
    """The source of time and random numbers."""


def check_type(name: str, value: Any, kind: Any) -> Any:
    """Return `value`, which must be of the type `kind`."""
    if not isinstance(value, kind):
        raise InvalidArgumentError(f"{name} must be of the type {_name_of(kind)}, not {_name_of(type(value))}")
    return value


def _name_of(kind: type) -> str:
    """Return the name by which a class is imported: from its package, not from a module in it."""
    module = kind.__module__ if kind.__module__ == "collections.abc" else kind.__module__.partition(".")[0]
    return kind.__name__ if module == "builtins" else f"{module}.{kind.__name__}"


def check_policy(name: str, config: Any) -> RetryConfig:
    """Return a retry policy; None stands for the one without retries."""
    policy: RetryConfig = NO_RETRIES if config is None else check_type(name, config, RetryConfig)
    return policy


def check_retries(retries: Any, clients: RetryConfig) -> RetryConfig:
    """Return the policy of a call. A number of retries replaces only the number in the client's policy.

    If the client never retries, a number of retries replaces the number in the default policy.
    """
    if isinstance(retries, bool) or not isinstance(retries, int):
        return check_policy("retries", retries)
    if retries < 0:
        raise InvalidArgumentError(
            f"retries must be a RetryConfig, a number of retries (0 or more), or None, not {retries}"
        )
    return evolve(DEFAULT_RETRIES if clients.strategy == "none" else clients, max_attempts=retries + 1)
