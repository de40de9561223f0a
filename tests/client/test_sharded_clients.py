"""`ShardedClient` and `AsyncShardedClient` as httpx clients: TLS, proxies, auth, redirects, closing, cancelling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from cancelling import cancelled_at_every_await, cancelled_while_waiting, each_cancelling, stream
from client.burst_service import BurstService
from client.sharded_clients import close_name, done, sharded, sharded_mistral
from completion_payloads import ASK
from counting_service import AUTHORITY, SUSPICIOUS, TRUSTING, CountingService
from mistral_agents.errors import APIConnectionError
from mistral_agents.testing import Reply, StubServer, in_turn
from mistral_agents.testing.openapi.contract import PATH
from new_process import value_of
from worlds import World, each_world


@each_world
@pytest.mark.parametrize("trust", ["verify", "SSL_CERT_FILE"])
@pytest.mark.parametrize("route", ["https", "proxy"])
def test_tls_and_the_environment(
    world: World, route: str, trust: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The client uses the environment's proxy, and trusts the authority that `verify` or SSL_CERT_FILE gives."""
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
    """A service with an untrusted certificate gets no request, and no attempt keeps its connection slot."""
    with CountingService(route) as service:
        with pytest.raises(APIConnectionError, match="CERTIFICATE_VERIFY_FAILED") as caught:
            world.complete(sharded_mistral(service, verify=SUSPICIOUS), **ASK)
        assert service.settles_at(0)
    assert (caught.value.attempts, type(caught.value.__cause__)) == (3, httpx.ConnectError)


@each_world
def test_auth_redirects_cookies_and_hooks(world: World) -> None:
    """Auth, redirects, cookies and hooks work as in any httpx client, once for each request."""
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
        # `auth` wins over the credentials in the address.
        response = await done(client.post(stub.url.replace("//", "//other:one@") + "/moved", content=b"Hello"))
        await done(getattr(client, close_name(world))())
        return response, dict(client.cookies)

    with StubServer(respond=in_turn(moved, Reply(200, body=[b"Hi"]))) as stub:
        response, cookies = world.run_coroutine(call)
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
    """A request with a closed client raises an error that says so; the client's connections are closed."""

    async def call() -> bool:
        client = sharded(world)
        await done(client.post(service.url))
        await done(getattr(client, close_name(world))())
        with pytest.raises(RuntimeError, match="closed"):
            await done(client.post(service.url))
        return bool(client.is_closed)

    with BurstService() as service:
        assert world.run_coroutine(call)
        assert service.settles_at(0)


@pytest.mark.parametrize("route", ["http", "proxy"])
@each_cancelling
def test_cancelling_at_every_await(cancelling: str, route: str) -> None:
    """A stream that is cancelled at any await leaves no connection open and its slot to the next call."""
    with CountingService(route) as service:
        results = cancelled_at_every_await(service, sharded_mistral, stream, cancelling)
    assert results == [None] * (len(results) - 1) + [["Hel", "lo", ""]]


@each_cancelling
def test_cancelling_a_wait_for_a_connection(cancelling: str) -> None:
    """A call that is cancelled in the moment it gets the only connection slot leaves the slot to the next call."""
    assert cancelled_while_waiting(sharded_mistral, cancelling) == (None, "Hi")


def test_the_package_does_not_import_it() -> None:
    """Using `mistral_agents` does not import `mistral_agents.concurrency`."""
    loaded = value_of(
        "from mistral_agents import Mistral", "Mistral('key')", "'mistral_agents.concurrency' in sys.modules"
    )
    assert loaded is False
