"""A fake network: `Seam` gives the client fixed answers, and keeps the requests."""

from __future__ import annotations

import json
from typing import Any

import httpx
from attrs import define, field
from tools.stress.answers import Answer, Body

from client_settings import AT_ONCE, KEY
from completion_payloads import ANSWER
from mistral_agents import Mistral

LOST = httpx.ReadError("lost")
"""A connection that breaks while the client reads."""


def answer(
    body: object = ANSWER, status: int = 200, content_type: str | None = "application/json", **headers: str
) -> Answer:
    """Make an answer whose body is these bytes, or anything else as JSON; `_` in a header's name means `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if content_type is not None:
        named["content-type"] = content_type
    return Answer(status, named, (body if isinstance(body, bytes) else json.dumps(body).encode(),))


def stream(*pieces: bytes | BaseException, **headers: str) -> Answer:
    """Make an answer that is a stream and arrives in these pieces."""
    return Answer(200, answer(b"", 200, "text/event-stream", **headers).headers, pieces)


@define
class Seam:
    """Replaces the network: gives the answers in turn, repeats the last one, and keeps all requests and bodies."""

    answers: tuple[Answer | Exception, ...]
    requests: list[httpx.Request] = field(factory=list)
    bodies: list[Body] = field(factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request; a handler for httpx.MockTransport."""
        self.requests.append(request)
        now = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(now, Exception):
            raise now
        self.bodies.append(Body(now.pieces))
        return httpx.Response(now.status, headers=now.headers, stream=self.bodies[-1])

    @property
    def sent(self) -> Any:
        """The JSON body of the first request."""
        return json.loads(self.requests[0].content)

    def client(self, **options: Any) -> Mistral:
        """Make a client whose requests come to this seam."""
        transport = httpx.MockTransport(self)
        http = {"client": httpx.Client(transport=transport), "async_client": httpx.AsyncClient(transport=transport)}
        return Mistral(**{"api_key": KEY, "retry_config": AT_ONCE, **http, **options})


def seam(*answers: Answer | Exception) -> Seam:
    """Make a seam that gives these answers."""
    return Seam(answers or (answer(),))
