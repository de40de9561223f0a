"""The life of a client: closing, threads, pickling, and forked processes."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest

from client_settings import AT_ONCE, KEY
from completion_payloads import ASK, WHOLE_STREAM
from mistral_agents import Mistral, RetryConfig
from mistral_agents.concurrency import AsyncShardedClient, ShardedClient
from mistral_agents.errors import APIConnectionError, InvalidArgumentError, ServerError
from mistral_agents.models import UserMessage
from mistral_agents.testing import Reply, StubServer
from new_process import needs_fork, status_of_fork
from patience import PATIENCE_SECONDS
from raw_server import KEPT_ALIVE, RawServer
from seam import answer, seam, stream
from worlds import World, each_world


@each_world
def test_leaving_closes_the_connections(world: World) -> None:
    """The end of a `with` block closes the client's idle connections at once."""
    with RawServer(KEPT_ALIVE) as server:
        result = world.complete(Mistral(KEY, server_url=server.url), **ASK)
        left = server.left.wait(PATIENCE_SECONDS)
    assert (result.choices, left) == ([], True)


def test_a_closed_client() -> None:
    """A call on a closed client raises an APIConnectionError that says so; nothing is sent."""
    with StubServer() as stub:
        with Mistral(KEY, server_url=stub.url, retry_config=AT_ONCE) as client:
            client.agents.complete(**ASK)
        for call in (client.agents.complete, client.agents.stream):
            with pytest.raises(APIConnectionError, match="closed"):
                call(**ASK)
        client.close()
    assert len(stub.requests) == 1


@pytest.mark.anyio
async def test_a_closed_client_async() -> None:
    """An async call on a closed client raises an APIConnectionError that says so; nothing is sent."""
    with StubServer() as stub:
        async with Mistral(KEY, server_url=stub.url, retry_config=AT_ONCE) as client:
            await client.agents.complete_async(**ASK)
        calls: list[Callable[..., Awaitable[object]]] = [client.agents.complete_async, client.agents.stream_async]
        for call in calls:
            with pytest.raises(APIConnectionError, match="closed"):
                await call(**ASK)
        await client.aclose()
    assert len(stub.requests) == 1


@pytest.mark.anyio
async def test_connections_of_the_other_kind() -> None:
    """`close()` keeps async connections open, and `aclose()` blocking ones; each warns and names the other method."""
    with StubServer() as stub:
        client = Mistral(KEY, server_url=stub.url)
        client.agents.complete(**ASK)
        await client.agents.complete_async(**ASK)
        with pytest.warns(ResourceWarning, match=r"aclose\(\)"):
            client.close()
        await client.agents.complete_async(**ASK)
        await client.aclose()
        other = Mistral(KEY, server_url=stub.url)
        await other.agents.complete_async(**ASK)
        other.agents.complete(**ASK)
        with pytest.warns(ResourceWarning, match=r"\bclose\(\)"):
            await other.aclose()
        other.agents.complete(**ASK)
        other.close()
    assert [request.connection for request in stub.requests] == [0, 1, 1, 2, 3, 3]


def test_closing_an_unused_client() -> None:
    """A client that was never used closes without a warning."""
    with Mistral(KEY) as client:
        assert isinstance(client, Mistral)

    async def leave() -> None:
        async with client as same:
            assert same is client

    anyio.run(leave)


def test_threads() -> None:
    """Sixteen threads share one client: each gets its own answers, over sixteen connections at most."""
    start = threading.Barrier(16)

    def ask(number: int) -> list[object]:
        start.wait(PATIENCE_SECONDS)
        asked = [UserMessage(content=f"{number}-{turn}") for turn in range(4)]
        answers = [client.agents.complete(messages=[message], agent_id="ag_1") for message in asked]
        return [each.choices[0].message.content for each in answers]

    with StubServer() as stub, Mistral(KEY, server_url=stub.url) as client, ThreadPoolExecutor(16) as threads:
        found = list(threads.map(ask, range(16)))
    assert found == [[f"This is the answer to: {number}-{turn}" for turn in range(4)] for number in range(16)]
    assert len({request.connection for request in stub.requests}) <= 16


def some_key() -> str:
    """Stand in for a function that looks a key up; pickle stores its name only."""
    return "looked-up"


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@each_world
@pytest.mark.parametrize(("key", "sent"), [(None, "from-outside"), (some_key, "looked-up")])
def test_pickling(
    world: World, key: Callable[[], str] | None, sent: str, protocol: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client keeps its settings through pickle, but not its key: the unpickled client looks the key up again."""
    monkeypatch.setenv("MISTRAL_API_KEY", "from-outside")
    with StubServer(respond=lambda _: Reply(503)) as stub:
        policy = RetryConfig(backoff=AT_ONCE.backoff, max_attempts=2)
        client = Mistral(key, server_url=stub.url, retry_config=policy)
        with pytest.raises(ServerError):
            world.complete(client, **ASK)
        data = pickle.dumps(client, protocol)
        with pytest.raises(ServerError):
            world.complete(pickle.loads(data), **ASK)  # noqa: S301  # made one line above
    assert [request.headers["authorization"] for request in stub.requests] == [f"Bearer {sent}"] * 4
    assert sent.encode() not in data


@pytest.mark.parametrize(
    "options",
    [
        {"api_key": KEY},
        {"client": httpx.Client(transport=httpx.MockTransport(seam()))},
        {"async_client": httpx.AsyncClient(transport=httpx.MockTransport(seam()))},
    ],
)
def test_clients_that_cannot_be_pickled(options: dict[str, Any]) -> None:
    """A client with a literal key or a user's httpx client cannot be pickled; the message says what to do."""
    with pytest.raises(TypeError, match=r"cannot be pickled: (set MISTRAL_API_KEY|make one in each process)"):
        pickle.dumps(Mistral(**options))


@each_world
def test_no_repr_shows_the_key(world: World) -> None:
    """No repr of a client, or of anything that a call returns, shows the key."""
    network = seam(answer(), stream(WHOLE_STREAM))
    client = network.client()
    printed = [client, client.agents, world.complete(client, **ASK), *world.stream(client, **ASK)]
    printed += [seam(stream(WHOLE_STREAM)).client().agents.stream(**ASK)]
    assert [shown for shown in map(repr, printed) if KEY in shown] == []


@needs_fork
def test_fork() -> None:
    """A forked child opens its own connection and leaves its parent's open, even if the child closes the client."""

    def ask_twice() -> None:
        with client:
            client.agents.complete(**ASK)
            client.agents.complete(**ASK)

    with StubServer() as stub, Mistral(KEY, server_url=stub.url) as client:
        client.agents.complete(**ASK)
        status = status_of_fork(ask_twice)
        client.agents.complete(**ASK)
    assert (status, [request.connection for request in stub.requests]) == (0, [0, 1, 1, 0])


@needs_fork
@pytest.mark.parametrize("kind", [httpx.Client, ShardedClient])
def test_fork_with_an_httpx_client_of_the_user(kind: type[httpx.Client]) -> None:
    """A forked child refuses a user's httpx client that its parent has used, in any `Mistral`; an unused one works."""
    with StubServer() as stub, kind() as used, kind() as unused:
        parents, childs = (
            Mistral(KEY, server_url=stub.url, client=used),
            Mistral(KEY, server_url=stub.url, client=unused),
        )
        parents.agents.complete(**ASK)

        def ask_with_both() -> None:
            childs.agents.complete(**ASK)
            for client in (parents, Mistral(KEY, server_url=stub.url, client=used)):
                with pytest.raises(InvalidArgumentError, match="before this process was forked"):
                    client.agents.complete(**ASK)

        status = status_of_fork(ask_with_both)
        parents.agents.complete(**ASK)
    assert (status, [request.connection for request in stub.requests]) == (0, [0, 1, 0])


@needs_fork
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("kind", [httpx.AsyncClient, AsyncShardedClient])
def test_fork_with_an_async_httpx_client_of_the_user(kind: type[httpx.AsyncClient], backend: str) -> None:
    """The same for async calls."""

    def ask(own: httpx.AsyncClient) -> object:
        client = Mistral(KEY, server_url=stub.url, async_client=own)
        return anyio.run(lambda: client.agents.complete_async(**ASK), backend=backend)

    def ask_with_both() -> None:
        ask(unused)
        with pytest.raises(InvalidArgumentError, match="before this process was forked"):
            ask(used)

    with StubServer() as stub:
        # Without kept connections, because nobody could close them after the event loop has ended.
        used, unused = kind(headers={"connection": "close"}), kind(headers={"connection": "close"})
        ask(used)
        status = status_of_fork(ask_with_both)
    assert (status, len(stub.requests)) == (0, 2)
