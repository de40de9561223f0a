"""The answers of the server, byte for byte, and the text in each of them. An answer has a name `<kind>-<size>`.

| kind | the answer |
|---|---|
| `text`, `tools`, `parts` | a stream of `size` events, in writes of 16 KiB |
| `written` | the events of `text`, with one write for each |
| `conversation`, `spoken` | a conversation's stream of `size` events, in writes of 16 KiB, or with one write for each |
| `paced` | a stream of `size` events, with a pause before each |
| `together` | a stream that begins when the server has received `size` requests for it |
| `json` | a JSON answer of `size` bytes |
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

# A proxy in front of a service sends full buffers, if data is ready. A buffer may end in the middle of an event.
_WRITE_BYTES = 16 * 1024
# The events of each stream of `together`.
EVENTS_TOGETHER = 200
_EVENTS_PER_TOOL_CALL = 20
# The pause before a paced event, in seconds: a fast model writes about 200 words a second.
PACE = 0.005
STAMP = b"#" * 20
"""A placeholder in a paced event. When the server writes the event, it puts the time here, in nanoseconds of the
monotonic clock.
"""
END = b"data: [DONE]\n\n"
_HEAD = {"id": "4f0c8a6b2d9e4c51b7a3", "created": 1759500534, "model": "mistral-medium-latest"}
_TEXT = (
    "The river bends twice before it reaches the old mill , where a baker from Orléans sells bread and coffee at six "
    'in the morning . Walk along the quay , past the market " Les Halles " , and count the bridges : there are seven . '
    "On the last one a café opens late ; its owner plays the accordion , tells stories of the sea and never hurries .\n"
)
_WORDS = _TEXT.split(" ")


class Answer(NamedTuple):
    """The data that the server writes for an answer, framed for HTTP, and when the server writes each piece."""

    writes: tuple[bytes, ...]
    barrier: int = 1
    """The server waits for this number of requests before it answers any of them."""
    pace: float | None = None
    """The pause before each event, in seconds; None means no pauses. Paced events have the time of their writing."""


@functools.cache
def answer(name: str) -> Answer:  # noqa: PLR0911  # one for each kind
    """Return the answer with this name."""
    kind, _, size = name.partition("-")
    if kind == "json":
        body = json_answer(int(size))
        return Answer((head("application/json") + framed(body) + framed(b""),))
    if kind == "paced":
        timed, end = event({"content": STAMP.decode()}), event({"content": ""}, "stop") + END
        return Answer((head("text/event-stream"), *[framed(timed)] * int(size), framed(end) + framed(b"")), pace=PACE)
    if kind == "together":
        return Answer(streamed(events("text", EVENTS_TOGETHER)), barrier=int(size))
    if kind == "written":
        return Answer((head("text/event-stream"), *map(framed, events("text", int(size))), framed(b"")))
    if kind == "spoken":
        return Answer((head("text/event-stream"), *map(framed, conversation(int(size))), framed(b"")))
    if kind == "conversation":
        return Answer(streamed(conversation(int(size))))
    return Answer(streamed(events(kind, int(size))))


def text(name: str) -> str:
    """Return the text that a client must read in the answer with this name."""
    kind, _, size = name.partition("-")
    if kind == "json":
        answer: str = json.loads(json_answer(int(size)))["choices"][0]["message"]["content"]
        return answer
    kind, count = ("text", EVENTS_TOGETHER) if kind == "together" else (kind, int(size))
    kind = "text" if kind in ("written", "conversation", "spoken") else kind
    return "".join(piece for _, piece in deltas(kind, count))


def head(content_type: str) -> bytes:
    """Return the head of an answer whose length is not known."""
    return f"HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n".encode()


def framed(data: bytes) -> bytes:
    """Return bytes as one chunk of an answer. A chunk without bytes ends the answer."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def streamed(events: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the pieces that the server writes for a stream: the head, and chunks of 16 KiB."""
    body = b"".join(events)
    pieces = (body[start : start + _WRITE_BYTES] for start in range(0, len(body), _WRITE_BYTES))
    return (head("text/event-stream"), *map(framed, pieces), framed(b""))


def event(delta: dict[str, Any], finish_reason: str | None = None, **more: object) -> bytes:
    """Return one event of a stream."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return b"data: %b\n\n" % dump({**_HEAD, "object": "chat.completion.chunk", "choices": [choice], **more})


def dump(data: object) -> bytes:
    """Return JSON as services write it: compact, in UTF-8."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def events(kind: str, count: int) -> Iterator[bytes]:
    """Return `count` events and the end marker. The first event has the role, the last one the finish reason."""
    yield event({"role": "assistant", "content": ""})
    for delta, _ in deltas(kind, count):
        yield event(delta)
    usage = {"prompt_tokens": 12, "completion_tokens": count, "total_tokens": count + 12}
    yield event({"content": ""}, "tool_calls" if kind == "tools" else "stop", usage=usage)
    yield END


def conversation(count: int) -> Iterator[bytes]:
    """Return the stream of a conversation: `count` named events. The last event has the usage."""

    def named(name: str, **data: object) -> bytes:
        written = {"type": f"{name}", "created_at": "2026-10-05T14:45:48.416223Z", **data}
        return b"event: %b\ndata: %b\n\n" % (name.encode(), dump(written))

    yield named("conversation.response.started", conversation_id="conv_0000000000000001")
    of_message = {"output_index": 0, "id": "msg_0000000000000002", "content_index": 0, "model": _HEAD["model"]}
    for _, piece in deltas("text", count):
        yield named("message.output.delta", **of_message, role="assistant", content=piece)
    usage = {"prompt_tokens": 12, "completion_tokens": count, "total_tokens": count + 12}
    yield named("conversation.response.done", usage=usage)


def deltas(kind: str, count: int) -> Iterator[tuple[dict[str, Any], str]]:
    """Return the deltas between the first and the last event of a stream, each with the text that it adds."""
    for number, word in enumerate(itertools.islice(itertools.cycle(_WORDS), count - 2)):
        piece = f"{word} "
        if kind == "tools":
            yield tool_call(number, piece)
        elif kind == "parts" and number < count // 2:
            yield {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": piece}]}]}, piece
        elif kind == "parts":
            yield {"content": [{"type": "text", "text": piece}]}, piece
        else:
            yield {"content": piece}, piece


def tool_call(number: int, piece: str) -> tuple[dict[str, Any], str]:
    """Return a fragment of a tool call. The first fragment of a call has its name; the others have its arguments."""
    call, part = divmod(number, _EVENTS_PER_TOOL_CALL)
    if part == 0:
        function, piece = {"name": "look_up", "arguments": ""}, "look_up"
        begun = {"index": call, "id": f"call{call:05}", "type": "function", "function": function}
        return {"tool_calls": [begun]}, piece
    return {"tool_calls": [{"index": call, "function": {"name": "", "arguments": piece}}]}, piece


def json_answer(size: int) -> bytes:
    """Return a JSON answer of `size` bytes."""
    words = " ".join(itertools.islice(itertools.cycle(_WORDS), size // 4))
    usage = {"prompt_tokens": 12, "completion_tokens": size // 5, "total_tokens": size // 5 + 12}

    def document(content: str) -> bytes:
        message = {"role": "assistant", "content": content, "tool_calls": None, "prefix": False}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return dump({**_HEAD, "object": "chat.completion", "choices": [choice], "usage": usage})

    content = words
    while (excess := len(document(content)) - size) > 0:
        content = content[: -max(excess // 2, 1)]  # a character may take two bytes, in UTF-8 or escaped
    return document(content + "." * (size - len(document(content))))
