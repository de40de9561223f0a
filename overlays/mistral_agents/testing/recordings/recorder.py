"""A recorder in front of a real service. It forwards bytes at once, and writes each exchange when it is over."""

from __future__ import annotations

import email.utils
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus

from ..exchange.front import cors_headers
from ..exchange.received import RecordedRequest, error_content
from ..exchange.replies import json_text
from ..http.http1 import AnswerReader
from ..http.upstream import Sent, Upstream, UpstreamError
from ..http.wire import MAX_BODY_BYTES, HangUp, Piece, Raw, Reply, Request
from ..openapi.contract import Contract, load_contract
from ..secrets.masking import Masker, Masks
from .inside import Inside
from .judging import answer_problems, request_problems
from .order import Order
from .recording import Chunk, Exchange, dump_exchange, dump_head
from .recording_file import RecordingFile

__all__ = ["Recorder"]

# A service may send bytes after the end of its answer. We wait for them for so long. The client has its answer already.
_AFTER_THE_END_SECONDS = 0.1
_LONGEST_WAIT_SECONDS = 60.0  # on a busy machine, masking a huge answer takes several seconds
# A recording leaves these headers out, because they are about one connection. A replay sends its own.
_HOP_HEADERS = frozenset(["connection", "keep-alive", "proxy-connection"])
# A recording also leaves out `host`: it is the recorder's own address, which would differ each time.
_OWN_HEADERS = _HOP_HEADERS | {"host"}

# The value may go on in the next line, after a space.
_COOKIE_LINE = re.compile(rb"(?i)(?:\A|[\r\n])set-cookie[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)")


class Recorder:
    """Forwards requests to a service, and writes requests and answers to a file.

    An exchange is written when it is over, in one write, so the file is valid at any time. The recorder masks keys,
    cookies, fields that the contract marks `writeOnly`, and everything that `masks` names. It checks requests and
    answers against the contract. It does not use proxies from the environment.

    Args:
        to: the file, which must not exist yet; it is made with the first exchange.
        upstream: the address of the service.
        masks: what else to mask.
        secrets: texts to mask everywhere; by default the key in MISTRAL_API_KEY.
        report: a function that gets a line for each mistake in a request or answer, and for each failed recording.
        contract: the contract to check against; by default the package's.

    Raises:
        FileExistsError: the file exists.
        FileNotFoundError: its folder does not exist.
        ValueError: `upstream` is not an address, or a pattern in `masks` is not a regular expression.
    """

    def __init__(
        self,
        to: str | os.PathLike[str],
        upstream: str = "https://api.mistral.ai",
        *,
        masks: Masks = Masks(),  # noqa: B008  # it is frozen
        secrets: Iterable[str] | None = None,
        report: Callable[[str], object] | None = None,
        contract: Contract | None = None,
    ) -> None:
        self._file = RecordingFile(to)
        self._contract = load_contract() if contract is None else contract
        known = [os.environ.get("MISTRAL_API_KEY", "")] if secrets is None else secrets
        self._masker = Masker(masks, [each for each in known if each], credentials=self._contract.credentials)
        self._masks = masks
        self._upstream = Upstream(upstream)
        self._report = report
        self._lock = threading.Lock()
        self._order = Order()
        self._under_way = 0
        self._idle = threading.Condition(self._lock)
        self.problems: list[str] = []
        """What did not fit the contract, and which requests failed, one line each."""

    @property
    def count(self) -> int:
        """The number of exchanges in the file."""
        return self._file.count

    def masker(self) -> Masker:
        """Return the Masker of the recording."""
        return self._masker

    def reply(self, request: Request, received: RecordedRequest, name: str) -> Reply:
        """Return a reply that passes on the service's answer as it arrives."""
        self._masker.learn_request(request.target, request.headers.multi_items(), received.body)
        if (refused := _why_refused(request)) is not None:
            status, kind, reason = refused
            self._tell(f"{name} is not forwarded: {reason}")
            return Reply(None, (), _refused(request, status, kind, reason))
        return Reply(None, (), self._exchange(request, received, name))

    def stop(self) -> None:
        """End the connections to the service, so that running exchanges end."""
        self._upstream.stop()

    def wait(self) -> None:
        """Wait until all exchanges are written. Call it after `stop`, when the clients' connections have ended, too."""
        with self._lock:
            self._idle.wait_for(lambda: not self._under_way, _LONGEST_WAIT_SECONDS)

    def _exchange(self, request: Request, received: RecordedRequest, name: str) -> Iterator[Piece]:
        with self._lock:
            self._under_way += 1
        try:
            path = received.path + (f"?{received.query}" if received.query else "")
            with self._upstream.send(request, path) as sent:
                passing, head = _Passing(request, received, path), None
                try:
                    for piece in passing.pieces(sent):
                        # The page under `/_stub/` shows the body while it arrives. Learn the secrets of the head first.
                        if passing.reader.head is not head:
                            head = passing.reader.head
                            self._masker.learn_headers(passing.reader.headers)
                        if passing.reader.complete:
                            self._order.join(passing)
                        yield piece
                finally:
                    # The client has gone, or `stop` has ended the connection to the service.
                    if not passing.over or (self._upstream.stopped and passing.end != "complete"):
                        passing.end = "complete" if passing.reader.complete else "interrupted"
                    with self._order.turn(passing):
                        self._finish(passing, name)
        except UpstreamError as error:
            self._tell(f"{name}: {error}")
            yield from _refused(request, 502, "bad_gateway", str(error))
        finally:
            with self._lock:
                self._under_way -= 1
                self._idle.notify_all()

    def _finish(self, passing: _Passing, name: str) -> None:
        reader, head = passing.reader, passing.reader.head
        body = b"".join(chunk.data for chunk in passing.chunks)
        self._masker.learn_headers([*reader.headers, *_cookies(reader.rest)])
        inside = Inside.of(
            [] if head is None else [head.values("content-encoding"), head.values("transfer-encoding")], body
        )
        self._masker.learn_fields(inside.beginning)
        asked = passing.request
        for content in (inside, Inside.of([asked.headers.get_list("content-encoding")], asked.body or b"")):
            if reason := content.why_not_masked(self._masker):
                self._tell(f"{name} is not recorded: {reason}")
                return
        problems = [f"request: {each}" for each in request_problems(passing.received)]
        if head is None or reader.broken:
            problems.append(f"answer: {reader.broken or 'it ended before its head was complete'}")
        else:
            found = answer_problems(passing.received.operation, head, inside.beginning, passing.end, self._contract)
            problems += [f"answer: {each}" for each in found]
        # A lone surrogate, which JSON can hold, has no UTF-8.
        problems = [self._masker.text(each).encode("utf-8", "backslashreplace").decode() for each in problems]
        try:
            self._write(self._masked(passing, problems))
        except OSError as error:
            self._tell(f"{name} is not recorded: {error}")
            return
        for each in problems:
            self._tell(f"{name}: {each}")

    def _masked(self, passing: _Passing, problems: list[str]) -> Exchange:
        masker, request, reader = self._masker, passing.request, passing.reader
        head = reader.head
        *chunks, rest = masker.chunks([*(chunk.data for chunk in passing.chunks), passing.reader.rest])
        headers = [] if head is None else [each for each in head.headers if each[0].lower() not in _HOP_HEADERS]
        sent = [each for each in request.headers.multi_items() if each[0].lower() not in _OWN_HEADERS]
        return Exchange(
            method=request.method,
            target=masker.target(passing.path),
            request_headers=[(name, masker.header(name, value)) for name, value in sent],
            request_body=masker.data(request.body or b""),
            status=None if head is None else head.status,
            reason="" if head is None else masker.text(head.reason),
            headers=[(name, masker.header(name, value)) for name, value in headers],
            framing=reader.framing or "none",
            chunks=[Chunk(old.at, data) for old, data in zip(passing.chunks, chunks, strict=True)],
            rest=rest,
            end=passing.end,
            problems=problems,
        )

    def _write(self, exchange: Exchange) -> None:
        # The replay has to mask the same fields, but may have another contract. So the head of the file names them.
        head = dump_head(self._masker.text(self._upstream.url), self._masks, self._contract.credentials)
        with self._lock:
            self._file.add(head.encode("utf-8"), dump_exchange(exchange).encode("utf-8"))

    def _tell(self, line: str) -> None:
        line = self._masker.text(line)
        self.problems.append(line)
        if self._report is not None:
            self._report(line)


def _cookies(rest: bytes) -> list[tuple[str, str]]:
    """Return the `set-cookie` headers in the rest of an answer: bytes that are not HTTP, or come after its end."""
    return [("set-cookie", found[1].decode("latin-1")) for found in _COOKIE_LINE.finditer(rest)]


class _Passing:
    """One exchange that is not over yet."""

    def __init__(self, request: Request, received: RecordedRequest, path: str) -> None:
        self.request = request
        self.received = received
        self.path = path
        self.reader = AnswerReader(request.method)
        self.chunks: list[Chunk] = []
        self.end = "closed"
        self.over = False
        """Whether everything has been passed on."""

    def pieces(self, sent: Sent) -> Iterator[Piece]:
        """Yield the bytes of the answer as they arrive, and keep them for the recording."""
        start = time.monotonic()
        reader = self.reader
        relay = _Relay(self.request, reader)
        try:
            for data in sent.reads():
                chunks = reader.feed(data)
                at = time.monotonic() - start
                self.chunks += [Chunk(at, chunk) for chunk in chunks]
                yield Raw(relay.passed(data))
                if reader.complete:
                    break
            for data in sent.left(_AFTER_THE_END_SECONDS) if reader.complete else ():
                reader.feed(data)
                yield Raw(data)
        except ConnectionResetError:
            self.end = "reset"
        except OSError:
            self.end = "closed"
        yield Raw(relay.held)
        if self.end == "closed" and (reader.complete or (reader.framing == "close" and not reader.broken)):
            self.end = "complete"
        self.over = True
        yield HangUp(reset=self.end == "reset")


class _Relay:
    """Passes on an answer. To its head it adds `connection: close`, and CORS headers if the request needs them."""

    def __init__(self, request: Request, reader: AnswerReader) -> None:
        self._request = request
        self._reader = reader
        self._before = bytearray()
        self._passed = 0
        self.held = b""
        """Line ends that may end the head. They are held back, because the added headers have to come before them."""

    def passed(self, data: bytes) -> bytes:
        """Take the bytes of one read; return the bytes to pass on now."""
        if self._passed < 0:
            return data
        self._before += data
        if self._reader.head is not None:
            added = [("connection", "close"), *cors_headers(self._request, self._reader.head.headers)]
            end = "".join(f"\r\n{name}: {value}" for name, value in added).encode() + b"\r\n\r\n"
            head = bytes(self._before[: self._reader.head_bytes]).rstrip(b"\r\n")
            rest = bytes(self._before[self._reader.head_bytes :])
            new = head[self._passed :] + end + rest
            self._passed, self.held = -1, b""
        elif self._reader.broken:
            new = bytes(self._before[self._passed :])
            self._passed, self.held = -1, b""
        else:
            whole = bytes(self._before).rstrip(b"\r\n")
            new, self.held = whole[self._passed :], bytes(self._before[len(whole) :])
            self._passed = len(whole)
        return new


def _why_refused(request: Request) -> tuple[int, str, str] | None:
    """Return why a request is not forwarded: status, kind and reason of the refusal; None if it is forwarded."""
    if request.broken:
        return request.status, "bad_request", f"the request is not HTTP: {request.broken}"
    if request.body is None:
        return 413, "content_too_large", f"the body is larger than {MAX_BODY_BYTES} bytes"
    return None


def _refused(request: Request, status: int, kind: str, reason: str) -> Iterator[Piece]:
    body = json_text(error_content(status, kind, reason)).encode("utf-8", "replace")
    own = [("content-type", "application/json"), ("content-length", str(len(body))), ("connection", "close")]
    own.append(("date", email.utils.formatdate(usegmt=True)))
    head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *map(": ".join, [*own, *cors_headers(request, own)]), ""]
    yield Raw("".join(f"{line}\r\n" for line in head).encode() + body)
