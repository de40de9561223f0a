"""What goes out with a call: address, headers, key and options, all checked before anything is sent."""

from __future__ import annotations

import ipaddress
import math
import os
from collections.abc import Callable, Mapping
from typing import Any, TypedDict, TypeVar

import httpx
from attrs import frozen

from ._version import __version__
from .errors import InvalidArgumentError
from .retry import RetryConfig

T = TypeVar("T")


class CallOptions(TypedDict, total=False):
    """What every call takes beside the contract's fields."""

    retries: RetryConfig | None
    """When this call is sent again; None means never."""
    timeout_ms: float | None
    """Limit of each wait for the network, in milliseconds."""
    server_url: str | None
    """Where this call goes."""
    http_headers: Mapping[str, str] | None
    """Headers of this call; they win over the client's."""
    extra_body: Mapping[str, Any] | None
    """Fields that the contract does not have, or has otherwise; they win over the arguments."""


@frozen
class Call:
    """Everything that one call needs, settled before anything is sent."""

    url: str
    headers: Mapping[str, str]
    content: bytes
    timeout_ms: float
    retry: RetryConfig
    expected_choices: int | None


def check_type(name: str, value: object, kind: type[T]) -> T:
    """Return `value`, which must be of the type `kind`."""
    if not isinstance(value, kind):
        found, due = type(value), f"{kind.__module__.partition('.')[0]}.{kind.__name__}"
        raise InvalidArgumentError(f"{name} must be of the type {due}, not {found.__module__}.{found.__name__}")
    return value


def check_milliseconds(name: str, value: object) -> float:
    """Return a time in milliseconds, which must be a finite number above 0."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise InvalidArgumentError(f"{name} must be a finite number of milliseconds above 0, not {value!r}")
    return value


def check_server_url(server_url: str, *, allow_insecure_http: bool) -> str:
    """Return the address without what the contract's paths bring themselves (`/v1`, a slash at the end)."""
    try:
        url = httpx.URL(server_url)
    except (httpx.InvalidURL, TypeError) as error:
        raise InvalidArgumentError(f"server_url is no URL: {error}") from error
    if url.userinfo:  # not quoted in the message: it may be a password
        raise InvalidArgumentError("server_url holds user info (user:password@...): give the key as api_key instead")
    if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment:
        raise InvalidArgumentError(f"server_url must be https://, a host and at most a path, not {server_url!r}")
    if url.scheme == "http" and not allow_insecure_http and not _is_loopback(url.host):
        raise InvalidArgumentError(
            f"server_url {server_url!r} would send the key over plain http: use https, or say "
            "Mistral(allow_insecure_http=True) if the way there is safe"
        )
    return str(url).rstrip("/").removesuffix("/v1").rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def resolve_key(api_key: str | Callable[[], str] | None) -> str:
    """Return the key to send, without ever quoting it."""
    key: object = os.environ.get("MISTRAL_API_KEY") if api_key is None else api_key() if callable(api_key) else api_key
    if not key:
        raise InvalidArgumentError("no API key: give Mistral(api_key=...) or set MISTRAL_API_KEY")
    if not isinstance(key, str):
        raise InvalidArgumentError(f"api_key must be a str or a callable that returns one, not {type(key).__name__}")
    if not _is_header_text(key):
        raise InvalidArgumentError("api_key holds a character that a header cannot: a line break, or one beyond ASCII")
    return key


def request_headers(key: str, accept: str, extra: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a request; those in `extra` win, whatever their case."""
    headers = {"accept": accept, "authorization": f"Bearer {key}", "content-type": "application/json"}
    headers["user-agent"] = f"mistral-agents/{__version__}"
    if accept == "text/event-stream":  # compressed, it would arrive in the server's blocks instead of its events
        headers["accept-encoding"] = "identity"
    for name, value in extra.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise InvalidArgumentError(f"http_headers must map str to str; {name!r} does not")
        if not name or any(mark in name for mark in " \t:") or not _is_header_text(name + value):
            raise InvalidArgumentError(f"http_headers[{name!r}] holds a character that a header cannot")
        headers[name.lower()] = value
    return headers


def _is_header_text(text: str) -> bool:
    # RFC 9110, section 5.5, without the obsolete bytes beyond ASCII: printable characters, blanks and tabs.
    return text.isascii() and text.replace("\t", " ").isprintable()
