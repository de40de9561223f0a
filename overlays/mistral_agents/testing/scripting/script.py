"""Scripts, which decide the stub's answers: any function of a request, or a list of answers."""

from __future__ import annotations

import difflib
import threading
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..exchange.received import RecordedRequest
from ..http.wire import Reply

__all__ = [
    "Answer",
    "ByOperation",
    "InTurn",
    "Respond",
    "ScriptEndedError",
    "Scripts",
    "WrongAnswerError",
    "by_operation",
    "in_turn",
    "in_words",
    "not_an_answer",
]

# A `Reply` is sent as it is, whatever the request was. A mapping is the JSON of an answer. If the request fits the
# contract, it is sent as JSON or as a stream, as the request asks. A list is the JSON of an answer that is a list.
# None: the stub makes up the answer.
Answer = Reply | Mapping[str, Any] | Sequence[Any] | None
Respond = Callable[[RecordedRequest], Answer]


class ScriptEndedError(Exception):
    """A request came after the last answer of the script."""


class WrongAnswerError(ValueError):
    """A script returned something that cannot be sent."""


def not_an_answer(returned: object) -> WrongAnswerError:
    """Return the error for something that is not an answer of any operation."""
    return WrongAnswerError(f"respond returned {type(returned).__name__}: return a Reply, an answer, or None")


def in_words(error: BaseException | None) -> str:
    """Return the message of an error of a script. The name of its class comes first if the script raised it."""
    return str(error) if isinstance(error, WrongAnswerError) else f"{type(error).__name__}: {error}"


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
            raise ScriptEndedError(f"the script has only {len(self._answers)} answer(s)")
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
        return _ask(self.answers.get(request.operation), request, once=False)


def by_operation(**answers: Answer | Respond) -> ByOperation:
    """Return a `respond` that gives each operation its own answers.

    Name each operation by its `operationId`, and give it an answer or a `respond`:
    `conversations_start=in_turn(outputs("Hello"), None)`. For all other operations, the stub makes up the answers.
    """
    return ByOperation({name: answer if callable(answer) else _always(answer) for name, answer in answers.items()})


class Scripts:
    """The script of a stub, and the scripts that it replaced.

    Args:
        respond: the first script.
        operations: the operations that a script may name.
        once: whether `in_turn` gives its last answer only once, as in a strict stub.
    """

    def __init__(self, respond: Respond | None, operations: Collection[str], *, once: bool) -> None:
        self._operations = operations
        self._once = once
        self._replaced: list[Respond | None] = []
        self.check(respond)
        self.current = respond

    def replace(self, respond: Respond | None, *, edited: bool = False) -> None:
        """Use another script from now on. If `check` refuses it, keep the old one, and raise the error.

        With `edited`, the new script is a new version of the current one: then unused answers of the old version are
        not reported.
        """
        self.check(respond)
        others = [each for each in self._replaced if each is not self.current and _left(_turns(each))]
        self._replaced = others if edited else [*others, self.current]
        self.current = respond

    def check(self, respond: object) -> None:
        """Raise TypeError if this is not a script, and ValueError if it names an operation that the contract lacks."""
        if respond is not None and not callable(respond):
            given = type(respond).__name__
            raise TypeError(
                "respond has to be a function of a request, such as `lambda _: answer`, or in_turn(answer, ...), not "
                f"{given}"
            )
        if isinstance(respond, ByOperation):
            for name in respond.answers:
                if name not in self._operations:
                    close = difflib.get_close_matches(name, self._operations, 1)
                    meant = f"; did you mean {close[0]!r}?" if close else ""
                    raise ValueError(f"script: the contract has no operation {name!r}{meant}")

    def answer(self, request: RecordedRequest) -> Answer:
        """Return the script's answer to a request.

        Raises:
            ScriptEndedError: the script has no more answers.
            WrongAnswerError: what the script returned is not an answer.
        """
        try:
            answer = _ask(self.current, request, once=self._once)
        except OSError as error:  # an OSError would mean that the client is gone
            raise RuntimeError(f"respond raised {type(error).__name__}: {error}") from error
        if answer is None or isinstance(answer, (Reply, Mapping, list)):
            return answer
        raise not_an_answer(answer)

    def place(self, request: RecordedRequest, error: BaseException) -> str:
        """Return the file and the line of the script that an error comes from; "" if no line of the script ran.

        If the script raised nothing, but returned something wrong, this is the line where its function begins.
        """
        raised = [each for each in (error, error.__cause__) if each is not None]
        frames = [frame for each in raised for frame in traceback.extract_tb(each.__traceback__)]
        places = [(frame.filename, frame.lineno) for frame in frames if not _is_own(frame.filename)]
        if places:  # the first frame is in the script; the last ones may be in what the script calls
            return "{}, line {}".format(*[each for each in places if each[0] == places[0][0]][-1])
        code = getattr(_chosen(self.current, request), "__code__", None)
        return "" if code is None or _is_own(code.co_filename) else f"{code.co_filename}, line {code.co_firstlineno}"

    @property
    def unused(self) -> list[str]:
        """Lines about unused answers of `in_turn`: one line for the current script, one for all replaced scripts."""
        current = _turns(self.current)
        replaced = set[InTurn]().union(*map(_turns, self._replaced)) - current
        counts = {"the script has": _left(current), "replaced scripts have": _left(replaced)}
        return [f"{who} {left} more answer(s), for which there was no request" for who, left in counts.items() if left]


def _ask(respond: Respond | None, request: RecordedRequest, *, once: bool) -> Answer:
    """Return the answer of `respond`. With `once`, an `in_turn` gives its last answer once, also in `by_operation`."""
    chosen = _chosen(respond, request)
    if once and isinstance(chosen, InTurn):
        return chosen.take()
    return None if chosen is None else chosen(request)


def _chosen(respond: Respond | None, request: RecordedRequest) -> Respond | None:
    """Return the `respond` that a `by_operation` has for a request; return any other `respond` as it is."""
    while isinstance(respond, ByOperation):
        respond = respond.answers.get(request.operation)
    return respond


def _is_own(file: str) -> bool:
    return Path(__file__).parents[1] in Path(file).parents


def _turns(respond: object) -> set[InTurn]:
    """Return each `in_turn` of a script. Several operations may share one."""
    if isinstance(respond, ByOperation):
        return set[InTurn]().union(*map(_turns, respond.answers.values()))
    return {respond} if isinstance(respond, InTurn) else set()


def _left(turns: Iterable[InTurn]) -> int:
    return sum(each.left for each in turns)


def _always(answer: Answer) -> Respond:
    return lambda _: answer
