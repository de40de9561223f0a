"""From what the service sends to the models of the contract, and to how a stream ended. No I/O, no clock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import define

from mistral_agents_api.errors import StructureError

from . import errors
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


def _read_json(body: bytes, what: str) -> Any:
    try:
        return json.loads(body)
    # ValueError: not JSON, not UTF-8, or an integer of more digits than Python converts.
    except (ValueError, RecursionError) as error:
        reason = f"cannot be read as JSON ({error})" if isinstance(error, ValueError) else "is nested too deep"
        raise errors.ResponseValidationError(f"{what} {reason}. Check server_url and .body.", body=body) from error


def _read_model(model: Any, data: Any, body: bytes, what: str) -> Any:
    try:
        return model.from_dict(data)
    except (StructureError, RecursionError) as error:
        raise errors.ResponseValidationError(f"{what} is not as the contract says: {error}.", body=body) from error


class EventReader:
    """Reads one stream: `feed` it what arrives, say `end` when the body ends, `fail` when anything else does.

    What went wrong stands in `failure`, to be raised after the events that came before it; `done`: nothing more comes.
    """

    def __init__(self, expected_choices: int | None) -> None:
        self._decoder = SSEDecoder()
        self._expected_choices = expected_choices
        self._seen, self._finished = set[int](), set[int]()
        self._began = self.done = False
        self.failure: errors.MistralError | None = None

    def feed(self, data: bytes) -> list[CompletionEvent]:
        """Take the next bytes of the body; return the events that are complete now."""
        return self._read(self._decoder.feed(data))

    def end(self) -> list[CompletionEvent]:
        """Take the end of the body; return the events that it completes."""
        pending, events = self._decoder.pending, self._read(self._decoder.flush())
        # As many choices as were asked for, or else as were seen, have given their reason to end.
        complete = len(self._finished) >= (self._expected_choices or 1) and self._finished >= self._seen
        if not self.done and (pending or not complete):
            lost = errors.APIConnectionError("the body ended before the first event. Try again.")
            lost.retryable = True
            self.fail(lost)
        self.done = True
        return events

    def fail(self, error: errors.MistralError) -> None:
        """Take an error: once a stream has begun, a lost connection means that it is not whole."""
        if self._began and isinstance(error, errors.APIConnectionError):
            cause = error.__cause__ or error
            if isinstance(error, errors.APITimeoutError):
                error = errors.IdleTimeoutError("no event came in time. Allow more timeout_ms, or ask again.")
            else:
                error = errors.StreamTruncatedError(
                    "the stream ended before it had finished. Ask again: it starts anew."
                )
            error.__cause__ = cause
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
                    events += self._event(frame)
                except errors.MistralError as error:
                    self.fail(error)
        self._began = self._began or bool(events)
        return events

    def _event(self, frame: ServerSentEvent) -> list[CompletionEvent]:
        """Read one event; give none for one of another name that holds no chunk (`ping`)."""
        from mistral_agents_api.models import CompletionChunk

        what, body, data = "an event of the stream", frame.data.encode("utf-8", "surrogatepass"), None
        try:
            data = _read_json(body, what)
        except errors.ResponseValidationError:
            if frame.event == "message":
                raise
        fields: dict[str, Any] = data if isinstance(data, dict) else {}
        # The forms that the service gives an error; an event of another name (`ping`) may well have a message.
        said = "choices" not in fields and frame.event == "message" and fields.keys() & {"detail", "message"}
        failed = said or fields.get("object") == "error" or (fields.get("error") and not fields.get("choices"))
        if frame.event == "error" or failed:
            inner = fields["error"] if isinstance(fields.get("error"), dict) else fields
            text = errors.server_message(body) or frame.data[:500]
            message = f"the service reported an error in the stream: {text} Ask again, unless it is about the request."
            code, kind = inner.get("code"), inner.get("type")
            code, kind = code if isinstance(code, str | int) else None, kind if isinstance(kind, str) else None
            raise errors.StreamEventError(message, code=code, type=kind, body=body)
        if frame.event != "message" and "choices" not in fields:
            return []
        chunk: CompletionChunk = _read_model(CompletionChunk, data, body, what)
        try:
            self._seen.update(choice.index for choice in chunk.choices)
            self._finished.update(choice.index for choice in chunk.choices if choice.finish_reason)
        except TypeError as error:  # an index that is a list or an object
            raise errors.ResponseValidationError(f"{what} has an index that is no number.", body=body) from error
        return [CompletionEvent(chunk, frame.event, frame.id)]
