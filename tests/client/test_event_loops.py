"""A client and its event loops: two at once, one after another, loops that end, and loops that have stopped."""

from __future__ import annotations

import asyncio
import gc

import anyio
import anyio.to_thread
import pytest

from client_settings import KEY
from completion_payloads import ASK, texts
from mistral_agents import Mistral
from mistral_agents.concurrency import AsyncShardedClient
from mistral_agents.errors import APIConnectionError, InvalidArgumentError
from mistral_agents.testing import StubServer
from patience import PATIENCE_SECONDS
from raw_server import KEPT_ALIVE, RawServer


@pytest.mark.anyio
@pytest.mark.parametrize("second", ["asyncio", "trio"])
async def test_a_second_event_loop(second: str) -> None:
    """A client raises an error in a second running event loop, before anything is sent; in its first it still works."""

    async def call() -> None:
        await client.agents.complete_async(**ASK)

    with StubServer() as stub:
        async with Mistral(KEY, server_url=stub.url) as client:
            await call()
            with pytest.raises(InvalidArgumentError, match="event loop"):
                await anyio.to_thread.run_sync(lambda: anyio.run(call, backend=second))
            await call()
    assert [request.connection for request in stub.requests] == [0, 0]


# When a trio loop ends, nobody closes its connections. The garbage collector frees them, with warnings. (asyncio's loop
# closes its own connections.)
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("first", ["asyncio", "trio"])
@pytest.mark.parametrize("second", ["asyncio", "trio"])
def test_one_event_loop_after_another(first: str, second: str) -> None:
    """A client can be used in one event loop after another; each loop has its own connections."""

    async def call() -> list[str]:
        await client.agents.complete_async(**ASK)
        return texts([event async for event in await client.agents.stream_async(**ASK)])

    with StubServer() as stub:
        client = Mistral(KEY, server_url=stub.url)
        found = [anyio.run(call, backend=backend) for backend in (first, second, first)]
        anyio.run(client.aclose, backend=first)
        gc.collect()
    assert found == found[:1] * 3


@pytest.mark.parametrize(("first", "second"), [("asyncio", "trio"), ("trio", "asyncio")])
def test_a_sharded_client_in_another_event_loop(first: str, second: str) -> None:
    """If a user's AsyncShardedClient was used on asyncio, a call on trio raises an error, and vice versa.

    The error says to make one client for each event loop.
    """

    async def call() -> object:
        return (await client.agents.complete_async(**ASK)).choices[0].message.content

    with StubServer() as stub:
        # Without kept connections, because nobody could close them after the event loop has ended.
        own = AsyncShardedClient(headers={"connection": "close"})
        client = Mistral(KEY, server_url=stub.url, async_client=own)
        assert anyio.run(call, backend=first)
        with pytest.raises(APIConnectionError, match="another event loop: make one for each event loop") as caught:
            anyio.run(call, backend=second)
        assert anyio.run(call, backend=first)
    assert (caught.value.attempts, len(stub.requests)) == (1, 2)


def test_an_event_loop_closes_its_connections() -> None:
    """When asyncio's loop ends, it closes the connections of a client that nobody closed, without a warning."""
    with RawServer(KEPT_ALIVE) as server:
        client = Mistral(KEY, server_url=server.url)

        async def call() -> object:
            return (await client.agents.complete_async(**ASK)).choices

        choices = anyio.run(call)
        left = server.left.wait(PATIENCE_SECONDS)
    assert (choices, left) == ([], True)


def test_an_event_loop_that_has_stopped() -> None:
    """A client works in a new event loop if its old loop has stopped, even without being closed."""

    async def call() -> object:
        return (await client.agents.complete_async(**ASK)).choices[0].message.content

    with StubServer() as stub:
        client, loops = Mistral(KEY, server_url=stub.url), [asyncio.new_event_loop() for _ in range(2)]
        found = [loop.run_until_complete(call()) for loop in loops]
        for loop in loops:
            for _ in range(10):  # dropped connections are closed when their loop runs again
                loop.run_until_complete(asyncio.sleep(0))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
    assert (found[:1] * 2, [request.connection for request in stub.requests]) == (found, [0, 1])
