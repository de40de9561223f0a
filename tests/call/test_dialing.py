"""New connections of blocking calls: names, addresses, and the time that both may take."""

from __future__ import annotations

import gc
import os
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest

from clients import ASK, AT_ONCE, KEY, PATIENCE_SECONDS, World, each_world
from mistral_agents import Mistral, _dialing, _own_clients, errors
from mistral_agents._dialing import Dialing
from mistral_agents.testing import StubServer

ADDRESSES = [f"192.0.2.{number}" for number in range(1, 7)]


class Network:
    """Stands for httpcore's own way to connect; time passes when it is waited for."""

    def __init__(self, *, dead: int, refuses: bool = False) -> None:
        self.now, self.dead, self.refuses = 100.0, dead, refuses
        self.tried: list[Any] = []
        """The addresses, and how long each was given."""

    def connect_tcp(self, host: str, _: int, timeout: float) -> str:
        """Connect, but not to the dead."""
        self.tried.append((host, timeout))
        if len(self.tried) > self.dead:
            return "connected"
        if self.refuses:
            raise httpcore.ConnectError("refused")
        self.now += timeout
        raise httpcore.ConnectTimeout


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Let names stand for what is in a list: addresses, an error, or an event that the resolver waits for."""
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
    """Six addresses that never answer take the limit once, not six times, and each gets its share of it."""
    network = Network(dead=6)
    with pytest.raises(httpcore.ConnectTimeout):
        Dialing(network, lambda: network.now).connect_tcp("dead.test", 443, timeout=6)
    assert [address for address, _ in network.tried] == ADDRESSES
    assert [seconds for _, seconds in network.tried] == pytest.approx([1] * 6, abs=0.01)
    assert network.now - 100 == pytest.approx(6)


@pytest.mark.usefixtures("resolver")
def test_one_address_after_another() -> None:
    """What a refused address leaves of the time is for the others, of which the first that answers is taken."""
    network = Network(dead=5, refuses=True)
    stream: Any = Dialing(network, lambda: network.now).connect_tcp("some.test", 443, timeout=6)
    assert stream == "connected"
    assert [round(seconds) for _, seconds in network.tried] == [1, 1, 2, 2, 3, 6]


@pytest.mark.usefixtures("resolver")
@pytest.mark.parametrize("refuses", [False, True])
def test_an_address_needs_no_lookup(*, refuses: bool) -> None:
    """An address is connected to as it is, with all the time; its error is the call's."""
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
    """The deadline holds while a name is looked up, with the leeway that is promised."""
    resolver.append(threading.Event())
    with Mistral(KEY, server_url="https://slow.test") as client:
        ask = client.agents.stream if streamed else client.agents.complete
        error, seconds = blocked(lambda: ask(**ASK, deadline_ms=80))
    assert (type(error), seconds < 1) == (errors.DeadlineExceededError, True)


def test_no_more_lookups_than_places(resolver: list[Any]) -> None:
    """A resolver that is stuck holds at most sixteen threads; a call that gets none ends in time, too."""
    resolver.append(threading.Event())
    for _ in range(20):
        with pytest.raises(httpcore.ConnectTimeout):
            _dialing._lookups.addresses("slow.test", 443, 0.001)
    assert [thread.name for thread in threading.enumerate()].count("mistral_agents: look up") == 16
    with Mistral(KEY, server_url="https://slow.test", retry_config=None) as client:
        error, seconds = blocked(lambda: client.agents.complete(**ASK, deadline_ms=80))
    assert (type(error), seconds < 1) == (errors.DeadlineExceededError, True)


def test_a_name_that_nobody_knows(resolver: list[Any]) -> None:
    """A name that is not found is a lost connection, tried as often as any."""
    resolver.append(socket.gaierror(-2, "Name or service not known"))
    with Mistral(KEY, server_url="https://nowhere.test", retry_config=AT_ONCE) as client:
        error, _ = blocked(lambda: client.agents.complete(**ASK))
    assert (type(error), error.attempts) == (errors.APIConnectionError, 3)
    assert "Name or service not known" in str(error)


def test_a_name_that_is_found(resolver: list[Any]) -> None:
    """A call goes to the first of a name's addresses that takes it."""
    resolver.append(["127.0.0.1"])
    with StubServer() as stub:
        url = stub.url.replace("127.0.0.1", "service.localhost")
        with Mistral(KEY, server_url=url) as client:
            assert client.agents.complete(**ASK).choices
    assert stub.requests[0].headers["host"].startswith("service.localhost")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_fork_has_places_of_its_own(resolver: list[Any]) -> None:
    """Lookups that are stuck in the parent take no places in a forked child."""
    resolver.append(threading.Event())
    for _ in range(16):
        with pytest.raises(httpcore.ConnectTimeout):
            _dialing._lookups.addresses("slow.test", 443, 0.001)
    resolver.append(ADDRESSES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 and later: there are threads
        process = os.fork()
    if not process:
        status = 1
        try:
            status = 0 if _dialing._lookups.addresses("some.test", 443, 1) == ADDRESSES else 1
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0


@each_world
def test_what_is_known_of_httpx(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that this package looks at inside httpx is there; if it were not, calls would work, with one warning."""
    monkeypatch.setattr(_own_clients, "_warned", False)
    with StubServer() as stub, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", RuntimeWarning)
        world.complete(Mistral(KEY, server_url=stub.url), **ASK)
        assert told == []
        monkeypatch.setattr(_own_clients, "_IN_POOL", ("_renamed",))
        for _ in range(2):
            assert world.complete(Mistral(KEY, server_url=stub.url), **ASK).choices
        gc.collect()
    assert [(each.category, "_renamed missing" in str(each.message)) for each in told] == [(RuntimeWarning, True)]
