"""Joins the pieces of texts that a stream sends in one event after another."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator

import attrs

from .traced import TOKENS, Traced, inside, joined, unescaped

__all__ = ["MAX_DEPTH", "joined_texts", "texts_of"]

MAX_DEPTH = 200
"""How many steps of a text's place are kept.

The place of a text is the path to it: one step for each object or list around the text. Without this limit, the work
would grow with the square of the depth. `Mistral` refuses JSON that is nested deeper than this.
"""

_LINES = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")
_DATA = re.compile(rb"(?:\xef\xbb\xbf)?data: ?")
_JSON = re.compile(rb"\s*[{\[\"]")
# A field whose name ends with this says which choice, call or entry a piece belongs to: `index`, `output_index`, ...
_INDEX = b'index"'


def joined_texts(body: bytes, least: int = 2) -> list[Traced]:
    """Return the texts of a stream, each with its pieces joined.

    - Texts at the same place in the data of several events are pieces of one text. All data that are not JSON are
      pieces of one other text.
    - If the data of one event have several lines, the lines are pieces of one text, too.

    Texts of the first kind are left out if they have fewer pieces than `least`.
    """
    pieces: dict[Hashable, list[Traced]] = {}
    whole = list[Traced]()
    for data in _events(Traced.of(body)):
        if data.gaps:
            whole.append(data)
        if not _JSON.match(data.data):
            pieces.setdefault("not JSON", []).append(data)
        for place, text in texts_of(data):
            pieces.setdefault(place, []).append(unescaped(text))
    return [*whole, *(joined(each) for each in pieces.values() if len(each) >= least)]


def _events(body: Traced) -> Iterator[Traced]:
    """Yield the data of each event. The last event may be cut off."""
    lines = list[Traced]()
    for line in _LINES.finditer(body.data):
        if (name := _DATA.match(line[1])) is not None:
            lines.append(body.cut(line.start(1) + name.end(), line.end(1)))
        elif not line[1] and lines:
            yield joined(lines) if len(lines) > 1 else lines[0]
            lines = []


@attrs.define
class _Holder:
    """An object or a list of JSON that is being read, and the position of the reader in it."""

    is_object: bool
    name: bytes = b""
    position: int = 0
    awaits_name: bool = attrs.field(init=False)
    indexes: dict[bytes, bytes] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.awaits_name = self.is_object

    def go_on(self) -> None:
        """Go on to the next field or item, after a comma."""
        self.awaits_name = self.is_object
        self.position += not self.is_object

    def take(self, token: bytes) -> bool:
        """Take a name, a text or a number; return whether it is a text."""
        if self.awaits_name:
            self.name, self.awaits_name = token, False
            return False
        if self.is_object and self.name.endswith(_INDEX):
            self.indexes[self.name] = token
        return token.startswith(b'"')


def texts_of(text: Traced) -> Iterator[tuple[tuple[Hashable, ...], Traced]]:
    """Yield each text in JSON with its place (see `MAX_DEPTH`).

    A step into a list is the position in the list. A step into an object is the name of the field, with the values of
    all fields of the object whose names end in `index`. So texts with different indexes have different places.
    """
    found = list[tuple[list[tuple[_Holder, bytes, int]], Traced]]()
    holders = list[_Holder]()
    for token in TOKENS.finditer(text.data):
        if token[0] in (b"{", b"["):
            holders.append(_Holder(token[0] == b"{"))
        elif token[0] in (b"}", b"]"):
            del holders[-1:]
        elif token[0] == b":" or not (holders or token[0].startswith(b'"')):
            continue
        elif token[0] == b",":
            holders[-1].go_on()
        elif not holders or holders[-1].take(token[0]):
            found.append(([(each, each.name, each.position) for each in holders[:MAX_DEPTH]], inside(text, token)))
    for path, inner in found:  # after the loop, because an index may come after the text that it belongs to
        yield tuple((name, position, *sorted(each.indexes.items())) for each, name, position in path), inner
