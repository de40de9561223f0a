"""What a call does while it goes on, told to `Mistral(observer=...)` and, at the level DEBUG, to `logging`.

The logger `mistral_agents` gets one line an event: never the key, never what is said. What is said has a logger of its
own, `mistral_agents.messages`, which is silent until its own level is set to DEBUG.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Kind = Literal["attempt", "wait", "first_event", "end"]


@frozen
class CallEvent:
    """One thing that a call did.

    `attempt`: a request goes out. `wait`: it failed, and another follows. `first_event`: a stream has begun. `end`: the
    call is over, an answer read, a stream read or left, or an error about to be raised.
    """

    kind: Kind
    method: str
    path: str
    attempt: int
    """Which request of the call this is about; the first is 1."""
    elapsed_ms: float
    """How long ago the call began, in milliseconds."""
    status_code: int | None
    """Of the answer, if one has come."""
    request_id: str | None
    """The service's name for the request, if it gave one."""
    wait_ms: float | None
    """For `wait`: how long, in milliseconds."""
    error: BaseException | None
    """What went wrong, if something did."""
    retry_budget: int | None = None
    """How many retries the client's calls may have now, all together; None if there is no limit."""

    def __str__(self) -> str:
        """Return a line for a log; of an error its kind alone, since its text may quote what was said."""
        said = {
            f"status {self.status_code}": self.status_code,
            f"request id {self.request_id}": self.request_id,
            type(self.error).__name__: self.error,
            f"next attempt in {self.wait_ms or 0:,.0f} ms": self.wait_ms,
        }
        known = ", ".join(text for text, value in said.items() if value is not None)
        line = f"{self.method} {self.path} attempt {self.attempt}: {self.kind} after {self.elapsed_ms:,.0f} ms"
        return f"{line} ({known})" if known else line
