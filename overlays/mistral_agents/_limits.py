"""Time limits that can be moved while a connection is in use.

httpcore takes the limit of its reads once, when a body begins. A stream needs one that moves with its events, a slow
head needs one for all its bytes, and what follows the last event gets a moment and no more. So the network stream,
which httpx shows in its `trace` extension and with every response, has its `read` and `write` wrapped: while a step of
a call goes on, its `TimeLimit` limits them; for others who use the connection nothing changes. There is no timer.

Which step that is, a context variable tells; while a body is read, whose connection nobody else uses, the network
stream itself (`Limited.limit`), which takes less time.

An HTTP/2 connection is read by one call for all of them, and httpcore gives it up at the first `Exception`. So a limit
that passes there is no `Exception`; asynchronous reads have none, since the whole step is cancelled in time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from importlib import import_module
from typing import Any

import httpx

from ._clock import Clock


class TimeIsOver(BaseException):
    """The limit of a call has passed while it read from a connection that others use, too."""


class TimeLimit:
    """When the next thing that a call waits for is `due`, not after the call's `deadline`; monotonic seconds."""

    shared = False  # whether other calls use the connection, too, which must not suffer from this limit

    def __init__(self, clock: Clock, deadline: float) -> None:
        self._now, self.deadline, self.due = clock.monotonic, deadline, deadline

    def start(self, seconds: float) -> bool:
        """Let the next thing be due in so many seconds, if not before; tell whether there is time at all."""
        now, deadline = self._now(), self.deadline
        due = now + seconds
        self.due = due = due if due < deadline else deadline  # noqa: FURB136  # for each event; `min` takes longer
        return now < due

    def remaining(self) -> float:
        """Return the seconds that are left."""
        return self.due - self._now()


# Of this thread or task: a connection given back may be taken up by another before this one goes on.
of_step: ContextVar[Sequence[TimeLimit]] = ContextVar("of_step", default=())
"""The limit of what is done now on the network; empty once it is done."""

_WRITE_BYTES = 16 * 1024
# A wait that has a limit of its own, and tells what it was for, ends before it is cancelled.
_LATE_SECONDS = 0.02


class Limited:
    """A network stream whose reads and writes have the limit of a step."""

    limit: TimeLimit | None = None
    """Of the step that reads the body from it now."""


def _left(limit: TimeLimit, passed: type[httpx.TimeoutException]) -> float:
    """Return what a wait may take; raise `passed` when nothing is left."""
    left = limit.remaining()
    if left <= 0:
        raise passed("the time is over")
    return left


def _shorten(seconds: float | None, passed: type[httpx.TimeoutException]) -> float | None:
    """Return what a wait of so many seconds may take in a step, if it is within one; raise `passed` likewise."""
    limits = of_step.get()
    if not limits:
        return seconds
    left = _left(limits[0], passed)
    return left if seconds is None else min(seconds, left)


def _is_shared() -> bool:
    return any(limit.shared for limit in of_step.get())


def _read(read: Callable[..., Any], max_bytes: int, timeout: float | None, blocking: bool) -> Any:  # noqa: FBT001  # of this module
    """Read within the limit of a step."""
    if _is_shared() and not blocking:
        return read(max_bytes, None)
    try:
        return read(max_bytes, _shorten(timeout, httpx.ReadTimeout))
    except (httpx.ReadTimeout, import_module("httpcore").ReadTimeout) as error:
        raise (TimeIsOver if _is_shared() else error) from None


async def cancelled_in_time(limit: TimeLimit, step: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    """Do an asynchronous step, which is cancelled where it waits for what has no limit of its own."""
    with import_module("anyio").move_on_after(limit.remaining() + _LATE_SECONDS):
        return await step(*arguments)
    raise httpx.ReadTimeout("the time is over")


def wrap(stream: Any, *, blocking: bool) -> Limited | None:
    """Let the limit of a step rule a network stream, if it can."""
    limited: Limited | None = getattr(stream, "limited", None)
    read, write = getattr(stream, "read", None), getattr(stream, "write", None)
    if limited is not None or read is None or write is None:
        return limited
    limited = Limited()

    def limited_read(max_bytes: int, timeout: float | None = None) -> Any:  # awaited where `read` is
        limit = limited.limit
        if limit is not None:
            return read(max_bytes, _left(limit, httpx.ReadTimeout))
        return _read(read, max_bytes, timeout, blocking)

    def limited_write(buffer: bytes, timeout: float | None = None) -> Any:
        if not blocking:
            return write(buffer, None if _is_shared() else _shorten(timeout, httpx.WriteTimeout))
        # httpcore gives the whole time again to each part that a socket takes.
        for start in range(0, len(buffer), _WRITE_BYTES):
            write(buffer[start : start + _WRITE_BYTES], _shorten(timeout, httpx.WriteTimeout))
        return None

    try:
        stream.read, stream.write, stream.limited = limited_read, limited_write, limited
    except AttributeError:  # it has slots
        return None
    return limited


class Connecting:
    """What httpx's `trace` extension tells of a request's way out; `opened` are the connections made for it."""

    def __init__(self, *, blocking: bool) -> None:
        self.opened: list[Any] = []
        self._blocking = blocking
        self.extensions: dict[str, Any] = {"trace": self.see if blocking else self.see_async, "mistral_agents": self}
        """For the request, by which it is known, too."""

    def see(self, event: str, info: dict[str, Any]) -> None:
        """Take one step, by httpcore's name for it."""
        layer, _, step = event.partition(".")
        if layer in ("http11", "http2"):
            for limit in of_step.get() if layer == "http2" else ():
                limit.shared = True
            if not self.opened:  # a kept connection is used, and there is nothing more to see
                self.extensions.pop("trace", None)
            elif layer == "http2" or step == "response_closed.complete":  # now others use it, too
                self.opened.clear()
        elif step in ("connect_tcp.started", "start_tls.started"):
            info["timeout"] = _shorten(info["timeout"], httpx.ConnectTimeout)  # the arguments of the step
        elif step in ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete"):
            wrap(info["return_value"], blocking=self._blocking)
            self.opened.append(info["return_value"])

    async def see_async(self, event: str, info: dict[str, Any]) -> None:
        """Take one step of an asynchronous request."""
        self.see(event, info)
