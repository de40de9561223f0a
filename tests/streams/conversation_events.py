"""Events of a conversation stream, and reading such streams."""

from __future__ import annotations

import json
from typing import Any

from mistral_agents import errors
from mistral_agents.streams import Event
from seam import Seam, seam, stream
from worlds import World

Json = dict[str, Any]
ASK: Json = {"model": "m", "inputs": "Hello"}
STARTED: Json = {"type": "conversation.response.started", "conversation_id": "conv_1"}
USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
DONE: Json = {"type": "conversation.response.done", "usage": USAGE}


def sse(*events: Json | bytes, named: bool = True) -> bytes:
    """Return events as the service writes them."""
    texts = []
    for event in events:
        if isinstance(event, bytes):
            texts.append(event)
            continue
        name = f"event: {event['type']}\n" if named else ""
        texts.append(f"{name}data: {json.dumps(event)}\n\n".encode())
    return b"".join(texts)


def say(content: object, index: int = 0, **fields: object) -> Json:
    """Make an event that adds to a message."""
    return {"type": "message.output.delta", "output_index": index, "id": f"msg_{index}", "content": content, **fields}


def read(world: World, network: Seam, **options: Any) -> tuple[list[Event[Any]], errors.MistralError | None]:
    """Read a stream; return its events and the error after them."""
    return world.read_from(network.client(), "conversations", "start_stream", {**ASK, **options})


def final(world: World, *events: Json | bytes) -> tuple[Any, list[str]]:
    """Return the final response of a stream of these events, and the pieces of its text."""
    made = stream(sse(*events))

    async def call() -> tuple[Any, list[str]]:
        async with seam(made, made).client() as client:
            whole = await (await client.conversations.start_stream_async(**ASK)).get_final_response()
            return whole, [text async for text in (await client.conversations.start_stream_async(**ASK)).text()]

    def call_blocking() -> tuple[Any, list[str]]:
        with seam(made, made).client() as client:
            whole = client.conversations.start_stream(**ASK).get_final_response()
            return whole, list(client.conversations.start_stream(**ASK).text())

    return world.run(call_blocking, call)


def outputs(*events: Json | bytes) -> list[Json]:
    """Return the entries of the final response."""
    found: list[Json] = final(World(None), STARTED, *events, DONE)[0].to_dict()["outputs"]
    return found
