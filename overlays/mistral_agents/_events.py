"""From the bytes of one stream to its completion events, and to the knowledge of how it ended. No I/O, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define

from . import errors
from ._contract import read_json, read_model
from .sse import ServerSentEvent, SSEDecoder

if TYPE_CHECKING:
    from mistral_agents_api.models import CompletionChunk


@define
class CompletionEvent:
    """One event of a stream: the piece of the answer, the event's name ("message" if it has none), the last event id."""

    data: CompletionChunk
    event: str
    id: str


class EventReader:
    """Reads one stream: `feed` it what arrives, say `end` when the body ends, `fail` when anything else does.

    What went wrong stands in `failure`, to be raised once the events that came before it are delivered; `done` says that
    nothing more is to come.
    """

    def __init__(self, expected_choices: int | None) -> None:
        self._decoder = SSEDecoder()
        self._expected_choices = expected_choices
        self._seen: set[int] = set()
        self._finished: set[int] = set()
        self._began = False
        self.done = False
        self.failure: errors.MistralError | None = None

    def feed(self, data: bytes) -> list[CompletionEvent]:
        """Take the next bytes of the body; return the events that are complete now."""
        return self._read(self._decoder.feed(data))

    def end(self) -> list[CompletionEvent]:
        """Take the end of the body; return the events that it completes."""
        events = self._read(self._decoder.flush())
        # As many choices as were asked for, or else as were seen, have given their reason to end.
        complete = len(self._finished) >= (self._expected_choices or 1) and self._finished >= self._seen
        if not self.done and (self._decoder.pending or not complete):
            lost = errors.APIConnectionError("the body ended before the first event. Try again.")
            lost.retryable = True
            self.fail(lost)
        self.done = True
        return events

    def fail(self, error: errors.MistralError) -> None:
        """Take an error: once a stream has begun, a lost connection means that it is not whole."""
        if self._began and isinstance(error, errors.APIConnectionError):
            if isinstance(error, errors.APITimeoutError):
                later: errors.MistralError = errors.IdleTimeoutError("no event came in time. Allow more timeout_ms.")
            else:
                later = errors.StreamTruncatedError("the stream ended before it had finished. Ask again for the rest.")
            later.__cause__ = error.__cause__ or error
            error = later
        self.failure = error
        self.done = True

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
                    self._began = self._began or bool(events)
                    self.fail(error)
        self._began = self._began or bool(events)
        return events

    def _event(self, frame: ServerSentEvent) -> list[CompletionEvent]:
        """Read one event; give none for one of another name that holds no chunk (`ping`)."""
        from mistral_agents_api.models import CompletionChunk

        text, name, what = frame.data, frame.event, "an event of the stream"
        try:
            data = read_json(text, what)
        except errors.ResponseValidationError:
            if name == "message":
                raise
            data = None
        if name == "error" or _is_error(data):
            raise _stream_event_error(data, text)
        if name != "message" and not (isinstance(data, dict) and "choices" in data):
            return []
        chunk: CompletionChunk = read_model(CompletionChunk, data, text, what)
        try:
            self._seen.update(choice.index for choice in chunk.choices)
            self._finished.update(choice.index for choice in chunk.choices if choice.finish_reason)
        except TypeError as error:  # an index that is a list or an object
            raise errors.ResponseValidationError(f"{what}: an index must be a number.", body=text.encode()) from error
        return [CompletionEvent(chunk, name, frame.id)]


def _is_error(data: Any) -> bool:
    """Tell whether an event's data is an error, in one of the service's forms, instead of a chunk."""
    if not isinstance(data, dict) or "choices" in data:
        return False
    return data.get("object") == "error" or any(data.get(name) for name in ("error", "detail", "message"))


def _stream_event_error(data: Any, text: str) -> errors.StreamEventError:
    error = data.get("error") if isinstance(data, dict) and isinstance(data.get("error"), dict) else data
    code, kind = (error.get("code"), error.get("type")) if isinstance(error, dict) else (None, None)
    body = text.encode("utf-8", errors="surrogatepass")
    return errors.StreamEventError(
        f"the service reported an error in the stream: {errors.server_message(body) or text[:500]} Ask again.",
        code=code if isinstance(code, (str, int)) else None,
        type=kind if isinstance(kind, str) else None,
        body=body,
    )
