"""A request as the stub received it, and why it is refused, if it is."""

from __future__ import annotations

from typing import Any

import attrs
import httpx

from .contract import PATH, Contract, Problem, problem_lines
from .wire import MAX_BODY_BYTES, Request

__all__ = ["RecordedRequest", "Refusal", "record", "refusal"]


@attrs.frozen
class RecordedRequest:
    """A request as the stub received it.

    `headers` are case-insensitive. `body` is empty when there was none, or one too large to keep; `json` is None when
    it could not be read. `errors` lists what in the body does not fit the contract, as a 422 answer's `detail` does.
    `connection` counts the connections from 0.
    """

    method: str
    path: str
    headers: httpx.Headers = attrs.field(repr=False)  # a key is among them
    body: bytes
    json: Any
    errors: list[Problem]
    connection: int


@attrs.frozen
class Refusal:
    """An answer that refuses a request: its status, its JSON, the reason in words, and further headers."""

    status: int
    content: dict[str, Any]
    reason: str
    headers: tuple[tuple[str, str], ...] = ()


def record(request: Request, connection: int, contract: Contract) -> RecordedRequest:
    """Return what to keep of a request; its body is checked if it came to the contract's operation."""
    path = request.target.partition("?")[0]
    content: Any = None
    errors: list[Problem] = []
    if path == PATH and request.method == "POST" and request.body is not None:
        content, errors = contract.read_request(request.body)
    return RecordedRequest(request.method, path, request.headers, request.body or b"", content, errors, connection)


def refusal(request: RecordedRequest, *, too_large: bool) -> Refusal | None:
    """Refuse what the service refuses: first what is wrong before a look into the body, then what is wrong in it."""
    if refused := _refusal_of_head(request):
        return refused
    if too_large:
        return _refused(413, "content_too_large", f"The body is larger than {MAX_BODY_BYTES} bytes")
    if request.errors:
        reason = f"The body does not fit the contract{problem_lines(request.errors)}"
        return Refusal(422, {"detail": request.errors}, reason)
    return None


def _refusal_of_head(request: RecordedRequest) -> Refusal | None:
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    if request.path != PATH:
        return _refused(404, "not_found", f"There is nothing at {request.path}; the contract knows {PATH}")
    if request.method != "POST":
        return _refused(405, "method_not_allowed", f"Use POST, not {request.method}", ("allow", "POST"))
    if kind.lower() != "bearer" or not key.strip():
        return Refusal(401, {"detail": "Unauthorized"}, "There is no key: send one as `Authorization: Bearer ...`")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return _refused(415, "unsupported_media_type", "The content type has to be application/json")
    return None


def _refused(status: int, kind: str, message: str, *headers: tuple[str, str]) -> Refusal:
    error = {"object": "error", "message": message, "type": kind, "param": None, "code": str(status)}
    return Refusal(status, error, message, headers)
