"""`ShardedClient` and `AsyncShardedClient` read hundreds of streams at once, within the limits of connections."""

from __future__ import annotations

import contextlib
import cProfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import anyio
import anyio.to_thread
import httpx
import pytest

from client.burst_service import BurstService
from client.sharded_clients import close_name, done, kept_connections, sharded
from client_settings import KEY
from completion_payloads import ASK
from mistral_agents import Mistral
from patience import PATIENCE_SECONDS
from worlds import World, each_world

T = TypeVar("T")


def read_bursts(
    world: World, service: BurstService, bursts: list[int], limits: httpx.Limits | None = None
) -> list[tuple[int, int]]:
    """Read bursts of streams, each burst at once; return its number of events, and of connections opened so far.

    The service answers once there are as many requests as the limits allow. The client is closed at the end.
    """
    most = (limits and limits.max_connections) or max(bursts)
    settings = {} if limits is None else {"limits": limits}

    async def read_burst(client: Mistral, streams: int) -> int:
        received = 0

        async def read() -> None:
            nonlocal received
            async for _ in await client.agents.stream_async(**ASK):
                received += 1

        async with anyio.create_task_group() as tasks:
            for _ in range(streams):
                tasks.start_soon(read)
        return received

    async def call() -> list[tuple[int, int]]:
        results: list[tuple[int, int]] = []
        async with sharded(world, **settings) as http_client:
            client = Mistral(KEY, server_url=service.url, retry_config=None, async_client=http_client)
            for streams in bursts:
                service.at_once = min(streams, most)
                results.append((await read_burst(client, streams), service.opened))
        return results

    def call_blocking() -> list[tuple[int, int]]:
        results: list[tuple[int, int]] = []
        with sharded(world, **settings) as http_client, ThreadPoolExecutor(max(bursts)) as executor:
            client = Mistral(KEY, server_url=service.url, retry_config=None, client=http_client)
            for streams in bursts:
                service.at_once = min(streams, most)
                counts = executor.map(lambda _: sum(1 for _ in client.agents.stream(**ASK)), range(streams))
                results.append((sum(counts), service.opened))
        return results

    return world.run(call_blocking, call)


@pytest.mark.parametrize(
    ("world", "streams", "events"),
    [(World("asyncio"), 1_000, 200), (World("trio"), 100, 200), (World(None), 100, 200)],
    ids=str,
)
def test_many_streams(world: World, streams: int, events: int) -> None:
    """A thousand streams at once lose no event, have a connection each, and leave no connection open."""
    with BurstService(events) as service:
        found = read_bursts(world, service, [streams])
        assert service.settles_at(0)
    assert (found, service.most) == ([(streams * events, streams)], streams)


@each_world
def test_the_work_of_a_stream(world: World) -> None:
    """With forty streams open at once, each takes as much work as with five, also on connections that are reused."""

    async def work(client: Mistral, streams: int) -> float:
        opens: Any = client.agents.stream if world.backend is None else client.agents.stream_async
        profile = cProfile.Profile()
        with profile:
            held = [await done(opens(**ASK)) for _ in range(streams)]
            for each in held:
                await done(each.get_final_response())
        return sum(entry.callcount for entry in profile.getstats()) / streams

    async def call() -> list[float]:
        http_client = sharded(world, limits=kept_connections(1_000))
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(lambda: done(getattr(http_client, close_name(world))()))
            options: Any = {"client" if world.backend is None else "async_client": http_client}
            client = Mistral(KEY, server_url=service.url, **options)
            return [await work(client, streams) for streams in (5, 5, 40, 40)]

    with BurstService() as service:
        _, few, many, many_again = world.run_coroutine(call)
        assert service.opened == 40
    assert (many < 1.5 * few, many_again < 1.5 * few) == (True, True), (few, many, many_again)


@each_world
@pytest.mark.parametrize("bursts", [[1] * 100, [30, *[1] * 20], [3, 25, 25, 1, 25]], ids=["1", "30, 1", "3, 25"])
def test_connections_are_used_again(world: World, bursts: list[int]) -> None:
    """Streams one after another use one connection; streams after a burst use the connections of the burst."""
    with BurstService() as service:
        found = read_bursts(world, service, bursts, kept_connections(60))
    assert found == [(2 * streams, max(bursts[: index + 1])) for index, streams in enumerate(bursts)]


@each_world
@pytest.mark.parametrize(
    ("limits", "most"),
    [(kept_connections(25), 25), (kept_connections(1), 1), (kept_connections(), 75)],
    ids=["25", "1", "none"],
)
def test_the_limit_of_connections(world: World, limits: httpx.Limits, most: int) -> None:
    """While a stream waits for a connection, all allowed connections are in use; there are never more."""
    with BurstService() as service:
        found = read_bursts(world, service, [75], limits)
    assert (found, service.most) == ([(2 * 75, most)], most)


@each_world
def test_the_limit_of_idle_connections(world: World) -> None:
    """The limit of idle connections holds for all pools together; idle connections serve later streams."""
    with BurstService() as service:
        found = read_bursts(world, service, [50, 12, 13], kept_connections(50, max_keepalive_connections=12))
    assert [connections for _, connections in found] == [50, 50, 51]


@each_world
def test_the_limit_of_connections_to_all_services(world: World) -> None:
    """At the limit of connections, an idle connection to one service is closed for a connection to another."""

    async def call() -> bool:
        client = sharded(world, limits=kept_connections(1))
        for service in (first, second):
            await done(client.post(service.url))
        settled = first.settles_at(0) if world.backend is None else await anyio.to_thread.run_sync(first.settles_at, 0)
        await done(getattr(client, close_name(world))())
        return settled

    with BurstService() as first, BurstService() as second:
        assert world.run_coroutine(call)
    assert (first.opened, second.opened) == (1, 1)


@each_world
def test_no_connection_in_time(world: World) -> None:
    """A request that gets no connection in time raises httpx.PoolTimeout; closing an answer twice frees one slot."""

    async def call() -> list[str]:
        client = sharded(world, limits=kept_connections(1), timeout=httpx.Timeout(PATIENCE_SECONDS, pool=0.01))

        async def ask() -> httpx.Response:
            response: httpx.Response = await done(client.send(client.build_request("POST", service.url), stream=True))
            return response

        found: list[str] = []
        for _ in range(2):
            answer = await ask()
            with pytest.raises(httpx.PoolTimeout) as caught:
                await ask()
            found.append(str(caught.value))
            for closable in (answer, answer.stream, answer.stream):
                await done(getattr(closable, close_name(world))())
        await done(getattr(client, close_name(world))())
        return found

    with BurstService() as service:
        assert world.run_coroutine(call) == ["all connections are in use"] * 2
