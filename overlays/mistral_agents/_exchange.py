"""One call as requests and answers, over httpx: its attempts, its body, the events of its stream.

Written once, as coroutines: over an httpx.Client they wait for no event loop, and `run` finishes them in one step.
"""

from __future__ import annotations

import inspect
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import httpx

from ._events import CompletionEvent, EventReader, read_response
from ._request import Call
from .errors import APIConnectionError, APITimeoutError, MistralError, ResponseValidationError, request_id, status_error
from .retry import wait_ms

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse

T = TypeVar("T")
AnyClient = httpx.Client | httpx.AsyncClient

# What httpx raises while a request is under way; RuntimeError is what a closed client raises.
_TRANSPORT_ERRORS = (httpx.HTTPError, httpx.StreamError, RuntimeError)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Finish a coroutine that works on an httpx.Client."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast("T", done.value)
    raise AssertionError("a blocking call waited for an event loop")


async def _settle(value: Any) -> Any:
    """Wait for what an asynchronous client gives; what a synchronous one gives is the result itself."""
    return await value if inspect.isawaitable(value) else value


async def _send(client: AnyClient, call: Call) -> httpx.Response:
    seconds = call.timeout_ms / 1000  # a host that does not take a connection in ten is down or unreachable
    timeout = httpx.Timeout(seconds, connect=min(seconds, 10))
    request = client.build_request("POST", call.url, headers=call.headers, content=call.content, timeout=timeout)
    try:
        return cast("httpx.Response", await _settle(client.send(request, stream=True)))
    except _TRANSPORT_ERRORS as error:
        raise _connection_error(error, client, call) from error


class Exchange:
    """One attempt: a request sent, the answer's headers received, its body still to come."""

    def __init__(self, client: AnyClient, call: Call, response: httpx.Response) -> None:
        self.response, self._client, self._call = response, client, call
        self.request_id = request_id(response.headers)
        """The service's name for this request, if it gave one."""
        self.attempts = 0
        """How many requests it took."""
        self._media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self._reader = EventReader(call.expected_choices)
        self._ready: list[CompletionEvent] = []
        sync = isinstance(client, httpx.Client)
        self._chunks: Any = response.iter_bytes() if sync else response.aiter_bytes()
        self._next: Callable[..., Any] = next if sync else anext

    @classmethod
    async def until(cls, done: Callable[[Self], Awaitable[T]], client: AnyClient, call: Call) -> tuple[Self, T]:
        """Make attempts until one is `done` with its answer, or the policy gives up."""
        began, attempts = time.monotonic(), 0
        while True:
            attempts += 1
            try:
                exchange = cls(client, call, await _send(client, call))
                exchange.attempts = attempts
                try:
                    return exchange, await done(exchange)
                except BaseException:
                    await exchange._close()
                    raise
            except MistralError as error:
                error.attempts = attempts
                elapsed = (time.monotonic() - began) * 1000
                # Chance spreads retries over time; nothing secret depends on it.
                wait = wait_ms(call.retry, error, attempt=attempts, elapsed=elapsed, jitter=random.random())  # noqa: S311
                if wait is None:
                    raise
            # anyio is imported when it is needed, as httpx does it: for asynchronous use alone.
            sleep = time.sleep if isinstance(client, httpx.Client) else import_module("anyio").sleep
            await _settle(sleep(wait / 1000))

    async def _close(self) -> None:
        """Give the connection back. A cancelled task does so, too: httpcore shields its closing."""
        await _settle(getattr(self.response, "close" if isinstance(self._client, httpx.Client) else "aclose")())

    async def read_response(self) -> ChatCompletionResponse:
        """Return a JSON answer; one that does not say what it is counts as one."""
        kind = self._media_type
        body = await self._read_body("a JSON answer", fits=kind in ("", "application/json") or kind.endswith("+json"))
        return read_response(body)

    async def open_stream(self) -> None:
        """Wait for a stream's first event."""
        if self.response.status_code == httpx.codes.OK and self._media_type == "text/event-stream":
            self._ready = await self._read_events()
        else:
            await self._read_body("a stream (text/event-stream)", fits=False)

    async def _read_events(self) -> list[CompletionEvent]:
        """Return the next events of a stream, or none at its end; raise what went wrong instead."""
        events, self._ready = self._ready, []
        while not events and not self._reader.done:
            try:
                chunk = await self._next_chunk()
                events = self._reader.end() if chunk is None else self._reader.feed(chunk)
            except MistralError as error:
                self._reader.fail(error)
        if not events and self._reader.failure is not None:
            self._reader.failure.attempts = self.attempts
            raise self._reader.failure
        return events

    async def _next_chunk(self) -> bytes | None:
        try:
            return cast("bytes | None", await _settle(self._next(self._chunks, None)))
        except httpx.DecodingError as error:
            raise ResponseValidationError(f"the answer's compression is broken: {error}. Try again.") from error
        except _TRANSPORT_ERRORS as error:
            raise _connection_error(error, self._client, self._call) from error

    async def _read_body(self, due: str, *, fits: bool) -> bytes:
        body, failure = bytearray(), None
        try:
            while (chunk := await self._next_chunk()) is not None:
                body += chunk
        except MistralError as error:
            failure = error
        if self.response.status_code != httpx.codes.OK:  # which counts, whether or not its body is whole
            raise status_error(self.response.status_code, self.response.headers, bytes(body)) from failure
        if failure is not None:
            raise failure
        if not fits:
            came = self._media_type or "an answer without a type"
            raise ResponseValidationError(f"{due} was due, but {came} came. Check server_url.", body=bytes(body))
        return bytes(body)


def _connection_error(error: Exception, client: AnyClient, call: Call) -> MistralError:
    """Return our error for one that httpx raised; raise it again when it is a bug rather than an accident."""
    host, said = httpx.URL(call.url).netloc.decode(), str(error) or type(error).__name__
    if isinstance(error, httpx.HTTPStatusError):  # raised by a hook of the user's own client
        return status_error(error.response.status_code, error.response.headers, b"")
    if isinstance(error, httpx.TimeoutException):
        made: APIConnectionError = APITimeoutError(
            f"{host} did not answer in time. Allow more timeout_ms, or try later."
        )
        # Once the request is sent the work is likely still running, and another attempt would be paid for as well.
        made.retryable = isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout))
    elif isinstance(error, (httpx.HTTPError, httpx.StreamError)):
        made = APIConnectionError(
            f"no answer from {host}: {said.rstrip('.')}. Check server_url and the network, then try again."
        )
        made.retryable = isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError))
    elif client.is_closed:
        made = APIConnectionError("the client is closed. Make a new Mistral, or call inside its `with` block.")
    else:
        raise error
    return made
