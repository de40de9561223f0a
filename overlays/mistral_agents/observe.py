"""The steps of a call, for `Mistral(observer=...)` and, at level DEBUG, for `logging`.

The logger `mistral_agents` gets one line for each step, without the key and without any message. Messages go to the
logger `mistral_agents.messages`, which writes nothing unless its own level is set to DEBUG.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Kind = Literal["attempt", "wait", "first_event", "end"]


@frozen
class CallEvent:
    """One step of a call."""

    kind: Kind
    """Which step it is.

    `attempt`: a request is sent. `wait`: it failed, and another attempt follows. `first_event`: the first event of a
    stream has arrived. `end`: the answer was read, the stream was read or closed, or an error will be raised.
    """
    method: str
    """The HTTP method of the request."""
    path: str
    """The path of the request."""
    attempt: int
    """Number of the attempt; the first is 1."""
    elapsed_ms: float
    """Milliseconds since the call began."""
    status_code: int | None
    """The status of the response, if one has arrived."""
    request_id: str | None
    """The service's identifier of the request, if it gave one."""
    wait_ms: float | None
    """For `wait`: its length in milliseconds."""
    error: BaseException | None
    """What went wrong, if something did."""
    retry_budget: int | None = None
    """How many retries the client has left in its budget; None if there is no limit."""

    def __str__(self) -> str:
        """Return a line for a log. Of an error, it has only the class, because the error's text may quote messages."""
        said = {
            f"status {self.status_code}": self.status_code,
            f"request id {self.request_id}": self.request_id,
            type(self.error).__name__: self.error,
            f"next attempt in {self.wait_ms or 0:,.0f} ms": self.wait_ms,
        }
        known = ", ".join(text for text, value in said.items() if value is not None)
        line = f"{self.method} {self.path} attempt {self.attempt}: {self.kind} after {self.elapsed_ms:,.0f} ms"
        return f"{line} ({known})" if known else line
