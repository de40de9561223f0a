"""The retries that all calls of a client share, so that they do not flood a service that is down."""

from __future__ import annotations

from collections import deque

# A call is retried at most twice by default, so this is enough for ten calls that fail. If more than ten fail together,
# the service is down, and retries do not help.
DEFAULT_BUDGET = 20


class RetryBudget:
    """Tokens: a retry takes one, a successful call returns one. Threads and event loops can share a budget.

    The tokens are items of a deque with a maximal length. Its operations are atomic, so there is no lock that a fork
    could leave locked.
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
        """Take a token; return whether there was one."""
        try:
            self._tokens.pop()
        except IndexError:
            return False
        return True

    def give_back(self) -> None:
        """Return a token after a success, unless there are as many as at the start."""
        self._tokens.append(None)
