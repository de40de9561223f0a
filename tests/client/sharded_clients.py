"""Sharded httpx clients, blocking and asynchronous, and using either kind in the same way."""

from __future__ import annotations

from inspect import isawaitable
from typing import Any

import httpx

from counting_service import TRUSTING, CountingService
from mistral_agents import Mistral
from mistral_agents.concurrency import AsyncShardedClient, ShardedClient
from patience import PATIENCE_SECONDS
from worlds import World

PLAIN: dict[str, Any] = {"trust_env": False, "verify": TRUSTING}
"""Settings that ignore the environment and the system's certificates, which take time to load."""


def sharded(world: World, **settings: Any) -> Any:
    """Make a sharded client, blocking or asynchronous."""
    return (ShardedClient if world.backend is None else AsyncShardedClient)(**{**PLAIN, **settings})


def close_name(world: World) -> str:
    """Return the name of the method that closes."""
    return "close" if world.backend is None else "aclose"


async def done(result: Any) -> Any:
    """Await what a client returns, if it is asynchronous."""
    return await result if isawaitable(result) else result


def sharded_mistral(service: CountingService, **settings: Any) -> Mistral:
    """Make a client that makes its own sharded httpx client, with one connection at most."""
    client = service.client()
    client.connections.httpx_client_class = ShardedClient
    client.connections.async_httpx_client_class = AsyncShardedClient
    client.connections.httpx_args |= settings
    return client


def kept_connections(connections: int | None = None, **limits: Any) -> httpx.Limits:
    """Return limits that allow this many connections, and do not close idle ones while a test takes long."""
    return httpx.Limits(max_connections=connections, keepalive_expiry=PATIENCE_SECONDS, **limits)
