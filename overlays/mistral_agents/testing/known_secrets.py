"""Finds many secrets in a text at once, in every form that they can have on the wire."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from .readings import CUT, as_json, as_percent, readings

__all__ = ["MIN_SECRET_BYTES", "KnownSecrets"]

MIN_SECRET_BYTES = 6
"""Shorter texts are not masked: they would be found in many harmless texts. Keys and cookies are longer."""

# A secret is found by its first bytes. In some readings it is shorter, because it has no backslashes there.
_BEGINNING_BYTES = 4
# What has the first bytes of a secret is looked up in a dict, with so many bytes at most. To look up whole secrets
# would take long if they are images, in which the same first bytes are at many places.
_HEAD_BYTES = 256
# An encoded character is shorter, unless it is encoded more often than anybody does.
_CUT_BYTES = 400
# To look for a few texts one after another is faster than to look at each byte. From about so many on, it is slower.
_FEW = 50


class KnownSecrets:
    """Secrets that are looked for. The time of a search grows with the size of the text, not with their number."""

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
        forms.append(("both", json.replace(b"+", b" ")))  # a percent sign in a secret may have been escaped itself
        for kind, form in [*forms, *(("base64", each) for each in _base64_forms(secret))]:
            if len(form) >= _BEGINNING_BYTES:
                self._by_kind[kind].add(form)

    def found(self, text: bytes) -> Iterator[tuple[int, int]]:
        """Yield the span of each secret in a text."""
        for kind, reading in readings(text) if self._secrets else ():
            for start, end in self._by_kind[kind].found(reading.data):
                yield reading.span(start, end)

    def begun(self, text: bytes) -> int:
        """Return where the end of a text begins that can be the beginning of a secret; its length if there is none."""
        if not self._secrets:
            return len(text)
        cut = CUT.search(text, max(0, len(text) - _CUT_BYTES))
        ends = [len(text) if cut is None else cut.start(), self._by_kind["plain"].begun(text)]
        for kind, reading in readings(text[: ends[0]]):
            start = self._by_kind[kind].begun(reading.data)
            if start < len(reading.data):
                ends.append(reading.span(start, start + 1)[0])
        return min(ends)


class _Needles:
    """Needles that are looked for together. Other threads may add some meanwhile."""

    def __init__(self) -> None:
        self._beginnings = set[bytes]()
        """The first bytes of each needle, fewer than in `_lengths`."""
        self._by_beginning: dict[bytes, list[bytes]] = {}
        self._by_head: dict[bytes, list[bytes]] = {}
        self._lengths: dict[bytes, list[int]] = {}
        """The lengths of the heads with each beginning."""
        self._longest = 0

    def add(self, needle: bytes) -> None:
        beginning, head = needle[:_BEGINNING_BYTES], needle[:_HEAD_BYTES]
        if needle in self._by_head.get(head, ()):
            return
        self._beginnings.update(needle[:length] for length in range(1, _BEGINNING_BYTES))
        self._by_beginning.setdefault(beginning, []).append(needle)
        self._by_head.setdefault(head, []).append(needle)
        if len(head) not in (lengths := self._lengths.setdefault(beginning, [])):
            lengths.append(len(head))
        self._longest = max(self._longest, len(needle))

    def found(self, data: bytes) -> Iterator[tuple[int, int]]:
        for start in self._starts(data):
            for length in self._lengths[data[start : start + _BEGINNING_BYTES]]:
                for needle in self._by_head.get(data[start : start + length], ()):
                    if data.startswith(needle, start):
                        yield start, start + len(needle)

    def begun(self, data: bytes) -> int:
        for start in range(max(0, len(data) - self._longest), len(data)):
            beginning = data[start : start + _BEGINNING_BYTES]
            if len(beginning) < _BEGINNING_BYTES:
                if beginning in self._beginnings:
                    return start
            elif any(each.startswith(data[start:]) for each in self._by_beginning.get(beginning, ())):
                return start
        return len(data)

    def _starts(self, data: bytes) -> Iterator[int]:
        known = self._lengths
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
    """Yield a secret within base64: it can begin at the first, second or third byte of a group.

    The first and last characters can also encode bits of neighbouring bytes. So a form has only those characters that
    encode nothing but the secret.
    """
    for offset in range(3):
        padded = base64.b64encode(bytes(offset) + secret)
        yield padded[-(-offset * 8 // 6) : (offset + len(secret)) * 8 // 6]
