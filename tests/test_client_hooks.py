"""What a client does not let go: the status that a hook raises, its being closed, its key."""

from __future__ import annotations

import traceback

import httpx
import pytest

from clients import ASK
from mistral_agents import Mistral
from mistral_agents.errors import APIConnectionError, RateLimitError, ServerError


def test_a_hook_that_raises_for_the_status() -> None:
    """The error that `raise_for_status` raises in a hook of the user's own client counts as the status that it is."""
    client = httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(429, json={"detail": "slow down"})),
        event_hooks={"response": [lambda response: response.raise_for_status()]},
    )
    with client, pytest.raises(RateLimitError) as caught:
        Mistral("k", client=client, retry_config=None).agents.complete(**ASK)
    assert caught.value.status_code == 429


def test_closing_before_the_first_call() -> None:
    """A client that was closed stays closed, whether or not it was used before."""
    client = Mistral("k")
    client.close()
    with pytest.raises(APIConnectionError, match="closed"):
        client.agents.complete(**ASK)


def secret() -> str:
    """Return a key that stands nowhere in the source."""
    return "hunter"[::-1] + "2"


def test_the_key_is_not_among_the_locals_that_a_traceback_shows() -> None:
    """A traceback that shows local variables shows no key."""
    client = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(500)))
    with client, pytest.raises(ServerError) as caught:
        Mistral(secret, client=client, retry_config=None).agents.complete(**ASK)
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert ("Call(method=" in shown, secret() in shown) == (True, False)
