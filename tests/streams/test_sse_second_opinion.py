"""The event stream decoder compared with httpx-sse; each difference is named."""

from __future__ import annotations

from collections.abc import Iterable

import httpx
import pytest
from httpx_sse import EventSource
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.stress.sse_reference import Event

from mistral_agents.sse import iter_events
from streams.drawn_streams import chunked, random_sizes

# Each way in which httpx-sse 0.4.3 differs: a stream, our events, and its events.
DIFFERENCES: dict[str, tuple[bytes, list[Event], list[Event]]] = {
    "a block without data is an event": (
        b"event: ping\n\n",
        [],
        [("ping", "", "", None)],
    ),
    "each blank line is an event once there is an id": (
        b"id: 1\n\n\n",
        [],
        [("message", "", "1", None), ("message", "", "1", None)],
    ),
    "the byte order mark is kept": (
        b"\xef\xbb\xbfdata: x\n\ndata: y\n\n",
        [("message", "x", "", None), ("message", "y", "", None)],
        [("message", "y", "", None)],
    ),
    "retry is any text that int() accepts": (
        b"event: e\nretry: -1_0\ndata: x\n\n",
        [("e", "x", "", None)],
        [("e", "x", "", -10)],
    ),
    "a retry that int() refuses is ignored": (
        b"event: e\nretry: " + b"9" * 5000 + b"\ndata: x\n\n",
        [("e", "x", "", 10**18)],
        [("e", "x", "", None)],
    ),
    "an end marker without its blank line is dropped": (
        b"event: e\ndata: [DONE]",
        [("e", "[DONE]", "", None)],
        [],
    ),
}


def _httpx_sse_events(chunks: Iterable[bytes], content_type: str = "text/event-stream") -> list[Event]:
    response = httpx.Response(200, headers={"content-type": content_type}, content=iter(chunks))
    return [(event.event, event.data, event.id, event.retry) for event in EventSource(response).iter_sse()]


@pytest.mark.parametrize(("stream", "ours", "theirs"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_where_httpx_sse_differs(stream: bytes, ours: list[Event], theirs: list[Event]) -> None:
    """Each known difference still exists."""
    assert (ours, theirs) == (list(iter_events([stream])), _httpx_sse_events([stream]))


def test_httpx_sse_follows_the_charset_of_the_response() -> None:
    """httpx-sse decodes with the declared charset; the standard says that a stream is always UTF-8."""
    stream = "event: e\ndata: é\n\n".encode()
    assert _httpx_sse_events([stream], "text/event-stream; charset=iso-8859-1") == [("e", "Ã©", "", None)]
    assert list(iter_events([stream])) == [("e", "é", "", None)]


# Streams without these differences: data in each block, one blank line after it, and only digits for `retry`.
values = st.text(st.sampled_from("a:[] \té😀\0\u2028\u2029\x0b\x0c\x85\x1c\ufeff")).map(str.encode)
line_ends = st.sampled_from([b"\n", b"\r", b"\r\n"])
data_lines = st.builds(lambda name, value: name + value, st.sampled_from([b"data:", b"data: "]), values)
other_fields = st.sampled_from([b":", b"event:", b"event: ", b"id:", b"id: ", b"unknown:", b"data\0:"])
other_lines = st.one_of(
    st.builds(lambda name, value: name + value, other_fields, values),
    st.sampled_from(
        [b"id", b"event", b"data", b"retry: 15", b"retry:7", b"retry: x", b"data: \xff\xe2\x82", b"id: \xf0"]
    ),
)


@st.composite
def _agreed_streams(draw: st.DrawFn) -> bytes:
    stream = b""
    for _ in range(draw(st.integers(0, 5))):
        lines = draw(st.permutations([draw(data_lines), *draw(st.lists(other_lines, max_size=5))]))
        # Both line ends at the end of a block are the same, because CR and then LF would be one line end.
        stream += b"".join(line + draw(line_ends) for line in lines[:-1]) + lines[-1] + 2 * draw(line_ends)
    return stream


@given(stream=_agreed_streams(), sizes=random_sizes)
@settings(max_examples=300)
def test_httpx_sse_agrees_otherwise(stream: bytes, sizes: list[int]) -> None:
    """On random streams without these differences, httpx-sse gives the same events."""
    chunks = chunked(stream, sizes)
    assert _httpx_sse_events(chunks) == list(iter_events(chunks))
