"""Event loops on simulated time: when every task waits for a time, the clock jumps to it."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import trio.testing


class _Jumping(selectors.SelectSelector):
    """Moves a clock instead of waiting, if nothing is ready."""

    now = 1_000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready. Wait only if the loop has no timer, so that only an event can wake it."""
        ready = super().select(None if timeout is None else 0)
        if not ready and timeout:
            self.now += timeout
        return ready


def _make_loop() -> asyncio.AbstractEventLoop:
    selector = _Jumping()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now  # type: ignore[method-assign]  # asyncio's own way to get the time
    return loop


def run_at_once(main: Callable[[], Awaitable[Any]], backend: str) -> None:
    """Run an async function on simulated time; `anyio.current_time` tells it."""
    if backend == "trio":
        options: dict[str, Any] = {"clock": trio.testing.MockClock(autojump_threshold=0)}
    else:
        options = {"loop_factory": _make_loop}
    anyio.run(main, backend=backend, backend_options=options)
