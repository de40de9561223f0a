"""The attempts of one call: the loop that tries, waits and tries again."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ._budget import RetryBudget
from ._clock import Clock
from ._exchange import Exchange
from .errors import MistralError
from .retry import RetryConfig, wait_ms

if TYPE_CHECKING:
    from ._request import Call
    from ._transport import AnyClient

T = TypeVar("T")


class Attempts:
    """Counts the attempts of one call, and decides after a failure whether to try again."""

    def __init__(
        self,
        config: RetryConfig,
        clock: Clock,
        *,
        budget: RetryBudget | None = None,
        deadline_ms: float | None = None,
        idempotent: bool = True,
    ) -> None:
        self._config, self._clock, self._began = config, clock, clock.monotonic()  # the call begins now
        self._budget, self._idempotent = budget, idempotent
        self.deadline = math.inf if deadline_ms is None else self._began + deadline_ms / 1000
        """When the call must end, in the clock's monotonic seconds."""
        self.count = 0
        """How many attempts have begun."""

    def elapsed_ms(self) -> float:
        """Return how long ago the call began, in milliseconds."""
        return (self._clock.monotonic() - self._began) * 1000

    def wait_after(self, error: MistralError) -> float | None:
        """Return the seconds to wait after a failure, or None if there is no further attempt."""
        error.attempts = self.count
        elapsed = self.elapsed_ms()
        spent: Any = {"attempt": self.count, "elapsed": elapsed, "idempotent": self._idempotent}
        wait = wait_ms(self._config, error, jitter=self._clock.jitter(), now=self._clock.time(), **spent)
        if wait is not None and self._began + (elapsed + wait) / 1000 >= self.deadline:
            error.advise("No further attempt: it would start after deadline_ms.")
            wait = None
        if wait is not None and self._budget is not None and not self._budget.take():
            error.advise("No further attempt: the client's retry_budget is used up, too many of its calls have failed.")
            wait = None
        if wait is None and self.count > 1:
            error.advise(f"({self.count} attempts were made.)")
        return None if wait is None else wait / 1000

    def succeed(self) -> None:
        if self._budget is not None:
            self._budget.give_back()


async def attempt(client: AnyClient, call: Call, use: Callable[[Exchange], Awaitable[T]]) -> T:
    """Make attempts until `use` succeeds with an exchange, or no further attempt is allowed.

    Returns what `use` returned. The exchange that it succeeded with stays open.
    """
    limit, idempotent = call.limits.deadline_ms, call.operation.idempotent
    attempts = Attempts(call.retry, call.clock, budget=call.budget, deadline_ms=limit, idempotent=idempotent)
    while True:
        attempts.count += 1
        exchange = Exchange(client, call, attempts.count, attempts.elapsed_ms, attempts.deadline)
        try:
            exchange.tell("attempt")
            used = await use(exchange)
        except BaseException as error:
            await exchange.close()
            wait = None
            if isinstance(error, MistralError):
                error.request_id = error.request_id or exchange.request_id
                wait = attempts.wait_after(error)
            exchange.tell("end" if wait is None else "wait", error, wait)
            if wait is None:
                raise
        else:
            attempts.succeed()
            return used
        try:
            if exchange.blocking:
                call.clock.sleep(wait)
            else:
                await call.clock.sleep_async(wait)
        except BaseException as error:
            exchange.tell("end", error)
            raise
