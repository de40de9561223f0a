"""What came with an answer beside its data: `response_of(answer)`."""

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
    """Status and headers of an answer, the service's name for the request, and the number of requests it took."""

    status_code: int
    headers: httpx.Headers
    request_id: str | None
    attempts: int

    @property
    def rate_limit(self) -> dict[str, str]:
        """What the headers say of the rate limits, by their names."""
        return errors.rate_limit(self.headers)


class _List(list[Any]):
    """A list that can be referred to weakly; otherwise a list."""

    __slots__ = ("__weakref__",)

    def __reduce__(self) -> Any:
        return list, (list(self),)


# By identity, since models that are equal may belong to different answers; an entry goes when its answer does.
_infos: dict[int, tuple[weakref.ref[Any], ResponseInfo]] = {}


def remember(answer: Any, info: ResponseInfo) -> Any:
    """Return an answer for which `response_of` will return `info`, if it can be referred to at all."""
    if type(answer) is list:
        answer = _List(answer)
    key = id(answer)
    try:
        reference = weakref.ref(answer, lambda _: _infos.pop(key, None))
    except TypeError:  # None, a text, a number
        return answer
    _infos[key] = reference, info
    return answer


def info_of(exchange: Exchange) -> ResponseInfo:
    """Return what is to be known of an exchange whose answer was read."""
    response = exchange.response
    return ResponseInfo(response.status_code, response.headers, exchange.request_id, exchange.attempts)


def response_of(answer: object) -> ResponseInfo:
    """Return status, headers, request id and number of attempts of the call that returned `answer`.

    It may be a model, a list, a page, or a stream. A copy is not the answer itself: for it, as for any other object,
    this raises InvalidArgumentError.
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
            f"response_of: expected what a call has returned, got {answer!r:.80}. A copy is not the answer."
        )
    found: ResponseInfo = info
    return found


def about(error: Error, answer: object) -> Error:
    """Let an error say which answer it is about."""
    info = response_of(answer)
    error.partial, error.attempts, error.request_id = answer, info.attempts, info.request_id
    return error


__all__ = ["ResponseInfo", "about", "info_of", "remember", "response_of"]
