"""Turns an operation and its arguments into one request, and checks it before anything is sent."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
from attrs import evolve, field, frozen

from mistral_agents_api.client import check_base_url, check_headers, hide
from mistral_agents_api.operation import ArgumentError
from mistral_agents_api.values import UNSET, encode_json

from ._budget import RetryBudget
from ._clock import Clock
from ._encoding import ACCEPT_ENCODING
from ._options import OPTIONS, STREAM_OPTIONS, Limits, Settings, check_retries, check_type
from ._version import __version__
from .errors import InvalidArgumentError
from .retry import RetryConfig

if TYPE_CHECKING:
    from mistral_agents_api.operation import Operation

    from .observe import CallEvent

_USER_AGENT = f"mistral-agents/{__version__}"
# Most calls go to the same address. Parsing it takes 5 % of the time of a call.
_parsed = lru_cache(maxsize=16)(httpx.URL)


@frozen(eq=False)
class Call:
    """Everything that one call needs: complete, and checked before anything is sent."""

    operation: Operation[Any, Any, Any] = field(repr=False)
    method: str
    url: httpx.URL
    headers: Mapping[str, str] = field(repr=False)  # they include the key
    body: Mapping[str, Any] | None = field(repr=False)
    """The body as data; `content` is the same body, encoded as JSON."""
    content: bytes | None = field(repr=False)
    limits: Limits
    retry: RetryConfig
    budget: RetryBudget | None
    clock: Clock
    observer: Callable[[CallEvent], object] | None


def prepare(
    operation: Operation[Any, Any, Any], arguments: Mapping[str, Any], settings: Settings, *, streamed: bool
) -> Call:
    """Check the arguments and options of a call, and make the `Call`; raises InvalidArgumentError.

    Names in `arguments` that neither the operation nor the options have are ignored.
    """
    chosen = _chosen(arguments, STREAM_OPTIONS if streamed else OPTIONS)
    extras = {name: check_type(name, chosen[name], Mapping) for name in ("extra_body", "extra_query") if name in chosen}
    try:
        request = operation.request(arguments, streamed=streamed, **extras)
        content = None if request.body is None else encode_json(request.body)
    except (ArgumentError, ValueError) as error:  # ValueError: the body cannot be encoded as JSON
        raise InvalidArgumentError(str(error)) from error
    server_url = settings.server_url
    if "server_url" in chosen:
        server_url = check_server_url(chosen["server_url"], insecure=settings.insecure)
    limits = {name: chosen[name] for name in chosen if name.endswith("_ms")}
    url = server_url + request.path + (f"?{urlencode(request.query)}" if request.query else "")
    # A compressor holds data back until a block is full, so the events of a compressed stream would arrive late.
    accept, encoding = ("text/event-stream", "identity") if streamed else ("application/json", ACCEPT_ENCODING)
    own = {"user-agent": _USER_AGENT, "accept": accept, "accept-encoding": encoding}
    if content is not None:
        own["content-type"] = "application/json"
    own |= {name.lower(): value for name, value in request.headers.items()}
    retries = arguments.get("retries", UNSET)
    return Call(
        operation=operation,
        method=request.method,
        url=_parsed(url),
        headers=_headers(settings.api_key, own, chosen.get("http_headers", {})),
        body=request.body,
        content=content,
        limits=evolve(settings.limits, **limits) if limits else settings.limits,
        retry=settings.retry if retries is UNSET else check_retries(retries, settings.retry),
        budget=settings.budget,
        clock=settings.clock,
        observer=settings.observer,
    )


def _chosen(arguments: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """Return the options that were given for this call."""
    given = {name: arguments.get(name) for name in names}
    return {name: value for name, value in given.items() if value is not None and value is not UNSET}


def service_address(server_url: str | None, *, insecure: bool) -> str:
    """Return the address that a client calls: the given one, else MISTRAL_SERVER_URL, else Mistral's."""
    if server_url is not None:
        return check_server_url(server_url, insecure=insecure)
    try:
        return check_server_url(os.environ.get("MISTRAL_SERVER_URL") or "https://api.mistral.ai", insecure=insecure)
    except InvalidArgumentError as error:
        raise InvalidArgumentError(f"MISTRAL_SERVER_URL: {str(error).removeprefix('server_url: ')}") from error


def check_server_url(server_url: str, *, insecure: bool) -> str:
    """Check an address, and return it without `/v1`, because the contract's paths begin with it."""
    try:
        return check_base_url(server_url, allow_insecure_http=insecure).removesuffix("/v1").rstrip("/")
    except ValueError as error:
        raise InvalidArgumentError(f"server_url: {error}") from error


def _headers(
    api_key: str | Callable[[], str] | None, own: Mapping[str, str], extra: Mapping[str, str]
) -> dict[str, str]:
    """Return the headers of a request, with the key. A header in `extra` replaces ours, whatever its case."""
    key = hide(os.environ.get("MISTRAL_API_KEY") if api_key is None else api_key() if callable(api_key) else api_key)
    if inspect.isawaitable(key):
        if inspect.iscoroutine(key):
            key.close()  # otherwise Python warns that nobody awaited it
        raise InvalidArgumentError("api_key: expected a str or a function that returns one, got an async function")
    if not isinstance(key, str | None) or not key:
        raise InvalidArgumentError("no API key: set MISTRAL_API_KEY or api_key (a str, or a function that returns one)")
    try:
        return {**own, **check_headers({"authorization": hide(f"Bearer {key}"), **extra})}
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(f"{'api_key' if api_key else 'MISTRAL_API_KEY'} or http_headers: {error}") from error
