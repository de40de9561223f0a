"""Streams of conversations: their events, how they end, and the final answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from tools.stress.answers import Answer

from mistral_agents import errors, models
from seam import answer, seam, stream
from streams.conversation_events import ASK, DONE, STARTED, Json, final, read, say, sse
from worlds import World, each_world

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


SAMPLE_STREAMS = sorted(path.name for path in SAMPLES.glob("*conversations*.sse.txt"))


@pytest.mark.parametrize("name", SAMPLE_STREAMS)
def test_samples_cut_anywhere(name: str) -> None:
    """A recorded stream gives the same events, text and answer wherever it is cut."""
    body = (SAMPLES / name).read_bytes().strip() + b"\n\n"
    sent = [json.loads(line[6:]) for line in body.decode().splitlines() if line.startswith("data: ")]
    seen: list[Any] = []
    kinds: set[str] = set()
    for cut in range(len(body) + 1):
        with seam(stream(body[:cut], body[cut:])).client() as client:
            events = client.conversations.start_stream(**ASK)
            came = list(events)
            kinds |= {type(event.data).__name__ for event in came}
            seen.append(([(event.event, event.data.to_dict()) for event in came], events.snapshot.to_dict()))
    assert seen == seen[:1] * len(seen)
    assert seen[0][0] == [(event["type"], event) for event in sent]
    assert [name for name in kinds if name.startswith("Unknown")] == []


@each_world
def test_one_byte_at_a_time(world: World) -> None:
    """A stream that arrives byte by byte gives the same as one that arrives at once."""
    body = (SAMPLES / "conversations-start-stream-code-interpreter.sse.txt").read_bytes() + b"\n"
    drops = stream(*(body[at : at + 1] for at in range(len(body))))
    whole, parts = read(world, seam(stream(body))), read(world, seam(drops))
    assert (whole, whole[1], len(whole[0])) == (parts, None, 11)


def masked(value: Any, name: str = "") -> Any:
    """Replace ids, times, numbers and the texts that the model chose: they differ between two runs."""
    if isinstance(value, dict):
        return {key: masked(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, name) for item in value]
    differs = name in ("id", "conversation_id", "created_at", "completed_at", "arguments", "code")
    return "..." if differs or isinstance(value, int) else value


@each_world
def test_the_same_as_without_streaming(world: World) -> None:
    """The final response equals the answer without streaming, except for ids, times, counts and generated code."""
    streamed = (SAMPLES / "conversations-start-stream-code-interpreter.sse.txt").read_bytes() + b"\n"
    whole = json.loads((SAMPLES / "conversations-start-code-interpreter.json").read_text())
    body = whole["exchanges"][0]["response"]["body"]
    found, texts = final(world, streamed)
    assert masked(found.to_dict()) == masked(body)
    assert type(found) is models.ConversationResponse
    assert texts == ["4", "2"]


@each_world
@pytest.mark.parametrize("named", [False, True])
def test_the_tag_decides(world: World, *, named: bool) -> None:
    """The `type` in the data decides what an event is, with no `event:` line and with another name there."""
    body = sse(STARTED, say("Hi"), named=named) + b"event: tool.execution.delta\n" + sse(say("!"), DONE, named=False)
    events, error = read(world, seam(stream(body + sse(say("never")))))
    names = ["started", "delta", "delta", "done"]
    assert ([event.event.rpartition(".")[2] for event in events], error) == (names, None)
    assert [type(event.data).__name__ for event in events[1:3]] == ["MessageOutputEvent"] * 2


@each_world
def test_the_end_event_is_the_last(world: World) -> None:
    """The event that ends a stream is delivered, with usage or without; nothing after it is read."""
    for done in (DONE, {"type": "conversation.response.done"}):
        network = seam(stream(sse(STARTED, done, say("never")), httpx.ReadError("never")))
        events, error = read(world, network)
        assert ([event.data.to_dict() for event in events], error) == ([STARTED, done], None)


@each_world
@pytest.mark.parametrize(
    "end", [b"", b"event: message.out", b'data: {"type": "conv', httpx.ReadError("lost"), sse(DONE)[:-1]]
)
def test_a_stream_without_its_end_event(world: World, end: bytes | Exception) -> None:
    """A stream without its end event is truncated, however its body ends; `partial` has the events so far."""
    events, error = read(world, seam(stream(sse(STARTED, say("Hi")), end)))
    assert (len(events), type(error)) == (2, errors.StreamTruncatedError)
    assert error is not None
    assert error.partial is not None
    assert error.partial.to_dict() == {
        "object": "conversation.response",
        "conversation_id": "conv_1",
        "outputs": [{"object": "entry", "type": "message.output", "id": "msg_0", "content": "Hi"}],
    }


@each_world
def test_a_field_error_beside_a_type(world: World) -> None:
    """An event with a type may have a field `error`; it is given to the caller, and the stream goes on."""
    odd = {**say("Hi"), "error": {"message": "The tool failed"}}
    events, error = read(world, seam(stream(sse(STARTED, odd, DONE))))
    assert ([each.data.to_dict() for each in events], error) == ([STARTED, odd, DONE], None)


REPORTS: list[tuple[bytes, object, object]] = [
    (
        sse({"type": "conversation.response.error", "message": "Oh no", "code": 3000}),
        3000,
        "conversation.response.error",
    ),
    (b'event: error\ndata: {"message": "Oh no", "code": 7, "type": "t"}\n\n', 7, "t"),
    (b'data: {"object": "Error", "message": "Oh no", "type": "invalid", "code": 3001}\n\n', 3001, "invalid"),
    (b'data: {"object": "error", "message": "Oh no", "type": "t", "param": null, "code": "1300"}\n\n', "1300", "t"),
    (b'data: {"message": "Oh no", "type": "t", "code": "1300", "raw_status_code": 500}\n\n', "1300", "t"),
    (b'data: {"error": {"message": "Oh no", "type": "t", "code": 5}}\n\n', 5, "t"),
    (b'data: {"detail": [{"loc": ["body"], "msg": "Oh no"}]}\n\n', None, None),
]


@each_world
@pytest.mark.parametrize("before", [[], [STARTED, say("Hi")]], ids=["first", "later"])
@pytest.mark.parametrize(("report", "code", "kind"), REPORTS)
def test_an_error_in_the_stream(world: World, before: list[Json], report: bytes, code: object, kind: object) -> None:
    """An error that the service reports is raised with message, code and type, in each of its forms."""
    network = seam(stream(sse(*before) + report + sse(DONE)))
    events, error = read(world, network)
    assert isinstance(error, errors.StreamEventError)
    assert (len(events), error.code, error.type, "Oh no" in str(error)) == (len(before), code, kind, True)
    assert (error.partial is not None, len(network.requests)) == (bool(before), 1)


@each_world
@pytest.mark.parametrize("data", ["{", "5", "[]", "null", '"text"', "{}", '{"a": 1}', '{"type": 5}'])
def test_data_that_is_not_an_event(world: World, data: str) -> None:
    """Data that is not JSON, or has no type, raises an error with the raw data."""
    events, error = read(world, seam(stream(sse(STARTED) + f"data: {data}\n\n".encode())))
    assert isinstance(error, errors.ResponseValidationError)
    assert (len(events), error.body) == (1, data.encode())


@each_world
def test_what_is_kept_and_what_is_skipped(world: World) -> None:
    """Events of an unknown type are delivered; pings, comments and blank data are skipped."""
    new = {"type": "moon.phase.changed", "phase": "full"}
    between = b': x\n\ndata:  \n\nevent: ping\ndata: {}\n\ndata: {"type": "ping"}\n\nevent: ping\ndata: {\n\n'
    events, error = read(world, seam(stream(between + sse(STARTED, between, new, between, DONE))))
    assert ([event.data.to_dict() for event in events], error) == ([STARTED, new, DONE], None)
    assert (events[1].event, events[1].data.type, events[1].data["type"]) == (new["type"], "UNKNOWN", new["type"])


@each_world
@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (answer(b'{"error": {"message": "quota"}}', content_type="text/event-stream"), errors.StreamEventError),
        (answer(b'{"detail": "quota"}', content_type="text/event-stream"), errors.StreamEventError),
        (answer({"error": {"message": "quota", "code": 429}}), errors.StreamEventError),
        (answer(b"<html>quota", content_type="text/event-stream"), errors.ResponseValidationError),
        (answer({"outputs": "quota"}), errors.ResponseValidationError),
        (answer(b"quota", content_type=None), errors.ResponseValidationError),
    ],
)
def test_a_body_that_is_not_a_stream(world: World, made: Answer, kind: type) -> None:
    """A body that is not a stream, whatever its content type, is shown in the error and not retried."""
    network = seam(made)
    events, error = read(world, network)
    assert (events, type(error), len(network.requests)) == ([], kind, 1)
    assert ("quota" in str(error), getattr(error, "body", b"")) == (True, made.pieces[0])


def test_a_snapshot_at_each_event() -> None:
    """`snapshot` is available at each event; it has `usage` only after the end event."""
    with seam(stream(sse(STARTED, say("a"), say("b"), DONE))).client() as client:
        events = client.conversations.start_stream(**ASK)
        seen = [events.snapshot.to_dict() for _ in events]
    texts = [[each["content"] for each in snapshot["outputs"]] for snapshot in seen]
    assert (texts, ["usage" in each for each in seen]) == ([[], ["a"], ["ab"], ["ab"]], [False, False, False, True])


@each_world
def test_appending_and_restarting(world: World) -> None:
    """`append_stream` and `restart_stream` send `stream: true` to their own paths."""
    made = stream(sse(STARTED, say("Hi"), DONE))
    network = seam(made)
    client = network.client()
    restart: Json = {"conversation_id": "c", "from_entry_id": "e", "inputs": "x"}

    async def call() -> None:
        async with client:
            async for _ in await client.conversations.append_stream_async(conversation_id="c", inputs="x"):
                pass
            async for _ in await client.conversations.restart_stream_async(**restart):
                pass

    def call_blocking() -> None:
        with client:
            list(client.conversations.append_stream(conversation_id="c", inputs="x"))
            list(client.conversations.restart_stream(**restart))

    world.run(call_blocking, call)
    assert [request.url.path for request in network.requests] == ["/v1/conversations/c", "/v1/conversations/c/restart"]
    assert [json.loads(request.content)["stream"] for request in network.requests] == [True, True]


def test_beta_is_the_same() -> None:
    """`client.beta`, where other SDKs have these resources, has the same objects."""
    client = seam().client()
    assert (client.beta.conversations, client.beta.agents) == (client.conversations, client.agents)
    assert client.agents is client.agents
    assert client.conversations is client.conversations


def test_an_unknown_event_with_a_message_is_not_an_error() -> None:
    """An event of an unknown type is delivered, even with a field `message` and without a line `event:`."""
    started = {"type": "conversation.response.started", "created_at": "2026-01-01T00:00:00Z", "conversation_id": "c"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    done = {"type": "conversation.response.done", "created_at": "2026-01-01T00:00:01Z", "usage": usage}
    network = seam(stream(sse(started, {"type": "guardrail.notice", "message": "hello"}, done)))
    with network.client() as client:
        found = [event.data["type"] for event in client.conversations.start_stream(inputs="Hello", agent_id="ag_1")]
    assert found == [started["type"], "guardrail.notice", done["type"]]
