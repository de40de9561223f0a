"""Takes back what httpcore loses when a call is cut off.

httpcore shields its closing against anyio's way of cancelling, not against `task.cancel()`, and some of its steps
against neither. What is hit there stays in the pool, used by nobody and closed by nobody: one place less for later
calls, or an open connection, for as long as the client lives (https://github.com/encode/httpcore/issues/1093). So does
a tunnel through a proxy whose TLS fails (https://github.com/encode/httpcore/issues/1023). No public way leads there.
With other transports, or if httpx changes within, nothing is done.
"""

from __future__ import annotations

import contextlib
from typing import Any

import httpx

from ._limits import Connecting


def take_back(client: httpx.Client | httpx.AsyncClient, connecting: Connecting) -> list[Any]:
    """Take out of a client's pools what a request that is over has left there; return what is to be closed."""
    lost = list(connecting.opened)
    # A client of `concurrency` sends by others, each with a pool of its own.
    client = getattr(getattr(client, "_transport", None), "sent_by", {}).get(connecting, client)
    with contextlib.suppress(AttributeError):
        transports: list[Any] = [client._transport, *client._mounts.values()]
        for transport in transports:
            with contextlib.suppress(AttributeError):
                lost += _lost(transport._pool, connecting)
    return lost


def _lost(pool: Any, connecting: Connecting) -> list[Any]:
    with pool._optional_thread_lock:
        requests = [each for each in pool._requests if each.request.extensions.get("mistral_agents") is not connecting]
        # Each connection that is not idle has its requests among these, from before it connects until it is idle.
        used = {id(each.connection) for each in requests}
        lost = [each for each in pool._connections if id(each) not in used and not each.is_idle()]
        if not lost and len(requests) == len(pool._requests):
            return []
        pool._requests = requests
        pool._connections = [each for each in pool._connections if each not in lost]
        return [*lost, *pool._assign_requests_to_connections()]  # somebody may wait for the place
