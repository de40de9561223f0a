"""The system's time and random numbers, in one place, and time limits."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from time import sleep
from typing import Any

# How long after its limit a step is cancelled. A wait with a limit of its own ends earlier, with a better error.
_LATE_SECONDS = 0.02
LATE = "the time limit has passed"
"""What errors of httpx say if a wait began or ended after its limit. Users see it only as the cause of our errors."""


class Clock:
    """The system's time, in seconds, and random numbers; tests replace it."""

    monotonic = staticmethod(time.monotonic)
    time = staticmethod(time.time)
    jitter = staticmethod(random.random)  # it spreads retries over time; nothing secret depends on it

    def sleep(self, seconds: float) -> None:
        sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Wait, on asyncio or trio."""
        # Only async code needs anyio, so it is imported here, as httpx does.
        await import_module("anyio").sleep(seconds)


class TimeLimit:
    """When the current wait of a call ends (`due`), and when the whole call ends (`deadline`), in monotonic seconds."""

    shared = False  # whether other calls share the connection, which must survive this limit

    def __init__(self, clock: Clock, deadline: float) -> None:
        self._now, self.deadline, self.due = clock.monotonic, deadline, deadline

    def start(self, seconds: float) -> bool:
        """Limit the next wait to `seconds`, or to the deadline if that is earlier; return whether any time is left."""
        now, deadline = self._now(), self.deadline
        due = now + seconds
        self.due = due = due if due < deadline else deadline  # noqa: FURB136  # runs for each event; `min` is slower
        return now < due

    def remaining(self) -> float:
        """Return how many seconds are left."""
        return self.due - self._now()


async def cancelled_in_time(limit: TimeLimit, step: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    """Do an async step. If it still runs `_LATE_SECONDS` after the limit, cancel it."""
    with import_module("anyio").move_on_after(limit.remaining() + _LATE_SECONDS):
        return await step(*arguments)
    raise import_module("httpx").ReadTimeout(LATE)  # imported late, as anyio
