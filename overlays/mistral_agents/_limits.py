"""Time limits that can change while a connection is in use.

httpcore takes a time limit for its reads once, when a body begins. That is not enough: the limit of a stream moves with
its events, a slow head needs one limit for all its bytes, and after the last event we wait only for a moment. httpx
shows the network stream in its `trace` extension and with every response, so we wrap its `read` and `write`. During a
step of a call, the step's `TimeLimit` limits them. For other users of the connection nothing changes. There is no
timer.

A context variable tells which step that is. While a body is read, nobody else uses the connection; then the network
stream has the limit itself (`Limited.limit`), which is faster.

An HTTP/2 connection is read by one call for all of them, and httpcore gives it up at the first `Exception`. So a limit
that passes there is no `Exception`; asynchronous reads have none, since the whole step is cancelled in time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from importlib import import_module
from time import monotonic
from typing import Any

import httpx

from ._clock import Clock


class TimeIsOver(BaseException):
    """The limit of a call has passed while it read from a connection that others use, too."""


class TimeLimit:
    """Until when a call waits for the next thing (`due`), at most until its `deadline`; in monotonic seconds."""

    shared = False  # whether other calls use the connection, too, which must not suffer from this limit

    def __init__(self, clock: Clock, deadline: float) -> None:
        self._now, self.deadline, self.due = clock.monotonic, deadline, deadline

    def start(self, seconds: float) -> bool:
        """Limit the next wait to so many seconds, or to the deadline; return whether any time is left."""
        now, deadline = self._now(), self.deadline
        due = now + seconds
        self.due = due = due if due < deadline else deadline  # noqa: FURB136  # for each event; `min` takes longer
        return now < due

    def remaining(self) -> float:
        """Return how many seconds are left."""
        return self.due - self._now()


# For each thread or task: another one may already use the connection that this one has given back.
of_step: ContextVar[Sequence[TimeLimit]] = ContextVar("of_step", default=())
"""The limit of the step that uses the network now; empty after it."""

_WRITE_BYTES = 16 * 1024
# A wait that has a limit of its own, and tells what it was for, ends before it is cancelled.
_LATE_SECONDS = 0.02
# A timer may be early by as much as its clock is coarse.
_EARLY_SECONDS = 0.001


class Limited:
    """A network stream whose reads and writes obey the limit of a step."""

    limit: TimeLimit | None = None
    """The limit of the step that is reading the body."""


def _left(limit: TimeLimit, passed: type[httpx.TimeoutException]) -> float:
    """Return how long a wait may be; raise `passed` if no time is left."""
    left = limit.remaining()
    if left <= 0:
        raise passed("the time is over")
    return left


def _shorten(seconds: float | None, passed: type[httpx.TimeoutException]) -> float | None:
    """Shorten a wait to the limit of the current step, if there is one; raise `passed` if no time is left."""
    limits = of_step.get()
    if not limits:
        return seconds
    left = _left(limits[0], passed)
    return left if seconds is None else min(seconds, left)


def _is_shared() -> bool:
    limits = of_step.get()
    return bool(limits) and limits[0].shared


def _read(read: Callable[..., Any], max_bytes: int, timeout: float | None, blocking: bool) -> Any:  # noqa: FBT001  # of this module
    """Read within the limit of a step."""
    shared = _is_shared()
    if shared and not blocking:
        return read(max_bytes, None)
    while True:
        due = float("-inf")
        try:
            seconds = _shorten(timeout, httpx.ReadTimeout)
            due = monotonic() + (float("inf") if seconds is None else seconds)
            return read(max_bytes, seconds)
        except (httpx.ReadTimeout, import_module("httpcore").ReadTimeout):
            if not shared:
                raise
            # A socket has one timeout. Another call that wrote at this moment has set it to its own, which was shorter.
            if monotonic() < due - _EARLY_SECONDS:
                continue
            raise TimeIsOver from None


async def cancelled_in_time(limit: TimeLimit, step: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    """Do an asynchronous step, which is cancelled where it waits for what has no limit of its own."""
    with import_module("anyio").move_on_after(limit.remaining() + _LATE_SECONDS):
        return await step(*arguments)
    raise httpx.ReadTimeout("the time is over")


def wrap(stream: Any, *, blocking: bool) -> Limited | None:
    """Make a network stream obey limits, if it can be changed."""
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
        # httpcore would allow the whole time again for each part that the socket accepts.
        for start in range(0, len(buffer), _WRITE_BYTES):
            write(buffer[start : start + _WRITE_BYTES], _shorten(timeout, httpx.WriteTimeout))
        return None

    try:
        stream.read, stream.write, stream.limited = limited_read, limited_write, limited
    except AttributeError:  # it has slots
        return None
    return limited


class Connecting:
    """Follows a request by httpx's `trace` extension; `opened` are the connections that were made for it."""

    def __init__(self, *, blocking: bool) -> None:
        self.opened: list[Any] = []
        self._blocking = blocking
        self.extensions: dict[str, Any] = {"trace": self.see if blocking else self.see_async, "mistral_agents": self}
        """For the request, by which it is known, too."""

    def see(self, event: str, info: dict[str, Any]) -> None:
        """Handle one step; `name` is httpcore's."""
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
        """Handle one step of an async request."""
        self.see(event, info)
