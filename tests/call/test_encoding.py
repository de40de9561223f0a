"""Compressed answers: the decompressor alone, with any bytes cut anywhere, and calls that receive such answers."""

from __future__ import annotations

import contextlib
import gzip
import json
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.stress.answers import Answer

from client_settings import KEY
from completion_payloads import ANSWER, ASK, WHOLE_STREAM, chunk, sse, texts
from mistral_agents import Mistral, errors
from mistral_agents._encoding import Decompressor
from seam import seam
from worlds import World, each_world

TEXT = b"What is the capital of France? Paris, as ever. " * 5


def unpacked(pieces: Iterable[bytes], encoding: str = "gzip") -> tuple[bytes, bool]:
    """Return what the pieces of a body unpack to, and whether the body may end after them."""
    decompressor = Decompressor(encoding)
    read = b"".join(piece for data in pieces for piece in decompressor.pieces(data))
    return read, decompressor.whole


def cut(data: bytes, places: Iterable[int]) -> list[bytes]:
    """Cut bytes at these positions; a position that occurs twice makes an empty piece."""
    return [data[start:end] for start, end in pairwise([0, *sorted(places), len(data)])]


members = st.lists(
    st.binary(max_size=300) | st.binary(max_size=3).map(lambda data: data * 1_000), min_size=1, max_size=4
)


@given(members=members, level=st.integers(0, 9), data=st.data())
def test_any_cuts(members: list[bytes], level: int, data: st.DataObject) -> None:
    """A body that is cut anywhere unpacks to what `gzip.decompress` returns, also if it has several members."""
    packed = b"".join(gzip.compress(member, level) for member in members)
    places = data.draw(st.lists(st.integers(0, len(packed))))
    assert unpacked(cut(packed, places)) == (gzip.decompress(packed), True)


def test_every_cut_in_two() -> None:
    """A body can be cut between two members, within a header, and within the checksum at the end."""
    packed = gzip.compress(b"one") + gzip.compress(b"two")
    found = {at: unpacked(cut(packed, [at])) for at in range(len(packed) + 1)}
    assert found == dict.fromkeys(range(len(packed) + 1), (b"onetwo", True))
    assert unpacked(cut(packed, range(len(packed)))) == (b"onetwo", True)


def test_truncated() -> None:
    """A truncated body gives what can be unpacked, and does not count as whole unless it ends between two members."""
    first, second = gzip.compress(TEXT, mtime=0), gzip.compress(b"two", mtime=0)
    packed = first + second
    for end in range(1, len(packed)):
        read, whole = unpacked([packed[:end]])
        assert ((TEXT + b"two").startswith(read), whole) == (True, end == len(first))


@given(
    at=st.integers(0, len(gzip.compress(TEXT, mtime=0)) - 1),
    byte=st.integers(0, 255),
    cuts=st.lists(st.integers(0, 60)),
)
def test_one_changed_byte(at: int, byte: int, cuts: list[int]) -> None:
    """A body with one changed byte is refused, or is not whole, or still unpacks to the same text."""
    packed = bytearray(gzip.compress(TEXT, mtime=0))
    packed[at] = byte
    read, whole = b"", False
    with contextlib.suppress(errors.ResponseValidationError):
        read, whole = unpacked(cut(bytes(packed), cuts))
    assert read == TEXT or not whole


@pytest.mark.parametrize(
    "data",
    [b"{}", b"\x1f\x8b\x07\0", gzip.compress(TEXT)[2:], zlib.compress(TEXT), gzip.compress(TEXT) + b"{}"],
    ids=["text", "unknown method", "no magic", "zlib", "text after it"],
)
def test_data_that_is_not_gzip(data: bytes) -> None:
    """Data that is not gzip is refused with a message that says so, also after valid gzip."""
    with pytest.raises(errors.ResponseValidationError, match="cannot be decompressed"):
        unpacked([data])


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", " gzip ", "x-gzip", "X-GZip"])
def test_names_of_gzip(encoding: str) -> None:
    """The name of the encoding is read as RFC 9110 says: in any case, and also by its old name `x-gzip`."""
    assert unpacked([gzip.compress(TEXT)], encoding) == (TEXT, True)


@pytest.mark.parametrize("encoding", ["", "identity", "Identity"])
def test_no_encoding(encoding: str) -> None:
    """Without an encoding the pieces pass unchanged, even if they look like gzip."""
    decompressor, pieces = Decompressor(encoding), [b"one", gzip.compress(TEXT), b""]
    found = [list(decompressor.pieces(piece)) for piece in pieces]
    assert (found, decompressor.whole) == ([[piece] for piece in pieces], True)


UNKNOWN = ["br", "zstd", "deflate", "compress", "gzip, br", "gzip, gzip", "x" * 5_000]


@pytest.mark.parametrize("encoding", UNKNOWN)
def test_other_encodings(encoding: str) -> None:
    """An encoding that was not asked for is refused; the message names it and is shorter than 300 characters."""
    with pytest.raises(errors.ResponseValidationError) as caught:
        unpacked([gzip.compress(TEXT)], encoding)
    assert (encoding[:50] in str(caught.value), len(str(caught.value)) < 300) == (True, True)


@pytest.mark.parametrize("size", [0, 1, 262_143, 262_144, 262_145, 1_000_000])
@pytest.mark.parametrize("unit", [b"\0", bytes(range(256))])
def test_pieces_are_bounded(size: int, unit: bytes) -> None:
    """However large a body unpacks to, it comes in pieces of at most 256 KiB, none of them empty."""
    whole = (unit * size)[:size]
    pieces = list(Decompressor("gzip").pieces(gzip.compress(whole, 1)))
    assert (b"".join(pieces) == whole, max(map(len, pieces), default=0) <= 262_144, b"" in pieces) == (
        True,
        True,
        False,
    )


def test_pieces_are_made_one_by_one() -> None:
    """A piece is unpacked only when the caller asks for it, so broken data after it raises no error before."""
    pieces = Decompressor("gzip").pieces(gzip.compress(bytes(262_144)) + b"{}")
    assert next(pieces) == bytes(262_144)
    with pytest.raises(errors.ResponseValidationError):
        next(pieces)


JSON, STREAM = gzip.compress(json.dumps(ANSWER).encode(), mtime=0), gzip.compress(WHOLE_STREAM, mtime=0)
A_SECOND_MEMBER = gzip.compress(WHOLE_STREAM[:50]) + gzip.compress(WHOLE_STREAM[50:])
AN_EVENT = zlib.compressobj(wbits=31)
"""Compresses one event, and flushes it, so that a client can unpack it before the stream ends."""
FLUSHED = AN_EVENT.compress(sse(chunk("a"))) + AN_EVENT.flush(zlib.Z_SYNC_FLUSH)


def packed(*pieces: bytes | Exception, status: int = 200, encoding: str = "gzip", kind: str = "json") -> Answer:
    """Make an answer with a compressed body."""
    content_type = {"json": "application/json", "stream": "text/event-stream"}[kind]
    return Answer(status, {"content-type": content_type, "content-encoding": encoding}, pieces)


@each_world
@pytest.mark.parametrize("places", [[], [9], [10, 20], range(len(JSON))], ids=["whole", "head", "thirds", "bytes"])
def test_json(world: World, places: Sequence[int]) -> None:
    """A call for JSON asks for gzip, and reads a compressed answer that is cut anywhere."""
    network = seam(packed(*cut(JSON, places)))
    assert world.complete(network.client(), **ASK).to_dict() == ANSWER
    assert network.requests[0].headers["accept-encoding"] == "gzip"


@each_world
@pytest.mark.parametrize("data", [STREAM, A_SECOND_MEMBER], ids=["one", "two"])
@pytest.mark.parametrize("every", [1, 7, 1_000])
def test_stream(world: World, data: bytes, every: int) -> None:
    """A call for a stream asks for no compression, but reads a compressed stream that is cut anywhere."""
    network = seam(packed(*cut(data, range(every, len(data), every)), kind="stream"))
    assert texts(world.stream(network.client(), **ASK)) == ["Hel", "lo", ""]
    assert network.requests[0].headers["accept-encoding"] == "identity"


@each_world
def test_an_event_is_delivered_as_soon_as_it_can_be_unpacked(world: World) -> None:
    """An event that can be unpacked is delivered before the rest of the stream arrives."""
    network = seam(packed(FLUSHED, httpx.ReadError("lost"), kind="stream"))
    events, error = world.read(network.client(), **ASK)
    assert (texts(events), type(error)) == (["a"], errors.StreamTruncatedError)


@each_world
@pytest.mark.parametrize(
    ("pieces", "expected", "attempts", "said"),
    [
        ((JSON[:20],), errors.APIConnectionError, 3, "compressed answer ended early"),
        ((JSON[:-1],), errors.APIConnectionError, 3, "compressed answer ended early"),
        ((JSON[:20], httpx.ReadError("lost")), errors.APIConnectionError, 3, "lost"),
        ((b"{}",), errors.ResponseValidationError, 1, "cannot be decompressed"),
        ((JSON[:-8] + bytes(8),), errors.ResponseValidationError, 1, "cannot be decompressed"),
        ((), errors.ResponseValidationError, 1, "empty answer"),
    ],
    ids=["cut", "last byte missing", "lost", "no gzip", "wrong checksum", "empty"],
)
def test_json_that_cannot_be_unpacked(
    world: World, pieces: tuple[bytes | Exception, ...], expected: type, attempts: int, said: str
) -> None:
    """A truncated answer is retried; a broken one is not."""
    network = seam(packed(*pieces))
    with pytest.raises(errors.MistralError, match=said) as caught:
        world.complete(network.client(), **ASK)
    assert (type(caught.value), caught.value.attempts, len(network.requests)) == (expected, attempts, attempts)


FINISHED = gzip.compress(sse(chunk("a"), chunk("", finish_reason="stop")))


@each_world
@pytest.mark.parametrize(
    ("data", "came", "expected"),
    [
        *[(FINISHED, ["a", ""], None), (FINISHED[:-1], ["a", ""], errors.StreamTruncatedError)],
        *[(FLUSHED, ["a"], errors.StreamTruncatedError), (FLUSHED + b"\x07\0", ["a"], errors.ResponseValidationError)],
        *[(STREAM[:-8], ["Hel", "lo", ""], None), (STREAM + b"{}", ["Hel", "lo", ""], None)],
    ],
    ids=["finished", "finished but cut", "cut", "broken", "done but cut", "more than done"],
)
def test_streams_that_cannot_be_unpacked(world: World, data: bytes, came: list[str], expected: type | None) -> None:
    """A stream that cannot be unpacked further raises an error with the events so far, unless it was complete."""
    events, error = world.read(seam(packed(*cut(data, range(len(data))), kind="stream")).client(), **ASK)
    partial = error.partial.choices[0].message.content if error is not None and error.partial is not None else None
    assert (texts(events), None if error is None else type(error)) == (came, expected)
    assert partial == ("".join(came) if expected is not None else None)


@each_world
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_an_encoding_that_was_not_asked_for(world: World, encoding: str, *, streamed: bool) -> None:
    """An answer in another encoding is refused after one attempt; the error names the encoding."""
    network = seam(packed(STREAM if streamed else JSON, encoding=encoding, kind="stream" if streamed else "json"))
    with pytest.raises(errors.ResponseValidationError, match=f"got the encoding '{encoding}'") as caught:
        (world.stream if streamed else world.complete)(network.client(), **ASK)
    assert (caught.value.attempts, len(network.requests)) == (1, 1)


@each_world
@pytest.mark.parametrize(
    ("answered", "body", "said"),
    [
        (packed(gzip.compress(b'{"detail": "too busy"}'), status=503), b'{"detail": "too busy"}', "too busy"),
        (packed(b"no gzip", status=503), b"", "status 503"),
        (packed(gzip.compress(TEXT, 0)[:20], status=503), TEXT[:5], "status 503: The body was: What"),
        (packed(b"?", status=503, encoding="br"), b"", "status 503"),
    ],
    ids=["whole", "broken", "cut", "unknown"],
)
def test_error_bodies(world: World, answered: Answer, body: bytes, said: str) -> None:
    """The body of an error is unpacked; if that fails, the status still decides the error and the retries."""
    with pytest.raises(errors.ServerError, match=said) as caught:
        world.complete(seam(answered).client(), **ASK)
    assert (caught.value.body, caught.value.attempts) == (body, 3)


@each_world
def test_a_body_that_a_hook_has_read(world: World) -> None:
    """If a hook of the user's httpx client has read a body, httpx has unpacked it; it is not unpacked again."""

    async def read_async(response: httpx.Response) -> None:
        await response.aread()

    transport = httpx.MockTransport(seam(packed(JSON)))
    blocking = httpx.Client(transport=transport, event_hooks={"response": [httpx.Response.read]})
    awaiting = httpx.AsyncClient(transport=transport, event_hooks={"response": [read_async]})
    client = Mistral(KEY, client=blocking, async_client=awaiting)
    assert world.complete(client, **ASK).to_dict() == ANSWER
