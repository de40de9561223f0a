"""Decompression of bodies in pieces of limited size, so that a decompression bomb cannot fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from .errors import ResponseValidationError

# We ask only for what we can read, so it does not matter which compression packages are installed.
ACCEPT_ENCODING = "gzip"
# An ordinary answer is one piece. At most this much is decompressed beyond a size limit.
_PIECE_BYTES = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS  # zlib's code for gzip alone


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
                f"expected an answer without compression or with gzip, got the encoding {self._encoding!r:.80}. "
                "Check the proxies on the way to the service."
            )
        return iter((data,))

    def _unpacked(self, gzip: Any, data: bytes) -> Iterator[bytes]:
        while data:
            if gzip.eof:  # a body may consist of several members (RFC 1952, 2.2)
                gzip = self._gzip = zlib.decompressobj(_GZIP)
            try:
                piece = gzip.decompress(data, _PIECE_BYTES)
            except zlib.error as error:
                raise ResponseValidationError(f"the answer cannot be decompressed: {error}. Try again.") from error
            data, self.whole = gzip.unconsumed_tail or gzip.unused_data, gzip.eof
            if piece:
                yield piece
