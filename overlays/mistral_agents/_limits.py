"""Time limits that can change while a connection is in use.

httpcore takes the timeout of its reads once, when a body begins. That is not enough: the limit of a stream moves with
its events, a slow head needs one limit for all its bytes, and after the last event we wait only briefly. httpx gives
access to the network stream, by its `trace` extension and with every response, so we wrap `read` and `write` of it.
During a step of a call, the step's `TimeLimit` limits them. Other users of the connection notice nothing.

A context variable holds the limit of the current step. On HTTP/1.1, no other call uses the connection while a body is
read. During that time, the limit is set on the network stream itself (`Limited.limit`), which is faster.

On HTTP/2, calls share a connection, which httpcore closes after any `Exception`. So a blocking call whose limit passes
raises a `BaseException`. An async step is cancelled; a write is finished first, as it may contain data of other calls.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from importlib import import_module
from typing import Any

import httpx

from ._clock import LATE, TimeLimit


class TimeIsOver(BaseException):
    """The limit of a call has passed while it used a connection that other calls share."""


# The limit belongs to the thread or task, not to its connection, which another task may use as soon as it is free.
of_step: ContextVar[Sequence[TimeLimit]] = ContextVar("of_step", default=())
"""The limit of the current step, as the only item; empty after the step."""

_WRITE_BYTES = 16 * 1024
# Longer than any write takes, unless the socket is stuck. Then the other calls on a shared connection are stuck, too.
_STUCK_SECONDS = 1.0
_CONNECTED = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")


def _left(limit: TimeLimit, passed: type[httpx.TimeoutException]) -> float:
    """Return how long a wait may be; raise `passed` if no time is left."""
    left = limit.remaining()
    if left <= 0:
        raise passed(LATE)
    return left


def _shorten(seconds: float | None, passed: type[httpx.TimeoutException]) -> float | None:
    """Shorten a wait to the limit of the current step, if there is one; raise `passed` if no time is left."""
    for limit in of_step.get():
        left = _left(limit, passed)
        return left if seconds is None else min(seconds, left)
    return seconds


def _shared() -> TimeLimit | None:
    """Return the limit of the current step if other calls share its connection."""
    return next((limit for limit in of_step.get() if limit.shared), None)


class Limited:
    """Methods for a network stream that make it obey the limit of a step."""

    limit: TimeLimit | None = None
    """The limit of the step that is reading the body."""
    broken = False
    """Whether a write that contained data of several calls failed, or was given up."""

    def __init__(self, stream: Any, *, blocking: bool) -> None:
        self._stream, self._blocking, self._opened_in = stream, blocking, os.getpid()
        self._read, self._write, self._preface = stream.read, stream.write, b""
        self._close: Callable[[], None] = getattr(stream, "close", lambda: None)

    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        """Read, or return an awaitable if the stream is async."""
        if self.limit is not None:
            return self._read(max_bytes, _left(self.limit, httpx.ReadTimeout))
        shared = _shared()
        if shared is None or not self._blocking:
            return self._read(max_bytes, _shorten(timeout, httpx.ReadTimeout) if shared is None else None)
        while (left := shared.remaining()) > 0:
            # A socket has only one timeout. A write of another call may have set it to a shorter one meanwhile.
            with contextlib.suppress(import_module("httpcore").ReadTimeout):
                return self._read(max_bytes, left)
        raise TimeIsOver

    def write(self, buffer: bytes, timeout: float | None = None) -> Any:
        """Write, or return an awaitable if the stream is async."""
        if buffer.startswith(b"PRI * HTTP/2.0"):  # if a limit passed now, httpcore would close the connection
            self._preface = buffer
            return None if self._blocking else self._write(b"", timeout)
        buffer, self._preface, shared = self._preface + buffer, b"", _shared()
        if shared is not None:
            seconds = max(shared.remaining(), _STUCK_SECONDS)
            if not self._blocking:
                return self._write_whole(buffer, seconds) if buffer else self._write(buffer, seconds)
            self._write(buffer, seconds)
            if shared.remaining() <= 0:
                raise TimeIsOver
            return None
        if not self._blocking:
            return self._write(buffer, _shorten(timeout, httpx.WriteTimeout))
        # httpcore would allow the whole timeout again for each part that the socket accepts.
        for start in range(0, len(buffer), _WRITE_BYTES):
            self._write(buffer[start : start + _WRITE_BYTES], _shorten(timeout, httpx.WriteTimeout))
        return None

    async def _write_whole(self, buffer: bytes, seconds: float) -> None:
        """Write what several calls send, even if the call that does it is cancelled: nobody would send the rest."""
        anyio, failures = import_module("anyio"), list[Exception]()
        done, scope = anyio.Event(), anyio.CancelScope(shield=True)

        async def finish() -> None:
            with scope:
                try:
                    await self._write(buffer, seconds)
                except Exception as error:  # noqa: BLE001  # it is raised again
                    failures.append(error)
            self.broken = bool(failures) or scope.cancelled_caught
            done.set()

        async with anyio.create_task_group() as tasks:  # unlike the shield, it also resists `task.cancel()` of asyncio
            tasks.start_soon(finish)
            try:
                await done.wait()
            finally:  # it is done, or the call is cancelled
                scope.deadline = anyio.current_time() + _STUCK_SECONDS
        for failure in failures:
            raise failure

    def wake(self) -> None:
        """Shut down the socket, so that a thread that waits for it wakes at once; a forked child leaves it alone."""
        with contextlib.suppress(OSError, AttributeError, TypeError):  # it is closed, or the transport has none
            if os.getpid() == self._opened_in:
                # SSLSocket.shutdown would first remove the encryption, while another thread still reads.
                socket.socket.shutdown(self._stream.get_extra_info("socket"), socket.SHUT_RDWR)

    def close(self) -> None:
        """Close a blocking stream. Closing its socket alone would not wake a thread that waits for it."""
        self.wake()
        self._close()


def wrap(stream: Any, *, blocking: bool) -> Limited | None:
    """Make a network stream obey limits; return None if its methods cannot be replaced."""
    limited: Limited | None = getattr(stream, "limited", None)
    if limited is not None or not (hasattr(stream, "read") and hasattr(stream, "write")):
        return limited
    limited = Limited(stream, blocking=blocking)
    try:
        stream.read, stream.write, stream.limited = limited.read, limited.write, limited
        if blocking:
            stream.close = limited.close
    except AttributeError:  # it has slots, which take no new attributes
        return None
    return limited


class Connecting:
    """Follows a request by httpx's `trace` extension. `opened` has the new connections that only this request uses."""

    def __init__(self, client: httpx.Client | httpx.AsyncClient) -> None:
        self.opened: list[Any] = []
        self._client, self._blocking = client, isinstance(client, httpx.Client)
        self.extensions = dict[str, Any](trace=self.see if self._blocking else self.see_async, mistral_agents=self)
        """The extensions of the request. `_pool` recognises the request by them."""

    def see(self, event: str, info: dict[str, Any]) -> None:
        """Handle one step of the request; `event` is httpcore's name of it."""
        layer, _, step = event.partition(".")
        if layer in ("http11", "http2"):
            for limit in of_step.get() if layer == "http2" else ():
                limit.shared = True
            if not self.opened:  # an idle connection is reused: nothing more to follow
                self.extensions.pop("trace", None)
            elif layer == "http2" or step == "response_closed.complete":  # others may use it now
                self.opened.clear()
        elif step in ("connect_tcp.started", "start_tls.started"):
            info["timeout"] = _shorten(info["timeout"], httpx.ConnectTimeout)  # changes this argument of the step
        elif step in _CONNECTED:
            wrap(info["return_value"], blocking=self._blocking)
            self.opened.append(info["return_value"])
        if step in (*_CONNECTED, "send_request_headers.started") and self._client.is_closed:
            raise RuntimeError("the client was closed")  # its pool has closed only connections that were ready

    async def see_async(self, event: str, info: dict[str, Any]) -> None:
        self.see(event, info)
