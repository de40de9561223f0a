"""One call as requests and answers, over httpx in both worlds: its attempts, its body, the events of its stream.

The logic is written once, as coroutines over the few verbs that differ. Those of `Blocking` never wait for an event loop:
they block, as synchronous code does, and `run` finishes such a coroutine in one step.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import httpx

from ._events import CompletionEvent, EventReader
from ._request import Call
from .errors import APIConnectionError, APITimeoutError, MistralError, ResponseValidationError, status_error
from .retry import wait_ms

T = TypeVar("T")

# What httpx raises while a request is under way; RuntimeError is what a closed client raises.
_TRANSPORT_ERRORS = (httpx.HTTPError, httpx.StreamError, RuntimeError)
# A host that does not take a connection in ten seconds is down or unreachable.
_CONNECT_TIMEOUT_MS = 10_000


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Finish a coroutine over the verbs of `Blocking`."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("a blocking call waited for an event loop")


class Blocking:
    """The verbs over an httpx.Client."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    async def send(self, request: httpx.Request) -> httpx.Response:
        return self.client.send(request, stream=True)

    async def next_chunk(self, chunks: Any) -> bytes | None:
        return next(chunks, None)

    async def close(self, response: httpx.Response) -> None:
        response.close()

    async def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class Awaiting:
    """The verbs over an httpx.AsyncClient. anyio is imported late, as httpx does, for asynchronous use alone."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def send(self, request: httpx.Request) -> httpx.Response:
        return await self.client.send(request, stream=True)

    async def next_chunk(self, chunks: Any) -> bytes | None:
        return await anext(chunks, None) if hasattr(chunks, "__anext__") else next(chunks, None)

    async def close(self, response: httpx.Response) -> None:
        import anyio

        # A cancelled task closes too; closing does not wait for the service.
        with anyio.CancelScope(shield=sys.exception() is not None):
            await response.aclose()

    async def sleep(self, seconds: float) -> None:
        import anyio

        await anyio.sleep(seconds)


class Exchange:
    """One attempt: a request sent, the answer's headers received, its body still to come."""

    def __init__(self, verbs: Blocking | Awaiting, call: Call, response: httpx.Response) -> None:
        self.response = response
        self.attempts = 0
        self._verbs = verbs
        self._call = call
        read = response.iter_bytes if isinstance(verbs, Blocking) else response.aiter_bytes
        # A hook of the user's own client may have read the answer.
        self._chunks: Any = iter([response.content]) if response.is_stream_consumed else read()
        self._reader = EventReader(call.expected_choices)
        self._ready: list[CompletionEvent] = []

    @classmethod
    async def until(
        cls, done: Callable[[Exchange], Awaitable[T]], verbs: Blocking | Awaiting, call: Call
    ) -> tuple[Exchange, T]:
        """Make attempts until one is `done` with its answer, or the policy gives up."""
        began, count = time.monotonic(), 0
        while True:
            count += 1
            try:
                exchange = await cls._begin(verbs, call)
                result = await done(exchange)
                exchange.attempts = count
                return exchange, result
            except MistralError as error:
                error.attempts = count
                elapsed = (time.monotonic() - began) * 1000
                # Chance spreads retries over time; nothing secret depends on it.
                wait = wait_ms(call.retry, error, attempt=count, elapsed=elapsed, jitter=random.random())  # noqa: S311
                if wait is None:
                    raise
            await verbs.sleep(wait / 1000)

    @classmethod
    async def _begin(cls, verbs: Blocking | Awaiting, call: Call) -> Exchange:
        timeout = httpx.Timeout(call.timeout_ms / 1000, connect=min(call.timeout_ms, _CONNECT_TIMEOUT_MS) / 1000)
        build = verbs.client.build_request
        request = build("POST", call.url, headers=call.headers, content=call.content, timeout=timeout)
        try:
            return cls(verbs, call, await verbs.send(request))
        except _TRANSPORT_ERRORS as error:
            raise _connection_error(error, verbs.client, call.url) from error

    async def _next_chunk(self) -> bytes | None:
        try:
            return await self._verbs.next_chunk(self._chunks)
        except httpx.DecodingError as error:
            raise ResponseValidationError(f"the answer's compression is broken: {error}. Try again.") from error
        except _TRANSPORT_ERRORS as error:
            raise _connection_error(error, self._verbs.client, self._call.url) from error

    async def close(self) -> None:
        """Give the connection back."""
        await self._verbs.close(self.response)

    @property
    def media_type(self) -> str:
        """The media type that the answer says it has, or ""."""
        content_type: str = self.response.headers.get("content-type", "")
        return content_type.partition(";")[0].strip().lower()

    def unexpected_type(self, body: bytes, due: str) -> ResponseValidationError:
        """Make the error for an answer of another type than the one that was asked for."""
        came = self.media_type or "an answer without a type"
        return ResponseValidationError(f"{due} was due, but {came} came. Check server_url.", body=body)

    async def read_body(self) -> bytes:
        """Return the whole body of an answer with status 200; raise the SDKError of any other."""
        body = bytearray()
        try:
            while (chunk := await self._next_chunk()) is not None:
                body += chunk
        finally:
            await self.close()
        if self.response.status_code != httpx.codes.OK:
            raise status_error(self.response.status_code, self.response.headers, bytes(body))
        return bytes(body)

    async def open_stream(self) -> None:
        """Wait for a stream's first event; on a failure before it, close and raise."""
        if self.response.status_code != httpx.codes.OK or self.media_type != "text/event-stream":
            raise self.unexpected_type(await self.read_body(), "a stream (text/event-stream)")
        try:
            self._ready = await self.read_events()
            if not self._ready:
                self.raise_failure()
        except BaseException:
            await self.close()
            raise

    async def read_events(self) -> list[CompletionEvent]:
        """Return the next events of a stream, or none when there are no more."""
        events, self._ready = self._ready, []
        while not events and not self._reader.done:
            try:
                chunk = await self._next_chunk()
                events = self._reader.end() if chunk is None else self._reader.feed(chunk)
            except MistralError as error:
                self._reader.fail(error)
        return events

    def raise_failure(self) -> None:
        """Raise what went wrong with a stream, if anything did."""
        if self._reader.failure is not None:
            self._reader.failure.attempts = self.attempts
            raise self._reader.failure


def _connection_error(error: Exception, client: httpx.Client | httpx.AsyncClient, url: str) -> APIConnectionError:
    """Return our error for one that httpx raised; raise it again when it is a bug rather than an accident."""
    made: APIConnectionError
    if isinstance(error, RuntimeError) and not isinstance(error, httpx.StreamError):
        if not client.is_closed:
            raise error
        made = APIConnectionError("the client is closed. Make a new Mistral, or call inside its `with` block.")
    elif isinstance(error, httpx.TimeoutException):
        made = APITimeoutError(f"{httpx.URL(url).host} did not answer in time. Allow more timeout_ms, or try later.")
        # Once the request is sent the work is likely still running, and another attempt would be paid for as well.
        made.retryable = isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout))
    else:
        said = str(error) or type(error).__name__
        made = APIConnectionError(f"no answer from {httpx.URL(url).host}: {said}. Check server_url, then try again.")
        made.retryable = isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError))
    return made
