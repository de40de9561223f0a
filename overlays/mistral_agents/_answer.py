"""Reads the body of one exchange as the answer of its operation."""

from __future__ import annotations

from typing import Any

import httpx

from mistral_agents_api.errors import StructureError
from mistral_agents_api.nesting import loads

from . import errors
from ._exchange import Exchange


async def read_answer(exchange: Exchange) -> Any:
    """Send a request and return its answer as the contract's model, or None if the operation answers without a body.

    An answer without a content type counts as JSON.
    """
    operation = exchange.call.operation
    kind = await exchange.send()
    fits = kind in ("", "application/json") or kind.endswith("+json")
    try:
        body = await exchange.read_body("a JSON answer", fits=fits)
    except errors.NotFoundError:
        if operation.method.upper() != "DELETE" or exchange.attempts == 1:
            raise
        await exchange.close()
        return None  # an earlier attempt deleted it, but the answer was lost
    exchange.log_message("received", body)
    if operation.answer is None or exchange.response.status_code == httpx.codes.NO_CONTENT:
        if body.strip() and errors.fields_of(body) is None:  # for example an HTML page of a proxy
            raise exchange.misfit("JSON or no body", body)
        return None
    try:
        data = loads(body)
        if errors.is_error_alone(data):
            said = errors.server_message(body)
            raise errors.ResponseValidationError(
                f"the service reported an error with a status of success: {said} Correct the request, or try again.",
                body=body,
            )
        return operation.answer(data)
    except (ValueError, RecursionError) as error:
        raise unreadable(error, body, "the answer" if body else "the empty answer") from error


def unreadable(error: Exception, text: bytes | str, what: str) -> errors.ResponseValidationError:
    """Make the error for a text that could not be parsed as JSON, or not be read as a model."""
    if isinstance(error, StructureError):
        reason = f"does not fit the contract: {error}. The whole text is in .body."
    elif isinstance(error, RecursionError):
        reason = "is nested too deep. Check server_url and .body."
    else:  # not JSON, not UTF-8, or an integer of more digits than Python converts
        reason = f"cannot be parsed as JSON ({error}). Check server_url and .body."
    return errors.ResponseValidationError(f"{what} {reason}", body=text)
