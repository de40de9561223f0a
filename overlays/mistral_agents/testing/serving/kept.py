"""What agents and conversations share: reading them, refusing a request, and the source of times and identifiers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar

__all__ = ["Items", "Keeper", "NotKeptError", "Rejected", "matches", "missing"]


_Item = TypeVar("_Item")


class Keeper(Protocol):
    """Holds the lock, the time and the identifiers."""

    def now(self) -> str:
        """Return the time."""
        ...

    def new_id(self, kind: str) -> str:
        """Return a new identifier."""
        ...

    def change(self) -> contextlib.AbstractContextManager[None]:
        """Hold the lock during a change, and keep the changed state.

        Raises:
            NotKeptError: the state could not be written; the change has been undone.
        """
        ...

    def look(self) -> contextlib.AbstractContextManager[Any]:
        """Hold the lock to read."""
        ...


class Items(Mapping[str, dict[str, Any]], Generic[_Item]):
    """Items that a stub keeps, by identifier."""

    def __init__(self, keeper: Keeper, what: str) -> None:
        self._keeper = keeper
        self._what = what
        self._kept: dict[str, _Item] = {}

    def __getitem__(self, id: str) -> dict[str, Any]:
        with self._keeper.look():
            return self._shown(self._kept[id])

    def __iter__(self) -> Iterator[str]:
        with self._keeper.look():
            return iter(list(self._kept))

    def __len__(self) -> int:
        return len(self._kept)

    def __repr__(self) -> str:
        return f"<{len(self)} {self._what}: {', '.join(self)}>"

    def _shown(self, kept: _Item) -> dict[str, Any]:
        raise NotImplementedError


class NotKeptError(Exception):
    """A change was not made, because the state could not be written to its file."""


class Rejected(Exception):  # noqa: N818  # it is an answer, not an error of ours
    """The answer to a request that fits the contract, but not the stub's state, such as one for an unknown agent."""

    def __init__(self, status: int, message: str, kind: str = "invalid_request_error", code: object = None) -> None:
        super().__init__(message)
        self.status = status
        self.content: dict[str, Any] = {
            "object": "error",
            "message": message,
            "type": kind,
            "param": None,
            "code": str(status) if code is None else code,
        }


def missing(kind: str, which: object) -> Rejected:
    """Return the answer to a request for something that does not exist: status 404."""
    return Rejected(404, f"{kind} {which} not found", "not_found")


def matches(item: Mapping[str, Any], metadata: Mapping[str, Any] | None) -> bool:
    """Return whether an item has all these metadata; it may have others, too."""
    own = item.get("metadata") or {}
    return all(name in own and own[name] == value for name, value in (metadata or {}).items())
