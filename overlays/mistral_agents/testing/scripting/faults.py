"""Short functions that make replies for scripts: correct replies, and broken ones.

    too_busy = json_reply({"detail": "Busy"}, 503, retry_after="1")
    breaks_off = stream_reply(chunk("Hel"), HangUp())
    StubServer(respond=in_turn(too_busy, breaks_off, None))  # None: the usual answer

Some functions take a reply and return a broken one: `cut(gzipped(json_reply(completion("Hello"))), 20)`.
"""

from __future__ import annotations

import contextlib
import json
import math
import re
import socket
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import attrs

from ..http.http1 import HEADER_NAME
from ..http.wire import HangUp, Piece, Raw, Reply, Wait

__all__ = [
    "STALL",
    "cut",
    "dripped",
    "error_event",
    "event",
    "gzipped",
    "json_reply",
    "stream_reply",
    "unused_address",
    "verbatim",
]

# https://www.rfc-editor.org/rfc/rfc9110#section-5.5
_HEADER_VALUE = re.compile(r"(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?")
STALL = Wait(math.inf)
"""Silence on an open connection, for as long as the stub is open."""


def event(data: object, name: str | None = None) -> bytes:
    """Return an event of a stream. A string is sent as it is, anything else as JSON."""
    text = data if isinstance(data, str) else json.dumps(data)
    return (f"event: {name}\n" if name else "").encode() + f"data: {text}\n\n".encode()


def error_event(
    message: str,
    type: str = "server_error",
    code: str | int | None = None,
    form: Literal["event", "object", "error", "detail"] = "object",
) -> bytes:
    """Return an event that reports an error in a stream.

    `form` says how a client recognises it: by the name of the event, or by the field `object`, `error` or `detail` of
    its data.
    """
    error = {"message": message, "type": type, "code": code}
    return {
        "event": event(error, "error"),
        "object": event({"object": "error", **error}),
        "error": event({"error": error}),
        "detail": event({"detail": message}),
    }[form]


def json_reply(content: object, status: int = 200, **headers: str | None) -> Reply:
    """Return a reply with a body. If `content` is bytes, they are the body; anything else is sent as JSON.

    In the names of headers, `_` stands for `-`. The value None removes a default header: `content_type`, or
    `content_length` (without it, the body is chunked).

    Raises:
        ValueError: HTTP does not allow this header.
        TypeError: the value of a header is not a text.
    """
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    named = {"content_type": "application/json", "content_length": str(len(body)), **headers}
    return Reply(status, _headers(named), [body])


def stream_reply(*parts: Mapping[str, Any] | str | Piece, **headers: str | None) -> Reply:
    """Return a streamed reply: mappings and strings become events; `Raw`, `Wait` and `HangUp` act on the connection."""
    body = [event(part) if isinstance(part, (Mapping, str)) else part for part in parts]
    return Reply(200, _headers({"content_type": "text/event-stream", **headers}), body)


def verbatim(reply: Reply) -> Reply:
    """Return the reply as raw bytes, including its head. After them the stub closes the connection.

    Such a reply may have a wrong `content-length`, and can be cut or dripped anywhere.
    """
    chunked = all(name.lower() != "content-length" for name, _ in reply.headers)
    headers = [*reply.headers, ("transfer-encoding", "chunked")] if chunked else reply.headers
    head = "".join(f"{line}\r\n" for line in [f"HTTP/1.1 {reply.status} ", *map(": ".join, headers), ""])
    body: list[Piece] = [
        Raw(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece) if isinstance(piece, bytes) else piece
        for piece in reply.body
    ]
    return Reply(None, (), [Raw(head.encode("latin-1")), *body, *([Raw(b"0\r\n\r\n")] if chunked else [])])


def cut(reply: Reply, at: int, then: Piece = HangUp()) -> Reply:  # noqa: B008  # it is frozen
    """Return the reply with the first `at` bytes of its body; `then` replaces the rest.

    In a `verbatim` reply, `at` also counts the bytes of the head.
    """
    body: list[Piece] = []
    for piece in reply.body:
        data = piece.data if isinstance(piece, Raw) else piece if isinstance(piece, bytes) else b""
        if at < len(data):
            body.append(Raw(data[:at]) if isinstance(piece, Raw) else data[:at])
            break
        body.append(piece)
        at -= len(data)
    return attrs.evolve(reply, body=[*body, then])


def dripped(reply: Reply, pause_seconds: float = 0) -> Reply:
    """Return the reply with a pause before each byte of its body. In a `verbatim` reply, the head has pauses, too."""
    pause = Wait(pause_seconds)
    return attrs.evolve(reply, body=[each for piece in reply.body for drop in _drops(piece) for each in (pause, drop)])


def _drops(piece: Piece) -> list[Piece]:
    if isinstance(piece, Raw):
        return [Raw(bytes([byte])) for byte in piece.data]
    return [bytes([byte]) for byte in piece] if isinstance(piece, bytes) else [piece]


def gzipped(reply: Reply) -> Reply:
    """Return the reply with its body compressed; each piece can be decompressed as soon as it has arrived."""
    gzip = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    body: list[Piece] = [
        gzip.compress(piece) + gzip.flush(zlib.Z_SYNC_FLUSH) if isinstance(piece, bytes) else piece
        for piece in reply.body
    ]
    body.append(gzip.flush())
    headers = [(name, value) for name, value in reply.headers if name.lower() != "content-length"]
    return attrs.evolve(reply, headers=[*headers, ("content-encoding", "gzip")], body=body)


@contextlib.contextmanager
def unused_address() -> Iterator[str]:
    """Yield an address, for a client's `server_url`, that refuses every connection."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))  # nobody else can listen on a bound port, and this socket does not
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"


def _headers(named: Mapping[str, str | None]) -> list[tuple[str, str]]:
    headers = [(name.replace("_", "-"), value) for name, value in named.items() if value is not None]
    for name, value in headers:
        reason = f"{name!r}: {value!r} cannot be a header of HTTP"
        if not isinstance(value, str):  # a number, for example
            raise TypeError(f"{reason}: give a text")
        if not re.fullmatch(HEADER_NAME, name) or not _HEADER_VALUE.fullmatch(value):
            raise ValueError(reason)
    return headers
