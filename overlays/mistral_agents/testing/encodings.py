"""Compressed bodies of requests."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from .wire import MAX_BODY_BYTES

__all__ = ["ENCODINGS", "CompressedError", "coded", "decompressed"]

_GZIP = 16 + zlib.MAX_WBITS
ENCODINGS = frozenset(["gzip", "x-gzip"])


class CompressedError(ValueError):
    """A body is not what its encoding says."""


def coded(headers: Iterable[str]) -> list[str]:
    """Return the encodings that `content-encoding` names, in the order in which they were applied."""
    names = (name.strip().lower() for value in headers for name in value.split(","))
    return [name for name in names if name not in ("", "identity")]


def decompressed(body: bytes, encodings: Iterable[str]) -> bytes | None:
    """Return a body as it is inside; None if an encoding is not known, or if there is more in it than may be.

    Raises:
        CompressedError: the body is damaged.
    """
    for name in reversed(list(encodings)):
        if name not in ENCODINGS:
            return None
        gzip = zlib.decompressobj(wbits=_GZIP)
        try:
            body = gzip.decompress(body, MAX_BODY_BYTES + 1)
        except zlib.error as error:
            raise CompressedError(f"the body is not {name}: {error}") from error
        if len(body) > MAX_BODY_BYTES:
            return None
        if not gzip.eof:
            raise CompressedError(f"the body ends before its {name} does")
    return body
