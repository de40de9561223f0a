"""Build, merge and print a fragment: a part of openapi.yaml that is to be merged into it.

Objects are merged key by key, and items are added to the end of lists. If an item is an object, it is merged with the
item that has the same `title`, `name` and `in`. If a schema that is a reference becomes a union, the union
replaces the reference.
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
from tools.openapi.yaml12 import TAG, know_core_schema

from .places import Pointer

_IDENTITY = ("title", "name", "in")
_WIDTH = 116


@define
class Fragment:
    """The parts to add to a document, nested as in the document."""

    document: Document
    part: dict[str, Any] = field(factory=dict)

    def put(self, pointer: Pointer, value: Any) -> None:
        """Add a value at a pointer, or merge it with the value that was added there before."""
        holder = self._holder(pointer)
        holder[pointer[-1]] = merged(holder.get(pointer[-1]), value)

    def append(self, pointer: Pointer, item: Any) -> None:
        """Add an item to the list at a pointer."""
        self.put(pointer, [item])

    def _holder(self, pointer: Pointer) -> Any:
        """Return the object or list that contains the last key of a pointer.

        Indexes differ in the fragment. So an item of a list on the way is found by its title or name.
        """
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
    """Writes YAML in the style of openapi.yaml: items are indented, and a short list of scalars is on one line."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # write an object again instead of referring to it
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # PyYAML's
        super().increase_indent(flow, False)  # noqa: FBT003  # PyYAML's


def _listed(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.SequenceNode:
    plain = all(not isinstance(each, list | dict) for each in items)
    short = len(str(items)) < _WIDTH // 2
    return dumper.represent_sequence(f"{TAG}seq", items, flow_style=plain and short)


_Dumper.add_representer(list, _listed)
know_core_schema(_Dumper)


def as_yaml(part: Any) -> str:
    """Return the text of a part of openapi.yaml."""
    text: str = yaml.dump(
        part, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
    )
    return text
