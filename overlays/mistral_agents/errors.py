"""Everything that can go wrong, as one tree.

MistralError                        everything this library raises; .partial, .attempts
├── InvalidArgumentError            also a ValueError; raised before anything is sent
├── SDKError                        any status but 200: status_code, headers, body, request_id
│   ├── HTTPValidationError         422, .detail typed
│   ├── AuthenticationError         401
│   ├── PermissionDeniedError       403
│   ├── NotFoundError               404
│   ├── RateLimitError              429
│   └── ServerError                 5xx
├── APIConnectionError              no answer: refused, reset, DNS, TLS, closed client
│   └── APITimeoutError
│       ├── FirstEventTimeoutError
│       ├── IdleTimeoutError
│       └── DeadlineExceededError
├── ResponseValidationError         an answer that the contract does not allow, or too large, too deep; body kept
└── StreamError
    ├── StreamTruncatedError        the stream ended before it was finished
    └── StreamEventError            the server reported an error inside the stream

Every error can be pickled: the cause travels as a summary, so that no request (and no key) goes with it.
"""

from __future__ import annotations

import copyreg
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse, ValidationError

__all__ = [
    "APIConnectionError",
    "APITimeoutError",
    "AuthenticationError",
    "DeadlineExceededError",
    "FirstEventTimeoutError",
    "HTTPValidationError",
    "IdleTimeoutError",
    "InvalidArgumentError",
    "MistralError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ResponseValidationError",
    "SDKError",
    "ServerError",
    "StreamError",
    "StreamEventError",
    "StreamTruncatedError",
    "status_error",
]

# A message is read in a terminal or a log line; the whole body stays on the error.
_SHOWN_BODY_CHARACTERS = 500
# The header that carries the service's name for one request; quoted to support when something went wrong.
REQUEST_ID_HEADERS = ("x-request-id", "mistral-correlation-id", "x-kong-request-id")


class MistralError(Exception):
    """Base of everything this library raises."""

    partial: ChatCompletionResponse | None = None
    """What a stream had delivered before it failed, assembled; None when nothing was."""
    attempts: int = 0
    """How many requests were sent; 0 when none was."""
    cause_summary: str | None = None
    """After unpickling: what `__cause__` said where the error was raised."""

    def __reduce__(self) -> tuple[Any, ...]:
        cause = self.cause_summary if self.__cause__ is None else f"{type(self.__cause__).__name__}: {self.__cause__}"
        return copyreg.__newobj__, (type(self), *self.args), {**self.__dict__, "cause_summary": cause}  # type: ignore[attr-defined]  # typeshed leaves it out; pickle's own protocol 2 is defined by it


class InvalidArgumentError(MistralError, ValueError):
    """An argument cannot be used; nothing was sent."""


class SDKError(MistralError):
    """The service answered with a status other than 200."""

    def __init__(self, message: str, *, status_code: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        super().__init__(message)
        self.status_code = status_code
        self.headers = headers
        self.body = body

    @property
    def request_id(self) -> str | None:
        """The service's name for this request, if it gave one."""
        return request_id(self.headers)


class HTTPValidationError(SDKError):
    """Status 422: the request does not fit the contract."""

    @property
    def detail(self) -> list[ValidationError] | str | None:
        """The service's list of what does not fit (or its one sentence); None when the body is no such list."""
        from mistral_agents_api.models import HTTPValidationErrorBody
        from mistral_agents_api.errors import StructureError

        try:
            return HTTPValidationErrorBody.from_dict(json.loads(self.body)).detail or None
        except (ValueError, RecursionError, StructureError):
            return None


class AuthenticationError(SDKError):
    """Status 401: the key is missing or wrong."""


class PermissionDeniedError(SDKError):
    """Status 403: the key may not do this."""


class NotFoundError(SDKError):
    """Status 404: there is no such agent, or no such address."""


class RateLimitError(SDKError):
    """Status 429: too many requests or tokens."""


class ServerError(SDKError):
    """Status 5xx: the service failed."""


class APIConnectionError(MistralError):
    """No answer came: refused, reset, name not found, TLS failure, closed client."""


class APITimeoutError(APIConnectionError):
    """A time limit passed while waiting for the service."""


class FirstEventTimeoutError(APITimeoutError):
    """A stream delivered nothing within `first_event_timeout_ms`."""


class IdleTimeoutError(APITimeoutError):
    """A stream delivered nothing for `idle_timeout_ms` after an event."""


class DeadlineExceededError(APITimeoutError):
    """All attempts together took longer than `deadline_ms`."""


class ResponseValidationError(MistralError):
    """An answer that the contract does not allow, or that is too large or nested too deep; `body` holds it."""

    def __init__(self, message: str, *, body: bytes = b"") -> None:
        super().__init__(f"{message}{_shown(body)}")
        self.body = body


class StreamError(MistralError):
    """A stream cannot go on, or was left before its end."""


class StreamTruncatedError(StreamError):
    """The stream ended before the service said that it was finished."""


class StreamEventError(StreamError):
    """The service reported an error inside the stream."""

    def __init__(self, message: str, *, code: str | int | None = None, type: str | None = None, body: bytes = b"") -> None:
        super().__init__(message)
        self.code = code
        self.type = type
        self.body = body


_NEXT_STEP: dict[int, tuple[type[SDKError], str]] = {
    401: (AuthenticationError, "Check the key given as api_key or in MISTRAL_API_KEY."),
    403: (PermissionDeniedError, "Check what this key's workspace may use."),
    404: (NotFoundError, "Check agent_id and server_url."),
    422: (HTTPValidationError, "Correct the arguments that it names; see .detail."),
    429: (RateLimitError, "Send fewer requests at a time, or allow more attempts in RetryConfig."),
}


def status_error(status_code: int, headers: Mapping[str, str], body: bytes) -> SDKError:
    """Make the error for an answer with a status other than 200."""
    if status_code in _NEXT_STEP:
        error_class, next_step = _NEXT_STEP[status_code]
    elif 500 <= status_code < 600:
        error_class, next_step = ServerError, "The service failed: try again later, or allow more attempts."
    elif 300 <= status_code < 400:
        error_class, next_step = SDKError, "Redirects are not followed: check server_url."
    else:
        error_class, next_step = SDKError, "See .body for the whole answer."
    said = server_message(body)
    named = request_id(headers)
    message = f"status {status_code}: {said}" if said else f"status {status_code}{_shown(body)}"
    return error_class(
        f"{message} {next_step}" + (f" (request id {named})" if named else ""),
        status_code=status_code,
        headers=headers,
        body=body,
    )


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return the service's name for a request from its answer's headers."""
    return next((headers[name] for name in REQUEST_ID_HEADERS if name in headers), None)


def server_message(body: bytes) -> str:
    """Return what an error body says, in any of the three forms that the service uses, or ""."""
    try:
        error = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(error, dict):
        return ""
    said = error.get("message") or error.get("detail") or error.get("error") or ""
    if isinstance(said, dict):
        said = said.get("message") or said.get("detail") or said
    if isinstance(said, list):
        said = "; ".join(_one_problem(problem) for problem in said)
    text = said if isinstance(said, str) else json.dumps(said)
    return _capped(text).rstrip(".") + "." if text else ""


def _one_problem(problem: object) -> str:
    if not isinstance(problem, dict):
        return str(problem)
    location = problem.get("loc")
    path = ".".join(str(step) for step in location) if isinstance(location, list) else ""
    return f"{path}: {problem.get('msg', '')}" if path else str(problem.get("msg", problem))


def _capped(text: str) -> str:
    return text if len(text) <= _SHOWN_BODY_CHARACTERS else text[:_SHOWN_BODY_CHARACTERS] + "..."


def _shown(body: bytes) -> str:
    """The start of a body, for a message."""
    # Four bytes are the most one character takes; decoding a whole body to show its start would be waste.
    text = body[: 4 * _SHOWN_BODY_CHARACTERS].decode("utf-8", errors="replace").strip()
    return f" The body was: {_capped(text)}" if text else ""
