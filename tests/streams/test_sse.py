"""The event stream decoder, compared with the standard's examples and with a slow reference parser."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator

import pytest
from hypothesis import example, given, settings
from tools.stress.event_streams import STREAMS, as_the_reference_has_it, one_byte_each
from tools.stress.sse_reference import Event, interpret

from mistral_agents.sse import ServerSentEvent, SSEDecoder, aiter_events, iter_events
from streams.drawn_streams import chunked, random_sizes, random_streams

streams = pytest.mark.parametrize(("stream", "expected"), STREAMS.values(), ids=STREAMS)


@streams
def test_events_of_a_stream(stream: bytes, expected: list[Event]) -> None:
    """Each stream gives the events that the standard describes, as instances of ServerSentEvent."""
    events = list(iter_events([stream]))
    assert expected == events
    assert all(type(event) is ServerSentEvent for event in events)


@streams
def test_the_reference_agrees(stream: bytes, expected: list[Event]) -> None:
    """The reference parser, which checks the random streams below, gives the same events."""
    assert expected == interpret(stream).events


@streams
def test_one_cut_anywhere_changes_nothing(stream: bytes, expected: list[Event]) -> None:
    """Two chunks give the same events, wherever the stream is cut."""
    for cut in range(len(stream) + 1):
        assert expected == list(iter_events([stream[:cut], stream[cut:]]))


@pytest.mark.parametrize(
    ("stream", "expected"),
    [case for case in STREAMS.values() if len(case[0]) <= 50],
    ids=[name for name, (stream, _) in STREAMS.items() if len(stream) <= 50],
)
def test_two_cuts_anywhere_change_nothing(stream: bytes, expected: list[Event]) -> None:
    """Three chunks, empty ones included, give the same events, wherever a short stream is cut."""
    for first, second in itertools.combinations_with_replacement(range(len(stream) + 1), 2):
        assert expected == list(iter_events([stream[:first], stream[first:second], stream[second:]]))


@streams
def test_one_byte_at_a_time_changes_nothing(stream: bytes, expected: list[Event]) -> None:
    """Chunks of one byte, with empty ones between them, give the same events."""
    assert expected == list(iter_events(one_byte_each(stream)))
    assert expected == list(iter_events(chunk for byte in one_byte_each(stream) for chunk in (b"", byte, b"")))


@given(stream=random_streams, sizes=random_sizes)
@example(stream=b"data: a\r\n\r\n", sizes=[8, 1, 1])
@settings(max_examples=500)
def test_random_chunks_of_random_streams(stream: bytes, sizes: list[int]) -> None:
    """Any stream, cut in any way, gives the events that the reference gives for the whole stream."""
    expected = as_the_reference_has_it(stream)
    assert expected == list(iter_events([stream]))
    assert expected == list(iter_events(chunked(stream, sizes)))


@given(stream=random_streams)
@settings(max_examples=300)
def test_each_byte_completes_its_events(stream: bytes) -> None:
    """After each byte, the events and `pending` are those of a stream that ends there."""
    decoder = SSEDecoder()
    events: list[ServerSentEvent] = []
    for end, byte in enumerate(one_byte_each(stream), start=1):
        events += decoder.feed(byte)
        whole = interpret(stream[:end])
        assert (whole.events, whole.pending) == (events, decoder.pending)


def test_an_event_is_not_delayed_by_half_a_line_end() -> None:
    """The CR of a CRLF already completes an event; the LF after it is not another line end."""
    decoder = SSEDecoder()
    assert decoder.feed(b"data: x\r\n\r") == [("message", "x", "", None)]
    assert not decoder.pending
    assert decoder.feed(b"\ndata: y\r\n\r") == [("message", "y", "", None)]
    assert decoder.feed(b"") == []
    assert decoder.feed(b"\n") == []
    assert not decoder.pending


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        (b"0", 0),
        (b"3000", 3000),
        (b"0" * 5000 + b"7", 7),
        (b"0" * 5000, 0),
        (b"9" * 18, 10**18 - 1),
        (b"1" + b"0" * 18, 10**18),
        (b"9" * 100_000, 10**18),
        *((ignored, None) for ignored in (b"", b" 5", b"5 ", b"+5", b"-5", b"1_000", b"5.0", b"0x5", b"five", b"5\0")),
        ("٣".encode(), None),
        ("²".encode(), None),
    ],
)
def test_retry(digits: bytes, expected: int | None) -> None:
    """Only ASCII digits set the reconnection time; it is at most 10**18 ms."""
    events = list(iter_events([b"retry: " + digits + b"\ndata: x\n\n"]))
    assert [("message", "x", "", expected)] == events


def test_events_are_values() -> None:
    """An event has named fields, equals an event with the same fields, is immutable, and can be pickled."""
    (event,) = SSEDecoder().feed(b"event: ping\nid: 1\nretry: 2\ndata: x\n\n")
    assert ServerSentEvent(event="ping", data="x", id="1", retry=2) == event
    assert event == pickle.loads(pickle.dumps(event))  # noqa: S301  # our own bytes
    with pytest.raises(AttributeError):
        event.data = "y"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # the test expects it to fail


# --- the end of a stream


@pytest.mark.parametrize(
    "end",
    [
        b"data: [DONE]",
        b"data:[DONE]",
        b"data: [DONE]\n",
        b"data: [DONE]\r\n",
        b": bye\r\ndata: [DONE]",
        b"data: [DONE]\n:",
    ],
)
def test_an_unterminated_end_marker_is_an_event(end: bytes) -> None:
    """`data: [DONE]` at the end of a stream is an event, even without its blank line."""
    for chunks in ([b"data: x\n\n" + end], one_byte_each(b"data: x\n\n" + end)):
        assert [event.data for event in iter_events(chunks)] == ["x", "[DONE]"]


@pytest.mark.parametrize(
    "end",
    [
        b"data: x",
        b"data: x\n",
        b"data: [DON",
        b"data: [DONE] x",
        b"data: [DONE]\ndata",
        b"event: [DONE]\n",
        b"[DONE]",
        b":",
    ],
)
def test_any_other_unfinished_event_is_dropped(end: bytes) -> None:
    """Any other unfinished event at the end of a stream is not delivered, and the decoder forgets it."""
    decoder = SSEDecoder()
    assert decoder.feed(end) == []
    assert decoder.flush() == []
    assert not decoder.pending


def test_flush_gives_the_end_marker_once() -> None:
    """A second flush gives nothing."""
    decoder = SSEDecoder()
    assert decoder.feed(b"id: 3\nevent: end\ndata: [DONE]") == []
    assert decoder.flush() == [("end", "[DONE]", "3", None)]
    assert decoder.flush() == []
    assert not decoder.pending


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"", False),
        (b"\xef", False),
        (b"\xef\xbb\xbf", False),
        (b"\xef\xbb\xbfd", True),
        (b"d", True),
        (b"data: x\n", True),
        (b"data: x\n\n", False),
        (b"data: x\r\n\r", False),
        (b"data: x\n\n\n", False),
        (b"data: x\n\ndata", True),
        (b"id: 1\n", True),
        (b"unknown", True),
        (b": comment", False),
        (b": comment\n: another\n", False),
        (b": comment\ndata", True),
        (b"data: x\n: comment", True),
    ],
)
def test_pending(stream: bytes, *, expected: bool) -> None:
    """A field, or the beginning of one, is pending; comments and a partial byte order mark are not."""
    for chunks in ([stream], one_byte_each(stream)):
        decoder = SSEDecoder()
        for chunk in chunks:
            decoder.feed(chunk)
        assert expected == decoder.pending


# --- both ways to iterate


async def _collect(chunks: Iterable[bytes]) -> list[ServerSentEvent]:
    return list(iter_events(chunks))


async def _acollect(chunks: Iterable[bytes]) -> list[ServerSentEvent]:
    async def source() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    return [event async for event in aiter_events(source())]


Collect = Callable[[Iterable[bytes]], Awaitable[list[ServerSentEvent]]]
both = pytest.mark.parametrize("collect_events", [_collect, _acollect], ids=["iter_events", "aiter_events"])


@pytest.mark.anyio
@both
@streams
async def test_iterating(collect_events: Collect, stream: bytes, expected: list[Event]) -> None:
    """Both functions give the events of a stream."""
    assert expected == await collect_events([stream])
    assert expected == await collect_events(one_byte_each(stream))


@pytest.mark.anyio
@both
async def test_iterating_flushes(collect_events: Collect) -> None:
    """Both functions give the end marker of a stream that ends right after it."""
    expected = [("message", "x", "", None), ("message", "[DONE]", "", None)]
    assert expected == await collect_events([b"data: x\n\nda", b"ta: [DONE]"])


@pytest.mark.anyio
@both
async def test_iterating_passes_errors_on(collect_events: Collect) -> None:
    """An error of the source of bytes reaches the caller, and the end of a stream is not assumed."""

    def source() -> Iterator[bytes]:
        yield b"data: [DONE]"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await collect_events(source())
