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
        sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Wait, on asyncio or trio."""
        # Only async code needs anyio, so it is imported here, as httpx does.
        await import_module("anyio").sleep(seconds)
