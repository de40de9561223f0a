"""From the arguments of a call to its request, checked before anything is sent.

The only module that uses names of the generated package with an underscore. It names no field of a request but those by
which it decides: `messages`, `agent_id`, `stream`, `model`, `prompt`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict

import httpx
from attrs import Attribute, field, frozen, validators

from ._attempts import Clock
from ._encoding import ACCEPT_ENCODING
from ._version import __version__
from .errors import InvalidArgumentError
from .retry import NO_RETRIES, RetryConfig

if TYPE_CHECKING:
    from .observe import CallEvent

# Checked here, since without them there is no request; whether other values are taken is the service's to say.
_REQUIRED: dict[str, tuple[str, Callable[[Any], object]]] = {
    "messages": (
        "a list of at least one message",
        lambda it: isinstance(it, Sequence) and it and not isinstance(it, str | bytes),
    ),
    "agent_id": ("the agent's identifier", lambda it: isinstance(it, str) and it != ""),
    "model": ("the name of a model, or None for the service's choice", lambda it: it is None or isinstance(it, str)),
    "prompt": ("the text to complete", lambda it: isinstance(it, str)),
}


class CallOptions(TypedDict, total=False):
    """What every call takes beside the contract's fields; None is for the client's own, except in `retries`."""

    retries: RetryConfig | None
    """When this call is sent again; None means never."""
    timeout_ms: float | None
    """Limit of each wait for the network, in milliseconds."""
    deadline_ms: float | None
    """Limit of the whole call: all attempts, the waits between them and the reading of a stream, in milliseconds."""
    server_url: str | None
    """Where this call goes."""
    http_headers: Mapping[str, str] | None
    """Headers of this call; they win over the client's."""
    extra_body: Mapping[str, Any] | None
    """Fields that the contract does not have, or has otherwise; they win over the arguments."""


class StreamOptions(CallOptions, total=False):
    """What streams take besides. Comments and pings are no events; no wait is longer than `timeout_ms` either."""

    first_event_timeout_ms: float | None
    """Limit of the wait for the first event, from the beginning of each attempt, in milliseconds."""
    idle_timeout_ms: float | None
    """Limit of the wait for each further event, in milliseconds."""


def _check_milliseconds(_: object, attribute: Attribute[Any], value: Any) -> None:
    if type(value) not in (int, float) or not 0 < value < 2**31:  # what a socket takes; 24 days
        raise InvalidArgumentError(f"{attribute.name} must be milliseconds, above 0 and below 2**31, not {value!r:.80}")


def _check_bytes(_: object, attribute: Attribute[Any], value: Any) -> None:
    if type(value) is not int or value <= 0:
        raise InvalidArgumentError(f"{attribute.name} must be a number of bytes, above 0, not {value!r:.80}")


@frozen(kw_only=True, eq=False, repr=False)
class Limits:
    """How long a call may take, and how large its answer may be; raises InvalidArgumentError for what is no limit."""

    timeout_ms: float = field(validator=_check_milliseconds)
    first_event_timeout_ms: float = field(validator=_check_milliseconds)
    idle_timeout_ms: float = field(validator=_check_milliseconds)
    deadline_ms: float | None = field(default=None, validator=validators.optional(_check_milliseconds))
    max_answer_bytes: int = field(validator=_check_bytes)
    max_event_bytes: int = field(validator=_check_bytes)


@frozen(eq=False)
class Call:
    """Everything that one call needs, settled before anything is sent."""

    url: httpx.URL
    headers: Mapping[str, str] = field(repr=False)  # the key is among them
    content: bytes = field(repr=False)
    limits: Limits
    retry: RetryConfig
    clock: Clock
    expected_choices: int | None
    observer: Callable[[CallEvent], object] | None


def complete_request(arguments: Mapping[str, Any], extra_body: Mapping[str, Any]) -> dict[str, Any]:
    """Return path and content of a request for one JSON answer."""
    from mistral_agents_api.models import AgentsCompletionRequest

    if {**arguments, **extra_body}.get("stream"):
        raise InvalidArgumentError("stream=True: complete() returns one answer; call stream() for a stream")
    return _request(AgentsCompletionRequest, arguments, extra_body)


def stream_request(arguments: Mapping[str, Any], extra_body: Mapping[str, Any]) -> dict[str, Any]:
    """Return path and content of a request for a stream, in whichever of the two forms the arguments have."""
    from mistral_agents_api.models import AgentsCompletionStreamRequest, FIMCompletionStreamRequest

    if {"stream": True, **arguments, **extra_body}["stream"] is False:
        raise InvalidArgumentError("stream=False: stream() returns a stream; call complete() for one answer")
    fill_in, agent = arguments.keys() & {"model", "prompt"}, arguments.keys() & {"messages", "agent_id"}
    if fill_in and agent:
        given = " and ".join(sorted(fill_in | agent))
        raise InvalidArgumentError(f"{given}: stream() takes messages and agent_id, or model and prompt, not both")
    if fill_in:
        return _request(FIMCompletionStreamRequest, {**arguments, "stream": True}, extra_body)
    return _request(AgentsCompletionStreamRequest, {**arguments, "stream": True}, extra_body)


def _request(model: Any, arguments: Mapping[str, Any], extra_body: Mapping[str, Any]) -> dict[str, Any]:
    from mistral_agents_api.api.agents import agents_completion

    fields = _names(model)
    for name in arguments.keys() - fields:
        import difflib

        close = difflib.get_close_matches(name, fields | StreamOptions.__annotations__.keys(), n=1)
        advice = f"did you mean {close[0]!r}?" if close else "extra_body takes fields that the contract does not have"
        advice = "only streams take it" if name in StreamOptions.__annotations__ else advice
        raise TypeError(f"got an unexpected keyword argument {name!r}; {advice}")
    for name, (due, fits) in _REQUIRED.items():
        if name in fields and not (name in arguments and fits(arguments[name])):
            given = f", not {arguments[name]!r:.80}" if name in arguments else ""
            raise InvalidArgumentError(f"{name} must be {due}{given}")
    request = model(**arguments)
    request.additional_properties.update(extra_body)
    try:
        return agents_completion._get_kwargs(body=request)
    except ValueError as error:  # it cannot be JSON
        raise InvalidArgumentError(str(error)) from error


@cache
def _names(model: Any) -> set[str]:
    """Return the names of a model's fields."""
    return {each.name for each in model.__attrs_attrs__ if each.init}


def check_type(name: str, value: Any, kind: Any) -> Any:
    """Return `value`, which must be of the type `kind`."""
    if not isinstance(value, kind):
        found, due = type(value), f"{kind.__module__.partition('.')[0]}.{kind.__name__}"
        raise InvalidArgumentError(f"{name} must be of the type {due}, not {found.__module__}.{found.__name__}")
    return value


def check_policy(name: str, config: Any) -> RetryConfig:
    """Return a retry policy, which None stands for, too."""
    policy: RetryConfig = NO_RETRIES if config is None else check_type(name, config, RetryConfig)
    return policy


def check_server_url(server_url: str, *, insecure: bool) -> str:
    """Return the address without `/v1`, which the contract's paths bring themselves."""
    from mistral_agents_api.client import check_base_url

    try:
        return check_base_url(server_url, allow_insecure_http=insecure).removesuffix("/v1").rstrip("/")
    except ValueError as error:
        raise InvalidArgumentError(f"server_url: {error}") from error


def request_headers(api_key: str | Callable[[], str] | None, accept: str, extra: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a request, the key among them; those in `extra` win, whatever their case."""
    from mistral_agents_api.client import check_headers

    key: Any = os.environ.get("MISTRAL_API_KEY") if api_key is None else api_key() if callable(api_key) else api_key
    if not isinstance(key, str | None) or not key:
        raise InvalidArgumentError("no API key: set MISTRAL_API_KEY, or give api_key as a str or a callable for one")
    headers = {"accept": accept, "content-type": "application/json", "user-agent": f"mistral-agents/{__version__}"}
    # A stream that is compressed arrives in the server's blocks instead of its events.
    headers["accept-encoding"] = "identity" if accept == "text/event-stream" else ACCEPT_ENCODING
    try:
        return headers | check_headers({"authorization": f"Bearer {key}", **extra})
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(f"api_key or http_headers: {error}") from error
