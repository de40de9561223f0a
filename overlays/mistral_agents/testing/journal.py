"""Notes what happens at a stub, as it happens: for a log, for a page, and for tests in other languages.

Keys are masked in all notes. A recorder's and a replay's stub also masks what their `Masks` name.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

import attrs

from .arriving import MAX_BYTES, Arriving
from .http1 import AnswerReader
from .masking import Masker
from .received import RecordedRequest
from .replies import Body
from .wire import Piece, Raw, Reply

__all__ = ["Journal", "Note"]

Note = dict[str, Any]
"""`kind` is "request", "answer", "piece", "end" or "reset"; `number` counts the requests from 1."""

# So many requests are kept. People look at the last ones.
_MAX_REQUESTS = 1_000
# If so many notes wait for a slow reader, the reader misses new ones.
_MAX_WAITING = 10_000


class Journal:
    """Keeps the last requests and their answers, and passes notes about them to listeners.

    Args:
        masker: makes a Masker for each request. The Masker learns the secrets of the request, and masks them in the
            request and in its answer.
    """

    def __init__(self, masker: Callable[[], Masker] = Masker) -> None:
        self._masker = masker
        self._lock = threading.RLock()  # a listener may ask for the requests
        self._listeners: list[Callable[[Note], object]] = []
        self._notes: dict[int, tuple[Note, Arriving]] = {}
        self.count = 0
        """The number of requests, including those before a reset."""

    def reset(self) -> None:
        """Forget everything."""
        with self._lock:
            self._notes.clear()
            self._publish({"kind": "reset"})

    def requests(self) -> list[Note]:
        """Return the last requests, each with its answer, the status, and why it was refused, if it was."""
        with self._lock:
            return [*self._shown()]

    def tell(self, listener: Callable[[Note], object]) -> None:
        """Call a listener with each note from now on. It has to be quick, and must not raise."""
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

    def received(self, number: int, request: RecordedRequest) -> None:
        """Note a request."""
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
        with self._lock:
            self.count += 1
            self._notes[number] = note, Arriving(masker)
            while len(self._notes) > _MAX_REQUESTS:
                del self._notes[next(iter(self._notes))]
        self._publish({"kind": "request", **note})

    def answered(self, number: int, reply: Reply, reason: str | None) -> Reply:
        """Note an answer; `reason` is why the request was refused. Return a reply that notes its pieces, too."""
        with self._lock:
            note, answer = self._notes.get(number) or ({}, Arriving(self._masker()))

        def told(status: int | None) -> None:
            with self._lock:
                new = {"status": status, "reason": None if reason is None else answer.masker.text(reason)}
                note.update(new)
            self._publish({"kind": "answer", "number": number, **new})

        raw = _RawAnswer(told) if reply.status is None else None
        if raw is None:
            told(reply.status)
        pieces = self._watched(number, iter(reply.body), answer, raw)
        close = getattr(reply.body, "close", lambda: None)

        def release() -> None:
            pieces.close()
            close()

        return attrs.evolve(reply, body=Body(pieces, release))

    def _watched(
        self, number: int, body: Iterator[Piece], answer: Arriving, raw: _RawAnswer | None
    ) -> Generator[Piece, None, None]:
        try:
            for piece in body:
                data = piece.data if isinstance(piece, Raw) else piece
                if isinstance(data, bytes):
                    self._arrived(number, answer, data if raw is None else raw.take(data))
                yield piece
        finally:  # also if the connection ends in the middle
            self._arrived(number, answer, b"" if raw is None else raw.end(), over=True)
            self._publish({"kind": "end", "number": number})

    def _arrived(self, number: int, answer: Arriving, data: bytes, *, over: bool = False) -> None:
        with self._lock:
            answer.add(data)
            answer.over = over
            # If nobody listens, nothing is masked now: masking takes longer than sending.
            if self._listeners and (text := answer.advance()):
                self._publish({"kind": "piece", "number": number, "text": text})

    def _shown(self) -> Iterator[Note]:
        for note, answer in self._notes.values():
            answer.advance()
            yield {**note, "answer": answer.text}

    def _publish(self, note: Note) -> None:
        for listener in self._listeners:
            listener(note)


class _RawAnswer:
    """Reads the status and the body of an answer that is sent as raw bytes, as a recorder and a replay send it.

    Args:
        told: a function that gets the status as soon as the head is complete; None if there is no head.
    """

    def __init__(self, told: Callable[[int | None], object]) -> None:
        # "GET" also for the answer to HEAD: it has no bytes after its head that could be taken for a body.
        self._reader = AnswerReader("GET")
        self._told: Callable[[int | None], object] | None = told

    def take(self, data: bytes) -> bytes:
        """Take bytes that pass; return those of the body."""
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
