"""Notes what happens at a stub, as it happens: for a log, for a page, and for tests in other languages.

Keys are masked in all notes.
"""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from .masking import Masker
from .received import RecordedRequest
from .replies import Body
from .wire import Piece, Raw, Reply

__all__ = ["Journal", "Note"]

Note = dict[str, Any]
"""`kind` is "request", "answer", "piece" or "end"; `number` counts the requests from 1."""

# A note has at most so much of a body, or of a piece of it. That is more than people read, and a thousand requests of
# this size fit into memory.
_MAX_CHARACTERS = 20_000
# So many requests are kept. People look at the last ones.
_MAX_REQUESTS = 1_000
# If so many notes wait for a slow reader, the reader misses new ones.
_MAX_WAITING = 10_000


class Journal:
    """Keeps the last requests and their answers, and passes notes about them to listeners."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Callable[[Note], object]] = []
        self._notes: dict[int, Note] = {}
        self.count = 0
        """The number of requests, including those before a reset."""

    def reset(self) -> None:
        """Forget everything."""
        with self._lock:
            self._notes.clear()

    def requests(self) -> list[Note]:
        """Return the last requests, each with its answer, the status, and why it was refused, if it was."""
        with self._lock:
            return [dict(each) for each in self._notes.values()]

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
            for each in self._notes.values():
                put({**each, "kind": "request"})
            self._listeners = [*self._listeners, put]
        try:
            yield waiting
        finally:
            with self._lock:
                self._listeners = [each for each in self._listeners if each is not put]

    def received(self, number: int, request: RecordedRequest) -> None:
        """Note a request."""
        masker = _masker(request)
        note: Note = {
            "number": number,
            "method": request.method,
            "path": masker.text(request.path),
            "query": masker.text(request.query),
            "operation": request.operation,
            "headers": [[name, masker.header(name, value)] for name, value in request.headers.multi_items()],
            "body": masker.data(request.body).decode("utf-8", "replace")[:_MAX_CHARACTERS],
            "errors": _masked(request.errors, masker),
            "connection": request.connection,
            "status": None,
            "reason": None,
            "answer": "",
        }
        with self._lock:
            self.count += 1
            self._notes[number] = note
            while len(self._notes) > _MAX_REQUESTS:
                del self._notes[next(iter(self._notes))]
        self._publish({"kind": "request", **note})

    def answered(self, number: int, request: RecordedRequest, reply: Reply, reason: str | None) -> Reply:
        """Note an answer; `reason` is why the request was refused. Return a reply that notes its pieces, too."""
        masker = _masker(request)
        masked_reason = None if reason is None else masker.text(reason)
        with self._lock:
            if number in self._notes:
                self._notes[number] |= {"status": reply.status, "reason": masked_reason}
        self._publish({"kind": "answer", "number": number, "status": reply.status, "reason": masked_reason})
        body = iter(reply.body)
        close = getattr(reply.body, "close", lambda: None)
        return attrs.evolve(reply, body=Body(self._watched(number, body, masker), close))

    def _watched(self, number: int, body: Iterator[Piece], masker: Masker) -> Iterator[Piece]:
        for piece in body:
            data = piece.data if isinstance(piece, Raw) else piece
            if isinstance(data, bytes):
                text = masker.data(data).decode("utf-8", "replace")[:_MAX_CHARACTERS]
                self._keep(number, text)
                self._publish({"kind": "piece", "number": number, "text": text})
            yield piece
        self._publish({"kind": "end", "number": number})

    def _keep(self, number: int, text: str) -> None:
        with self._lock:
            note = self._notes.get(number)
            if note is not None and len(note["answer"]) < _MAX_CHARACTERS:
                note["answer"] += text

    def _publish(self, note: Note) -> None:
        for listener in self._listeners:
            listener(note)


def _masker(request: RecordedRequest) -> Masker:
    masker = Masker()
    masker.learn_headers(request.headers.multi_items())
    return masker


def _masked(content: Any, masker: Masker) -> Any:
    return json.loads(masker.text(json.dumps(content)))
