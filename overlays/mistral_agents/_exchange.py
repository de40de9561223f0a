"""One attempt of a call, over httpx: it sends the request, and reads the head and the body of the response.

Blocking and async calls share these coroutines. With an httpx.Client they never suspend; `run` returns their result.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import httpx

from . import errors
from ._causes import is_of_httpcore, without_key
from ._clock import LATE, TimeLimit, cancelled_in_time
from ._encoding import Decompressor
from ._limits import Connecting, Limited, TimeIsOver, of_step, wrap
from ._pool import take_back
from ._transport import NOT_CONNECTED, TRANSPORT_ERRORS, AnyClient, connection_error

if TYPE_CHECKING:
    from ._request import Call
    from .observe import Kind

T = TypeVar("T")
_log = logging.getLogger("mistral_agents")
_log_messages = logging.getLogger("mistral_agents.messages")
# A host that does not accept a connection within ten seconds is down or cannot be reached.
_CONNECT_SECONDS = 10
# The status says what matters most. The body of an error is not worth a longer wait.
_ERROR_BODY_SECONDS = 10
# About as long as a new connection with TLS takes. Reusing the old one is not worth a longer wait.
_DRAIN_SECONDS = 0.25


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return the result of a coroutine that uses an httpx.Client, and so never suspends."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast("T", done.value)
    raise AssertionError("a blocking call waited for an event loop")


class Exchange:
    """One request and its response."""

    response: httpx.Response
    """httpx's response; it exists once the head has arrived."""
    request_id: str | None = None
    """The service's identifier of the request, if it gave one."""
    limited: Limited | None = None
    """The connection, if its reads can be limited and no other call uses it."""
    awaited: tuple[float, str] | None = None
    """The limit of the wait for an event, in milliseconds, and its name; None if no event is awaited."""
    began = False
    """Whether the first event has arrived."""
    cut_off_by: BaseException | None = None
    """The error or the cancellation that ended the exchange early."""

    def __init__(
        self, client: AnyClient, call: Call, attempts: int, elapsed_ms: Callable[[], float], deadline: float
    ) -> None:
        self.call, self.attempts, self.blocking = call, attempts, isinstance(client, httpx.Client)
        self.limit = TimeLimit(call.clock, deadline)
        self.chunks: Any = iter(())
        """Iterates over the body as it arrives."""
        self.room = call.limits.max_answer_bytes
        """How many more bytes the body may have."""
        self.client, self._elapsed_ms, self._connecting = client, elapsed_ms, Connecting(client)
        self._handled = sys.exc_info()[1]  # what the caller is handling
        self.over = self.closing = self._at_end = False  # `_at_end`: whether the body has ended
        self._pieces: Iterator[bytes] = iter(())

    def tell(self, kind: Kind, error: BaseException | None = None, wait: float | None = None) -> None:
        """Report a step of the call to its observer and the log. The end is reported only once."""
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
        """Log a message, if the logger for messages has a level of its own and it is DEBUG."""
        if 0 < _log_messages.level <= logging.DEBUG:
            _log_messages.debug("%s: %s", direction, what)

    async def send(self) -> str:
        """Send the request, read the head of the response, and return its media type in lower case."""
        client, call, connecting = self.client, self.call, self._connecting
        if not self.awaited:  # a JSON answer: it must be complete within twice timeout_ms
            self.limit.start(2 * call.limits.timeout_ms / 1000)
        seconds = min(call.limits.timeout_ms / 1000, self.limit.remaining())
        # httpx takes one read timeout for the whole response. If the transport allows it, reads get shorter limits.
        idle = min(call.limits.idle_timeout_ms, call.limits.timeout_ms) / 1000
        read = max(seconds, idle) if self.awaited else seconds
        timeout = {"connect": min(seconds, _CONNECT_SECONDS), "read": read, "write": seconds, "pool": seconds}
        self.log_message("sent", call.content)
        connecting.extensions["timeout"] = timeout
        # A user's client gets a copy: `Connecting` may remove `trace`, which requests for redirects or auth still need.
        bare: Callable[..., httpx.Request] | None = getattr(client, "build_bare_request", None)
        extensions = connecting.extensions if bare else dict(connecting.extensions)
        request = (bare or client.build_request)(
            call.method, call.url, headers=call.headers, content=call.content, extensions=extensions
        )
        # A user's client may have a header Transfer-Encoding. A request must not have both that and Content-Length.
        if bare is None and request.headers.pop("transfer-encoding", "") and call.content is not None:
            request.headers["content-length"] = str(len(call.content))  # httpx2, the successor of httpx, has set none
        response = self.response = await self.within(partial(client.send, request, stream=True))
        connecting.opened.clear()
        # A dict: httpx would search all headers for each one that we look up.
        headers = dict[str, str]()
        for name, value in ((name.decode("latin-1").lower(), value) for name, value in response.headers.raw):
            headers[name] = (headers[name] + ", " if name in headers else "") + value.decode("latin-1")
        self.request_id = errors.request_id(headers)
        # A hook of the user's client may have read the body already. Then httpx has decompressed it.
        consumed = response.is_stream_consumed
        self.decompressor = Decompressor("" if consumed else headers.get("content-encoding", ""))
        if consumed:
            self.chunks = response.iter_bytes() if self.blocking else response.aiter_bytes()
        else:  # as `iter_raw` does, with less work for each chunk
            response.is_stream_consumed = True
            self.chunks = iter(response.stream) if self.blocking else aiter(response.stream)
        limited = wrap(response.extensions.get("network_stream"), blocking=self.blocking)
        # A time limit would break HTTP/2 for other calls. After a consumed body, the connection is back in the pool.
        self.limited = None if consumed or response.http_version == "HTTP/2" else limited
        content_type: str = headers.get("content-type", "")
        return content_type.partition(";")[0].strip().lower()

    async def read_body(self, expected: str, *, fits: bool) -> bytes:
        """Return the whole body; raises for an error status, and if the type of the body does not fit."""
        pieces, failure, operation = list[bytes](), None, self.call.operation
        succeeded = self.response.status_code in operation.statuses
        if operation.answer is None and operation.stream is None:  # no body is expected; the status says it all
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
        # A wrong status or type is the error to report, even if the body is incomplete, too.
        if not succeeded:
            raise self._status_error(self.response, body) from failure
        if operation.answer is None and operation.stream is None:
            await self.close()  # needed if the body did not arrive completely
            return body
        if not fits:
            raise self.misfit(expected, body) from failure
        if failure is not None:
            if isinstance(failure, errors.ResponseValidationError):
                failure.body = body
            raise failure
        return body

    def misfit(self, expected: str, body: bytes) -> errors.MistralError:
        """Make the error for a body of another type than expected. If the body is an error object, quote it."""
        found = self.response.headers.get("content-type") or "an answer without a content type"
        return errors.misfit(f"expected {expected}, got {found}. Check server_url.", body)

    def _status_error(self, response: httpx.Response, body: bytes) -> errors.SDKError:
        data = self.call.operation.read_error(response.status_code, errors.fields_of(body))
        return errors.status_error(response.status_code, response.headers, body, data)

    async def next_piece(self) -> bytes | None:
        """Return the next piece of the body, decompressed. At the end, release the connection and return None."""
        if self.room < 0:  # the bytes within the limit were returned before
            most = self.call.limits.max_answer_bytes
            raise errors.ResponseValidationError(
                f"the answer is larger than max_answer_bytes ({most:,} bytes). If you expect that, raise the limit."
            )
        piece = next(self._pieces, None)
        while piece is None:
            chunk = await self.within(next if self.blocking else anext, self.chunks, None)
            if chunk is None:
                self._at_end, self.limited = True, None  # from now on, another call may use the connection
                framed = not {"content-length", "transfer-encoding"}.isdisjoint(self.response.headers)
                if self.client.is_closed and not framed:  # the body looks complete, but closing the client ended it
                    raise self._error(RuntimeError("the client was closed"))
                try:
                    await self.close()
                except BaseException as error:  # noqa: BLE001  # it is raised again
                    self.fail(error)
                if self.decompressor.whole:
                    return None
                raise errors.APIConnectionError("the compressed answer ended early. Try again.", retryable=True)
            self._pieces = self.decompressor.pieces(chunk)
            piece = next(self._pieces, None)
        self.room -= len(piece)
        return piece if self.room >= 0 else piece[: self.room]

    async def drain(self) -> None:
        """Read briefly past the end of a stream, so that the connection can be reused."""
        self.limit.start(_DRAIN_SECONDS)
        with contextlib.suppress(errors.MistralError):  # the stream is complete, even if its connection is lost here
            while self.limited is not None and await self.next_piece() is not None:
                pass

    async def close(self) -> None:
        """Release the connection, even if the call was cut off before, or is cut off during this."""
        if self.closing:  # another task or thread closes it; or, in a forked child, the connection is the parent's
            return
        self.closing = True
        try:
            if hasattr(self, "response"):
                self.response.close() if self.blocking else await self.response.aclose()
                if self.limited is not None and not self.blocking and not self._at_end:
                    # trio warns unless httpcore's async generator runs to its end. After closing, it ends at once.
                    with contextlib.suppress(Exception), import_module("anyio").move_on_after(_DRAIN_SECONDS):
                        while await anext(self.chunks, None) is not None:
                            pass
        except BaseException as error:
            self.cut_off_by = error
            raise
        finally:
            self.closing = False
            early = self.cut_off_by is not None or (self.limited is None and not self._at_end)  # over HTTP/2
            if lost := take_back(self.client, self._connecting) if early else []:
                with contextlib.nullcontext() if self.blocking else import_module("anyio").CancelScope(shield=True):
                    for connection in lost:
                        connection.close() if self.blocking else await connection.aclose()

    async def within(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Do one step on the network within the limit; raise errors of httpx as ours."""
        if self.limit.remaining() <= 0:
            raise self._error(httpx.ReadTimeout(LATE))
        before, limits = of_step.get(), [self.limit]
        of_step.set(limits)
        try:
            if self.blocking or self.limited is not None:
                return step(*arguments) if self.blocking else await step(*arguments)
            return await cancelled_in_time(self.limit, step, arguments)
        except BaseException as error:  # noqa: BLE001  # it is raised again
            self.fail(error)
        finally:
            limits.clear()  # ends the limit also for a task that began meanwhile: its context has this list, too
            of_step.set(before)

    def fail(self, error: BaseException) -> NoReturn:
        """Raise an error of httpx, or of a library that it uses, as ours; raise any other unchanged."""
        self.cut_off_by = error
        if isinstance(error, TimeIsOver):
            error = httpx.ReadTimeout(LATE)
        try:
            if isinstance(error, TRANSPORT_ERRORS) or is_of_httpcore(error):
                raise self._error(error) from error
            raise error
        finally:  # only now, because it may remove the traceback that tells where the error is from
            without_key(error, self.call.method, self.call.url, self._handled)

    def _error(self, error: Exception) -> errors.MistralError:
        if isinstance(error, httpx.TimeoutException):
            deadline_ms, now = self.call.limits.deadline_ms, self.call.clock.monotonic()
            unsent = isinstance(error, NOT_CONNECTED)
            # A timer may fire early by the resolution of its clock.
            if deadline_ms is not None and self.limit.deadline - now < 0.001:
                return errors.DeadlineExceededError(
                    f"the answer was not complete within deadline_ms ({deadline_ms:,.0f} ms). Allow more time."
                )
            if self.awaited and (not unsent or self.limit.due - now < 0.001):
                milliseconds, name = self.awaited
                late = f"no event arrived within {name} ({milliseconds:,.0f} ms)."
                if self.began:
                    return errors.IdleTimeoutError(f"{late} .partial has what came. Allow more time, or call again.")
                advice = f"{late} Allow more time, or try later."
                return errors.FirstEventTimeoutError(advice, retryable=unsent, sent=not unsent)
        if isinstance(error, httpx.HTTPStatusError):  # raised by a hook of the user's own client
            answer = error.response
            return self._status_error(answer, answer.content if answer.is_stream_consumed else b"")
        return connection_error(error, self.call.url, self.client, opened=bool(self._connecting.opened))
