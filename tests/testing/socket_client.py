"""A client that sees every byte: it sends a request over a socket, and keeps the answer chunk by chunk."""

from __future__ import annotations

import json
import socket
from typing import Any

import attrs

from completion_payloads import ASK
from mistral_agents.testing import StubServer
from mistral_agents.testing.http.http1 import AnswerReader
from mistral_agents.testing.openapi.contract import PATH

# Headers that each server sets itself. They differ between the service, the recorder and the replay.
OWN = frozenset(["connection", "date", "x-request-id", "mistral-correlation-id"])
PATIENCE_SECONDS = 20.0
"""The longest wait of a client. A busy machine may delay a thread; otherwise, nothing takes a tenth of this time."""
STALL_SECONDS = 1.0
"""How long a client waits if the server stalls for ever. Bytes that were sent on loopback arrive much sooner."""


@attrs.frozen
class Received:
    """An answer as it came over the connection. `rest` has the bytes that belong to no chunk.

    A body that is not chunked counts as one chunk.
    """

    status: int | None
    headers: tuple[tuple[str, str], ...]
    chunks: tuple[bytes, ...]
    rest: bytes
    end: str
    """How the answer ended: `complete`, `closed`, `reset`, or `silent`."""


def receive(
    port: int,
    body: Any = ASK,
    *,
    method: str = "POST",
    path: str = PATH,
    headers: dict[str, str] | None = None,
    patience: float = PATIENCE_SECONDS,
) -> Received:
    """Send a request. Receive bytes until the connection ends, or until nothing has come for `patience` seconds."""
    content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {
        "host": "a",
        "connection": "close",
        "authorization": "Bearer any",
        "content-type": "application/json",
        **(headers or {}),
    }
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    lines += [f"content-length: {len(content)}", "", ""]
    reader, chunks, end = AnswerReader(method), [], "closed"
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as sock:
        sock.sendall("\r\n".join(lines).encode() + content)
        try:
            while data := sock.recv(1_000_000):
                chunks += reader.feed(data)
        except ConnectionResetError:
            end = "reset"
        except TimeoutError:
            end = "silent"
    if reader.framing != "chunked":
        chunks = [b"".join(chunks)]
    if end != "reset" and (reader.complete or (reader.framing == "close" and end == "closed")):
        end = "complete"
    head = reader.head
    kept = [] if head is None else [(name.lower(), value) for name, value in head.headers if name.lower() not in OWN]
    return Received(None if head is None else head.status, tuple(kept), tuple(chunks), reader.rest, end)


def exchange(stub: StubServer, sent: bytes) -> bytes:
    """Send bytes, end the sending side of the connection, and return all bytes that come back."""
    with socket.create_connection(("127.0.0.1", stub.port), timeout=10) as sock:
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(65_536), b""))
