"""Closing a client while it is in use: its calls and streams end at once, also those of other threads and tasks."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import anyio.from_thread
import anyio.lowlevel
import anyio.to_thread
import httpx
import pytest

from client_settings import KEY
from completion_payloads import ANSWER, ASK, chunk, sse
from mistral_agents import Mistral
from mistral_agents._limits import Connecting
from mistral_agents._own_clients import OwnAsyncClient, OwnClient
from mistral_agents.errors import APIConnectionError, MistralError, StreamError
from mistral_agents.testing import StubServer, in_turn, stream_reply
from patience import PATIENCE_SECONDS
from raw_server import STREAM_HEAD, RawServer
from worlds import World, each_world

PATIENT: dict[str, Any] = dict.fromkeys(("first_event_timeout_ms", "idle_timeout_ms"), PATIENCE_SECONDS * 1_000)


def call_until_closed(
    world: World, client: Mistral, method: str, ready: threading.Event, *, stream: bool = False
) -> MistralError:
    """Call a method, and read the stream if it opens one; close the client at `ready`. Return the error of the call.

    The first event of a stream sets `ready`. With `stream`, the stream is closed instead of the client.
    """
    opened: list[Any] = [client]

    def close() -> None:
        assert ready.wait(PATIENCE_SECONDS)
        opened[stream].close()

    async def close_async() -> None:
        assert await anyio.to_thread.run_sync(ready.wait, PATIENCE_SECONDS)
        await opened[stream].aclose()

    def call() -> None:
        closing = threading.Thread(target=close)
        closing.start()
        try:
            opened.append(getattr(client.agents, method)(**ASK))
            for _ in opened[1]:
                ready.set()
        finally:
            closing.join()

    async def call_async() -> None:
        errors = list[MistralError]()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(close_async)
            try:
                opened.append(await getattr(client.agents, f"{method}_async")(**ASK))
                async for _ in opened[1]:
                    ready.set()
            except MistralError as error:
                errors.append(error)
        for each in errors:  # a task group would raise it in a group
            raise each

    with pytest.raises(MistralError) as caught:
        world.run(call, call_async)
    return caught.value


@each_world
@pytest.mark.parametrize("method", ["complete", "stream"])
def test_a_call_ends_when_the_client_is_closed(world: World, method: str) -> None:
    """A call that waits for its answer, or for its first event, raises an APIConnectionError that names the reason."""
    with RawServer(b"") as server:
        client = Mistral(KEY, server_url=server.url, timeout_ms=PATIENCE_SECONDS * 1_000, **PATIENT)
        error = call_until_closed(world, client, method, server.asked)
        left = server.left.wait(PATIENCE_SECONDS)
    assert (type(error), error.attempts, left) == (APIConnectionError, 1, True)
    assert "the client is closed" in str(error)


@each_world
@pytest.mark.parametrize("stream", [False, True])
def test_a_stream_ends_when_it_or_the_client_is_closed(world: World, *, stream: bool) -> None:
    """Whoever reads a stream gets a StreamError, also if the body has no length and so ends with its connection."""
    with RawServer(STREAM_HEAD + sse(chunk("Hel"))) as server:
        client = Mistral(KEY, server_url=server.url, **PATIENT)
        error = call_until_closed(world, client, "stream", threading.Event(), stream=stream)
    assert (type(error), "the stream was closed before its end" in str(error)) == (StreamError, True)
    partial: Any = error.partial
    assert partial.choices[0].message.content == "Hel"


@each_world
def test_a_call_that_connects_when_the_client_is_closed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the client is closed while a call connects, the call sends nothing and closes its new connection."""
    original, tokens = socket.getaddrinfo, list[Any]()

    def getaddrinfo(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if threading.current_thread() is threading.main_thread():
            return original(host, port, *rest, **named)
        if tokens:
            anyio.from_thread.run(client.aclose, token=tokens[0])
        else:
            client.close()
        return original("127.0.0.1", port, *rest, **named)

    async def call() -> None:
        tokens.append(anyio.lowlevel.current_token())
        await client.agents.complete_async(**ASK)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with RawServer(b"") as server:
        client = Mistral(KEY, server_url=server.url.replace("127.0.0.1", "localhost"), timeout_ms=1_000)
        with pytest.raises(APIConnectionError, match="the client is closed"):
            world.run(lambda: client.agents.complete(**ASK), call)
        assert server.left.wait(PATIENCE_SECONDS)
    assert server.received == b""


@each_world
def test_a_call_that_has_connected_when_the_client_is_closed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the client is closed after a connection was made and before the pool has it, the call sends nothing."""
    see = Connecting.see

    def see_and_close(self: Connecting, event: str, info: dict[str, Any]) -> None:
        see(self, event, info)
        if event == "connection.connect_tcp.complete":
            for own in (OwnClient, OwnAsyncClient):
                monkeypatch.setattr(own, "is_closed", True)

    with RawServer(b"") as server, Mistral(KEY, server_url=server.url, timeout_ms=1_000) as client:
        monkeypatch.setattr(Connecting, "see", see_and_close)
        with pytest.raises(APIConnectionError, match="the client is closed"):
            world.complete(client, **ASK)
        monkeypatch.undo()
    assert server.received == b""


@each_world
@pytest.mark.parametrize("framed", [False, True])
def test_a_whole_answer_arrives_while_the_client_is_closed(world: World, *, framed: bool) -> None:
    """An answer that came whole is returned; one without a length may have been cut off, so it is an error."""
    clients: list[Any] = []
    body = json.dumps(ANSWER).encode()

    def pieces() -> Iterator[bytes]:
        yield body
        clients[0].close()

    async def async_pieces() -> AsyncIterator[bytes]:
        yield body
        await clients[1].aclose()

    def reply(content: Any) -> httpx.Response:
        response = httpx.Response(200, headers={"content-type": "application/json"}, content=content)
        if not framed:
            del response.headers["transfer-encoding"]
        return response

    async def reply_async(_: httpx.Request) -> httpx.Response:
        return reply(async_pieces())

    clients.append(httpx.Client(transport=httpx.MockTransport(lambda _: reply(pieces()))))
    clients.append(httpx.AsyncClient(transport=httpx.MockTransport(reply_async)))
    client = Mistral(KEY, client=clients[0], async_client=clients[1])
    with contextlib.nullcontext() if framed else pytest.raises(APIConnectionError, match="the client is closed"):
        assert world.complete(client, **ASK).to_dict() == ANSWER


def test_closing_a_stream_that_has_ended() -> None:
    """Closing a stream after its end, from another thread, leaves the connection alone: another call may use it."""
    first = stream_reply(chunk("a"), chunk("b", finish_reason="stop"), "[DONE]")
    with StubServer(respond=in_turn(first, None)) as stub, Mistral(KEY, server_url=stub.url) as client:
        opened = client.agents.stream(**ASK)
        held: list[Any] = []

        def read() -> None:
            held.append(iter(opened))  # as long as it is referenced, the stream counts as being read
            next(held[0])
            opened.get_final_response()

        reader = threading.Thread(target=read)
        reader.start()
        reader.join()
        with client.agents.stream(**ASK) as other:
            opened.close()
            assert other.get_final_response().choices[0].message.content
        assert [request.connection for request in stub.requests] == [0, 0]
