"""Everything that can go wrong, as one tree.

MistralError                        everything this library raises; .partial, .attempts
├── InvalidArgumentError            also a ValueError; raised before anything is sent
├── SDKError                        any status but 200: status_code, headers, body, request_id
│   ├── HTTPValidationError         422, .detail typed
│   └── AuthenticationError 401 · PermissionDeniedError 403 · NotFoundError 404 · RateLimitError 429 · ServerError 5xx
├── APIConnectionError              no answer: refused, reset, DNS, TLS, closed client
│   └── APITimeoutError             └── FirstEventTimeoutError, IdleTimeoutError, DeadlineExceededError
├── ResponseValidationError         an answer that the contract does not allow, or too large, too deep; body kept
├── ToolRoundsError                 an agent calls tools for longer than max_rounds; .messages
└── StreamError                     StreamTruncatedError, StreamEventError

All can be pickled: the cause travels as a summary, so that no request, and no key, goes with it.
"""

from __future__ import annotations

import copyreg
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse, ValidationError

    from .agents import DetailedResponse

# A message is read in a terminal or a log line; the whole body stays on the error.
_SHOWN_CHARACTERS = 500
# How the service, and what stands before it, say the two in words where there is no status to say it with.
_RATE_LIMIT = r"(?i)^429\b|rate.?limit|too.many.requests"
_OVERLOAD = r"(?i)^503\b|overload|capacity.exceeded|over.capacity|service.unavailable"


class MistralError(Exception):
    """Base of everything this library raises."""

    partial: ChatCompletionResponse | None = None
    """What had come before: of a stream its events, put together (None before the first), or an answer of no use."""
    attempts: int = 0
    """How many attempts were made; 0 when it did not come to one."""
    request_id: str | None = None
    """The service's name for the request, if an answer gave one."""
    messages: list[Any] | None = None
    """Of run_tools: the conversation with the results that there are; `run_tools(messages=...)` goes on from it."""
    cause_summary: str | None = None
    """After unpickling: what `__cause__` was."""

    def advise(self, sentence: str) -> None:
        """Add to the message."""
        self.args = (f"{self} {sentence}",)

    def about(self, answer: DetailedResponse) -> Self:
        """Let the error say which answer it is about."""
        self.partial, self.attempts, self.request_id = answer.data, answer.attempts, answer.request_id
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        cause = self.cause_summary if self.__cause__ is None else f"{type(self.__cause__).__name__}: {self.__cause__}"
        make = copyreg.__newobj__  # type: ignore[attr-defined]  # pickle's own, which typeshed leaves out
        return make, (type(self), *self.args), {**self.__dict__, "cause_summary": cause}


class InvalidArgumentError(MistralError, ValueError):
    """An argument cannot be used; nothing was sent."""


class SDKError(MistralError):
    """Another status than 200: 4xx is about the request, see .body; 3xx about server_url, since none is followed."""

    def __init__(self, message: str, *, status_code: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        super().__init__(message)
        self.status_code, self.headers, self.body = status_code, headers, body
        self.request_id = request_id(headers)

    @property
    def rate_limit(self) -> dict[str, str]:
        """What the headers say of the rate limits, by their names."""
        return rate_limit(self.headers)


class HTTPValidationError(SDKError):
    """422: the request does not fit the contract. Correct the arguments that are named; see .detail."""

    @property
    def detail(self) -> list[ValidationError] | str | None:
        """What does not fit; None when the body does not say it in the contract's form."""
        from mistral_agents_api.models import HTTPValidationErrorBody

        try:
            detail = HTTPValidationErrorBody.from_dict(json.loads(self.body)).detail
        except (ValueError, RecursionError):  # not JSON, or of another structure
            return None
        return detail or None if isinstance(detail, (list, str)) else None


class AuthenticationError(SDKError):
    """401: the key is missing or wrong. Check api_key, or MISTRAL_API_KEY."""


class PermissionDeniedError(SDKError):
    """403: the key may not do this. Check what its workspace may use."""


class NotFoundError(SDKError):
    """404: there is no such agent, or no such address. Check agent_id and server_url."""


class RateLimitError(SDKError):
    """429: too many requests or tokens. Send fewer at a time, or allow more attempts in RetryConfig."""


class ServerError(SDKError):
    """5xx: the service failed. Try again later, or allow more attempts in RetryConfig."""


class APIConnectionError(MistralError):
    """No answer came: refused, reset, name not found, TLS failure, closed client.

    `retryable`: whether another attempt may help; not after a timeout while reading: the work is likely still running.
    """

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class APITimeoutError(APIConnectionError):
    """A time limit passed while waiting for the service."""


class FirstEventTimeoutError(APITimeoutError):
    """No event of a stream came within first_event_timeout_ms."""


class IdleTimeoutError(APITimeoutError):
    """After an event of a stream, no other came within idle_timeout_ms."""


class DeadlineExceededError(APITimeoutError):
    """All attempts together, and the reading of a stream, took longer than deadline_ms."""


class ResponseValidationError(MistralError):
    """An answer that the contract does not allow, or that is too large or nested too deep; `body` holds it."""

    def __init__(self, message: str, *, body: bytes | str = b"") -> None:
        self.body = as_bytes(body)
        super().__init__(message + shown(self.body))


class ToolRoundsError(MistralError):
    """An agent still calls tools after max_rounds rounds: `messages` ends with their results, `partial` came then."""


class StreamError(MistralError):
    """A stream cannot go on, or was left before its end."""


class StreamTruncatedError(StreamError):
    """A stream ended before the service said that it was finished."""


class StreamEventError(StreamError):
    """The service reported an error inside a stream, with its own `code` and `type` where it gave them."""

    def __init__(self, message: str, *, code: str | int | None, type: str | None, body: bytes | str) -> None:
        super().__init__(message)
        self.code, self.type, self.body = code, type, as_bytes(body)
        said = f"{code} {type} {message}"
        self.status_code = 429 if re.search(_RATE_LIMIT, said) else 503 if re.search(_OVERLOAD, said) else None
        """429 or 503 where the error says what they do; as the first event it counts as that status."""


_BY_STATUS: dict[int, type[SDKError]] = {401: AuthenticationError, 403: PermissionDeniedError, 404: NotFoundError}
_BY_STATUS |= {422: HTTPValidationError, 429: RateLimitError}


def status_error(status_code: int, headers: Mapping[str, str], body: bytes) -> SDKError:
    """Make the error for an answer with a status other than 200; what to do next is what its class says."""
    error_class = _BY_STATUS.get(status_code, ServerError if 500 <= status_code < 600 else SDKError)
    said, named = server_message(body) or shown(body).strip() or "no body.", request_id(headers)
    advice = f" ({error_class.__doc__})" if error_class.__doc__ else ""  # `python -OO` has no docstrings
    message = f"status {status_code}: {said}{advice}" + (f" [request id {named}]" if named else "")
    return error_class(message, status_code=status_code, headers=headers, body=body)


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return the service's name for a request from its answer's headers; its support asks for it."""
    return next((headers[name] for name in ("x-request-id", "mistral-correlation-id") if name in headers), None)


def rate_limit(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of an answer that speak of rate limits."""
    return {name: value for name, value in headers.items() if "ratelimit" in name.lower()}


def as_bytes(body: bytes | str) -> bytes:
    """Return a body as it came."""
    return body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")


def server_message(body: bytes | str) -> str:
    """Return as a sentence what an error body says, in whichever form the service uses, or ""."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    # {"detail": ...}, {"object": "error", "message": ...}, {"error": {...}}; what they hold may be an object again.
    while isinstance(said, dict):
        said = next((said[name] for name in ("message", "detail", "error", "msg") if said.get(name)), "")
    if isinstance(said, list):
        said = "; ".join(_problem(item) for item in said)
    return shown(str(said).rstrip(".").encode("utf-8", "replace"), "") + "." if said else ""


def reason(error: Exception) -> str:
    """Return as a sentence why a text was not read: pydantic's mistakes with their places, or the error's own words."""
    mistakes: Any = getattr(error, "json", None)
    return server_message(mistakes(include_context=False, include_input=False)) if mistakes else f"{error}."


def _problem(item: object) -> str:
    fields: dict[str, Any] = item if isinstance(item, dict) else {"msg": item}
    path = fields["loc"] if isinstance(fields.get("loc"), list) else []
    return f"{'.'.join(map(str, path))}: {fields.get('msg')}".removeprefix(": ")


def shown(body: bytes, introduction: str = " The body was: ") -> str:
    """Return the start of a body as the end of a message."""
    # Four bytes are the most one character takes; decoding a whole body to show its start would be waste.
    text = body[: 4 * _SHOWN_CHARACTERS].decode("utf-8", errors="replace").strip()
    return introduction + text[:_SHOWN_CHARACTERS] + "..." * (len(text) > _SHOWN_CHARACTERS) if text else ""
