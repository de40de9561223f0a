"""A server that sends fixed bytes, and bytes for it to send."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self

from patience import PATIENCE_SECONDS

STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
"""The head of a stream whose body ends when its connection is closed."""
KEPT_ALIVE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n" + b'{"choices": []}'
"""An answer without choices, after which the connection stays open."""


class RawServer:
    """Accepts one connection on loopback, sends fixed bytes, and waits until the client closes the connection."""

    def __init__(self, reply: bytes) -> None:
        self._reply = reply
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.asked = threading.Event()
        """Set when a request has begun to arrive and the reply is out."""
        self.left = threading.Event()
        """Set when the client has closed the connection."""
        self.received = b""
        """The first byte of the request, if any arrived."""

    def _serve(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:  # the server was stopped before a client connected
            return
        with connection:
            connection.settimeout(PATIENCE_SECONDS)
            self.received = connection.recv(1)
            connection.sendall(self._reply)
            self.asked.set()
            with contextlib.suppress(ConnectionResetError):
                while connection.recv(65_536):
                    pass
            self.left.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        with contextlib.suppress(OSError):  # not every system can shut down a listening socket
            self._listener.shutdown(socket.SHUT_RDWR)  # ends a waiting accept()
        self._listener.close()
        self._thread.join()
