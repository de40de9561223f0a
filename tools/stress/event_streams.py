"""Event streams with the events that they should give, and the bytes that matter to a parser."""

from __future__ import annotations

from .sse_reference import Event, interpret

# Each stream is named after what it shows; those called "standard" are the standard's own examples.
STREAMS: dict[str, tuple[bytes, list[Event]]] = {
    "standard: messages of one and of two lines": (
        (
            b"data: This is the first message.\n\n"
            b"data: This is the second message, it\ndata: has two lines.\n\n"
            b"data: This is the third message.\n\n"
        ),
        [
            ("message", "This is the first message.", "", None),
            ("message", "This is the second message, it\nhas two lines.", "", None),
            ("message", "This is the third message.", "", None),
        ],
    ),
    "standard: event types": (
        b"event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
        [("add", "73857293", "", None), ("remove", "2153", "", None), ("add", "113411", "", None)],
    ),
    "standard: stock ticker": (
        b"data: YHOO\ndata: +2\ndata: 10\n\n",
        [("message", "YHOO\n+2\n10", "", None)],
    ),
    "standard: comment, ids, and a last block without its blank line": (
        b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
        [("message", "first event", "1", None), ("message", "second event", "", None)],
    ),
    "standard: the same with the blank line": (
        b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        [
            ("message", "first event", "1", None),
            ("message", "second event", "", None),
            ("message", " third event", "", None),
        ],
    ),
    "standard: empty data, two empty lines of data, an unfinished block": (
        b"data\n\ndata\ndata\n\ndata:",
        [("message", "", "", None), ("message", "\n", "", None)],
    ),
    "standard: a space after the colon makes no difference": (
        b"data:test\n\ndata: test\n\n",
        [("message", "test", "", None), ("message", "test", "", None)],
    ),
    "empty data after a colon": (b"data:\n\n", [("message", "", "", None)]),
    "completions": (
        b'data: {"a":1}\n\ndata: {"a":2}\n\ndata: [DONE]\n\n',
        [("message", '{"a":1}', "", None), ("message", '{"a":2}', "", None), ("message", "[DONE]", "", None)],
    ),
    "completions with the id that an earlier block set": (
        b"id: 7\n\ndata: x\n\ndata: y\n\n",
        [("message", "x", "7", None), ("message", "y", "7", None)],
    ),
    "CRLF": (b"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", [("message", "a\nb", "", None), ("message", "c", "", None)]),
    "CR": (b"data: a\rdata: b\r\rdata: c\r\r", [("message", "a\nb", "", None), ("message", "c", "", None)]),
    "all line ends": (
        b"data: a\rdata: b\ndata: c\r\n\rdata: d\n\r\ndata: e\r\r\n\n\n\r\ndata: f\n\r",
        [("message", data, "", None) for data in ("a\nb\nc", "d", "e", "f")],
    ),
    "nothing else ends a line": (
        "data: a\u2028b\u2029c\x0bd\x0ce\x85f\x1cg\x1eh\n\n".encode(),
        [("message", "a\u2028b\u2029c\x0bd\x0ce\x85f\x1cg\x1eh", "", None)],
    ),
    "nothing else ends a line in an event with several fields": (
        "event: a\u2028b\x0b\nid: c\x85d\x0c\ndata: e\u2029f\x1cg\x1e\n\n".encode(),
        [("a\u2028b\x0b", "e\u2029f\x1cg\x1e", "c\x85d\x0c", None)],
    ),
    "one byte order mark is dropped": (
        b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\ndata: c\n\n",
        [("message", "a", "", None), ("message", "c", "", None)],
    ),
    "the second of two byte order marks is kept": (
        b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\ndata: \xef\xbb\xbfb\n\n",
        [("message", "\ufeffb", "", None)],
    ),
    "half a byte order mark is part of a field name": (
        b"\xef\xbbdata: a\n\ndata: b\n\n",
        [("message", "b", "", None)],
    ),
    "a byte order mark before a blank line": (b"\xef\xbb\xbf\r\ndata: a\n\n", [("message", "a", "", None)]),
    "UTF-8 of every length": ("data: é€😀\n\n".encode(), [("message", "é€😀", "", None)]),
    "UTF-8 in an event type and an id": (
        "event: é\nid: 😀\ndata: x\n\n".encode(),
        [("é", "x", "😀", None)],
    ),
    "bad UTF-8 is replaced": (
        b"data: \xffa\xe2\x82\ndata: \xed\xa0\x80\xc0\xaf\xf0\x9f\x98\n\n",
        [("message", "\ufffda\ufffd\n\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd", "", None)],
    ),
    "only exact field names count": (
        b"data:\0\nData:a\ndata\0:b\ndata:  c\n\0data:d\nda-ta:e\ndata_f\n data:g\ndata :h\ndata\n\n",
        [("message", "\0\n c\n", "", None)],
    ),
    "only a space is removed": (
        b"data:\ttest\rdata: \ndata:test\n\n",
        [("message", "\ttest\n\ntest", "", None)],
    ),
    "comments between and around": (
        b": \0\n\n:\rdata:1\r:\0\n:\r\ndata:2\n:data:no\rdata:3\n\n:end\n\n",
        [("message", "1\n2\n3", "", None)],
    ),
    "a colon in a value": (b"data: a:b: c\n\n", [("message", "a:b: c", "", None)]),
    "a blank line between lines of data ends the event": (
        b"data: a\n\ndata: b\ndata: c\n\nid: 1\n\ndata: d\n\n",
        [("message", "a", "", None), ("message", "b\nc", "", None), ("message", "d", "1", None)],
    ),
    "no event without data, and nothing of it but the id is kept": (
        b"event: lost\nretry: 5\nid: kept\n\ndata: x\n\n",
        [("message", "x", "kept", None)],
    ),
    "an empty event type is none": (
        b"event: a\nevent:\ndata: x\n\nevent: a\nevent: b\ndata: y\n\n",
        [("message", "x", "", None), ("b", "y", "", None)],
    ),
    "an id with NUL is ignored": (
        b"id: 1\ndata: a\n\nid: 2\0\ndata: b\n\nid: \0\nid: 3\nid: \0\ndata: c\n\n",
        [("message", "a", "1", None), ("message", "b", "1", None), ("message", "c", "3", None)],
    ),
    "retry belongs to its event": (
        b"retry: 10\ndata: a\n\ndata: b\n\nretry: 20\nretry: x\ndata: c\n\n",
        [("message", "a", "", 10), ("message", "b", "", None), ("message", "c", "", 20)],
    ),
    "nothing": (b"", []),
    "blank lines alone": (b"\n\n\r\n\r\r\n\n", []),
}

# Bytes that have a meaning to a parser, and similar ones: half a byte order mark, half a character, another name.
TOKENS = [
    *(
        b"\r",
        b"\n",
        b"\r\n",
        b"\n\n",
        b":",
        b" ",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xef\xbb",
        b"\xbf",
        b"[DONE]",
        b"data: [DONE]",
    ),
    *(b"data", b"data:", b"data: ", b"event", b"event: ", b"id", b"id: ", b"retry: ", b"data: x\n\n", b"\n\ndata: "),
    *(b"12", b"0", b"a", b"datum", b"\x0b", b"\x0c", b"\xc2\x85", b"\xe2\x80\xa8", b"\xc3\xa9", b"\xf0\x9f\x98\x80"),
    *(b"\xf0\x9f", b"\x98", b"\xff", b"\xed\xa0\x80", b"\xe2\x82", b"\xd9\xa3"),
]


def one_byte_each(stream: bytes) -> list[bytes]:
    """Cut a stream into single bytes."""
    return [stream[index : index + 1] for index in range(len(stream))]


def as_the_reference_has_it(stream: bytes) -> list[Event]:
    """Return the events of the reference, and the unfinished event at the end of the stream if its data is `[DONE]`.

    Spaces and tabs around `[DONE]` do not count.
    """
    events, last, _ = interpret(stream)
    return [*events, last] if last is not None and last[1].strip(" \t") == "[DONE]" else events
