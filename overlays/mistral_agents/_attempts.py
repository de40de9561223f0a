"""The attempts of one call in time: how many there were, how long to wait for the next, and when all is over."""

from __future__ import annotations

import math
import random
import time
from importlib import import_module
from time import sleep

from .errors import MistralError
from .retry import RetryConfig, wait_ms


class Clock:
    """The system's time, in seconds, and chance; a test puts its own in their place."""

    monotonic = staticmethod(time.monotonic)
    time = staticmethod(time.time)
    jitter = staticmethod(random.random)  # it spreads retries over time; nothing secret depends on it

    def sleep(self, seconds: float) -> None:
        """Wait."""
        sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Wait, on whichever event loop runs."""
        # Imported when it is needed, as httpx does it: for asynchronous use alone.
        await import_module("anyio").sleep(seconds)


class Attempts:
    """Counts the attempts of one call, from now until `deadline_ms` milliseconds later."""

    def __init__(self, config: RetryConfig, clock: Clock, deadline_ms: float | None = None) -> None:
        self._config, self._clock, self._began = config, clock, clock.monotonic()
        self.deadline = math.inf if deadline_ms is None else self._began + deadline_ms / 1000
        """When all must be over, on the clock's monotonic time."""
        self.count = 0
        """How many attempts have begun."""

    def elapsed_ms(self) -> float:
        """Return how long ago the call began, in milliseconds."""
        return (self._clock.monotonic() - self._began) * 1000

    def wait_after(self, error: MistralError) -> float | None:
        """Return the seconds to wait after a failure, or None when there is to be no other attempt."""
        error.attempts = self.count
        elapsed, jitter, now = self.elapsed_ms(), self._clock.jitter(), self._clock.time()
        wait = wait_ms(self._config, error, attempt=self.count, elapsed=elapsed, jitter=jitter, now=now)
        if wait is not None and self._began + (elapsed + wait) / 1000 < self.deadline:
            return wait / 1000
        if wait is not None:
            error.advise("Another attempt would have come after deadline_ms.")
        if self.count > 1:
            error.advise(f"({self.count} attempts were made.)")
        return None
