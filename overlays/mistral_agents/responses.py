"""`response_of(answer)`: status, headers and more of the response that an answer came with."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from . import errors

if TYPE_CHECKING:
    import httpx

    from ._exchange import Exchange

T = TypeVar("T")
Error = TypeVar("Error", bound=errors.MistralError)


@frozen(eq=False)
class ResponseInfo:
    """Facts about a response."""

    status_code: int
    """The HTTP status."""
    headers: httpx.Headers
    """The headers; their names are case-insensitive."""
    request_id: str | None
    """The service's identifier of the request, if it gave one."""
    attempts: int
    """How many attempts it took."""

    @property
    def rate_limit(self) -> dict[str, str]:
        """The headers about rate limits, by name."""
        return errors.rate_limit(self.headers)


class _List(list[Any]):
    """A list that allows weak references; plain lists do not."""

    __slots__ = ("__weakref__",)

    def __reduce__(self) -> Any:
        return list, (list(self),)


# By identity, because equal models may come from different responses. An entry is removed together with its answer.
_infos: dict[int, tuple[weakref.ref[Any], ResponseInfo]] = {}


def remember(answer: Any, info: ResponseInfo) -> Any:
    """Make `response_of` return `info` for an answer, and return the answer. A list is returned as a `_List`."""
    if type(answer) is list:
        answer = _List(answer)
    key = id(answer)
    try:
        reference = weakref.ref(answer, lambda _: _infos.pop(key, None))
    except TypeError:  # None, a string or a number
        return answer
    _infos[key] = reference, info
    return answer


def info_of(exchange: Exchange) -> ResponseInfo:
    """Return the facts about the response of an exchange."""
    response = exchange.response
    return ResponseInfo(response.status_code, response.headers, exchange.request_id, exchange.attempts)


def response_of(answer: object) -> ResponseInfo:
    """Return status, headers, request id and number of attempts of the call that returned `answer`.

    `answer` is a model, a list, a page, or a stream, as the call returned it. A copy or any other object raises
    InvalidArgumentError.
    """
    from .paging import AsyncPage, Page
    from .streams import AsyncEventStream, EventStream

    if isinstance(answer, (EventStream, AsyncEventStream)):
        return ResponseInfo(answer.status_code, answer.headers, answer.request_id, answer.attempts)
    if isinstance(answer, (Page, AsyncPage)):
        answer = answer.answer
    info: Any
    reference, info = _infos.get(id(answer), (None, None))
    if reference is None or reference() is not answer:
        raise errors.InvalidArgumentError(
            f"response_of: expected the object that a call returned, not a copy of it, got {answer!r:.80}"
        )
    found: ResponseInfo = info
    return found


def about(error: Error, answer: object) -> Error:
    """Give an error the answer that it is about, and the facts about its response."""
    info = response_of(answer)
    error.partial, error.attempts, error.request_id = answer, info.attempts, info.request_id
    return error


__all__ = ["ResponseInfo", "about", "info_of", "remember", "response_of"]
