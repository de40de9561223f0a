"""From what the service sends to the models of the contract, and to how a stream ended. No I/O, no clock."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from attrs import define

from mistral_agents_api.errors import StructureError

from . import errors
from ._assembly import assemble
from ._json import Texts
from .sse import PlainEvent, SSEDecoder

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse, CompletionChunk


_EVENT = "an event of the stream"


@define
class CompletionEvent:
    """One event of a stream: a piece of the answer, the event's name ("message" if it has none), the last event id."""

    data: CompletionChunk
    event: str
    id: str


def read_response(body: bytes) -> ChatCompletionResponse:
    """Read a JSON answer; raise ResponseValidationError."""
    from mistral_agents_api.models import ChatCompletionResponse

    try:
        return ChatCompletionResponse.from_dict(json.loads(body))
    except (ValueError, RecursionError) as error:
        raise _unreadable(error, body, "the answer" if body else "the empty answer") from error


def _unreadable(error: Exception, text: bytes | str, what: str) -> errors.ResponseValidationError:
    """Return our error for one that arose while a text was read as JSON, and that as a model of the contract."""
    if isinstance(error, StructureError):
        reason = f"is not as the contract says: {error}."
    elif isinstance(error, RecursionError):
        reason = "is nested too deep. Check server_url and .body."
    else:  # not JSON, not UTF-8, or an integer of more digits than Python converts
        reason = f"cannot be read as JSON ({error}). Check server_url and .body."
    return errors.ResponseValidationError(f"{what} {reason}", body=text)


class EventReader:
    """Reads one stream: `feed` it what arrives, take the `events` that are complete, say `end` when the body ends.

    An event is read when it is taken: what the caller has let go of is no burden to the garbage collector. `done`:
    nothing more comes; `failure`: why, if the stream did not end as it should.
    """

    def __init__(self, expected_choices: int | None, max_event_bytes: int, attempts: int) -> None:
        from mistral_agents_api.models import CompletionChunk

        self._read_chunk, self._decoder, self._texts = CompletionChunk.from_dict, SSEDecoder(max_event_bytes), Texts()
        self._expected_choices = expected_choices
        self._frames: deque[PlainEvent] = deque()
        self._first: CompletionEvent | None = None
        self._body_ended = self._cut_short = False
        self.received: list[str] = []
        """The events that were read, as text, which is small; put together when that is asked for."""
        self.done = False
        self.failure: errors.MistralError | None = None
        # What the errors say of the request.
        self.attempts = attempts
        self.request_id: str | None = None

    def assembled(self) -> ChatCompletionResponse:
        """Return what the events make up so far."""
        from mistral_agents_api.models import ChatCompletionResponse

        try:
            return ChatCompletionResponse.from_dict(assemble(map(self._texts.read, self.received)))
        except RecursionError as error:  # each event by itself was just not too deep
            raise errors.ResponseValidationError("the answer is nested too deep to be put together.") from error

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the body; raises ResponseValidationError after an event that is too large."""
        if self._texts.wary:
            self._texts.expect(data)
        self._frames += self._decoder._feed_plain(data)  # noqa: SLF001  # of this package

    def end(self) -> None:
        """Take the end of the body."""
        self._cut_short = self._decoder.pending
        self._frames += self._decoder.flush()
        self._body_ended = True

    def peek(self) -> bool:
        """Read the next event, which `events` then gives first; tell whether there is one."""
        self._first = next(self.events(), None)
        return self._first is not None

    def events(self) -> Iterator[CompletionEvent]:
        """Give what is complete, each event once; raises what the service reports, and an end that comes too soon."""
        first, self._first = self._first, None
        if first is not None:
            yield first
        frames, read_text, read_chunk = self._frames, self._texts.read, self._read_chunk
        try:
            while frames:
                name, text, last_id, _ = frames.popleft()
                if text == "[DONE]":  # nothing counts after the end
                    frames.clear()
                    self.done = True
                    return
                try:
                    chunk = read_chunk(read_text(text))
                    regular = chunk.choices and name != "error" and chunk.object != "error"
                except (ValueError, RecursionError) as error:
                    self._is_chunk(name, text, error)  # it is none, or this raises
                    continue
                if regular or self._is_chunk(name, text, None):
                    self.received.append(text)
                    yield CompletionEvent(chunk, name, last_id)
            if self._body_ended and not self.done:
                self._check_whole()
        except errors.MistralError as error:
            failure = self.failed(error)
            raise failure from failure.__cause__

    def _check_whole(self) -> None:
        """Take the end of a body without `[DONE]`; raises APIConnectionError if that came too soon."""
        self.done = True
        choices = self.assembled().choices if self.received else []
        # As many as were asked for, or else as were seen, have given their reason to end.
        whole = len(choices) >= (self._expected_choices or 1) and all(choice.finish_reason for choice in choices)
        if self._cut_short or not whole:
            raise errors.APIConnectionError("the body ended before the first event. Try again.", retryable=True)

    def failed(self, error: errors.MistralError) -> errors.MistralError:
        """Return the error to raise for one: once a stream has begun, a lost connection means that it is not whole."""
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
        """Let an error say what came, and of which request."""
        error.attempts, error.request_id = self.attempts, self.request_id
        with suppress(errors.ResponseValidationError):
            error.partial = self.assembled()

    def _is_chunk(self, name: str, text: str, failure: Exception | None) -> bool:
        """Tell whether an event that does not look like one is a piece of the answer, or of another name (`ping`).

        Raises what it reports, or why it cannot be read.
        """
        if not text or self._is_other_event(name, text):
            return False
        if failure is not None:
            raise _unreadable(failure, text, _EVENT) from failure
        return True

    def _is_other_event(self, name: str, text: str) -> bool:
        """Tell whether an event is of another kind than chunks; raises what it reports, if it is an error."""
        try:
            data = self._texts.read(text)
        except (ValueError, RecursionError):
            data = None
        fields: dict[str, Any] = data if isinstance(data, dict) else {}
        if name != "error" and fields.get("choices") and fields.get("object") != "error":
            return False
        # The forms that the service gives an error; an event of another name (`ping`) may well have a message.
        said = name == "message" and "choices" not in fields and fields.keys() & {"detail", "message"}
        if name == "error" or said or fields.get("object") == "error" or fields.get("error"):
            raise _reported_error(fields, text)
        return name != "message" and "choices" not in fields


def _reported_error(fields: dict[str, Any], text: str) -> errors.StreamEventError:
    inner = fields["error"] if isinstance(fields.get("error"), dict) else fields
    said = errors.server_message(text) or text[:500]
    message = f"the service reported an error in the stream: {said} Ask again, unless it is about the request."
    code, kind = inner.get("code"), inner.get("type")
    code, kind = code if isinstance(code, str | int) else None, kind if isinstance(kind, str) else None
    return errors.StreamEventError(message, code=code, type=kind, body=text)
