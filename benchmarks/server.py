"""The server of the benchmarks: it listens on loopback, has a thread for each connection, and sends prepared bytes.

The first part of a request's path names the answer (`payloads.py`). The runner talks to the server through pipes. The
server first prints its port. For each line that it reads, it prints how many connections it has accepted since the
previous line.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator

from . import payloads
from .payloads import Answer

_BARRIERS: dict[str, threading.Barrier] = {}
_LOCK = threading.Lock()
# How long a request waits for the other requests at its barrier. If they have not come by then, a client has failed.
_PATIENCE_SECONDS = 60


def main() -> None:
    """Serve until the runner closes the pipe."""
    if sys.argv[1:]:
        os.sched_setaffinity(0, {int(sys.argv[1])})
    accepted: list[int] = []
    with socket.create_server(("127.0.0.1", 0), backlog=2_000) as listener:
        print(listener.getsockname()[1], flush=True)
        threading.Thread(target=accept, args=(listener, accepted), daemon=True).start()
        for _ in sys.stdin:
            print(len(accepted), flush=True)
            accepted.clear()


def accept(listener: socket.socket, accepted: list[int]) -> None:
    """Give each connection a thread."""
    while True:
        connection, _ = listener.accept()
        accepted.append(connection.fileno())
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


def serve(connection: socket.socket) -> None:
    """Answer the requests of one connection until the client closes it."""
    with connection:
        try:
            for name in requests(connection):
                send(connection, name, payloads.answer(name))
        except (ConnectionError, threading.BrokenBarrierError):
            return  # the client notices, and reports it


def requests(connection: socket.socket) -> Iterator[str]:
    """Read requests; yield the first part of the path of each."""
    received = b""
    while True:
        while b"\r\n\r\n" not in received:
            data = connection.recv(65_536)
            if not data:
                return
            received += data
        top, _, received = received.partition(b"\r\n\r\n")
        length = int(top.lower().partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
        while len(received) < length:
            received += connection.recv(65_536)
        received = received[length:]
        yield top.split(b"/", 2)[1].decode()


def send(connection: socket.socket, name: str, ready: Answer) -> None:
    """Wait at the answer's barrier, if it has one; then send the answer, with its pauses."""
    if ready.barrier > 1:
        with _LOCK:
            barrier = _BARRIERS.setdefault(name, threading.Barrier(ready.barrier))
        barrier.wait(_PATIENCE_SECONDS)
    if ready.pace is not None:
        send_paced(connection, ready, ready.pace)
        return
    for data in ready.writes:
        connection.sendall(data)


def send_paced(connection: socket.socket, ready: Answer, pace: float) -> None:
    """Send events one at a time, with a pause before each; each event has the time at which it is written."""
    head, *events, end = ready.writes
    connection.sendall(head)
    for event in events:
        time.sleep(pace)
        connection.sendall(event.replace(payloads.STAMP, b"%020d" % time.monotonic_ns()))
    connection.sendall(end)


if __name__ == "__main__":
    main()
