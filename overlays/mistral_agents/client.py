"""`Mistral`: an address, a key and defaults, the connections that they are used on, and `agents`, its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import httpx
from attrs import evolve

from . import _request
from ._attempts import Clock
from ._request import Call, Limits
from ._transport import OwnAsyncClient, OwnClient
from .agents import Agents
from .errors import APIConnectionError, InvalidArgumentError
from .retry import DEFAULT_RETRIES, RetryConfig

if TYPE_CHECKING:
    from mistral_agents_api.client import Client

    from .observe import CallEvent


# Many streams at once are this client's purpose (httpx stops at 100); few of them need a connection kept when idle.
LIMITS = httpx.Limits(max_connections=1_000, max_keepalive_connections=100)
# Most calls go to the same address; to read it costs a twentieth of a call.
_parsed = lru_cache(maxsize=16)(httpx.URL)


class Mistral(AbstractContextManager["Mistral"], AbstractAsyncContextManager["Mistral"]):
    """A client of the service; `agents` holds its calls. Safe to share between threads.

    `with Mistral() as client` (or `async with`) closes the connections at the end, as do `close()` and `aclose()`.
    """

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        server_url: str = "https://api.mistral.ai",
        timeout_ms: float = 300_000,  # an agent may work for minutes; one that is silent for five has failed
        first_event_timeout_ms: float = 60_000,  # an agent that streams begins within seconds; tools may run before it
        idle_timeout_ms: float = 60_000,  # a minute without a word is a stream that nobody writes any more
        max_answer_bytes: int = 256 * 1024 * 1024,  # no answer is a hundredth of it; a process can bear it
        max_event_bytes: int = 16 * 1024 * 1024,  # an event is a few words
        retry_config: RetryConfig | None = DEFAULT_RETRIES,
        client: httpx.Client | None = None,
        async_client: httpx.AsyncClient | None = None,
        allow_insecure_http: bool = False,
        observer: Callable[[CallEvent], object] | None = None,
    ) -> None:
        """Settle address, key and defaults; nothing is opened yet. Raises InvalidArgumentError naming what is wrong.

        Args:
            api_key: the key, or a callable that returns it for each call; MISTRAL_API_KEY if None
            server_url: where the service is; `/v1` and a slash at the end may be there
            timeout_ms: limit of each wait for the network, in milliseconds (10,000 for making a connection)
            first_event_timeout_ms: limit of the wait for a stream's first event
            idle_timeout_ms: limit of the wait for each further event; comments and pings are none
            max_answer_bytes: size of an answer, unpacked, above which it is refused
            max_event_bytes: the same for one event of a stream
            retry_config: when a call is sent again; None means never
            client: an httpx client of your own for synchronous calls; it keeps its settings but for the time limits,
                its `auth`, if it has one, goes before the key, and you close it
            async_client: the same for asynchronous calls
            allow_insecure_http: whether the key may go over plain http to another host than this one
            observer: is called with what each call does, in the thread or task that does it; what it raises, the call
                raises
        """
        check = _request.check_type
        self._api_key = api_key
        self._insecure = allow_insecure_http
        self._closed = False
        self._observer = check("observer", observer, Callable) if observer is not None else None
        self._server_url = _request.check_server_url(server_url, insecure=allow_insecure_http)
        self._limits = Limits(
            timeout_ms=timeout_ms,
            first_event_timeout_ms=first_event_timeout_ms,
            idle_timeout_ms=idle_timeout_ms,
            max_answer_bytes=max_answer_bytes,
            max_event_bytes=max_event_bytes,
        )
        self.clock = Clock()
        """Where time and chance come from; a test may put its own here."""
        self._retries = _request.check_policy("retry_config", retry_config)
        self.connections = _connections(self._server_url)
        self._users_clients = [each for each in (client, async_client) if each is not None]
        if any(hasattr(each, "retry_config") for each in self._users_clients):
            raise InvalidArgumentError("client, async_client: one that retries would multiply the attempts of a call")
        if client is not None:
            self.connections.set_httpx_client(check("client", client, httpx.Client))
        if async_client is not None:
            self.connections.set_async_httpx_client(check("async_client", async_client, httpx.AsyncClient))

    @property
    def agents(self) -> Agents:
        """The calls to agents."""
        return Agents(self)

    def prepare_call(
        self, request: Callable[..., dict[str, Any]], given: Mapping[str, Any], options: type, accept: str
    ) -> Call:
        """Settle everything about a call before anything is sent; raises InvalidArgumentError."""
        names = options.__annotations__
        chosen = {name: given[name] for name in names if given.get(name) is not None}
        extra_body = _request.check_type("extra_body", chosen.get("extra_body", {}), Mapping)
        parts = request({name: given[name] for name in given if name not in names}, extra_body)
        server_url = self._server_url
        if "server_url" in chosen:
            server_url = _request.check_server_url(chosen["server_url"], insecure=self._insecure)
        limits = {name: chosen[name] for name in chosen if name.endswith("_ms")}
        n = extra_body.get("n", given.get("n"))  # a stream is whole when each of them has ended
        return Call(
            url=_parsed(server_url + parts["url"]),
            headers=_request.request_headers(self._api_key, accept, chosen.get("http_headers", {})),
            content=parts["content"],
            limits=evolve(self._limits, **limits) if limits else self._limits,
            retry=_request.check_policy("retries", given.get("retries", self._retries)),
            clock=self.clock,
            expected_choices=n if isinstance(n, int) else None,
            observer=self._observer,
        )

    def async_http_client(self) -> httpx.AsyncClient:
        """Return the httpx client of asynchronous calls."""
        try:
            return self.connections.get_async_httpx_client()
        except RuntimeError as error:  # closed, or in another event loop than before
            raise (APIConnectionError if self._closed else InvalidArgumentError)(str(error)) from error

    def close(self) -> None:
        """Close the connections of synchronous calls; warns if asynchronous ones are left open."""
        self.connections.close()

    async def aclose(self) -> None:
        """Close the connections of asynchronous calls; warns if synchronous ones are left open."""
        self._closed = True
        await self.connections.aclose()

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    def __getstate__(self) -> dict[str, Any]:
        if isinstance(self._api_key, str):
            raise TypeError("a Mistral with a literal api_key is not pickled: set MISTRAL_API_KEY or give a function")
        if self._users_clients:
            raise TypeError("a Mistral with an httpx client of your own is not pickled: make it where it is used")
        return {**vars(self), "connections": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, connections=_connections(state["_server_url"]))


def _connections(server_url: str) -> Client:
    from mistral_agents_api.client import Client

    return Client(
        base_url=server_url,
        httpx_args={"limits": LIMITS},
        httpx_client_class=OwnClient,
        async_httpx_client_class=OwnAsyncClient,
    )
