"""The system's time and random numbers, in one place."""

from __future__ import annotations

import random
import time
from importlib import import_module
from time import sleep


class Clock:
    """The system's time, in seconds, and random numbers; tests replace it."""

    monotonic = staticmethod(time.monotonic)
    time = staticmethod(time.time)
    jitter = staticmethod(random.random)  # it spreads retries over time; nothing secret depends on it

    def sleep(self, seconds: float) -> None:
        """Wait."""
        sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Wait, on asyncio or trio."""
        # Imported when it is needed, as httpx does it: for asynchronous use alone.
        await import_module("anyio").sleep(seconds)
