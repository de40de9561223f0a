"""Write what our contract lacks and a source has: a part of openapi.yaml, to be merged into it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

from attrs import define, field
from tools.checks.form import PLACEHOLDER
from tools.contract.differences import Difference
from tools.contract.keywords import as_schema
from tools.contract.model import UNIONS, Document
from tools.contract.operations import Operation, operations
from tools.contract.references import component_name
from tools.contract.unions import excluded_tags
from tools.openapi.pointers import reference_to

from .fragments import Fragment
from .new_operations import add_operation, content, parameter
from .places import Place, Pointer, followed, holders, locate
from .writing import Writer, or_null, pascal


class Source(Protocol):
    """What our contract is compared with: a document or a recording."""

    counterparts: dict[str, str]

    @property
    def document(self) -> Document:
        """The document that the references in its schemas point into."""
        ...

    def differences(self, ours: Document) -> list[Difference]:
        """Return the differences between our contract and this source."""
        ...


def additions(found: Iterable[Difference], source: Source, ours: Document) -> dict[str, Any]:
    """Return what to add: fields, values, members of unions, operations and their parts, and null as a value."""
    made = _Additions(ours, Writer(source.document, ours, source.counterparts), Fragment(ours))
    for each in found:
        made.add(each)
    for name, schema in made.writer.components.items():
        made.fragment.put(("components", "schemas", name), schema)
    return made.fragment.part


@define
class _Additions:
    ours: Document
    writer: Writer
    fragment: Fragment
    _answers: set[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._answers = self.ours.reachable([list(each.answers().values()) for each in operations(self.ours)])

    def add(self, missing: Difference) -> None:
        """Add what is missing, if its place in our contract is known."""
        place = locate(self.ours, missing.where)
        operation = re.match(r"([A-Z]+) (/\S*) (.+)", missing.where)
        if isinstance(missing.lost, Operation):
            add_operation(missing.lost, self.ours, self.writer, self.fragment)
        elif missing.what == "never null" and place is not None and not place.rest and "properties" in place.slot:
            self._add_null(place)
        elif missing.change != "removed" or missing.lost is None:
            return
        elif missing.rule in ("value", "member"):
            if place is not None and not place.rest:
                (self._add_value if missing.rule == "value" else self._add_member)(place, missing.lost)
        elif missing.what == "field" and place is not None and place.rest.startswith("."):
            self._add_field(place, missing.lost)
        elif operation is not None:
            self._add_to_operation(("paths", operation[2], operation[1].lower()), missing, operation[3])

    def _is_open(self, pointer: Pointer) -> bool:
        """Tell whether the place is part of an answer, where unknown fields and values are allowed."""
        return "responses" in pointer or (pointer[:2] == ("components", "schemas") and pointer[2] in self._answers)

    def _add_field(self, place: Place, lost: Any) -> None:
        name = place.rest.removeprefix(".")
        holder = next(holders(self.ours, place.pointer, "properties"), place)
        schema = self.writer.field(
            name, lost, f"{_title(holder.pointer)}{pascal(name)}", is_open=self._is_open(holder.pointer)
        )
        self.fragment.put((*holder.pointer, "properties", name), schema)

    def _add_null(self, place: Place) -> None:
        before = place.part if place.slot == place.pointer else {"$ref": reference_to(place.pointer)}
        for key, value in or_null(before).items():
            if isinstance(value, list) and isinstance(before.get(key), list):
                for item in [item for item in value if item not in before[key]]:
                    self.fragment.append((*place.slot, key), item)
            elif before.get(key) != value:
                self.fragment.put((*place.slot, key), value)

    def _add_value(self, place: Place, lost: Any) -> None:
        holder = next(holders(self.ours, place.pointer, "enum"), None)
        if holder is not None:
            self.fragment.append((*holder.pointer, "enum"), lost)

    def _add_member(self, place: Place, lost: Any) -> None:
        """Add a member to a union.

        If the union has a discriminator, add the member's tag to the mapping, and to the tags that the `Unknown...`
        schema excludes.
        """
        is_open = self._is_open(place.pointer)
        unions = [each for key in ("discriminator", *UNIONS) for each in holders(self.ours, place.pointer, key)]
        union = next((each for each in unions if each.part.keys() & {*UNIONS}), None)
        if union is None:
            return
        key = "oneOf" if "oneOf" in union.part else "anyOf"
        tag = as_schema(union.part.get("discriminator", {})).get("propertyName", "")
        alternatives = self.writer.theirs.alternatives(lost)
        values = alternatives[0].tags.get(tag, []) if len(alternatives) == 1 else []
        if not tag:
            self.fragment.append(
                (*union.pointer, key), self.writer.schema(lost, f"{_title(place.pointer)}Item", is_open=is_open)
            )
        elif len(values) == 1:
            names = [component_name(each) for each in union.part[key]]
            reference = self.writer.member(lost, f"{pascal(str(values[0]))}{_ending(names)}", tag, is_open=is_open)
            self.fragment.append((*union.pointer, key), {"$ref": reference})
            self.fragment.put((*union.pointer, "discriminator", "mapping", str(values[0])), reference)
            self._exclude_from_unknown(place, tag, values[0])

    def _exclude_from_unknown(self, place: Place, tag: str, value: Any) -> None:
        """Add a tag to the list that the `Unknown...` schemas of a union exclude."""
        for union in holders(self.ours, place.pointer, "anyOf"):
            for name in filter(None, map(component_name, union.part["anyOf"])):
                found = self.ours.alternatives({"$ref": f"#/components/schemas/{name}"})
                pointer: Pointer = ("components", "schemas", name, "properties", tag, "not", "enum")
                if len(found) == 1 and excluded_tags(found[0])[0] == tag and followed(self.ours, pointer):
                    self.fragment.append(pointer, value)

    def _add_to_operation(self, pointer: Pointer, missing: Difference, place: str) -> None:
        """Add a parameter, an answer or a media type."""
        found = followed(self.ours, pointer)
        title = pascal(str(found.part.get("operationId", ""))) if found else ""
        if missing.what == "parameter":
            self.fragment.append((*pointer, "parameters"), parameter(missing.lost, title, self.ours, self.writer))
        elif missing.what == "answer":
            described = content(missing.lost, f"{title}Answer{place}", self.writer, is_open=True)
            answer = {"description": PLACEHOLDER, **({"content": described} if described else {})}
            self.fragment.put((*pointer, "responses", place), answer)
        elif missing.rule == "media-type":
            holder = followed(
                self.ours, (*pointer, *(("requestBody",) if place == "request" else ("responses", place)))
            )
            media_type = missing.what.removeprefix("media type ")
            described = content({"content": {media_type: missing.lost}}, title, self.writer, is_open=place != "request")
            if holder is not None:
                self.fragment.put((*holder.pointer, "content", media_type), described[media_type])


def _title(pointer: Pointer) -> str:
    """Make a title from a pointer: the name of the component, and the keys after it."""
    named = [str(each) for each in pointer if not isinstance(each, int) and each not in _STRUCTURE]
    return "".join(map(pascal, named))


_STRUCTURE = frozenset({"components", "schemas", "paths", "properties", "content", "schema", "items", "responses"})


def _ending(names: Iterable[str]) -> str:
    """Return the last word of the names of components, such as Event; "" if it is not the same for all."""
    words = [re.findall(r"[A-Z][a-z0-9]*", name)[-1:] for name in names]
    return words[0][0] if words and words[0] and all(each == words[0] for each in words) else ""
