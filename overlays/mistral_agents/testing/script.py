"""What decides the stub's answers: any function of a request, or answers one after another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from .received import RecordedRequest
from .wire import Reply

__all__ = ["Answer", "InTurn", "Respond", "ScriptEndedError", "in_turn"]

# A reply goes out as it is, whatever was asked. An answer goes to who may have it, in the form asked for: whole, or
# streamed. None stands for the answer that the stub makes up.
Answer = Reply | Mapping[str, Any] | None
Respond = Callable[[RecordedRequest], Answer]


class ScriptEndedError(Exception):
    """There was another request than the script has answers for."""


class InTurn:
    """Gives one answer to each request, in this order."""

    def __init__(self, first: Answer, *others: Answer) -> None:
        self._answers = (first, *others)
        self._given = 0
        self._lock = threading.Lock()

    def __call__(self, _: RecordedRequest) -> Answer:
        """Return the next answer, the last one for ever."""
        return self._answers[min(self._next(), len(self._answers) - 1)]

    def take(self) -> Answer:
        """Return the next answer, each once; raise ScriptEndedError when none is left."""
        place = self._next()
        if place >= len(self._answers):
            raise ScriptEndedError(f"the script has no answer after {len(self._answers)}")
        return self._answers[place]

    def _next(self) -> int:
        with self._lock:
            place = self._given
            self._given += 1
        return place


def in_turn(first: Answer, *others: Answer) -> InTurn:
    """Return a `respond` that gives one answer to each request, in this order, and the last for ever.

    A strict stub gives the last one once, too: a request after it is unexpected.
    """
    return InTurn(first, *others)
