"""The decoder's limit of size, and its cost in time and memory."""

from __future__ import annotations

import functools
import itertools
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.stress.event_streams import as_the_reference_has_it, one_byte_each
from tools.stress.sse_reference import Event, blocks, interpret

from mistral_agents.errors import ResponseValidationError
from mistral_agents.sse import SSEDecoder
from streams.drawn_streams import chunked, random_sizes, random_streams


def _until_refused(chunks: Iterable[bytes], limit: int) -> tuple[list[Event], str, bytes]:
    """Decode with a limit; return the events, and the error's message and body, which are empty without an error."""
    decoder = SSEDecoder(max_event_bytes=limit)
    events: list[Event] = []
    try:
        for chunk in chunks:
            events += decoder.feed(chunk)
        events += decoder.flush()
    except ResponseValidationError as error:
        return events, str(error), error.body
    return events, "", b""


def test_the_error_names_the_limit_and_says_what_to_do() -> None:
    """The message says which limit an event has exceeded and what to do; `body` has the beginning of the event."""
    _, message, body = _until_refused([b"data: 123456"], limit=10)
    assert "max_event_bytes (10 bytes)" in message
    assert "raise the limit of" in message
    assert body == b"data: 1234"


@pytest.mark.parametrize(
    "lines", [b"data: 1234", b": 12345678", b"other: 123", b"a\nb\nc\nd\nef", b"a\r\nb\r\nc\r\nd\r\nef"]
)
def test_an_event_may_be_as_large_as_the_limit(lines: bytes) -> None:
    """An event of ten bytes, where each line end counts as one, fits a limit of ten and exceeds a limit of nine."""
    for stream in (lines, lines + b"\n\n", b"\n\n\n" + lines + b"\n\n\n"):
        for chunks in ([stream], one_byte_each(stream)):
            assert _until_refused(chunks, limit=10)[1] == ""
            assert "(9 bytes)" in _until_refused(chunks, limit=9)[1]


# The smallest limit is 2: two bytes that may become a byte order mark would not exceed a limit of 1.
@given(stream=random_streams, sizes=random_sizes, limit=st.integers(2, 30))
@settings(max_examples=300)
def test_the_limit_does_not_depend_on_chunks(stream: bytes, sizes: list[int], limit: int) -> None:
    """However a stream is cut, the events before one that is too large come first, and then the same error."""
    all_blocks = blocks(stream)
    allowed = list(itertools.takewhile(lambda block: len(block) <= limit, all_blocks))
    if len(allowed) == len(all_blocks):
        expected = (as_the_reference_has_it(stream), b"")
    else:
        before = b"".join(block + b"\n\n" for block in allowed)
        expected = (interpret(b"\xef\xbb\xbf" + before).events, all_blocks[len(allowed)][:limit])
    for chunks in ([stream], chunked(stream, sizes), one_byte_each(stream)):
        events, _, body = _until_refused(chunks, limit)
        assert expected == (events, body)


def test_events_before_the_refused_one_are_returned_first() -> None:
    """A call whose bytes complete events and then exceed the limit returns these events; all later calls raise."""
    decoder = SSEDecoder(max_event_bytes=10)
    assert [event.data for event in decoder.feed(b"data: a\n\ndata: b\n\ndata: 12345\n\ndata: c\n\n")] == ["a", "b"]
    more = [functools.partial(decoder.feed, data) for data in (b"", b"\n\ndata: d\n\n")]
    calls: list[Callable[[], object]] = [decoder.flush, *more, decoder.flush]
    for call in calls:
        with pytest.raises(ResponseValidationError, match="max_event_bytes"):
            call()


@pytest.mark.parametrize("before", [b"", b": comment\n\n", b"\n\n"])
def test_the_limit_raises_at_once(before: bytes) -> None:
    """A call whose bytes exceed the limit raises at once if it has no event to return."""
    decoder = SSEDecoder(max_event_bytes=10)
    with pytest.raises(ResponseValidationError, match="max_event_bytes"):
        decoder.feed(before + b"data: 12345")


@pytest.mark.parametrize("line", [b"data: ", b": ", b"unknown: "])
def test_an_endless_line_takes_no_more_memory_than_the_limit(line: bytes) -> None:
    """A stream whose line never ends is refused; the decoder never needs much more memory than the limit."""
    limit, chunk = 256 * 1024, b"x" * 4096
    decoder = SSEDecoder(max_event_bytes=limit)
    tracemalloc.start()
    try:
        decoder.feed(line)
        with pytest.raises(ResponseValidationError):  # noqa: PT012  # any of these calls may raise
            for _ in range(2 * limit // len(chunk)):
                decoder.feed(chunk)
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # A bytearray allocates an eighth more than it needs.
    assert peak < 1.25 * limit + 4 * len(chunk)
    assert kept < 16 * 1024


def test_the_default_limit_is_16_mib() -> None:
    """By default an event of 16 MiB is decoded, and one byte more is refused."""
    data = b"x" * (16 * 1024 * 1024 - len(b"data: "))
    (event,) = SSEDecoder().feed(b"data: " + data + b"\n\n")
    assert len(data) == len(event.data)
    with pytest.raises(ResponseValidationError, match="16,777,216 bytes"):
        SSEDecoder().feed(b"data: " + data + b"x")


# --- the cost


def _work(chunks: Iterable[bytes]) -> int:
    """Count the calls that decoding makes. A call of a method of bytes or str adds the length of the bytes or str.

    If a decoder searched or split its whole buffer for each chunk, the count would grow with the square of the size.
    """
    total = 0

    def count(_frame: FrameType, event: str, function: object) -> None:
        nonlocal total
        if event == "call":
            total += 1
        elif event == "c_call":
            receiver = getattr(function, "__self__", None)
            total += 1 + (len(receiver) if isinstance(receiver, (bytes, bytearray, str)) else 0)

    decoder = SSEDecoder()
    previous = sys.getprofile()
    sys.setprofile(count)
    try:
        for chunk in chunks:
            decoder.feed(chunk)
        decoder.flush()
    finally:
        sys.setprofile(previous)
    return total


def _fixed_size(stream: bytes, size: int) -> list[bytes]:
    return [stream[start : start + size] for start in range(0, len(stream), size)]


@pytest.mark.parametrize("size", [1, 1000, 1_000_000])
@pytest.mark.parametrize(
    "repeated",
    [b"x", b"data: x\n\n", b"data: x\n", b": x\n", b"\n", b"\r\n", b"event: e\r\ndata: x\r\n\r\n", b"id: \xff\0\r"],
)
@pytest.mark.parametrize("begin", [b"data: ", b":", b""])
def test_twice_the_bytes_are_at_most_twice_the_work(begin: bytes, repeated: bytes, size: int) -> None:
    """The work is linear in the number of bytes: for one huge line, many small events, and an event of many lines."""
    once, twice = (_work(_fixed_size(begin + repeated * (total // len(repeated)), size)) for total in (8_000, 16_000))
    assert twice < 2.1 * once


def test_the_buffer_is_not_copied_for_each_chunk() -> None:
    """Adding a byte to a buffer of a megabyte allocates almost nothing."""
    decoder = SSEDecoder()
    decoder.feed(b"data: " + b"x" * 1_000_000)
    allocated = 0
    tracemalloc.start()
    try:
        for _ in range(1000):
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            decoder.feed(b"x")
            allocated += tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    # The buffer grows at most once; a copy for each byte would allocate a thousand megabytes.
    assert allocated < 3_000_000


def test_nothing_is_decoded_after_the_refused_event() -> None:
    """After an event was refused, every call raises, also one with a complete event."""
    decoder = SSEDecoder(max_event_bytes=20)
    assert [event.data for event in decoder.feed(b"data: a\n\n")] == ["a"]
    for chunk in (b"data: " + b"x" * 50, b"data: after\n\n", b"data: again\n\n"):
        with pytest.raises(ResponseValidationError):
            decoder.feed(chunk)
