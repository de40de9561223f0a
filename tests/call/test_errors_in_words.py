"""Codes, types and statuses decide whether a request is sent again; the text of an error message never does."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from clients import answer, each_world, seam, sse, stream
from mistral_agents import Mistral, errors


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


def test_an_unknown_event_with_a_message_is_not_an_error() -> None:
    """An event of an unknown type is delivered, even with a field `message` and without a line `event:`."""
    started = {"type": "conversation.response.started", "created_at": "2026-01-01T00:00:00Z", "conversation_id": "c"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    done = {"type": "conversation.response.done", "created_at": "2026-01-01T00:00:01Z", "usage": usage}
    network = seam(stream(sse(started, {"type": "guardrail.notice", "message": "hello"}, done)))
    with network.client() as client:
        found = [event.data["type"] for event in client.conversations.start_stream(inputs="Hello", agent_id="ag_1")]
    assert found == [started["type"], "guardrail.notice", done["type"]]


def test_a_deletion_is_not_answered_by_html() -> None:
    """HTML with a status of success does not mean that something was deleted; JSON or an empty body does."""
    page = seam(answer(b"<html>login</html>", 200, "text/html"))
    with page.client() as client, pytest.raises(errors.ResponseValidationError, match="html"):
        client.agents.delete(agent_id="ag_1")
    with seam(answer({}, 200)).client() as client:
        assert client.agents.delete(agent_id="ag_1") is None  # type: ignore[func-returns-value]  # that it returns None is tested


def pages(*tokens: Any) -> Any:
    """Return a seam that answers with pages whose next tokens are these."""
    return seam(*(answer({"data": [], "next_page_token": token}) for token in tokens))


@pytest.mark.parametrize("tokens", [("a", "b", "a"), (5,), ("a", "a")], ids=str)
def test_pages_that_never_end(tokens: tuple[Any, ...]) -> None:
    """A page token that came before, or is not a text, raises an error that says so."""
    with pages(*tokens).client() as client, pytest.raises(errors.ResponseValidationError, match="next_page_token"):
        list(client.agents.list_pages())


@pytest.mark.parametrize("page", ["x", [1], -1])
def test_an_invalid_page_number(page: Any) -> None:
    """If `page` in `extra_query` is not a page number, the next page cannot be counted, and the error names `page`."""
    agents = answer(b"[{}]")
    with seam(agents).client() as client, pytest.raises(errors.InvalidArgumentError, match="page"):
        list(client.agents.list(extra_query={"page": page}))


@pytest.mark.parametrize("name", ["base_url", "max_retries", "timeout", "retries"])
def test_settings_of_other_sdks(name: str) -> None:
    """The error for a setting of another SDK says what the setting is called here."""
    settings: dict[str, Any] = {name: 1}
    with pytest.raises(TypeError, match=rf"'{name}'; it is called '\w+' here") as raised:
        Mistral("key", **settings)
    assert isinstance(raised.value, errors.InvalidArgumentError)


@each_world
def test_an_error_that_is_its_own_cause(world: Any) -> None:
    """An error of a user's transport that is its own `__cause__` ends the call like any other error."""
    odd = httpx.ConnectError("odd")
    odd.__cause__ = odd
    network = seam(odd)
    with pytest.raises(errors.APIConnectionError, match="odd"):
        world.complete(network.client(retry_config=None), messages=[{"role": "user", "content": "a"}], agent_id="a")


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
