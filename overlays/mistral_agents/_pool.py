"""Repairs a connection pool after a call ended early.

If a cancellation interrupts httpcore in certain steps, the connection stays in the pool, unused and never closed. From
then on, the client has one connection less (https://github.com/encode/httpcore/issues/1093). httpcore protects some of
these steps from anyio's cancellation, and none from `task.cancel()`. The same happens if TLS fails in a tunnel through
a proxy (https://github.com/encode/httpcore/issues/1023). httpcore has no public way to repair the pool. With other
transports, or with internals of httpx that it does not know, this module does nothing.
"""

from __future__ import annotations

import contextlib
from typing import Any

import httpx

from ._limits import Connecting


def take_back(client: httpx.Client | httpx.AsyncClient, connecting: Connecting) -> list[Any]:
    """Remove what a finished request has left behind in a client's pools; return the connections to close."""
    lost = list(connecting.opened)
    # A client of `concurrency` has inner clients, each with its own pool.
    client = getattr(getattr(client, "_transport", None), "sent_by", {}).get(connecting, client)
    with contextlib.suppress(AttributeError):
        transports: list[Any] = [client._transport, *client._mounts.values()]
        for transport in transports:
            with contextlib.suppress(AttributeError):
                lost += _lost(transport._pool, connecting)
    return lost


def _retire_if_full(http2: Any) -> bool:
    """If this connection is full, let new requests use a new one. Return whether a failed write has broken this one.

    httpcore does not tell the service that a call has ended early. So its stream stays open, and data that still come
    for it use up the 16 MiB that the service may send. A connection with less than half of them left counts as full.
    """
    state = http2._h2_state
    open_streams = sum(each.closed_by is None for each in list(state.streams.values()))
    if open_streams >= state.remote_settings.max_concurrent_streams or state.inbound_flow_control_window < 2**23:
        http2._used_all_stream_ids = True
    return bool(http2._network_stream.limited.broken)


def _lost(pool: Any, connecting: Connecting) -> list[Any]:
    broken = list[Any]()
    with pool._optional_thread_lock:
        for each in pool._connections:
            with contextlib.suppress(AttributeError):  # it does not speak HTTP/2
                broken += [each] * _retire_if_full(each._connection)
        requests = [each for each in pool._requests if each.request.extensions.get("mistral_agents") is not connecting]
        # Every connection that is not idle belongs to one of these requests, from before it connects until it is idle.
        used = {id(each.connection) for each in requests}
        lost = [each for each in pool._connections if each in broken or (id(each) not in used and not each.is_idle())]
        if not lost and len(requests) == len(pool._requests):
            return []
        pool._requests = requests
        pool._connections = [each for each in pool._connections if each not in lost]
        return [*lost, *pool._assign_requests_to_connections()]  # another request may be waiting for the place
