"""A part of openapi.yaml that is to be merged into it: made, merged and printed.

Objects are merged key by key, and lists are appended to. An item of a list that is an object is merged with the one
that has the same title, or the same name and place. A schema that becomes a union takes the place of the reference.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Mapping
from typing import Any

import yaml
from attrs import define, field
from tools.contract.keywords import as_schema
from tools.contract.model import Document
from tools.contract.yaml12 import know_core_schema

from .places import Pointer

_IDENTITY = ("title", "name", "in")
_WIDTH = 116


@define
class Fragment:
    """What is to be added to a document, in the form of the document."""

    document: Document
    part: dict[str, Any] = field(factory=dict)

    def put(self, pointer: Pointer, value: Any) -> None:
        """Put a value at a place, or merge it with what was put there."""
        holder = self._holder(pointer)
        holder[pointer[-1]] = merged(holder.get(pointer[-1]), value)

    def append(self, pointer: Pointer, item: Any) -> None:
        """Add an item to the list at a place."""
        self.put(pointer, [item])

    def _holder(self, pointer: Pointer) -> Any:
        """Return what holds the last key of a place; what leads there through a list is told by its title or name."""
        here: Any = self.part
        known: Any = self.document.raw
        for key, following in itertools.pairwise(pointer):
            known = known[key] if isinstance(key, int) or key in known else {}
            if isinstance(key, int):
                identity = {name: known[name] for name in _IDENTITY if name in as_schema(known)}
                found = next((each for each in here if identity and identity.items() <= each.items()), None)
                if found is None:
                    here.append(found := identity)
                here = found
            else:
                here = here.setdefault(key, [] if isinstance(following, int) else {})
        return here


def merged(old: Any, new: Any) -> Any:
    """Return a part of a document with a fragment merged into it."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        kept = {key: part for key, part in old.items() if not (key == "$ref" and "oneOf" in new)}
        return {**kept, **{key: merged(kept.get(key), part) for key, part in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        found = copy.copy(old)
        for item in new:
            identity = {key: item[key] for key in _IDENTITY if isinstance(item, Mapping) and key in item}
            same = [index for index, each in enumerate(found) if identity and _has(each, identity)]
            if same:
                found[same[0]] = merged(found[same[0]], item)
            elif item not in found:
                found.append(item)
        return found
    return new


def _has(item: Any, identity: Mapping[str, Any]) -> bool:
    return isinstance(item, Mapping) and identity.items() <= item.items()


class _Dumper(yaml.SafeDumper):
    """Writes YAML as openapi.yaml is written: items are indented, and short lists of plain values stand on a line."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the same twice is written twice
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # PyYAML's
        super().increase_indent(flow, False)  # noqa: FBT003  # PyYAML's


def _listed(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.SequenceNode:
    plain = all(not isinstance(each, list | dict) for each in items)
    short = len(str(items)) < _WIDTH // 2
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=plain and short)


_Dumper.add_representer(list, _listed)
know_core_schema(_Dumper)


def as_yaml(part: Any) -> str:
    """Return the text of a part of openapi.yaml."""
    text: str = yaml.dump(
        part, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
    )
    return text
