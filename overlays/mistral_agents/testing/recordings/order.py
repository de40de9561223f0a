"""The order in which a recorder writes exchanges: the exchange whose answer ends first is written first."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

__all__ = ["Order"]

# A service may go on sending after the end of its answer. Then its exchange is written late. The exchanges after it in
# the queue wait for it, but no longer than this.
_LONGEST_WAIT_SECONDS = 5


class Order:
    """A queue of exchanges whose answers have ended. An exchange has its turn after all earlier ones are written."""

    def __init__(self) -> None:
        self._waiting: list[object] = []
        self._changed = threading.Condition()

    def join(self, exchange: object) -> None:
        """Add an exchange, unless it is in the queue. Call this before the client gets the last bytes of the answer."""
        with self._changed:
            if exchange not in self._waiting:
                self._waiting.append(exchange)

    @contextlib.contextmanager
    def turn(self, exchange: object) -> Iterator[None]:
        """Wait for the turn of an exchange, and remove it afterwards. An exchange that never joined does not wait."""
        with self._changed:
            self._changed.wait_for(lambda: exchange not in self._waiting[1:], _LONGEST_WAIT_SECONDS)
        try:
            yield
        finally:
            with self._changed, contextlib.suppress(ValueError):
                self._waiting.remove(exchange)
                self._changed.notify_all()
