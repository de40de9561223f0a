"""Proxies from the environment, certificates and redirects: our clients treat them as httpx's own clients do."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import ssl
import traceback
from typing import Any

import anyio
import httpx
import pytest

from call.encrypted_stub import Authority, EncryptedStub
from client_settings import AT_ONCE, KEY
from completion_payloads import ASK
from mistral_agents import AsyncRetryClient, Mistral, RetryClient
from mistral_agents._transport import connection_error
from mistral_agents.concurrency import AsyncShardedClient, ShardedClient
from mistral_agents.errors import APIConnectionError, InvalidArgumentError, SDKError
from mistral_agents.testing import StubServer, in_turn, json_reply
from mistral_agents.testing.openapi.contract import PATH
from mistral_agents_api import AuthenticatedClient, Client
from mistral_agents_api.api.agents import agents_complete
from proxy import HOST, Proxy
from worlds import World, each_world

BODY: Any = ASK
BUSY = json_reply({}, 503)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Make the authority that clients trust."""
    return Authority.create(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def other_authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Make an authority that clients do not trust."""
    return Authority.create(tmp_path_factory.mktemp("other"))


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SSL_CERT_FILE", authority.file)


RETRYING = ["complete", "stream", "RetryClient"]
each_way = pytest.mark.parametrize("way", [*RETRYING, "generated"])
each_retrying_way = pytest.mark.parametrize("way", RETRYING)


def ask(world: World, way: str, url: str, **http: Any) -> int:
    """Make a call in one of the ways, with settings of the httpx client; close all clients, and return the status."""
    awaiting = world.backend is not None

    async def call() -> int:
        async with contextlib.AsyncExitStack() as stack:

            async def entered(client: Any) -> Any:
                return await stack.enter_async_context(client) if awaiting else stack.enter_context(client)

            if way == "generated":
                made = AuthenticatedClient(url, token=KEY, httpx_args=http, allow_insecure_http=True)
                client = await entered(made)
                operation: Any = agents_complete.asyncio_detailed if awaiting else agents_complete.sync_detailed
                asked = operation(client=client, body=ASK)
            elif way == "RetryClient":
                client = await entered((AsyncRetryClient if awaiting else RetryClient)(retry_config=AT_ONCE, **http))
                asked = client.post(url + PATH, json=ASK, headers={"authorization": f"Bearer {KEY}"})
            else:
                own = await entered((httpx.AsyncClient if awaiting else httpx.Client)(**http)) if http else None
                options: Any = {"async_client" if awaiting else "client": own, "allow_insecure_http": True}
                client = await entered(Mistral(KEY, server_url=url, retry_config=AT_ONCE, **options))
                asked = getattr(client.agents, way + "_async" * awaiting)(**ASK)
            answer = await asked if awaiting else asked
            if way == "stream":
                await answer.get_final_response() if awaiting else answer.get_final_response()
            return getattr(answer, "status_code", 200)  # the other ways raise an error for any other status

    return world.run_coroutine(call)


def answered(stub: StubServer) -> list[tuple[str, str]]:
    """Return the host and the key of each request."""
    return [(request.headers["host"], request.headers["authorization"]) for request in stub.requests]


@each_world
@each_way
def test_http_proxy(world: World, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With HTTP_PROXY, requests to http:// go to the proxy, with the whole address in the request line."""
    with StubServer() as stub, Proxy(stub.port) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.address}")
        status = ask(world, way, f"http://{HOST}")
    assert [head.partition(b"\r\n")[0] for head in proxy.heads] == [f"POST http://{HOST}{PATH} HTTP/1.1".encode()]
    assert (status, answered(stub)) == (200, [(HOST, f"Bearer {KEY}")])


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
def test_the_key_goes_to_no_proxy_in_the_clear(
    world: World, variable: str, monkeypatch: pytest.MonkeyPatch, *, streamed: bool
) -> None:
    """A request to this machine that would go over plain http to a proxy elsewhere is refused, and nothing is sent."""
    monkeypatch.setenv(variable, "http://proxy.test:8080")
    client = Mistral(KEY, server_url="http://127.0.0.1:9", retry_config=AT_ONCE)
    with pytest.raises(InvalidArgumentError, match=r"proxy 'proxy\.test'.*allow_insecure_http") as caught:
        (world.stream if streamed else world.complete)(client, **ASK)
    assert (caught.value.attempts, KEY in str(caught.value)) == (0, False)


@each_world
@pytest.mark.parametrize("kind", [None, "sharded"])
def test_the_key_goes_to_no_proxy_of_the_users_httpx_client(world: World, kind: str | None) -> None:
    """The same holds if the user's httpx client has the proxy, also if that client is sharded."""
    settings: Any = {"proxy": "http://proxy.test:8080"}
    own = (ShardedClient if kind else httpx.Client)(**settings)
    own_async = (AsyncShardedClient if kind else httpx.AsyncClient)(**settings)
    client = Mistral(KEY, server_url="http://localhost:9", client=own, async_client=own_async)
    with pytest.raises(InvalidArgumentError, match=r"proxy 'proxy\.test'"):
        world.complete(client, **ASK)
    own.close()
    anyio.run(own_async.aclose)


@each_world
@pytest.mark.parametrize(
    ("url", "proxy", "said"),
    [
        ("http://agents.test", None, "agents.test"),
        ("http://127.0.0.1:9", "http://proxy.test:1", "proxy.test"),
        ("http://agents.test", "http://127.0.0.1:1", "agents.test"),
    ],
)
@pytest.mark.parametrize("given", [False, True])
@pytest.mark.parametrize("as_header", [False, True])
def test_the_compiled_client_keeps_the_key(
    world: World, url: str, proxy: str | None, said: str, *, given: bool, as_header: bool
) -> None:
    """The compiled package's own client does not send the key to another machine over plain http either."""
    client: Any = AuthenticatedClient("https://agents.test" if given else url, token=KEY, httpx_args={"proxy": proxy})
    if as_header:
        client = Client(client.base_url, headers={"Authorization": f"Bearer {KEY}"}, httpx_args={"proxy": proxy})
    own, own_async = httpx.Client(base_url=url, proxy=proxy), httpx.AsyncClient(base_url=url, proxy=proxy)
    if given:
        client.set_httpx_client(own).set_async_httpx_client(own_async)

    async def call() -> None:
        async with own_async, client:
            await agents_complete.asyncio_detailed(client=client, body=BODY)

    def call_blocking() -> None:
        with own, client:
            agents_complete.sync_detailed(client=client, body=BODY)

    with pytest.raises(ValueError, match=rf"plain http.*{said}.*allow_insecure_http") as caught:
        world.run(call_blocking, call)
    assert KEY not in str(caught.value)


@each_world
@each_way
def test_https_proxy(world: World, way: str, monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
    """With HTTPS_PROXY, requests to https:// go through a tunnel; the proxy does not see the key."""
    with EncryptedStub(authority.certificate) as stub, Proxy(stub.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:word@{proxy.address}")
        status = ask(world, way, f"https://{HOST}")
    (head,) = proxy.heads
    assert head.partition(b"\r\n")[0] == f"CONNECT {HOST}:443 HTTP/1.1".encode()
    assert (b"Basic dXNlcjp3b3Jk" in head, KEY.encode() in head) == (True, False)
    assert (status, answered(stub)) == (200, [(HOST, f"Bearer {KEY}")])
    assert "proxy-authorization" not in stub.requests[0].headers


@each_world
@each_retrying_way
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_attempts_through_a_proxy(
    world: World, way: str, scheme: str, monkeypatch: pytest.MonkeyPatch, authority: Authority
) -> None:
    """Every attempt goes through the proxy."""
    replies = in_turn(BUSY, BUSY, None)
    stub = StubServer(respond=replies) if scheme == "http" else EncryptedStub(authority.certificate, respond=replies)
    with stub, Proxy(stub.port) as proxy:
        monkeypatch.setenv(f"{scheme.upper()}_PROXY", f"http://{proxy.address}")
        status = ask(world, way, f"{scheme}://{HOST}")
    assert (status, answered(stub)) == (200, [(HOST, f"Bearer {KEY}")] * 3)
    assert len({request.connection for request in stub.requests}) == len(proxy.heads)


@each_world
@each_way
def test_no_proxy(world: World, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts that NO_PROXY names are reached without the proxy."""
    with StubServer() as stub, Proxy(stub.port) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.address}")
        monkeypatch.setenv("NO_PROXY", "elsewhere.test,127.0.0.1")
        status = ask(world, way, stub.url)
    assert (status, len(stub.requests), proxy.heads) == (200, 1, [])


@each_world
@pytest.mark.parametrize("way", ["complete", "stream"])
def test_a_proxy_that_refuses(world: World, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused tunnel is an APIConnectionError after three attempts; the message hides the proxy's password."""
    with Proxy(0, refuses=True) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:word@{proxy.address}")
        with pytest.raises(
            APIConnectionError, match=f"{HOST} through the proxy {proxy.address}: 407 Who are you"
        ) as caught:
            ask(world, way, f"https://{HOST}")
    assert (caught.value.attempts, len(proxy.heads), type(caught.value.__cause__)) == (3, 3, httpx.ProxyError)
    assert ("word" in str(caught.value), KEY in str(caught.value)) == (False, False)


def closed_port() -> int:
    """Return a port on loopback at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


@each_world
@pytest.mark.parametrize("way", ["complete", "stream"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_not_there(world: World, way: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If nothing listens where the proxy should be, the error names the proxy's host and port, without its password."""
    port = closed_port()
    monkeypatch.setenv(f"{scheme.upper()}_PROXY", f"http://user:word@127.0.0.1:{port}")
    with pytest.raises(
        APIConnectionError, match=f"^no connection to the proxy 127.0.0.1:{port}: .*HTTPS_PROXY"
    ) as caught:
        ask(world, way, f"{scheme}://{HOST}")
    shown = "".join(traceback.format_exception(caught.value))
    assert (caught.value.attempts, "word" in shown, KEY in shown) == (3, False, False)


@each_world
@pytest.mark.parametrize("proxy", ["http://user:word@proxy.invalid", "http://user:word@[::1]:1"])
def test_the_address_of_a_proxy(world: World, proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the port also if it is the usual one, and an IPv6 address in brackets."""
    named = "[::1]:1" if "[" in proxy else "proxy.invalid:80"
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(APIConnectionError, match=f"no connection to the proxy {re.escape(named)}: "):
        ask(world, "complete", f"https://{HOST}")


@pytest.mark.parametrize("kind", [httpx.Client, httpx.AsyncClient, ShardedClient, AsyncShardedClient])
def test_a_proxy_that_does_not_answer_in_time(kind: Any) -> None:
    """If no connection was made in time, the error names the proxy, and the service only if the proxy was reached."""
    client = kind(proxy="http://user:word@proxy.test:8080")
    late, url = httpx.ConnectTimeout(""), httpx.URL(f"https://{HOST}/v1")
    said = [str(connection_error(late, url, client, opened=opened)) for opened in (False, True)]
    places = ["the proxy proxy.test:8080", f"{HOST} through the proxy proxy.test:8080"]
    for message, place in zip(said, places, strict=True):
        assert message.startswith(f"no connection to {place} within the time limit. Check the proxy")
    if kind in (httpx.Client, ShardedClient):
        client.close()
    else:
        anyio.run(client.aclose)


@each_world
def test_a_service_behind_a_proxy(world: World, monkeypatch: pytest.MonkeyPatch, other_authority: Authority) -> None:
    """If the service behind a proxy cannot be trusted, the error names both, and does not blame the proxy."""
    with EncryptedStub(other_authority.certificate) as stub, Proxy(stub.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        expected = f"^no answer from {HOST} through the proxy {proxy.address}: .*CERTIFICATE_VERIFY_FAILED"
        with pytest.raises(APIConnectionError, match=expected):
            ask(world, "complete", f"https://{HOST}")


@each_world
@each_way
def test_a_private_authority(world: World, way: str, authority: Authority) -> None:
    """A service whose certificate the authority in SSL_CERT_FILE has issued is trusted."""
    with EncryptedStub(authority.certificate) as stub:
        host = stub.url.removeprefix("https://")
        status = ask(world, way, stub.url)
    assert (status, answered(stub)) == (200, [(host, f"Bearer {KEY}")])


@each_world
def test_https_to_a_service_that_speaks_http(world: World) -> None:
    """If a service does not answer with TLS, the message asks whether it speaks http."""
    with StubServer() as stub, pytest.raises(APIConnectionError, match=r"Does it speak http, not https\?"):
        world.complete(Mistral(KEY, server_url=stub.url.replace("http:", "https:"), retry_config=None), **ASK)


@each_world
@each_way
def test_verify(world: World, way: str, other_authority: Authority) -> None:
    """An SSL context given as `verify` wins over SSL_CERT_FILE."""
    with EncryptedStub(other_authority.certificate) as stub:
        host = stub.url.removeprefix("https://")
        status = ask(world, way, stub.url, verify=ssl.create_default_context(cafile=other_authority.file))
    assert (status, answered(stub)) == (200, [(host, f"Bearer {KEY}")])


@each_world
@each_way
def test_another_authority(world: World, way: str, other_authority: Authority) -> None:
    """A service with an untrusted certificate gets no request and no key; the failed connection is retried."""
    attempts = 1 if way == "generated" else 3
    expected = APIConnectionError if way in ("complete", "stream") else httpx.ConnectError
    with EncryptedStub(other_authority.certificate) as stub:
        host = stub.url.removeprefix("https://")
        with pytest.raises(expected) as caught:
            ask(world, way, stub.url)
    assert (stub.requests, stub.handshakes) == ([], attempts)
    if isinstance(caught.value, APIConnectionError):
        message = str(caught.value)
        assert (host in message, "CERTIFICATE_VERIFY_FAILED" in message, KEY in message) == (True, True, False)
        assert (caught.value.attempts, type(caught.value.__cause__)) == (attempts, httpx.ConnectError)


@each_world
@each_way
@pytest.mark.parametrize("follows", [False, True])
def test_redirects(world: World, way: str, *, follows: bool) -> None:
    """Only a client that is told to follow redirects does so; it sends the other host the request without the key."""
    http = {"follow_redirects": True} if follows else {}
    raised: Any = contextlib.nullcontext()
    if way in ("complete", "stream"):
        raised = pytest.raises(SDKError, match=f"status {401 if follows else 307}")
    with StubServer() as other:
        moved = json_reply({}, 307, location=f"{other.url}{PATH}")
        with StubServer(respond=in_turn(moved)) as stub, raised:
            ask(world, way, stub.url, **http)
    keys = [request.headers.get("authorization") for request in (*stub.requests, *other.requests)]
    assert keys == ([f"Bearer {KEY}", None] if follows else [f"Bearer {KEY}"])
