"""The state of a stub: agents and conversations. It can also be kept in a file."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .agents import Agents
from .conversations import Conversations
from .kept import NotKeptError, Rejected

__all__ = ["NotKeptError", "Rejected", "State"]

# The stub's clock starts here, and advances by one step each time it is read. So equal runs give equal answers.
_BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_STEP = dt.timedelta(milliseconds=1)
_FORMAT = 1
# The largest number of ticks in a file: about 3,000 years. No stub takes so many, and `datetime` ends in the year 9999.
_MOST = 10**14


class State:
    """Agents and conversations, with the lock that guards them.

    Args:
        nullable: the fields of an agent that may be null. They are null if a request leaves them out.
        path: a file. It is loaded now if it exists. It is written now, and after every change.

    Raises:
        ValueError: the file is not one that a stub wrote.
        OSError: the file cannot be read or written.
    """

    def __init__(self, nullable: tuple[str, ...] = (), path: str | os.PathLike[str] | None = None) -> None:
        self._lock = threading.RLock()
        self._path = None if path is None else Path(path)
        self._ticks = 0
        self._numbers: dict[str, int] = {}
        self.agents = Agents(self, nullable)
        self.conversations = Conversations(self, self.agents)
        if self._path is not None:
            if self._path.exists():
                self._load(self._path)
            self._save(self._path)  # if this is not possible, say so now

    def reset(self) -> None:
        """Forget everything."""
        with self.change():
            self._ticks, self._numbers = 0, {}
            self.agents.load({"agents": {}, "removed": []})
            self.conversations.load({})

    def now(self) -> str:
        """Return the time, a step later than the last time."""
        with self._lock:
            self._ticks += 1
            moment = _BEGINNING + self._ticks * _STEP
        return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def new_id(self, kind: str) -> str:
        """Return a new identifier."""
        with self._lock:
            self._numbers[kind] = self._numbers.get(kind, 0) + 1
            return f"{kind}_{self._numbers[kind]:032x}"

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """Hold the lock for a change; then write the file.

        Raises:
            NotKeptError: the file could not be written; the change has been undone.
        """
        with self._lock:
            undo = [] if self._path is None else [self.agents.undo(), self.conversations.undo()]
            ticks, numbers = self._ticks, dict(self._numbers)
            yield
            if self._path is None:
                return
            try:
                self._save(self._path)
            except BaseException as error:
                for each in undo:
                    each()
                # If the change was a reset, counting began again at 0. But the old agents and conversations are back,
                # and no identifier may be given twice. So counting goes on from the old numbers.
                self._ticks, self._numbers = ticks, numbers
                if isinstance(error, OSError):
                    raise NotKeptError(f"the state cannot be written: {error}") from error
                raise

    def look(self) -> contextlib.AbstractContextManager[Any]:
        """Return the lock, to read without a change."""
        return self._lock

    def _save(self, path: Path) -> None:
        content = {
            "format": _FORMAT,
            "ticks": self._ticks,
            "numbers": self._numbers,
            "agents": self.agents.dump(),
            "conversations": self.conversations.dump(),
        }
        # Write a new file, and then rename it to `path`, so that the file at `path` is complete at any time.
        try:
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error  # the error of mkstemp names another file
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(content, file, ensure_ascii=True, indent=1)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _load(self, path: Path) -> None:
        try:
            content: Any = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(content, Mapping) or content.get("format") != _FORMAT:
                raise ValueError(f"its format is not {_FORMAT}")
            self._ticks, self._numbers = content["ticks"], dict(content["numbers"])
            for each in (self._ticks, *self._numbers.values()):
                if type(each) is not int or not 0 <= each < _MOST:
                    raise ValueError(f"expected a whole number from 0 to {_MOST - 1}, got {each!r}")
            self.agents.load(content["agents"])
            self.conversations.load(content["conversations"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"{path} is not a state that a stub wrote: {error}") from error
