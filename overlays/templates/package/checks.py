"""Checks before a request is sent: its address, its headers, and where its key would go."""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx

# RFC 9110, sections 5.1 and 5.5: a token, and printable characters with blanks and tabs between them. Bytes beyond
# ASCII are obsolete there.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"(?:[!-~](?:[\t -~]*[!-~])?)?")
# Where a proxy listens if its address has no port. All other proxies are SOCKS proxies, with port 1080. We do not ask
# httpcore, because in 1.0.6 `origin` of a `socks5h://` address raises KeyError.
_PROXY_PORTS = {b"http": 80, b"https": 443}


def check_base_url(url: str, *, allow_insecure_http: bool = True) -> str:
    """Return the address without a slash at its end; raises ValueError for one to which no request may go.

    An address needs http or https and a host, and may not contain a user and password. Plain http to another machine is
    refused unless it is allowed, because a key would go there unencrypted.
    """
    try:
        parsed = httpx.URL(str(url))
        parsed.raw_host.decode().encode("idna")  # refuses a part of a name that is empty or too long
    except (httpx.InvalidURL, TypeError, UnicodeError) as error:
        raise ValueError("expected an address such as https://example.com, got something else") from error
    if parsed.userinfo or "@" in str(url):  # not quoted in the message: it may be a password
        raise ValueError("expected an address without user:password@. Remove that, and give the key separately")
    odd = not parsed.host or parsed.query or parsed.fragment or (parsed.port or 0) > 65_535
    if parsed.scheme not in ("http", "https") or odd:
        address, query, _ = str(url).partition("?")
        found = f"{address!r}{' and a query' * bool(query)}"
        raise ValueError(f"expected an address such as https://example.com or https://example.com/path, got {found}")
    if parsed.scheme == "http" and not allow_insecure_http and not _is_loopback(parsed.host):
        raise ValueError(f"the key would go over plain http to {url!r}: use https, or allow_insecure_http=True")
    return str(parsed).rstrip("/")


@functools.lru_cache(maxsize=64)  # asked for each call, and a program calls few hosts
def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def check_way(http: httpx.Client | httpx.AsyncClient, url: httpx.URL) -> None:
    """Raise ValueError if a key that an httpx client sends to this address would leave this machine over plain http.

    This depends on the machine that the client connects to: the host of the address, or the client's proxy for it.
    """
    if url.scheme == "http":
        if not _is_loopback(url.host):
            raise ValueError(
                f"the key would go over plain http to {url.host!r}: use https, or allow_insecure_http=True"
            )
        proxy = proxy_of(http, url)
        if proxy is not None and not _is_loopback(proxy.host):
            raise ValueError(
                f"the key would go over plain http to the proxy {proxy.host!r}: name {url.host!r} in NO_PROXY, use https, "
                "or allow_insecure_http=True"
            )


class Proxy(NamedTuple):
    """Where a proxy listens; as a text, `host:port`, without the user and the password that its address may have."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def proxy_of(http: Any, url: httpx.URL) -> Proxy | None:
    """Return the proxy that an httpx client uses for an address, if any. httpx has no public function for this."""
    find = getattr(http, "_transport_for_url", None)
    transport = None if find is None else find(url)
    if (sends_by := getattr(transport, "sends_by", None)) is not None:  # a transport that has clients of its own
        return proxy_of(sends_by, url)
    proxy = getattr(getattr(transport, "_pool", None), "_proxy_url", None)
    return None if proxy is None else Proxy(str(proxy.host, "ascii"), proxy.port or _PROXY_PORTS.get(proxy.scheme, 1080))


class Secret(str):
    """A text that tracebacks and debuggers do not show, because its `repr` hides it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<hidden>"


def hide(value: Any) -> Any:
    """Return a text as a `Secret`, and anything else as it is."""
    return Secret(value) if isinstance(value, str) else value


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers with lower-case names; raises ValueError if one cannot be sent. The error hides its value."""
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise ValueError(f"header {name!r}: expected a name and a value of type str")
        if name.lower() in ("content-length", "transfer-encoding"):
            raise ValueError(f"header {name!r} is set by httpx. Remove it")
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
            raise ValueError(
                f"header {name!r}: expected printable ASCII, without a blank at either end of the value"
            )
    return {name.lower(): value for name, value in headers.items()}


__all__ = ["Proxy", "Secret", "check_base_url", "check_headers", "check_way", "hide", "proxy_of"]
