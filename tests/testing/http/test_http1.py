"""The reader of raw HTTP/1.1 answers finds where a body ends, and says what is not HTTP."""

import pytest

from mistral_agents.testing.http.http1 import AnswerReader

LENGTHS = "content-length is not one number of at most 18 digits"


@pytest.mark.parametrize(
    ("answer", "chunks", "rest", "broken"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}more", b"{}", b"more", ""),
        (b"HTTP/1.1 204 No Content\r\n\r\nmore", b"", b"more", ""),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2, 3\r\n\r\n{}", b"", b"{}", LENGTHS),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}", b"", b"{}", LENGTHS),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 1234567890123456789\r\n\r\n{}", b"", b"{}", LENGTHS),
        (b"SSH-2.0-OpenSSH\r\n", b"", b"SSH-2.0-OpenSSH\r\n", "the head is not HTTP"),
        (
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\nx\r\n",
            b"{}",
            b"x\r\n",
            "a chunk has no length",
        ),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_what_is_not_part_of_the_body(answer: bytes, chunks: bytes, rest: bytes, broken: str, size: int) -> None:
    """Bytes after the end, or that are not HTTP, are not part of the body, however the answer is split into reads."""
    reader = AnswerReader("GET")
    found = [chunk for at in range(0, len(answer), size) for chunk in reader.feed(answer[at : at + size])]
    assert (b"".join(found), reader.rest, reader.broken) == (chunks, rest, broken)
