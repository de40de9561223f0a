"""The replies that the stub makes itself, with the headers that the service sends."""

from __future__ import annotations

import email.utils
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..http.wire import Piece, Reply, Wait

__all__ = ["Body", "Replies", "event_bytes", "json_text"]


class Replies:
    """Makes replies.

    Args:
        pace_seconds: the pause between two events of a stream.
    """

    def __init__(self, pace_seconds: float = 0) -> None:
        self._pace_seconds = pace_seconds
        self._numbers = itertools.count(1)

    def json(self, status: int, content: object, *headers: tuple[str, str]) -> Reply:
        """Return a reply with JSON."""
        body = _encoded(json_text(content))
        length = ("content-length", str(len(body)))
        return Reply(status, [("content-type", "application/json"), length, *self._usual(), *headers], [body])

    def empty(self, status: int, *headers: tuple[str, str]) -> Reply:
        """Return a reply without a body."""
        return Reply(status, [*self._usual(), *headers])

    def stream(
        self,
        events: Iterable[Mapping[str, Any]],
        end: Callable[[], Mapping[str, Any] | None] = lambda: None,
        is_last: Callable[[Mapping[str, Any]], bool] = lambda _: False,
    ) -> Reply:
        """Return a stream of events.

        Args:
            events: the fields of each event, such as `data`.
            end: a function that is called before the last event is sent, because clients go on as soon as they have
                that event. If it returns another event, that one is sent instead. It is called again when the stream
                has ended or broken off.
            is_last: tells whether an event is the last one.
        """
        headers = [("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-cache")]
        return Reply(200, [*headers, *self._usual()], Body(self._paced(events, end, is_last), end))

    def _paced(
        self,
        events: Iterable[Mapping[str, Any]],
        end: Callable[[], Mapping[str, Any] | None],
        is_last: Callable[[Mapping[str, Any]], bool],
    ) -> Iterator[Piece]:
        for number, event in enumerate(events):
            if number and self._pace_seconds:
                yield Wait(self._pace_seconds)
            instead = end() if is_last(event) else None
            yield event_bytes(event if instead is None else instead)

    def _usual(self) -> list[tuple[str, str]]:
        number = next(self._numbers)
        identifiers = [("x-request-id", f"stub-{number:06}"), ("mistral-correlation-id", f"stub-{number:06}")]
        return [*identifiers, ("date", email.utils.formatdate(usegmt=True))]


class Body:
    """A body that calls `release` when it ends or is closed, even if nobody read from it.

    A generator cannot do that: if it never ran, closing it runs none of its code.
    """

    def __init__(self, pieces: Iterator[Piece], release: Callable[[], object]) -> None:
        self._pieces = pieces
        self._release: Callable[[], object] | None = release

    def __iter__(self) -> Iterator[Piece]:
        return self

    def __next__(self) -> Piece:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Call `release`, unless it was called before."""
        release, self._release = self._release, None
        if release is not None:
            release()


def event_bytes(event: Mapping[str, Any]) -> bytes:
    """Return the bytes of an event with these fields; `data` comes last."""
    lines = [f"{name}: {value}" for name, value in event.items() if name != "data"]
    lines += [f"data: {line}" for line in str(event.get("data", "")).split("\n")]
    return _encoded("\n".join(lines) + "\n\n")


def json_text(content: object) -> str:
    """Return JSON as the service writes it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _encoded(text: str) -> bytes:
    # The service sends UTF-8. It cannot encode a lone surrogate; `backslashreplace` escapes that as JSON does.
    return text.encode("utf-8", "backslashreplace")
