"""Closes the streams that nobody closed, from a place where that is safe.

The garbage collector can run anywhere, also while its thread holds the lock of a connection pool. Closing a connection
needs that lock, so a finalizer that closes one would deadlock. So this module holds every open stream, with all objects
that would close something when they are collected. A finalizer only asks the event loop of an async stream to close it,
or puts a blocking stream into a `SimpleQueue`, whose `put` is reentrant. A thread closes the streams in the queue.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import Any, Protocol

_log = logging.getLogger("mistral_agents")


class Closable(Protocol):
    """An open stream."""

    async def leave(self) -> None:
        """Close the stream, unless it is closed already."""

    def leave_blocking(self) -> None:
        """Do the same for a blocking stream."""

    def disown(self) -> None:
        """In a forked child, leave the stream to the parent."""


class _Watch:
    """The open streams of this process. A forked child has its own, and does not close what its parent opened."""

    def __init__(self) -> None:
        self.open: dict[Closable, Any] = {}  # each with the event loop that opened it; None for a blocking stream
        self.loop: Any = None  # the one that opened the last async stream
        self.dropped: SimpleQueue[Closable] = SimpleQueue()
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread that closes dropped streams, if it does not run. A finalizer must not start it."""
        if self.thread is None:
            thread = threading.Thread(target=self._close_dropped, name="mistral_agents: close", daemon=True)
            with suppress(RuntimeError):  # at the end of the interpreter, when nothing needs to be closed any more
                thread.start()
                self.thread = thread

    def _close_dropped(self) -> None:
        while True:
            with _reported():
                self.dropped.get().leave_blocking()


_watch = _Watch()
_of_parents: list[_Watch] = []


def _leave_to_parent() -> None:
    global _watch  # there is one in each process
    parents, _watch = _watch, _Watch()
    _of_parents.append(parents)  # dropping it would finalize the streams in it
    for stream in parents.open:
        stream.disown()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)


def hold(stream: Closable, *, blocking: bool) -> None:
    """Hold a stream from its opening to `release`, or until its event loop is over."""
    if blocking:
        _watch.start()
        _watch.open[stream] = None
        return
    from anyio.lowlevel import current_token

    token: Any = current_token()
    loop = getattr(token, "native_token", token)
    if loop is not _watch.loop:  # a finalizer must not do this: it may drop connections
        _watch.loop = loop
        for each in [each for each, opened_by in list(_watch.open.items()) if _is_closed(opened_by)]:
            release(each)
    _watch.open[stream] = loop


def release(stream: Closable) -> None:
    """Forget a closed stream."""
    _watch.open.pop(stream, None)


def close_soon(stream: Closable) -> None:
    """Have a stream closed soon, outside finalizers; finalizers may call this."""
    loop = _watch.open.get(stream, _watch)  # `_watch` if the stream was released
    if loop is None:
        _watch.dropped.put(stream)
    elif loop is not _watch:
        with suppress(RuntimeError):  # the loop is over, and `hold` will forget the stream
            if hasattr(loop, "run_sync_soon"):  # trio; its lock is reentrant, so a finalizer may call it
                loop.run_sync_soon(_spawn, stream)
            else:
                loop.call_soon_threadsafe(_start, loop, stream)


def _is_closed(loop: Any) -> bool:  # a loop that only stands still is not closed: it may go on and use its streams
    with suppress(RuntimeError):  # trio's `run_sync_soon` raises RunFinishedError, or returns None
        return loop is not None and bool(loop.is_closed() if hasattr(loop, "is_closed") else loop.run_sync_soon(bool))
    return True


_tasks: set[Any] = set()


def _start(loop: Any, stream: Closable) -> None:
    task = loop.create_task(_leave(stream))
    _tasks.add(task)  # asyncio itself holds tasks weakly
    task.add_done_callback(_tasks.discard)


def _spawn(stream: Closable) -> None:
    from trio.lowlevel import spawn_system_task

    with suppress(RuntimeError):  # trio is about to end, which closes all streams
        spawn_system_task(_leave, stream)


async def _leave(stream: Closable) -> None:
    with _reported():
        await stream.leave()


@contextmanager
def _reported() -> Iterator[None]:
    """Log an error, because nobody could catch it."""
    try:
        yield
    except Exception:  # noqa: BLE001  # whatever it is, it must not end the thread
        _log.warning("A stream that was dropped could not be closed properly.", exc_info=True)
