"""Turns the bytes of a stream into the events of its operation, and decides how it ended. Does no I/O."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import define

from mistral_agents_api.errors import StructureError
from mistral_agents_api.nesting import SHORT

from . import errors
from ._answer import unreadable
from ._json import Texts
from .sse import PlainEvent, SSEDecoder

if TYPE_CHECKING:
    from mistral_agents_api.operation import Operation, Stream

E = TypeVar("E")
_EVENT = "an event of the stream"
# Events with these names are pings, which keep a connection alive, and errors, of the service or of a proxy.
_PING, _ERROR = "ping", "error"
# Whitespace around data is ignored, and so is an event whose data is only whitespace.
_BLANKS = " \t\r\n"
# How much of a body that is not an event stream is kept for its error: enough to recognise it.
_START_BYTES = 64 * 1024
# What the first line of an event stream can begin with: a field or a comment.
_FIELD = re.compile(rb"(data|event|id|retry)?:|(data|event|id|retry)(?![^\r\n])")


@define
class Event(Generic[E]):
    """One event of a stream: its data as a model, its name ("message" if it has none), and the last event id."""

    data: E
    event: str
    id: str


class Family:
    """What the contract does not say about a stream: how its events make one answer, and which of them are errors.

    This base class is for streams without a subclass. Each call has its own instance, made with the request's body.
    """

    def __init__(self, stream: Stream[Any], body: Mapping[str, Any] | None) -> None:  # noqa: ARG002  # for subclasses
        self._special = {_PING, _ERROR, stream.end_event, stream.error_event}

    def name_of(self, name: str, data: Any) -> str | None:
        """Return an ordinary event's name, or None if `_look_at` must decide. Only for streams without `Stream.tag`."""
        return name if type(data) is dict and name not in self._special and not errors.is_error(data) else None

    def admit(self, name: str, data: Any) -> Any:
        """Return the data that becomes the model, or None to skip the event; raises StructureError if it is wrong."""
        return None if name == _PING else data

    def error_in(self, data: Mapping[str, Any]) -> Any:  # noqa: ARG002  # for subclasses
        """Return the error inside an event, or None."""
        return None

    def is_whole(self, events: Iterable[Any]) -> bool:  # noqa: ARG002  # for subclasses
        """Tell whether the answer is complete without its end marker. Called only if the body was not cut off."""
        return False

    def text(self, data: Any) -> str:  # noqa: ARG002  # for subclasses
        """Return the text that an event (a model) adds to the answer."""
        raise errors.StreamError("this stream has no text: read its events instead.")

    def assemble(self, events: Iterable[Any]) -> dict[str, Any]:  # noqa: ARG002  # for subclasses
        """Put the data of all events together into one answer, as JSON data."""
        raise errors.StreamError("the events of this stream do not form one answer: read the events instead.")


class EventReader(Generic[E]):
    """Reads one stream: call `feed` with the bytes, take the complete `events`, and call `end` when the body ends.

    An event is parsed only when it is taken, so that few models exist for the garbage collector to visit. `done`: no
    more events will come. `failure`: the error, if the stream did not end properly.
    """

    def __init__(
        self, operation: Operation[Any, E, Any], stream: Stream[E], family: Family, max_event_bytes: int
    ) -> None:
        self._operation, self._stream, self._family = operation, stream, family
        # `bind` returns the function that parses an event. Calling it directly saves one call for each event.
        self._read: Callable[[Any], E] = getattr(stream.read, "bind", lambda: stream.read)()
        self._decoder, self._texts = SSEDecoder(max_event_bytes), Texts()
        self._name_of = family.name_of if stream.tag is None else self._tag_of
        self._special = {"", _PING, _ERROR, stream.end_event, stream.error_event}
        self._batches: deque[Iterator[PlainEvent]] = deque()
        """The events that have arrived and were not taken yet. Each item has those of one read."""
        self._first: Event[E] | None = None
        self.done = self._body_ended = self._cut_short = False
        self._start = b""  # the start of the body, until an event has arrived
        self.received: list[str] = []
        """The data of the events so far, as texts, which need less memory than models."""
        # What `events` needs for each event: looked up once, because `events` starts anew with each chunk.
        self._steps = self._batches, self._name_of, self._read, self.received.append, stream.end
        self.failure: errors.MistralError | None = None
        self.attempts = 0
        self.request_id: str | None = None

    def assembled(self) -> Any:
        """Return the events so far as one answer of the operation."""
        try:
            data = self._family.assemble(map(self._texts.read, self.received))
            return data if self._operation.answer is None else self._operation.answer(data)
        except RecursionError as error:  # each event alone was not too deep
            raise errors.ResponseValidationError("the answer is nested too deep. Read the events instead.") from error
        except StructureError as error:
            message = f"the events form an answer that does not fit the contract: {error}. Read the events instead."
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
        self._batches.append(iter(self._decoder._feed_plain(data)))  # noqa: SLF001  # same package

    def end(self) -> None:
        """Note that the body has ended."""
        self._cut_short = self._decoder.pending
        self._batches.append(iter(self._decoder.flush(self._stream.end)))
        self._body_ended = True

    def peek(self) -> bool:
        """Read one event ahead, which `events` then yields first; return whether there is one."""
        self._first = next(self.events(), None)
        return self._first is not None

    def events(self) -> Iterator[Event[E]]:
        """Yield each complete event once; raises the error that the service reports, or one for a premature end."""
        first, self._first = self._first, None
        if first is not None:
            yield first
        batches, name_of, read, received, end = self._steps
        texts, read_short, new = self._texts, self._texts.read_short, object.__new__
        model: Any = None
        try:
            while batches:
                batch = batches[0]
                for name, text, last_id, _ in batch:
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
                        yield from self._look_at(name, text, last_id)
                    else:
                        received(text)
                        event: Event[E] = new(Event)  # calling the class takes longer
                        event.data, event.event, event.id = model, known, last_id
                        yield event
                    if self.done:  # also if a second loop, inside the caller's, has read to the end or to an error
                        return
                if batches and batches[0] is batch:  # an inner loop of the caller may have taken the rest
                    batches.popleft()
            self._check_end()
        except errors.MistralError as error:
            failure = self.failed(error)
            raise failure from failure.__cause__

    def _tag_of(self, name: str, data: Any) -> str | None:
        """Return the tag of an ordinary event, or None if it needs a closer look. A tag wins over the SSE name."""
        if type(data) is not dict or name == _ERROR:
            return None
        if "object" in data or "message" in data or "detail" in data or "error" in data:  # fields of an error object
            return None
        tag = data.get(self._stream.tag)
        return tag if type(tag) is str and tag not in self._special else None

    def _finish(self) -> None:
        """End the stream at the end marker of the contract; everything after it is ignored."""
        self._batches.clear()
        self.done = True

    def _look_at(self, name: str, text: str, last_id: str) -> Iterator[Event[E]]:
        """Look closely at an unusual event; yield it, unless it is to be skipped.

        Raises the error that the event reports, or ResponseValidationError if it cannot be read.
        """
        bare = text.strip(_BLANKS)
        if bare and bare == self._stream.end:
            self._finish()
        if not bare or self.done:
            return
        try:
            data = self._texts.read(text)
        except (ValueError, RecursionError) as error:
            if name == _ERROR:
                raise errors.reported_error(text) from None
            if name == _PING or (name != "message" and self._stream.tag is None):
                return  # not an event of the contract
            raise unreadable(error, text, _EVENT) from error
        fields = data if isinstance(data, dict) else {}
        tag = fields.get(self._stream.tag) if self._stream.tag is not None else None
        kind, tagged = (tag, True) if isinstance(tag, str) and tag else (name, False)
        if kind in (_ERROR, self._stream.error_event) or errors.is_error(fields, tagged=tagged):
            raise errors.reported_error(text)
        if tagged and errors.is_error_alone(fields) and (name == _ERROR or (name == "message" and "code" in fields)):
            raise errors.reported_error(text)  # the field that looks like a tag is the error's type
        if inner := self._family.error_in(fields):
            raise errors.reported_error(text, inner)
        model = self._read_as(name, kind, data, text, may_be_error=not tagged)
        if model is not None:
            self.received.append(text)
            yield Event(model, kind, last_id)

    def _read_as(self, name: str, kind: str, data: Any, text: str, *, may_be_error: bool) -> E | None:
        """Read an event by its name; return its data as a model, or None to skip it."""
        try:
            model = self._model_of(name, kind, data)
        except (ValueError, RecursionError) as error:
            if may_be_error and name == "message" and isinstance(data, dict) and data.keys() & {"detail", "message"}:
                raise errors.reported_error(text) from None
            raise unreadable(error, text, _EVENT) from error
        if kind == self._stream.end_event:
            self._finish()
        return model

    def _model_of(self, name: str, kind: str, data: Any) -> E | None:
        if self._stream.tag is None:
            data = self._family.admit(name, data)
            return None if data is None else self._read(data)
        if kind == _PING:
            return None
        if not isinstance(data, dict) or kind == "message":
            raise StructureError(f"an object with the field {self._stream.tag!r}", data)
        return self._read(data if data.get(self._stream.tag) == kind else {**data, self._stream.tag: kind})

    def _check_end(self) -> None:
        """End the stream if its body has ended without the end marker; raises if the answer is not complete."""
        if not self._body_ended or self.done:
            return
        self.done = True
        if not self.received and (line := self._start.strip(b"\xef\xbb\xbf\r\n \t")) and not _FIELD.match(line):
            raise errors.misfit("expected an event stream, got another body. Check server_url.", self._start)
        if self.received and not self._cut_short and self._family.is_whole(map(self._texts.read, self.received)):
            return
        raise errors.APIConnectionError("the stream ended before its first event. Try again.", retryable=True)

    def failed(self, error: errors.MistralError) -> errors.MistralError:
        """Return the error to raise: after the first event, a lost connection becomes StreamTruncatedError."""
        if self.received:
            if isinstance(error, errors.APIConnectionError) and not isinstance(error, errors.APITimeoutError):
                cause = error.__cause__ or error
                error = errors.StreamTruncatedError(
                    "the stream ended before the answer was complete. .partial has what came; a new call starts anew."
                )
                error.__cause__ = cause
            self.describe(error)
        self.failure, self.done = error, True
        self._batches.clear()
        return error

    def describe(self, error: errors.MistralError) -> None:
        """Set `partial`, `attempts` and `request_id` of an error."""
        error.attempts, error.request_id = self.attempts, self.request_id
        try:
            error.partial = self.assembled()
        except (errors.ResponseValidationError, errors.StreamError) as failure:
            if isinstance(failure, errors.StreamError):  # the events of such a stream do not form one answer
                error.partial = list(map(self._texts.read, self.received)) or None
