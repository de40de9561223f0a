# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The client that the functions under `api` take: where to send requests, and as whom."""

from __future__ import annotations

import ssl
from typing import Any, Self

import httpx
from attrs import define, evolve, field


@define(kw_only=True)
class Client:
    """An address with the settings of the httpx clients that reach it.

    The httpx clients are made when they are first used, and closed by `with` or `async with`.
    """

    base_url: str = field(kw_only=False)
    """Where the service is; the paths of the contract are relative to it."""
    raise_on_unexpected_status: bool = False
    """Whether a status that the contract does not have raises UnexpectedStatus instead of giving None."""
    cookies: dict[str, str] = field(factory=dict, repr=False)
    """Cookies sent with every request."""
    headers: dict[str, str] = field(factory=dict, repr=False)
    """Headers sent with every request."""
    timeout: httpx.Timeout | float | None = None
    """Limit for each request, in seconds; None waits for ever."""
    verify_ssl: str | bool | ssl.SSLContext = True
    """How the service's certificate is checked, as httpx takes it."""
    follow_redirects: bool = False
    """Whether redirects are followed."""
    httpx_args: dict[str, Any] = field(factory=dict, repr=False)
    """Further arguments for the httpx clients."""
    httpx_client_class: type[httpx.Client] = httpx.Client
    """The class of the httpx client: a subclass adds what every request needs, retries for one."""
    async_httpx_client_class: type[httpx.AsyncClient] = httpx.AsyncClient
    """The same for asynchronous use."""
    _client: httpx.Client | None = field(default=None, init=False, repr=False, eq=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False, repr=False, eq=False)

    def with_headers(self, headers: dict[str, str]) -> Self:
        """Return a client like this one that sends these headers too."""
        return evolve(self, headers={**self.headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """Return a client like this one that sends these cookies too."""
        return evolve(self, cookies={**self.cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout | float | None) -> Self:
        """Return a client like this one with another time limit, in seconds."""
        return evolve(self, timeout=timeout)

    def request_headers(self, headers: dict[str, str]) -> dict[str, str]:
        """Return the headers of one request: this client's, then the request's own."""
        return {**self.headers, **headers}

    def _settings(self) -> dict[str, Any]:
        return {
            "base_url": self.base_url,
            "cookies": self.cookies,
            "timeout": self.timeout,
            "verify": self.verify_ssl,
            "follow_redirects": self.follow_redirects,
            **self.httpx_args,
        }

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Use an httpx client of your own, with its own address and settings."""
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """Return the httpx client, made at the first call."""
        if self._client is None:
            self._client = self.httpx_client_class(**self._settings())
        return self._client

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(self, *exc_info: Any) -> None:
        self.get_httpx_client().__exit__(*exc_info)

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Use an asynchronous httpx client of your own, with its own address and settings."""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the asynchronous httpx client, made at the first call."""
        if self._async_client is None:
            self._async_client = self.async_httpx_client_class(**self._settings())
        return self._async_client

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(self, *exc_info: Any) -> None:
        await self.get_async_httpx_client().__aexit__(*exc_info)


@define(kw_only=True)
class AuthenticatedClient(Client):
    """A client with a key."""

    token: str = field(repr=False)
    """The key."""
    prefix: str = "Bearer"
    """What stands before the key in the header; "" for nothing."""
    auth_header_name: str = "Authorization"
    """The header that carries the key."""

    def request_headers(self, headers: dict[str, str]) -> dict[str, str]:
        """Return the headers of one request: this client's, the key, then the request's own."""
        value = f"{self.prefix} {self.token}" if self.prefix else self.token
        return {**self.headers, self.auth_header_name: value, **headers}


__all__ = ["AuthenticatedClient", "Client"]
