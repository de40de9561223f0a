"""The stub: checks each request against the contract, records it, and answers it."""

from __future__ import annotations

import ipaddress
import itertools
import json
import math
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any, Self

import attrs
import httpx

from . import answers
from .contract import PATH, Problem, load_contract
from .listener import Listener
from .wire import MAX_BODY_BYTES, Connection, Piece, Reply, Request, Wait

__all__ = ["RecordedRequest", "StubServer"]


@attrs.frozen
class RecordedRequest:
    """A request as the stub received it.

    `headers` are case-insensitive. `body` is empty when there was none, or one too large to keep; `json` is None when
    it could not be read. `errors` lists what in the body does not fit the contract, as a 422 answer's `detail` does.
    `connection` counts the connections from 0.
    """

    method: str
    path: str
    headers: httpx.Headers = attrs.field(repr=False)  # a key is among them
    body: bytes
    json: Any
    errors: list[Problem]
    connection: int


class StubServer:
    """A service on loopback that keeps the contract of `POST /v1/agents/completions`.

    A context manager; without `with`, call `start()` and `close()`. It runs in threads of its own, so that blocking and
    async code can use it alike. The same request always gets the same answer, and any key will do.

    Args:
        port: where to listen; 0 takes a free port.
        host: a loopback address, or "localhost".
        pace_ms: milliseconds between two events of a stream.
        respond: is given each request, and returns the reply to it, or None for the usual one.
        sleep: waits a number of seconds; by default a wait that `close()` cuts short.

    Raises:
        ValueError: `host` is not loopback, or `pace_ms` is no length of time.
    """

    def __init__(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        pace_ms: float = 0,
        *,
        respond: Callable[[RecordedRequest], Reply | None] | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        if not (math.isfinite(pace_ms) and pace_ms >= 0):
            raise ValueError(f"pace_ms is {pace_ms}; give milliseconds, 0 or more")
        self._address = _loopback(host)
        self._wanted_port = port
        self._pace_seconds = pace_ms / 1_000
        self._respond = respond
        self._sleep = sleep
        self._contract = load_contract()
        self._listener: Listener | None = None
        self._request_numbers = itertools.count(1)
        self.requests: list[RecordedRequest] = []
        """What was received, in order; each is here before its answer is sent."""

    def start(self) -> Self:
        """Listen.

        Raises:
            OSError: the port is taken, or may not be used.
            RuntimeError: the stub listens already.
        """
        if self._listener is not None:
            raise RuntimeError(f"the stub listens already, on {self.url}")
        self._listener = Listener(str(self._address), self._wanted_port, self._serve)
        return self

    def close(self) -> None:
        """Stop: streams under way break off, and every thread and socket is gone. Closing again does nothing."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._listener is None:
            raise RuntimeError("the stub does not listen: use it in `with`, or call start()")
        return self._listener.port

    @property
    def url(self) -> str:
        """The address to give to a client, without a path."""
        host = str(self._address)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def _serve(self, sock: socket.socket, number: int, stopping: threading.Event) -> None:
        Connection(sock, lambda request: self._reply(request, number), self._sleep or stopping.wait, stopping).serve()

    def _reply(self, request: Request, connection: int) -> Reply:
        path = request.target.partition("?")[0]
        body = request.body or b""
        content: Any = None
        errors: list[Problem] = []
        if path == PATH and request.method == "POST" and request.body is not None:
            content, errors = self._contract.read_request(body)
        record = RecordedRequest(request.method, path, request.headers, body, content, errors, connection)
        self.requests.append(record)
        reply = None if self._respond is None else self._respond(record)
        return reply or self._refusal(request, path) or self._answer(record)

    def _refusal(self, request: Request, path: str) -> Reply | None:
        """Refuse what is wrong before a look into the body."""
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        if path != PATH:
            return self._refused(404, "not_found", f"There is nothing at {path}; the contract knows {PATH}")
        if request.method != "POST":
            return self._refused(405, "method_not_allowed", f"Use POST, not {request.method}", ("allow", "POST"))
        if kind.lower() != "bearer" or not key.strip():
            return self._json(401, {"detail": "Unauthorized"})
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return self._refused(415, "unsupported_media_type", "The content type has to be application/json")
        if request.body is None:
            return self._refused(413, "content_too_large", f"The body is larger than {MAX_BODY_BYTES} bytes")
        return None

    def _answer(self, request: RecordedRequest) -> Reply:
        if request.errors:
            return self._json(422, {"detail": request.errors})
        if "prompt" not in request.json and not request.json.get("stream"):
            return self._json(200, answers.answer(request.json))
        headers = [("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-cache")]
        return Reply(200, [*headers, self._request_id()], self._events(request.json))

    def _events(self, request: dict[str, Any]) -> Iterator[Piece]:
        for chunk in answers.chunks(request):
            yield b"data: %b\n\n" % _json_bytes(chunk)
            if self._pace_seconds:
                yield Wait(self._pace_seconds)
        yield b"data: [DONE]\n\n"

    def _refused(self, status: int, kind: str, message: str, *headers: tuple[str, str]) -> Reply:
        error = {"object": "error", "message": message, "type": kind, "param": None, "code": str(status)}
        return self._json(status, error, *headers)

    def _json(self, status: int, content: object, *headers: tuple[str, str]) -> Reply:
        body = _json_bytes(content)
        length = ("content-length", str(len(body)))
        return Reply(status, [("content-type", "application/json"), length, self._request_id(), *headers], [body])

    def _request_id(self) -> tuple[str, str]:
        return "x-request-id", f"stub-{next(self._request_numbers):06}"


def _loopback(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise ValueError(f"host is {host!r}; the stub takes any key, so it listens on loopback alone: give 127.0.0.1")
    return address


def _json_bytes(content: object) -> bytes:
    # UTF-8 as the service sends it. A lone surrogate has no UTF-8; its escape is also JSON's.
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
