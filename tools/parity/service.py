"""A service on this machine that answers any request with prepared answers, and keeps the requests."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit


class Reply(NamedTuple):
    """An answer on the wire."""

    status: int
    content_type: str | None
    body: bytes


class Received(NamedTuple):
    """A request on the wire."""

    method: str
    path: str
    """The path without the query, quoted as it was sent."""
    query: dict[str, list[str]]
    headers: dict[str, str]
    """The headers; their names are in lower case."""
    body: bytes

    @property
    def json(self) -> Any:
        """The parsed body; None if there is no body."""
        return json.loads(self.body) if self.body else None


class Service:
    """A context manager that listens on a port of the loopback interface."""

    def __init__(self) -> None:
        service = self

        class Handler(_Handler):
            def answer(self, received: Received) -> Reply:
                service.received.append(received)
                return service.replies.pop(0) if len(service.replies) > 1 else service.replies[0]

        self.replies = [Reply(404, None, b"")]
        """The answers, in turn; the last one is repeated."""
        self.received: list[Received] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self, received: Received) -> Reply:
        raise NotImplementedError

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        self._respond()

    def _respond(self) -> None:
        parts = urlsplit(self.path)
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            query.setdefault(name, []).append(value)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        reply = self.answer(Received(self.command, parts.path, query, headers, body))
        self.send_response(reply.status)
        if reply.content_type is not None:
            self.send_header("Content-Type", reply.content_type)
        if reply.status != 204:  # an answer without a body has no length
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:  # the base class's signature
        """Print nothing."""


__all__ = ["Received", "Reply", "Service"]
