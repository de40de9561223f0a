"""Send the request of an operation without the package `mistral_agents`: no retries, no streams."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Generic, TypeVar

import httpx
from attrs import define

from . import errors
from .client import Client
from .nesting import loads
from .operation import Operation
from .values import UNSET, encode_json

T = TypeVar("T")


@define
class Response(Generic[T]):
    """An answer of the service. `parsed` is None if its status has no model, or if an error body does not fit."""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


def send(client: Client, operation: Operation[Any, Any, Any], arguments: Mapping[str, Any]) -> Response[Any]:
    """Send a request. `arguments` has the parameters by name, and the whole body as `body`.

    Raises UnexpectedStatus, StructureError, httpx.HTTPError, and ValueError (the answer is not JSON or is nested too
    deep, an argument does not fit, or the key would leave this machine over plain http).
    """
    http = client.get_httpx_client()
    return _response(client, operation, http.send(_request(client, http, operation, arguments)))


async def send_async(
    client: Client, operation: Operation[Any, Any, Any], arguments: Mapping[str, Any]
) -> Response[Any]:
    """Do the same with the async httpx client."""
    http = client.get_async_httpx_client()
    return _response(client, operation, await http.send(_request(client, http, operation, arguments)))


def _request(
    client: Client,
    http: httpx.Client | httpx.AsyncClient,
    operation: Operation[Any, Any, Any],
    arguments: Mapping[str, Any],
) -> httpx.Request:
    body = arguments.get("body", UNSET)
    parts = operation.request(arguments, body=body if body is not UNSET else None)
    headers, request = dict(parts.headers), dict[str, Any](method=parts.method, url=parts.path)
    request["extensions"] = {"idempotent": operation.idempotent}  # for an httpx client that sends again
    if body is not UNSET and body is not None:
        headers["Content-Type"] = "application/json"
    request |= {"content": encode_json(parts.body)} if parts.body is not None else {}
    request |= {"params": list(parts.query)} if parts.query else {}
    request |= client.request_settings(http)
    whole = http.build_request(**request, headers=client.request_headers(headers))
    # A request must not have both Transfer-Encoding and Content-Length. httpx2, the successor of httpx, sets no
    # Content-Length if its client has a header Transfer-Encoding.
    if whole.headers.pop("transfer-encoding", "") and "content" in request:
        whole.headers["content-length"] = str(len(request["content"]))
    return client.check_request(http, whole)


def _response(client: Client, operation: Operation[Any, Any, Any], response: httpx.Response) -> Response[Any]:
    status_code, parsed = response.status_code, None
    if status_code in operation.statuses:
        parsed = operation.answer(_json(response.content)) if operation.answer is not None else None
    elif any(each.low <= status_code <= each.high for each in operation.errors):
        try:
            parsed = operation.read_error(status_code, _json(response.content))
        except ValueError:  # not JSON: the status says enough
            parsed = None
    elif client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status_code, response.content)
    return Response(status_code=status_code, content=response.content, headers=response.headers, parsed=parsed)


def _json(content: bytes) -> Any:
    try:
        return loads(content)
    except RecursionError as error:
        raise ValueError(f"the answer is {error}: check base_url") from None


__all__ = ["Response", "send", "send_async"]
