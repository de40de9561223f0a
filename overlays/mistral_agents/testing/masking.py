"""Finds secrets in every form that they can have on the wire, and overwrites them before they reach a recording.

Each byte of a secret becomes another byte, so lengths, chunks and all other bytes stay the same.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

__all__ = ["MASK", "Masker", "Masks"]

MASK = b"*"
# A key or a cookie is longer; a word of fewer bytes would be found in half of all texts.
_MIN_SECRET_BYTES = 6
# These headers are always masked. Of a value like `Bearer KEY` the first word stays.
_SECRET_HEADERS = frozenset(
    ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token"]
)
_SCHEMES = re.compile(r"(?i)^(bearer|basic|digest|token)\s+")
_COOKIE_VALUE = re.compile(r"(?:^|;)\s*([^=;\s]+)=\"?([^;\"]*)")
# Attributes of a cookie, which are no secrets: RFC 6265, section 4.1.
_COOKIE_ATTRIBUTES = frozenset(["expires", "max-age", "domain", "path", "samesite"])


@attrs.frozen
class Masks:
    """What to mask, beside keys and cookies.

    Args:
        headers: names of headers; their values are masked everywhere.
        fields: names of fields in JSON; the texts and numbers in them are masked everywhere.
        patterns: regular expressions; matches are masked in addresses, headers and bodies.
    """

    headers: Sequence[str] = ()
    fields: Sequence[str] = ()
    patterns: Sequence[str] = ()

    def as_yaml(self) -> dict[str, list[str]]:
        """Return what stands in a recording, so that replaying it masks alike."""
        return {name: list(value) for name, value in attrs.asdict(self).items() if value}


class Masker:
    """Knows secrets, learns more, and masks them.

    Args:
        masks: what to mask, beside keys and cookies.
        secrets: texts to mask from the beginning, such as a key from the environment.

    Raises:
        ValueError: a pattern is not a regular expression.
    """

    def __init__(self, masks: Masks = Masks(), secrets: Iterable[str] = ()) -> None:  # it is frozen
        self._headers = _SECRET_HEADERS | {name.lower() for name in masks.headers}
        self._fields = frozenset(masks.fields)
        self._patterns = [_compiled(text) for text in masks.patterns]
        self._secrets: dict[bytes, re.Pattern[bytes]] = {}
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Mask a text from now on."""
        data = secret.encode("utf-8", "surrogateescape")
        if len(data) >= _MIN_SECRET_BYTES and data not in self._secrets:
            self._secrets = {**self._secrets, data: _pattern(data)}

    def learn_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Mask the values of secret headers from now on, each cookie by itself."""
        for name, value in headers:
            if name.lower() not in self._headers:
                continue
            secret = _SCHEMES.sub("", value)
            self.learn(secret)
            if name.lower() in ("cookie", "set-cookie"):
                for cookie, text in _COOKIE_VALUE.findall(value):
                    if cookie.lower() not in _COOKIE_ATTRIBUTES:
                        self.learn(text)
            if name.lower().endswith("authorization") and value[:6].lower() == "basic ":
                self._learn_basic(secret)

    def learn_fields(self, body: bytes) -> None:
        """Mask what is in the named fields of a body, JSON or events with JSON, from now on."""
        if self._fields:
            for content in _contents(body):
                for value in _named(content, self._fields):
                    self.learn(value)

    def data(self, data: bytes) -> bytes:
        """Return a body, or part of an address, with its secrets masked; it is as long as before."""
        for pattern in [*self._secrets.values(), *self._patterns]:
            data = pattern.sub(_masked, data)
        return _mask_fields(data, self._fields) if self._fields else data

    def chunks(self, chunks: Sequence[bytes]) -> list[bytes]:
        """Return the chunks of a body with its secrets masked, also those that begin in one and end in another."""
        joined = self.data(b"".join(chunks))
        ends = [0]
        for chunk in chunks:
            ends.append(ends[-1] + len(chunk))
        return [joined[start:end] for start, end in itertools.pairwise(ends)]

    def text(self, text: str) -> str:
        """Return a text with its secrets masked."""
        return self.data(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def header(self, name: str, value: str) -> str:
        """Return the value of a header with its secrets masked: all of it, if it is a secret header."""
        if name.lower() not in self._headers:
            return self.data(value.encode("latin-1", "replace")).decode("latin-1")
        scheme = _SCHEMES.match(value)
        kept = scheme[0] if scheme else ""
        return kept + MASK.decode() * (len(value) - len(kept))

    def finds(self, data: bytes) -> bool:
        """Tell whether there is a secret in a body."""
        return self.data(data) != data

    def _learn_basic(self, secret: str) -> None:
        try:
            user_and_password = base64.b64decode(secret, validate=True).decode("utf-8")
        except ValueError:
            return
        self.learn(user_and_password)
        self.learn(user_and_password.partition(":")[2])


def _compiled(text: str) -> re.Pattern[bytes]:
    try:
        return re.compile(text.encode())
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from error


def _masked(found: re.Match[bytes]) -> bytes:
    return MASK * len(found[0])


def _pattern(secret: bytes) -> re.Pattern[bytes]:
    """Return what finds a secret as it is, percent- or JSON-encoded (also twice), and within base64."""
    text = secret.decode("utf-8", "surrogateescape")
    forms = [b"".join(map(_character, text)), *_base64_forms(secret)]
    return re.compile(b"|".join(forms))


def _character(character: str) -> bytes:
    """Return what finds a character in each of the forms that it can have."""
    data = character.encode("utf-8", "surrogateescape")
    plain = [re.escape(data)]
    percent = b"".join(rb"%%(?:25)*(?i:%02x)" % byte for byte in data)
    units = character.encode("utf-16-be", "surrogatepass")
    escaped = b"".join(rb"\\+u(?i:%02x%02x)" % (units[at], units[at + 1]) for at in range(0, len(units), 2))
    if character in '"\\/':
        plain.insert(0, rb"\\+" + re.escape(data))
    if character == " ":
        plain.append(rb"\+")
    return b"(?:" + b"|".join([*plain, percent, escaped]) + b")"


def _base64_forms(secret: bytes) -> Iterator[bytes]:
    """Yield what finds a secret within base64: it begins at one of three places in a group of bytes.

    The characters at its edges stand for bits of their neighbours as well; those that stand for the secret alone tell.
    """
    for offset in range(3):
        padded = base64.b64encode(bytes(offset) + secret)
        first = -(-offset * 8 // 6)
        last = (offset + len(secret)) * 8 // 6
        inner = padded[first:last]
        if len(inner) >= _MIN_SECRET_BYTES:
            yield b"".join(map(_base64_character, inner.decode()))


def _base64_character(character: str) -> bytes:
    other = {"+": "-", "/": "_"}.get(character)
    found = _character(character)
    wrapped = found if other is None else b"(?:" + found + b"|" + _character(other) + b")"
    return wrapped + rb"(?:\r?\n|\\+r\\+n|\\+n)?"


def _contents(body: bytes) -> Iterator[Any]:
    """Yield what JSON is in a body: the whole, or the data of its events."""
    texts = [body]
    if re.search(rb"(?m)^data:", body):
        blocks = re.split(rb"(?:\r\n|\r|\n){2,}", body)
        texts = [b"\n".join(re.findall(rb"(?m)^data: ?(.*?)\r?$", block)) for block in blocks]
    for text in texts:
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            continue


def _named(content: Any, names: frozenset[str]) -> Iterator[str]:
    """Yield the texts and numbers in fields with these names, also in JSON that is a text within JSON."""
    waiting = [(content, False)]
    while waiting:
        value, secret = waiting.pop()
        if isinstance(value, Mapping):
            waiting += [(inner, secret or name in names) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(inner, secret) for inner in value]
        elif secret and isinstance(value, (str, int, float)) and not isinstance(value, bool):
            yield value if isinstance(value, str) else json.dumps(value)
        elif isinstance(value, str) and value[:1] in ("{", "["):
            waiting += [(inner, secret) for inner in _contents(value.encode("utf-8", "surrogatepass"))]


def _mask_fields(data: bytes, names: frozenset[str]) -> bytes:
    """Mask texts and numbers that stand in a named field itself, however short; digits become zeros."""
    for name in names:
        key = rb"\\*\"" + re.escape(json.dumps(name)[1:-1].encode()) + rb"\\*\"\s*:\s*"
        plain = rb"(" + key + rb"\")((?:\\.|[^\"\\])*)"
        data = re.sub(plain, lambda found: found[1] + MASK * len(found[2]), data, flags=re.DOTALL)
        inner = rb"(" + key + rb"(\\+)\")(.*?)(?=(?<!\\)\2\")"  # in JSON that is a text within JSON
        data = re.sub(inner, lambda found: found[1] + MASK * len(found[3]), data, flags=re.DOTALL)
        number = rb"(" + key + rb")(-?[0-9][0-9.eE+-]*)"
        data = re.sub(number, lambda found: found[1] + re.sub(rb"[0-9]", b"0", found[2]), data)
    return data
