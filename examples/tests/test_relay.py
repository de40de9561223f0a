"""examples/relay.py, as uvicorn serves it."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Iterator

import httpx
import pytest

from example_process import PATIENCE_SECONDS, started
from mistral_agents.sse import iter_events
from mistral_agents.testing import HangUp, Reply, StubServer, Wait, chunk, event, json_reply, stream_reply

ASK = {"question": "What is the capital of France?"}


@contextlib.contextmanager
def relay(stub: StubServer) -> Iterator[httpx.Client]:
    """Serve the endpoint; give a client of it."""
    with started(stub, "relay.py", "--port", "0") as process:
        assert process.stderr is not None
        lines = (re.search(r"running on (http://\S+)", line) for line in process.stderr)
        url = next(found[1] for found in lines if found)
        with httpx.Client(base_url=url, trust_env=False, timeout=PATIENCE_SECONDS) as client:
            yield client
        process.terminate()
        printed, complaint = process.communicate(timeout=PATIENCE_SECONDS)
        assert "Traceback" not in printed + complaint


class Endless:
    """A stream that the service never ends; it notices when its client has left."""

    def __init__(self, piece: bytes) -> None:
        self._piece = piece
        self.begun = threading.Event()
        self.left = threading.Event()

    def __call__(self, _: object) -> Reply:
        """Answer."""
        return Reply(200, [("content-type", "text/event-stream")], self._pieces())

    def _pieces(self) -> Iterator[bytes | Wait]:
        try:
            while True:
                yield self._piece
                self.begun.set()
                yield Wait(0.01)
        finally:
            self.left.set()


def test_events_are_relayed() -> None:
    """The client gets the events of the service's stream, and its end."""
    with StubServer(strict=True) as stub, relay(stub) as client:
        response = client.post("/ask", json=ASK)
    assert response.headers["content-type"].startswith("text/event-stream")
    *chunks, end = [each.data for each in iter_events([response.content])]
    texts = [json.loads(data)["choices"][0]["delta"].get("content") for data in chunks]
    assert "".join(texts).startswith("Paris is the capital of France.")
    assert end == "[DONE]"


@pytest.mark.parametrize("piece", [event(chunk("word")), b": ping\n\n"], ids=["amid", "before the first event"])
def test_stream_ends_when_the_client_leaves(piece: bytes) -> None:
    """When its client leaves, the relay leaves the service's stream, which would otherwise go on for ever."""
    endless = Endless(piece)
    with StubServer(respond=endless) as stub, relay(stub) as client:
        with client.stream("POST", "/ask", json=ASK) as response:
            if not piece.startswith(b":"):
                assert b'"choices": [{' in next(response.iter_bytes())
            assert endless.begun.wait(PATIENCE_SECONDS)
            assert not endless.left.is_set()
        assert endless.left.wait(PATIENCE_SECONDS)


@pytest.mark.parametrize(
    ("reply", "before"),
    [(json_reply({"detail": "the secret reason"}, 401), []), (stream_reply(chunk("Par"), HangUp()), ["Par"])],
    ids=["before the first event", "amid"],
)
def test_failure_is_an_event(reply: Reply, before: list[str]) -> None:
    """When the service fails, what came is followed by an error, which tells the client nothing of the reason."""
    with StubServer(respond=lambda _: reply) as stub, relay(stub) as client:
        *chunks, error = iter_events([client.post("/ask", json=ASK).content])
    assert [json.loads(each.data)["choices"][0]["delta"]["content"] for each in chunks] == before
    assert (error.event, json.loads(error.data)) == ("error", {"message": "The agent gave no whole answer."})
