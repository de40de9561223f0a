"""Scripts, which decide the stub's answers: any function of a request, or a list of answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from .received import RecordedRequest
from .wire import Reply

__all__ = [
    "Answer",
    "ByOperation",
    "InTurn",
    "Respond",
    "ScriptEndedError",
    "ask",
    "by_operation",
    "check_script",
    "in_turn",
    "unused",
]

# A `Reply` is sent as it is, whatever the request was. A mapping is the JSON of an answer. It is sent only if the
# request fits the contract: whole or as a stream, as the request asks. A list is the answer of an operation that
# returns one. None means the answer that the stub makes up.
Answer = Reply | Mapping[str, Any] | Sequence[Any] | None
Respond = Callable[[RecordedRequest], Answer]


class ScriptEndedError(Exception):
    """A request came after the last answer of the script."""


class InTurn:
    """Gives its answers in order, one to each request."""

    def __init__(self, first: Answer, *others: Answer) -> None:
        self._answers = (first, *others)
        self._given = 0
        self._lock = threading.Lock()

    def __call__(self, _: RecordedRequest) -> Answer:
        """Return the next answer; the last one is repeated."""
        return self._answers[min(self._next(), len(self._answers) - 1)]

    def take(self) -> Answer:
        """Return the next answer; raise ScriptEndedError if none is left."""
        place = self._next()
        if place >= len(self._answers):
            raise ScriptEndedError(f"the script has no answer after {len(self._answers)}")
        return self._answers[place]

    @property
    def left(self) -> int:
        """How many answers have not been used."""
        return max(0, len(self._answers) - self._given)

    def _next(self) -> int:
        with self._lock:
            place = self._given
            self._given += 1
        return place


def in_turn(first: Answer, *others: Answer) -> InTurn:
    """Return a `respond` that gives one answer to each request, in this order, and repeats the last one.

    A strict stub gives the last one only once: a request after it is unexpected.
    """
    return InTurn(first, *others)


class ByOperation:
    """Gives each operation its own answers."""

    def __init__(self, answers: Mapping[str, Respond]) -> None:
        self.answers = answers

    def __call__(self, request: RecordedRequest) -> Answer:
        """Return the answer for the request's operation, or None if none is scripted."""
        return ask(self.answers.get(request.operation), request, once=False)


def by_operation(**answers: Answer | Respond) -> ByOperation:
    """Return a `respond` with one argument for each scripted operation: an answer, or a `respond` of its own.

    The names are those of the contract (`operationId`), such as `conversations_start=in_turn(outputs("Hello"), None)`.
    Operations that are not named get the answer that the stub makes up.
    """
    return ByOperation({name: answer if callable(answer) else _always(answer) for name, answer in answers.items()})


def check_script(respond: object, operations: Container[str]) -> None:
    """Raise an error if this is not a `respond`, or if `by_operation` names an operation that the contract has not."""
    if respond is not None and not callable(respond):
        given = type(respond).__name__
        raise TypeError(f"respond has to be a function of a request, or in_turn(answer, ...), not {given}")
    if isinstance(respond, ByOperation) and (unknown := [each for each in respond.answers if each not in operations]):
        raise ValueError(f"script: the contract has no operation {unknown[0]!r}")


def ask(respond: Respond | None, request: RecordedRequest, *, once: bool) -> Answer:
    """Return the answer of `respond`. With `once`, `in_turn` never repeats an answer, also inside `by_operation`."""
    if isinstance(respond, ByOperation):
        return ask(respond.answers.get(request.operation), request, once=once)
    if once and isinstance(respond, InTurn):
        return respond.take()
    return None if respond is None else respond(request)


def unused(respond: object) -> int:
    """Return how many answers of `in_turn` have not been used."""
    if isinstance(respond, ByOperation):
        return sum(map(unused, respond.answers.values()))
    return respond.left if isinstance(respond, InTurn) else 0


def _always(answer: Answer) -> Respond:
    return lambda _: answer
