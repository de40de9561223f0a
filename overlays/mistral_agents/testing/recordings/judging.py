"""Checks recorded requests and answers against the contract, and describes their problems in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..exchange.received import RecordedRequest
from ..http.http1 import Head
from ..openapi.contract import Contract
from ..openapi.mistakes import Problem, problem_lines, read_json
from ..openapi.operations import EVENT_STREAM, Operation

__all__ = ["answer_problems", "read_events", "request_problems"]

# How many problems of a stream are reported. A thousand events may have the same problem; a few are enough to see it.
_MAX_PROBLEMS = 10


def request_problems(request: RecordedRequest) -> list[str]:
    """Return the problems of a request, one line each."""
    if not request.operation:
        return [f"the contract has no {request.method} {request.path}"]
    return _lines(request.errors)


def answer_problems(name: str, head: Head, body: bytes, end: str, contract: Contract) -> list[str]:
    """Return the problems of an answer, one line each.

    Args:
        name: the `operationId`. If it is "", the contract has no operation for the request; there are no problems then.
        head: the head of the answer.
        body: the body, as far as it arrived.
        end: how the body ended (see `ENDS`). If the body was cut off, JSON is not checked, and it is no problem if a
            stream lacks its end.
        contract: the contract.
    """
    operation = contract.operations.get(name)
    if operation is None:
        return []
    try:
        checker = operation.answer_checker(head.status)
    except KeyError:
        return [f"the contract has no status {head.status} for {name}"]
    kind = (head.values("content-type") or [""])[0].partition(";")[0].strip().lower()
    if kind == EVENT_STREAM:
        return list(_stream_problems(operation, body, whole=end == "complete"))[:_MAX_PROBLEMS]
    if checker is None:
        return [] if not body else [f"the contract has no body for the status {head.status}"]
    if end != "complete":
        return []
    content, problems = read_json(body)
    return _lines(problems or checker.problems(content))


def read_events(body: bytes) -> Iterator[dict[str, str]]:
    """Yield the events of a stream: `data`, and `event` and `id` if they have them.

    Events without `data` are skipped. So is an event that is cut off.
    """
    # https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
    text = body.decode("utf-8", "replace").removeprefix("\ufeff")
    *blocks, _ = re.split(r"(?:\r\n|\r(?!\n)|\n){2}", text)
    for block in blocks:
        fields: dict[str, list[str]] = {}
        for line in re.split(r"\r\n|\r|\n", block):
            name, _, value = line.partition(":")
            fields.setdefault(name, []).append(value.removeprefix(" "))
        if "data" in fields:
            rest = {name: values[-1] for name, values in fields.items() if name in ("event", "id")}
            yield {**rest, "data": "\n".join(fields["data"])}


def _stream_problems(operation: Operation, body: bytes, *, whole: bool) -> Iterator[str]:
    stream = operation.stream
    if stream is None:
        yield f"the contract has no events for {operation.name}"
        return
    ended = False
    for number, event in enumerate(read_events(body), 1):
        if event["data"].strip() == "":
            continue
        yield from (f"event {number}: {line}" for line in _lines(stream.problems(event)))
        ended = ended or stream.ended_by(event)
    if whole and not ended:
        yield f"the stream ends without {stream.end or stream.end_event or 'its end'}"


def _lines(problems: Iterable[Problem]) -> list[str]:
    return [line.strip() for line in problem_lines(problems).splitlines() if line.strip()]
