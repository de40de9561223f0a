"""A request as the stub received it, and why it is refused, if it is."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import attrs
import httpx

from ..http.encodings import ENCODINGS, CompressedError, coded, decompressed
from ..http.wire import MAX_BODY_BYTES, Request
from ..openapi.contract import Contract, Problem, problem_lines
from ..openapi.mistakes import problem
from ..openapi.operations import Operation

__all__ = ["RecordedRequest", "Refusal", "error_content", "path_and_query", "record", "refusal", "refusal_of_broken"]


@attrs.frozen
class RecordedRequest:
    """A request as the stub received it.

    If the request breaks the rules of HTTP, an error of the type `http_invalid` says why. Fields that could not be read
    are "-" or empty.
    """

    method: str
    """The HTTP method, such as "POST"."""
    path: str
    """The path of the address, without the query."""
    headers: httpx.Headers = attrs.field(repr=False)  # a key is among them
    """The headers; their names are case-insensitive."""
    body: bytes
    """The body, decompressed unless that failed; empty if there is none, or if the stub has not kept it (`is_kept`)."""
    json: Any
    """The content of the body; None if it is not JSON."""
    errors: list[Problem]
    """Where and why the request does not fit the contract, in the form of a 422 answer's `detail`."""
    connection: int
    """The number of the connection, from 0."""
    query: str = ""
    """The query of the address, as it was sent."""
    operation: str = ""
    """The `operationId`; "" if the contract has no operation for this method and path."""
    parameters: Mapping[str, Any] = attrs.field(factory=dict)
    """The values of the path, query and header parameters, by name; they can be numbers and lists."""
    is_kept: bool = True
    """False if the stub has not kept the body, because it is too large or has an unknown encoding."""


@attrs.frozen
class Refusal:
    """An answer that refuses a request: its status, its JSON, the reason in words, and further headers."""

    status: int
    content: dict[str, Any]
    reason: str
    headers: tuple[tuple[str, str], ...] = ()


def path_and_query(target: str) -> tuple[str, str]:
    """Split the target of a request line into path and query. The target may be a whole address, as a proxy gets it."""
    if not target.startswith("/"):
        address = urlsplit(target)
        return (address.path or "/", address.query) if address.scheme and address.netloc else (target, "")
    path, _, query = target.partition("?")
    return path, query


def record(request: Request, connection: int, contract: Contract) -> RecordedRequest:
    """Return a request as a stub keeps it. If the contract has its operation, its parameters and body are checked."""
    path, query = path_and_query(request.target)
    operation = None if request.broken else _operation(request.method, path, contract)
    content: Any = None
    errors = [problem(["request"], "http_invalid", request.broken, None)] if request.broken else []
    mistakes: list[Problem] = []
    parameters: dict[str, Any] = {}
    body = request.body
    if operation is not None:
        parameters, errors = _parameters(operation, path, query, request.headers)
        try:
            body = None if body is None else decompressed(body, coded(request.headers.get_list("content-encoding")))
            content, mistakes = (None, []) if body is None else operation.read_body(body)
        except CompressedError as error:
            mistakes = [problem(["body"], "encoding_invalid", str(error), None)]
    return RecordedRequest(
        request.method,
        path,
        request.headers,
        body or b"",
        content,
        [*errors, *mistakes],
        connection,
        query,
        operation="" if operation is None else operation.name,
        parameters=parameters,
        is_kept=body is not None,
    )


def refusal_of_broken(request: Request) -> Refusal:
    """Return the refusal of a request that is not HTTP."""
    reason = f"The request is not HTTP: {request.broken}"
    return _refused(request.status, "bad_request", reason, ("connection", "close"))


def refusal(request: RecordedRequest, contract: Contract) -> Refusal | None:
    """Return the refusal if the service would refuse the request, otherwise None. The body is checked last."""
    if refused := _refusal_of_head(request, contract):
        return refused
    strange = [each for each in coded(request.headers.get_list("content-encoding")) if each not in ENCODINGS]
    if not request.is_kept and strange:
        return _refused(415, "unsupported_media_type", f"The body is encoded as {strange[0]}; send gzip, or plain JSON")
    if not request.is_kept:
        return _refused(413, "content_too_large", f"The body is larger than {MAX_BODY_BYTES} bytes")
    if request.errors:
        what = "body" if all(each["loc"][:1] == ["body"] for each in request.errors) else "request"
        reason = f"The {what} does not fit the contract{problem_lines(request.errors)}"
        return Refusal(422, {"detail": request.errors}, reason)
    return None


def error_content(status: int, kind: str, message: str) -> dict[str, Any]:
    """Return an error as the service writes it."""
    return {"object": "error", "message": message, "type": kind, "param": None, "code": str(status)}


def _operation(method: str, path: str, contract: Contract) -> Operation | None:
    return next((each for each in contract.at(path) if each.method == method), None)


def _parameters(
    operation: Operation, path: str, query: str, headers: httpx.Headers
) -> tuple[dict[str, Any], list[Problem]]:
    given: dict[str, list[str]] = {}
    for name, text in parse_qsl(query, keep_blank_values=True, errors="surrogateescape"):
        given.setdefault(name, []).append(text)
    texts = {
        "path": operation.path_values(path) or {},
        "query": given,
        "header": {each.name: headers.get_list(each.name) for each in operation.parameters if each.place == "header"},
    }
    values: dict[str, Any] = {}
    errors: list[Problem] = []
    for parameter in operation.parameters:
        found = texts.get(parameter.place, {}).get(parameter.name, [])
        value, problems = parameter.read(found)
        errors += problems
        if found:
            values[parameter.name] = value
    return values, errors


def _refusal_of_head(request: RecordedRequest, contract: Contract) -> Refusal | None:
    there = contract.at(request.path)
    if not there:
        paths = list(dict.fromkeys(each.path for each in contract.operations.values()))
        near = " and ".join(difflib.get_close_matches(request.path, paths, n=2, cutoff=0))
        return _refused(404, "not_found", f"There is nothing at {request.path}; the contract knows {near}, for example")
    methods = ", ".join(sorted(each.method for each in there))
    operation = next((each for each in there if each.name == request.operation), None)
    if operation is None:
        text = f"Use {methods.replace(', ', ' or ')}, not {request.method}"
        return _refused(405, "method_not_allowed", text, ("allow", methods))
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    if operation.secured and (kind.lower() != "bearer" or not key.strip()):
        reason = "There is no key: send one as `Authorization: Bearer ...`"
        return Refusal(401, {"detail": "Unauthorized"}, reason, (("www-authenticate", "Bearer"),))
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if operation.body_types and content_type not in operation.body_types and (request.body or operation.body_required):
        allowed = " or ".join(sorted(operation.body_types))
        return _refused(415, "unsupported_media_type", f"The content type has to be {allowed}")
    return None


def _refused(status: int, kind: str, message: str, *headers: tuple[str, str]) -> Refusal:
    return Refusal(status, error_content(status, kind, message), message, headers)
