"""`ShardedClient` and `AsyncShardedClient`: httpx clients in everything, for hundreds of streams at once."""

from __future__ import annotations

import asyncio
import contextlib
import cProfile
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from inspect import isawaitable
from pathlib import Path
from typing import Any, Self, TypeVar

import anyio
import anyio.to_thread
import httpx
import pytest

from call.test_cancellation import cancelled_at_every_await, cancelled_while_waiting, each_way, stream
from clients import ASK, KEY, PATIENCE_SECONDS, World, chunk, each_world, httpx_generators, sse
from counting_service import AUTHORITY, SUSPICIOUS, TRUSTING, CountingService
from mistral_agents import Mistral
from mistral_agents._exchange import run
from mistral_agents.concurrency import AsyncShardedClient, ShardedClient
from mistral_agents.errors import APIConnectionError
from mistral_agents.testing import Reply, StubServer, in_turn
from mistral_agents.testing.contract import PATH
from project.test_imports import run as run_lines

pytestmark = httpx_generators

T = TypeVar("T")
PLAIN: dict[str, Any] = {"trust_env": False, "verify": TRUSTING}
"""Settings that leave out the environment, and the certificates of the system, which take time to load."""
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n"


class Service:
    """Streams so many events to all who ask, once so many have asked; knows how many connections are open."""

    def __init__(self, events: int = 2, at_once: int = 1) -> None:
        body = sse(*[chunk("word")] * (events - 1), chunk("", finish_reason="stop"), "[DONE]")
        self._answer, self.at_once = HEAD % len(body) + body, at_once
        self._waiting: list[asyncio.StreamWriter] = []
        self._changed, self._listens = threading.Condition(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self.opened = self.open = self.most = 0
        """How many connections there were, are now, and were at most at a time."""

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1_024)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._listens.set()
        await self._stop.wait()
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._count(1)
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    _, _, length = (await reader.readuntil(b"\r\n\r\n")).lower().partition(b"content-length: ")
                    await reader.readexactly(int(length.partition(b"\r")[0]))
                    self._answer_together(writer)
        finally:
            writer.close()
            self._count(-1)

    def _answer_together(self, writer: asyncio.StreamWriter) -> None:
        self._waiting.append(writer)
        if len(self._waiting) == self.at_once:
            for each in self._waiting:
                each.write(self._answer)
            self._waiting.clear()

    def _count(self, more: int) -> None:
        with self._changed:
            self.open += more
            self.opened, self.most = self.opened + max(more, 0), max(self.most, self.open)
            self._changed.notify_all()

    def settles_at(self, connections: int) -> bool:
        """Tell whether in the end so many connections are open."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open == connections, PATIENCE_SECONDS)

    def __enter__(self) -> Self:
        self._thread.start()
        self._listens.wait(PATIENCE_SECONDS)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()


def in_world(world: World, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Finish a coroutine function; in the blocking world it waits for nothing."""
    return run(call()) if world.backend is None else anyio.run(call, backend=world.backend)


def sharded(world: World, **settings: Any) -> Any:
    """Make a client of the world."""
    return (ShardedClient if world.backend is None else AsyncShardedClient)(**{**PLAIN, **settings})


def close_name(world: World) -> str:
    """Return what closing is called in the world."""
    return "close" if world.backend is None else "aclose"


async def done(result: Any) -> Any:
    """Wait for what a client of either world returns."""
    return await result if isawaitable(result) else result


def read_bursts(
    world: World, service: Service, bursts: list[int], limits: httpx.Limits | None = None
) -> list[tuple[int, int]]:
    """Read so many streams at once, burst after burst; return how many events came and connections were made by then.

    The service waits until there are as many requests as the limits allow. The client is closed at the end.
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

    if world.backend is not None:
        return anyio.run(call, backend=world.backend)
    results: list[tuple[int, int]] = []
    with sharded(world, **settings) as http_client, ThreadPoolExecutor(max(bursts)) as executor:
        client = Mistral(KEY, server_url=service.url, retry_config=None, client=http_client)
        for streams in bursts:
            service.at_once = min(streams, most)
            counts = executor.map(lambda _: sum(1 for _ in client.agents.stream(**ASK)), range(streams))
            results.append((sum(counts), service.opened))
    return results


def sharded_mistral(service: CountingService, **settings: Any) -> Mistral:
    """Make a client with one place, which makes its httpx client itself."""
    client = service.client()
    client.connections.httpx_client_class = ShardedClient
    client.connections.async_httpx_client_class = AsyncShardedClient
    client.connections.httpx_args |= settings
    return client


def kept(connections: int | None = None, **limits: Any) -> httpx.Limits:
    """Allow so many connections, and close none only because a test takes long."""
    return httpx.Limits(max_connections=connections, keepalive_expiry=PATIENCE_SECONDS, **limits)


@pytest.mark.parametrize(
    ("world", "streams", "events"),
    [(World("asyncio"), 1_000, 200), (World("trio"), 100, 200), (World(None), 100, 200)],
    ids=str,
)
def test_many_streams(world: World, streams: int, events: int) -> None:
    """A thousand streams at once lose no event, have a connection each, and leave none open."""
    with Service(events) as service:
        found = read_bursts(world, service, [streams])
        assert service.settles_at(0)
    assert (found, service.most) == ([(streams * events, streams)], streams)


@each_world
def test_the_work_of_a_stream(world: World) -> None:
    """Each of forty streams held open together takes as much work as each of five, also on kept connections."""

    async def work(client: Mistral, streams: int) -> float:
        opens: Any = client.agents.stream if world.backend is None else client.agents.stream_async
        profile = cProfile.Profile()
        with profile:
            held = [await done(opens(**ASK)) for _ in range(streams)]
            for each in held:
                await done(each.get_final_response())
        return sum(entry.callcount for entry in profile.getstats()) / streams

    async def call() -> list[float]:
        http_client = sharded(world, limits=kept(1_000))
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(lambda: done(getattr(http_client, close_name(world))()))
            options: Any = {"client" if world.backend is None else "async_client": http_client}
            client = Mistral(KEY, server_url=service.url, **options)
            return [await work(client, streams) for streams in (5, 5, 40, 40)]

    with Service() as service:
        _, few, many, many_again = in_world(world, call)
        assert service.opened == 40
    assert (many < 1.5 * few, many_again < 1.5 * few) == (True, True), (few, many, many_again)


@each_world
@pytest.mark.parametrize("bursts", [[1] * 100, [30, *[1] * 20], [3, 25, 25, 1, 25]], ids=["1", "30, 1", "3, 25"])
def test_connections_are_used_again(world: World, bursts: list[int]) -> None:
    """Streams one after another use one connection, and those after many at once use theirs."""
    with Service() as service:
        found = read_bursts(world, service, bursts, kept(60))
    assert found == [(2 * streams, max(bursts[: index + 1])) for index, streams in enumerate(bursts)]


@each_world
@pytest.mark.parametrize(("limits", "most"), [(kept(25), 25), (kept(1), 1), (kept(), 75)], ids=["25", "1", "none"])
def test_the_limit_of_connections(world: World, limits: httpx.Limits, most: int) -> None:
    """As many connections as allowed are in use while any stream waits for one, and no more are ever open."""
    with Service() as service:
        found = read_bursts(world, service, [75], limits)
    assert (found, service.most) == ([(2 * 75, most)], most)


@each_world
def test_the_limit_of_idle_connections(world: World) -> None:
    """As many connections as allowed stay for later streams, from all pools together."""
    with Service() as service:
        found = read_bursts(world, service, [50, 12, 13], kept(50, max_keepalive_connections=12))
    assert [connections for _, connections in found] == [50, 50, 51]


@each_world
def test_the_limit_of_connections_to_all_services(world: World) -> None:
    """An idle connection to one service is closed for one to another, when no more are allowed."""

    async def call() -> bool:
        client = sharded(world, limits=kept(1))
        for service in (first, second):
            await done(client.post(service.url))
        settled = first.settles_at(0) if world.backend is None else await anyio.to_thread.run_sync(first.settles_at, 0)
        await done(getattr(client, close_name(world))())
        return settled

    with Service() as first, Service() as second:
        assert in_world(world, call)
    assert (first.opened, second.opened) == (1, 1)


@each_world
def test_no_place_in_time(world: World) -> None:
    """A request that finds no place in time raises httpx's PoolTimeout; an answer gives its place back once."""

    async def call() -> list[str]:
        client = sharded(world, limits=kept(1), timeout=httpx.Timeout(PATIENCE_SECONDS, pool=0.01))

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

    with Service() as service:
        assert in_world(world, call) == ["all connections are in use"] * 2


@each_world
@pytest.mark.parametrize("trust", ["verify", "SSL_CERT_FILE"])
@pytest.mark.parametrize("route", ["https", "proxy"])
def test_tls_and_the_environment(
    world: World, route: str, trust: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The environment's proxy is used, and the authority that vouches for the service is the one that was given."""
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    with CountingService(route) as service:
        settings: dict[str, Any] = {"trust_env": True, "proxy": None, "verify": TRUSTING}
        monkeypatch.setenv(*("HTTPS_PROXY", str(service._proxy)) if service._proxy else ("NO_PROXY", "*"))
        if trust == "SSL_CERT_FILE":
            monkeypatch.setenv(trust, str(tmp_path / "authority.pem"))
            settings["verify"] = True
        answer = world.complete(sharded_mistral(service, **settings), **ASK)
        assert service.settles_at(0)
    assert answer.choices[0].message.content == "Hi"


@each_world
@pytest.mark.parametrize("route", ["https", "proxy"])
def test_a_certificate_that_is_refused(world: World, route: str) -> None:
    """A service that no authority vouches for is not asked, attempt by attempt, and takes no place away."""
    with CountingService(route) as service:
        with pytest.raises(APIConnectionError, match="CERTIFICATE_VERIFY_FAILED") as caught:
            world.complete(sharded_mistral(service, verify=SUSPICIOUS), **ASK)
        assert service.settles_at(0)
    assert (caught.value.attempts, type(caught.value.__cause__)) == (3, httpx.ConnectError)


@each_world
def test_what_is_done_once(world: World) -> None:
    """Auth, redirects, cookies and hooks are done as by any httpx client, once for each request."""
    seen: list[object] = []

    async def see_async(it: object) -> None:
        seen.append(type(it))

    hook = see_async if world.backend else lambda it: seen.append(type(it))
    hooks = {"request": [hook], "response": [hook]}
    moved = Reply(307, [("location", PATH), ("set-cookie", "b=2"), ("content-length", "0")])

    async def call() -> tuple[httpx.Response, dict[str, str]]:
        client = sharded(
            world,
            auth=("user", "word"),
            cookies={"a": "1"},
            event_hooks=hooks,
            follow_redirects=True,
            headers={"x": "y"},
        )
        # What the address says counts less than `auth`.
        response = await done(client.post(stub.url.replace("//", "//other:one@") + "/moved", content=b"Hello"))
        await done(getattr(client, close_name(world))())
        return response, dict(client.cookies)

    with StubServer(respond=in_turn(moved, Reply(200, body=[b"Hi"]))) as stub:
        response, cookies = in_world(world, call)
    names = ("authorization", "cookie", "x")
    basic = "Basic dXNlcjp3b3Jk"
    assert [[each.headers.get(name) for name in names] for each in stub.requests] == [
        [basic, "a=1", "y"],
        [basic, "a=1; b=2", "y"],
    ]
    assert [(each.status_code, each.next_request) for each in response.history] == [(307, None)]
    assert (response.text, cookies) == ("Hi", {"a": "1", "b": "2"})
    assert seen == [httpx.Request, httpx.Response] * 2


@each_world
def test_a_closed_client(world: World) -> None:
    """A closed client says so, and its connections are closed."""

    async def call() -> bool:
        client = sharded(world)
        await done(client.post(service.url))
        await done(getattr(client, close_name(world))())
        with pytest.raises(RuntimeError, match="closed"):
            await done(client.post(service.url))
        return bool(client.is_closed)

    with Service() as service:
        assert in_world(world, call)
        assert service.settles_at(0)


@pytest.mark.parametrize("route", ["http", "proxy"])
@each_way
def test_cancelling_at_every_await(cancelling: str, route: str) -> None:
    """Cancelled wherever it waits, a stream leaves nothing open, and its place to the next."""
    with CountingService(route) as service:
        results = cancelled_at_every_await(service, sharded_mistral, stream, cancelling)
    assert results == [None] * (len(results) - 1) + [["Hel", "lo", ""]]


@each_way
def test_cancelling_a_wait_for_a_place(cancelling: str) -> None:
    """A call that waits for a place, and is cancelled at the moment it gets it, leaves it to the next."""
    assert cancelled_while_waiting(sharded_mistral, cancelling) == (None, "Hi")


def test_the_package_does_without() -> None:
    """Using `mistral_agents` does not import it."""
    loaded = run_lines(
        "from mistral_agents import Mistral", "Mistral('key')", "'mistral_agents.concurrency' in sys.modules"
    )
    assert loaded is False
