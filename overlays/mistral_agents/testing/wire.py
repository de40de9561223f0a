"""One connection: reads requests from a socket, and writes replies to it piece by piece.

Bytes in a reply are framed by the rules of HTTP. The other pieces act on the connection itself: with them a reply
stalls, ends too early, or breaks the rules on purpose.
"""

from __future__ import annotations

import email.utils
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
    """A request as it arrived; `body` is None if it was larger than `MAX_BODY_BYTES`."""

    method: str
    target: str
    headers: httpx.Headers = attrs.field(repr=False)  # a key is among them
    body: bytes | None = attrs.field(repr=False)


@attrs.frozen
class Raw:
    """Bytes that are written to the connection as they are, without HTTP framing."""

    data: bytes


@attrs.frozen
class Wait:
    """A pause in seconds; `math.inf` lasts until the server closes."""

    seconds: float


@attrs.frozen
class HangUp:
    """Closes the connection at once; with `reset`, the client sees "connection reset by peer"."""

    reset: bool = False


Piece = bytes | Raw | Wait | HangUp


@attrs.frozen
class Reply:
    """The reply to one request.

    Without `content-length` in `headers`, the body is sent chunked: one chunk for each piece of bytes. With `status`
    None there is neither head nor end: the body then consists only of `Raw`, `Wait` and `HangUp`.
    """

    status: int | None
    headers: Sequence[tuple[str, str]] = ()
    body: Iterable[Piece] = ()


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
        try:
            while (request := self._read()) is not None:
                if not self._reply(request, self._respond(request)):
                    return
                if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
                    return  # HTTP/1.0, or one side said "connection: close"
                self._http.start_next_cycle()
        except h11.RemoteProtocolError as error:
            self._refuse(error)

    def _read(self) -> Request | None:
        """Read one whole request; return None if the client sends no more."""
        head: h11.Request | None = None
        body = bytearray()
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                if self._http.they_are_waiting_for_100_continue:
                    self._send(h11.InformationalResponse(status_code=100, headers=[]))
                self._http.receive_data(self._socket.recv(_READ_BYTES))
            elif isinstance(event, h11.Request):
                head = event
                _refuse_two_lengths(event)
            elif isinstance(event, h11.Data):
                # Bytes over the limit are read and dropped. If we answered and closed before the end of the request,
                # the client could get a reset instead of the answer.
                body += event.data[: MAX_BODY_BYTES + 1 - len(body)]
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                return Request(
                    method=head.method.decode("ascii"),
                    target=head.target.decode("ascii"),
                    headers=httpx.Headers(list(head.headers)),
                    body=bytes(body) if len(body) <= MAX_BODY_BYTES else None,
                )
            else:
                return None

    def _reply(self, request: Request, reply: Reply) -> bool:
        """Send a reply; return whether it was sent with a proper HTTP end, so that another request may follow."""
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

    def _refuse(self, error: h11.RemoteProtocolError) -> None:
        """Answer a request that is not HTTP."""
        text = f"{error}\n".encode()
        headers = [("content-type", "text/plain"), ("content-length", str(len(text))), ("connection", "close")]
        headers.append(("date", email.utils.formatdate(usegmt=True)))
        self._send(h11.Response(status_code=error.error_status_hint, headers=headers))
        self._send(h11.Data(data=text))
        self._socket.shutdown(socket.SHUT_WR)
        # If we closed with unread bytes, the system would send a reset, and the client could lose the answer.
        while self._socket.recv(_READ_BYTES):
            pass

    def _send(self, event: h11.Event) -> None:
        self._socket.sendall(self._http.send(event) or b"")


def _refuse_two_lengths(head: h11.Request) -> None:
    """Refuse a request with both headers that tell the end of a body.

    A proxy on the way might follow one of them, and this server the other one (request smuggling).
    """
    if {b"transfer-encoding", b"content-length"} <= {name for name, _ in head.headers}:
        raise h11.RemoteProtocolError("Transfer-Encoding together with Content-Length", error_status_hint=400)
