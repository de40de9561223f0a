"""The life of a client: its connections, threads, event loops and processes, and the httpx clients it is given."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import pickle
import threading
import warnings
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest

from clients import (
    ANSWER,
    ASK,
    AT_ONCE,
    KEY,
    PATIENCE_SECONDS,
    WHOLE_STREAM,
    RawServer,
    World,
    answer,
    each_world,
    httpx_generators,
    seam,
    stream,
    texts,
)
from mistral_agents import Mistral, RetryConfig
from mistral_agents.concurrency import ShardedClient
from mistral_agents.errors import APIConnectionError, InvalidArgumentError, ServerError
from mistral_agents.models import UserMessage
from mistral_agents.testing import Reply, StubServer

pytestmark = httpx_generators

KEPT_ALIVE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n" + b'{"choices": []}'


@each_world
def test_leaving_closes_the_connections(world: World) -> None:
    """Leaving `with` closes the connections that were kept for the next call, at once."""
    with RawServer(KEPT_ALIVE) as server:
        result = world.complete(Mistral(KEY, server_url=server.url), **ASK)
        left = server.left.wait(PATIENCE_SECONDS)
    assert (result.choices, left) == ([], True)


def test_a_closed_client() -> None:
    """A call on a closed client is an APIConnectionError that says so; nothing is sent."""
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
    """An asynchronous call on a closed client is an APIConnectionError that says so; nothing is sent."""
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
    """Closing warns about open connections of the other kind, in words that name what closes them, and keeps them."""
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


def test_closing_what_was_never_opened() -> None:
    """A client that was never used closes without a word."""
    with Mistral(KEY) as client:
        assert isinstance(client, Mistral)

    async def leave() -> None:
        async with client as same:
            assert same is client

    anyio.run(leave)


def test_threads() -> None:
    """Sixteen threads share one client: each gets its own answers, over no more connections than threads."""
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
    """Stand for a function that looks a key up; pickle finds it by its name."""
    return "looked-up"


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@each_world
@pytest.mark.parametrize(("key", "sent"), [(None, "from-outside"), (some_key, "looked-up")])
def test_pickling(
    world: World, key: Callable[[], str] | None, sent: str, protocol: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client comes back from pickle with its settings, and without its key, which is looked up where it is used."""
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
def test_what_is_not_pickled(options: dict[str, Any]) -> None:
    """A literal key, or an httpx client of the user's, is not put into a pickle, and the message says what to do."""
    with pytest.raises(TypeError, match=r"cannot be pickled: (set MISTRAL_API_KEY|make one in each process)"):
        pickle.dumps(Mistral(**options))


@each_world
def test_no_repr_shows_the_key(world: World) -> None:
    """Neither the client nor anything that a call returns prints the key."""
    network = seam(answer(), stream(WHOLE_STREAM))
    client = network.client()
    printed = [client, client.agents, world.complete(client, **ASK), *world.stream(client, **ASK)]
    printed += [seam(stream(WHOLE_STREAM)).client().agents.stream(**ASK)]
    assert [shown for shown in map(repr, printed) if KEY in shown] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_fork() -> None:
    """A forked child opens its own connection, and leaves its parent's as it was, also when it closes the client."""

    def ask_in_a_child() -> int:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 and later: the stub has threads
            process = os.fork()
        if process:
            return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        status = 1
        try:
            with client:
                client.agents.complete(**ASK)
                client.agents.complete(**ASK)
            status = 0
        finally:
            os._exit(status)

    with StubServer() as stub, Mistral(KEY, server_url=stub.url) as client:
        client.agents.complete(**ASK)
        status = ask_in_a_child()
        client.agents.complete(**ASK)
    assert (status, [request.connection for request in stub.requests]) == (0, [0, 1, 1, 0])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("kind", [httpx.Client, ShardedClient])
def test_fork_with_an_own_client(kind: type[httpx.Client]) -> None:
    """A forked child does not use its parent's connections in a client of the user's; one that is new to it works."""
    with StubServer() as stub, kind() as used, kind() as unused:
        parents, childs = (
            Mistral(KEY, server_url=stub.url, client=used),
            Mistral(KEY, server_url=stub.url, client=unused),
        )
        parents.agents.complete(**ASK)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 and later: the stub has threads
            process = os.fork()
        if not process:
            status = 1
            try:
                childs.agents.complete(**ASK)
                with pytest.raises(InvalidArgumentError, match="before this process was forked"):
                    parents.agents.complete(**ASK)
                status = 0
            finally:
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        parents.agents.complete(**ASK)
    assert (status, [request.connection for request in stub.requests]) == (0, [0, 1, 0])


@pytest.mark.anyio
@pytest.mark.parametrize("second", ["asyncio", "trio"])
async def test_a_second_event_loop(second: str) -> None:
    """In another event loop than its first a client is refused, before anything is sent; in the first it goes on."""

    async def call() -> None:
        await client.agents.complete_async(**ASK)

    with StubServer() as stub:
        async with Mistral(KEY, server_url=stub.url) as client:
            await call()
            with pytest.raises(InvalidArgumentError, match="event loop"):
                await anyio.to_thread.run_sync(lambda: anyio.run(call, backend=second))
            await call()
    assert [request.connection for request in stub.requests] == [0, 0]


# The loop that ended had them closed by nobody; they go with the garbage.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("first", ["asyncio", "trio"])
@pytest.mark.parametrize("second", ["asyncio", "trio"])
def test_one_event_loop_after_another(first: str, second: str) -> None:
    """A client at module level works in one event loop after another, each with connections of its own."""

    async def call() -> list[str]:
        await client.agents.complete_async(**ASK)
        return texts([event async for event in await client.agents.stream_async(**ASK)])

    with StubServer() as stub:
        client = Mistral(KEY, server_url=stub.url)
        found = [anyio.run(call, backend=backend) for backend in (first, second, first)]
        anyio.run(client.aclose, backend=first)
        gc.collect()
    assert found == found[:1] * 3


def test_an_event_loop_closes_its_connections() -> None:
    """When asyncio's loop ends, the connections of a client that nobody closed are closed, quietly."""
    with RawServer(KEPT_ALIVE) as server:
        client = Mistral(KEY, server_url=server.url)

        async def call() -> object:
            return (await client.agents.complete_async(**ASK)).choices

        choices = anyio.run(call)
        left = server.left.wait(PATIENCE_SECONDS)
    assert (choices, left) == ([], True)


def test_an_event_loop_that_stands_still() -> None:
    """A loop that was neither closed nor runs any more does not keep a client from the next one."""

    async def call() -> object:
        return (await client.agents.complete_async(**ASK)).choices[0].message.content

    with StubServer() as stub:
        client, loops = Mistral(KEY, server_url=stub.url), [asyncio.new_event_loop() for _ in range(2)]
        found = [loop.run_until_complete(call()) for loop in loops]
        for loop in loops:
            for _ in range(10):  # what was let go of is closed when its loop runs again
                loop.run_until_complete(asyncio.sleep(0))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
    assert (found[:1] * 2, [request.connection for request in stub.requests]) == (found, [0, 1])


@each_world
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALL_PROXY", "socks://127.0.0.1:9", "ALL_PROXY"),
        ("ALL_PROXY", "socks5://127.0.0.1:9", "httpx\\[socks\\]"),
        ("HTTPS_PROXY", "http://127.0.0.1:port", "HTTPS_PROXY"),
        ("HTTP_PROXY", "ftp://127.0.0.1:9", "HTTP_PROXY"),
        ("ALL_PROXY", "http://127.0.0.1:99999", "ALL_PROXY.*port from 1 to 65535"),
        ("HTTPS_PROXY", "http://127.0.0.1:0", "HTTPS_PROXY"),
        ("HTTPS_PROXY", "http://", "HTTPS_PROXY"),
        ("HTTPS_PROXY", "http://proxy .test", "HTTPS_PROXY"),
        ("ALL_PROXY", "socks://me:word@127.0.0.1:9", r"ALL_PROXY='\[hidden\]@127\.0\.0\.1:9'"),
        *([("NO_PROXY", "[::1", "NO_PROXY")] if httpx.__name__ == "httpx" else []),  # httpx2 passes over it
        ("SSL_CERT_DIR", "/nowhere/at/all:/nor/here", "SSL_CERT_DIR"),
        ("SSL_CERT_DIR", __file__, "SSL_CERT_DIR"),
        ("SSLKEYLOGFILE", "/nowhere/at/all", "SSLKEYLOGFILE"),
        ("SSL_CERT_FILE", "/nowhere/at/all", "SSL_CERT_FILE"),
        ("SSL_CERT_FILE", __file__, "SSL_CERT_FILE"),
    ],
)
def test_an_environment_that_httpx_cannot_use(
    world: World, name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that httpx cannot use is named in an error of the tree, with what to do; nothing is sent."""
    if name == "SSL_CERT_DIR":  # SSL_CERT_FILE would go before it
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidArgumentError, match=said):
        world.complete(Mistral(KEY), **ASK)


@each_world
@pytest.mark.parametrize("streamed", [False, True])
def test_an_own_client(world: World, *, streamed: bool) -> None:
    """A client of the user's keeps its redirects, headers and hooks, which may read the answer, and stays open."""
    seen: list[int] = []
    last = stream(WHOLE_STREAM) if streamed else answer()
    network = seam(answer(b"", 307, location="https://api.mistral.ai/moved"), last)

    def hook(response: httpx.Response) -> None:
        seen.append(len(response.read()))

    async def async_hook(response: httpx.Response) -> None:
        seen.append(len(await response.aread()))

    settings: dict[str, Any] = {"transport": httpx.MockTransport(network), "follow_redirects": True}
    settings["headers"] = {"x-app": "1", "authorization": "Basic mine", "user-agent": "mine"}
    own = httpx.Client(**settings, event_hooks={"response": [hook]})
    own_async = httpx.AsyncClient(**settings, event_hooks={"response": [async_hook]})
    client = network.client(client=own, async_client=own_async)
    for _ in range(2):
        if streamed:
            assert texts(world.stream(client, **ASK)) == ["Hel", "lo", ""]
        else:
            assert world.complete(client, **ASK).to_dict() == ANSWER
    headers = [(sent.headers["x-app"], sent.headers["authorization"]) for sent in network.requests]
    assert headers == [("1", f"Bearer {KEY}")] * 3
    assert [sent.url.path for sent in network.requests] == [
        "/v1/agents/completions",
        "/moved",
        "/v1/agents/completions",
    ]
    assert seen == [0, *[len(json.dumps(ANSWER) if not streamed else WHOLE_STREAM)] * 2]
    assert (own.is_closed, own_async.is_closed) == (False, False)


@each_world
def test_an_own_client_that_frames_the_body(world: World) -> None:
    """A body has its length, and no Transfer-Encoding beside it, also if a client of the user's has that header."""
    network = seam()
    settings: dict[str, Any] = {
        "transport": httpx.MockTransport(network),
        "headers": {"Transfer-Encoding": "chunked"},
    }
    own, own_async = httpx.Client(**settings), httpx.AsyncClient(**settings)
    world.complete(network.client(client=own, async_client=own_async), **ASK)
    framing = network.requests[0].headers.keys() & {"content-length", "transfer-encoding"}
    assert framing == {"content-length"}


def test_an_own_client_that_was_closed() -> None:
    """A call over a client of the user's that is closed is an APIConnectionError."""
    own = httpx.Client(transport=httpx.MockTransport(seam()))
    own.close()
    with pytest.raises(APIConnectionError, match="closed"):
        seam().client(client=own).agents.complete(**ASK)


class Client:
    """What looks like an httpx client, from another library."""

    __module__ = "httpx3._client"

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send nothing."""
        raise NotImplementedError


@pytest.mark.parametrize(
    ("name", "make", "found"),
    [
        ("client", httpx.AsyncClient, f"{httpx.__name__}.AsyncClient"),
        ("async_client", httpx.Client, f"{httpx.__name__}.Client"),
        ("client", Client, "httpx3._client.Client"),
        ("async_client", Client, "httpx3._client.Client"),
        ("client", lambda: httpx.Client, "builtins.type"),
        ("client", lambda: "http", "builtins.str"),
    ],
)
def test_clients_of_another_kind(name: str, make: Callable[[], object], found: str) -> None:
    """A client of the other kind, or of another library, is refused; the message says what it is and what was due."""
    with pytest.raises(InvalidArgumentError) as caught:
        Mistral("key", **{name: make()})  # type: ignore[arg-type]  # that is the test
    due = "Client" if name == "client" else "AsyncClient"
    assert str(caught.value) == f"{name} must be of the type {httpx.__name__}.{due}, not {found}"
