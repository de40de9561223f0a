"""The agents that a stub keeps, with their versions and aliases."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from .kept import Items, Keeper, matches, missing

__all__ = ["Agents"]

Json = Mapping[str, Any]


@attrs.define
class _Kept:
    versions: list[dict[str, Any]]
    current: int = 0
    aliases: dict[str, dict[str, Any]] = attrs.field(factory=dict)


class Agents(Items[_Kept]):
    """The agents of a stub, by identifier. Each has the JSON that the service would return for its current version.

    What you read is a copy. `add` and `remove` create and delete agents without a request.
    """

    def __init__(self, keeper: Keeper, nullable: tuple[str, ...]) -> None:
        super().__init__(keeper, "agents")
        self._nullable = nullable
        self._removed: set[str] = set()

    def add(self, *, name: str, model: str, id: str | None = None, **fields: Any) -> dict[str, Any]:
        """Create an agent and return it. If you give no `id`, the stub makes one up.

        Raises:
            ValueError: there is an agent with this identifier already.
        """
        with self._keeper.change():
            if id in self._kept:
                raise ValueError(f"there is an agent {id} already")
            new = self._keeper.new_id("ag") if id is None else id
            body = {"name": name, "model": model, **fields}
            self._kept[new] = _Kept([self._version(new, body, self._keeper.now())])
            self._removed.discard(new)
            return self[new]

    def remove(self, id: str) -> None:
        """Delete an agent."""
        with self._keeper.change():
            self._find(id)
            del self._kept[id]
            self._removed.add(id)

    def is_removed(self, id: str) -> bool:
        """Return whether an agent with this identifier has been deleted."""
        return id in self._removed

    def change(self, id: str, body: Json) -> dict[str, Any]:
        """Make a new version, in which these fields replace the old ones; it becomes the current version."""
        with self._keeper.change():
            kept = self._find(id)
            now = self._keeper.now()
            old = kept.versions[kept.current]
            new = {**old, "version_message": None, **body, "version": len(kept.versions), "updated_at": now}
            for name in ("name", "model", "deployment_chat"):  # these are never null: null means "leave unchanged"
                new[name] = old[name] if new.get(name) is None else new[name]
            kept.versions.append(copy.deepcopy(new))
            kept.current = len(kept.versions) - 1
            return self[id]

    def switch(self, id: str, version: int) -> dict[str, Any]:
        """Make another version the current one."""
        with self._keeper.change():
            kept = self._find(id)
            kept.current = self._number(kept, version)
            return self[id]

    def version(self, id: str, version: object = None) -> dict[str, Any]:
        """Return a version of an agent. `version` is a number (int or text) or an alias; None: the current version."""
        with self._keeper.look():
            kept = self._find(id)
            return self._shown(kept, kept.current if version is None else self._number(kept, version))

    def versions(self, id: str) -> list[dict[str, Any]]:
        """Return all versions of an agent, the newest first."""
        with self._keeper.look():
            kept = self._find(id)
            return [self._shown(kept, number) for number in reversed(range(len(kept.versions)))]

    def listed(self, filters: Json) -> list[dict[str, Any]]:
        """Return the agents that pass the filters of a list, the newest first."""
        with self._keeper.look():
            every = [self[each] for each in reversed(self._kept)]
        return [agent for agent in every if _passes(agent, filters)]

    def name_version(self, id: str, alias: str, version: int) -> dict[str, Any]:
        """Make an alias point to a version; return the alias."""
        with self._keeper.change():
            kept, now = self._find(id), self._keeper.now()
            created = kept.aliases.get(alias, {}).get("created_at", now)
            number = self._number(kept, version)
            kept.aliases[alias] = {"alias": alias, "version": number, "created_at": created, "updated_at": now}
            return dict(kept.aliases[alias])

    def aliases(self, id: str) -> list[dict[str, Any]]:
        """Return the aliases of an agent."""
        with self._keeper.look():
            return [dict(each) for each in self._find(id).aliases.values()]

    def remove_alias(self, id: str, alias: str) -> None:
        """Delete an alias."""
        with self._keeper.change():
            if self._find(id).aliases.pop(alias, None) is None:
                raise missing("Alias", alias)

    def dump(self) -> dict[str, Any]:
        """Return everything as JSON data."""
        agents = {each: attrs.asdict(kept, recurse=False) for each, kept in self._kept.items()}
        return {"agents": agents, "removed": sorted(self._removed)}

    def load(self, dumped: Json) -> None:
        """Replace everything by what `dump` returned."""
        self._kept = {each: _Kept(**kept) for each, kept in dumped["agents"].items()}
        self._removed = set(dumped["removed"])

    def undo(self) -> Callable[[], None]:
        """Return a function that undoes every later change."""
        kept, removed = copy.deepcopy(self._kept), set(self._removed)

        def restore() -> None:
            self._kept, self._removed = kept, removed

        return restore

    def _find(self, id: str) -> _Kept:
        if id not in self._kept:
            raise missing("Agent", id)
        return self._kept[id]

    def _number(self, kept: _Kept, version: object) -> int:
        text = str(version)
        if text in kept.aliases:
            return int(kept.aliases[text]["version"])
        if not text.isdecimal() or len(text) > 9 or int(text) >= len(kept.versions):
            raise missing("Version", version)
        return int(text)

    def _shown(self, kept: _Kept, number: int | None = None) -> dict[str, Any]:
        agent = copy.deepcopy(kept.versions[kept.current if number is None else number])
        return {**agent, "versions": list(range(len(kept.versions)))}

    def _version(self, id: str, body: Json, now: str) -> dict[str, Any]:
        made = {
            "object": "agent",
            "id": id,
            **dict.fromkeys(self._nullable),
            "tools": [],
            "completion_args": {"tool_choice": "auto"},
            **copy.deepcopy(dict(body)),
            "version": 0,
            "versions": [0],
            "created_at": now,
            "updated_at": now,
        }
        return {"deployment_chat": False, "source": "api", **made}


def _passes(agent: Json, filters: Json) -> bool:
    """Return whether an agent passes the filters. Filters that are absent, or unknown here, let all agents pass."""
    tests: Mapping[str, Callable[[Any], bool]] = {
        "deployment_chat": lambda wanted: bool(agent["deployment_chat"] == wanted),
        "sources": lambda wanted: bool(agent["source"] in wanted),
        "name": lambda wanted: bool(agent["name"] == wanted),
        "id": lambda wanted: bool(agent["id"] == wanted),
        "search": lambda wanted: bool(wanted in agent["name"] or wanted in agent["id"]),
        "metadata": lambda wanted: matches(agent, wanted),
    }
    return all(test(filters[name]) for name, test in tests.items() if name in filters)
