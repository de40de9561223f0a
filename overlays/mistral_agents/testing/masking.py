"""Finds secrets in every form that they can have on the wire, and overwrites them before they reach a recording.

Each byte of a secret becomes another byte, so lengths, chunks and all other bytes stay the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from .named import Value, named_values
from .secret_forms import MIN_SECRET_BYTES, begun_pattern, field_pattern, secret_pattern
from .secret_headers import is_secret_header, kept_of, secrets_in
from .spread import joined_texts
from .traced import Traced, percent_decoded

__all__ = ["MASK", "Credentials", "Masker", "Masks"]

MASK = b"*"
# Replaces each digit of a number, so that it stays a number. It is not 0, because JSON numbers have no leading zeros.
_DIGIT = b"1"
_EVENTS = re.compile(rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n])data:")
_NUMBER = re.compile(rb"-?[0-9][0-9.eE+-]*")
_BEFORE_NUMBER = re.compile(rb"[\[:,]\s*\Z")
_AFTER_NUMBER = re.compile(rb"\s*(?:[\],}]|\Z)")
_PARAMETER = re.compile(rb"[?&]([^=&#]*)=([^&#]*)")


@attrs.frozen
class Masks:
    """What to mask, beside keys, cookies, and fields that the contract marks `writeOnly`.

    Args:
        headers: names of headers; their values are masked everywhere.
        fields: names of fields in JSON, and of parameters in a query; the texts and numbers in them are masked
            everywhere.
        patterns: regular expressions; matches are masked in addresses, headers and bodies.
    """

    headers: Sequence[str] = ()
    fields: Sequence[str] = ()
    patterns: Sequence[str] = ()


@attrs.frozen
class Credentials:
    """Fields of JSON that hold credentials; `words` are texts that are no secrets in them, such as a tag."""

    fields: Sequence[str] = ()
    words: Sequence[str] = ()


@attrs.frozen(order=True)
class _Spot:
    """A part of a body that has to be masked, from `start` to `end`."""

    start: int
    end: int
    is_number: bool


class Masker:
    """Knows secrets, learns more, and masks them.

    Args:
        masks: what to mask, beside keys and cookies.
        secrets: texts to mask from the beginning, such as a key from the environment.
        credentials: further fields of JSON to mask, such as those that the contract marks `writeOnly`.

    Raises:
        ValueError: a pattern is not a regular expression.
    """

    def __init__(
        self,
        masks: Masks = Masks(),  # it is frozen
        secrets: Iterable[str] = (),
        *,
        credentials: Credentials = Credentials(),  # the same
    ) -> None:
        self._headers = {name.lower() for name in masks.headers}
        named, further = frozenset(masks.fields), frozenset(credentials.fields) - frozenset(masks.fields)
        self._fields = named | further
        plain = frozenset(word.encode() for word in credentials.words)
        keys = ((named, frozenset[bytes]()), (further, plain))
        self._keys = [(field_pattern(names), known) for names, known in keys if names]
        self._patterns = [_compiled(text) for text in masks.patterns]
        self._secrets: dict[bytes, re.Pattern[bytes]] = {}
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Mask a text from now on."""
        data = secret.encode("utf-8", "surrogateescape")
        if len(data) >= MIN_SECRET_BYTES and data not in self._secrets:
            self._secrets = {**self._secrets, data: secret_pattern(data)}

    def learn_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Mask the values of secret headers from now on, also each cookie in them."""
        for name, value in headers:
            if self._is_secret(name):
                for secret in secrets_in(name, value):
                    self.learn(secret)

    def learn_fields(self, body: bytes) -> None:
        """Mask the values of the named fields of a body from now on. The body is JSON, or events with JSON."""
        for text in _texts(body) if self._keys else ():
            for value in self._values(text):
                self.learn(value.text.data.decode("utf-8", "surrogateescape"))

    def data(self, data: bytes) -> bytes:
        """Return a body with its secrets masked; it is as long as before."""
        return _painted(data, self._spots(data))

    def target(self, target: str) -> str:
        """Return an address with its secrets masked, also in the parameters of its query."""
        data = target.encode("utf-8", "surrogatepass")
        return _painted(data, self._spots_of_target(data)).decode("utf-8", "surrogatepass")

    def compared(self, data: bytes) -> bytes:
        """Return a body for comparing requests: each masked part is one byte, whatever the length of the secret."""
        return _collapsed(data, self._spots(data))

    def compared_target(self, target: str) -> str:
        """Return an address for comparing requests, in the same way."""
        data = target.encode("utf-8", "surrogatepass")
        return _collapsed(data, self._spots_of_target(data)).decode("utf-8", "surrogatepass")

    def chunks(self, chunks: Sequence[bytes]) -> list[bytes]:
        """Return the chunks of a body with its secrets masked, also a secret that begins in one and ends in another."""
        joined = self.data(b"".join(chunks))
        ends = [0]
        for chunk in chunks:
            ends.append(ends[-1] + len(chunk))
        return [joined[start:end] for start, end in itertools.pairwise(ends)]

    def text(self, text: str) -> str:
        """Return a text with its secrets masked."""
        return self.data(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def header(self, name: str, value: str) -> str:
        """Return a header's value with its secrets masked. Of a secret header, only a scheme like `Bearer` stays."""
        if not self._is_secret(name):
            return self.data(value.encode("latin-1", "replace")).decode("latin-1")
        kept = kept_of(value)
        return kept + MASK.decode() * (len(value) - len(kept))

    def finds(self, data: bytes) -> bool:
        """Return whether there is a secret in a body."""
        return next(self._spots(data), None) is not None

    def settled(self, body: bytes) -> int:
        """Return how much of a body that still arrives can be shown: all that cannot become part of a secret.

        Nobody knows where a match of a user's pattern will begin. So if there are patterns, it is nothing.
        """
        if self._patterns:
            return 0
        ends = [len(body)]
        for text in _texts(body, least=1):
            for secret in self._secrets:
                begun = (each.span() for each in begun_pattern(secret).finditer(text.data))
                ends += (text.starts[start] for start, end in begun if start < end == len(text.data))
        return min(ends)

    def _values(self, text: Traced) -> Iterator[Value]:
        """Yield the values of the named fields, except words that are no secrets there."""
        for key, plain in self._keys:
            yield from (each for each in named_values(text, key) if each.text.data not in plain)

    def _is_secret(self, name: str) -> bool:
        return name.lower() in self._headers or is_secret_header(name)

    def _spots(self, body: bytes) -> Iterator[_Spot]:
        for text in _texts(body):
            for pattern in [*self._secrets.values(), *self._patterns]:
                for found in pattern.finditer(text.data):
                    is_number = _is_number(text.data, *found.span())
                    yield from (_Spot(*span, is_number) for span in text.spans(*found.span()))
            for value in self._values(text):
                spans = value.text.spans(0, len(value.text.data))
                yield from (_Spot(*span, value.is_number) for span in spans)

    def _spots_of_target(self, target: bytes) -> Iterator[_Spot]:
        yield from self._spots(target)
        if not self._keys:
            return
        whole = Traced.of(target)
        for found in _PARAMETER.finditer(target):
            value = percent_decoded(whole.cut(*found.span(2)))
            if percent_decoded(whole.cut(*found.span(1))).data.decode("utf-8", "replace") in self._fields:
                yield _Spot(*found.span(2), is_number=False)
            for inner in self._values(value):
                yield from (_Spot(*span, inner.is_number) for span in inner.text.spans(0, len(inner.text.data)))


def _texts(body: bytes, least: int = 2) -> list[Traced]:
    """Return a body, and each text that is spread over at least `least` of its events."""
    return [Traced.of(body), *(joined_texts(body, least) if _EVENTS.search(body) else ())]


def _is_number(text: bytes, start: int, end: int) -> bool:
    """Return whether a match is a number in JSON, and not part of a string."""
    return bool(
        _NUMBER.fullmatch(text, start, end)
        and _BEFORE_NUMBER.search(text, max(0, start - 9), start)
        and _AFTER_NUMBER.match(text, end)
    )


def _painted(data: bytes, spots: Iterable[_Spot]) -> bytes:
    painted = bytearray(data)
    for spot in spots:
        old = data[spot.start : spot.end]
        painted[spot.start : spot.end] = re.sub(rb"[0-9]", _DIGIT, old) if spot.is_number else MASK * len(old)
    return bytes(painted)


def _collapsed(data: bytes, spots: Iterable[_Spot]) -> bytes:
    """Return data with one byte for each spot, and one byte for each part that was masked before."""
    parts, at = list[bytes](), 0
    for spot in sorted(spots):
        if spot.start >= at:
            parts += [data[at : spot.start], _DIGIT if spot.is_number else MASK]
        at = max(at, spot.end)
    return re.sub(re.escape(MASK) + b"+", MASK, b"".join([*parts, data[at:]]))


def _compiled(text: str) -> re.Pattern[bytes]:
    try:
        return re.compile(text.encode())
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from error
