"""Conversation streams: their events, how they end, and the answer that they make up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from clients import Answer, Seam, World, answer, each_world, httpx_generators, seam, stream
from mistral_agents import errors, models
from mistral_agents._conversations import Conversations
from mistral_agents.streams import Event
from mistral_agents_api.api.conversations.conversations_start import OPERATION

pytestmark = httpx_generators

Json = dict[str, Any]
SAMPLES = Path(__file__).parents[1] / "data" / "samples"
ASK: Json = {"model": "m", "inputs": "Hello"}
STARTED: Json = {"type": "conversation.response.started", "conversation_id": "conv_1"}
USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
DONE: Json = {"type": "conversation.response.done", "usage": USAGE}


def sse(*events: Json | bytes, named: bool = True) -> bytes:
    """Write events as the service does."""
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
    events: list[Event[Any]] = []
    client = network.client()

    async def call() -> None:
        async with client:
            async for event in await client.conversations.start_stream_async(**ASK, **options):
                events.append(event)  # noqa: PERF401  # what came before an error counts

    try:
        if world.backend is not None:
            anyio.run(call, backend=world.backend)
        else:
            with client:
                for event in client.conversations.start_stream(**ASK, **options):
                    events.append(event)  # noqa: PERF402  # as above
    except errors.MistralError as error:
        return events, error
    return events, None


def final(world: World, *events: Json | bytes) -> tuple[Any, list[str]]:
    """Return the final response that events make up, and the pieces of its text."""
    made = stream(sse(*events))

    async def call() -> tuple[Any, list[str]]:
        async with seam(made, made).client() as client:
            whole = await (await client.conversations.start_stream_async(**ASK)).get_final_response()
            return whole, [text async for text in (await client.conversations.start_stream_async(**ASK)).text()]

    if world.backend is not None:
        return anyio.run(call, backend=world.backend)
    with seam(made, made).client() as client:
        whole = client.conversations.start_stream(**ASK).get_final_response()
        return whole, list(client.conversations.start_stream(**ASK).text())


def outputs(*events: Json | bytes) -> list[Json]:
    """Return the entries of the final response."""
    found: list[Json] = final(World(None), STARTED, *events, DONE)[0].to_dict()["outputs"]
    return found


SAMPLE_STREAMS = sorted(path.name for path in SAMPLES.glob("*conversations*.sse.txt"))


@pytest.mark.parametrize("name", SAMPLE_STREAMS)
def test_samples_cut_anywhere(name: str) -> None:
    """Recorded streams give the same events, text and answer wherever they are cut."""
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
    """A stream that comes byte by byte is read like one that comes at once."""
    body = (SAMPLES / "conversations-start-stream-code-interpreter.sse.txt").read_bytes() + b"\n"
    drops = stream(*(body[at : at + 1] for at in range(len(body))))
    whole, parts = read(world, seam(stream(body))), read(world, seam(drops))
    assert (whole, whole[1], len(whole[0])) == (parts, None, 11)


def masked(value: Any, name: str = "") -> Any:
    """Replace identifiers, times, and what the model made up, which differ between two runs."""
    if isinstance(value, dict):
        return {key: masked(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, name) for item in value]
    differs = name in ("id", "conversation_id", "created_at", "completed_at", "arguments", "code")
    return "..." if differs or isinstance(value, int) else value


@each_world
def test_the_same_as_without_streaming(world: World) -> None:
    """The final response has what the whole answer has to the same question, but for identifiers, times and counts."""
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
    """The type in the data tells what an event is, also without a name on the wire, or under another one."""
    body = sse(STARTED, say("Hi"), named=named) + b"event: tool.execution.delta\n" + sse(say("!"), DONE, named=False)
    events, error = read(world, seam(stream(body + sse(say("never")))))
    names = ["started", "delta", "delta", "done"]
    assert ([event.event.rpartition(".")[2] for event in events], error) == (names, None)
    assert [type(event.data).__name__ for event in events[1:3]] == ["MessageOutputEvent"] * 2


@each_world
def test_the_end_is_delivered_and_the_last(world: World) -> None:
    """The event that ends a stream is delivered, with or without usage; nothing after it is read."""
    for done in (DONE, {"type": "conversation.response.done"}):
        network = seam(stream(sse(STARTED, done, say("never")), httpx.ReadError("never")))
        events, error = read(world, network)
        assert ([event.data.to_dict() for event in events], error) == ([STARTED, done], None)


@each_world
@pytest.mark.parametrize(
    "end", [b"", b"event: message.out", b'data: {"type": "conv', httpx.ReadError("lost"), sse(DONE)[:-1]]
)
def test_an_end_that_comes_too_soon(world: World, end: bytes | Exception) -> None:
    """Without its last event a stream is not whole, however it ends; `.partial` has what came."""
    events, error = read(world, seam(stream(sse(STARTED, say("Hi")), end)))
    assert (len(events), type(error)) == (2, errors.StreamTruncatedError)
    assert error is not None
    assert error.partial.to_dict() == {
        "object": "conversation.response",
        "conversation_id": "conv_1",
        "outputs": [{"object": "entry", "type": "message.output", "id": "msg_0", "content": "Hi"}],
    }


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
    """An error that the service reports is raised in whichever form it comes, with message, code and type."""
    network = seam(stream(sse(*before) + report + sse(DONE)))
    events, error = read(world, network)
    assert isinstance(error, errors.StreamEventError)
    assert (len(events), error.code, error.type, "Oh no" in str(error)) == (len(before), code, kind, True)
    assert (error.partial is not None, len(network.requests)) == (bool(before), 1)


@each_world
@pytest.mark.parametrize("data", ["{", "5", "[]", "null", '"text"', "{}", '{"a": 1}', '{"type": 5}'])
def test_an_event_that_is_none(world: World, data: str) -> None:
    """Data that is not JSON, or that says nothing of its kind, is an error with the raw data."""
    events, error = read(world, seam(stream(sse(STARTED) + f"data: {data}\n\n".encode())))
    assert isinstance(error, errors.ResponseValidationError)
    assert (len(events), error.body) == (1, data.encode())


@each_world
def test_what_is_kept_and_what_is_skipped(world: World) -> None:
    """Events of a kind that is not known are kept; pings, comments and blank data are skipped."""
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
def test_a_body_that_is_no_stream(world: World, made: Answer, kind: type) -> None:
    """A body that is something else is shown, whatever it calls itself, and not asked for again."""
    network = seam(made)
    events, error = read(world, network)
    assert (events, type(error), len(network.requests)) == ([], kind, 1)
    assert ("quota" in str(error), getattr(error, "body", b"")) == (True, made.pieces[0])


def test_entries_in_order() -> None:
    """Entries stand by their index; each is made of its own events, also when they come in turn."""
    call = {"type": "function.call.delta", "output_index": 2, "id": "fc_1", "name": "f", "tool_call_id": "t1"}
    other = {**call, "tool_call_id": "t2", "name": "g"}
    found = outputs(
        {**call, "arguments": '{"x"', "confirmation_status": None},
        say("B", 1),
        {"type": "tool.execution.started", "output_index": 0, "id": "x_1", "name": "web_search", "arguments": ""},
        {**other, "arguments": "{}"},
        {"type": "tool.execution.delta", "output_index": 0, "id": "x_1", "name": "web_search", "arguments": '{"q"'},
        {**call, "arguments": ":1}", "confirmation_status": "pending", "name": "", "model": None},
        {"type": "tool.execution.delta", "output_index": 0, "id": "x_1", "name": "web_search", "arguments": ":1}"},
        say("ye", 1, role=""),
        {"type": "tool.execution.done", "output_index": 0, "id": "x_1", "name": "web_search", "info": {"a": 1}},
        {
            "type": "agent.handoff.started",
            "output_index": 3,
            "id": "h",
            "previous_agent_id": "a",
            "previous_agent_name": "A",
        },
        {"type": "agent.handoff.done", "output_index": 3, "id": "h", "next_agent_id": "b", "next_agent_name": "B"},
    )
    names = ("type", "id", "name", "arguments", "content", "tool_call_id", "confirmation_status", "info")
    assert [{name: each[name] for name in names if each.get(name) is not None} for each in found] == [
        {"type": "tool.execution", "id": "x_1", "name": "web_search", "arguments": '{"q":1}', "info": {"a": 1}},
        {"type": "message.output", "id": "msg_1", "content": "Bye"},
        {
            "type": "function.call",
            "id": "fc_1",
            "name": "f",
            "arguments": '{"x":1}',
            "tool_call_id": "t1",
            "confirmation_status": "pending",
        },
        {"type": "function.call", "id": "fc_1", "name": "g", "arguments": "{}", "tool_call_id": "t2"},
        {"type": "agent.handoff", "id": "h"},
    ]
    assert {name: found[-1][name] for name in found[-1] if "agent_" in name} == {
        "previous_agent_id": "a",
        "previous_agent_name": "A",
        "next_agent_id": "b",
        "next_agent_name": "B",
    }


def piece(arguments: str, **fields: Any) -> Json:
    """Make an event with a piece of a function call."""
    return {"type": "function.call.delta", "output_index": 0, "arguments": arguments, **fields}


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([piece("{}", name=name, id="null", tool_call_id="null") for name in "ab"], [("a", "{}"), ("b", "{}")]),
        ([piece("{}", name=name, id="fc_1") for name in "aba"], [("a", "{}"), ("b", "{}"), ("a", "{}")]),
        ([piece("{", name="a", id="1", tool_call_id="t"), piece("}", name="", id="1", tool_call_id="")], [("a", "{}")]),
        ([piece("{", name="a", id="1", tool_call_id="t"), piece("}")], [("a", "{}")]),
        ([piece("{", name="a"), piece("}", id="1", tool_call_id="t")], [("a", "{}")]),
        (
            [
                *(piece("{", name="a", id="1", tool_call_id=call) for call in ("t", "u")),
                *(piece("}", id="1", tool_call_id=call) for call in ("t", "u")),
            ],
            [("a", "{}"), ("a", "{}")],
        ),
    ],
)
def test_calls_at_one_place(pieces: list[Json], expected: list[tuple[str, str]]) -> None:
    """Another identifier or function name begins another call; what has none belongs to the call before it."""
    assert [(each["name"], each["arguments"]) for each in outputs(*pieces)] == expected


TEXT, REFERENCE = {"type": "text", "text": "a"}, {"type": "tool_reference", "tool": "web_search", "title": "T"}
THOUGHT = {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}


@pytest.mark.parametrize(
    ("contents", "expected", "text"),
    [
        ([("a", 0), ("b", 0)], "ab", "ab"),
        ([("", 0)], "", ""),
        ([(TEXT, 0), ("b", 0)], "ab", "ab"),
        ([("b", 1), ("a", 0)], [TEXT, {"type": "text", "text": "b"}], "ba"),
        ([("a", 0), (REFERENCE, 1), (".", 2)], [TEXT, REFERENCE, {"type": "text", "text": "."}], "a."),
        ([(REFERENCE, 1), ("a", 0)], [TEXT, REFERENCE], "a"),
        (
            [(THOUGHT, 0), (THOUGHT, 0), ("a", 1)],
            [{**THOUGHT, "thinking": [{"type": "text", "text": "hmhm"}]}, TEXT],
            "a",
        ),
        ([({"type": "thinking", "thinking": "hm"}, 0), ("a", 1)], [{"type": "thinking", "thinking": "hm"}, TEXT], "a"),
        ([({"type": "text"}, 0), ("a", 1)], [{"type": "text"}, TEXT], "a"),
        ([({"type": "scent", "x": 1}, 0)], [{"type": "scent", "x": 1}], ""),
        ([("\ud83d", 0), ("\ude00!", 0)], "\U0001f600!", "\U0001f600!"),
        ([("a\ud83d", 0)], "a\ud83d", "a\ud83d"),
    ],
)
@each_world
def test_content(world: World, contents: list[tuple[object, int]], expected: object, text: str) -> None:
    """A message's content is a text if it is one text, otherwise a list by content index; its text has no thinking."""
    events = [say(content, content_index=index) for content, index in contents]
    found, texts = final(world, STARTED, *events, DONE)
    assert found.to_dict()["outputs"][0]["content"] == expected
    assert ("".join(texts), all(texts)) == (text, True)


def test_what_says_nothing_overwrites_nothing() -> None:
    """Empty texts and nulls leave what came before them; unknown texts come in fragments, unknown values whole."""
    first = say("a", model="m", agent_id="ag", reasoning="x", extra=1)
    found = outputs(first, say("b", model="", agent_id=None, role=None, reasoning="y", extra=2))
    assert found == [
        {
            "object": "entry",
            "type": "message.output",
            "id": "msg_0",
            "content": "ab",
            "model": "m",
            "agent_id": "ag",
            "reasoning": "xy",
            "extra": 2,
        }
    ]


def test_entries_without_an_identifier() -> None:
    """What lacks an identifier belongs to the last entry of its kind and index."""
    found = outputs(say("a"), {"type": "message.output.delta", "output_index": 0, "content": "b"})
    assert [each["content"] for each in found] == ["ab"]


def test_entries_of_a_kind_that_is_not_known() -> None:
    """An entry of another kind is made of its events, too, and reads as an unknown one."""
    new = {"output_index": 0, "id": "n"}
    events = [{"type": "dream.started", **new, "depth": 1}, {"type": "dream.delta", **new, "story": "a"}]
    whole, _ = final(World(None), STARTED, *events, {"type": "dream.delta", **new, "story": "b"}, DONE)
    assert whole.to_dict()["outputs"] == [{"object": "entry", "type": "dream", "id": "n", "depth": 1, "story": "ab"}]
    assert (whole.outputs[0].type, whole.outputs[0].story) == ("UNKNOWN", "ab")


def test_times() -> None:
    """An entry begins with its first event; a tool ends with its last one, a message when something follows it."""
    events = [
        {**say("a"), "created_at": "2026-01-01T00:00:01Z"},
        {**say("b"), "created_at": "2026-01-01T00:00:02Z"},
        {"type": "function.call.delta", "output_index": 1, "id": "f", "created_at": "2026-01-01T00:00:03Z"},
    ]
    family = Conversations(OPERATION.stream, None)  # type: ignore[arg-type]  # it has a stream
    running, *_ = family.assemble(events[:2])["outputs"]
    message, call = family.assemble(events)["outputs"]
    assert (running["created_at"], "completed_at" in running) == ("2026-01-01T00:00:01Z", False)
    assert (message["created_at"], message["completed_at"]) == ("2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z")
    assert (call["created_at"], "completed_at" in call) == ("2026-01-01T00:00:03Z", False)


def test_a_snapshot_at_each_event() -> None:
    """What has come can be had at each event; before the end nothing is said of guardrails and usage."""
    with seam(stream(sse(STARTED, say("a"), say("b"), DONE))).client() as client:
        events = client.conversations.start_stream(**ASK)
        seen = [events.snapshot.to_dict() for _ in events]
    texts = [[each["content"] for each in snapshot["outputs"]] for snapshot in seen]
    assert (texts, ["usage" in each for each in seen]) == ([[], ["a"], ["ab"], ["ab"]], [False, False, False, True])


@each_world
def test_the_other_forms(world: World) -> None:
    """Appending and restarting stream, too, under their own paths."""
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

    if world.backend is not None:
        anyio.run(call, backend=world.backend)
    else:
        with client:
            list(client.conversations.append_stream(conversation_id="c", inputs="x"))
            list(client.conversations.restart_stream(**restart))
    assert [request.url.path for request in network.requests] == ["/v1/conversations/c", "/v1/conversations/c/restart"]
    assert [json.loads(request.content)["stream"] for request in network.requests] == [True, True]


def test_beta_is_the_same() -> None:
    """Under `beta`, where other SDKs have them, are the same objects."""
    client = seam().client()
    assert (client.beta.conversations, client.beta.agents) == (client.conversations, client.agents)
    assert client.agents is client.agents
    assert client.conversations is client.conversations
