"""A service on loopback, with or without TLS, that counts its open connections."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from typing import Any, Self

import httpx
import trustme

from client_settings import AT_ONCE, KEY
from completion_payloads import chunk, sse
from mistral_agents import Mistral
from mistral_agents.testing import Reply, completion, json_reply
from mistral_agents.testing.http.listener import Listener
from mistral_agents.testing.http.wire import Connection, Request
from patience import PATIENCE_SECONDS

ROUTES = ["http", "https", "proxy"]
AUTHORITY = trustme.CA()
TRUSTING, SUSPICIOUS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
CERTIFIED = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
AUTHORITY.configure_trust(TRUSTING)
AUTHORITY.issue_cert("127.0.0.1", "service.test").configure_cert(CERTIFIED)


class _ServersSocket(ssl.SSLSocket):
    """Closes itself if the client has gone before TLS begins, which the standard library forgets to do."""

    def getpeername(self) -> Any:
        try:
            return super().getpeername()
        except OSError as error:
            self.close()
            raise ConnectionAbortedError from error


CERTIFIED.sslsocket_class = _ServersSocket


class CountingService:
    """Answers "Hi", or repeats the question as a stream; its route is "http", "https", or "proxy".

    With "proxy", it is an https service and also the proxy to it. While `paced`, it writes each piece of a stream only
    after a call of `go_on`.
    """

    def __init__(self, route: str) -> None:
        self.busy = False
        """Whether the next answer has status 503."""
        self.paced = False
        self._route, self._changed, self._open, self._turns = route, threading.Condition(), 0, 0
        self._listener = Listener("127.0.0.1", 0, self._serve)
        address = f"127.0.0.1:{self._listener.port}"
        self.url = {"http": f"http://{address}", "https": f"https://{address}", "proxy": "https://service.test"}[route]
        self._proxy = f"http://{address}" if route == "proxy" else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._listener.close()

    def client(self, trust: ssl.SSLContext = TRUSTING, places: int = 1) -> Mistral:
        """Make a client that may have `places` connections, and soon gives up waiting for a free one."""
        client = Mistral(KEY, server_url=self.url, retry_config=AT_ONCE, timeout_ms=PATIENCE_SECONDS * 300)
        limits = httpx.Limits(max_connections=places)
        client.connections.httpx_args = {"verify": trust, "trust_env": False, "proxy": self._proxy, "limits": limits}
        return client

    def go_on(self, *, paced: bool) -> None:
        """Let a stream continue: by one piece if `paced`, else to its end."""
        with self._changed:
            self.paced, self._turns = paced, self._turns + 1
            self._changed.notify_all()

    def settles_at(self, connections: int) -> bool:
        """Wait until at most this number of connections is open; return False if it takes over PATIENCE_SECONDS."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open <= connections, PATIENCE_SECONDS)

    def _serve(self, sock: socket.socket, _: int, stopping: threading.Event) -> None:
        self._opened(1)
        try:
            if self._route == "proxy" and b"CONNECT service.test:443 " in sock.recv(4096):
                sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            with sock if self._route == "http" else CERTIFIED.wrap_socket(sock, server_side=True) as wrapped:
                Connection(wrapped, self._reply, stopping.wait, stopping).serve()
        finally:
            self._opened(-1)

    def _opened(self, more: int) -> None:
        with self._changed:
            self._open += more
            self._changed.notify_all()

    def _reply(self, request: Request) -> Reply:
        if self.busy:
            self.busy = False
            return json_reply({"detail": "Busy"}, 503)
        if "event-stream" in request.headers["accept"]:
            said = json.loads(request.body or b"")["messages"][0]["content"]
            return Reply(200, [("content-type", "text/event-stream")], self._pieces(said, self._turns))
        return json_reply(completion("Hi"))

    def _pieces(self, said: str, turn: int) -> Iterator[bytes]:
        events = [chunk(said[:3]), chunk(said[3:]), chunk("", finish_reason="stop"), "[DONE]"]
        for piece in [*map(sse, events), b""]:  # the end of the body is also a step
            turn = self._turn_after(turn)
            if piece:
                yield piece

    def _turn_after(self, turn: int) -> int:
        with self._changed:
            self._changed.wait_for(lambda: self._turns > turn or not self.paced, PATIENCE_SECONDS)
            return self._turns
