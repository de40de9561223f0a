"""Finds secrets in every form that they can have on the wire, and overwrites them before they reach a recording.

A mask is as long as the secret: each byte becomes `*` or, in a JSON number, each digit becomes `1`. So lengths, chunks
and all other bytes stay the same.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from .known_secrets import KnownSecrets
from .named import SECRET_FIELDS, Fields, Value, form_parameters, named_values, query_parameters
from .painting import MASK, Spot, collapsed, escape_at, painted, painted_json, spots_of
from .secret_headers import is_secret_name, kept_of, secrets_in
from .spread import joined_texts
from .traced import Traced

__all__ = ["MASK", "Credentials", "Masker", "Masks"]

_EVENTS = re.compile(rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n])data:")
# These headers say how long the body is. If they were masked, a replay could not send the body as HTTP.
_FRAMING_HEADERS = frozenset(["content-length", "transfer-encoding"])


@attrs.frozen
class Masks:
    """What to mask besides keys, cookies, and fields that the contract marks `writeOnly`."""

    headers: Sequence[str] = ()
    """Names of headers; their values are masked everywhere."""
    fields: Sequence[str] = ()
    """Names of fields in JSON, and of parameters in a query or a form.

    The texts and numbers in them are masked everywhere.
    """
    patterns: Sequence[str] = ()
    """Regular expressions; matches are masked in addresses, headers and bodies."""


@attrs.frozen
class Credentials:
    """Fields of JSON that hold credentials.

    A text in `words` is not a secret, even in such a field: it may be the constant that names the type of an object.
    """

    fields: Sequence[str] = ()
    words: Sequence[str] = ()


class Masker:
    """Knows secrets, learns more, and masks them.

    Args:
        masks: what to mask besides keys and cookies.
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
        kinds = (Fields.of(named), Fields.of(further, credentials.words))
        self._kinds = [*(each for each in kinds if each is not None), SECRET_FIELDS]
        self._patterns = [_compiled(text) for text in masks.patterns]
        self._secrets = KnownSecrets()
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Mask a text from now on."""
        data = secret.encode("utf-8", "surrogateescape")
        if data.strip(MASK):  # otherwise it was masked already
            self._secrets.add(data)

    def learn_request(self, target: str, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        """Find the secrets in a request's headers, address and body, and mask them from now on."""
        self.learn_headers(headers)
        self._learn(self._parameters(query_parameters(_bytes(target))))
        self.learn_fields(body)

    def learn_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Mask the values of secret headers, and each cookie in them, from now on."""
        for name, value in headers:
            if self._is_secret(name):
                for secret in secrets_in(name, value):
                    self.learn(secret)

    def learn_fields(self, body: bytes) -> None:
        """Mask the values of named fields of a body from now on. The body is JSON, events with JSON, or a form."""
        for text in _texts(body):
            self._learn(self._values(text))
        self._learn(self._parameters(form_parameters(body)))

    def data(self, data: bytes) -> bytes:
        """Return a body with its secrets masked; it is as long as before."""
        return painted(data, self._spots(data))

    def target(self, target: str) -> str:
        """Return an address with its secrets masked, also in the parameters of its query."""
        data = _bytes(target)
        return painted(data, self._spots_of_target(data)).decode("utf-8", "surrogatepass")

    def compared(self, data: bytes) -> bytes:
        """Return a body to compare with others. One byte replaces each secret, so that its length does not count."""
        return collapsed(data, self._spots(data))

    def compared_target(self, target: str) -> str:
        """Return an address to compare with others, in the same way."""
        data = _bytes(target)
        return collapsed(data, self._spots_of_target(data)).decode("utf-8", "surrogatepass")

    def chunks(self, chunks: Sequence[bytes]) -> list[bytes]:
        """Return the chunks of a body with its secrets masked. A secret may begin in one chunk and end in another."""
        joined = self.data(b"".join(chunks))
        ends = [0]
        for chunk in chunks:
            ends.append(ends[-1] + len(chunk))
        return [joined[start:end] for start, end in itertools.pairwise(ends)]

    def text(self, text: str) -> str:
        """Return a text with its secrets masked."""
        return self.data(_bytes(text)).decode("utf-8", "surrogatepass")

    def content(self, content: Any) -> Any:
        """Return the content of JSON with its secrets masked."""
        data = json.dumps(content).encode()
        spots = [*self._spots(data)]
        try:
            return json.loads(painted(data, spots))
        except ValueError:  # a pattern matched more than texts and numbers
            return json.loads(painted_json(data, spots))

    def header(self, name: str, value: str) -> str:
        """Return a header's value with its secrets masked. In a secret header, only a scheme like `Bearer` is kept."""
        if name.lower() in _FRAMING_HEADERS:
            return value
        if not self._is_secret(name):
            if not value.isascii():  # its bytes were UTF-8 or Latin-1, so mask it as both
                value = self.data(_bytes(value)).decode("utf-8", "replace")
            return self.data(value.encode("latin-1", "replace")).decode("latin-1")
        kept = kept_of(value)
        return kept + MASK.decode() * (len(value) - len(kept))

    def finds(self, data: bytes) -> bool:
        """Return whether there is a secret in a body."""
        return next(self._spots(data), None) is not None

    def settled(self, body: bytes) -> int:
        """Return how many of the first bytes of a body that is still arriving can be shown.

        The bytes after these could be the beginning of a secret. If there are patterns, the result is 0, because a
        match of a pattern could begin anywhere.
        """
        if self._patterns:
            return 0
        ends = [len(body)]
        for text in _texts(body, least=1):
            start = escape_at(text.data, self._secrets.unfinished_at(text.data))
            ends += text.starts[start : start + 1]
        return min(ends)

    def _learn(self, values: Iterable[Value]) -> None:
        for value in values:
            self.learn(value.text.data.decode("utf-8", "surrogateescape"))

    def _values(self, text: Traced) -> Iterator[Value]:
        """Yield the values of fields that hold secrets, without the words that are harmless there."""
        for kind in self._kinds:
            if kind.may_be_in(text.data):
                yield from (each for each in named_values(text, kind) if each.text.data not in kind.words)

    def _parameters(self, parameters: Iterable[tuple[str, Traced]]) -> Iterator[Value]:
        """Yield the values of secret parameters. If a parameter is JSON, yield the values of its secret fields, too."""
        for name, text in parameters:
            if name in self._fields or is_secret_name(name):
                yield Value(text, is_number=False)
            yield from self._values(text)

    def _is_secret(self, name: str) -> bool:
        return name.lower() in self._headers or is_secret_name(name)

    def _spots(self, body: bytes) -> Iterator[Spot]:
        for text in _texts(body):
            matches = (each.span() for pattern in self._patterns for each in pattern.finditer(text.data))
            for found in itertools.chain(self._secrets.found(text.data), matches):
                yield from spots_of(text, *found)
            yield from _spots_of_values(self._values(text))
        yield from _spots_of_values(self._parameters(form_parameters(body)))

    def _spots_of_target(self, target: bytes) -> Iterator[Spot]:
        yield from self._spots(target)
        yield from _spots_of_values(self._parameters(query_parameters(target)))


def _spots_of_values(values: Iterable[Value]) -> Iterator[Spot]:
    for value in values:
        for span in value.text.spans(0, len(value.text.data)):
            yield Spot(*span, value.is_number)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _texts(body: bytes, least: int = 2) -> list[Traced]:
    """Return a body, and each text that is spread over at least `least` of its events."""
    return [Traced.of(body), *(joined_texts(body, least) if _EVENTS.search(body) else ())]


def _compiled(text: str) -> re.Pattern[bytes]:
    try:
        return re.compile(text.encode())
    except (re.error, OverflowError, RecursionError) as error:  # a number is too large, or the groups are too deep
        raise ValueError(f"{text!r} is not a regular expression: {error}") from error
