"""Everything that can go wrong, as one tree.

MistralError                        everything that goes wrong in a call; .partial, .attempts, .request_id
├── InvalidArgumentError            also a ValueError; raised before anything is sent
├── SDKError                        a status that means failure: status_code, headers, body, data, code, type
│   ├── BadRequestError 400 · AuthenticationError 401 · PermissionDeniedError 403 · NotFoundError 404
│   ├── ConflictError 409 · RateLimitError 429 · ServerError 5xx
│   └── HTTPValidationError         422, .detail typed
├── APIConnectionError              no answer: refused, reset, DNS, TLS, closed client
│   └── APITimeoutError             └── FirstEventTimeoutError, IdleTimeoutError, DeadlineExceededError
├── ResponseValidationError         an answer that does not fit the contract, or is too large or too deep: .body
├── ToolError, ToolRoundsError      a tool failed; an agent still calls tools after max_rounds: .messages
└── StreamError                     StreamTruncatedError, StreamEventError

All can be pickled. A pickle has a summary of the cause, but no request and no key.
"""

from __future__ import annotations

import copyreg
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mistral_agents_api.nesting import loads

if TYPE_CHECKING:
    from mistral_agents_api.models import ValidationError

_SHOWN_CHARACTERS = 500  # a message is read in a terminal or a log line; the whole body stays on the error
# Codes and types that stand for a status. A message is never used for this: it may quote any text, and after a wrong
# guess a retry could repeat work that was already done.
_MEANS = {
    429: "(?i)429|rate_limit(ed|_error|_exceeded)?|too_many_requests(_error)?",
    503: "(?i)503|(server_)?overloaded(_error)?|service_unavailable(_error)?|service_tier_capacity_exceeded",
}
# Fields that say what went wrong, and all fields that an error object may have.
_SAY = frozenset({"message", "detail", "error"})
_OF_AN_ERROR = _SAY | {"object", "type", "code", "param", "status", "status_code", "raw_status_code", "request_id"}
_LOCKED = r"(?i)conversation is (being updated|locked)|concurrent requests are not supported"


class MistralError(Exception):
    """Base of all errors of a call."""

    # An error does not know its stream's type, so the type says only "may be None". `stream.snapshot` has the type.
    partial: Any | None = None
    """What arrived before the error: the events of a stream as one answer, or an answer that cannot be used. If the
    events of a stream do not form one answer: a list of their data, as plain JSON data."""
    attempts: int = 0
    """How many attempts were made; 0 if the call failed before its first attempt, and in a ToolError."""
    request_id: str | None = None
    """The service's identifier of the request, if a response had one."""
    messages: list[Any] | None = None
    """From run_tools: the conversation so far; `run_tools(messages=...)` continues from it."""
    cause_summary: str | None = None
    """In an unpickled error: a summary of what `__cause__` was."""

    def advise(self, sentence: str) -> None:
        """Add a sentence to the message."""
        self.args = (f"{self} {sentence}",)

    def __reduce__(self) -> tuple[Any, ...]:
        cause = self.cause_summary if self.__cause__ is None else f"{type(self.__cause__).__name__}: {self.__cause__}"
        make = copyreg.__newobj__  # type: ignore[attr-defined]  # pickle's own, which typeshed leaves out
        return make, (type(self), *self.args), {**self.__dict__, "cause_summary": cause}


class InvalidArgumentError(MistralError, ValueError):
    """An argument cannot be used; nothing was sent."""


class SDKError(MistralError):
    """An error status. 4xx: correct the request, see .body. 3xx: correct server_url, redirects are not followed."""

    def __init__(
        self, message: str, *, status_code: int, headers: Mapping[str, str], body: bytes = b"", data: Any = None
    ) -> None:
        super().__init__(message)
        self.status_code, self.headers, self.body = status_code, headers, body
        self.data = data
        """The body as the contract's model for this status; None if it does not fit."""
        self.request_id = request_id(headers)
        self.code, self.type = code_and_type(fields_of(body))
        """`code` and `type` of the error in the body; None if it has none."""

    @property
    def rate_limit(self) -> dict[str, str]:
        """The headers about rate limits, by name."""
        return rate_limit(self.headers)


class HTTPValidationError(SDKError):
    """422: the request does not fit the contract. Correct the arguments that are named; see .detail."""

    @property
    def detail(self) -> list[ValidationError] | str | None:
        """What does not fit; None if the body says it in another form than the contract's."""
        return detail or None if isinstance(detail := getattr(self.data, "detail", None), (list, str)) else None


class BadRequestError(SDKError):
    """400: the service cannot handle this request. Correct what the message names."""


class AuthenticationError(SDKError):
    """401: the key is missing or wrong. Check api_key, or MISTRAL_API_KEY."""


class PermissionDeniedError(SDKError):
    """403: the key may not do this. Check what its workspace may use."""


class NotFoundError(SDKError):
    """404: the service has no such object, or no such address. Check the identifier and server_url."""


class ConflictError(SDKError):
    """409: the request conflicts with another one, or with the state of its object. Try again later."""

    @property
    def locked(self) -> bool:
        """Whether the conversation is locked by another request: nothing was done, and another attempt may succeed."""
        return re.search(_LOCKED, server_message(self.body)) is not None


class RateLimitError(SDKError):
    """429: too many requests or tokens. Send fewer at a time, or try later."""


class ServerError(SDKError):
    """5xx: the service failed. Try again later."""


class APIConnectionError(MistralError):
    """No answer came: refused, reset, name not found, TLS failure, closed client.

    `retryable`: whether another attempt may help. It is False after a read timeout, because the service is probably
    still working. `sent`: whether the service may have received the request and acted on it.
    """

    def __init__(self, message: str, *, retryable: bool = False, sent: bool = True) -> None:
        super().__init__(message)
        self.retryable, self.sent = retryable, sent


class APITimeoutError(APIConnectionError):
    """A time limit passed while waiting for the service."""


class FirstEventTimeoutError(APITimeoutError):
    """No first event of a stream arrived within first_event_timeout_ms."""


class IdleTimeoutError(APITimeoutError):
    """No further event of a stream arrived within idle_timeout_ms."""


class DeadlineExceededError(APITimeoutError):
    """The whole call, with all attempts and the reading of a stream, took longer than deadline_ms."""


class ResponseValidationError(MistralError):
    """An answer does not fit the contract, is too large, or is nested too deep. `body` has what arrived."""

    def __init__(self, message: str, *, body: bytes | str = b"") -> None:
        self.body = as_bytes(body)
        super().__init__(message + shown(self.body))


class ToolError(MistralError):
    """A function that an agent called has raised `__cause__`. `messages` ends with the calls and their results."""


class ToolRoundsError(MistralError):
    """An agent still calls tools after max_rounds rounds. `messages` is the conversation, `partial` the last answer."""


class StreamError(MistralError):
    """A stream cannot be read any further, or was closed before its end."""


class StreamTruncatedError(StreamError):
    """A stream ended before its answer was complete."""


class StreamEventError(StreamError):
    """The service reported an error inside a stream; `code` and `type` are the service's, if it gave them."""

    def __init__(self, message: str, *, code: str | int | None, type: str | None, body: bytes | str) -> None:
        super().__init__(message)
        self.code, self.type, self.body = code, type, as_bytes(body)
        means = (status for status, names in _MEANS.items() for n in (code, type) if re.fullmatch(names, str(n)))
        self.status_code = next(means, None)
        """429 or 503, if `code` or `type` means that status. A stream that begins with this error is then retried."""


_BY_STATUS: dict[int, type[SDKError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: HTTPValidationError,
    429: RateLimitError,
}


def status_error(status_code: int, headers: Mapping[str, str], body: bytes, data: Any = None) -> SDKError:
    """Make the error for an error status. Its message contains advice, which is the docstring of its class."""
    error_class = _BY_STATUS.get(status_code, ServerError if 500 <= status_code < 600 else SDKError)
    said, named = server_message(body) or shown(body).strip() or "no body.", request_id(headers)
    advice = f" ({error_class.__doc__})" if error_class.__doc__ else ""  # `python -OO` has no docstrings
    message = f"status {status_code}: {said}{advice}" + (f" [request id {named}]" if named else "")
    return error_class(message, status_code=status_code, headers=headers, body=body, data=data)


def is_error(fields: Mapping[str, Any], *, tagged: bool = False) -> bool:
    """Tell whether JSON data is an error object. Data with a tag may have a field `error` without being one."""
    kind = fields.get("object")
    return (isinstance(kind, str) and kind.lower() == "error") or (not tagged and bool(fields.get("error")))


def is_error_alone(data: Any) -> bool:
    """Tell whether JSON data is an error and cannot be an answer, because it has only the fields of an error."""
    return isinstance(data, dict) and bool(data.keys() & _SAY) and data.keys() <= _OF_AN_ERROR


def reported_error(text: bytes | str, fields: Any = None) -> StreamEventError:
    """Make the error for a text that reports one; `fields` is the error object in it, if that is not the whole text."""
    said = server_message(text if fields is None else json.dumps(fields)) or shown(as_bytes(text), "")
    code, kind = code_and_type(fields_of(text) if fields is None else fields)
    message = f"the service reported an error in the stream: {said} Correct the request, or try again."
    return StreamEventError(message, code=code, type=kind, body=text)


def misfit(message: str, body: bytes) -> MistralError:
    """Make the error for a body of the wrong type. If the body is an error object, report that error."""
    fields = fields_of(body)
    if not isinstance(fields, dict) or not (is_error(fields) or is_error_alone(fields)):
        return ResponseValidationError(message, body=body)
    error = reported_error(body)
    error.status_code = None  # the service has answered, so another attempt would get the same answer
    return error


def code_and_type(fields: Any) -> tuple[str | int | None, str | None]:
    """Return the code and the type of an error object."""
    while isinstance(fields, Mapping) and isinstance(fields.get("error"), Mapping):
        fields = fields["error"]
    if not isinstance(fields, Mapping):
        return None, None
    code, kind = fields.get("code"), fields.get("type")
    return code if isinstance(code, str | int) else None, kind if isinstance(kind, str) else None


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return the service's identifier of a request, from the headers of its response."""
    return next((headers[name] for name in ("x-request-id", "mistral-correlation-id") if name in headers), None)


def rate_limit(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers about rate limits."""
    return {name: value for name, value in headers.items() if "ratelimit" in name.lower()}


def as_bytes(body: bytes | str) -> bytes:
    """Return a body as bytes."""
    return body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")


def server_message(body: bytes | str) -> str:
    """Return the message of an error body as a sentence, whatever its form; "" if it has none."""
    said = fields_of(body)
    # {"detail": ...}, {"object": "error", "message": ...}, {"error": {...}}; their values may be objects again.
    while isinstance(said, dict):
        said = next((said[name] for name in ("message", "detail", "error", "msg") if said.get(name)), "")
    said = "; ".join(map(_problem, said)) if isinstance(said, list) else said
    return shown(str(said).rstrip(".").encode("utf-8", "replace"), "") + "." if said else ""


def fields_of(body: bytes | str) -> Any:
    """Return a body as JSON data, or None if it is not JSON."""
    try:
        return loads(body)
    except (ValueError, RecursionError):
        return None


def _problem(item: object) -> str:
    fields: dict[str, Any] = item if isinstance(item, dict) else {"msg": item}
    path = fields["loc"] if isinstance(fields.get("loc"), list) else []
    return f"{'.'.join(map(str, path))}: {fields.get('msg')}".removeprefix(": ")


def shown(body: bytes, introduction: str = " The body was: ") -> str:
    """Return the start of a body, for the end of a message."""
    text = body[: 4 * _SHOWN_CHARACTERS].decode("utf-8", errors="replace").strip()  # no character has more than 4 bytes
    return introduction + text[:_SHOWN_CHARACTERS] + "..." * (len(text) > _SHOWN_CHARACTERS) if text else ""
