"""The arguments of `httpx.Client` and `httpx.AsyncClient` with their types, for our subclasses of these classes.

What they mean: https://www.python-httpx.org/api/#client
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from http.cookiejar import CookieJar
from typing import Any, TypedDict

import httpx


class HttpxSettings(TypedDict, total=False):
    """The arguments that have the same types in both classes, except those about connections."""

    auth: httpx.Auth | tuple[str | bytes, str | bytes] | Callable[[httpx.Request], httpx.Request] | None
    params: (
        httpx.QueryParams | Mapping[str, Any] | list[tuple[str, Any]] | tuple[tuple[str, Any], ...] | str | bytes | None
    )
    headers: (
        httpx.Headers
        | Mapping[str, str]
        | Mapping[bytes, bytes]
        | Sequence[tuple[str, str]]
        | Sequence[tuple[bytes, bytes]]
        | None
    )
    cookies: httpx.Cookies | CookieJar | dict[str, str] | list[tuple[str, str]] | None
    verify: ssl.SSLContext | str | bool
    cert: str | tuple[str, str] | tuple[str, str, str] | None
    trust_env: bool
    http1: bool
    http2: bool
    proxy: httpx.URL | httpx.Proxy | str | None
    timeout: httpx.Timeout | float | tuple[float | None, float | None, float | None, float | None] | None
    follow_redirects: bool
    max_redirects: int
    event_hooks: Mapping[str, list[Callable[..., Any]]] | None
    base_url: httpx.URL | str
    default_encoding: str | Callable[[bytes], str]


class ShardedSettings(HttpxSettings, total=False):
    """The arguments of `ShardedClient`."""

    mounts: Mapping[str, httpx.BaseTransport | None] | None


class AsyncShardedSettings(HttpxSettings, total=False):
    """The arguments of `AsyncShardedClient`."""

    mounts: Mapping[str, httpx.AsyncBaseTransport | None] | None


class ClientSettings(ShardedSettings, total=False):
    """The arguments of `httpx.Client`."""

    limits: httpx.Limits
    transport: httpx.BaseTransport | None


class AsyncClientSettings(AsyncShardedSettings, total=False):
    """The arguments of `httpx.AsyncClient`."""

    limits: httpx.Limits
    transport: httpx.AsyncBaseTransport | None
