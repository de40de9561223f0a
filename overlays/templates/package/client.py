"""The client that the functions under `api` take: the address of the service, the key, and the httpx clients."""

from __future__ import annotations

import contextlib
import os
import ssl
import threading
import warnings
from collections.abc import AsyncGenerator
from typing import Any, Self
from weakref import finalize

import httpx
from attrs import define, evolve, field

from .checks import Secret, check_base_url, check_headers, check_way, hide, proxy_of

# For each httpx client of a user, the process that first used it. The key is the `id` of the httpx client, because a
# subclass may have no hash.
_used_by: dict[int, int] = {}


@define
class Client:
    """The address of the service, and settings for httpx.

    It makes its httpx clients when they are first used. `with` and `async with` close them. Threads can share it.
    """

    base_url: str = field(converter=check_base_url)
    """Address of the service. The paths of the contract are relative to it."""
    raise_on_unexpected_status: bool = field(default=False, kw_only=True)
    """Whether a status that the contract does not have raises UnexpectedStatus. If not, the answer is None."""
    cookies: dict[str, str] = field(factory=dict, repr=False, kw_only=True)
    """Cookies of every request."""
    headers: dict[str, str] = field(factory=dict, repr=False, kw_only=True)
    """Headers of every request."""
    timeout: httpx.Timeout | float | None = field(default=None, kw_only=True)
    """Time limit for each request, in seconds. None means no limit."""
    verify_ssl: str | bool | ssl.SSLContext = field(default=True, kw_only=True)
    """How httpx checks the service's certificate (its argument `verify`)."""
    follow_redirects: bool = field(default=False, kw_only=True)
    """Whether to follow redirects."""
    allow_insecure_http: bool = field(default=False, kw_only=True)
    """Whether a key may be sent over plain http to another machine."""
    httpx_args: dict[str, Any] = field(factory=dict, repr=False, kw_only=True)
    """Further arguments for the httpx clients."""
    httpx_client_class: type[httpx.Client] = field(default=httpx.Client, kw_only=True)
    """The class of the httpx client. A subclass can add to every request, for example retries."""
    async_httpx_client_class: type[httpx.AsyncClient] = field(default=httpx.AsyncClient, kw_only=True)
    """The same for async code."""
    _client: httpx.Client | None = field(default=None, init=False, repr=False, eq=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False, repr=False, eq=False)
    _made_client: httpx.Client | None = field(default=None, init=False, repr=False, eq=False)
    _made_async_client: httpx.AsyncClient | None = field(default=None, init=False, repr=False, eq=False)
    _closed: bool = field(default=False, init=False, repr=False, eq=False)
    _async_closed: bool = field(default=False, init=False, repr=False, eq=False)
    _event_loop: Any = field(default=None, init=False, repr=False, eq=False)
    _at_its_end: Any = field(default=None, init=False, repr=False, eq=False)
    _changed: dict[str, Any] = field(factory=dict, init=False, repr=False, eq=False)
    _process: int = field(factory=os.getpid, init=False, repr=False, eq=False)
    _parents_clients: list[Any] = field(factory=list, init=False, repr=False, eq=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False, repr=False, eq=False)

    def with_headers(self, headers: dict[str, str]) -> Self:
        """Return a client like this one that also sends these headers."""
        return self._like(headers={**self.headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """Return a client like this one that also sends these cookies."""
        return self._like(cookies={**self.cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout | float | None) -> Self:
        """Return a client like this one with another time limit, in seconds."""
        return self._like(timeout=timeout)

    def _like(self, **changed: Any) -> Self:
        """Return a client with other settings.

        If the user gave an httpx client, the new client uses it, too, and sends the changed settings with each request.
        """
        other = evolve(self, **changed)
        other._changed = {**self._changed, **{name: changed[name] for name in changed if name != "headers"}}
        if self._client is not self._made_client:
            other._client = self._client
        if self._async_client is not self._made_async_client:
            other._async_client = self._async_client
        return other

    def request_settings(self, http: httpx.Client | httpx.AsyncClient) -> dict[str, Any]:
        """Return the settings from `with_cookies` and `with_timeout` for requests of the user's httpx client."""
        return {} if http is self._made_client or http is self._made_async_client else self._changed

    def check_request(self, http: httpx.Client | httpx.AsyncClient, request: httpx.Request) -> httpx.Request:
        """Return the request; raises ValueError if its Authorization would leave this machine over plain http."""
        if "authorization" in request.headers and not self.allow_insecure_http:
            check_way(http, request.url)
        return request

    def request_headers(self, headers: dict[str, str]) -> dict[str, str]:
        """Return the headers of one request: those of this client, replaced by those of the request."""
        return check_headers(self.headers) | check_headers(headers)

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
        """Use an httpx client of your own, with its own address and settings; you close it."""
        self._client = client
        return self

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Use an asynchronous httpx client of your own, with its own address and settings; you close it."""
        self._async_client = async_client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """Return the httpx client, which is made at the first call. A forked child gets its own.

        Raises RuntimeError if an httpx client of the user has been used before this process was forked, because parent
        and child would share its connections.
        """
        self._leave_to_parent()
        with self._lock:
            self._check_process(self._client)
            if self._client is None:
                self._client = self._made_client = self.httpx_client_class(**self._settings())
                if self._closed:
                    self._client.close()  # using it then raises httpx's error for a closed client
            return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the async httpx client, which is made at the first call. A forked child gets its own.

        The connections of a client belong to the event loop in which it was made. In another event loop, a call gets a
        new client if the first loop has ended or is not running now, and a RuntimeError if it still runs. After
        `aclose`, this method returns the closed httpx client, whose next request raises a RuntimeError. If no httpx
        client was made before `aclose`, this method raises the RuntimeError itself. If the user gave an httpx client,
        and the parent process used it before the fork, this method raises a RuntimeError, too.
        """
        from anyio.lowlevel import current_token  # imported here, because httpx loads anyio only for async clients

        self._leave_to_parent()
        with self._lock:
            self._check_process(self._async_client)
            made, here = self._made_async_client, current_token()
            if made is not None and made is self._async_client and not self._async_closed:
                elsewhere = self._event_loop != here
                if elsewhere and not made.is_closed and not _is_over(self._event_loop):
                    raise RuntimeError(
                        "this client is in use in another event loop, to which its connections belong: "
                        "make one client for each event loop that runs at the same time"
                    )
                # The client's event loop has ended (asyncio then closes the client), or it is not running now.
                if elsewhere or made.is_closed:
                    self._async_client = None
            if self._async_client is None:
                if self._async_closed:
                    raise RuntimeError("the client is closed. Make a new one, or call inside its `with` block.")
                self._async_client = self._made_async_client = self.async_httpx_client_class(**self._settings())
                self._event_loop, self._at_its_end = here, _close_with_loop(here, self._async_client)
            return self._async_client

    def _check_process(self, http: object) -> None:
        """Refuse a user's httpx client if the parent of this process has used it, through any `Client`."""
        made = http is self._made_client or http is self._made_async_client
        if http is not None and not made and _first_user(http) != os.getpid():
            raise RuntimeError(
                "the given httpx client was used before this process was forked, so parent and child would share its "
                "connections: give each process a new one"
            )

    def _leave_to_parent(self) -> None:
        """In a forked child, leave the parent's connections open: closing them would send data on them."""
        if self._process != os.getpid():
            # A thread of the parent may have held the lock when it forked; nobody in the child would release it.
            self._process, self._lock = os.getpid(), threading.Lock()
            self._parents_clients.append((self._made_client, self._made_async_client))
            self._client = None if self._client is self._made_client else self._client
            self._async_client = None if self._async_client is self._made_async_client else self._async_client
            self._made_client = self._made_async_client = None

    def close(self) -> None:
        """Close the httpx client, unless it is the user's. Warns (ResourceWarning) if the async one is still open."""
        self._closed = True
        if self._made_client is not None and self._process == os.getpid():
            self._made_client.close()
        if self._made_async_client is not None and not self._made_async_client.is_closed:
            warnings.warn("asynchronous connections are still open: call aclose() too", ResourceWarning, stacklevel=2)

    async def aclose(self) -> None:
        """Close the async httpx client, unless it is the user's. Warns (ResourceWarning) if the other one is still open."""
        self._async_closed = True
        ours = self._made_async_client is not None and self._process == os.getpid()
        if self._made_async_client is not None and ours and not _is_over(self._event_loop):
            await self._made_async_client.aclose()
            if self._at_its_end is not None:
                await self._at_its_end.aclose()
        if self._made_client is not None and not self._made_client.is_closed:
            warnings.warn("synchronous connections are still open: call close() too", ResourceWarning, stacklevel=2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()


def _first_user(http: object) -> int:
    """Return the process that first used an httpx client: this one, or its parent."""
    if id(http) not in _used_by:
        _used_by[id(http)] = os.getpid()
        finalize(http, _used_by.pop, id(http), None).atexit = False
    return _used_by[id(http)]


def _is_over(loop: Any) -> bool:
    """Tell whether an event loop, given by anyio's token, has ended or is not running."""
    loop = getattr(loop, "native_token", loop)
    if hasattr(loop, "is_running"):
        return not loop.is_running()
    try:
        loop.run_sync_soon(bool)
    except RuntimeError:  # trio.RunFinishedError
        return True
    return False


def _close_with_loop(loop: Any, client: httpx.AsyncClient) -> Any:
    """Make asyncio close a client when its event loop ends.

    At its end, the loop closes each async generator that has begun. So begin a generator that closes the client when
    the generator itself is closed, and return the generator.
    """
    if not hasattr(getattr(loop, "native_token", loop), "shutdown_asyncgens"):  # trio would warn about the generator
        return None

    async def closing() -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            await client.aclose()

    waiting = closing()
    with contextlib.suppress(StopIteration):  # runs it to its `yield`
        anext(waiting).__await__().send(None)
    return waiting


@define
class AuthenticatedClient(Client):
    """A client with a key."""

    token: str = field(converter=hide, repr=False, kw_only=True)
    """The key."""
    prefix: str = field(default="Bearer", kw_only=True)
    """Text before the key in the header, or "" for none."""
    auth_header_name: str = field(default="Authorization", kw_only=True)
    """Name of the header with the key."""

    def check_request(self, http: httpx.Client | httpx.AsyncClient, request: httpx.Request) -> httpx.Request:
        """Return the request; raises ValueError if the key would leave this machine over plain http."""
        if not self.allow_insecure_http:
            check_way(http, request.url)
        return request

    def request_headers(self, headers: dict[str, str]) -> dict[str, str]:
        """Return the headers of one request: those of this client and the key, replaced by those of the request."""
        value = Secret(f"{self.prefix} {self.token}" if self.prefix else self.token)
        return check_headers({**self.headers, self.auth_header_name: value}) | check_headers(headers)


__all__ = ["AuthenticatedClient", "Client", "Secret", "check_base_url", "check_headers", "check_way", "hide", "proxy_of"]
