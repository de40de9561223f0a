"""The operations of an OpenAPI document, and their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from .pointers import resolve

Node = Mapping[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The keys of a path item that hold an operation. Its other keys, such as `parameters`, do not."""
_NAME = re.compile(r"\{([^}]*)\}")


@frozen
class Operation:
    """An operation, with its path, its method (a key in METHODS) and the path item that contains it."""

    path: str
    method: str
    raw: Any
    item: Node

    @property
    def name(self) -> str:
        """The method and the path."""
        return f"{self.method.upper()} {self.path}"


def operations(document: Node) -> Iterator[Operation]:
    """Yield the operations in the order of their paths; raises PointerError for a path item that leads nowhere."""
    for path, item in document.get("paths", {}).items():
        if not path.startswith("x-"):
            yield from operations_of(path, resolve(document, item))


def operations_of(path: str, item: Any) -> Iterator[Operation]:
    """Yield the operations of a path item."""
    if isinstance(item, Mapping):
        yield from (Operation(path, method, item[method], item) for method in METHODS if method in item)


def parameters(document: Node, operation: Operation) -> list[dict[str, Any]]:
    """Return the parameters of an operation and of its path item; raises PointerError.

    A parameter of the operation replaces the one of its path item with the same name and place.
    """
    written = [*(operation.item.get("parameters") or ()), *(operation.raw.get("parameters") or ())]
    found = [resolve(document, each) for each in written]
    return list({(each.get("name"), each.get("in")): each for each in found}.values())


def path_parameters(path: str) -> list[str]:
    """Return the names of the parameters in a path, in order."""
    return _NAME.findall(path)


def path_pattern(path: str) -> re.Pattern[str]:
    """Return a pattern that matches the addresses of a path; each parameter is a group."""
    return re.compile("([^/]+)".join(map(re.escape, _NAME.split(path)[::2])))  # between them are the names


def with_path_parameters(path: str, text: str) -> str:
    """Return a path with this text in the place of each parameter."""
    return _NAME.sub(lambda _: text, path)
