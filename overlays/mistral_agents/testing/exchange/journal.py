"""Notes what happens at a stub, as it happens: for a log, for a page, and for tests in other languages.

Keys are masked in all notes. The stub of a recorder or of a replay also masks what its `Masks` name.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from typing import Any

import attrs

from ..http.http1 import AnswerReader
from ..http.wire import Piece, Raw, Reply
from ..secrets.masking import Masker
from .arriving import MAX_BYTES, Arriving
from .received import RecordedRequest
from .replies import Body

__all__ = ["Journal", "Note", "Noted"]

Note = dict[str, Any]
"""`kind` is "request", "answer", "piece", "end" or "reset"; `number` counts the requests from 1."""

# How many requests are kept. People look at the last ones.
_MAX_REQUESTS = 1_000
# How many notes can wait for a slow reader. If there are more, the reader does not get them.
_MAX_WAITING = 10_000


@attrs.define(eq=False)
class Noted:
    """A request and its answer."""

    note: Note
    answer: Arriving
    is_forgotten: bool = False
    """Whether a reset came after the request. Then listeners get no more notes about the request: its number may be
    given to a new one."""


class Journal:
    """Keeps the last requests and their answers, and passes notes about them to listeners.

    Args:
        masker: a function that returns the Masker for a request: a new one, or always the one of a recorder. The Masker
            learns the secrets of the request, and masks them in the request and in its answer.
    """

    def __init__(self, masker: Callable[[], Masker] = Masker) -> None:
        self._masker = masker
        self._lock = threading.RLock()  # a listener may ask for the requests
        self._listeners: list[Callable[[Note], object]] = []
        self._noted = deque[Noted](maxlen=_MAX_REQUESTS)
        self.count = 0
        """The number of requests, including those before a reset."""

    def reset(self) -> None:
        """Forget everything."""
        with self._lock:
            for each in self._noted:
                each.is_forgotten = True
            self._noted.clear()
            self._publish({"kind": "reset"})

    def requests(self) -> list[Note]:
        """Return the last requests, each with its answer, its status, and the reason if it was refused."""
        with self._lock:
            return [*self._shown()]

    def tell(self, listener: Callable[[Note], object]) -> None:
        """Call a listener with each note from now on. The listener has to be quick, and must not raise an error."""
        with self._lock:
            self._listeners = [*self._listeners, listener]

    @contextlib.contextmanager
    def notes(self) -> Iterator[queue.Queue[Note]]:
        """Yield a queue with the requests so far, and with each note from now on."""
        waiting: queue.Queue[Note] = queue.Queue(_MAX_WAITING)

        def put(note: Note) -> None:
            with contextlib.suppress(queue.Full):
                waiting.put_nowait(note)

        with self._lock:
            for each in self._shown():
                put({**each, "kind": "request"})
            self._listeners = [*self._listeners, put]
        try:
            yield waiting
        finally:
            with self._lock:
                self._listeners = [each for each in self._listeners if each is not put]

    def received(self, number: int, request: RecordedRequest) -> Noted:
        """Note a request; return what `answered` needs."""
        masker = self._masker()
        masker.learn_request(f"?{request.query}", request.headers.multi_items(), request.body)
        note: Note = {
            "number": number,
            "method": request.method,
            "path": masker.text(request.path),
            "query": masker.target(f"?{request.query}")[1:],
            "operation": request.operation,
            "headers": [[name, masker.header(name, value)] for name, value in request.headers.multi_items()],
            "body": masker.data(request.body).decode("utf-8", "replace")[:MAX_BYTES],
            "errors": masker.content(request.errors),
            "connection": request.connection,
            "status": None,
            "reason": None,
            "answer": "",
        }
        noted = Noted(note, Arriving(masker))
        with self._lock:
            self.count += 1
            self._noted.append(noted)
            self._publish({"kind": "request", **note})
        return noted

    def answered(self, noted: Noted, reply: Reply, reason: str | None) -> Reply:
        """Note an answer. Return a reply that also notes each piece that it sends.

        Args:
            noted: what `received` returned for the request.
            reply: the answer.
            reason: why the request was refused; None if it was not.
        """

        def told(status: int | None) -> None:
            new = {"status": status, "reason": None if reason is None else noted.answer.masker.text(reason)}
            with self._lock:
                noted.note.update(new)
                self._tell(noted, "answer", **new)

        raw = _RawAnswer(told) if reply.status is None else None
        if raw is None:
            told(reply.status)
        pieces = self._watched(noted, iter(reply.body), raw)
        close = getattr(reply.body, "close", lambda: None)

        def release() -> None:
            try:
                close()  # here a recorder learns the cookies in an answer that is not HTTP
            finally:
                pieces.close()  # this notes the last bytes, with these cookies masked

        return attrs.evolve(reply, body=Body(pieces, release))

    def _watched(self, noted: Noted, body: Iterator[Piece], raw: _RawAnswer | None) -> Generator[Piece, None, None]:
        try:
            for piece in body:
                data = piece.data if isinstance(piece, Raw) else piece
                if isinstance(data, bytes):
                    self._arrived(noted, data if raw is None else raw.take(data))
                yield piece
        finally:  # also if the connection ends in the middle
            self._arrived(noted, b"" if raw is None else raw.end(), over=True)

    def _arrived(self, noted: Noted, data: bytes, *, over: bool = False) -> None:
        with self._lock:
            noted.answer.add(data)
            noted.answer.over = over
            # If nobody listens, nothing is masked now: masking takes longer than sending.
            if self._listeners and (text := noted.answer.advance()):
                self._tell(noted, "piece", text=text)
            if over:
                self._tell(noted, "end")

    def _shown(self) -> Iterator[Note]:
        for each in self._noted:
            each.answer.advance()
            yield {**each.note, "answer": each.answer.text}

    def _tell(self, noted: Noted, kind: str, **content: Any) -> None:
        if not noted.is_forgotten:
            self._publish({"kind": kind, "number": noted.note["number"], **content})

    def _publish(self, note: Note) -> None:
        for listener in self._listeners:
            listener(note)


class _RawAnswer:
    """Reads the status and the body of an answer that is sent as raw bytes, as a recorder and a replay send it.

    Args:
        told: a function that gets the status as soon as the head is complete; None, at the end, if no head came.
    """

    def __init__(self, told: Callable[[int | None], object]) -> None:
        # "GET" also works for the answer to HEAD: no bytes follow its head, so none are mistaken for a body.
        self._reader = AnswerReader("GET")
        self._told: Callable[[int | None], object] | None = told

    def take(self, data: bytes) -> bytes:
        """Take the next bytes that are sent; return those of them that belong to the body."""
        chunks = self._reader.feed(data)
        if self._reader.head is not None:
            self._tell(self._reader.head.status)
        return b"".join(chunks)

    def end(self) -> bytes:
        """Return the bytes that are not part of a complete chunk, or not HTTP."""
        self._tell(None)
        return self._reader.rest

    def _tell(self, status: int | None) -> None:
        told, self._told = self._told, None
        if told is not None:
            told(status)
