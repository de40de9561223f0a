"""A proxy on loopback."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self

from mistral_agents.testing.http.listener import Listener

HOST = "agents.test"
"""A host name that no lookup finds: a request to it arrives through a proxy or not at all."""


class Proxy:
    """A proxy on loopback that connects every client to one port, or refuses it."""

    def __init__(self, port: int, *, refuses: bool = False) -> None:
        self._port, self._refuses = port, refuses
        self.heads: list[bytes] = []
        """The head of the first request on each connection."""

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
            for end in (sock, service):  # pass data on without a delay
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if head.startswith(b"CONNECT "):
                sock.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:  # one request per connection, so that `heads` has every request
                head = head.replace(b"http://" + HOST.encode(), b"", 1) + b"\r\nconnection: close\r\n\r\n"
                service.sendall(head + body)
            answers = threading.Thread(target=_pump, args=(service, sock))
            answers.start()
            _pump(sock, service)
            answers.join()

    def __enter__(self) -> Self:
        self._listener = Listener("127.0.0.1", 0, self._serve)
        self.address = f"127.0.0.1:{self._listener.port}"
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._listener.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on all data, and the end of it."""
    with contextlib.suppress(OSError):  # one of the two ends has gone
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
