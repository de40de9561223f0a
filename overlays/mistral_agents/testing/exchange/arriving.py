"""A body that is shown while it is sent. Its secrets are masked, even if a secret is split over several pieces."""

from __future__ import annotations

import codecs

from ..secrets.masking import Masker

__all__ = ["MAX_BYTES", "Arriving"]

MAX_BYTES = 20_000
"""How much of a body is shown: more than people read, and a thousand bodies of this size fit into memory."""


class Arriving:
    """A body of which more and more arrives.

    Args:
        masker: knows the secrets.
    """

    def __init__(self, masker: Masker) -> None:
        self.masker = masker
        self._data = bytearray()
        self._shown = 0
        self._advanced = (0, False)
        """How many bytes had arrived when `advance` was last called, and whether these were all."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.text = ""
        """What is shown so far."""
        self.over = False
        """Whether everything has arrived."""

    def add(self, data: bytes) -> None:
        """Take bytes that arrived."""
        self._data += data[: MAX_BYTES - len(self._data)]

    def advance(self) -> str:
        """Return the text that can be shown now and was not shown before.

        The last bytes that arrived may be the beginning of a secret. They are shown when more bytes have come.
        """
        arrived = (len(self._data), self.over)
        if arrived == self._advanced:
            return ""
        self._advanced = arrived
        body = bytes(self._data)
        whole = self.over and len(body) < MAX_BYTES  # the rest of a secret may be among the bytes that are left out
        end = len(body) if whole else self.masker.settled(body)
        if end <= self._shown and not whole:
            return ""
        # The whole body is masked again, because whether a piece is part of a secret depends on the text before it.
        new = self._decoder.decode(self.masker.data(body)[self._shown : end], final=whole)
        self._shown = end
        self.text += new
        return new
