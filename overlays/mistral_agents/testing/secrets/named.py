"""Finds the values of named fields in JSON, and of parameters in addresses and forms."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator

import attrs

from .readings import as_json
from .secret_headers import is_secret_field
from .traced import STRING, TOKENS, Traced, inside, percent_decoded, unescaped

__all__ = ["SECRET_FIELDS", "Fields", "Value", "form_parameters", "named_values", "query_parameters"]

_QUOTE = re.compile(rb"\\(?:\"|u0022)")
_COLON = re.compile(rb"\s*:")
_OPENING = re.compile(rb"\s*[{\[]")
_QUERY = re.compile(rb"[?&]([^=&#]*)=([^&#]*)")
_PLAIN_NAME = re.compile(r"[\w.-]+", re.ASCII)
_FORM = re.compile(rb"[^\s{}\"<>=]{1,200}=")
_FORM_FIELD = re.compile(rb"(?:\A|&)([^=&]*)=([^&\r\n]*)")


@attrs.frozen
class Value:
    """A text without its escapes, or a number."""

    text: Traced
    is_number: bool


@attrs.frozen(slots=False)  # for the cached property
class Fields:
    """Fields that are masked."""

    key: re.Pattern[bytes]
    """Matches the name of such a field, with the quotes around it and the colon after it."""
    words: Collection[bytes] = ()
    """Texts that are no secrets in these fields."""
    accepts: Callable[[bytes], bool] = lambda _: True  # attrs makes it a field, not a method
    """Tells whether a match of `key` is such a field."""
    endings: Collection[str] = ()
    """How the names of such fields end, in upper or lower case; empty if that is unknown."""
    is_deep: bool = True
    """Whether everything inside the fields is masked; otherwise only a text or a number that is the value itself."""

    @classmethod
    def of(cls, names: Collection[str], words: Iterable[str] = ()) -> Fields | None:
        """Return the fields with these names; None if there are no names."""
        forms = [b"".join(map(_json_character, name)) for name in sorted(names)]
        key = re.compile(b'"(?:' + b"|".join(forms) + rb')"\s*:')
        endings = names if all(map(_PLAIN_NAME.fullmatch, names)) else ()
        return cls(key, frozenset(word.encode() for word in words), endings=endings) if names else None

    def may_be_in(self, text: bytes) -> bool:
        """Tell quickly whether a text may have such fields."""
        if not self.endings:
            return True
        data = (as_json(text) if b"\\u" in text else text).lower()
        return any(map(data.__contains__, self._hints))

    @functools.cached_property
    def _hints(self) -> list[bytes]:
        """Byte strings to search for: if a text has one of the fields, the text in lower case has one of these strings.

        Each is the end of a field's name and the next character: the quote or, in JSON within JSON, the backslash
        before it.
        """
        return [ending.lower().encode() + quote for ending in self.endings for quote in (b'"', b"\\")]


def _is_secret_key(key: bytes) -> bool:
    return is_secret_field(key.rpartition(b'"')[0].rpartition(b'"')[2].decode("utf-8", "replace"))


_ENDINGS = ("jwt", "key", "passphrase", "passwd", "password", "pwd", "secret", "token")
SECRET_FIELDS = Fields(
    re.compile(rf'(?i)"[^"\\]{{0,99}}(?:{"|".join(_ENDINGS)})"\s*:'.encode()),
    # JSON that describes types may say `"token": "string"`. The names of types are not secrets.
    frozenset([b"array", b"boolean", b"integer", b"null", b"number", b"object", b"string"]),
    _is_secret_key,
    _ENDINGS,
    is_deep=False,
)
"""Fields whose names say that they hold a secret."""


def named_values(text: Traced, fields: Fields) -> Iterator[Value]:
    """Yield the texts and numbers in the named fields of JSON, at any depth.

    A string of the JSON may hold JSON itself: its fields count, too. The JSON may be part of another text, and may be
    cut off.
    """
    covered, read = 0, set[int]()
    for found in fields.key.finditer(text.data):
        if found.start() < covered or not fields.accepts(found[0]):
            continue  # this field is inside another named field, whose values have been found
        if not fields.is_deep and _OPENING.match(text.data, found.end()):
            continue
        end = yield from _values(text, found.end(), read)
        if end is not None and _is_json(text.data[found.end() : end]):  # damaged JSON perhaps ends elsewhere
            covered = end
    for string in STRING.finditer(text.data):
        if _QUOTE.search(string[0]):  # JSON inside a string has escaped quotes
            yield from named_values(unescaped(inside(text, string)), fields)


def query_parameters(target: bytes) -> Iterator[tuple[str, Traced]]:
    """Yield the parameters in the query of an address: their names, and their values without percent-encoding."""
    return _parameters(target, _QUERY)


def form_parameters(body: bytes) -> Iterator[tuple[str, Traced]]:
    """Yield the fields of a form (application/x-www-form-urlencoded) in the same way; none if a body is not a form."""
    return _parameters(body, _FORM_FIELD) if _FORM.match(body) else iter(())


def _parameters(data: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[str, Traced]]:
    whole = Traced.of(data)
    for found in pattern.finditer(data):
        name = percent_decoded(whole.cut(*found.span(1))).data.decode("utf-8", "replace")
        yield name, percent_decoded(whole.cut(*found.span(2)))


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _values(text: Traced, at: int, read: set[int]) -> Generator[Value, None, int | None]:
    """Yield the texts and numbers in the value that begins at `at`, but not the names of its fields.

    Return the end of an object or a list. For any other value, return `at`.

    An object or a list may have no end, because the JSON was cut off. Then it is read up to the end of the text, the
    result is None, and the places of its tokens are added to `read`. If a later call reads
    another value without an end, it stops at the first of these places: from there on, everything has been read.
    """
    depth, places = 0, list[int]()
    for token in TOKENS.finditer(text.data, at):
        if depth and token.start() in read:
            break
        places.append(token.start())
        first = token[0][:1]
        if first in b"{[":
            depth += 1
        elif first in b"}]":
            depth -= 1
        elif first == b'"':
            if not (depth and _COLON.match(text.data, token.end())):
                yield Value(unescaped(inside(text, token)), is_number=False)
        elif first in b"-0123456789":
            yield Value(text.cut(*token.span()), is_number=True)
        if depth <= 0:
            return token.end() if first in b"}]" else at
    read.update(places if depth else ())
    return None if depth else at


def _json_character(character: str) -> bytes:
    data = re.escape(character.encode("utf-8", "surrogateescape"))
    short = rb"\\" + data if character in '"\\/' else data
    return b"(?:" + b"|".join([short, _escaped(character), *([data] if character == "/" else [])]) + b")"


def _escaped(character: str) -> bytes:
    units = character.encode("utf-16-be", "surrogatepass")
    return b"".join(rb"\\+u(?i:%02x%02x)" % (units[at], units[at + 1]) for at in range(0, len(units), 2))
