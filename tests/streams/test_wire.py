"""Streams over real connections: cut anywhere, and ended by a lost connection."""

from __future__ import annotations

import pytest

from client_settings import AT_ONCE, KEY
from completion_payloads import ASK, WHOLE_STREAM, chunk, sse, texts
from mistral_agents import Mistral
from mistral_agents.errors import APIConnectionError, StreamTruncatedError
from mistral_agents.testing import Reply, StubServer
from mistral_agents.testing.http.wire import HangUp, Piece, Raw
from raw_server import STREAM_HEAD
from worlds import World, each_world

FIRST = sse(chunk("a"), chunk("b"))


def read_over_a_connection(world: World, *pieces: Piece, **headers: str) -> tuple[list[str], type | None, int]:
    """Read a stream that a server sends in pieces; return its texts, its error's class, and the number of requests."""
    named = [("content-type", "text/event-stream"), *((name.replace("_", "-"), headers[name]) for name in headers)]
    with StubServer(respond=lambda _: Reply(200, named, list(pieces))) as stub:
        events, error = world.read(Mistral(KEY, server_url=stub.url, retry_config=AT_ONCE), **ASK)
    return texts(events), None if error is None else type(error), len(stub.requests)


def test_every_cut_of_a_connection() -> None:
    """A stream gives the same events wherever the server cuts its writes."""
    body = sse(chunk("é"), chunk("lo"), "[DONE]")
    cuts = iter(range(1, len(body)))

    def respond(_: object) -> Reply:
        cut = next(cuts)
        return Reply(200, [("content-type", "text/event-stream")], [body[:cut], body[cut:]])

    with StubServer(respond=respond) as stub, Mistral(KEY, server_url=stub.url) as client:
        found = [texts(list(client.agents.stream(**ASK))) for _ in range(1, len(body))]
    assert found == [["é", "lo"]] * (len(body) - 1)


@each_world
def test_single_bytes_of_a_connection(world: World) -> None:
    """A stream gives the same events if the server writes every byte separately."""
    pieces = [WHOLE_STREAM[at : at + 1] for at in range(len(WHOLE_STREAM))]
    assert read_over_a_connection(world, *pieces) == (["Hel", "lo", ""], None, 1)


@each_world
@pytest.mark.parametrize(
    ("pieces", "headers", "error"),
    [
        ([FIRST, HangUp()], {}, StreamTruncatedError),
        ([FIRST, Raw(b"20\r\ndata: {"), HangUp()], {}, StreamTruncatedError),
        ([FIRST, Raw(b"no size\r\n"), HangUp()], {}, StreamTruncatedError),
        ([FIRST, HangUp()], {"content_length": "9999"}, StreamTruncatedError),
        ([FIRST, b"data: [DO", b"NE]"], {}, None),
        ([FIRST, sse("[DONE]"), HangUp()], {}, None),
        ([FIRST, sse("[DONE]"), Raw(b"no size\r\n"), HangUp()], {}, None),
    ],
)
def test_a_connection_that_ends(world: World, pieces: list[Piece], headers: dict[str, str], error: type | None) -> None:
    """If the connection ends within a chunk or between chunks, the events before that are delivered."""
    assert read_over_a_connection(world, *pieces, **headers) == (["a", "b"], error, 1)


@each_world
def test_a_body_without_a_length(world: World) -> None:
    """If a body ends because its connection is closed, the stream is complete only if its events say so."""
    bodies = iter([FIRST, FIRST + sse("[DONE]")])
    found = []
    with StubServer(respond=lambda _: Reply(None, body=[Raw(STREAM_HEAD + next(bodies))])) as stub:
        for _ in range(2):
            events, error = world.read(Mistral(KEY, server_url=stub.url), **ASK)
            found.append((texts(events), None if error is None else type(error)))
    assert found == [(["a", "b"], StreamTruncatedError), (["a", "b"], None)]


@each_world
@pytest.mark.parametrize("piece", [HangUp(), HangUp(reset=True), Raw(b"20\r\ndata: {"), b"data: {", b": x\n\n"])
def test_a_connection_that_ends_before_the_first_event(world: World, piece: Piece) -> None:
    """A stream whose connection ends before its first event is retried, until no attempt is left."""
    assert read_over_a_connection(world, piece, HangUp()) == ([], APIConnectionError, 3)
