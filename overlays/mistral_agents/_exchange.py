"""One call as requests and answers, over httpx: its attempts, its body, the events of its stream.

Written once, as coroutines: over an httpx.Client they wait for no event loop, and `run` finishes them in one step.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import httpx

from . import errors
from ._attempts import Attempts
from ._encoding import Decompressor
from ._events import CompletionEvent, EventReader, read_response
from ._limits import Connecting, limit, remaining
from ._pool import take_back
from ._request import Call
from ._transport import TRANSPORT_ERRORS, AnyClient, connection_error

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse

T = TypeVar("T")
# A host that does not take a connection in ten seconds is down, or cannot be reached.
_CONNECT_SECONDS = 10
# The status says what matters; the body of an error is worth no longer wait.
_ERROR_BODY_SECONDS = 10
# What a new connection with TLS may cost; longer than that the old one is not worth it.
_DRAIN_SECONDS = 0.25


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Finish a coroutine that works on an httpx.Client."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast("T", done.value)
    raise AssertionError("a blocking call waited for an event loop")


class Exchange:
    """One attempt: a request, and the answer to it."""

    response: httpx.Response
    """The answer as httpx has it."""
    request_id: str | None = None
    """The service's name for this request, if it gave one."""
    attempts: int
    """How many requests it took."""

    def __init__(self, client: AnyClient, call: Call, attempts: Attempts) -> None:
        self.attempts = attempts.count
        self._client, self._call, self._deadline = client, call, attempts.deadline
        self._blocking = isinstance(client, httpx.Client)
        self._next: Callable[..., Any] = next if self._blocking else anext
        self._connecting, self._cut_off, self._closing = Connecting(blocking=self._blocking), False, False
        self._pieces: Iterator[bytes] = iter(())
        self._size = 0
        self._reader = EventReader(call.expected_choices, call.limits.max_event_bytes)
        self._ready: list[CompletionEvent] = []
        self._due, self._wait_name, self._wait_ms = math.inf, "", math.inf

    @classmethod
    async def until(cls, done: Callable[[Self], Awaitable[T]], client: AnyClient, call: Call) -> tuple[Self, T]:
        """Make attempts until one is `done` with its answer, or the policy gives up."""
        attempts = Attempts(call.retry, call.clock, call.limits.deadline_ms)
        while True:
            attempts.count += 1
            exchange = cls(client, call, attempts)
            try:
                return exchange, await done(exchange)
            except BaseException as error:
                await exchange._close()
                if not isinstance(error, errors.MistralError):
                    raise
                error.request_id = error.request_id or exchange.request_id
                wait = attempts.wait_after(error)
                if wait is None:
                    raise
            if exchange._blocking:
                call.clock.sleep(wait)
            else:
                await call.clock.sleep_async(wait)

    async def read_response(self) -> ChatCompletionResponse:
        """Return a JSON answer; one that does not say what it is counts as one."""
        kind = await self._send()
        body = await self._read_body("a JSON answer", fits=kind in ("", "application/json") or kind.endswith("+json"))
        return read_response(body)

    async def open_stream(self) -> None:
        """Wait for a stream's first event."""
        self._expect_event("first_event_timeout_ms")
        kind = await self._send()
        if self.response.status_code == httpx.codes.OK and kind == "text/event-stream":
            self._ready = await self._read_events()
        else:
            await self._read_body("a stream (text/event-stream)", fits=False)

    async def _send(self) -> str:
        """Send the request, take the head of the answer, and return the type of its body."""
        client, call, connecting = self._client, self._call, self._connecting
        seconds = min(call.limits.timeout_ms / 1000, self._remaining())
        # While the body is read `remaining` may go below this, where the transport lets it.
        idle = min(call.limits.idle_timeout_ms, call.limits.timeout_ms) / 1000
        read = max(seconds, idle) if self._wait_name else seconds
        timeout = httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS), read=read)
        trace = {"trace": connecting.see if self._blocking else connecting.see_async}
        request = client.build_request(
            "POST", call.url, headers=call.headers, content=call.content, timeout=timeout, extensions=trace
        )
        response = self.response = await self._within(lambda: client.send(request, stream=True))
        connecting.opened.clear()
        self.request_id = errors.request_id(response.headers)
        # A hook of the user's own client may have read the body, and so undone its encoding.
        consumed = response.is_stream_consumed
        self._decompressor = Decompressor("" if consumed else response.headers.get("content-encoding", ""))
        read_by = ("iter_" if self._blocking else "aiter_") + ("bytes" if consumed else "raw")
        self._chunks: Any = getattr(response, read_by)()
        # Of HTTP/2 others use the connection, too, and would lose it with a time limit.
        self._drains = (
            limit(response.extensions.get("network_stream"), blocking=self._blocking)
            and response.http_version != "HTTP/2"
        )
        return cast("str", response.headers.get("content-type", "")).partition(";")[0].strip().lower()

    async def _close(self) -> None:
        """Give the connection back, whether the call was cut off before, or is while this goes on."""
        if self._closing:  # by another task or thread, which goes on with it
            return
        self._closing = True
        try:
            if hasattr(self, "response"):
                self.response.close() if self._blocking else await self.response.aclose()
        except BaseException:
            self._cut_off = True
            raise
        finally:
            self._closing = False
            lost = take_back(self._client, self._connecting) if self._cut_off else []
            if lost and not self._blocking:
                import anyio

                with anyio.CancelScope(shield=True):
                    for connection in lost:
                        await connection.aclose()
            elif lost:
                for connection in lost:
                    connection.close()

    async def _read_events(self) -> list[CompletionEvent]:
        """Return the next events of a stream, or none at its end; raise what went wrong instead."""
        events, self._ready = self._ready, []
        if self._reader.began and not events:
            self._expect_event("idle_timeout_ms")
        while not events and not self._reader.done:
            try:
                piece = await self._next_piece()
                events = self._reader.end() if piece is None else self._reader.feed(piece)
            except errors.MistralError as error:
                self._reader.fail(error)
        failure = self._reader.failure
        if not events and failure is not None:
            failure.attempts, failure.request_id = self.attempts, self.request_id
            raise failure
        if not events:
            await self._drain()
        return events

    async def _read_body(self, due: str, *, fits: bool) -> bytes:
        body, failure, status_code = bytearray(), None, self.response.status_code
        fits = fits and status_code == httpx.codes.OK
        if not fits:
            self._due, self._wait_name = min(self._due, self._call.clock.monotonic() + _ERROR_BODY_SECONDS), ""
        try:
            while (piece := await self._next_piece()) is not None:
                body += piece
        except errors.MistralError as error:
            failure = error
        # A status, or a type, is what counts, whether or not its body is whole.
        if status_code != httpx.codes.OK:
            raise errors.status_error(status_code, self.response.headers, bytes(body)) from failure
        if not fits:
            came = self.response.headers.get("content-type") or "an answer without a type"
            message = f"{due} was due, but {came} came. Check server_url."
            raise errors.ResponseValidationError(message, body=bytes(body)) from failure
        if failure is not None:
            if isinstance(failure, errors.ResponseValidationError):
                failure.body = bytes(body)
            raise failure
        return bytes(body)

    async def _next_piece(self) -> bytes | None:
        """Return the next piece of the body, its encoding undone; None at its end."""
        most = self._call.limits.max_answer_bytes
        if self._size > most:  # what is within the limit has been delivered
            raise errors.ResponseValidationError(
                f"the answer is larger than max_answer_bytes ({most:,} bytes). Allow Mistral more if that is right."
            )
        while (piece := next(self._pieces, None)) is None:
            chunk = await self._within(lambda: self._next(self._chunks, None))
            if chunk is None and not self._decompressor.whole:
                raise errors.APIConnectionError("the body ended within its compression. Try again.", retryable=True)
            if chunk is None:
                return None
            self._pieces = self._decompressor.pieces(chunk)
        within = most - self._size
        self._size += len(piece)
        return piece[:within]

    async def _drain(self) -> None:
        """Read what follows the end of a stream, for a moment, so that the connection can be used again."""
        self._due = self._call.clock.monotonic() + _DRAIN_SECONDS
        try:
            while self._drains and await self._within(lambda: self._next(self._chunks, None)) is not None:
                pass
        except errors.MistralError:
            pass  # the stream is whole; its connection is not used again

    def _expect_event(self, name: str) -> None:
        """Set when the next event has to be there."""
        limits = self._call.limits
        self._wait_ms, self._wait_name = min((getattr(limits, name), name), (limits.timeout_ms, "timeout_ms"))
        self._due = self._call.clock.monotonic() + self._wait_ms / 1000

    def _remaining(self) -> float:
        """Return the seconds that the next wait may take."""
        return min(self._due, self._deadline) - self._call.clock.monotonic()

    async def _within(self, step: Callable[[], Any]) -> Any:
        """Do something on the network in the time that is left; raise our errors for httpx's."""
        if self._remaining() <= 0:
            raise self._error(httpx.ReadTimeout("the time is over"))
        before, limits = remaining.get(), [self._remaining]
        remaining.set(limits)
        try:
            return step() if self._blocking else await step()
        except BaseException as error:
            self._cut_off = True
            if isinstance(error, TRANSPORT_ERRORS):
                raise self._error(error) from error
            raise
        finally:
            limits.clear()  # a task that was started meanwhile has it, too
            remaining.set(before)

    def _error(self, error: Exception) -> errors.MistralError:
        if isinstance(error, httpx.TimeoutException):
            deadline_ms, now = self._call.limits.deadline_ms, self._call.clock.monotonic()
            unsent = isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout))
            # A timer may be early by as much as its clock is coarse.
            if deadline_ms is not None and self._deadline - now < 0.001:
                return errors.DeadlineExceededError(
                    f"no whole answer within deadline_ms ({deadline_ms:,.0f} ms). Allow more time."
                )
            if self._wait_name and (not unsent or self._due - now < 0.001):
                late = f"no event within {self._wait_name} ({self._wait_ms:,.0f} ms)."
                if self._reader.began:
                    return errors.IdleTimeoutError(f"{late} What came is in .partial. Allow more time, or ask again.")
                return errors.FirstEventTimeoutError(f"{late} Allow more time, or try later.", retryable=unsent)
        return connection_error(error, httpx.URL(self._call.url), self._client)
