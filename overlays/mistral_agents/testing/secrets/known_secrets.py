"""Finds many secrets in a text at once, in every form that they can have on the wire."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from .readings import CUT, as_json, as_percent, readings

__all__ = ["MIN_SECRET_BYTES", "KnownSecrets"]

MIN_SECRET_BYTES = 6
"""Shorter texts are not masked: they would be found in many harmless texts. Keys and cookies are longer."""

# A search looks for the first bytes of each secret, this many of them. A secret without its backslashes is searched
# for, too (see readings.py). It can be shorter than MIN_SECRET_BYTES, so this number is smaller.
_BEGINNING_BYTES = 4
# Where a text has the first bytes of a secret, we look up the next bytes, at most this many, in a dict. We do not look
# up whole secrets: if they are images, whose first bytes occur at many places, this would take long.
_PREFIX_BYTES = 256
# An encoded character has no more bytes than this. It would have more only if it was encoded many times, one encoding
# upon the other, and nobody does that.
_CUT_BYTES = 400
# If there are no more beginnings than this, it is faster to search the text once for each of them. If there are more,
# it is faster to look at each place of the text once.
_FEW = 50


class KnownSecrets:
    """Secrets to search for. The time of a search grows with the size of the text, not with the number of secrets."""

    def __init__(self) -> None:
        self._secrets = set[bytes]()
        self._by_kind = {kind: _Needles() for kind in ("plain", "json", "percent", "both", "base64")}

    def add(self, secret: bytes) -> None:
        """Look for a secret from now on, if it is long enough."""
        if len(secret) < MIN_SECRET_BYTES or secret in self._secrets:
            return
        self._secrets.add(secret)
        percent, json = as_percent(secret), as_json(secret)
        forms = [("plain", secret), ("percent", percent), ("json", json), ("both", as_json(percent))]
        # The reading "both" first removes percent-encoding, and then the escapes of JSON. If a percent sign was written
        # as an escape of JSON (`\u0025`), this is too late: then the reading has the secret with percent-encoding. So
        # we search the reading for the percent-encoded secret, too.
        forms.append(("both", json.replace(b"+", b" ")))
        for kind, form in [*forms, *(("base64", each) for each in _base64_forms(secret))]:
            if len(form) >= _BEGINNING_BYTES:
                self._by_kind[kind].add(form)

    def found(self, text: bytes) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each secret in a text."""
        for kind, reading in readings(text) if self._secrets else ():
            for start, end in self._by_kind[kind].found(reading.data):
                yield reading.span(start, end)

    def unfinished_at(self, text: bytes) -> int:
        """If a text may end within a secret, return where this secret begins; otherwise return the text's length."""
        if not self._secrets:
            return len(text)
        cut = CUT.search(text, max(0, len(text) - _CUT_BYTES))
        whole = text if cut is None else text[: cut.start()]
        found = [len(whole), self._by_kind["plain"].unfinished_at(text)]
        for kind, reading in readings(whole):
            start = self._by_kind[kind].unfinished_at(reading.data)
            if start < len(reading.data):
                found.append(reading.span(start, start + 1)[0])
        return min(found)


class _Needles:
    """The texts to search for in decoded texts of one kind, such as "json" (see readings.py).

    Other threads may add more of them during a search.
    """

    def __init__(self) -> None:
        self._parts_of_beginnings = set[bytes]()
        """The first byte of each needle, its first two bytes, and so on, up to `_BEGINNING_BYTES - 1` bytes."""
        self._by_beginning: dict[bytes, list[bytes]] = {}
        """The needles, by their first `_BEGINNING_BYTES` bytes."""
        self._by_prefix: dict[bytes, list[bytes]] = {}
        """The needles, by their first `_PREFIX_BYTES` bytes, or, for a shorter needle, by all its bytes."""
        self._prefix_lengths: dict[bytes, list[int]] = {}
        """The lengths of the keys of `_by_prefix`, by the first `_BEGINNING_BYTES` bytes of these keys."""
        self._longest = 0

    def add(self, needle: bytes) -> None:
        beginning, prefix = needle[:_BEGINNING_BYTES], needle[:_PREFIX_BYTES]
        if needle in self._by_prefix.get(prefix, ()):
            return
        self._parts_of_beginnings.update(needle[:length] for length in range(1, _BEGINNING_BYTES))
        self._by_beginning.setdefault(beginning, []).append(needle)
        self._by_prefix.setdefault(prefix, []).append(needle)
        if len(prefix) not in (lengths := self._prefix_lengths.setdefault(beginning, [])):
            lengths.append(len(prefix))
        self._longest = max(self._longest, len(needle))

    def found(self, data: bytes) -> Iterator[tuple[int, int]]:
        for start in self._starts(data):
            for length in self._prefix_lengths[data[start : start + _BEGINNING_BYTES]]:
                for needle in self._by_prefix.get(data[start : start + length], ()):
                    if data.startswith(needle, start):
                        yield start, start + len(needle)

    def unfinished_at(self, data: bytes) -> int:
        for start in range(max(0, len(data) - self._longest), len(data)):
            beginning = data[start : start + _BEGINNING_BYTES]
            if len(beginning) < _BEGINNING_BYTES:
                if beginning in self._parts_of_beginnings:
                    return start
            elif any(each.startswith(data[start:]) for each in self._by_beginning.get(beginning, ())):
                return start
        return len(data)

    def _starts(self, data: bytes) -> Iterator[int]:
        known = self._prefix_lengths
        if len(known) > _FEW:
            size = _BEGINNING_BYTES
            yield from (start for start in range(len(data) - size + 1) if data[start : start + size] in known)
            return
        for beginning in list(known):
            start = data.find(beginning)
            while start >= 0:
                yield start
                start = data.find(beginning, start + 1)


def _base64_forms(secret: bytes) -> Iterator[bytes]:
    """Yield the three forms of a secret in base64: it can begin at the first, second or third byte of a group.

    The first and the last character of the encoded secret may also encode bits of the bytes beside it. The forms leave
    out such characters.
    """
    for offset in range(3):
        padded = base64.b64encode(bytes(offset) + secret)
        yield padded[-(-offset * 8 // 6) : (offset + len(secret)) * 8 // 6]
