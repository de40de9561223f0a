"""What a recorder sends to the service, and which certificates it trusts."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from completion_payloads import ASK
from mistral_agents.testing import Recorder, StubServer, load_recording
from mistral_agents.testing.openapi.contract import PATH
from testing.socket_client import receive

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]"


@contextlib.contextmanager
def tls_service(authority: trustme.CA) -> Iterator[tuple[int, list[bytes]]]:
    """Answer over TLS, with a certificate for 127.0.0.1; give the port, and what was asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    asked: list[bytes] = []

    def serve(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = listening.accept()
                with sock, contextlib.suppress(OSError), context.wrap_socket(sock, server_side=True) as tls:
                    asked.append(tls.recv(65_536))
                    tls.sendall(ANSWER)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=[listening])
        thread.start()
        try:
            yield listening.getsockname()[1], asked
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.parametrize("trusted", [True, False])
def test_certificate_is_verified(trusted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001  # a table
    """If a service's certificate is not trusted, the recorder sends it nothing, and reports this in one line."""
    path, authority = tmp_path / "recording.yaml", trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with tls_service(authority) as (port, asked):
        recorder = Recorder(path, f"https://127.0.0.1:{port}")
        with StubServer(record=recorder) as stub:
            answer = receive(stub.port, None, method="GET", path="/v1/agents")
    assert (answer.status, len(asked), path.exists()) == (200 if trusted else 502, trusted, trusted)
    if not trusted:
        (line,) = recorder.problems
        assert line.startswith(f"request 1 (GET /v1/agents): https://127.0.0.1:{port} cannot be reached: ")
        assert "certificate verify failed" in line


def test_what_the_service_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service gets the request unchanged, except that it asks for no compression, and not through a proxy."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    sent = {"accept-encoding": "gzip, br", "x-tenant": "t", "te": "trailers", "keep-alive": "5", "cookie": "sid=12345"}
    with StubServer() as service:
        recorder = Recorder(tmp_path / "recording.yaml", f"{service.url}/")
        with StubServer(record=recorder) as stub:
            assert receive(stub.port, ASK, path=f"{PATH}?a=%1b&a=", headers=sent).status == 200
        (request,) = service.requests
        host = service.url.removeprefix("http://")
    assert (request.method, request.path, request.query, request.json) == ("POST", PATH, "a=%1b&a=", ASK)
    got = dict(request.headers)
    kept = ("accept-encoding", "x-tenant", "cookie", "authorization", "host", "connection", "te", "keep-alive")
    assert [got.get(name) for name in kept] == [
        *("identity", "t", "sid=12345", "Bearer any", host, "close", None, None)
    ]
    (exchange,) = load_recording(tmp_path / "recording.yaml").exchanges
    assert ("cookie", "*" * 9) in [tuple(each) for each in exchange.request_headers]


def test_address_with_a_path(tmp_path: Path) -> None:
    """A path in the service's address is put before the path of each request, and is not part of the recording."""
    with StubServer() as service:
        recorder = Recorder(tmp_path / "recording.yaml", f"{service.url}/v1/")
        with StubServer(record=recorder) as stub:
            receive(stub.port, None, method="GET", path="/agents?page=0")
        assert [(each.path, each.query) for each in service.requests] == [("/v1/agents", "page=0")]
    assert load_recording(tmp_path / "recording.yaml").exchanges[0].target == "/agents?page=0"
