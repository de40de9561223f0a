"""Which errors lead to another attempt: codes, types and statuses decide, never the text of a message."""

from __future__ import annotations

from typing import Any

import pytest

from completion_payloads import sse
from mistral_agents import errors
from seam import answer, seam, stream


def reported(**fields: Any) -> bytes:
    """Return a conversation stream that begins with an error."""
    return sse({"type": "conversation.response.error", "created_at": "2026-01-01T00:00:00Z", **fields})


@pytest.mark.parametrize(
    "message",
    [
        "The mail was sent, then tool web_search hit its rate limit",
        "the function overloaded_operator failed",
        "429 mails were sent",
        "service unavailable: too many requests",
    ],
)
@pytest.mark.parametrize("code", [3000, "3000"])
def test_a_message_does_not_send_a_conversation_again(message: str, code: Any) -> None:
    """An error whose message only mentions limits is raised after one request: the conversation may have begun."""
    network = seam(stream(reported(message=message, code=code)))
    with network.client() as client, pytest.raises(errors.StreamEventError, match=message[:20]):
        client.conversations.start_stream(inputs="Hello", agent_id="ag_1")
    assert len(network.requests) == 1


@pytest.mark.parametrize("code", [429, "429", 503, "rate_limited", "overloaded_error"])
def test_a_code_sends_a_conversation_again(code: Any) -> None:
    """After an error whose code means 429 or 503, the request is sent again: the service has not acted on it."""
    network = seam(stream(reported(message="Later", code=code)))
    with network.client() as client, pytest.raises(errors.StreamEventError):
        client.conversations.start_stream(inputs="Hello", agent_id="ag_1")
    assert len(network.requests) == 3


@pytest.mark.parametrize(
    ("message", "requests"),
    [
        ("agent version is locked for editing; entry was stored", 1),
        ("Conversation is being updated, concurrent requests are not supported", 3),
    ],
)
def test_only_a_locked_conversation_is_tried_again(message: str, requests: int) -> None:
    """A conflict is retried only if it says that the conversation is in use."""
    network = seam(answer({"object": "Error", "message": message, "code": 3001}, 409))
    with network.client() as client, pytest.raises(errors.ConflictError):
        client.conversations.append(conversation_id="conv_1", inputs="Hello")
    assert len(network.requests) == requests


@pytest.mark.parametrize(("status", "said"), [(502, True), (503, False), (400, False)])
def test_an_error_says_why_a_call_is_not_repeated(status: int, *, said: bool) -> None:
    """If a call is not retried because it is not idempotent, the message says so, and what to check."""
    with seam(answer({}, status)).client() as client, pytest.raises(errors.SDKError) as caught:
        client.conversations.append(conversation_id="conv_1", inputs="Hello")
    assert ("not idempotent. Check its state before you repeat the call." in str(caught.value)) is said


def test_an_error_of_the_last_attempt_gives_no_advice_about_repeating() -> None:
    """If a call was retried, or its settings allow no retry, the message does not say why the call is not repeated."""
    with seam(answer({}, 502)).client() as client:
        with pytest.raises(errors.ServerError) as repeated:
            client.conversations.get(conversation_id="conv_1")
        with pytest.raises(errors.ServerError) as single:
            client.conversations.append(conversation_id="conv_1", inputs="Hello", retries=None)
    assert ["No further attempt" in str(each.value) for each in (repeated, single)] == [False, False]
