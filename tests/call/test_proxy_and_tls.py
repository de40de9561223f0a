"""Proxies from the environment, certificates and redirects: what httpx does for its own clients it does for ours."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import threading
from pathlib import Path
from typing import Any, Self

import anyio
import httpx
import pytest
import trustme
from attrs import frozen

from clients import ASK, AT_ONCE, KEY, World, each_world, httpx_generators
from mistral_agents import AsyncRetryClient, Mistral, RetryClient
from mistral_agents._exchange import run
from mistral_agents.concurrency import AsyncShardedClient, ShardedClient
from mistral_agents.errors import APIConnectionError, InvalidArgumentError, SDKError
from mistral_agents.testing import StubServer, in_turn, json_reply
from mistral_agents.testing.contract import PATH
from mistral_agents.testing.listener import Listener
from mistral_agents_api import AuthenticatedClient
from mistral_agents_api.api.agents import agents_complete

pytestmark = httpx_generators

HOST = "agents.test"
"""A name that no resolver knows: what is sent there arrives through a proxy, or not at all."""
BODY: Any = ASK
BUSY = json_reply({}, 503)


class Proxy:
    """A proxy on loopback that leads every connection to one port, or refuses it."""

    def __init__(self, port: int, *, refuses: bool = False) -> None:
        self._port, self._refuses = port, refuses
        self.heads: list[bytes] = []
        """The request that each connection began with, without its body."""

    def _serve(self, sock: socket.socket, _number: int, _stopping: threading.Event) -> None:
        data = bytearray()
        while b"\r\n\r\n" not in data:
            data += sock.recv(65_536)
        head, _, body = bytes(data).partition(b"\r\n\r\n")
        self.heads.append(head)
        if self._refuses:
            sock.sendall(b"HTTP/1.1 407 Who are you\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self._port)) as service:
            for end in (sock, service):  # what is passed on late comes late
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if head.startswith(b"CONNECT "):
                sock.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:  # one request for each connection, so that each can be seen
                head = head.replace(b"http://" + HOST.encode(), b"", 1) + b"\r\nconnection: close\r\n\r\n"
                service.sendall(head + body)
            answers = threading.Thread(target=pump, args=(service, sock))
            answers.start()
            pump(sock, service)
            answers.join()

    def __enter__(self) -> Self:
        self._listener = Listener("127.0.0.1", 0, self._serve)
        self.address = f"127.0.0.1:{self._listener.port}"
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._listener.close()


def pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes, and its end."""
    with contextlib.suppress(OSError):  # one of the two is gone
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


class EncryptedStub(StubServer):
    """A stub that speaks TLS, and counts those who try."""

    def __init__(self, certificate: trustme.LeafCert, **options: Any) -> None:
        super().__init__(**options)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self._tls)
        self.handshakes = 0

    @property
    def url(self) -> str:
        """The address to give to a client."""
        return super().url.replace("http:", "https:")

    def _serve(self, sock: socket.socket, number: int, stopping: threading.Event) -> None:
        self.handshakes += 1
        # Of a copy: the listener shuts the connection down by the original.
        with self._tls.wrap_socket(sock.dup(), server_side=True) as encrypted:
            super()._serve(encrypted, number, stopping)


@frozen
class Authority:
    """A certificate authority that only those trust who are told."""

    file: str
    """Where its own certificate is."""
    certificate: trustme.LeafCert
    """For the services of these tests."""

    @classmethod
    def founded(cls, folder: Path) -> Self:
        """Make one."""
        made, file = trustme.CA(), str(folder / "authority.pem")
        made.cert_pem.write_to_path(file)
        return cls(file, made.issue_cert(HOST, "127.0.0.1"))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The authority that vouches for the service."""
    return Authority.founded(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def other_authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """One that does not."""
    return Authority.founded(tmp_path_factory.mktemp("other"))


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
    """Ask in one of the ways, with settings of the httpx client, if any; close all clients, and return the status."""
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
            return getattr(answer, "status_code", 200)  # the others raise for any other

    return run(call()) if world.backend is None else anyio.run(call, backend=world.backend)


def answered(stub: StubServer) -> list[tuple[str, str]]:
    """Return which host was asked with which key, for each request."""
    return [(request.headers["host"], request.headers["authorization"]) for request in stub.requests]


@each_world
@each_way
def test_http_proxy(world: World, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With HTTP_PROXY, requests to http:// go to the proxy, which is told the whole address."""
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
    """A request for this machine that would go to a proxy elsewhere by plain http is refused before it is sent."""
    monkeypatch.setenv(variable, "http://proxy.test:8080")
    client = Mistral(KEY, server_url="http://127.0.0.1:9", retry_config=AT_ONCE)
    with pytest.raises(InvalidArgumentError, match=r"proxy 'proxy\.test'.*allow_insecure_http") as caught:
        (world.stream if streamed else world.complete)(client, **ASK)
    assert (caught.value.attempts, KEY in str(caught.value)) == (0, False)


@each_world
@pytest.mark.parametrize("kind", [None, "sharded"])
def test_the_key_goes_to_no_proxy_of_an_own_client(world: World, kind: str | None) -> None:
    """The same holds for a client of the user's with a proxy of its own, also for one with pools of its own."""
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
def test_the_compiled_client_keeps_the_key(
    world: World, url: str, proxy: str | None, said: str, *, given: bool
) -> None:
    """The compiled package's client by itself sends the key to no other machine by plain http either."""
    client = AuthenticatedClient("https://agents.test" if given else url, token=KEY, httpx_args={"proxy": proxy})
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
        call_blocking() if world.backend is None else anyio.run(call, backend=world.backend)
    assert KEY not in str(caught.value)


@each_world
@each_way
def test_https_proxy(world: World, way: str, monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
    """With HTTPS_PROXY, requests to https:// go through a tunnel, whose maker sees neither key nor question."""
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
    """What NO_PROXY names is reached without the proxy."""
    with StubServer() as stub, Proxy(stub.port) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.address}")
        monkeypatch.setenv("NO_PROXY", "elsewhere.test,127.0.0.1")
        status = ask(world, way, stub.url)
    assert (status, len(stub.requests), proxy.heads) == (200, 1, [])


@each_world
@pytest.mark.parametrize("way", ["complete", "stream"])
def test_a_proxy_that_refuses(world: World, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tunnel that is refused is a lost connection, asked for three times; the message keeps the proxy's password."""
    with Proxy(0, refuses=True) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:word@{proxy.address}")
        with pytest.raises(APIConnectionError, match=f"{HOST}: 407 Who are you") as caught:
            ask(world, way, f"https://{HOST}")
    assert (caught.value.attempts, len(proxy.heads), type(caught.value.__cause__)) == (3, 3, httpx.ProxyError)
    assert ("word" in str(caught.value), KEY in str(caught.value)) == (False, False)


@each_world
@each_way
def test_a_private_authority(world: World, way: str, authority: Authority) -> None:
    """A service that the authority in SSL_CERT_FILE vouches for is trusted."""
    with EncryptedStub(authority.certificate) as stub:
        host = stub.url.removeprefix("https://")
        status = ask(world, way, stub.url)
    assert (status, answered(stub)) == (200, [(host, f"Bearer {KEY}")])


@each_world
@each_way
def test_verify(world: World, way: str, other_authority: Authority) -> None:
    """The authority of an SSL context, given as `verify`, goes before that of SSL_CERT_FILE."""
    with EncryptedStub(other_authority.certificate) as stub:
        host = stub.url.removeprefix("https://")
        status = ask(world, way, stub.url, verify=ssl.create_default_context(cafile=other_authority.file))
    assert (status, answered(stub)) == (200, [(host, f"Bearer {KEY}")])


@each_world
@each_way
def test_another_authority(world: World, way: str, other_authority: Authority) -> None:
    """A service that no authority vouches for is not asked, nor told the key; that is tried like any connection."""
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
    """Only a client of one's own may be told to follow redirects; it takes the question to the other host, no key."""
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
