"""The system's time and chance, in one place."""

from __future__ import annotations

import random
import time
from importlib import import_module
from time import sleep


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
