"""httpx clients for hundreds of streams at once: they divide their connections among small pools.

httpcore keeps the connections of httpx. Whenever a request begins or ends, it goes through all connections of the pool,
and for each idle one through all of them again. Requests that begin together all try the same idle connection first. So
the cost of a request grows with the square of the pool's size, or worse.
"""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack
from importlib import import_module
from typing import Any, Unpack
from weakref import WeakKeyDictionary

import httpx

from ._exchange import run
from ._http_settings import AsyncShardedSettings, ShardedSettings
from ._limits import Connecting
from ._transport import AnyClient

# As many as `Mistral` allows by default. All may be kept: in small pools, idle connections cost little.
_LIMITS = httpx.Limits(max_connections=1_000)
# With 20, streams on kept connections cost a fifth more, with 50 three times as much; with 5 they hardly cost less.
_POOL_CONNECTIONS = 10
_NO_AUTH = httpx.Auth()


class _Pools(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Has several small httpx clients, the inner clients, and sends each request through the one with the most room.

    An inner client has room for as many more requests as it has free connections. A request takes up room until its
    response is closed. The inner clients handle proxies and TLS. The settings for these move from `settings` to the
    inner clients. What must happen once (auth, redirects, cookies, hooks) stays in the client that has this transport.
    """

    def __init__(self, kind: type[AnyClient], limits: httpx.Limits, settings: dict[str, Any]) -> None:
        inner: dict[str, Any] = {name: settings.pop(name) for name in ("http1", "http2", "proxy") if name in settings}
        inner["trust_env"] = trust_env = settings.get("trust_env", True)
        verify, cert = settings.pop("verify", True), settings.pop("cert", None)
        # One TLS context for all, because it takes longer to make than the clients.
        inner["verify"] = httpx.create_ssl_context(verify=verify, cert=cert, trust_env=trust_env)
        most, kept = limits.max_connections, limits.max_keepalive_connections
        pools = math.ceil((most or 1_000) / _POOL_CONNECTIONS)

        def share(whole: int | None, pool: int) -> int | None:
            return None if whole is None else len(range(pool, whole, pools))

        self._clients: list[Any] = []
        for pool in range(pools):
            inner["limits"] = httpx.Limits(
                max_connections=share(most, pool),
                max_keepalive_connections=share(kept, pool),
                keepalive_expiry=limits.keepalive_expiry,
            )
            self._clients.append(kind(**inner))
        self.sends_by = self._clients[0]
        """One of the inner clients. `check_way` looks there for the proxy, which is the same for all of them."""
        # Without a limit of connections, the numbers begin with 0 and get negative. They still show who has most room.
        self._room = [share(most, pool) or 0 for pool in range(pools)]
        self._lock, self._blocking = threading.Lock(), issubclass(kind, httpx.Client)
        library = threading if self._blocking else import_module("anyio")
        self.sent_by: WeakKeyDictionary[Connecting, Any] = WeakKeyDictionary()
        """The inner client of each call. If the call is cut off, `_pool` repairs the pool of this client."""
        self._places: Any = library.Semaphore(sys.maxsize if most is None else most)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return run(self.handle_async_request(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._wait_for_place(request.extensions.get("timeout", {}).get("pool"))
        with ExitStack() as place:
            with self._lock:
                # The first of those with the most room: it is the likeliest to have an idle connection.
                pool = self._room.index(max(self._room))
                self._room[pool] -= 1
            place.callback(self._leave, pool)
            client, call = self._clients[pool], request.extensions.get("mistral_agents")
            if isinstance(call, Connecting):
                self.sent_by[call] = client
            sent = client.send(request, stream=True, auth=_NO_AUTH, follow_redirects=False)
            response: httpx.Response = sent if self._blocking else await sent
            response.stream, response.next_request = _Body(response.stream, place.pop_all()), None
        return response

    async def _wait_for_place(self, seconds: float | None) -> None:
        """Wait until any inner client has room. Waiting for a certain one could take longer."""
        if self._blocking:
            found = self._places.acquire(timeout=seconds)
        else:
            with import_module("anyio").move_on_after(seconds) as scope:
                try:
                    await self._places.acquire()
                except RuntimeError as error:
                    message = "the httpx client was used in another event loop: make one for each event loop"
                    raise httpx.TransportError(message) from error
            found = not scope.cancelled_caught
        if not found:
            raise httpx.PoolTimeout("all connections are in use")

    def _leave(self, pool: int) -> None:
        with self._lock:
            self._room[pool] += 1
        self._places.release()

    def close(self) -> None:
        with ExitStack() as stack:
            for client in self._clients:
                stack.callback(client.close)

    async def aclose(self) -> None:
        async with AsyncExitStack() as stack:
            for client in self._clients:
                stack.push_async_callback(client.aclose)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, stream: Any, place: ExitStack) -> None:
        self._stream, self._place = stream, place

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    def close(self) -> None:
        with self._place:  # an ExitStack gives back the room only once
            self._stream.close()

    async def aclose(self) -> None:
        with self._place:
            await self._stream.aclose()


class ShardedClient(httpx.Client):
    """An httpx.Client for hundreds of streams at once, in threads.

    Takes the arguments of httpx.Client except `transport`.

    `limits` apply to all its pools together; by default they allow 1,000 connections. With HTTP/2, `limits` restricts
    the number of requests at a time instead of the number of connections.
    """

    def __init__(self, *, limits: httpx.Limits = _LIMITS, **settings: Unpack[ShardedSettings]) -> None:
        own: dict[str, Any] = {**settings}  # `_Pools` takes some of them out
        super().__init__(transport=_Pools(httpx.Client, limits, own), **own)


class AsyncShardedClient(httpx.AsyncClient):
    """Like `ShardedClient`, but an httpx.AsyncClient, for asyncio and trio."""

    def __init__(self, *, limits: httpx.Limits = _LIMITS, **settings: Unpack[AsyncShardedSettings]) -> None:
        own: dict[str, Any] = {**settings}
        super().__init__(transport=_Pools(httpx.AsyncClient, limits, own), **own)
