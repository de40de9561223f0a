"""One attempt of a call, over httpx: its request, the head of the answer, and the pieces of the body.

Written once, as coroutines: over an httpx.Client they wait for no event loop, and `run` finishes them in one step.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import httpx

from . import errors
from ._causes import is_of_httpcore, without_key
from ._encoding import Decompressor
from ._limits import Connecting, Limited, TimeIsOver, TimeLimit, cancelled_in_time, of_step, wrap
from ._pool import take_back
from ._transport import TRANSPORT_ERRORS, AnyClient, connection_error

if TYPE_CHECKING:
    from ._request import Call
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
    """A request, and the answer to it."""

    response: httpx.Response
    """The answer as httpx has it, once its head has come."""
    request_id: str | None = None
    """The service's name for this request, if it gave one."""
    limited: Limited | None = None
    """The connection, if it can be limited and nobody else uses it."""
    awaited: tuple[float, str] | None = None
    """How long to wait for an event, in milliseconds, and the name of this limit; None for a body in one piece."""
    began = False
    """Whether the first event has come."""
    cut_off_by: BaseException | None = None
    """What went wrong on the network."""

    def __init__(
        self, client: AnyClient, call: Call, attempts: int, elapsed_ms: Callable[[], float], deadline: float
    ) -> None:
        self.call, self.attempts, self.blocking = call, attempts, isinstance(client, httpx.Client)
        self.limit = TimeLimit(call.clock, deadline)
        self.chunks: Any = iter(())
        """The body as it arrives."""
        self.room = call.limits.max_answer_bytes
        """How much more of the body may come."""
        self._client, self._elapsed_ms = client, elapsed_ms
        self._connecting, self._closing, self.over = Connecting(blocking=self.blocking), False, False
        self._at_end = False  # of the body
        self._pieces: Iterator[bytes] = iter(())

    def tell(self, kind: Kind, error: BaseException | None = None, wait: float | None = None) -> None:
        """Tell whoever wants to know what has happened; of a call's end, once."""
        if kind == "end":
            if self.over:
                return
            self.over = True
        observer = self.call.observer
        if observer is None and not _log.isEnabledFor(logging.DEBUG):
            return
        from .observe import CallEvent

        call, status_code = self.call, self.response.status_code if hasattr(self, "response") else None
        budget, wait_ms = None if call.budget is None else call.budget.left, None if wait is None else wait * 1000
        about = call.method, call.url.path, self.attempts, self._elapsed_ms(), status_code, self.request_id
        event = CallEvent(kind, *about, wait_ms, error, budget)
        _log.debug("%s", event)
        if observer is not None:
            observer(event)

    def log_message(self, direction: str, what: object) -> None:
        """Write down what is said, where that was asked for by the logger's name."""
        if 0 < _log_messages.level <= logging.DEBUG:
            _log_messages.debug("%s: %s", direction, what)

    async def send(self) -> str:
        """Send the request, take the head of the answer, and return the type of its body."""
        client, call, connecting = self._client, self.call, self._connecting
        if not self.awaited:  # a whole answer: once for the service to begin, once for what drips
            self.limit.start(2 * call.limits.timeout_ms / 1000)
        seconds = min(call.limits.timeout_ms / 1000, self.limit.remaining())
        # While the body is read its limit may go below this, where the transport lets it.
        idle = min(call.limits.idle_timeout_ms, call.limits.timeout_ms) / 1000
        read = max(seconds, idle) if self.awaited else seconds
        timeout = {"connect": min(seconds, _CONNECT_SECONDS), "read": read, "write": seconds, "pool": seconds}
        self.log_message("sent", call.content)
        connecting.extensions["timeout"] = timeout
        # A client of the user's has settings to add; ours has none.
        bare: Callable[..., httpx.Request] | None = getattr(client, "build_bare_request", None)
        request = (bare or client.build_request)(
            call.method, call.url, headers=call.headers, content=call.content, extensions=connecting.extensions
        )
        # Beside the body's length, a header of such a client would contradict it; httpx2 leaves out the length then.
        if bare is None and request.headers.pop("transfer-encoding", "") and call.content is not None:
            request.headers["content-length"] = str(len(call.content))
        response = self.response = await self.within(partial(client.send, request, stream=True))
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
            self.chunks = response.iter_bytes() if self.blocking else response.aiter_bytes()
        else:  # what `iter_raw` gives, without its buffer for each piece
            response.is_stream_consumed = True
            self.chunks = iter(response.stream) if self.blocking else aiter(response.stream)
        limited = wrap(response.extensions.get("network_stream"), blocking=self.blocking)
        # Of HTTP/2 others use the connection, too, and would lose it with a time limit; a consumed one is in the pool.
        self.limited = None if consumed or response.http_version == "HTTP/2" else limited
        content_type: str = headers.get("content-type", "")
        return content_type.partition(";")[0].strip().lower()

    @property
    def plain(self) -> bool:
        """Whether the body's chunks are what it says, without compression."""
        return self._decompressor.plain

    async def read_body(self, due: str, *, fits: bool) -> bytes:
        """Return the whole body; raises for a status that means failure, or if it is known not to be what is due."""
        pieces, failure, operation = list[bytes](), None, self.call.operation
        succeeded = self.response.status_code in operation.statuses
        if operation.answer is None and operation.stream is None:  # the status says all that there is to say
            succeeded, fits = self.response.is_success, False
        if not fits or not succeeded:
            self.limit.start(min(self.limit.remaining(), _ERROR_BODY_SECONDS))
            self.awaited = None
        try:
            while (piece := await self.next_piece()) is not None:
                pieces.append(piece)
        except errors.MistralError as error:
            failure = error
        body = b"".join(pieces)
        # A status, or a type, is what counts, whether or not its body is whole.
        if not succeeded:
            raise self._status_error(self.response, body) from failure
        if operation.answer is None and operation.stream is None:
            await self.close()  # which the end of the body has done, if it came
            return body
        if not fits:
            raise self.misfit(due, body) from failure
        if failure is not None:
            if isinstance(failure, errors.ResponseValidationError):
                failure.body = body
            raise failure
        return body

    def misfit(self, due: str, body: bytes) -> errors.MistralError:
        """Make the error for a body that is not what is due: the service may say in it what went wrong."""
        came = self.response.headers.get("content-type") or "an answer without a type"
        return errors.misfit(f"{due} was due, but {came} came. Check server_url.", body)

    def _status_error(self, response: httpx.Response, body: bytes) -> errors.SDKError:
        data = self.call.operation.read_error(response.status_code, errors.fields_of(body))
        return errors.status_error(response.status_code, response.headers, body, data)

    async def next_piece(self) -> bytes | None:
        """Return the next piece of the body, decoded; None at its end, where the connection is given back."""
        if self.room < 0:  # what is within the limit has been delivered
            most = self.call.limits.max_answer_bytes
            raise errors.ResponseValidationError(
                f"the answer is larger than max_answer_bytes ({most:,} bytes). Allow Mistral more if that is right."
            )
        piece = next(self._pieces, None)
        while piece is None:
            chunk = await self.within(next if self.blocking else anext, self.chunks, None)
            if chunk is None:
                self._at_end = True
                try:
                    await self.close()
                except BaseException as error:  # noqa: BLE001  # it is raised again
                    self.fail(error)
                if self._decompressor.whole:
                    return None
                raise errors.APIConnectionError("the body ended within its compression. Try again.", retryable=True)
            self._pieces = self._decompressor.pieces(chunk)
            piece = next(self._pieces, None)
        self.room -= len(piece)
        return piece if self.room >= 0 else piece[: self.room]

    async def drain(self) -> None:
        """Read what follows the end of a stream, for a moment, so that the connection can be used again."""
        self.limit.start(_DRAIN_SECONDS)
        with contextlib.suppress(errors.MistralError):  # the stream is whole; its connection is not used again
            while self.limited is not None and await self.next_piece() is not None:
                pass

    async def close(self) -> None:
        """Give the connection back, whether the call was cut off before, or is while this goes on."""
        if self._closing:  # by another task or thread, which goes on with it
            return
        self._closing = True
        try:
            if hasattr(self, "response"):
                self.response.close() if self.blocking else await self.response.aclose()
                if self.limited is not None and not self.blocking and not self._at_end:
                    # To the end, which is near once it is closed, or trio warns of httpcore's generators.
                    with contextlib.suppress(Exception), import_module("anyio").move_on_after(_DRAIN_SECONDS):
                        while await anext(self.chunks, None) is not None:
                            pass
        except BaseException as error:
            self.cut_off_by = error
            raise
        finally:
            self._closing = False
            lost = take_back(self._client, self._connecting) if self.cut_off_by is not None else []
            if lost and not self.blocking:
                with import_module("anyio").CancelScope(shield=True):
                    for connection in lost:
                        await connection.aclose()
            elif lost:
                for connection in lost:
                    connection.close()

    async def within(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Do something on the network in the time that is left; raise our errors for httpx's."""
        if self.limit.remaining() <= 0:
            raise self._error(httpx.ReadTimeout("the time is over"))
        before, limits = of_step.get(), [self.limit]
        of_step.set(limits)
        try:
            if self.blocking or self.limited is not None:
                return step(*arguments) if self.blocking else await step(*arguments)
            return await cancelled_in_time(self.limit, step, arguments)
        except BaseException as error:  # noqa: BLE001  # it is raised again
            self.fail(error)
        finally:
            limits.clear()  # a task that was started meanwhile has it, too
            of_step.set(before)

    def fail(self, error: BaseException) -> NoReturn:
        """Raise what came from the network: our error where it is one of httpx's, or of what httpx uses."""
        self.cut_off_by = error
        if isinstance(error, TimeIsOver):
            error = httpx.ReadTimeout("the time is over")
        without_key(error, self.call.method, self.call.url)
        if isinstance(error, TRANSPORT_ERRORS) or is_of_httpcore(error):
            raise self._error(error) from error
        raise error

    def _error(self, error: Exception) -> errors.MistralError:
        if isinstance(error, httpx.TimeoutException):
            deadline_ms, now = self.call.limits.deadline_ms, self.call.clock.monotonic()
            unsent = isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout))
            # A timer may be early by as much as its clock is coarse.
            if deadline_ms is not None and self.limit.deadline - now < 0.001:
                return errors.DeadlineExceededError(
                    f"no whole answer within deadline_ms ({deadline_ms:,.0f} ms). Allow more time."
                )
            if self.awaited and (not unsent or self.limit.due - now < 0.001):
                milliseconds, name = self.awaited
                late = f"no event within {name} ({milliseconds:,.0f} ms)."
                if self.began:
                    return errors.IdleTimeoutError(f"{late} What came is in .partial. Allow more time, or ask again.")
                advice = f"{late} Allow more time, or try later."
                return errors.FirstEventTimeoutError(advice, retryable=unsent, sent=not unsent)
        if isinstance(error, httpx.HTTPStatusError):  # raised by a hook of the user's own client
            answer = error.response
            return self._status_error(answer, answer.content if answer.is_stream_consumed else b"")
        return connection_error(error, self.call.url, self._client)
