"""The retries that all calls of a client share, so that a service which is down gets no storm of requests."""

from __future__ import annotations

from collections import deque

# Twice the retries of ten calls that fail together; then the service is down, and more of them would not help it.
DEFAULT_BUDGET = 20


class RetryBudget:
    """Tokens: a retry takes one, a successful call gives one back. Safe to share between threads and event loops.

    They are items of a deque with a maximal length. Its operations are atomic, so there is no lock that a fork could
    leave locked.
    """

    def __init__(self, tokens: int) -> None:
        self._tokens = deque[None]([None] * tokens, maxlen=tokens)

    def __reduce__(self) -> tuple[type[RetryBudget], tuple[int | None]]:
        return RetryBudget, (self._tokens.maxlen,)  # another process begins with all tokens

    @property
    def left(self) -> int:
        """How many retries are left."""
        return len(self._tokens)

    def take(self) -> bool:
        """Take a token; tell whether there was one."""
        try:
            self._tokens.pop()
        except IndexError:
            return False
        return True

    def give_back(self) -> None:
        """Return a token after a success, unless there are as many as at the start."""
        self._tokens.append(None)
