"""Connections to the service that is recorded: one for each request, with TLS verified."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import attrs

from .wire import Request

__all__ = ["Upstream", "UpstreamError"]

# If a service does not accept a connection in this time, we take it to be down.
_CONNECT_SECONDS = 30.0
_READ_BYTES = 64 * 1024
# Headers of the client that are not forwarded. The first line is about the client's connection only (RFC 9110, section
# 7.6.1). We set those in the second line ourselves: we send bodies in one piece, and ask for uncompressed answers.
_OWN_HEADERS = frozenset(
    [
        *("connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade", "expect", "trailer"),
        *("host", "content-length", "accept-encoding"),
    ]
)


class UpstreamError(OSError):
    """The service cannot be reached; the message says why."""


@attrs.frozen
class Sent:
    """A request on its way."""

    sock: socket.socket

    def reads(self) -> Iterator[bytes]:
        """Yield the bytes of each read, until the service ends the connection.

        Raises:
            OSError: the connection is lost.
        """
        while data := self.sock.recv(_READ_BYTES):
            yield data

    def left(self, seconds: float) -> Iterator[bytes]:
        """Yield the bytes that arrive after the end of the answer, until there is a pause of so many seconds."""
        self.sock.settimeout(seconds)
        with contextlib.suppress(OSError):
            yield from self.reads()


class Upstream:
    """Sends requests to a service.

    Args:
        url: the address of the service, `http` or `https`. Its path is put before the path of each request.
        context: verifies the certificate of the service; by default with the certificates that the system trusts.

    Raises:
        ValueError: `url` is not such an address.
    """

    def __init__(self, url: str, context: ssl.SSLContext | None = None) -> None:
        address = urlsplit(url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError(f"the upstream is {url!r}; give an address like https://api.mistral.ai")
        if address.username is not None or address.query:
            raise ValueError("the upstream has a user or a query; give an address like https://api.mistral.ai")
        try:
            address.hostname.encode("idna")
        except UnicodeError as error:
            raise ValueError(f"the upstream is {url!r}, whose host is not a name: {error}") from error
        self._host = address.hostname
        self._port = address.port or (443 if address.scheme == "https" else 80)
        self._authority = address.netloc
        self._prefix = address.path.rstrip("/")
        self._context = (context or ssl.create_default_context()) if address.scheme == "https" else None
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._stopped = False
        self.url = url

    @contextlib.contextmanager
    def send(self, request: Request, path: str) -> Iterator[Sent]:
        """Send a request to a path; the connection is closed at the end.

        Raises:
            UpstreamError: the service cannot be reached.
        """
        try:
            sock = self._connect()
        except OSError as error:
            raise UpstreamError(f"{self.url} cannot be reached: {error}") from error
        with self._lock:
            self._open.add(sock)
        try:
            try:
                sock.sendall(self._bytes(request, path))
            except OSError as error:
                raise UpstreamError(f"{self.url} did not take the request: {error}") from error
            yield Sent(sock)
        finally:
            with self._lock:
                self._open.discard(sock)
            sock.close()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped

    def stop(self) -> None:
        """Shut all connections, so that no thread waits for the service any longer."""
        with self._lock:
            self._stopped = True
            for sock in self._open:
                with contextlib.suppress(OSError):  # the service has closed it already
                    sock.shutdown(socket.SHUT_RDWR)

    def _connect(self) -> socket.socket:
        sock = socket.create_connection((self._host, self._port), timeout=_CONNECT_SECONDS)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context is not None:
                sock = self._context.wrap_socket(sock, server_hostname=self._host)
            sock.settimeout(None)
        except BaseException:
            sock.close()
            raise
        return sock

    def _bytes(self, request: Request, path: str) -> bytes:
        body = request.body or b""
        kept = [(name, value) for name, value in request.headers.multi_items() if name.lower() not in _OWN_HEADERS]
        own = [("host", self._authority), ("accept-encoding", "identity"), ("connection", "close")]
        if body or request.method in ("POST", "PUT", "PATCH"):
            own.append(("content-length", str(len(body))))
        lines = [f"{request.method} {self._prefix}{path} HTTP/1.1", *(f"{name}: {value}" for name, value in own + kept)]
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1", "replace") + body
