"""Patterns that find a secret on the wire: as it is, percent- or JSON-encoded, or within base64."""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Iterator

__all__ = ["MIN_SECRET_BYTES", "begun_pattern", "field_pattern", "secret_pattern"]

MIN_SECRET_BYTES = 6
"""Shorter texts are not masked: they would be found in many harmless texts. Keys and cookies are longer."""

# The end of the data, also in the middle of a character: of its UTF-8, its escape, or a line break in base64.
_CUT = rb"(?:\\+(?:u[0-9A-Fa-f]{0,3}|r\\*)?|%[0-9A-Fa-f]*|[\x80-\xff]{1,3}|\r)?\Z"


def secret_pattern(secret: bytes) -> re.Pattern[bytes]:
    """Return a pattern that finds a secret as it is, percent- or JSON-encoded (also twice), and within base64."""
    return re.compile(b"|".join(map(b"".join, _forms(secret))))


@functools.lru_cache(maxsize=64)  # a page asks for it once for each piece of an answer
def begun_pattern(secret: bytes) -> re.Pattern[bytes]:
    """Return a pattern that also finds the beginning of a secret, in each form, if the data end there."""
    forms = ([b"(?:%b|%b)" % (each, _CUT) for each in form] for form in _forms(secret))
    return re.compile(b"|".join(map(b"".join, forms)))


def field_pattern(names: frozenset[str]) -> re.Pattern[bytes]:
    """Return a pattern that finds the names of fields in JSON, with their quotes and the colon."""
    forms = [b"".join(map(_json_character, name)) for name in sorted(names)]
    return re.compile(b'"(?:' + b"|".join(forms) + rb')"\s*:')


def _forms(secret: bytes) -> Iterator[list[bytes]]:
    """Yield the forms of a secret, each as the patterns of its characters."""
    yield list(map(_character, secret.decode("utf-8", "surrogateescape")))
    yield from _base64_forms(secret)


def _character(character: str) -> bytes:
    """Return a pattern that finds a character in each of its encodings."""
    data = character.encode("utf-8", "surrogateescape")
    plain = [re.escape(data)]
    percent = b"".join(rb"%%(?:25)*(?i:%02x)" % byte for byte in data)
    if character in '"\\/':
        plain.insert(0, rb"\\+" + re.escape(data))
    if character == " ":
        plain.append(rb"\+")
    return b"(?:" + b"|".join([*plain, percent, _escaped(character)]) + b")"


def _json_character(character: str) -> bytes:
    data = re.escape(character.encode("utf-8", "surrogateescape"))
    short = rb"\\" + data if character in '"\\/' else data
    return b"(?:" + b"|".join([short, _escaped(character), *([data] if character == "/" else [])]) + b")"


def _escaped(character: str) -> bytes:
    units = character.encode("utf-16-be", "surrogatepass")
    return b"".join(rb"\\+u(?i:%02x%02x)" % (units[at], units[at + 1]) for at in range(0, len(units), 2))


def _base64_forms(secret: bytes) -> Iterator[list[bytes]]:
    """Yield the patterns of a secret within base64: it can begin at the first, second or third byte of a group.

    The first and last characters can also encode bits of neighbouring bytes. So a pattern has only those characters
    that encode nothing but the secret.
    """
    for offset in range(3):
        padded = base64.b64encode(bytes(offset) + secret)
        first = -(-offset * 8 // 6)
        last = (offset + len(secret)) * 8 // 6
        inner = padded[first:last]
        if len(inner) >= MIN_SECRET_BYTES:
            yield list(map(_base64_character, inner.decode()))


def _base64_character(character: str) -> bytes:
    other = {"+": "-", "/": "_"}.get(character)
    found = _character(character)
    wrapped = found if other is None else b"(?:" + found + b"|" + _character(other) + b")"
    return wrapped + rb"(?:\r?\n|\\+r\\+n|\\+n)?"
