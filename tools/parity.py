"""Compare this client with Mistral's own SDK: both send the same arguments to the stub, and read its answers.

`make parity` runs it, in an environment of its own. Whatever their SDK does to a request by itself stands in
`DIFFERENCES`; the run fails on any other difference, and on an entry that no case needs.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from mistral_agents import Mistral, models
from mistral_agents.testing import RecordedRequest, StubServer

from .parity_cases import CASES, MODEL_CASES, REFUSED, Arguments, Case, PlainDicts

# By name, because the type checkers run where it is not installed.
THEIRS: Any = importlib.import_module("mistralai.client")

# The namespaces from which a case is built, in each form: for us, for them.
FORMS = {
    "models": (models, importlib.import_module("mistralai.client.models")),
    "dicts": (PlainDicts(), PlainDicts()),
}
KINDS = ("complete", "stream")
# What goes through the asynchronous methods, too; the same code makes their requests and reads their answers.
ASYNC_CASE = "several tools at once"
HEADERS = ("accept", "authorization", "content-type")

ABSENT: Any = type("Absent", (), {"__repr__": lambda _: "nothing"})()
ANY: Any = object()


class Difference(NamedTuple):
    """Something that their SDK does to a request by itself; in `path` a `*` is any one name or place in a list."""

    kind: Literal["adds", "drops", "makes float", "replaces"]
    path: str
    reason: str
    value: Any = ANY
    """What they send there; ANY leaves it open."""


_DEFAULT = "it sends its own default, which the service assumes for an absent field as well"
_FLOAT = "its field is a float, so an int becomes one; JSON knows one kind of number"
_UNKNOWN_FIELD = "its models drop fields that they do not know; the contract leaves this object open, and we keep them"
_UNKNOWN_PART = "it sends its wrapper for a part of unknown type; we send the part as the agent said it"

DIFFERENCES = (
    Difference("adds", "stream", _DEFAULT, value=False),
    Difference("adds", "messages.*.prefix", _DEFAULT, value=False),
    Difference("adds", "messages.*.tool_calls.*.id", _DEFAULT, value="null"),
    Difference("adds", "messages.*.tool_calls.*.type", _DEFAULT, value="function"),
    Difference("adds", "messages.*.tool_calls.*.index", _DEFAULT, value=0),
    Difference("adds", "tool_choice.type", _DEFAULT, value="function"),
    Difference("adds", "prediction.type", _DEFAULT, value="content"),
    Difference("adds", "prediction.content", _DEFAULT, value=""),
    Difference("adds", "guardrails.*.block_on_error", _DEFAULT, value=False),
    Difference("adds", "guardrails.*.*.ignore_other_categories", _DEFAULT, value=False),
    Difference("adds", "guardrails.*.moderation_llm_v1.model_name", _DEFAULT, value="mistral-moderation-2411"),
    Difference("adds", "guardrails.*.moderation_llm_v2.model_name", _DEFAULT, value="mistral-moderation-2603"),
    Difference("makes float", "presence_penalty", _FLOAT),
    Difference("makes float", "frequency_penalty", _FLOAT),
    Difference("makes float", "repetition_penalty", _FLOAT),
    Difference("makes float", "guardrails.*.*.custom_category_thresholds.*", _FLOAT),
    Difference("drops", "messages.*.refusal", _UNKNOWN_FIELD),
    Difference("drops", "messages.*.content.*.annotations", _UNKNOWN_FIELD),
    Difference("drops", "messages.*.tool_calls.*.cached", _UNKNOWN_FIELD),
    Difference("replaces", "messages.*.content.*.type", _UNKNOWN_PART, value="UNKNOWN"),
    Difference("adds", "messages.*.content.*.raw", _UNKNOWN_PART),
    Difference("adds", "messages.*.content.*.is_unknown", _UNKNOWN_PART, value=True),
    Difference("drops", "messages.*.content.*.video", _UNKNOWN_PART),
)


class Answer(NamedTuple):
    """What a caller reads in an answer, be it whole or streamed."""

    text: dict[int, str]
    """By the index of the choice."""
    tool_calls: dict[tuple[int, int], list[str]]
    """Name and arguments, by the indices of choice and call."""
    call_ids: dict[tuple[int, int], str]
    finish_reasons: dict[int, str]
    usage: list[int]
    """Tokens of the prompt, of the answer, and of both."""


class Exchange(NamedTuple):
    """What one client sent, and what it read; or the error that it raised instead."""

    requests: list[RecordedRequest]
    answer: Answer | Exception


Ask = Callable[[str, Arguments], Answer]
Check = Callable[[Exchange, Exchange], Iterable[str]]


def main() -> int:
    os.environ["NO_PROXY"] = "*"  # nothing here leaves this machine, whatever proxy the environment names
    with StubServer() as stub:
        run = Run(stub)
        settings: dict[str, Any] = {"api_key": "parity", "server_url": stub.url}
        with Mistral(**settings) as ours, THEIRS.Mistral(**settings) as theirs:
            clients = [functools.partial(ask, client) for client in (ours, theirs)]
            for name, case in CASES.items():
                run.case(name, case, clients, run.compare)
            for name, case in MODEL_CASES.items():
                run.case(name, case, clients, run.compare, forms=["models"])
            for name, refused in REFUSED.items():
                title = f"{name}, by us alone: {refused.reason}"
                run.case(title, refused.arguments, clients, check_refused, kinds=refused.kinds)
        clients = [functools.partial(ask_async, library, settings) for library in (Mistral, THEIRS.Mistral)]
        run.case(f"{ASYNC_CASE}, asynchronously", CASES[ASYNC_CASE], clients, run.compare)
    unused = [f"no case needs: {each.kind} {each.path}" for each in DIFFERENCES if each not in run.needed]
    run.report("every listed difference is needed", unused)
    print(f"parity: {run.comparisons} comparisons, {run.unexplained} unexplained differences")
    return 1 if run.unexplained else 0


class Run:
    """Sends cases to a stub, prints a line for each, and remembers which of `DIFFERENCES` were needed."""

    def __init__(self, stub: StubServer) -> None:
        self._stub = stub
        self.comparisons = self.unexplained = 0
        self.needed: list[Difference] = []

    def case(
        self,
        name: str,
        case: Case,
        clients: Iterable[Ask],
        check: Check,
        *,
        forms: Iterable[str] = FORMS,
        kinds: Iterable[str] = KINDS,
    ) -> None:
        """Send one case in each form, by each method, from both clients; `check` tells what went wrong."""
        problems: list[str] = []
        for form, kind in itertools.product(forms, kinds):
            ours, theirs = (
                self._exchange(client, kind, case(namespace))
                for client, namespace in zip(clients, FORMS[form], strict=True)
            )
            problems += [f"{form}, {kind}: {problem}" for problem in check(ours, theirs)]
        self.report(name, problems)

    def _exchange(self, client: Ask, kind: str, arguments: Arguments) -> Exchange:
        before = len(self._stub.requests)
        try:
            answer: Answer | Exception = client(kind, arguments)
        except Exception as error:  # noqa: BLE001  # whatever either of the two raises is a finding
            answer = error
        return Exchange(self._stub.requests[before:], answer)

    def compare(self, ours: Exchange, theirs: Exchange) -> Iterator[str]:
        """Tell what went wrong on either side, and what differs without being listed."""
        self.comparisons += 1
        yield from failures("we", ours)
        yield from failures("they", theirs)
        if not ours.requests or not theirs.requests:
            return
        mine, other = ours.requests[0], theirs.requests[0]
        yield from unequal("sent to", f"{mine.method} {mine.path}", f"{other.method} {other.path}")
        for name in HEADERS:
            yield from unequal(f"the header {name}", mine.headers.get(name), other.headers.get(name))
        changes = list(differences(mine.json, other.json))
        for kind, path, mine_there, other_there in changes:
            listed = [each for each in DIFFERENCES if explains(each, kind, path, other_there)]
            self.needed += listed
            if not listed:
                yield f"the body at {path}: ours {mine_there!r}, theirs {other_there!r}"
        if isinstance(ours.answer, Answer) and isinstance(theirs.answer, Answer):
            # The stub names calls after the request, except for its `stream`.
            named_alike = all(path == "stream" for _, path, *_ in changes)
            for name in Answer._fields:
                if name != "call_ids" or named_alike:
                    yield from unequal(f"read {name}", getattr(ours.answer, name), getattr(theirs.answer, name))

    def report(self, name: str, problems: Sequence[str]) -> None:
        """Print a line, and one for each problem."""
        self.unexplained += len(problems)
        print("FAIL" if problems else "ok  ", name)
        for problem in problems:
            print("    ", problem)


def failures(who: str, exchange: Exchange) -> Iterator[str]:
    """Tell what went wrong with one client's request and the answer to it."""
    if len(exchange.requests) != 1:
        yield f"{who} sent {len(exchange.requests)} requests instead of one"
    for problem in itertools.chain.from_iterable(request.errors for request in exchange.requests):
        yield f"{who} sent what the contract does not allow: {problem}"
    if isinstance(exchange.answer, Exception):
        error = " ".join(str(exchange.answer).split())
        yield f"{who} got no answer: {type(exchange.answer).__name__}: {error[:200]}"
    elif not exchange.answer.finish_reasons or not exchange.answer.usage:
        yield f"{who} read neither finish reason nor usage"


def check_refused(ours: Exchange, theirs: Exchange) -> Iterator[str]:
    """Tell what went wrong on our side, and whether theirs takes the arguments after all."""
    yield from failures("we", ours)
    # A TypeError of Python, or a ValueError of pydantic.
    if theirs.requests or not isinstance(theirs.answer, (TypeError, ValueError)):
        yield "they do not refuse it any more: move it to CASES"


def unequal(what: str, ours: object, theirs: object) -> Iterator[str]:
    if ours != theirs:
        yield f"{what}: ours {ours!r}, theirs {theirs!r}"


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[tuple[str, str, Any, Any]]:
    """Give what theirs does to ours, in the words of `Difference`, with both values."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in {**ours, **theirs}:
            below = f"{path}.{name}" if path else name
            yield from differences(ours.get(name, ABSENT), theirs.get(name, ABSENT), below)
    elif isinstance(ours, list) and isinstance(theirs, list):
        for place, (mine, other) in enumerate(itertools.zip_longest(ours, theirs, fillvalue=ABSENT)):
            yield from differences(mine, other, f"{path}.{place}")
    elif ours is ABSENT or theirs is ABSENT:
        yield "adds" if ours is ABSENT else "drops", path, ours, theirs
    elif type(ours) is int and type(theirs) is float and ours == theirs:
        yield "makes float", path, ours, theirs
    elif type(ours) is not type(theirs) or ours != theirs:
        yield "replaces", path, ours, theirs


def explains(listed: Difference, kind: str, path: str, theirs: object) -> bool:
    """Tell whether a listed difference is this one."""
    names, wanted = path.split("."), listed.path.split(".")
    return (
        listed.kind == kind
        and len(names) == len(wanted)
        and all(want in ("*", name) for want, name in zip(wanted, names, strict=True))
        and (listed.value is ANY or repr(listed.value) == repr(theirs))
    )


def ask(client: Any, kind: str, arguments: Arguments) -> Answer:
    """Ask either of the two clients, whose methods have the same names."""
    if kind == "complete":
        return read("message", [client.agents.complete(**arguments)])
    with client.agents.stream(**arguments) as stream:
        return read("delta", [event.data for event in stream])


def ask_async(library: Any, settings: dict[str, Any], kind: str, arguments: Arguments) -> Answer:
    """Ask through the asynchronous methods."""

    async def answer() -> Answer:
        async with library(**settings) as client:
            if kind == "complete":
                return read("message", [await client.agents.complete_async(**arguments)])
            async with await client.agents.stream_async(**arguments) as stream:
                return read("delta", [event.data async for event in stream])

    return asyncio.run(answer())


def read(part: str, pieces: Iterable[Any]) -> Answer:
    """Read an answer, or the pieces of one, from the models of either library, which have the same names."""
    answer = Answer({}, {}, {}, {}, [])
    for piece in pieces:
        for choice in piece.choices:
            said = getattr(choice, part)
            answer.text[choice.index] = answer.text.get(choice.index, "") + (said.content or "")
            for call in said.tool_calls or []:
                place = choice.index, call.index or 0
                if call.id and call.id != "null":  # theirs, where a stream has none
                    answer.call_ids[place] = call.id
                name, arguments = answer.tool_calls.get(place, ["", ""])
                function = call.function
                answer.tool_calls[place] = [name + (function.name or ""), arguments + (function.arguments or "")]
            if choice.finish_reason:
                answer.finish_reasons[choice.index] = choice.finish_reason
        if piece.usage:
            answer.usage[:] = piece.usage.prompt_tokens, piece.usage.completion_tokens, piece.usage.total_tokens
    return answer


if __name__ == "__main__":
    sys.exit(main())
