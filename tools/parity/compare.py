"""Finds the differences between two values made of dicts and lists, and decides whether a difference is known."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

ABSENT: Any = type("Absent", (), {"__repr__": lambda _: "nothing"})()
ANY: Any = object()

Kind = Literal["adds", "drops", "makes float", "replaces"]


class Difference(NamedTuple):
    """A change that the SDK makes by itself to data that is sent or read."""

    kind: Kind
    path: str
    """A path that begins with `path`, `query`, `headers`, `body`, `read` or `raised`; `*` is any name or list index."""
    reason: str
    value: Any = ANY
    """The SDK's value there, or ANY."""
    methods: tuple[str, ...] = ()
    """The methods that do it; empty means all."""


class Found(NamedTuple):
    """A difference that was found, and both values."""

    kind: Kind
    path: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        return f"{self.path}: ours {self.ours!r:.120}, theirs {self.theirs!r:.120}"


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[Found]:
    """Yield the differences between our value and the SDK's, each with its kind.

    The kind says what the SDK does: it "adds" a value that we lack, "drops" one that we have, "makes float" of an int,
    or "replaces" a value. If neither client has read a value of the answer, the kind is "adds", too.
    """
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in {**ours, **theirs}:
            below = f"{path}.{name}" if path else name
            yield from differences(ours.get(name, ABSENT), theirs.get(name, ABSENT), below)
    elif isinstance(ours, list) and isinstance(theirs, list):
        for place, (mine, other) in enumerate(itertools.zip_longest(ours, theirs, fillvalue=ABSENT)):
            yield from differences(mine, other, f"{path}.{place}")
    elif ours is ABSENT or theirs is ABSENT:
        yield Found("adds" if ours is ABSENT else "drops", path, ours, theirs)
    elif type(ours) is int and type(theirs) is float and ours == theirs:
        yield Found("makes float", path, ours, theirs)
    elif type(ours) is not type(theirs) or ours != theirs:
        yield Found("replaces", path, ours, theirs)


def explains(listed: Difference, method: str, found: Found) -> bool:
    """Return whether a listed difference explains this one."""
    names, wanted = found.path.split("."), listed.path.split(".")
    return (
        listed.kind == found.kind
        and len(names) == len(wanted)
        and all(want in ("*", name) for want, name in zip(wanted, names, strict=True))
        and (listed.value is ANY or repr(listed.value) == repr(found.theirs))
        and (not listed.methods or method in listed.methods)
    )


__all__ = ["ABSENT", "Difference", "Found", "Kind", "differences", "explains"]
