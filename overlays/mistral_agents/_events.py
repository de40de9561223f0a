"""From what the service sends to the models of the contract, and to how a stream ended. No I/O, no clock."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from attrs import define

from mistral_agents_api.errors import StructureError

from . import errors
from ._assembly import assemble
from .sse import ServerSentEvent, SSEDecoder

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse, CompletionChunk


@define
class CompletionEvent:
    """One event of a stream: a piece of the answer, the event's name ("message" if it has none), the last event id."""

    data: CompletionChunk
    event: str
    id: str


def read_response(body: bytes) -> ChatCompletionResponse:
    """Read a JSON answer; raise ResponseValidationError."""
    from mistral_agents_api.models import ChatCompletionResponse

    what = "the answer" if body else "the empty answer"
    response: ChatCompletionResponse = _read_model(ChatCompletionResponse, _read_json(body, what), body, what)
    return response


def _read_json(text: bytes | str, what: str) -> Any:
    try:
        return json.loads(text)
    # ValueError: not JSON, not UTF-8, or an integer of more digits than Python converts.
    except (ValueError, RecursionError) as error:
        reason = f"cannot be read as JSON ({error})" if isinstance(error, ValueError) else "is nested too deep"
        raise errors.ResponseValidationError(f"{what} {reason}. Check server_url and .body.", body=text) from error


def _read_model(model: Any, data: Any, text: bytes | str, what: str) -> Any:
    try:
        return model.from_dict(data)
    except (StructureError, RecursionError) as error:
        raise errors.ResponseValidationError(f"{what} is not as the contract says: {error}.", body=text) from error


class EventReader:
    """Reads one stream: `feed` it what arrives, say `end` when the body ends, `fail` when anything else does.

    What went wrong stands in `failure`, to be raised after the events that came before it; `began`: the first event is
    there; `done`: nothing more comes.
    """

    def __init__(self, expected_choices: int | None, max_event_bytes: int) -> None:
        from mistral_agents_api.models import CompletionChunk

        self._model, self._decoder = CompletionChunk, SSEDecoder(max_event_bytes)
        self._expected_choices = expected_choices
        self._seen, self._finished = set[int](), set[int]()
        self._received: list[str] = []  # as text, which is small; put together when it is asked for
        self.began = self.done = False
        self.failure: errors.MistralError | None = None

    def assembled(self) -> ChatCompletionResponse:
        """Return what the events make up so far."""
        from mistral_agents_api.models import ChatCompletionResponse

        try:
            return ChatCompletionResponse.from_dict(assemble(map(json.loads, self._received)))
        except RecursionError as error:  # each event by itself was just not too deep
            raise errors.ResponseValidationError("the answer is nested too deep to be put together.") from error

    def feed(self, data: bytes) -> list[CompletionEvent]:
        """Take the next bytes of the body; return the events that are complete now."""
        return self._read(self._decoder.feed(data))

    def end(self) -> list[CompletionEvent]:
        """Take the end of the body; return the events that it completes."""
        pending, events = self._decoder.pending, self._read(self._decoder.flush())
        # As many choices as were asked for, or else as were seen, have given their reason to end.
        complete = len(self._finished) >= (self._expected_choices or 1) and self._finished >= self._seen
        if not self.done and (pending or not complete):
            self.fail(errors.APIConnectionError("the body ended before the first event. Try again.", retryable=True))
        self.done = True
        return events

    def fail(self, error: errors.MistralError) -> None:
        """Take an error: once a stream has begun, a lost connection means that it is not whole."""
        if self.began:
            if isinstance(error, errors.APIConnectionError) and not isinstance(error, errors.APITimeoutError):
                cause = error.__cause__ or error
                error = errors.StreamTruncatedError(
                    "the stream ended before it had finished; .partial has what came. Ask again: it starts anew."
                )
                error.__cause__ = cause
            with suppress(errors.ResponseValidationError):
                error.partial = self.assembled()
        self.failure, self.done = error, True

    def _read(self, frames: list[ServerSentEvent]) -> list[CompletionEvent]:
        events: list[CompletionEvent] = []
        for frame in frames:
            if self.done:  # nothing counts after the end
                break
            if frame.data == "[DONE]":
                self.done = True
            elif frame.data:
                try:
                    event = self._event(frame)
                except errors.MistralError as error:
                    self.fail(error)
                else:
                    if event is not None:
                        events.append(event)
                        self._received.append(frame.data)
                        self.began = True
        return events

    def _event(self, frame: ServerSentEvent) -> CompletionEvent | None:
        """Read one event; None for one of another name that holds no chunk (`ping`)."""
        what, text, name, data = "an event of the stream", frame.data, frame.event, None
        try:
            data = _read_json(text, what)
        except errors.ResponseValidationError:
            if name == "message":
                raise
        fields: dict[str, Any] = data if isinstance(data, dict) else {}
        if name == "error" or not fields.get("choices") or fields.get("object") == "error":
            # The forms that the service gives an error; an event of another name (`ping`) may well have a message.
            said = name == "message" and "choices" not in fields and fields.keys() & {"detail", "message"}
            if name == "error" or said or fields.get("object") == "error" or fields.get("error"):
                raise _reported_error(fields, text)
            if name != "message" and "choices" not in fields:
                return None
        chunk: CompletionChunk = _read_model(self._model, data, text, what)
        try:
            for choice in chunk.choices:
                self._seen.add(choice.index)
                if choice.finish_reason:
                    self._finished.add(choice.index)
        except TypeError as error:  # an index that is a list or an object
            raise errors.ResponseValidationError(f"{what} has an index that is no number.", body=text) from error
        return CompletionEvent(chunk, name, frame.id)


def _reported_error(fields: dict[str, Any], text: str) -> errors.StreamEventError:
    inner = fields["error"] if isinstance(fields.get("error"), dict) else fields
    said = errors.server_message(text) or text[:500]
    message = f"the service reported an error in the stream: {said} Ask again, unless it is about the request."
    code, kind = inner.get("code"), inner.get("type")
    code, kind = code if isinstance(code, str | int) else None, kind if isinstance(kind, str) else None
    return errors.StreamEventError(message, code=code, type=kind, body=text)
