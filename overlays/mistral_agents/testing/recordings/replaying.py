"""Answers from a recording instead of the service: each recorded request gets its recorded answer."""

from __future__ import annotations

import contextlib
import difflib
import functools
import json
import math
import os
import re
import threading
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import quote, unquote_plus

from ..exchange.front import cors_headers
from ..http.wire import MAX_BODY_BYTES, HangUp, Piece, Raw, Reply, Request, Wait
from ..secrets.masking import Masker
from .recording import Exchange, Recording, load_recording

__all__ = ["Replay", "UnrecordedRequestError"]

Order = Literal["matching", "recorded"]
# A reset discards bytes that the client has not read yet. So we wait this long before a reset, and the client reads.
_BEFORE_RESET_SECONDS = 0.05


class UnrecordedRequestError(Exception):
    """The recording has no answer to this request, or another request should come first; the message says which."""


class Replay:
    """Answers each request with the recorded answer to an equal request. Each recorded answer is given once.

    Args:
        recording: a file, or what `load_recording` read.
        order: "matching": a request gets the first unused answer that was recorded for an equal request. "recorded":
            requests have to come in the order of the recording. Two requests are equal if they have the same method,
            path, query and body. JSON in bodies and parameters is compared as data, and the order of parameters with
            different names does not matter.
        pace: whether to keep the recorded pauses between chunks; otherwise they are sent at once.

    Raises:
        RecordingError: the file is not a recording.
        OSError: it cannot be read.
        ValueError: there is no such order.
    """

    def __init__(
        self, recording: str | os.PathLike[str] | Recording, *, order: Order = "matching", pace: bool = False
    ) -> None:
        if order not in ("matching", "recorded"):
            raise ValueError(f"order is {order!r}; give 'matching' or 'recorded'")
        self._recording = recording if isinstance(recording, Recording) else load_recording(recording)
        self._in_order = order == "recorded"
        self._pace = pace
        self._lock = threading.Lock()
        self._sent: set[int] = set()
        self.reset()

    @property
    def left(self) -> int:
        """The number of recorded answers that have not been sent."""
        return len(self._left)

    @property
    def unused(self) -> list[str]:
        """How many recorded answers were never sent, not even before a reset, as one line; no line if all were sent."""
        left = len(self._recording.exchanges) - len(self._sent)
        return [f"the recording has {left} more answer(s), for which there was no request"] if left else []

    def masker(self) -> Masker:
        """Return a new masker that masks what is masked in the recording."""
        return Masker(self._recording.masks, credentials=self._recording.credentials)

    def reset(self) -> None:
        """Begin again, as if no answer had been sent."""
        with self._lock:
            self._left = list(range(len(self._recording.exchanges)))
            # One masker for all requests. As the recorder's masker did, it masks what earlier requests had as secrets.
            self._masker = self.masker()

    def reply(self, request: Request) -> Reply:
        """Return the recorded answer to a request.

        Raises:
            UnrecordedRequestError: there is none.
        """
        if request.body is None:
            raise UnrecordedRequestError(f"its body is larger than {MAX_BODY_BYTES} bytes; recorded bodies are smaller")
        headers, body = list(request.headers.multi_items()), request.body or b""
        self._masker.learn_request(request.target, headers, body)
        asked = _key(request.method, request.target, body, self._masker)
        with self._lock:
            waiting = self._left[:1] if self._in_order else self._left
            found = next((each for each in waiting if self._keys[each] == asked), None)
            if found is None:
                raise UnrecordedRequestError(self._difference(asked))
            self._left.remove(found)
            self._sent.add(found)
        exchange = self._recording.exchanges[found]
        return Reply(None, (), list(_pieces(exchange, cors_headers(request, exchange.headers), pace=self._pace)))

    @functools.cached_property
    def _keys(self) -> list[tuple[str, str, str]]:
        """For each recorded request, the parts that are compared."""
        masker, keys = self.masker(), list[tuple[str, str, str]]()
        for each in self._recording.exchanges:
            masker.learn_request(each.target, each.request_headers, each.request_body)
            keys.append(_key(each.method, each.target, each.request_body, masker))
        return keys

    def _difference(self, asked: tuple[str, str, str]) -> str:
        shown, recorded = _shown(asked), self._keys
        if self._in_order and self._left:
            closest: tuple[str, str, str] | None = recorded[self._left[0]]
            why = f"expected request {len(recorded) - len(self._left) + 1} of the recording, which differs:"
        elif asked in recorded:
            return f"{asked[0]} {asked[1]} was recorded {recorded.count(asked)} time(s), and each answer has been given"
        else:
            closest = max(recorded, key=lambda each: _likeness(_shown(each), shown), default=None)
            why = f"{asked[0]} {asked[1]} was not recorded; the closest one differs:"
        if closest is None:
            return f"{asked[0]} {asked[1]} was not recorded: the recording is empty"
        lines = difflib.unified_diff(_shown(closest), shown, "recorded", "received", lineterm="", n=2)
        return "\n".join([why, *lines])


def _key(method: str, target: str, body: bytes, masker: Masker) -> tuple[str, str, str]:
    """Return the parts of a request that are compared. Secrets are masked, and their lengths do not count."""
    path = target if target.startswith("/") else "/" + target.split("/", 3)[-1]
    content = masker.compared(body).decode("utf-8", "backslashreplace")
    return method, _with_ordered_query(masker.compared_target(path)), _plain(content, indent=1)


def _with_ordered_query(target: str) -> str:
    """Return an address in a standard form. Two addresses are equal exactly if their standard forms are the same."""
    path, mark, query = target.partition("?")
    parts = [each.partition("=") for each in query.split("&") if each]
    pairs = [[unquote_plus(text, errors="surrogateescape") for text in each] for each in parts]
    written = []
    for name, equals, value in sorted(pairs, key=lambda pair: pair[0]):
        plain = _plain(value) if value.lstrip()[:1] in ("{", "[") else value
        # A `%`, `&` or `=` within a name or a value stays percent-encoded.
        written.append(equals.join(re.sub("[%&=]", lambda found: quote(found[0]), text) for text in (name, plain)))
    return path + mark + "&".join(written)


def _plain(text: str, indent: int | None = None) -> str:
    """Write JSON always in the same way; return any other text as it is."""
    with contextlib.suppress(ValueError, RecursionError):
        content = json.loads(text, parse_float=_number)
        return json.dumps(content, indent=indent, ensure_ascii=False, sort_keys=True)
    return text


def _number(text: str) -> float:
    """Return a number; if it is a whole number, as an int, because 1.0 and 1 are the same in JSON."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _likeness(first: Sequence[str], second: Sequence[str]) -> tuple[bool, float]:
    return first[0] == second[0], difflib.SequenceMatcher(None, first, second).ratio()


def _shown(key: tuple[str, str, str]) -> list[str]:
    method, target, content = key
    return [f"{method} {target}", *content.splitlines()]


def _pieces(exchange: Exchange, allowed: Sequence[tuple[str, str]], *, pace: bool) -> Iterator[Piece]:
    """Yield what is sent: the head with the CORS headers in `allowed`, each chunk in its own write, and the end."""
    if exchange.status is not None:
        # We close the connection after each answer, and say so. The recording leaves out the service's own header.
        lines = [
            f"HTTP/1.1 {exchange.status} {exchange.reason}",
            *map(": ".join, [*exchange.headers, *allowed]),
            "connection: close",
        ]
        yield Raw("".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1"))
    before = 0.0
    for chunk in exchange.chunks:
        if pace and chunk.at > before:
            yield Wait(chunk.at - before)
            before = chunk.at
        framed = b"%x\r\n%b\r\n" % (len(chunk.data), chunk.data) if exchange.framing == "chunked" else chunk.data
        yield Raw(framed)
    if exchange.framing == "chunked" and exchange.end == "complete":
        yield Raw(b"0\r\n\r\n")
    if exchange.rest:
        yield Raw(exchange.rest)
    if exchange.end == "interrupted":
        yield Wait(math.inf)  # nobody knows what the service would have sent
    if exchange.end == "reset":
        yield Wait(_BEFORE_RESET_SECONDS)
    yield HangUp(reset=exchange.end == "reset")
