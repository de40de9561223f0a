"""Run the comparison: `python -m tools.parity`. It fails on any difference that `known` does not list."""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mistral_agents import Mistral, models

from . import agents, completions, conversations
from .answers import Answer, answers, errors
from .case import DICTS, MODELS, Arguments, Case, PlainDicts, Refused
from .clients import Ask, AsyncClients, Pair, asking
from .compare import Difference, Found, differences, explains
from .contract import Contract
from .known import READ, SENT
from .methods import HELPERS, METHODS, SDK_VERSION, Method
from .reading import read, read_error, read_events
from .service import Received, Service

# By name, because the type checkers run where it is not installed.
THEIRS: Any = importlib.import_module("mistralai.client")

# The namespaces from which a case is built, in each form: for us, for them.
NAMESPACES: dict[str, tuple[Any, Any]] = {
    MODELS: (models, importlib.import_module("mistralai.client.models")),
    DICTS: (PlainDicts(), PlainDicts()),
}
FAMILIES = (completions, agents, conversations)
HEADERS = ("accept", "authorization", "content-type")


class Exchange(NamedTuple):
    """What one client sent, and what it read; or the error that it raised instead."""

    requests: list[Received]
    value: Any


def main() -> int:
    os.environ["NO_PROXY"] = "*"  # nothing here leaves this machine, whatever proxy the environment names
    with Service() as service:
        settings: dict[str, Any] = {"api_key": "parity", "server_url": service.url}
        make = functools.partial(Mistral, **settings), functools.partial(THEIRS.Mistral, **settings)
        with make[0]() as ours, make[1]() as theirs, AsyncClients(*make) as in_a_loop:
            run = Run(service, {"blocking": Pair(asking(ours), asking(theirs)), "async": in_a_loop.pair})
            run.report("the methods are those of the SDK", sdk_problems(theirs))
            for family in FAMILIES:
                for name, case in family.CASES.items():
                    run.case(name, case)
                for name, refused in family.REFUSED.items():
                    run.refused(name, refused)
            for method in METHODS.values():
                run.reading(method)
            run.errors()
    run.report("every listed difference is needed", run.unneeded())
    print(f"parity: {run.sets} argument sets, {run.comparisons} comparisons, {run.unexplained} unexplained differences")
    return 1 if run.unexplained else 0


class Run:
    """Sends cases to the service, prints a line for each, and remembers which known differences were needed."""

    def __init__(self, service: Service, pairs: dict[str, Pair]) -> None:
        self._service, self._pairs = service, pairs
        self._contract = Contract()
        self._answers = answers(self._contract)
        self._needed: set[int] = set()
        self._minimal: dict[str, Arguments] = {}
        self.sets = self.comparisons = self.unexplained = 0

    def case(self, name: str, case: Case) -> None:
        """Send one case in each form, by each of its methods, from both clients."""
        self.sets += 1
        problems: list[str] = []
        for form in case.forms:
            for method in case.methods:
                arguments = [case.build(namespace) for namespace in NAMESPACES[form]]
                self._minimal.setdefault(method, arguments[0])
                for kind, ours, theirs in self._exchanges(METHODS[method], self._answers[method][0], *arguments):
                    found = self._compare(method, ours, theirs)
                    problems += [f"{method}, {form}, {kind}: {problem}" for problem in found]
        self.report(name, problems)

    def refused(self, name: str, refused: Refused) -> None:
        """Send arguments that we alone take."""
        problems: list[str] = []
        for method in refused.methods:
            arguments = refused.build(models), refused.build(NAMESPACES[MODELS][1])
            for kind, ours, theirs in self._exchanges(METHODS[method], self._answers[method][0], *arguments):
                found = list(self._failures("we", ours))
                # A TypeError of Python, or a ValueError of pydantic.
                if theirs.requests or not isinstance(theirs.value, (TypeError, ValueError)):
                    found.append("they do not refuse it any more: move it to CASES")
                problems += [f"{method}, {kind}: {problem}" for problem in found]
        self.report(f"{name}, by us alone: {refused.reason}", problems)

    def reading(self, method: Method) -> None:
        """Give both clients every answer to a method."""
        arguments = self._minimal[method.operation]
        for answer in self._answers[method.operation]:
            problems: list[str] = []
            for kind, ours, theirs in self._exchanges(method, answer, arguments, arguments):
                shown = [_shown(method, each.value, answer) for each in (ours, theirs)]
                problems += [f"{kind}: {found}" for found in self._unknown(READ, method.operation, *shown)]
            self.report(f"{method.operation} reads {answer.name}", problems)

    def errors(self) -> None:
        """Give both clients every error that was seen, to a call and to a stream."""
        for answer in errors():
            problems: list[str] = []
            for name in ("conversations.append", "conversations.append_stream"):
                arguments = self._minimal[name]
                for kind, ours, theirs in self._exchanges(METHODS[name], answer, arguments, arguments):
                    shown = [_shown(METHODS[name], each.value, answer) for each in (ours, theirs)]
                    problems += [f"{name}, {kind}: {found}" for found in self._unknown(READ, name, *shown)]
            self.report(f"both raise {answer.name}", problems)

    def report(self, name: str, problems: Iterable[str]) -> None:
        """Print a line, and one for each problem."""
        problems = list(dict.fromkeys(problems))
        self.unexplained += len(problems)
        print("FAIL" if problems else "ok  ", name)
        for problem in problems:
            print("    ", problem)

    def unneeded(self) -> Iterator[str]:
        """Tell which known differences no case needs."""
        for each in (*SENT, *READ):
            if id(each) not in self._needed:
                yield f"no case needs: {each.kind} {each.path}"

    def _exchanges(
        self, method: Method, answer: Answer, mine: Arguments, other: Arguments
    ) -> Iterator[tuple[str, Exchange, Exchange]]:
        self._service.reply = answer.reply
        for kind, pair in self._pairs.items():
            self.comparisons += 1
            yield kind, self._exchange(pair.ours, method, mine), self._exchange(pair.theirs, method, other)

    def _exchange(self, ask: Ask, method: Method, arguments: Arguments) -> Exchange:
        self._service.received.clear()
        try:
            value = ask(method, arguments)
        except Exception as error:  # noqa: BLE001  # whatever either of the two raises is a finding
            value = error
        return Exchange(list(self._service.received), value)

    def _compare(self, method: str, ours: Exchange, theirs: Exchange) -> Iterator[str]:
        """Tell what went wrong on either side, and what differs without being listed."""
        yield from self._failures("we", ours)
        yield from self._failures("they", theirs, contract=False)
        if ours.requests and theirs.requests:
            sent = [_sent(each.requests[0]) for each in (ours, theirs)]
            yield from map(str, self._unknown(SENT, method, *sent))

    def _failures(self, who: str, exchange: Exchange, *, contract: bool = True) -> Iterator[str]:
        """Tell what went wrong with one client's request and the answer to it."""
        if len(exchange.requests) != 1:
            yield f"{who} sent {len(exchange.requests)} requests instead of one"
        for each in exchange.requests if contract else ():
            for problem in self._contract.problems(each.method, each.path, each.query, each.json):
                yield f"{who} sent what the contract does not allow: {problem}"
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
    headers = {name: request.headers[name] for name in HEADERS if name in request.headers}
    return {
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "headers": headers,
        "body": request.json,
    }


def _shown(method: Method, value: Any, answer: Answer) -> Any:
    """Return what is read in an answer, under `read`; an error under `raised`."""
    if isinstance(value, Exception):
        return {"raised": read_error(value)}
    return {"read": (read_events if method.streams else read)(value, answer.data)}


def sdk_problems(client: Any) -> Iterator[str]:
    """Tell where `methods` is not what the SDK has."""
    version = THEIRS.VERSION
    if version != SDK_VERSION:
        yield f"this is {version}, not {SDK_VERSION}"
    for resource in ("beta.agents", "beta.conversations"):
        owner: Any = functools.reduce(getattr, resource.split("."), client)
        public = {name for name in dir(type(owner)) if not name.startswith("_") and callable(getattr(owner, name))}
        public -= set(dir(type(owner).__mro__[1]))
        names = {each.name for each in METHODS.values() if each.resource == resource}
        expected = {*names, *(f"{name}_async" for name in names), *HELPERS.get(resource, ())}
        for name in sorted(public ^ expected):
            yield f"{resource}.{name}: {'they have it' if name in public else 'they have no such method'}"


if __name__ == "__main__":
    sys.exit(main())
