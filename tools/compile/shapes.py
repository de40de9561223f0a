"""How a value of the contract looks in Python: the type that users read, the type that they may pass, and its reader.

A shape is made from the generator's property. The reader of a union decides by the JSON type of the value, and among
objects by a tag or by a field that only one of them requires. A union that cannot be told apart is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from . import parsed
from .apart import told_apart
from .code import literal
from .plans import or_none
from .refusal import Refusal
from .schemas import Schemas, name_of, scalar, single_value

_SCALARS = {
    parsed.StringProperty: ("str", "string"),
    parsed.UuidProperty: ("str", "string"),  # stays a text
    parsed.IntProperty: ("int", "integer"),
    parsed.FloatProperty: ("float", "number"),
    parsed.BooleanProperty: ("bool", "boolean"),
}
_DATES = {
    parsed.DateTimeProperty: ("datetime.datetime", "read_date_time"),
    parsed.DateProperty: ("datetime.date", "read_date"),
}


@frozen
class Shape:
    """How a value looks in Python; all texts are Python code."""

    reads: str
    takes: str
    reader: str | None = None
    kinds: tuple[str, ...] = ()
    """Its JSON types, without null; empty means any type."""
    nullable: bool = False
    const: Any = None
    """The value, if only one is allowed."""
    tag: str | None = None
    """The field that tells apart the members of a union."""
    items: Shape | None = None
    """The shape of a list's items."""

    @property
    def read_type(self) -> str:
        """The type that users read, with None if it may be null."""
        return or_none(self.reads) if self.nullable else self.reads

    @property
    def take_type(self) -> str:
        """The type that users may pass, with None if it may be null."""
        return or_none(self.takes) if self.nullable else self.takes

    @property
    def inner_reader(self) -> str | None:
        """The reader for an item of a list or map, which also has to accept null if it is allowed."""
        handles_null = self.reader is None or self.reader.startswith("read_either(")
        if handles_null or not self.nullable:
            return self.reader
        slot = self.kinds[0] if self.kinds else "text"
        return f"read_either({slot}={self.reader}, scalars=False, null=True)"


def shape_of(prop: Any, schemas: Schemas, place: str) -> Shape:
    """Return the shape of a property's value; raises Refusal with the place."""
    kind = type(prop)
    if kind in _SCALARS:
        name, json_type = _SCALARS[kind]
        return Shape(name, name, kinds=(json_type,))
    if kind in _DATES:
        name, reader = _DATES[kind]
        return Shape(name, name, reader)
    if kind not in _SHAPES:
        raise Refusal(place, f"{kind.__name__.removesuffix('Property').lower()} data is not supported")
    return _SHAPES[kind](prop, schemas, place)


def _const(prop: Any, _schemas: Schemas, place: str) -> Shape:
    return _only(single_value(prop), place)


def _enum(prop: Any, _schemas: Schemas, place: str) -> Shape:
    values = sorted(map(scalar, prop.values), key=str)
    if len(values) == 1:
        return _only(values[0], place)
    name = f"models.{name_of(prop)}"
    return Shape(name, name, kinds=(_json_type(values[0]),))


def _only(value: Any, place: str) -> Shape:
    """Return the shape of a single value."""
    if value is None:
        return Shape("None", "None", nullable=True)
    if not isinstance(value, str | bool | int | float):
        raise Refusal(place, "a constant must be a text, a number or a boolean")
    if isinstance(value, float) and not math.isfinite(value):
        raise Refusal(place, f"JSON has no {value}")
    kind = "float" if isinstance(value, float) else f"Literal[{literal(value)}]"  # a Literal cannot have a float
    return Shape(kind, kind, kinds=(_json_type(value),), const=value)


def _json_type(value: Any) -> str:
    return {bool: "boolean", int: "integer", float: "number"}.get(type(value), "string")


def _none(_prop: Any, _schemas: Schemas, _place: str) -> Shape:
    return Shape("None", "None", nullable=True)


def _any(_prop: Any, _schemas: Schemas, _place: str) -> Shape:
    return Shape("Any", "Any", nullable=True)


def _list(prop: Any, schemas: Schemas, place: str) -> Shape:
    item = shape_of(prop.inner_property, schemas, f"{place}[]")
    return Shape(f"list[{item.read_type}]", f"Sequence[{item.take_type}]", _items(item), ("array",), items=item)


def _items(item: Shape) -> str:
    return f"read_items({item.inner_reader or ''})"


def _model(prop: Any, schemas: Schemas, place: str) -> Shape:
    if schemas.is_map(prop):
        return _map(prop, schemas, place)
    name = name_of(prop)
    return Shape(f"models.{name}", _joined(_takes(prop, schemas)), f"read_model({literal(name)})", ("object",))


def _takes(prop: Any, schemas: Schemas) -> list[str]:
    """Return the types that users may pass for a model: the model, or (unless it is an `Unknown...` model) a dict.

    The type of the dict is a TypedDict if a request can contain the model.
    """
    name = name_of(prop)
    if schemas.unknown_tag(prop):
        return [f"models.{name}"]
    return [f"models.{name}", f"models.{name}Dict" if name in schemas.requests else "Mapping[str, Any]"]


def _map(prop: Any, schemas: Schemas, place: str) -> Shape:
    inner = schemas.model(prop).additional_properties
    if inner is None or type(inner) is parsed.AnyProperty:
        return Shape("dict[str, Any]", "Mapping[str, Any]", "read_entries()", ("object",))
    if place.count("{}") > 8:  # deeper than any document nests maps by hand
        raise Refusal(place, f"{name_of(prop)} is a map that contains itself: give it a named field")
    value = shape_of(inner, schemas, f"{place}{{}}")
    reader = f"read_entries({value.inner_reader or ''})"
    return Shape(f"dict[str, {value.read_type}]", f"Mapping[str, {value.take_type}]", reader, ("object",))


def _union(prop: Any, schemas: Schemas, place: str) -> Shape:
    return _one_of([*_flat(prop.inner_properties)], schemas, place)


def _flat(members: Iterable[Any]) -> Iterator[Any]:
    for each in members:
        yield from _flat(each.inner_properties) if type(each) is parsed.UnionProperty else (each,)


def _one_of(members: Sequence[Any], schemas: Schemas, place: str) -> Shape:
    """Return the shape of a value that has one of several types, none of them a union."""
    by_kind: dict[type, list[Any]] = {}
    for each in members:
        by_kind.setdefault(type(each), []).append(each)
    if parsed.AnyProperty in by_kind:
        return Shape("Any", "Any", nullable=True)
    nullable = by_kind.pop(parsed.NoneProperty, None) is not None
    slots: dict[str, Shape] = {}
    if arrays := by_kind.pop(parsed.ListProperty, None):
        slots["array"] = _lists(arrays, schemas, place)
    if objects := by_kind.pop(parsed.ModelProperty, None):
        slots["object"] = _objects(objects, schemas, place)
    scalars = [shape_of(each, schemas, place) for kind in by_kind.values() for each in kind]
    dates = [each for each in scalars if each.reader]
    if len({each.reads for each in dates}) > 1:
        raise Refusal(place, "a union of two kinds of dates cannot be told apart: allow only one of date and date-time")
    if dates:
        slots["text"] = dates[0]
    kept = [each for each in scalars if not each.reader]
    everything = [*kept, *slots.values()]
    nullable = nullable or any(each.nullable for each in kept)
    if len(everything) == 1:
        (only,) = everything
        return evolve(only, nullable=nullable, const=None if nullable else only.const)
    return Shape(
        reads=_joined(each.reads for each in everything),
        takes=_joined(each.takes for each in everything),
        reader=_either(slots, kept, null=nullable) if slots else None,
        kinds=() if dates else tuple(dict.fromkeys(kind for each in everything for kind in each.kinds)),
        nullable=nullable,
        tag=next((each.tag for each in slots.values() if each.tag), None),
        items=slots["array"].items if "array" in slots else None,
    )


def scalar_reader(kinds: Iterable[str]) -> str:
    """Return the reader of a scalar with one of these JSON types."""
    several = {*kinds}
    return f"read_{several.pop()}" if len(several) == 1 else "read_scalar"


def _either(slots: dict[str, Shape], kept: Sequence[Shape], *, null: bool) -> str:
    said = [f"{slot}={shape.reader}" for slot, shape in slots.items()]
    kinds = {kind for shape in kept for kind in shape.kinds}
    if kinds == {"string"} and "text" not in slots:
        said.append("text=read_string")
    if not kept:
        said.append("scalars=False")
    if null:
        said.append("null=True")
    return f"read_either({', '.join(said)})"


def _joined(kinds: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(kinds))


def _objects(members: Sequence[Any], schemas: Schemas, place: str) -> Shape:
    if len(members) == 1:
        return _model(members[0], schemas, place)
    if any(map(schemas.is_map, members)):
        raise Refusal(place, "a union of objects cannot be told apart if one of them has no named fields")
    tag, reader = told_apart(members, schemas, place)
    names = frozenset(map(name_of, members))
    reads = _joined(f"models.{name_of(each)}" for each in members)
    takes = _joined(each for member in members for each in _takes(member, schemas))
    if (union := schemas.unions.get(names)) is not None:
        reads = f"models.{union}"
        takes = f"{reads} | {'Mapping[str, Any]' if 'Mapping[' in takes else f'models.{union}Dict'}"
    return Shape(reads, takes, reader, ("object",), tag=tag)


def _lists(arrays: Sequence[Any], schemas: Schemas, place: str) -> Shape:
    """Return the shape of a union of lists. It is read as one list; each item may be an item of any of the lists."""
    if len(arrays) == 1:
        return _list(arrays[0], schemas, place)
    item = _one_of([*_flat(each.inner_property for each in arrays)], schemas, f"{place}[]")
    lists = [_list(each, schemas, place) for each in arrays]
    return Shape(
        reads=_joined(each.reads for each in lists),
        takes=_joined(each.takes for each in lists),
        reader=_items(item),
        kinds=("array",),
        items=item,
    )


_SHAPES: dict[type, Callable[[Any, Schemas, str], Shape]] = {
    parsed.ConstProperty: _const,
    parsed.LiteralEnumProperty: _enum,
    parsed.NoneProperty: _none,
    parsed.AnyProperty: _any,
    parsed.ListProperty: _list,
    parsed.ModelProperty: _model,
    parsed.UnionProperty: _union,
}
