"""The scenarios of a completion's stream, translated to a conversation's stream: its events replace the chunks."""

from __future__ import annotations

from typing import Any

import attrs

from fault_scenarios import BIG, HALF, LAST, A, B, Scenario
from mistral_agents import errors
from mistral_agents.testing import Reply, chunk, event

# After these errors, an operation that is not idempotent is not retried.
SENT_ONCE = {errors.APIConnectionError, errors.ServerError}
DONE = event({"type": "conversation.response.done"}, "conversation.response.done")


def said(text: str) -> bytes:
    """Return an event that adds this text to a message."""
    data = {"type": "message.output.delta", "output_index": 0, "id": "m", "content": text}
    return event(data, "message.output.delta")


TRANSLATED: dict[bytes, bytes] = {
    event(A): said("a"),
    event(B): said("b"),
    event(LAST): said("b"),
    event(BIG): said("x" * 500),
    event(chunk("a", finish_reason="stop")): said("a"),
    event(chunk("c")): said("c"),
    event("[DONE]"): DONE,
    HALF: said("b")[:50],
}


def translated(scenario: Scenario) -> Scenario | None:
    """Return the scenario for a conversation; None if it cannot happen to one, or cannot be translated."""
    replies: list[Any] = [_translated(reply) if isinstance(reply, Reply) else reply for reply in scenario.replies]
    if scenario.call != "stream" or "n" in scenario.options or any(callable(each) for each in replies):
        return None
    if any(reply is None for reply in replies):
        return None
    # A reply that is compressed, or sent byte by byte, has no translated event.
    if scenario.gives and not any(piece in TRANSLATED.values() for piece in replies[-1].body):
        return None
    error, requests, last = scenario.error, scenario.requests, replies[-1] if replies else None
    whole = isinstance(last, Reply) and DONE in last.body
    if error is None and not whole:  # a conversation is whole only with its last event
        error = errors.StreamTruncatedError
    busy = scenario.status in (429, 503) or not replies
    if error in SENT_ONCE and not busy:
        requests = 1
    made: Any = attrs.evolve(scenario, call="start_stream", replies=tuple(replies), error=error, requests=requests)
    return made if _can_happen(made) else None


def _translated(reply: Reply) -> Reply | None:
    body = list(reply.body)
    pieces = [TRANSLATED.get(each, each) if isinstance(each, bytes) else each for each in body]
    chunks = [each for each in pieces if isinstance(each, bytes) and (b'"choices"' in each or b"[DONE]" in each)]
    return None if chunks else attrs.evolve(reply, body=pieces)


def _can_happen(scenario: Scenario) -> bool:
    """Return whether a scenario can happen to an operation that is not idempotent.

    A scenario that succeeds after a retry cannot happen, unless the service says that it is overloaded: after other
    failures, such an operation is not retried.
    """
    return scenario.error is not None or scenario.requests == 1 or "overload" in scenario.server
