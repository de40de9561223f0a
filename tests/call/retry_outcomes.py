"""The outcomes of an attempt, and whether each kind of operation is then retried: the table of docs/retries.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import httpx
from attrs import frozen
from tools.stress import documents
from tools.stress.answers import Answer

from completion_payloads import sse
from contract_documents import parts
from mistral_agents import errors
from mistral_agents_api.operation import Operation
from operations import Case
from seam import LOST, answer, seam
from worlds import World

Kind = Literal["answer", "event"]
ERROR_EVENTS = (
    b'event: error\ndata: {"message": "Oh no", "code": 429}\n\n',
    b'event: error\ndata: {"message": "Oh no", "type": "overloaded"}\n\n',
)
LOCKED = {"object": "Error", "message": "Conversation is being updated, concurrent requests are not supported"}


@frozen
class Outcome:
    """An outcome of every attempt of a call."""

    words: str
    """How the table describes it."""
    made: tuple[Answer | Exception, ...]
    """Answers or errors that all count as this outcome."""
    idempotent: bool
    """Whether an idempotent operation is retried."""
    others: bool
    """Whether any other operation is retried."""
    streamed: bool | None = None
    """Whether only streams can have it, or only answers in one piece; None means all operations."""


def statuses(*codes: int) -> tuple[Answer, ...]:
    """Make answers with these statuses."""
    return tuple(answer({"detail": "No"}, code) for code in codes)


def body(*pieces: bytes | Exception, kind: str) -> Answer:
    """Make an answer whose body arrives in pieces."""
    return Answer(200, {"content-type": kind}, pieces)


JSON, STREAM = "application/json", "text/event-stream"
OUTCOMES = [
    Outcome("status 429 or 503", statuses(429, 503), idempotent=True, others=True),
    Outcome("status 409 that says the conversation is locked", (answer(LOCKED, 409),), idempotent=True, others=True),
    Outcome(
        "status 408, 500, 502, 504, 520 to 524 or 529",
        statuses(408, 500, 502, 504, *range(520, 525), 529),
        idempotent=True,
        others=False,
    ),
    Outcome(
        "any other status",
        statuses(*({*range(400, 600)} - {408, 429, 500, *range(502, 505), *range(520, 525), 529})),
        idempotent=False,
        others=False,
    ),
    Outcome(
        "no connection could be made",
        (httpx.ConnectError("no"), httpx.ConnectTimeout("late"), httpx.PoolTimeout("late"), httpx.ProxyError("no")),
        idempotent=True,
        others=True,
    ),
    Outcome(
        "the connection was lost before the answer began",
        (LOST, httpx.WriteError("lost"), httpx.RemoteProtocolError("closed")),
        idempotent=True,
        others=False,
    ),
    Outcome(
        "the connection was lost before the answer was complete",
        (body(b"{", LOST, kind=JSON),),
        idempotent=True,
        others=False,
        streamed=False,
    ),
    Outcome(
        "the connection was lost, or the body ended, before the first event",
        (body(LOST, kind=STREAM), body(b": x\n\n", kind=STREAM), body(b"data: {", kind=STREAM)),
        idempotent=True,
        others=False,
        streamed=True,
    ),
    Outcome(
        "the first event is an error about a rate limit or an overload",
        tuple(body(event, kind=STREAM) for event in ERROR_EVENTS),
        idempotent=True,
        others=True,
        streamed=True,
    ),
    Outcome(
        "the first event is another error",
        (body(b'event: error\ndata: {"message": "Oh no"}\n\n', kind=STREAM),),
        idempotent=False,
        others=False,
        streamed=True,
    ),
    Outcome(
        "the connection was lost after the first event",
        (body(b"", LOST, kind=STREAM),),
        idempotent=False,
        others=False,
        streamed=True,
    ),
    Outcome(
        "the answer, or a part of it, did not arrive in time",
        (httpx.ReadTimeout("late"), httpx.WriteTimeout("late"), body(httpx.ReadTimeout("late"), kind=STREAM)),
        idempotent=False,
        others=False,
    ),
    Outcome(
        "the answer cannot be read",
        (answer(b"<html>", content_type="text/html"), body(b"{", kind=JSON), body(b"<html>", kind=STREAM)),
        idempotent=False,
        others=False,
    ),
]


def requests_of(world: World, cases: Iterable[Case], made: Answer | Exception) -> list[int]:
    """Return how many requests each call sends if every attempt has this outcome."""
    found: list[int] = []

    async def call() -> None:
        for case in cases:
            network = seam(_with_event(case, made))
            async with network.client(retry_budget=None) as client:
                name = "stream_async" if case.streamed else "call_async"
                try:
                    begun = await getattr(client._calls, name)(case.operation, case.arguments)
                    if case.streamed:
                        async for _ in begun:
                            pass
                except errors.MistralError:
                    pass
            found.append(len(network.requests))

    def call_blocking() -> None:
        for case in cases:
            network = seam(_with_event(case, made))
            with network.client(retry_budget=None) as client:
                try:
                    begun = getattr(client._calls, "stream" if case.streamed else "call")(
                        case.operation, case.arguments
                    )
                    if case.streamed:
                        list(begun)
                except errors.MistralError:
                    pass
            found.append(len(network.requests))

    world.run(call_blocking, call)
    return found


def _with_event(case: Case, made: Answer | Exception) -> Answer | Exception:
    """Replace a first piece that is empty by an event that fits the operation."""
    if not isinstance(made, Answer) or made.pieces[:1] != (b"",) or case.operation.stream is None:
        return made
    return Answer(made.status, made.headers, (_first_event(case.operation), *made.pieces[1:]))


def _first_event(operation: Operation[Any, Any, Any]) -> bytes:
    """Make an event that the contract allows in the operation's stream, and that is neither its end nor an error."""
    stream: Any = operation.stream
    responses = documents.DOCUMENT["paths"][operation.path][operation.method.lower()]["responses"]
    (frame,) = documents.alternatives(responses[str(operation.statuses[0])]["content"][STREAM]["schema"])
    (data,) = [part["contentSchema"] for part in parts(frame.properties["data"]) if "contentSchema" in part]
    last = (stream.end_event, stream.error_event)
    events = [each for each in documents.alternatives(data) if each.tags.get(stream.tag, "") not in last]
    return sse(documents.full_document(events[0].schema))
