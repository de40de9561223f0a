"""What is in a body, compressed or not: in compressed bytes a secret can be neither seen nor masked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from .encodings import coded, unpacked
from .masking import Masker
from .wire import MAX_BODY_BYTES

__all__ = ["Inside"]

# More than a secret in any encoding.
_OVERLAP_BYTES = 64 * 1024


class Inside:
    """What is in a body, compressed or not."""

    def __init__(self, unknown: Sequence[str], windows: Iterator[bytes], *, is_compressed: bool) -> None:
        self._unknown = unknown
        self._windows = windows
        self._is_compressed = is_compressed
        self.beginning = next(windows, b"")
        """The body, without its compression; of a huge one the beginning."""

    @classmethod
    def of(cls, encodings: Iterable[Iterable[str]], body: bytes) -> Inside:
        """Look into a body; `encodings` are the headers that tell how it is encoded, the innermost first."""
        names = [each for values in encodings for each in coded(values) if each != "chunked"]
        pieces = unpacked(body, names)
        if pieces is None:
            return cls(names, iter([body]), is_compressed=True)
        return cls((), _windows(pieces), is_compressed=bool(names))

    def why_not_masked(self, masker: Masker) -> str:
        """Return why its secrets cannot be masked; "" if they can, or if it has none."""
        if self._unknown:
            return f"its body is encoded as {', '.join(self._unknown)}, and may have a secret in it"
        if self._is_compressed and any(map(masker.finds, itertools.chain([self.beginning], self._windows))):
            return "its body is compressed, and has a secret in it"
        return ""


def _windows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Put pieces together to what can be searched at once; each window begins with the end of the one before."""
    window = bytearray()
    for piece in pieces:
        window += piece
        if len(window) >= MAX_BODY_BYTES:
            yield bytes(window)
            del window[:-_OVERLAP_BYTES]
    yield bytes(window)
