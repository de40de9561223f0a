"""Decompression of bodies in pieces of limited size, so that a decompression bomb cannot fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from .errors import ResponseValidationError

# What we ask for and can read. So it does not matter which compression packages are installed.
ACCEPT_ENCODING = "gzip"
# An ordinary body is one piece. A size limit is exceeded by at most this much.
_PIECE_BYTES = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS  # zlib's way to say: gzip, and nothing else


class Decompressor:
    """Decompresses one body, by its Content-Encoding header."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding.strip().lower()
        self._gzip = zlib.decompressobj(_GZIP) if self._encoding in ("gzip", "x-gzip") else None  # RFC 9110, 8.4.1.3
        self.plain = self._encoding in ("", "identity")
        """Whether the body is not compressed."""
        self.whole = True
        """Whether the compressed data may end here."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield the decompressed data piece by piece; raises ResponseValidationError if it is broken."""
        if self._gzip is not None:
            return self._unpacked(self._gzip, data)
        if not self.plain:
            raise ResponseValidationError(
                f"the answer is encoded as {self._encoding!r:.80}, which was not asked for. "
                "Check what stands between here and the service."
            )
        return iter((data,))

    def _unpacked(self, gzip: Any, data: bytes) -> Iterator[bytes]:
        while data:
            if gzip.eof:  # a body may consist of several members (RFC 1952, 2.2)
                gzip = self._gzip = zlib.decompressobj(_GZIP)
            try:
                piece = gzip.decompress(data, _PIECE_BYTES)
            except zlib.error as error:
                raise ResponseValidationError(f"the answer's compression is broken: {error}. Try again.") from error
            data, self.whole = gzip.unconsumed_tail or gzip.unused_data, gzip.eof
            if piece:
                yield piece
