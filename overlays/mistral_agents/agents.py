"""`Agents`: the operation of the contract, as an answer at once or as a stream, in both worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, overload

import httpx
from attrs import frozen

from . import _request, errors
from ._exchange import Exchange, run
from ._request import CallOptions, StreamOptions
from ._transport import AnyClient

if TYPE_CHECKING:
    from typing import Unpack

    from mistral_agents_api import models

    from .client import Mistral
    from .streams import AsyncEventStream, EventStream

    class _Complete(models.AgentsCompletionRequestDict, CallOptions): ...

    class _Stream(models.AgentsCompletionStreamRequestDict, StreamOptions): ...

    class _FillIn(models.FIMCompletionStreamRequestDict, StreamOptions): ...


@frozen
class DetailedResponse:
    """An answer (`data`) with its status, headers, the service's name for the request, and the number of requests."""

    data: models.ChatCompletionResponse
    status_code: int
    headers: httpx.Headers
    request_id: str | None
    attempts: int

    @property
    def rate_limit(self) -> dict[str, str]:
        """What the headers say of the rate limits, by their names."""
        return errors.rate_limit(self.headers)


class Agents:
    """Calls to agents: keywords are the fields of `models.AgentsCompletionRequest` and `CallOptions`, `StreamOptions`.

    All raise InvalidArgumentError (TypeError for an unknown keyword) before anything is sent, later the other errors.
    """

    def __init__(self, client: Mistral) -> None:
        self._client = client

    def complete(self, **arguments: Unpack[_Complete]) -> models.ChatCompletionResponse:
        """Return an agent's whole answer."""
        return self.complete_detailed(**arguments).data

    async def complete_async(self, **arguments: Unpack[_Complete]) -> models.ChatCompletionResponse:
        """Return an agent's whole answer."""
        return (await self.complete_detailed_async(**arguments)).data

    def complete_detailed(self, **arguments: Unpack[_Complete]) -> DetailedResponse:
        """Return an agent's whole answer with its status, headers, request id and the number of attempts."""
        return run(self._complete(arguments, self._client.connections.get_httpx_client))

    async def complete_detailed_async(self, **arguments: Unpack[_Complete]) -> DetailedResponse:
        """Return an agent's whole answer with its status, headers, request id and the number of attempts."""
        return await self._complete(arguments, self._client.async_http_client)

    @overload
    def stream(self, **arguments: Unpack[_Stream]) -> EventStream: ...
    @overload
    def stream(self, **arguments: Unpack[_FillIn]) -> EventStream: ...
    def stream(self, **arguments: Any) -> EventStream:
        """Return an answer as a stream (messages, agent_id), or a text filled in (model, prompt), once it has begun."""
        from .streams import EventStream

        call = self._client.prepare_call(_request.stream_request, arguments, StreamOptions, "text/event-stream")
        return run(EventStream.until(EventStream.open_stream, self._client.connections.get_httpx_client(), call))[0]

    @overload
    async def stream_async(self, **arguments: Unpack[_Stream]) -> AsyncEventStream: ...
    @overload
    async def stream_async(self, **arguments: Unpack[_FillIn]) -> AsyncEventStream: ...
    async def stream_async(self, **arguments: Any) -> AsyncEventStream:
        """Do the same as `stream`, for `async for`."""
        from .streams import AsyncEventStream

        call = self._client.prepare_call(_request.stream_request, arguments, StreamOptions, "text/event-stream")
        return (await AsyncEventStream.until(AsyncEventStream.open_stream, self._client.async_http_client(), call))[0]

    async def _complete(self, arguments: Mapping[str, Any], http_client: Callable[[], AnyClient]) -> DetailedResponse:
        call = self._client.prepare_call(_request.complete_request, arguments, CallOptions, "application/json")
        exchange, answer = await Exchange.until(Exchange.read_response, http_client(), call)
        status_code, headers = exchange.response.status_code, exchange.response.headers
        return DetailedResponse(answer, status_code, headers, exchange.request_id, exchange.attempts)
