"""Sends cases to the service with both clients, and reports the differences that are not known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from .answers import Answer, answers, errors
from .case import MODELS, Arguments, Case, PlainDicts, Refused
from .clients import Ask, Pair
from .compare import Difference, Found, differences, explains
from .contract import Contract
from .known import RAISED, READ, SENT
from .methods import METHODS, Method
from .reading import read, read_error, read_events
from .service import Received, Service

# Headers with the length and the destination of a request, which are not compared.
NOT_COMPARED = ("content-length", "host")
# The methods that get every recorded error: one that answers and one that streams.
ERRORS_IN = ("conversations.append", "conversations.append_stream")


class Exchange(NamedTuple):
    """What one client sent, and what it read or the error that it raised."""

    requests: list[Received]
    value: Any


class Run:
    """Prints a line for each case, and notes which known differences occurred.

    `namespaces` has two namespaces for each form: arguments for our client are built from one, those for the SDK from
    the other. `pairs` has both clients, by the kind of their methods.
    """

    def __init__(self, service: Service, pairs: dict[str, Pair], namespaces: dict[str, tuple[Any, Any]]) -> None:
        self._service, self._pairs, self._namespaces = service, pairs, namespaces
        self._contract = Contract()
        self._answers = answers(self._contract)
        self._needed: set[int] = set()
        self._minimal: dict[str, Arguments] = {}
        self.sets = self.comparisons = self.unexplained = 0

    def case(self, name: str, case: Case) -> None:
        """Send a case in each form, with each of its methods, from both clients."""
        self.sets += 1
        problems: list[str] = []
        for method in case.methods:
            self._minimal.setdefault(method, case.build(PlainDicts()))
            for form in case.forms:
                for kind, ours, theirs in self._built(method, case, form):
                    found = self._compare(method, ours, theirs)
                    problems += [f"{method}, {form}, {kind}: {problem}" for problem in found]
        self.report(name, problems)

    def refused(self, name: str, refused: Refused) -> None:
        """Send arguments that only our client accepts."""
        problems: list[str] = []
        for method in refused.methods:
            for kind, ours, theirs in self._built(method, refused, MODELS):
                found = list(self._failures("we", ours))
                # Python raises a TypeError, pydantic a ValueError.
                if theirs.requests or not isinstance(theirs.value, (TypeError, ValueError)):
                    found.append("they do not refuse it any more: move it to CASES")
                problems += [f"{method}, {kind}: {problem}" for problem in found]
        self.report(f"{name} (only our client accepts this: {refused.reason})", problems)

    def reading(self, method: Method) -> None:
        """Give every answer to a method to both clients."""
        for answer in self._answers[method.operation]:
            problems = [f"{kind}: {problem}" for kind, problem in self._read(method, answer)]
            self.report(f"{method.operation} reads {answer.name}", problems)

    def errors(self) -> None:
        """Give every recorded error to both clients, as the answer to a call and to a stream."""
        for answer in errors():
            problems = [
                f"{name}, {kind}: {problem}"
                for name in ERRORS_IN
                for kind, problem in self._read(METHODS[name], answer)
            ]
            self.report(f"both raise {answer.name}", problems)

    def report(self, name: str, problems: Iterable[str]) -> None:
        """Print a line, and a line for each problem."""
        problems = list(dict.fromkeys(problems))
        self.unexplained += len(problems)
        print("FAIL" if problems else "ok  ", name)
        for problem in problems:
            print("    ", problem)

    def unneeded(self) -> Iterator[str]:
        """Return the known differences that did not occur in any case."""
        for each in (*SENT, *READ):
            if id(each) not in self._needed:
                yield f"no case needs: {each.kind} {each.path}"
        for raised in RAISED:
            if id(raised) not in self._needed:
                yield f"no answer needs: {raised.who} raise {raised.error} at {raised.answer}"

    def _built(self, method: str, case: Case | Refused, form: str) -> Iterator[tuple[str, Exchange, Exchange]]:
        arguments = [case.build(namespace) for namespace in self._namespaces[form]]
        return self._exchanges(METHODS[method], self._answers[method][0], *arguments)

    def _exchanges(
        self, method: Method, answer: Answer, mine: Arguments, other: Arguments
    ) -> Iterator[tuple[str, Exchange, Exchange]]:
        self._service.replies = [answer.reply]
        for kind, pair in self._pairs.items():
            self.comparisons += 1
            yield kind, self._exchange(pair.ours, method, mine), self._exchange(pair.theirs, method, other)

    def _exchange(self, ask: Ask, method: Method, arguments: Arguments) -> Exchange:
        self._service.received.clear()
        try:
            value = ask(method, arguments)
        except Exception as error:  # noqa: BLE001  # any error of either client is compared
            value = error
        return Exchange(list(self._service.received), value)

    def _compare(self, method: str, ours: Exchange, theirs: Exchange) -> Iterator[str]:
        """Yield failures of either client, and differences in what they send that are not known."""
        yield from self._failures("we", ours)
        yield from self._failures("they", theirs)
        for each in ours.requests:
            for problem in self._contract.problems(each.method, each.path, each.query, each.json):
                yield f"we sent what the contract does not allow: {problem}"
        if ours.requests and theirs.requests:
            sent = [_sent(each.requests[0]) for each in (ours, theirs)]
            yield from map(str, self._unknown(SENT, method, *sent))

    def _read(self, method: Method, answer: Answer) -> Iterator[tuple[str, str]]:
        """Yield a pair for each unknown difference in what the clients read: the kind of method, and the difference.

        The kind is "blocking" or "async".
        """
        arguments = self._minimal[method.operation]
        for kind, ours, theirs in self._exchanges(method, answer, arguments, arguments):
            values = {"we": ours.value, "they": theirs.value}
            raised = {who: type(value).__name__ for who, value in values.items() if isinstance(value, Exception)}
            known = [each for each in RAISED if each.answer == answer.name and raised == {each.who: each.error}]
            self._needed.update(map(id, known))
            if not known:
                shown = [_shown(method, value, answer) for value in values.values()]
                for found in self._unknown(READ, method.operation, *shown):
                    yield kind, str(found)

    def _failures(self, who: str, exchange: Exchange) -> Iterator[str]:
        """Yield what is wrong with one client's request or with its reading of the answer."""
        if len(exchange.requests) != 1:
            yield f"{who} sent {len(exchange.requests)} requests instead of one"
        if isinstance(exchange.value, Exception):
            error = " ".join(str(exchange.value).split())
            yield f"{who} got no answer: {type(exchange.value).__name__}: {error:.200}"

    def _unknown(self, known: tuple[Difference, ...], method: str, ours: Any, theirs: Any) -> Iterator[Found]:
        for found in differences(ours, theirs):
            listed = [each for each in known if explains(each, method, found)]
            self._needed.update(map(id, listed))
            if not listed:
                yield found


def _sent(request: Received) -> Any:
    """Return the parts of a request that are compared; `metadata` is a JSON text and is compared as JSON."""
    query: dict[str, list[Any]] = dict(request.query)
    if "metadata" in query:
        query["metadata"] = [json.loads(text) for text in query["metadata"]]
    return {
        "method": request.method,
        "path": request.path,
        "query": query,
        "headers": {name: value for name, value in request.headers.items() if name not in NOT_COMPARED},
        "body": request.json,
    }


def _shown(method: Method, value: Any, answer: Answer) -> Any:
    """Return what is read from an answer, or from the error for it."""
    if isinstance(value, Exception):
        return {"raised": read_error(value)}
    return {"read": (read_events if method.streams else read)(value, answer.data)}


__all__ = ["Exchange", "Run"]
