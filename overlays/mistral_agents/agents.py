"""`Agents`: the operation of the contract, as an answer at once or as a stream, in both worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

import httpx
from attrs import frozen

from . import _request, errors
from ._exchange import Exchange, run
from ._request import CallOptions, StreamOptions
from ._transport import AnyClient

if TYPE_CHECKING:
    from typing import Generic, Required, Unpack

    from typing_extensions import TypeVar

    from mistral_agents_api import models, types

    from .client import Mistral
    from .streams import AsyncEventStream, EventStream
    from .structured import ParsedResponse
    from .tools import ToolRun

    T = TypeVar("T", default=Any)

    class _Complete(models.AgentsCompletionRequestDict, CallOptions): ...

    class _Stream(models.AgentsCompletionStreamRequestDict, StreamOptions): ...

    class _FillIn(models.FIMCompletionStreamRequestDict, StreamOptions): ...

    # These fields take what becomes the contract's: types have no way to leave one out and put another in its place.
    class _Parse(models.AgentsCompletionRequestDict, CallOptions, Generic[T]):
        response_format: Required[type[T] | Mapping[str, Any]]  # type: ignore[misc]  # pyright: ignore[reportIncompatibleVariableOverride]

    class _RunTools(models.AgentsCompletionRequestDict, CallOptions, total=False):
        tools: Required[Sequence[Callable[..., Any] | types.Model | Mapping[str, Any]]]  # type: ignore[misc]  # pyright: ignore[reportIncompatibleVariableOverride]
        max_rounds: int
        """How often calls are made before it is a ToolRoundsError; 10 times if absent."""


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

    def parse(self, **arguments: Unpack[_Parse[T]]) -> ParsedResponse[T]:
        """Return an answer as an instance of a class (by pydantic 2) or, for a JSON Schema, as its data."""
        from .structured import parse

        return run(parse(self._complete, self._client.connections.get_httpx_client, **arguments))

    async def parse_async(self, **arguments: Unpack[_Parse[T]]) -> ParsedResponse[T]:
        """Do the same as `parse`."""
        from .structured import parse

        return await parse(self._complete, self._client.async_http_client, **arguments)

    def run_tools(self, **arguments: Unpack[_RunTools]) -> ToolRun:
        """Make the calls that an agent wants of functions among its `tools` (by pydantic 2), until it answers."""
        from .tools import run_tools

        return run(run_tools(self._complete, self._client.connections.get_httpx_client, blocking=True, **arguments))

    async def run_tools_async(self, **arguments: Unpack[_RunTools]) -> ToolRun:
        """Do the same as `run_tools`, with functions that may be asynchronous, too."""
        from .tools import run_tools

        return await run_tools(self._complete, self._client.async_http_client, blocking=False, **arguments)

    async def _complete(self, arguments: Mapping[str, Any], http_client: Callable[[], AnyClient]) -> DetailedResponse:
        call = self._client.prepare_call(_request.complete_request, arguments, CallOptions, "application/json")
        exchange, answer = await Exchange.until(Exchange.read_response, http_client(), call)
        status_code, headers = exchange.response.status_code, exchange.response.headers
        return DetailedResponse(answer, status_code, headers, exchange.request_id, exchange.attempts)
