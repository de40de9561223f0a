"""An endpoint of FastAPI that relays an agent's stream, and ends it with the service when its own client leaves.

MISTRAL_API_KEY and MISTRAL_AGENT_ID say whose agent it is. To try it without a key, run
`python -m mistral_agents.testing`, give the address it prints in MISTRAL_SERVER_URL, and anything in the other two.
It needs fastapi and uvicorn.

    python examples/relay.py --port 8000
    curl --no-buffer --json '{"question": "What is the capital of France?"}' http://127.0.0.1:8000/ask

The events are the service's own, `[DONE]` at the end included. The status is sent before the agent has begun to
answer, so a failure is an event, too, named `error`. Who may ask is for you to decide: here it is everyone who can
reach the port.
"""

import argparse
import json
import logging
import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from mistral_agents import Mistral
from mistral_agents.errors import MistralError
from mistral_agents.models import UserMessage

_log = logging.getLogger("uvicorn.error")  # where uvicorn itself says what went wrong


class Question(BaseModel):
    """What the client sends."""

    question: str


class Relay(StreamingResponse):
    """Events as they come; when the response ends, in whatever way, so does what they come from."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[str, None]) -> None:
        # Neither a cache nor a proxy such as nginx shall hold events back.
        super().__init__(events, headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events; a client that leaves while one is on its way ends this, and would leave the generator."""
        async with aclosing(self._events):
            await super().__call__(scope, receive, send)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, Mistral]]:
    """Keep one client of the service, with its connections, for as long as the application runs."""
    async with Mistral() as client:
        yield {"client": client}


app = FastAPI(lifespan=lifespan)


@app.post("/ask")
async def ask(question: Question, request: Request) -> Relay:
    """Relay the agent's answer to a question."""
    return Relay(answer(request.state.client, question.question))


async def answer(client: Mistral, question: str) -> AsyncGenerator[str, None]:
    """Give the events of an answer, as text to send; closed before the end, it leaves the service's stream."""
    agent_id, messages = os.environ["MISTRAL_AGENT_ID"], [UserMessage(content=question)]
    try:
        async with await client.agents.stream_async(agent_id=agent_id, messages=messages) as stream:
            async for event in stream:
                yield f"data: {json.dumps(event.data.to_dict())}\n\n"
        yield "data: [DONE]\n\n"
    except MistralError as error:
        _log.error("no whole answer: %s", error)  # which may tell more than the client should know
        yield 'event: error\ndata: {"message": "The agent gave no whole answer."}\n\n'


def main() -> None:
    """Serve on this machine alone."""
    parser = argparse.ArgumentParser(description="Relay an agent's streams.")
    parser.add_argument("--port", type=int, default=8000, help="where to listen; 0 takes a free port (default: 8000)")
    uvicorn.run(app, port=parser.parse_args().port)


if __name__ == "__main__":
    main()
