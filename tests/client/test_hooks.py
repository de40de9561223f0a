"""Hooks that raise errors, clients that are closed before their first call, and where the key never appears."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpcore
import httpx
import pytest

from client_settings import KEY
from completion_payloads import ASK
from mistral_agents import Mistral
from mistral_agents.errors import APIConnectionError, InvalidArgumentError, MistralError, RateLimitError, ServerError
from worlds import World, each_world


def test_a_hook_that_raises_for_the_status() -> None:
    """If a hook of the user's httpx client calls `raise_for_status`, the call raises the error of that status."""
    client = httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(429, json={"detail": "slow down"})),
        event_hooks={"response": [lambda response: response.raise_for_status()]},
    )
    with client, pytest.raises(RateLimitError) as caught:
        Mistral("k", client=client, retry_config=None).agents.complete(**ASK)
    assert caught.value.status_code == 429


def test_closing_before_the_first_call() -> None:
    """A client that was closed before its first call stays closed."""
    client = Mistral("k")
    client.close()
    with pytest.raises(APIConnectionError, match="closed"):
        client.agents.complete(**ASK)


class Holder:
    """Returns its key when it is called."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __call__(self) -> str:
        """Return the key."""
        return self.key


def secret() -> str:
    """Return a key that no source line contains."""
    return "hunter"[::-1] + "2"


def test_no_traceback_of_a_failed_call_shows_the_key() -> None:
    """A traceback with local variables does not show the key."""
    client = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(500)))
    with client, pytest.raises(ServerError) as caught:
        Mistral(secret, client=client, retry_config=None).agents.complete(**ASK)
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert ("Call(method=" in shown, secret() in shown) == (True, False)


def raising(response: httpx.Response) -> None:
    """Raise httpx's error for the status."""
    response.raise_for_status()


def wrapping(response: httpx.Response) -> None:
    """Raise an error of our own, caused by httpx's error."""
    try:
        response.raise_for_status()
    except httpx.HTTPStatusError as error:
        raise LookupError("mine") from error


def hiding(response: httpx.Response) -> None:
    """Raise an error of our own that has another cause, while httpx's error is handled."""
    try:
        response.raise_for_status()
    except httpx.HTTPStatusError:
        raise LookupError("mine") from ValueError("other")


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("hook", "expected"), [(raising, RateLimitError), (wrapping, LookupError), (hiding, LookupError)]
)
def test_no_error_leads_to_the_key(
    world: World, hook: Callable[[httpx.Response], None], expected: type[Exception], *, streamed: bool
) -> None:
    """If a hook raises for the status, no error that can be reached from the raised one has a request with the key."""

    async def async_hook(response: httpx.Response) -> None:
        hook(response)

    transport = httpx.MockTransport(lambda _: httpx.Response(429))
    own = httpx.Client(transport=transport, event_hooks={"response": [hook]})
    own_async = httpx.AsyncClient(transport=transport, event_hooks={"response": [async_hook]})
    client = Mistral(KEY, client=own, async_client=own_async, retry_config=None)
    with pytest.raises(expected) as caught:
        (world.stream if streamed else world.complete)(client, **ASK)
    behind = [caught.value.__cause__, caught.value.__context__]
    (error,) = {each for each in behind if isinstance(each, httpx.HTTPStatusError)}
    assert "authorization" not in {**error.request.headers, **error.response.request.headers}


@dataclass
class OddError(Exception):
    """An error without a hash, and with an attribute that only groups of errors have."""

    exceptions: list[str]


def odd(_: httpx.Response) -> None:
    """Raise an error that has an unusual error behind it."""
    raise LookupError("mine") from OddError(["first"])


def test_errors_of_the_user_stay_as_they_are() -> None:
    """A hook may raise any error. An httpx error that the caller handles during the call keeps its request."""
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(429))) as own:
        client = Mistral(KEY, client=own, retry_config=None)
        own.event_hooks = {"response": [odd]}
        with pytest.raises(LookupError, match="mine"):
            client.agents.complete(**ASK)
        own.event_hooks = {"response": [raising]}
        before = httpx.ReadError("lost", request=httpx.Request("GET", "https://mine.test/7", headers={"x-own": "1"}))
        try:
            raise before
        except httpx.ReadError:
            with pytest.raises(RateLimitError) as caught:
                client.agents.complete(**ASK)
    assert caught.value.__cause__ is not None
    assert (str(before.request.url), before.request.headers["x-own"]) == ("https://mine.test/7", "1")


class BrokenSocket(httpcore.NetworkStream):
    """A connection on which sending fails."""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raise an error."""
        del buffer, timeout  # so that this frame does not show the key
        raise httpcore.ReadError("gone")

    def close(self) -> None:
        """Do nothing."""

    def get_extra_info(self, info: str) -> None:
        """Return nothing."""


class BrokenNetwork(httpcore.NetworkBackend):
    """A network that opens connections on which sending fails."""

    def connect_tcp(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Connect."""
        return BrokenSocket()


@pytest.mark.parametrize("key", [secret(), secret])
def test_no_traceback_shows_the_key(key: Any) -> None:
    """A traceback with local variables does not show the key, whether httpx, the client or an argument failed."""
    transport = httpx.HTTPTransport()
    transport._pool = httpcore.ConnectionPool(network_backend=BrokenNetwork())  # httpx has no public way to set it
    with httpx.Client(transport=transport) as own:
        makers: list[Any] = [
            lambda: Mistral(key, client=own, server_url="http://127.0.0.1:1", retry_config=None).agents.complete(**ASK),
            lambda: Mistral(key, server_url="http://example.test"),
            lambda: Mistral(api_key=key, server_url="http://example.test"),
            lambda: Mistral(key).agents.complete(**ASK, http_headers={"a": "\n"}),
            lambda: Mistral(key).agents.complete(**ASK, http_headers={"content-length": "1"}),
        ]
        for make in makers:
            with pytest.raises(MistralError) as caught:
                make()
            own_frames = caught.value.__traceback__
            while own_frames is not None and own_frames.tb_frame.f_code.co_filename == __file__:
                own_frames = own_frames.tb_next  # leave out the test's own frames, which have the key
            caught.value.__traceback__ = own_frames
            shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
            assert ("api_key" in shown or "call = Call(" in shown, secret() in shown) == (True, False)


@pytest.mark.parametrize(
    "given", [partial(str, "SECRET"), "SECRET".lower, Holder("SECRET")], ids=["partial", "bound", "object"]
)
def test_no_pickle_holds_the_key(given: Any) -> None:
    """A client or resource whose key function contains the key cannot be pickled."""
    client = Mistral(given)
    for each in (client, client.agents, client.conversations):
        with pytest.raises(TypeError, match="cannot be pickled: set MISTRAL_API_KEY"):
            pickle.dumps(each)


async def async_key() -> str:
    """Return a key, but only when awaited."""
    return "SECRET"


class Later:
    """An awaitable object."""

    def __await__(self) -> Any:
        """Wait once."""
        yield


@each_world
@pytest.mark.parametrize("given", [async_key, Later])
def test_an_async_function_cannot_give_the_key(world: World, given: Any) -> None:
    """A key function that has to be awaited is refused; the message says so."""
    with pytest.raises(InvalidArgumentError, match="got an async function"):
        world.complete(Mistral(given), **ASK)
