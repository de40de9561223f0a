"""Compressed bodies."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from .wire import MAX_BODY_BYTES

__all__ = ["ENCODINGS", "CompressedError", "coded", "decompressed", "unpacked"]

_GZIP = 16 + zlib.MAX_WBITS
ENCODINGS = frozenset(["gzip", "x-gzip"])
_READABLE = ENCODINGS | {"deflate"}
# How much is unpacked at once. A piece is small, because a damaged piece is unpacked a second time, byte by byte.
_PIECE_BYTES = 64 * 1024


class CompressedError(ValueError):
    """A body is not compressed as its headers say, or it is damaged."""


def coded(headers: Iterable[str]) -> list[str]:
    """Return the encodings that `content-encoding` names, in the order in which they were applied."""
    names = (name.strip().lower() for value in headers for name in value.split(","))
    return [name for name in names if name not in ("", "identity")]


def decompressed(body: bytes, encodings: Iterable[str]) -> bytes | None:
    """Return a body without its compression.

    Returns None if an encoding is unknown, or if the result would be larger than MAX_BODY_BYTES. An empty body has no
    encoding, whatever the headers say.

    Raises:
        CompressedError: the body is damaged, or cut off.
    """
    names = list(encodings) if body else []
    if not ENCODINGS.issuperset(names):
        return None
    content: bytes | None = body
    for name in reversed(names):
        content = None if content is None else _gunzipped(content, name)
    return content


def unpacked(body: bytes, encodings: Iterable[str]) -> Iterator[bytes] | None:
    """Return the content of a compressed body in pieces, as far as it can be read; None if an encoding is unknown.

    Unlike `decompressed`, this function has no size limit. If a body is damaged or cut off, the function returns what
    comes before the damage or the cut.
    """
    names = list(encodings) if body else []
    if not _READABLE.issuperset(names):
        return None
    pieces = _pieces(body)
    for name in reversed(names):
        pieces = _inflated(pieces, name)
    return pieces


def _gunzipped(packed: bytes, name: str) -> bytes | None:
    """Unpack one gzip member after another (RFC 1952, section 2.2)."""
    content, gzip = bytearray(), None
    try:
        for piece in _pieces(packed):
            data = piece
            while data:
                gzip = gzip or zlib.decompressobj(wbits=_GZIP)
                content += gzip.decompress(data, MAX_BODY_BYTES + 1 - len(content))
                if len(content) > MAX_BODY_BYTES:
                    return None
                data = gzip.unused_data
                gzip = None if gzip.eof else gzip
    except zlib.error as error:
        raise CompressedError(f"the body is not {name}: {error}") from error
    if gzip is not None:
        raise CompressedError(f"the body is cut off: its {name} data is not complete")
    return bytes(content)


def _pieces(body: bytes) -> Iterator[bytes]:
    """Cut a body into pieces. Without this, each call of zlib would copy the whole rest of the body."""
    return (body[at : at + _PIECE_BYTES] for at in range(0, len(body), _PIECE_BYTES))


def _inflated(packed: Iterable[bytes], name: str) -> Iterator[bytes]:
    inflate = None
    for piece in packed:
        data = piece
        while data:
            if inflate is None:
                inflate = zlib.decompressobj(wbits=_window(data, name))
            before = inflate.copy()
            try:
                yield inflate.decompress(data, _PIECE_BYTES)
            except zlib.error:
                yield from _up_to_the_damage(before, data)
                return
            data = inflate.unconsumed_tail or inflate.unused_data
            if inflate.eof:
                inflate = None  # another compressed part may follow


def _window(data: bytes, name: str) -> int:
    """Return the `wbits` that zlib needs. `deflate` should begin with a zlib header, but often does not."""
    if name in ENCODINGS:
        return _GZIP
    has_header = data[0] & 0x0F == zlib.DEFLATED and len(data) > 1 and int.from_bytes(data[:2]) % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _up_to_the_damage(inflate: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """Unpack byte by byte, because a zlib call that fails returns nothing, not even what came before the damage."""
    for at in range(len(data)):
        try:
            yield inflate.decompress(inflate.unconsumed_tail + data[at : at + 1])
        except zlib.error:
            return
