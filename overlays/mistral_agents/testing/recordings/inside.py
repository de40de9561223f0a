"""Looks for secrets in the content of a body. In compressed bytes a secret can neither be found nor masked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from ..http.encodings import coded, unpacked
from ..http.wire import MAX_BODY_BYTES
from ..secrets.masking import Masker

__all__ = ["Inside"]

# A body is searched in windows. Two neighbours share this many bytes, which is more than any key has in any encoding. A
# longer secret, such as an image, can be split between two windows; then it is missed.
_OVERLAP_BYTES = 64 * 1024


class Inside:
    """The content of a body, without its compression."""

    def __init__(self, unknown: Sequence[str], windows: Iterator[bytes], *, is_compressed: bool) -> None:
        self._unknown = unknown
        self._windows = windows
        self._is_compressed = is_compressed
        self.beginning = next(windows, b"")
        """The content; only its beginning if it is huge."""

    @classmethod
    def of(cls, encodings: Iterable[Iterable[str]], body: bytes) -> Inside:
        """Return the content of a body.

        Args:
            encodings: the values of each header that names encodings. Encodings that were applied first come first.
            body: the bytes that were sent.
        """
        names = [each for values in encodings for each in coded(values) if each != "chunked"]
        pieces = unpacked(body, names)
        if pieces is None:
            return cls(names, iter([body]), is_compressed=True)
        return cls((), _windows(pieces), is_compressed=bool(names))

    def why_not_masked(self, masker: Masker) -> str:
        """Return why secrets in the body cannot be masked; "" if they can, or if there are none."""
        if self._unknown:
            return f"its body is encoded as {', '.join(self._unknown)}, and may have a secret in it"
        if self._is_compressed and any(map(masker.finds, itertools.chain([self.beginning], self._windows))):
            return "its body is compressed, and has a secret in it"
        return ""


def _windows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Join pieces to windows that can be searched.

    Each window begins with the last `_OVERLAP_BYTES` of the one before. So a secret that is not longer than that is
    whole in at least one window.
    """
    window = bytearray()
    for piece in pieces:
        window += piece
        if len(window) >= MAX_BODY_BYTES:
            yield bytes(window)
            del window[:-_OVERLAP_BYTES]
    yield bytes(window)
