"""Closes the streams that nobody closed, from a place where that is safe.

The garbage collector can run anywhere, also while this thread holds the lock of a connection pool: what it finalizes
must not close a connection, which needs that lock. So an open stream is held here, with all that could close itself
when it is collected, and what a finalizer does is to put it into a queue: a `SimpleQueue`, which may be put into at
any moment (https://docs.python.org/3/library/queue.html#queue.SimpleQueue). A thread empties the queue; asynchronous
streams go to the event loop that they belong to.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import Any, Protocol

_log = logging.getLogger("mistral_agents")


class Closable(Protocol):
    """What is open."""

    async def leave(self) -> None:
        """Close it; nothing happens if it is closed."""

    def leave_blocking(self) -> None:
        """Do the same if it is blocking."""


class _Watch:
    """What is open in this process; a forked child has another one, and leaves alone what its parent opened."""

    def __init__(self) -> None:
        self.open: dict[Closable, Callable[[Closable], None]] = {}
        self.dropped: SimpleQueue[Closable] = SimpleQueue()
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        """Have a thread that closes what is dropped. It is started here, since a finalizer must not wait for that."""
        if self.thread is None:
            self.thread = threading.Thread(target=self._close_dropped, name="mistral_agents: close", daemon=True)
            self.thread.start()

    def _close_dropped(self) -> None:
        while True:
            with _reported():
                self.dropped.get().leave_blocking()


_watch = _Watch()
_of_parents: list[_Watch] = []


def _leave_to_parent() -> None:
    global _watch  # noqa: PLW0603  # there is one in each process
    _of_parents.append(_watch)  # to drop it would finalize what it holds
    _watch = _Watch()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)


def hold(stream: Closable, *, blocking: bool) -> None:
    """Hold a stream from its opening to `release`."""
    if blocking:
        _watch.start()
        _watch.open[stream] = _watch.dropped.put
    else:
        _watch.open[stream] = _closer_on_loop()


def release(stream: Closable) -> None:
    """Let go of a stream that is closed."""
    _watch.open.pop(stream, None)


def close_soon(stream: Closable) -> None:
    """Have a stream closed by something that is not a finalizer; a finalizer may call this."""
    close = _watch.open.get(stream)
    if close is not None:
        close(stream)


def _closer_on_loop() -> Callable[[Closable], None]:
    """Return what has a stream closed by the event loop that runs now."""
    from anyio.lowlevel import current_token

    loop: Any = current_token()
    loop = getattr(loop, "native_token", loop)
    if hasattr(loop, "run_sync_soon"):  # of trio, whose lock for this may be taken again by a finalizer

        def close_on_trio(stream: Closable) -> None:
            with suppress(RuntimeError):  # RunFinishedError: all that was open is closed
                loop.run_sync_soon(_spawn, stream)

        return close_on_trio

    def close_on_asyncio(stream: Closable) -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(_start, loop, stream)

    return close_on_asyncio


_tasks: set[Any] = set()


def _start(loop: Any, stream: Closable) -> None:
    task = loop.create_task(_leave(stream))
    _tasks.add(task)  # asyncio itself holds tasks weakly
    task.add_done_callback(_tasks.discard)


def _spawn(stream: Closable) -> None:
    from trio.lowlevel import spawn_system_task

    with suppress(RuntimeError):  # the run is about to end, which closes all that is open
        spawn_system_task(_leave, stream)


async def _leave(stream: Closable) -> None:
    with _reported():
        await stream.leave()


@contextmanager
def _reported() -> Iterator[None]:
    """Log an error: there is nobody who could catch it."""
    try:
        yield
    except Exception:  # noqa: BLE001  # whatever it is, it must not end the thread
        _log.warning("A stream that was dropped could not be closed properly.", exc_info=True)
