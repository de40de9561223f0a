"""How blocking calls open connections: looking up names, trying addresses, and the time limit of both."""

from __future__ import annotations

import gc
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from typing import Any

import httpcore
import httpx
import pytest

from client_settings import AT_ONCE, KEY
from completion_payloads import ASK
from mistral_agents import Mistral, _dialing, _own_clients, errors
from mistral_agents._dialing import Dialing
from mistral_agents.testing import StubServer
from new_process import needs_fork, status_of_fork
from patience import PATIENCE_SECONDS
from worlds import World, each_world

ADDRESSES = [f"192.0.2.{number}" for number in range(1, 7)]


class Network:
    """Replaces httpcore's network backend; its first `dead` addresses time out, on a simulated clock, or refuse."""

    def __init__(self, *, dead: int, refuses: bool = False) -> None:
        self.now, self.dead, self.refuses = 100.0, dead, refuses
        self.tried: list[Any] = []
        """The addresses that were tried, and the time limit of each."""

    def connect_tcp(self, host: str, _: int, timeout: float) -> str:
        """Connect, unless the address is one of the dead."""
        self.tried.append((host, timeout))
        if len(self.tried) > self.dead:
            return "connected"
        if self.refuses:
            raise httpcore.ConnectError("refused")
        self.now += timeout
        raise httpcore.ConnectTimeout


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Let the last item of a list answer lookups: addresses, an error, or an event that the lookup waits for."""
    answers: list[Any] = [ADDRESSES]
    original = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *rest: Any, **named: Any) -> Any:
        if "." in host and host.replace(".", "").isdigit():
            return original(host, port, *rest, **named)
        answer = answers[-1]
        if isinstance(answer, threading.Event):
            answer.wait(PATIENCE_SECONDS)
            answer = OSError("late")
        if isinstance(answer, Exception):
            raise answer
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(_dialing, "_lookups", _dialing._Lookups())
    yield answers
    for answer in answers:
        if isinstance(answer, threading.Event):
            answer.set()


@pytest.mark.usefixtures("resolver")
def test_addresses_share_the_time() -> None:
    """Six addresses that never answer take the limit once, not six times; each gets its share of it."""
    network = Network(dead=6)
    with pytest.raises(httpcore.ConnectTimeout):
        Dialing(network, lambda: network.now).connect_tcp("dead.test", 443, timeout=6)
    assert [address for address, _ in network.tried] == ADDRESSES
    assert [seconds for _, seconds in network.tried] == pytest.approx([1] * 6, abs=0.01)
    assert network.now - 100 == pytest.approx(6)


@pytest.mark.usefixtures("resolver")
def test_one_address_after_another() -> None:
    """The time that refused addresses leave goes to the others; the first address that connects is used."""
    network = Network(dead=5, refuses=True)
    stream: Any = Dialing(network, lambda: network.now).connect_tcp("some.test", 443, timeout=6)
    assert stream == "connected"
    assert [round(seconds) for _, seconds in network.tried] == [1, 1, 2, 2, 3, 6]


@pytest.mark.usefixtures("resolver")
@pytest.mark.parametrize("refuses", [False, True])
def test_an_address_needs_no_lookup(*, refuses: bool) -> None:
    """A host that is an address is tried without a lookup, with the whole time limit; its error is the call's error."""
    network = Network(dead=1, refuses=refuses)
    with pytest.raises(httpcore.ConnectError if refuses else httpcore.ConnectTimeout):
        Dialing(network, lambda: network.now).connect_tcp("::1", 443, timeout=6)
    assert network.tried == [("::1", pytest.approx(6))]


def blocked(call: Any) -> tuple[errors.MistralError, float]:
    """Return the error of a call, and how long it took."""
    began = time.monotonic()
    with pytest.raises(errors.MistralError) as caught:
        call()
    return caught.value, time.monotonic() - began


@pytest.mark.parametrize("streamed", [False, True])
def test_a_resolver_that_is_stuck(resolver: list[Any], *, streamed: bool) -> None:
    """The deadline also ends a call that waits for a name lookup, within the promised margin."""
    resolver.append(threading.Event())
    with Mistral(KEY, server_url="https://slow.test") as client:
        ask = client.agents.stream if streamed else client.agents.complete
        error, seconds = blocked(lambda: ask(**ASK, deadline_ms=80))
    assert (type(error), seconds < 1) == (errors.DeadlineExceededError, True)


def test_at_most_sixteen_lookups(resolver: list[Any]) -> None:
    """A resolver that hangs blocks at most sixteen threads; a call that gets no thread still ends at its deadline."""
    resolver.append(threading.Event())
    for _ in range(20):
        with pytest.raises(httpcore.ConnectTimeout):
            _dialing._lookups.addresses("slow.test", 443, 0.001)
    assert [thread.name for thread in threading.enumerate()].count("mistral_agents: look up") == 16
    with Mistral(KEY, server_url="https://slow.test", retry_config=None) as client:
        error, seconds = blocked(lambda: client.agents.complete(**ASK, deadline_ms=80))
    assert (type(error), seconds < 1) == (errors.DeadlineExceededError, True)


def test_an_unknown_name(resolver: list[Any]) -> None:
    """A name that is not found raises APIConnectionError, after three attempts like any failed connection."""
    resolver.append(socket.gaierror(-2, "Name or service not known"))
    with Mistral(KEY, server_url="https://nowhere.test", retry_config=AT_ONCE) as client:
        error, _ = blocked(lambda: client.agents.complete(**ASK))
    assert (type(error), error.attempts) == (errors.APIConnectionError, 3)
    assert "Name or service not known" in str(error)


def test_a_known_name(resolver: list[Any]) -> None:
    """A call connects to an address that the lookup of its name returned."""
    resolver.append(["127.0.0.1"])
    with StubServer() as stub:
        url = stub.url.replace("127.0.0.1", "service.localhost")
        with Mistral(KEY, server_url=url) as client:
            assert client.agents.complete(**ASK).choices
    assert stub.requests[0].headers["host"].startswith("service.localhost")


@needs_fork
def test_a_forked_child_has_its_own_lookups(resolver: list[Any]) -> None:
    """Lookups that hang in the parent process do not count in a forked child."""
    resolver.append(threading.Event())
    for _ in range(16):
        with pytest.raises(httpcore.ConnectTimeout):
            _dialing._lookups.addresses("slow.test", 443, 0.001)
    resolver.append(ADDRESSES)

    def look_up() -> None:
        assert _dialing._lookups.addresses("some.test", 443, 1) == ADDRESSES

    assert status_of_fork(look_up) == 0


@each_world
def test_the_internals_of_httpx_that_we_use_exist(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """All private names of httpx that this package uses exist; if one is missing, calls work, with one warning."""
    monkeypatch.setattr(_own_clients, "_warned", False)
    with StubServer() as stub, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", RuntimeWarning)
        world.complete(Mistral(KEY, server_url=stub.url), **ASK)
        assert told == []
        monkeypatch.setattr(_own_clients, "_IN_POOL", ("_renamed",))
        for _ in range(2):
            assert world.complete(Mistral(KEY, server_url=stub.url), **ASK).choices
        monkeypatch.setattr(_own_clients, "_warned", False)
        with httpx.Client() as own:  # a client of the user has the same internals
            Mistral(KEY, server_url=stub.url, client=own)
        gc.collect()
    assert [(each.category, "_renamed missing" in str(each.message)) for each in told] == [(RuntimeWarning, True)] * 2


def test_no_thread_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of the interpreter, Python 3.12 starts no thread: the calling thread looks the name up itself."""

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't create new thread at interpreter shutdown")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert "127.0.0.1" in _dialing._Lookups().addresses("localhost", 80, 5)
