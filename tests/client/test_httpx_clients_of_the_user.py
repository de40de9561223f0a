"""The user's own httpx clients: they keep their settings and stay open; those of a wrong type are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from client_settings import KEY
from completion_payloads import ANSWER, ASK, WHOLE_STREAM, texts
from mistral_agents import Mistral
from mistral_agents.errors import APIConnectionError, APITimeoutError, InvalidArgumentError
from mistral_agents.testing import STALL, StubServer, chunk, stream_reply
from seam import answer, seam, stream
from worlds import World, each_world


@each_world
@pytest.mark.parametrize("streamed", [False, True])
def test_an_httpx_client_of_the_user(world: World, *, streamed: bool) -> None:
    """A user's httpx client keeps its redirects, headers and hooks, which may read the answer, and stays open."""
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
def test_an_httpx_client_with_a_transfer_encoding(world: World) -> None:
    """Every body is sent with its length; a Transfer-Encoding header of the user's httpx client is not sent."""
    network = seam()
    settings: dict[str, Any] = {
        "transport": httpx.MockTransport(network),
        "headers": {"Transfer-Encoding": "chunked"},
    }
    own, own_async = httpx.Client(**settings), httpx.AsyncClient(**settings)
    world.complete(network.client(client=own, async_client=own_async), **ASK)
    sent = network.requests[0].headers.keys() & {"content-length", "transfer-encoding"}
    assert sent == {"content-length"}


class ComparedClient(httpx.Client):
    """A client that compares by value, and so has no hash."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ComparedClient)

    __hash__ = None  # type: ignore[assignment]  # as in a dataclass


def test_an_httpx_client_without_a_hash() -> None:
    """A subclass of the user need not be hashable."""
    with ComparedClient(transport=httpx.MockTransport(seam(answer()))) as own:
        assert Mistral(KEY, client=own).agents.complete(**ASK).to_dict() == ANSWER


def test_no_free_connection() -> None:
    """If all connections are in use, the error says what to do, and does not blame the service, network or proxy."""
    stalled = StubServer(respond=lambda _: stream_reply(chunk("a"), STALL))
    limits = httpx.Limits(max_connections=1)
    with stalled as stub, httpx.Client(limits=limits, trust_env=False) as own:
        client, port = Mistral(KEY, server_url=stub.url, client=own, retry_config=None), stub.port
        with client.agents.stream(**ASK), pytest.raises(APITimeoutError) as caught:
            client.agents.complete(**ASK, timeout_ms=50)
    assert str(caught.value).startswith(f"no free connection to 127.0.0.1:{port} within the time limit. Close streams")


def test_a_closed_httpx_client_of_the_user() -> None:
    """A call with a user's httpx client that is closed raises an APIConnectionError."""
    own = httpx.Client(transport=httpx.MockTransport(seam()))
    own.close()
    with pytest.raises(APIConnectionError, match="closed"):
        seam().client(client=own).agents.complete(**ASK)


class Client:
    """A class of another library that looks like httpx.Client."""

    __module__ = "httpx3._client"

    def send(self, request: httpx.Request) -> httpx.Response:
        """Raise an error: nothing may be sent."""
        raise NotImplementedError


@pytest.mark.parametrize(
    ("name", "make", "found"),
    [
        ("client", httpx.AsyncClient, f"{httpx.__name__}.AsyncClient"),
        ("async_client", httpx.Client, f"{httpx.__name__}.Client"),
        ("client", Client, "httpx3.Client"),
        ("async_client", Client, "httpx3.Client"),
        ("client", lambda: httpx.Client, "type"),
        ("client", lambda: "http", "str"),
    ],
)
def test_httpx_clients_of_the_wrong_type(name: str, make: Callable[[], object], found: str) -> None:
    """A client of the wrong kind or of another library is refused; the message says what was expected and what came."""
    with pytest.raises(InvalidArgumentError) as caught:
        Mistral("key", **{name: make()})  # type: ignore[arg-type]  # the wrong type is what is tested
    expected = "Client" if name == "client" else "AsyncClient"
    assert str(caught.value) == f"{name} must be of the type {httpx.__name__}.{expected}, not {found}"


@each_world
def test_an_error_that_is_its_own_cause(world: World) -> None:
    """An error of a user's transport that is its own `__cause__` ends the call like any other error."""
    odd = httpx.ConnectError("odd")
    odd.__cause__ = odd
    network = seam(odd)
    with pytest.raises(APIConnectionError, match="odd"):
        world.complete(network.client(retry_config=None), **ASK)
