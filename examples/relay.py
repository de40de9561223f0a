"""A FastAPI endpoint that forwards an agent's stream to a browser, and closes the stream when the browser disconnects.

It reads the key from MISTRAL_API_KEY and the agent's identifier from MISTRAL_AGENT_ID. To try it without a key, run
`python -m mistral_agents.testing`, set MISTRAL_SERVER_URL to the address that it prints, and the other two to any text.
It needs fastapi and uvicorn.

    python examples/relay.py --port 8000
    curl --no-buffer --json '{"question": "What is the capital of France?"}' http://127.0.0.1:8000/ask

The endpoint sends the events of the service, including `[DONE]` at the end. It sends its status before the agent has
begun to answer, so it reports a failure as an event named `error`. Everyone who can reach the port may ask, so add your
own check.
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

_log = logging.getLogger("uvicorn.error")  # where uvicorn writes its own errors


class Question(BaseModel):
    """What the client sends."""

    question: str


class Relay(StreamingResponse):
    """A response that sends events as they arrive. At its end, also after an error, it closes their generator."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[str, None]) -> None:
        # With these headers, neither a cache nor a proxy such as nginx delays events.
        super().__init__(events, headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events. Close the generator at the end, also if the client disconnects while one is being sent."""
        async with aclosing(self._events):
            await super().__call__(scope, receive, send)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, Mistral]]:
    """Keep one `Mistral` with its connections while the application runs."""
    async with Mistral() as client:
        yield {"client": client}


app = FastAPI(lifespan=lifespan)


@app.post("/ask")
async def ask(question: Question, request: Request) -> Relay:
    """Relay the agent's answer to a question."""
    return Relay(answer(request.state.client, question.question))


async def answer(client: Mistral, question: str) -> AsyncGenerator[str, None]:
    """Yield the events of an answer as text to send. If this generator is closed early, it closes the stream, too."""
    agent_id, messages = os.environ["MISTRAL_AGENT_ID"], [UserMessage(content=question)]
    try:
        async with await client.agents.stream_async(agent_id=agent_id, messages=messages) as stream:
            async for event in stream:
                yield f"data: {json.dumps(event.data.to_dict())}\n\n"
        yield "data: [DONE]\n\n"
    except MistralError as error:
        _log.error("no whole answer: %s", error)  # the message may contain things that the client should not see
        yield 'event: error\ndata: {"message": "The agent gave no whole answer."}\n\n'


def main() -> None:
    """Serve requests from this machine only."""
    parser = argparse.ArgumentParser(description="Relay an agent's streams.")
    parser.add_argument("--port", type=int, default=8000, help="where to listen; 0 chooses a free port (default: 8000)")
    uvicorn.run(app, port=parser.parse_args().port)


if __name__ == "__main__":
    main()
