"""Turns what the service sends into the events of an operation, and tells how the stream ended. No I/O, no clock."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import define

from mistral_agents_api.errors import StructureError

from . import errors
from ._answer import unreadable
from ._json import SHORT, Texts
from .sse import PlainEvent, SSEDecoder

if TYPE_CHECKING:
    from mistral_agents_api.operation import Operation, Stream

E = TypeVar("E")
_EVENT = "an event of the stream"
# Names of pings, which keep a connection alive; and names of errors: the service's, and that of proxies.
_PING, _ERROR = "ping", "error"
# Blanks around data; data may consist of nothing else.
_BLANKS = " \t\r\n"
# How much of a body that is no event stream goes into the error: enough to recognise it.
_START_BYTES = 64 * 1024
# How a stream of events begins: with a field or a comment.
_FIELD = re.compile(rb"(data|event|id|retry)?:|(data|event|id|retry)(?![^\r\n])")


@define
class Event(Generic[E]):
    """One event of a stream: its data as a model, its name ("message" if it has none), and the last event id."""

    data: E
    event: str
    id: str


class Family:
    """What we know about one family of events that the contract does not say. This base class knows nothing.

    Each call has its own instance, made with the body of its request.
    """

    def __init__(self, stream: Stream[Any], body: Mapping[str, Any] | None) -> None:  # noqa: ARG002  # a family may look
        self._special = {_PING, _ERROR, stream.end_event, stream.error_event}

    def name_of(self, name: str, data: Any) -> str | None:
        """Return the name of an ordinary event without a tag, or None if the event needs a closer look."""
        return name if type(data) is dict and name not in self._special and not errors.is_error(data) else None

    def admit(self, name: str, data: Any) -> Any:
        """Return the data to read for an event, or None to skip the event; raises StructureError if it is no event."""
        return None if name == _PING else data

    def error_in(self, data: Mapping[str, Any]) -> Any:  # noqa: ARG002  # this family knows none
        """Return the error inside an event, or None."""
        return None

    def is_whole(self, events: Iterable[Any]) -> bool:  # noqa: ARG002  # this family cannot know
        """Tell whether events are a whole answer although the end marker is missing; the body has ended properly."""
        return False

    def text(self, data: Any) -> str:  # noqa: ARG002  # this family has no text
        """Return the text that an event (a model) adds to the answer."""
        raise errors.StreamError("the events of this stream have no text: read the events themselves.")

    def assemble(self, events: Iterable[Any]) -> dict[str, Any]:  # noqa: ARG002  # this family does not know how
        """Put the data of events together into one answer, as JSON data."""
        raise errors.StreamError("the events of this stream do not make up one answer: read the events themselves.")


class EventReader(Generic[E]):
    """Reads one stream: call `feed` with the bytes, take the complete `events`, and call `end` when the body ends.

    An event is parsed when it is taken, so the garbage collector never has to walk over many events. `done`: no more
    events will come. `failure`: the error, if the stream did not end properly.
    """

    def __init__(
        self, operation: Operation[Any, E, Any], stream: Stream[E], family: Family, max_event_bytes: int
    ) -> None:
        self._operation, self._stream, self._family = operation, stream, family
        # The compiled package makes its reading function once; calling that directly saves a step for each event.
        self._read: Callable[[Any], E] = getattr(stream.read, "bind", lambda: stream.read)()
        self._decoder, self._texts = SSEDecoder(max_event_bytes), Texts()
        self._name_of = family.name_of if stream.tag is None else self._tag_of
        self._special = {"", _PING, _ERROR, stream.end_event, stream.error_event}
        self._frames: deque[PlainEvent] = deque()
        self._first: Event[E] | None = None
        self._body_ended = self._cut_short = False
        self._start = b""  # the start of the body, until an event has arrived
        self.received: list[str] = []
        """The texts of the events so far. Texts are small; they are put together only when somebody asks."""
        # What each event takes: looked up once, since `events` begins anew with each write.
        self._steps = self._frames, self._frames.popleft, self._name_of, self._read, self.received.append, stream.end
        self.done = False
        self.failure: errors.MistralError | None = None
        # For errors: facts about the request.
        self.attempts = 0
        self.request_id: str | None = None

    def assembled(self) -> Any:
        """Return the events so far as one answer of the operation."""
        try:
            data = self._family.assemble(map(self._texts.read, self.received))
            return data if self._operation.answer is None else self._operation.answer(data)
        except RecursionError as error:  # each event alone was just not too deep
            raise errors.ResponseValidationError("the answer is nested too deep to be put together.") from error
        except StructureError as error:
            message = f"the events do not make up an answer of the contract: {error}. They are good by themselves."
            raise errors.ResponseValidationError(message) from error

    def text(self, event: Event[E]) -> str:
        """Return the text that an event adds to the answer."""
        return self._family.text(event.data)

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the body; raises ResponseValidationError if an event is too large."""
        if self._texts.wary:
            self._texts.expect(data)
        if not self.received and len(self._start) < _START_BYTES:
            self._start += data
        self._frames += self._decoder._feed_plain(data)  # noqa: SLF001  # of this package

    def end(self) -> None:
        """Note that the body has ended."""
        self._cut_short = self._decoder.pending
        self._frames += self._decoder.flush(self._stream.end)
        self._body_ended = True

    def peek(self) -> bool:
        """Read one event ahead, which `events` then yields first; return whether there is one."""
        self._first = next(self.events(), None)
        return self._first is not None

    def events(self) -> Iterator[Event[E]]:
        """Yield each complete event once; raises what the service reports, or that the stream ended too early."""
        first, self._first = self._first, None
        if first is not None:
            yield first
        frames, take, name_of, read, received, end = self._steps
        texts = self._texts
        read_short = texts.read_short
        model: Any = None
        try:
            while frames:
                name, text, last_id, _ = take()
                if text == end:
                    self._finish()
                    return
                try:
                    data = read_short(text) if len(text) < SHORT else texts.read(text)
                    known = name_of(name, data)
                    model = None if known is None else read(data)
                except (ValueError, RecursionError):
                    known = None
                if known is None:
                    looked_at = self._look_at(name, text)
                    if looked_at is None:
                        continue
                    known, model = looked_at
                received(text)
                yield Event(model, known, last_id)
            if self._body_ended and not self.done:
                self._check_whole()
        except errors.MistralError as error:
            failure = self.failed(error)
            raise failure from failure.__cause__

    def _tag_of(self, name: str, data: Any) -> str | None:
        """Return the tag of an ordinary event, or None if it needs a closer look; a tag wins over the wire's name."""
        if type(data) is not dict or name == _ERROR:
            return None
        if "object" in data or "message" in data or "detail" in data or "error" in data:  # as an error object has
            return None
        tag = data.get(self._stream.tag)
        return tag if type(tag) is str and tag not in self._special else None

    def _finish(self) -> None:
        """Note the end that the contract names; everything after it is ignored."""
        self._frames.clear()
        self.done = True

    def _look_at(self, name: str, text: str) -> tuple[str, E] | None:
        """Look closely at an event; return its name and data, or None if it is no event.

        Raises the error that it reports, or an error if it cannot be read.
        """
        bare = text.strip(_BLANKS)
        if bare and bare == self._stream.end:
            self._finish()
        if not bare or self.done:
            return None
        try:
            data = self._texts.read(text)
        except (ValueError, RecursionError) as error:
            if name == _ERROR:
                raise errors.reported_error(text) from None
            if name == _PING or (name != "message" and self._stream.tag is None):
                return None  # an event that the contract does not have
            raise unreadable(error, text, _EVENT) from error
        fields = data if isinstance(data, dict) else {}
        kind, tagged = self._kind_of(name, fields)
        if kind in (_ERROR, self._stream.error_event) or errors.is_error(fields, tagged=tagged):
            raise errors.reported_error(text)
        if tagged and errors.is_error_alone(fields) and (name == _ERROR or (name == "message" and "code" in fields)):
            raise errors.reported_error(text)  # its tag is the type of an error
        if inner := self._family.error_in(fields):
            raise errors.reported_error(text, inner)
        return self._read_as(name, kind, data, text, may_be_error=not tagged)

    def _read_as(self, name: str, kind: str, data: Any, text: str, *, may_be_error: bool) -> tuple[str, E] | None:
        """Read an event by its name; returns the same as `_look_at`."""
        try:
            model = self._model_of(name, kind, data)
        except (ValueError, RecursionError) as error:
            if may_be_error and name == "message" and isinstance(data, dict) and data.keys() & {"detail", "message"}:
                raise errors.reported_error(text) from None
            raise unreadable(error, text, _EVENT) from error
        if kind == self._stream.end_event:
            self._finish()
        return None if model is None else (kind, model)

    def _kind_of(self, name: str, fields: Mapping[str, Any]) -> tuple[str, bool]:
        """Return the name of an event, and whether it comes from its tag; without a tag, it is the name on the wire."""
        tag = fields.get(self._stream.tag) if self._stream.tag is not None else None
        return (tag, True) if isinstance(tag, str) and tag else (name, False)

    def _model_of(self, name: str, kind: str, data: Any) -> E | None:
        if self._stream.tag is None:
            data = self._family.admit(name, data)
            return None if data is None else self._read(data)
        if kind == _PING:
            return None
        if not isinstance(data, dict) or kind == "message":
            raise StructureError(f"an object with the field {self._stream.tag!r}", data)
        return self._read(data if data.get(self._stream.tag) == kind else {**data, self._stream.tag: kind})

    def _check_whole(self) -> None:
        """Note that the body ended without the end that the contract names; raises if that was too early."""
        self.done = True
        if not self.received and (line := self._start.strip(b"\xef\xbb\xbf\r\n \t")) and not _FIELD.match(line):
            raise errors.misfit("a stream of events was due, but something else came. Check server_url.", self._start)
        if self.received and not self._cut_short and self._family.is_whole(map(self._texts.read, self.received)):
            return
        raise errors.APIConnectionError("the body ended before the first event. Try again.", retryable=True)

    def failed(self, error: errors.MistralError) -> errors.MistralError:
        """Return the error to raise: after the first event, a lost connection becomes StreamTruncatedError."""
        if self.received:
            if isinstance(error, errors.APIConnectionError) and not isinstance(error, errors.APITimeoutError):
                cause = error.__cause__ or error
                error = errors.StreamTruncatedError(
                    "the stream ended before it had finished; .partial has what came. Ask again: it starts anew."
                )
                error.__cause__ = cause
            self.describe(error)
        self.failure, self.done = error, True
        self._frames.clear()
        return error

    def describe(self, error: errors.MistralError) -> None:
        """Put what has arrived, and facts about the request, on an error."""
        error.attempts, error.request_id = self.attempts, self.request_id
        with suppress(errors.ResponseValidationError, errors.StreamError):
            error.partial = self.assembled()
