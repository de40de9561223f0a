"""The conversations that a stub keeps, with their entries."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from ..scripting.completions import MODEL
from .agents import Agents
from .kept import Items, Keeper, NotKeptError, Rejected, matches, missing

__all__ = ["BUSY", "Conversations", "Kept"]

Json = Mapping[str, Any]

# The service sends these words: clients recognise them, and try again.
BUSY = "Conversation is being updated, concurrent requests are not supported"
# Fields of a request that become fields of the conversation: of every conversation, or only of one without an agent.
_OF_ANY = ("name", "description", "metadata")
_OF_MODEL = ("model", "instructions", "tools", "completion_args", "guardrails")
_IDS = {"function.call": "fc", "function.result": "fr", "tool.execution": "tool_exec", "agent.handoff": "handoff"}


@attrs.define
class Kept:
    """A conversation. `shown` is the answer to a GET of it."""

    shown: dict[str, Any]
    entries: list[dict[str, Any]]
    settings: dict[str, Any]
    """The settings of the agent or model, such as its tools."""
    stored: bool = True
    busy: bool = False

    @property
    def id(self) -> str:
        """The identifier."""
        return str(self.shown["id"])


class Conversations(Items[Kept]):
    """The conversations of a stub, by identifier. Each has the JSON that the service would return.

    What you read is a copy. `entries` returns what was said.
    """

    def __init__(self, keeper: Keeper, agents: Agents) -> None:
        super().__init__(keeper, "conversations")
        self._agents = agents
        self._new: dict[str, Kept] = {}  # their first answers are not complete yet

    def _shown(self, kept: Kept) -> dict[str, Any]:
        return copy.deepcopy(kept.shown)

    def entries(self, id: str) -> list[dict[str, Any]]:
        """Return the entries of a conversation, the oldest first."""
        with self._keeper.look():
            return copy.deepcopy(self.find(id).entries)

    def remove(self, id: str, *, busy: bool = True) -> None:
        """Delete a conversation. With `busy=False`, a busy conversation is not deleted: the request is refused."""
        with self._keeper.change():
            _ = self.find(id) if busy else self._idle(id)
            del self._kept[id]

    def listed(self, metadata: Json | None) -> list[dict[str, Any]]:
        """Return the conversations that have all these metadata, the newest first."""
        with self._keeper.look():
            every = [self[each] for each in reversed(self._kept)]
        return [each for each in every if matches(each, metadata)]

    def find(self, id: str) -> Kept:
        """Return a conversation itself, not a copy."""
        if id not in self._kept:
            raise missing("Conversation", id)
        return self._kept[id]

    def start(self, body: Json) -> Kept:
        """Start a conversation. It is busy until `release`. Other requests can find it after `show`."""
        agent = self._agent(body)
        settings = {**agent, **{name: body[name] for name in _OF_MODEL if body.get(name) is not None}}
        whose = {"agent_id": agent["id"], "agent_version": body.get("agent_version")} if agent else {}
        own = {} if agent else {name: body.get(name) for name in _OF_MODEL}
        if own:
            own["model"] = settings["model"] = own["model"] or MODEL  # a request may name neither agent nor model
            own["tools"] = own["tools"] or []
            own["completion_args"] = own["completion_args"] or {"tool_choice": "auto"}
        shown = {**whose, **own, **{name: body.get(name) for name in _OF_ANY}}
        return self._begin(shown, [], settings, body)

    def restart(self, id: str, body: Json) -> Kept:
        """Start another conversation, with the entries of an existing one up to `from_entry_id`.

        It is busy until `release`.
        """
        with self._keeper.look():
            old = self._idle(id)
            place = [entry["id"] for entry in old.entries]
            if body["from_entry_id"] not in place:
                raise missing("Entry", body["from_entry_id"])
            entries = old.entries[: place.index(body["from_entry_id"]) + 1]
            changed = {name: body[name] for name in ("metadata", "guardrails", "agent_version") if name in body}
            shown = {**old.shown, **{name: value for name, value in changed.items() if name in old.shown}}
            settings = dict(old.settings)
            if "agent_id" in shown and body.get("agent_version") is not None:
                settings |= self._agent({"agent_id": shown["agent_id"], "agent_version": body["agent_version"]})
            return self._begin(shown, entries, settings, body)

    def take(self, id: str) -> Kept:
        """Mark a conversation as busy, so that nobody else can append to it until `release`."""
        with self._keeper.look():
            kept = self._idle(id)
            kept.busy = True
            return kept

    def show(self, kept: Kept) -> None:
        """Let other requests find a new conversation, if it is stored (`store`), and no reset has deleted it."""
        with self._keeper.change():
            if kept.stored and self._new.get(kept.id) is kept:
                self._kept[kept.id] = kept

    def release(self, kept: Kept) -> None:
        """Let others append to a conversation again."""
        with self._keeper.look():
            kept.busy = False
            if self._new.get(kept.id) is kept:
                del self._new[kept.id]

    def said(self, kept: Kept, inputs: Any, confirmations: Sequence[Json]) -> list[dict[str, Any]]:
        """Check the inputs of a request in a conversation, and return them as entries. They are not stored yet.

        Raises:
            Rejected: the conversation waits for something that the request lacks, such as the result of a function; or
                the request has a result for which there is no call, or a confirmation that no call waits for.
        """
        given = [{"role": "user", "content": inputs}] if isinstance(inputs, str) else inputs or []
        entries = [self._entry({"type": "message.input", **each} if "type" not in each else each) for each in given]
        calls = [each for each in kept.entries if each["type"] == "function.call"]
        pending = [each["tool_call_id"] for each in calls if each.get("confirmation_status") == "pending"]
        results = [each["tool_call_id"] for each in [*kept.entries, *entries] if each["type"] == "function.result"]
        known = [each["tool_call_id"] for each in [*calls, *entries] if each.get("type") == "function.call"]
        waiting = [each["tool_call_id"] for each in calls if not each.get("confirmation_status")]
        if strays := [each for each in results if each not in known]:
            raise _wrong(f"Not the same number of function calls and responses: there is no call {strays[0]}", 3230)
        if lacking := [each for each in waiting if each not in results]:
            text = "Cannot append other inputs while function results are still missing."
            raise _wrong(f"{text} Provide function results first for: {lacking}", 3001)
        decided = _decided(confirmations)
        if strays := [each for each in decided if each not in pending]:
            raise _wrong(f"No call waits for a confirmation with these identifiers: {strays}", 3001)
        if lacking := [each for each in pending if each not in decided]:
            raise _wrong(f"Tool calls wait for a confirmation: {lacking}", 3001)
        return entries

    def keep(self, kept: Kept, said: Sequence[Any], done: Sequence[Any], confirmations: Sequence[Json]) -> None:
        """Store the entries of a request and of its answer, and let others append to the conversation again.

        Raises:
            NotKeptError: the entries cannot be written. Then the conversation is as it was before the request; a
                conversation that the request started is removed.
        """
        with self._keeper.look():
            is_new = self._new.get(kept.id) is kept
            self.release(kept)
            try:
                self._store(kept, [*said, *done], confirmations)
            except NotKeptError:
                if is_new:
                    self._kept.pop(kept.id, None)
                raise

    def done(self, kept: Kept, entries: Sequence[Json]) -> list[dict[str, Any]]:
        """Return the entries of an answer, with missing fields filled in."""
        whose = {"agent_id": kept.shown["agent_id"]} if "agent_id" in kept.shown else {}
        return [self._entry(each, kept, whose) for each in entries]

    def dump(self) -> dict[str, Any]:
        """Return everything as JSON data, without new conversations whose first answer is not complete."""
        whole = [(each, kept) for each, kept in self._kept.items() if each not in self._new]
        return {each: {**attrs.asdict(kept, recurse=False), "busy": False} for each, kept in whole}

    def load(self, dumped: Json) -> None:
        """Replace everything by what `dump` returned."""
        self._kept = {each: Kept(**kept) for each, kept in dumped.items()}
        self._new = {}

    def undo(self) -> Callable[[], None]:
        """Return a function that undoes every later change, also the changes inside conversations."""
        every, new = dict(self._kept), dict(self._new)
        before = [(kept, *copy.deepcopy((kept.shown, kept.entries))) for kept in every.values()]

        def restore() -> None:
            self._kept, self._new = every, new
            for kept, shown, entries in before:
                kept.shown, kept.entries = shown, entries

        return restore

    def _store(self, kept: Kept, new: Sequence[Any], confirmations: Sequence[Json]) -> None:
        decided = _decided(confirmations)
        with self._keeper.change():
            for entry in kept.entries:
                if (decision := decided.get(str(entry.get("tool_call_id")))) and entry["type"] == "function.call":
                    entry["confirmation_status"] = {"allow": "allowed", "deny": "denied"}[decision]
            kept.entries += copy.deepcopy(list(new))
            kept.shown["updated_at"] = self._keeper.now()

    def _agent(self, body: Json) -> dict[str, Any]:
        if body.get("agent_id") is None:
            return {}
        return self._agents.version(str(body["agent_id"]), body.get("agent_version"))

    def _idle(self, id: str) -> Kept:
        """Find a conversation; refuse it while it is busy."""
        kept = self.find(id)
        if kept.busy:
            raise Rejected(409, BUSY, "conflict")
        return kept

    def _begin(self, shown: Json, entries: Sequence[Any], settings: Json, body: Json) -> Kept:
        now = self._keeper.now()
        head = {"object": "conversation", "id": self._keeper.new_id("conv"), "created_at": now, "updated_at": now}
        stored = body.get("store") is not False
        kept = Kept(copy.deepcopy({**shown, **head}), copy.deepcopy(list(entries)), dict(settings), stored, busy=True)
        with self._keeper.look():
            self._new[kept.id] = kept
        return kept

    def _entry(self, given: Json, kept: Kept | None = None, whose: Json | None = None) -> dict[str, Any]:
        """Fill in missing fields of an entry. If `kept` is None, it belongs to a request, otherwise to an answer."""
        kind = str(given["type"])
        now = self._keeper.now()
        made: dict[str, Any] = {"object": "entry", "type": kind, "created_at": now, "completed_at": None}
        if kept is not None:
            made["completed_at"] = None if kind == "function.call" else now
            if kind != "agent.handoff":
                made |= {**(whose or {}), "model": kept.settings.get("model")}
        made["id"] = self._keeper.new_id(_IDS.get(kind, "msg"))
        made |= _ADDED.get(kind, {})
        if kind == "function.call":
            made["tool_call_id"] = self._keeper.new_id("call")
        if kind == "agent.handoff" and kept is not None:
            previous = str(kept.shown.get("agent_id", ""))
            made |= {"previous_agent_id": previous, "previous_agent_name": str(kept.settings.get("name", ""))}
        return copy.deepcopy({**made, **given})


# Default values of fields, by the type of the entry.
_ADDED: Mapping[str, Json] = {
    "message.input": {"role": "user", "prefix": False},
    "message.output": {"role": "assistant"},
    "function.call": {"confirmation_status": None},
}


def _decided(confirmations: Sequence[Json]) -> dict[str, str]:
    return {each["tool_call_id"]: each["confirmation"] for each in confirmations}


def _wrong(message: str, code: int) -> Rejected:
    rejected = Rejected(400, message, "invalid_request_error", code)
    rejected.content = {"object": "Error", "message": message, "type": "invalid_request_error", "code": code}
    return rejected
