"""The events of a conversation: how they become one answer, and what they add to its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._events import Family
from ._joining import Fields, content_of, first_name, latest, text_of
from ._surrogates import joined

_MESSAGE = "message.output"
_FUNCTION_CALL = "function.call"
# Fields of an event that are not copied to its entry. An entry has its own `type` and `created_at` (see `_entry`).
_OF_AN_EVENT = frozenset({"type", "created_at", "output_index", "content_index"})
# Fields that each event repeats as a whole. Strings in all other fields are fragments.
_WHOLE = frozenset(
    {"id", "model", "agent_id", "role", "name", "function", "tool_call_id", "confirmation_status"}
    | {f"{which}_agent_{what}" for which in ("previous", "next") for what in ("id", "name")}
)


class Conversations(Family):
    """Events with the schema `ConversationEventsData`; they become a `ConversationResponse`."""

    def text(self, data: Any) -> str:
        """Return the text that an event adds to the messages. Thinking is left out."""
        if getattr(data, "type", None) != f"{_MESSAGE}.delta":
            return ""
        content = getattr(data, "content", None)
        return text_of(content if isinstance(content, str) else [content])

    def assemble(self, events: Iterable[Any]) -> dict[str, Any]:
        """Put events together into one answer (`ConversationResponse`), its entries in order of `output_index`."""
        about: list[Fields] = [{"object": "conversation.response"}]
        entries = _Entries()
        done = False
        for event in events:
            kind = event.get("type")
            if kind in ("conversation.response.started", "conversation.response.done"):
                done = kind.endswith("done")
                about.append({name: value for name, value in event.items() if name not in _OF_AN_EVENT})
            else:
                entries.add(event)
        answer = latest([*about[:2], {"outputs": entries.whole(done=done)}, *about[2:]])
        # An answer without streaming always has this field. A stream has none if no guardrail has found anything.
        return {**answer, "guardrails": answer.get("guardrails")} if done else answer


class _Entries:
    """The entries of an answer, each with its events."""

    def __init__(self) -> None:
        self._events: list[list[Fields]] = []
        self._names: list[dict[str, str]] = []  # identifiers and function name of each entry
        # For each key, the position of its last entry. A key is (index, kind) or (index, kind, field, identifier).
        self._last: dict[tuple[Any, ...], int] = {}

    def add(self, event: Fields) -> None:
        """Add an event; ignore it if it belongs to no entry."""
        kind, _, step = str(event.get("type")).rpartition(".")
        index = event.get("output_index")
        if not kind or step not in ("started", "delta", "done") or not (index is not None or event.get("id")):
            return
        index = index if isinstance(index, int) else 0
        fields = ("tool_call_id", "id", "name") if kind == _FUNCTION_CALL else ("id",)
        names = {field: name for field in fields if (name := first_name([event], field))}
        keys: list[tuple[Any, ...]] = [(index, kind, field, names[field]) for field in fields[:2] if field in names]
        keys.append((index, kind))
        place = self._place(keys, names)
        if place == len(self._events):
            self._events.append([])
            self._names.append({})
        self._last |= dict.fromkeys(keys, place)
        self._names[place] |= names
        self._events[place].append(event)

    def _place(self, keys: Iterable[tuple[Any, ...]], names: Mapping[str, str]) -> int:
        """Return the position of the entry that an event belongs to, or of a new entry.

        For each key in turn, look at the last entry with an event that had the same key (see `_last`). `names` has the
        identifiers and the function name of the event. If the entry has another value for one of them, the event is of
        another entry. A name that the entry does not have yet is ignored. The function name counts, because two calls
        may have the same index and identifiers.
        """
        for key in keys:
            place = self._last.get(key)
            if place is not None and all(self._names[place].get(field, name) == name for field, name in names.items()):
                return place
        return len(self._events)

    def whole(self, *, done: bool) -> list[dict[str, Any]]:
        """Return the entries. All but the last are complete. The last is complete if the answer is done."""
        placed = sorted(self._events, key=lambda events: _index(events[0]))
        last = self._events[-1] if self._events else None
        return [_entry(events, complete=done or events is not last) for events in placed]


def _index(event: Fields) -> int:
    index = event.get("output_index")
    return index if isinstance(index, int) else 0


def _entry(events: list[Fields], *, complete: bool) -> dict[str, Any]:
    """Put the events of one entry together."""
    kind, _, step = str(events[-1]["type"]).rpartition(".")
    fields = [{name: value for name, value in each.items() if name not in _OF_AN_EVENT} for each in events]
    entry: dict[str, Any] = {"object": "entry", "type": kind}
    times = [each["created_at"] for each in events if each.get("created_at")]
    if times:
        entry["created_at"] = times[0]
        # No event says that a message is complete, so it is complete when the next entry begins or the answer is done.
        # A function call gets no `completed_at`: it is complete only when the caller has sent its result.
        if step == "done" or (kind == _MESSAGE and complete):
            entry["completed_at"] = times[-1]
    entry |= latest(fields)
    for name, values in _fragments(events).items():
        entry[name] = joined(values)
    if kind == _MESSAGE:
        entry["content"] = _content(events)
    return entry


def _fragments(events: Iterable[Fields]) -> dict[str, list[str]]:
    """Return the strings of each field that arrives in fragments: all except those that are known to arrive whole."""
    found: dict[str, list[Any]] = {}
    for event in events:
        for name in event.keys() - _OF_AN_EVENT - _WHOLE - {"content"}:
            if event[name] is not None:
                found.setdefault(name, []).append(event[name])
    return {name: values for name, values in found.items() if all(type(value) is str for value in values)}


def _content(events: Iterable[Fields]) -> str | list[Any]:
    """Return the content of a message: a string if it is one text, otherwise a list ordered by `content_index`."""
    by_index: dict[int, list[Any]] = {}
    for event in events:
        index, content = event.get("content_index"), event.get("content")
        if content is not None:
            pieces = by_index.setdefault(index if isinstance(index, int) else 0, [])
            pieces.append(content if isinstance(content, str | list) else [content])
    parts: list[Any] = []
    for _, pieces in sorted(by_index.items()):
        joined_pieces = content_of(pieces)
        if isinstance(joined_pieces, str):
            joined_pieces = [{"type": "text", "text": joined_pieces}]
        parts += joined_pieces or []
    texts = [part for part in parts if isinstance(part, Mapping) and part.keys() == {"type", "text"}]
    if len(parts) == len(texts) == 1:
        text: str = texts[0]["text"]
        return text
    return parts or ""


__all__ = ["Conversations"]
