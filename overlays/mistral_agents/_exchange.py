"""One call as requests and answers, over httpx: its attempts, and the body of what is answered.

Written once, as coroutines: over an httpx.Client they wait for no event loop, and `run` finishes them in one step.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar, cast

import httpx

from . import errors
from ._attempts import Attempts
from ._encoding import Decompressor
from ._limits import Connecting, TimeLimit, of_step, wrap
from ._pool import take_back
from ._request import Call
from ._transport import TRANSPORT_ERRORS, AnyClient, OwnAsyncClient, OwnClient, connection_error

if TYPE_CHECKING:
    from mistral_agents_api.models import ChatCompletionResponse

    from .observe import Kind

T = TypeVar("T")
_log = logging.getLogger("mistral_agents")
_log_messages = logging.getLogger("mistral_agents.messages")
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
        self._client, self._call, self._elapsed_ms = client, call, attempts.elapsed_ms
        self._blocking = isinstance(client, httpx.Client)
        self._connecting, self._closing, self._over = Connecting(blocking=self._blocking), False, False
        self._cut_off_by: BaseException | None = None
        self._limit = TimeLimit(call.clock, attempts.deadline)
        self._awaited: tuple[float, str] | None = None
        self._chunks: Any = iter(())
        self._pieces: Iterator[bytes] = iter(())
        self._room = call.limits.max_answer_bytes

    @classmethod
    async def until(cls, done: Callable[[Self], Awaitable[T]], client: AnyClient, call: Call) -> tuple[Self, T]:
        """Make attempts until one is `done` with its answer, or the policy gives up."""
        attempts = Attempts(call.retry, call.clock, call.limits.deadline_ms)
        while True:
            attempts.count += 1
            exchange = cls(client, call, attempts)
            try:
                exchange._tell("attempt")
                return exchange, await done(exchange)
            except BaseException as error:
                await exchange._close()
                wait = None
                if isinstance(error, errors.MistralError):
                    error.request_id = error.request_id or exchange.request_id
                    wait = attempts.wait_after(error)
                exchange._tell("end" if wait is None else "wait", error, wait)
                if wait is None:
                    raise
            try:
                if exchange._blocking:
                    call.clock.sleep(wait)
                else:
                    await call.clock.sleep_async(wait)
            except BaseException as error:
                exchange._tell("end", error)
                raise

    @property
    def rate_limit(self) -> dict[str, str]:
        """What the answer's headers say of the rate limits, by their names."""
        return errors.rate_limit(self.response.headers)

    @property
    def began(self) -> bool:
        """Whether the first event of a stream has arrived."""
        return False

    async def read_response(self) -> ChatCompletionResponse:
        """Return a JSON answer; one that does not say what it is counts as one."""
        from ._events import read_response

        kind = await self._send()
        body = await self._read_body("a JSON answer", fits=kind in ("", "application/json") or kind.endswith("+json"))
        self._log_message("received", body)
        answer = read_response(body)
        self._tell("end")
        return answer

    def _tell(self, kind: Kind, error: BaseException | None = None, wait: float | None = None) -> None:
        """Tell whoever wants to know what has happened."""
        if kind == "end":
            if self._over:
                return
            self._over = True
        observer = self._call.observer
        if observer is None and not _log.isEnabledFor(logging.DEBUG):
            return
        from .observe import CallEvent

        path, status_code = self._call.url.path, self.response.status_code if hasattr(self, "response") else None
        about = self.attempts, self._elapsed_ms(), status_code, self.request_id, None if wait is None else wait * 1000
        event = CallEvent(kind, "POST", path, *about, error)
        _log.debug("%s", event)
        if observer is not None:
            observer(event)

    def _log_message(self, direction: str, what: object) -> None:
        """Write down what is said, where that was asked for by the logger's name."""
        if 0 < _log_messages.level <= logging.DEBUG:
            _log_messages.debug("%s: %s", direction, what)

    async def _send(self) -> str:
        """Send the request, take the head of the answer, and return the type of its body."""
        client, call, connecting = self._client, self._call, self._connecting
        seconds = min(call.limits.timeout_ms / 1000, self._limit.remaining())
        # While the body is read its limit may go below this, where the transport lets it.
        idle = min(call.limits.idle_timeout_ms, call.limits.timeout_ms) / 1000
        read = max(seconds, idle) if self._awaited else seconds
        timeout = {"connect": min(seconds, _CONNECT_SECONDS), "read": read, "write": seconds, "pool": seconds}
        # What a client of the user's adds is wanted; ours would add cookies, which no call needs, and take its time.
        ours = isinstance(client, (OwnClient, OwnAsyncClient))
        make: Callable[..., httpx.Request] = httpx.Request if ours else client.build_request
        self._log_message("sent", call.content)
        extensions = {"timeout": timeout, **connecting.extensions}
        request = make("POST", call.url, headers=call.headers, content=call.content, extensions=extensions)
        if ours:  # a client of the user's may make other requests of this one, which need all of them
            connecting.extensions = request.extensions
        response = self.response = await self._within(partial(client.send, request, stream=True))
        connecting.opened.clear()
        # httpx looks at all headers for each one that it is asked for.
        headers = dict[str, str]()
        for name, value in ((name.decode("latin-1").lower(), value) for name, value in response.headers.raw):
            headers[name] = (headers[name] + ", " if name in headers else "") + value.decode("latin-1")
        self.request_id = errors.request_id(headers)
        # A hook of the user's own client may have read the body, and so undone its encoding.
        consumed = response.is_stream_consumed
        self._decompressor = Decompressor("" if consumed else headers.get("content-encoding", ""))
        if consumed:
            self._chunks = response.iter_bytes() if self._blocking else response.aiter_bytes()
        else:  # what `iter_raw` gives, without its buffer for each piece
            response.is_stream_consumed = True
            self._chunks = iter(response.stream) if self._blocking else aiter(response.stream)
        limited = wrap(response.extensions.get("network_stream"), blocking=self._blocking)
        # Of HTTP/2 others use the connection, too, and would lose it with a time limit; a consumed one is in the pool.
        self._limited = None if consumed or response.http_version == "HTTP/2" else limited
        content_type: str = headers.get("content-type", "")
        return content_type.partition(";")[0].strip().lower()

    async def _close(self) -> None:
        """Give the connection back, whether the call was cut off before, or is while this goes on."""
        if self._closing:  # by another task or thread, which goes on with it
            return
        self._closing = True
        try:
            if hasattr(self, "response"):
                self.response.close() if self._blocking else await self.response.aclose()
        except BaseException as error:
            self._cut_off_by = error
            raise
        finally:
            self._closing = False
            lost = take_back(self._client, self._connecting) if self._cut_off_by is not None else []
            if lost and not self._blocking:
                import anyio

                with anyio.CancelScope(shield=True):
                    for connection in lost:
                        await connection.aclose()
            elif lost:
                for connection in lost:
                    connection.close()

    async def _read_body(self, due: str, *, fits: bool) -> bytes:
        pieces, failure, status_code = list[bytes](), None, self.response.status_code
        fits = fits and status_code == httpx.codes.OK
        if not fits:
            self._limit.start(min(self._limit.remaining(), _ERROR_BODY_SECONDS))
            self._awaited = None
        try:
            while (piece := await self._next_piece()) is not None:
                pieces.append(piece)
        except errors.MistralError as error:
            failure = error
        body = b"".join(pieces)
        # A status, or a type, is what counts, whether or not its body is whole.
        if status_code != httpx.codes.OK:
            raise errors.status_error(status_code, self.response.headers, body) from failure
        if not fits:
            came = self.response.headers.get("content-type") or "an answer without a type"
            message = f"{due} was due, but {came} came. Check server_url."
            raise errors.ResponseValidationError(message, body=body) from failure
        if failure is not None:
            if isinstance(failure, errors.ResponseValidationError):
                failure.body = body
            raise failure
        return body

    async def _next_piece(self) -> bytes | None:
        """Return the next piece of the body, decoded; None at its end, where the connection is given back."""
        if self._room < 0:  # what is within the limit has been delivered
            most = self._call.limits.max_answer_bytes
            raise errors.ResponseValidationError(
                f"the answer is larger than max_answer_bytes ({most:,} bytes). Allow Mistral more if that is right."
            )
        piece = next(self._pieces, None)
        while piece is None:
            chunk = await self._within(next if self._blocking else anext, self._chunks, None)
            if chunk is None:
                try:
                    await self._close()
                except BaseException as error:  # noqa: BLE001  # it is raised again
                    self._raise(error)
                if self._decompressor.whole:
                    return None
                raise errors.APIConnectionError("the body ended within its compression. Try again.", retryable=True)
            self._pieces = self._decompressor.pieces(chunk)
            piece = next(self._pieces, None)
        self._room -= len(piece)
        return piece if self._room >= 0 else piece[: self._room]

    async def _drain(self) -> None:
        """Read what follows the end of a stream, for a moment, so that the connection can be used again."""
        self._limit.start(_DRAIN_SECONDS)
        with contextlib.suppress(errors.MistralError):  # the stream is whole; its connection is not used again
            while self._limited is not None and await self._next_piece() is not None:
                pass

    async def _within(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Do something on the network in the time that is left; raise our errors for httpx's."""
        if self._limit.remaining() <= 0:
            raise self._error(httpx.ReadTimeout("the time is over"))
        before, limits = of_step.get(), [self._limit]
        of_step.set(limits)
        try:
            return step(*arguments) if self._blocking else await step(*arguments)
        except BaseException as error:  # noqa: BLE001  # it is raised again
            self._raise(error)
        finally:
            limits.clear()  # a task that was started meanwhile has it, too
            of_step.set(before)

    def _raise(self, error: BaseException) -> NoReturn:
        """Raise what came from the network: our error where it is one of httpx's."""
        self._cut_off_by = error
        if isinstance(error, httpx.RequestError):  # which shall not carry the key along
            error.request = httpx.Request("POST", self._call.url)
        if isinstance(error, TRANSPORT_ERRORS):
            raise self._error(error) from error
        raise error

    def _error(self, error: Exception) -> errors.MistralError:
        if isinstance(error, httpx.TimeoutException):
            deadline_ms, now = self._call.limits.deadline_ms, self._call.clock.monotonic()
            unsent = isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout))
            # A timer may be early by as much as its clock is coarse.
            if deadline_ms is not None and self._limit.deadline - now < 0.001:
                return errors.DeadlineExceededError(
                    f"no whole answer within deadline_ms ({deadline_ms:,.0f} ms). Allow more time."
                )
            if self._awaited and (not unsent or self._limit.due - now < 0.001):
                milliseconds, name = self._awaited
                late = f"no event within {name} ({milliseconds:,.0f} ms)."
                if self.began:
                    return errors.IdleTimeoutError(f"{late} What came is in .partial. Allow more time, or ask again.")
                return errors.FirstEventTimeoutError(f"{late} Allow more time, or try later.", retryable=unsent)
        return connection_error(error, self._call.url, self._client)
