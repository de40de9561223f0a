"""Listens on a socket, with a thread for each connection. `close()` ends them all."""

from __future__ import annotations

import contextlib
import ipaddress
import itertools
import selectors
import socket
import threading
import time
from collections.abc import Callable

__all__ = ["Listener", "loopback"]

# How many clients can wait to be accepted by the one thread that does it. The system may lower this number.
_BACKLOG = 1_024
# If no file descriptors are left, we try again after this pause. Without a pause, the loop would only use CPU time.
_ACCEPT_PAUSE_SECONDS = 0.05
# A thread ends once its socket is shut, unless a function of the caller blocks it. `close()` waits at most so long.
_JOIN_SECONDS = 5.0


class Listener:
    """Accepts connections from the moment it is made until `close()`.

    Args:
        host: an IP address.
        port: 0 takes a free port.
        serve: a function that handles one connection, in a thread of its own. It gets the socket, the number of the
            connection (from 0), and an event that is set when it has to stop.

    Raises:
        ValueError: there is no such port.
        OSError: the address cannot be listened on.
    """

    def __init__(self, host: str, port: int, serve: Callable[[socket.socket, int, threading.Event], None]) -> None:
        if not 0 <= port <= 65_535:  # for such a port, create_server leaves a socket open
            raise ValueError(f"port is {port}; give 0 to 65535")
        self._stopping = threading.Event()
        self._serve = serve
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=_BACKLOG)
        self._socket.settimeout(0)  # a client may have gone between select() and accept()
        self.port: int = self._socket.getsockname()[1]
        self._wakeup, self._waker = socket.socketpair()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._acceptor = threading.Thread(target=self._accept, name="stub-listener", daemon=True)
        self._acceptor.start()

    def close(self) -> None:
        """Stop listening, end every connection, and wait for the threads."""
        self._stopping.set()
        self._waker.close()
        self._acceptor.join()
        self._wakeup.close()
        self._socket.close()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):  # the client has closed it already
                    sock.shutdown(socket.SHUT_RDWR)
        latest = time.monotonic() + _JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, latest - time.monotonic()))

    def _accept(self) -> None:
        numbers = itertools.count()
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            selector.register(self._wakeup, selectors.EVENT_READ)
            while True:
                selector.select()
                if self._stopping.is_set():
                    return
                try:
                    sock, _ = self._socket.accept()
                except OSError:
                    self._stopping.wait(_ACCEPT_PAUSE_SECONDS)
                    continue
                number = next(numbers)
                name = f"stub-connection-{number}"
                thread = threading.Thread(target=self._run, args=(sock, number), name=name, daemon=True)
                with self._lock:
                    self._open.add(sock)
                self._threads = [*(alive for alive in self._threads if alive.is_alive()), thread]
                thread.start()

    def _run(self, sock: socket.socket, number: int) -> None:
        try:
            self._serve(sock, number, self._stopping)
        except OSError:
            pass  # the client went away, or close() shut the socket
        finally:
            with self._lock:  # close() must not shut down a file descriptor that another socket reuses
                self._open.discard(sock)
                sock.close()


def loopback(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the loopback address of a host.

    Raises:
        ValueError: the host is not loopback.
    """
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise ValueError(f"host is {host!r}; the stub takes any key, so it listens on loopback alone: give 127.0.0.1")
    return address
