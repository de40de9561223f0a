"""`Mistral`: the address, the key, the defaults and the connections that calls share."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Mapping
from typing import Any, Self

import httpx

from ._exchange import Awaiting, Blocking
from ._request import Call, CallOptions, check_milliseconds, check_server_url, check_type, request_headers, resolve_key
from .agents import Agents
from .errors import InvalidArgumentError
from .retry import NO_RETRIES, RetryConfig

# An agent that works with tools can take minutes for an answer; one that is silent for five has failed.
DEFAULT_TIMEOUT_MS = 300_000
# Many streams at once are this client's purpose (httpx stops at 100); few of them need a connection kept when idle.
LIMITS = httpx.Limits(max_connections=1_000, max_keepalive_connections=100)


class Mistral:
    """A client of the service; `agents` holds its calls. Safe to share between threads.

    `with Mistral() as client` (or `async with`) closes the connections at the end, as do `close()` and `aclose()`.
    """

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        server_url: str = "https://api.mistral.ai",
        timeout_ms: float = DEFAULT_TIMEOUT_MS,
        retry_config: RetryConfig | None = None,
        client: httpx.Client | None = None,
        async_client: httpx.AsyncClient | None = None,
        allow_insecure_http: bool = False,
    ) -> None:
        """Settle address, key and defaults; nothing is sent or opened yet.

        Args:
            api_key: the key, or a callable that returns it for each call; MISTRAL_API_KEY if None
            server_url: where the service is; `/v1` and a slash at the end may be there
            timeout_ms: limit of each wait for the network, in milliseconds
            retry_config: when a call is sent again; the defaults of RetryConfig if None
            client: an httpx client of your own for synchronous calls; it keeps its settings, and you close it
            async_client: the same for asynchronous calls
            allow_insecure_http: whether the key may go over plain http to another host than this one

        Raises:
            InvalidArgumentError: an argument cannot be used; the message names it
        """
        self._api_key = api_key
        self._allow_insecure_http = allow_insecure_http
        self._server_url = check_server_url(server_url, allow_insecure_http=allow_insecure_http)
        self._timeout_ms = check_milliseconds("timeout_ms", timeout_ms)
        self._retry_config = check_type("retry_config", retry_config or RetryConfig(), RetryConfig)
        self._own_client = client and check_type("client", client, httpx.Client)
        self._own_async_client = async_client and check_type("async_client", async_client, httpx.AsyncClient)
        self._set_up()

    def _set_up(self) -> None:
        """Begin without connections."""
        self._client: httpx.Client | None = None
        self._async_client: httpx.AsyncClient | None = None
        self._loop: object = None
        self._process = os.getpid()
        self._lock = threading.Lock()

    @property
    def agents(self) -> Agents:
        """The calls to agents."""
        return Agents(self)

    def prepare_call(
        self,
        contract: Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]],
        given: Mapping[str, Any],
        accept: str,
    ) -> Call:
        """Settle everything about a call before anything is sent; raises InvalidArgumentError."""
        options = {name: given[name] for name in CallOptions.__annotations__ if name in given}
        extra_body = check_type("extra_body", options.get("extra_body") or {}, Mapping)
        request = contract({name: value for name, value in given.items() if name not in options}, extra_body)
        server_url, retries = options.get("server_url"), options.get("retries", self._retry_config)
        base = self._server_url
        if server_url is not None:
            base = check_server_url(server_url, allow_insecure_http=self._allow_insecure_http)
        choices = extra_body.get("n", given.get("n"))
        return Call(
            url=base + request["url"],
            headers=request_headers(resolve_key(self._api_key), accept, options.get("http_headers") or {}),
            content=request["content"],
            timeout_ms=check_milliseconds("timeout_ms", options.get("timeout_ms") or self._timeout_ms),
            retry=NO_RETRIES if retries is None else check_type("retries", retries, RetryConfig),
            expected_choices=choices if isinstance(choices, int) else None,
        )

    def blocking(self) -> Blocking:
        """Return the connections of synchronous calls, opened at the first of them."""
        if self._own_client is not None:
            return Blocking(self._own_client)
        with self._lock:
            self._leave_parents_connections()
            if self._client is None:
                self._client = httpx.Client(limits=LIMITS)
            return Blocking(self._client)

    def awaiting(self) -> Awaiting:
        """Return the connections of asynchronous calls, opened at the first of them."""
        if self._own_async_client is not None:
            return Awaiting(self._own_async_client)
        from anyio.lowlevel import current_token  # httpx loads anyio for asynchronous clients alone, and so do we

        with self._lock:
            self._leave_parents_connections()
            if self._async_client is None:
                self._async_client, self._loop = httpx.AsyncClient(limits=LIMITS), current_token()
            elif self._loop != current_token():
                raise InvalidArgumentError(
                    "this Mistral was used in another event loop before, and its connections belong to that one: "
                    "make one Mistral for each event loop"
                )
            return Awaiting(self._async_client)

    def _leave_parents_connections(self) -> None:
        """In a forked child, open connections of our own."""
        if self._process != os.getpid():
            # The parent's are kept, not closed: closing would speak on them.
            self._parents = (self._client, self._async_client)
            self._client, self._async_client, self._process = None, None, os.getpid()

    def close(self) -> None:
        """Close the connections of synchronous calls."""
        if self._client is not None and self._process == os.getpid():
            self._client.close()
        if self._async_client is not None and not self._async_client.is_closed:
            warnings.warn("asynchronous connections are still open: call aclose() too", ResourceWarning, stacklevel=2)

    async def aclose(self) -> None:
        """Close the connections of asynchronous calls."""
        if self._async_client is not None and self._process == os.getpid():
            await self._async_client.aclose()
        if self._client is not None and not self._client.is_closed:
            warnings.warn("synchronous connections are still open: call close() too", ResourceWarning, stacklevel=2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"Mistral(server_url={self._server_url!r})"

    def __getstate__(self) -> dict[str, Any]:
        if isinstance(self._api_key, str):
            raise TypeError("a Mistral with a literal api_key is not pickled: set MISTRAL_API_KEY or give a function")
        if self._own_client is not None or self._own_async_client is not None:
            raise TypeError("a Mistral with an httpx client of your own is not pickled: make it where it is used")
        settings = ("_api_key", "_allow_insecure_http", "_server_url", "_timeout_ms", "_retry_config")
        return {name: getattr(self, name) for name in (*settings, "_own_client", "_own_async_client")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._set_up()
