"""The httpx clients that we make: they connect within the limits of a call, and leave out what no call needs."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from typing import Any

import httpx

from ._dialing import Dialing
from ._transport import AnyClient

# The internals of httpx and httpcore that this package uses.
_IN_CLIENT = ("_transport", "_mounts", "_transport_for_url")
_IN_POOL = ("_assign_requests_to_connections", "_connections", "_network_backend", "_optional_thread_lock", "_requests")
_warned = False


def pools_of(client: AnyClient) -> list[Any]:
    """Return the connection pools of a client: one for direct connections, and one for each proxy.

    If this version of httpx has other internals, return an empty list, and warn once.
    """
    global _warned  # noqa: PLW0603  # one warning is enough
    missing = [name for name in _IN_CLIENT if not hasattr(client, name)]
    transports: list[Any] = [] if missing else [client._transport, *client._mounts.values()]
    theirs = [each for each in transports if isinstance(each, httpx.HTTPTransport | httpx.AsyncHTTPTransport)]
    pools = [each._pool for each in theirs if hasattr(each, "_pool")]
    missing += ["_pool"] * (len(pools) < len(theirs))
    missing += [name for name in _IN_POOL if not all(hasattr(pool, name) for pool in pools)]
    if missing and not _warned:
        _warned = True
        warnings.warn(
            f"mistral_agents does not know this version of httpx or httpcore ({', '.join(missing)} missing). Calls "
            "work, but connections of cancelled calls may be lost, connecting may exceed its time limit, and a key "
            "may go to a proxy over plain http. Install versions that mistral_agents was tested with.",
            RuntimeWarning,
            stacklevel=2,
        )
    return [] if missing else pools


class _NoCookies(httpx.Cookies):
    """Keeps no cookies: no operation needs them, and looking for them takes a twelfth of a short call."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Ignore the cookies of a response."""


_NO_COOKIES = _NoCookies()


class _Own:
    """What our blocking and our async client share."""

    @property
    def cookies(self) -> httpx.Cookies:
        """The cookies that httpx would send: none."""
        return _NO_COOKIES

    @cookies.setter
    def cookies(self, cookies: object) -> None:  # noqa: ARG002  # it takes none
        raise AttributeError("this client keeps no cookies")

    def build_bare_request(
        self, method: str, url: httpx.URL, *, headers: Mapping[str, str], content: bytes | None, extensions: Any
    ) -> httpx.Request:
        """Return a request with these headers, `Host` and `Content-Length`; `extensions` is not copied.

        httpx would add the same two headers, but for each of them it would first search all other headers.
        """
        whole = {"host": url.netloc.decode(), **headers}
        if content is not None or method in ("POST", "PUT", "PATCH"):
            whole["content-length"] = str(len(content or b""))
        request = httpx.Request(method, url, headers=whole, stream=httpx.ByteStream(content or b""))
        request.extensions = extensions
        request.read()  # tracing tools may look at `content`
        return request


def _check_certificates() -> None:
    """Raise OSError if SSL_CERT_DIR names no folder that exists: httpx would then trust no certificate."""
    folders = os.environ.get("SSL_CERT_DIR", "")
    if folders and not os.environ.get("SSL_CERT_FILE") and not any(map(os.path.isdir, folders.split(os.pathsep))):
        raise NotADirectoryError("expected a folder that exists")


def _checked_pools(client: AnyClient) -> list[Any]:
    """Return the pools of a client; raises ValueError if a proxy has no usable host or port."""
    pools = pools_of(client)
    for proxy in (getattr(pool, "_proxy_url", None) for pool in pools):
        if proxy is None:
            continue
        wrong_port = proxy.port is not None and not 0 < proxy.port <= 65_535
        # httpx percent-encodes characters that a host cannot have.
        if wrong_port or not proxy.host or b"%" in proxy.host:
            raise ValueError("expected a proxy with a host and, if it has a port, one from 1 to 65535")
    return pools


class OwnClient(_Own, httpx.Client):
    """Our client for blocking calls; it has no settings of a user."""

    def __init__(self, **settings: Any) -> None:
        _check_certificates()
        super().__init__(**settings)
        for pool in _checked_pools(self):
            pool._network_backend = Dialing(pool._network_backend)  # there is no public way


class OwnAsyncClient(_Own, httpx.AsyncClient):
    """The same for async calls; their event loop already connects within limits."""

    def __init__(self, **settings: Any) -> None:
        _check_certificates()
        super().__init__(**settings)
        _checked_pools(self)
