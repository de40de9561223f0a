"""The operation of the contract: an agent's answer, at once or as a stream, in both worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, overload

import httpx
from attrs import frozen

from . import _contract
from ._exchange import Awaiting, Blocking, Exchange, run
from ._request import CallOptions
from .errors import ResponseValidationError, request_id
from .streams import AsyncEventStream, EventStream

if TYPE_CHECKING:
    from typing import Unpack

    from mistral_agents_api.models import (
        AgentsCompletionRequestDict,
        AgentsCompletionStreamRequestDict,
        ChatCompletionResponse,
        FIMCompletionStreamRequestDict,
    )

    from .client import Mistral

    class CompleteArguments(AgentsCompletionRequestDict, CallOptions):
        """What `complete` takes: the contract's fields and the options of a call."""

    class StreamArguments(AgentsCompletionStreamRequestDict, CallOptions):
        """What `stream` takes for an agent."""

    class FillInArguments(FIMCompletionStreamRequestDict, CallOptions):
        """What `stream` takes to fill in the middle of a text."""


_Verbs = Blocking | Awaiting


@frozen
class DetailedResponse:
    """An answer (`data`) with its status, its headers, the service's name for the request and the number of requests."""

    data: ChatCompletionResponse
    status_code: int
    headers: httpx.Headers
    request_id: str | None
    attempts: int


class Agents:
    """Calls to agents: every method takes the fields of the contract's request as keywords, as models or plain dicts.

    All raise InvalidArgumentError (TypeError for an unknown keyword) before anything is sent, and the other errors of
    `mistral_agents.errors` afterwards.
    """

    def __init__(self, client: Mistral) -> None:
        self._client = client

    def complete(self, **arguments: Unpack[CompleteArguments]) -> ChatCompletionResponse:
        """Return an agent's whole answer."""
        return self.complete_detailed(**arguments).data

    async def complete_async(self, **arguments: Unpack[CompleteArguments]) -> ChatCompletionResponse:
        """Return an agent's whole answer."""
        return (await self.complete_detailed_async(**arguments)).data

    def complete_detailed(self, **arguments: Unpack[CompleteArguments]) -> DetailedResponse:
        """Return an agent's whole answer with its status, headers, request id and the number of attempts."""
        return run(self._complete(arguments, self._client.blocking))

    async def complete_detailed_async(self, **arguments: Unpack[CompleteArguments]) -> DetailedResponse:
        """Return an agent's whole answer with its status, headers, request id and the number of attempts."""
        return await self._complete(arguments, self._client.awaiting)

    @overload
    def stream(self, **arguments: Unpack[StreamArguments]) -> EventStream: ...
    @overload
    def stream(self, **arguments: Unpack[FillInArguments]) -> EventStream: ...
    def stream(self, **arguments: Any) -> EventStream:
        """Return an agent's answer as a stream (messages, agent_id), or a text with its middle filled in (model, prompt).

        The first event has arrived when this returns.
        """
        return EventStream(run(self._open(arguments, self._client.blocking)))

    @overload
    async def stream_async(self, **arguments: Unpack[StreamArguments]) -> AsyncEventStream: ...
    @overload
    async def stream_async(self, **arguments: Unpack[FillInArguments]) -> AsyncEventStream: ...
    async def stream_async(self, **arguments: Any) -> AsyncEventStream:
        """Return an agent's answer as a stream (messages, agent_id), or a text with its middle filled in (model, prompt).

        The first event has arrived when this returns.
        """
        return AsyncEventStream(await self._open(arguments, self._client.awaiting))

    async def _complete(self, given: Mapping[str, Any], verbs: Callable[[], _Verbs]) -> DetailedResponse:
        from mistral_agents_api.models import ChatCompletionResponse

        call = self._client.prepare_call(_contract.complete_request, given, "application/json")
        exchange, body = await Exchange.until(Exchange.read_body, verbs(), call)
        kind, response = exchange.media_type, exchange.response
        try:
            if kind not in ("", "application/json") and not kind.endswith("+json"):
                raise exchange.unexpected_type(body, "a JSON answer")
            data = _contract.read_json(body, "the answer" if body else "the empty answer")
            answer = _contract.read_model(ChatCompletionResponse, data, body, "the answer")
        except ResponseValidationError as error:
            error.attempts = exchange.attempts
            raise
        named = request_id(response.headers)
        return DetailedResponse(answer, response.status_code, response.headers, named, exchange.attempts)

    async def _open(self, given: Mapping[str, Any], verbs: Callable[[], _Verbs]) -> Exchange:
        call = self._client.prepare_call(_contract.stream_request, given, "text/event-stream")
        return (await Exchange.until(Exchange.open_stream, verbs(), call))[0]
