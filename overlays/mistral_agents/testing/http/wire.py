"""One connection: reads requests from a socket, and writes replies to it piece by piece.

Bytes in a reply are framed by the rules of HTTP. The other pieces act on the connection itself: a reply can use them to
stall, to end too early, or to break the rules on purpose.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterable, Sequence

import attrs
import h11
import httpx

__all__ = ["MAX_BODY_BYTES", "Connection", "HangUp", "Piece", "Raw", "Reply", "Request", "Wait"]

# Enough for a conversation with several images; limited, so that an endless body cannot fill the memory.
MAX_BODY_BYTES = 64 * 1024 * 1024
# About as much as loopback delivers in one read.
_READ_BYTES = 64 * 1024
# SO_LINGER with a time of zero: close() sends a reset. The platform decides how wide the two numbers are.
_RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


@attrs.frozen
class Request:
    """A request as it arrived; `body` is None if it was larger than `MAX_BODY_BYTES`.

    If it is not HTTP, `broken` says why, and `status` is the status of the refusal. `method` and `target` are "-" if
    they could not be read.
    """

    method: str
    target: str
    headers: httpx.Headers = attrs.field(repr=False)  # a key is among them
    body: bytes | None = attrs.field(repr=False)
    broken: str = ""
    status: int = 400


@attrs.frozen
class Raw:
    """Bytes that are written to the connection as they are, without HTTP framing."""

    data: bytes
    """The bytes."""


@attrs.frozen
class Wait:
    """A pause."""

    seconds: float
    """Its length in seconds; `math.inf` lasts until the server closes."""


@attrs.frozen
class HangUp:
    """Closes the connection at once."""

    reset: bool = False
    """Whether to reset it; then the client sees "connection reset by peer"."""


Piece = bytes | Raw | Wait | HangUp


@attrs.frozen
class Reply:
    """The reply to one request."""

    status: int | None
    """The status; None sends no head and no end of the body. Then all pieces have to be `Raw`, `Wait` or `HangUp`."""
    headers: Sequence[tuple[str, str]] = ()
    """Names and values. Without `content-length`, the body is sent chunked: one chunk for each piece of bytes."""
    body: Iterable[Piece] = ()
    """The pieces of the body: bytes, `Raw`, `Wait` or `HangUp`."""


class Connection:
    """Serves one client on a socket. The caller has to close the socket.

    Args:
        sock: the connected socket, blocking.
        respond: makes the reply to a request.
        sleep: carries out a `Wait`.
        stopping: once set, nothing more is sent.
    """

    def __init__(
        self,
        sock: socket.socket,
        respond: Callable[[Request], Reply],
        sleep: Callable[[float], object],
        stopping: threading.Event,
    ) -> None:
        # A stream is many small writes. Without this option the system may hold them back and send them together.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = sock
        self._respond = respond
        self._sleep = sleep
        self._stopping = stopping
        self._http = h11.Connection(h11.SERVER)

    def serve(self) -> None:
        """Answer one request after another, until either side ends it.

        Raises:
            OSError: the client is gone.
        """
        while (request := self._read()) is not None:
            ended = self._reply(request, self._respond(request))
            if request.broken:
                self._drop_the_rest()
            if not ended or self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
                return  # also after HTTP/1.0, and if one side said "connection: close"
            self._http.start_next_cycle()

    def _read(self) -> Request | None:
        """Read one request. Return None if the client closes the connection before the request is complete.

        If the request breaks the rules of HTTP, return what could be read of it.
        """
        head: h11.Request | None = None
        body = bytearray()
        over = False
        while True:
            try:
                event = self._http.next_event()
                if isinstance(event, h11.Request):
                    head = event
                    _refuse_two_lengths(event)
            except h11.RemoteProtocolError as error:
                if over:  # the client has left, as cancelled calls do
                    return None
                reason, _, _ = str(error).partition(": bytearray(")  # the rest has bytes of the request, maybe a key
                return _request(head, b"", reason, error.error_status_hint)
            if event is h11.NEED_DATA:
                if self._http.they_are_waiting_for_100_continue:
                    self._send(h11.InformationalResponse(status_code=100, headers=[]))
                data = self._socket.recv(_READ_BYTES)
                over = not data
                self._http.receive_data(data)
            elif isinstance(event, h11.Data):
                # Bytes over the limit are read and dropped. If we answered and closed before the end of the request,
                # the client could get a reset instead of the answer.
                body += event.data[: MAX_BODY_BYTES + 1 - len(body)]
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                return _request(head, bytes(body) if len(body) <= MAX_BODY_BYTES else None)
            elif not isinstance(event, h11.Request):
                return None

    def _reply(self, request: Request, reply: Reply) -> bool:
        """Send a reply. Return whether it ended as HTTP requires, so that another request can follow."""
        try:
            if reply.status is not None:
                self._send(h11.Response(status_code=reply.status, headers=list(reply.headers)))
            for piece in reply.body:
                if self._stopping.is_set() or isinstance(piece, HangUp):
                    if isinstance(piece, HangUp) and piece.reset:
                        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                    return False
                if isinstance(piece, Wait):
                    self._sleep(min(piece.seconds, threading.TIMEOUT_MAX))
                elif isinstance(piece, Raw):
                    self._socket.sendall(piece.data)
                elif request.method != "HEAD" and reply.status not in (204, 304):  # these have no body
                    self._send(h11.Data(data=piece))
        finally:
            close = getattr(reply.body, "close", None)
            if close is not None:
                close()
        if reply.status is None or self._stopping.is_set():
            return False
        self._send(h11.EndOfMessage())
        return True

    def _drop_the_rest(self) -> None:
        """Read until the client closes. Closing with unread bytes could send a reset instead of the answer."""
        self._socket.shutdown(socket.SHUT_WR)
        while self._socket.recv(_READ_BYTES):
            pass

    def _send(self, event: h11.Event) -> None:
        self._socket.sendall(self._http.send(event) or b"")


def _request(head: h11.Request | None, body: bytes | None, broken: str = "", status: int = 400) -> Request:
    if head is None:
        return Request("-", "-", httpx.Headers(), body, broken, status)
    method, target = head.method.decode("ascii"), head.target.decode("ascii")
    return Request(method, target, httpx.Headers(list(head.headers)), body, broken, status)


def _refuse_two_lengths(head: h11.Request) -> None:
    """Refuse a request with both headers that tell the end of a body.

    A proxy on the way might follow one of them, and this server the other one (request smuggling).
    """
    if {b"transfer-encoding", b"content-length"} <= {name for name, _ in head.headers}:
        raise h11.RemoteProtocolError("Transfer-Encoding together with Content-Length", error_status_hint=400)
