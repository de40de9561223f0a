"""What a value of the contract is in Python: its type when read, the type that is taken for it, and what reads it.

Built from the generator's properties. A union is read by the JSON type of the value; among objects by a tag, or by a
field that only one of them requires. What cannot be told apart is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import field, frozen
from openapi_python_client.parser import properties as parsed

from .code import literal, plain
from .refusal import Refusal

_KINDS = {
    parsed.StringProperty: ("str", "string"),
    parsed.UuidProperty: ("str", "string"),  # kept as it was written
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
    """What a value may be; all texts are Python code."""

    reads: str
    takes: str
    reader: str | None = None
    kinds: tuple[str, ...] = ()
    """JSON types, null left out; empty if any will do."""
    nullable: bool = False
    const: Any = None
    """The single value, if there is just one."""
    tag: str | None = None
    """The field that tells the members of a union apart."""


@frozen
class Schemas:
    """The models of the generator's parse, by class name."""

    models: Mapping[str, Any] = field(repr=False)
    requests: frozenset[str] = frozenset()
    """Names of the models that a request can hold."""
    raw: Mapping[str, Mapping[str, Any]] = field(factory=dict, repr=False)
    """The schemas as they are written, by class name."""

    def raw_field(self, model: str, wire: str) -> Mapping[str, Any]:
        """Return a field as it is written: the generator drops what stands beside a reference."""
        schema = self.raw.get(model, {})
        for each in (schema, *schema.get("allOf", ())):
            found = each.get("properties", {}).get(wire)
            if isinstance(found, Mapping):
                return found
        return {}

    def model(self, prop: Any) -> Any:
        """Return a model with its fields: within a union the generator has one that it did not finish."""
        return self.models.get(str(prop.class_info.name), prop)

    def fields(self, prop: Any) -> list[Any]:
        """Return the properties of a model."""
        model = self.model(prop)
        return [*(model.required_properties or ()), *(model.optional_properties or ())]

    def is_map(self, prop: Any) -> bool:
        """Tell whether an object has no fields of its own, so that it is a dict in Python."""
        return not self.fields(prop) and not is_closed(self.model(prop))

    def unknown_tag(self, prop: Any) -> str | None:
        """Return the tag of a model that stands for the unknown members of a union, or None."""
        for name, schema in (self.model(prop).data.properties or {}).items():
            if getattr(schema, "schema_not", None) is not None:
                return plain(name)
        return None


def is_closed(model: Any) -> bool:
    """Tell whether a schema forbids fields that it does not name."""
    return model.data.additionalProperties is False


def shape_of(prop: Any, schemas: Schemas, place: str) -> Shape:
    """Return what a property's value is; raises Refusal, which names the place."""
    kind = type(prop)
    if kind in _KINDS:
        return Shape(_KINDS[kind][0], _KINDS[kind][0], kinds=(_KINDS[kind][1],))
    if kind in _DATES:
        return Shape(_DATES[kind][0], _DATES[kind][0], reader=_DATES[kind][1])
    if kind is parsed.ConstProperty:
        return _literals([_const_of(prop)])
    if kind is parsed.LiteralEnumProperty:
        values = sorted(prop.values, key=str)
        if len(values) == 1:
            return _literals(values)
        name = f"models.{prop.class_info.name}"
        return Shape(name, name, kinds=(_json_type(values[0]),))
    if kind is parsed.NoneProperty:
        return Shape("None", "None", nullable=True)
    if kind is parsed.AnyProperty:
        return Shape("Any", "Any", nullable=True)
    if kind is parsed.ListProperty:
        return _list(prop.inner_property, schemas, place)
    if kind is parsed.ModelProperty:
        return _object([prop], schemas, place)
    if kind is parsed.UnionProperty:
        return _union(prop.inner_properties, schemas, place)
    raise Refusal(place, f"{kind.__name__.removesuffix('Property').lower()} data is not supported")


def _const_of(prop: Any) -> Any:
    value = prop.value.raw_value
    return plain(value) if not isinstance(value, bool | int | float) else value


def _json_type(value: Any) -> str:
    return {bool: "boolean", int: "integer", float: "number"}.get(type(value), "string")


def _literals(values: Sequence[Any]) -> Shape:
    values = [value if isinstance(value, bool | int | float) else plain(value) for value in values]
    if any(isinstance(value, float) for value in values):  # which no Literal can hold
        return Shape("float", "float", kinds=("number",), const=values[0])
    kind = f"Literal{literal(values)}"
    return Shape(kind, kind, kinds=tuple(dict.fromkeys(map(_json_type, values))), const=values[0])


def _list(inner: Any, schemas: Schemas, place: str) -> Shape:
    item = shape_of(inner, schemas, f"{place}[]")
    reader = f"read_items({_nested(item)})" if item.reader else "read_items()"
    reads, takes = (_or_none(each, item) for each in (item.reads, item.takes))
    return Shape(f"list[{reads}]", f"Sequence[{takes}]", reader, ("array",))


def _or_none(kind: str, shape: Shape) -> str:
    return f"{kind} | None" if shape.nullable and kind not in ("Any", "None") else kind


def _nested(shape: Shape) -> str | None:
    """Return the reader of a value inside a list or map, where null has to be let through."""
    if shape.reader is None or not shape.nullable or shape.reader.startswith("read_either("):
        return shape.reader
    return f"read_either({_slot(shape)}={shape.reader}, scalars=False, null=True)"


def _slot(shape: Shape) -> str:
    return {"array": "array", "object": "object"}.get(shape.kinds[0] if shape.kinds else "", "text")


def _object(members: Sequence[Any], schemas: Schemas, place: str) -> Shape:
    """Return the shape of an object that is one of several models, or a map."""
    maps = [each for each in members if schemas.is_map(each)]
    if maps and len(members) > 1:
        raise Refusal(place, "a union of objects of which one may have any fields cannot be told apart")
    if maps:
        return _map(maps[0], schemas, place)
    names = [str(each.class_info.name) for each in members]
    reads = " | ".join(f"models.{name}" for name in names)
    takes = " | ".join(
        f"models.{name} | models.{name}Dict"
        if name in schemas.requests
        else f"models.{name}"
        if schemas.unknown_tag(each)
        else f"models.{name} | Mapping[str, Any]"
        for name, each in zip(names, members, strict=True)
    )
    takes = " | ".join(dict.fromkeys(takes.split(" | ")))
    if len(members) == 1:
        return Shape(reads, takes, f"read_model({literal(names[0])})", ("object",))
    tag, reader = _told_apart(members, schemas, place)
    return Shape(reads, takes, reader, ("object",), tag=tag)


def _map(prop: Any, schemas: Schemas, place: str) -> Shape:
    model = schemas.model(prop)
    inner = model.additional_properties
    if inner is None or type(inner) is parsed.AnyProperty:
        return Shape("dict[str, Any]", "Mapping[str, Any]", "read_entries()", ("object",))
    value = shape_of(inner, schemas, f"{place}{{}}")
    reads, takes = (_or_none(each, value) for each in (value.reads, value.takes))
    reader = f"read_entries({_nested(value)})" if value.reader else "read_entries()"
    return Shape(f"dict[str, {reads}]", f"Mapping[str, {takes}]", reader, ("object",))


def _told_apart(members: Sequence[Any], schemas: Schemas, place: str) -> tuple[str | None, str]:
    """Return the tag of a union of models, if it has one, and its reader."""
    unknown = [each for each in members if schemas.unknown_tag(each)]
    known = [each for each in members if not schemas.unknown_tag(each)]
    if len(unknown) > 1:
        raise Refusal(place, "a union has two members for what is unknown")
    tags = [_tags(each, schemas) for each in known]
    for tag in dict.fromkeys(name for each in tags for name in each):
        values = [each.get(tag) for each in tags]
        named = {value: str(each.class_info.name) for value, each in zip(values, known, strict=True) if value is not None}
        # One member may go without the tag, if it has no such field at all.
        without = [each for each, value in zip(known, values, strict=True) if value is None]
        closed = all(tag not in {plain(prop.name) for prop in schemas.fields(each)} for each in without)
        if len(named) > 1 and len(named) + len(without) == len(known) and len(without) <= 1 and closed:
            said = [literal(tag), literal(named)]
            said += [f"unknown={literal(str(each.class_info.name))}" for each in unknown]
            said += [f"untagged={literal(str(each.class_info.name))}" for each in without]
            return tag, f"read_tagged({', '.join(said)})"
    if not unknown:
        fields = [({plain(p.name) for p in schemas.fields(each)}, _required(each, schemas)) for each in known]
        table = {}
        for place_of, each in enumerate(known):
            others = set().union(*(names for index, (names, _) in enumerate(fields) if index != place_of))
            own = sorted(fields[place_of][1] - others)
            if not own:
                break
            table[own[0]] = str(each.class_info.name)
        else:
            return None, f"read_told_apart({literal(table)})"
    names = ", ".join(str(each.class_info.name) for each in known)
    raise Refusal(place, f"{names} cannot be told apart: each needs a tag of its own, or a required field of its own")


def _required(prop: Any, schemas: Schemas) -> set[str]:
    return {plain(each.name) for each in schemas.model(prop).required_properties or ()}


def _tags(prop: Any, schemas: Schemas) -> dict[str, str]:
    """Return the fields of a model that have a single text as their value, with that text."""
    found = {}
    for each in schemas.fields(prop):
        if type(each) is parsed.ConstProperty and not isinstance(_const_of(each), bool | int | float):
            found[plain(each.name)] = _const_of(each)
        elif type(each) is parsed.LiteralEnumProperty and len(each.values) == 1:
            found[plain(each.name)] = plain(next(iter(each.values)))
    return found


def _union(members: Iterable[Any], schemas: Schemas, place: str) -> Shape:
    members = list(_flat(members))
    nullable = any(type(each) in (parsed.NoneProperty, parsed.AnyProperty) for each in members)
    if any(type(each) is parsed.AnyProperty for each in members):
        return Shape("Any", "Any", nullable=True)
    arrays = [each.inner_property for each in members if type(each) is parsed.ListProperty]
    objects = [each for each in members if type(each) is parsed.ModelProperty]
    rest = [each for each in members if type(each) not in (parsed.ListProperty, parsed.ModelProperty, parsed.NoneProperty)]
    shapes: dict[str, Shape] = {}
    if arrays:
        shapes["array"] = _list(arrays[0], schemas, place) if len(arrays) == 1 else _lists(arrays, schemas, place)
    if objects:
        shapes["object"] = _object(objects, schemas, place)
    scalars = [shape_of(each, schemas, place) for each in rest]
    dates = [each for each in scalars if each.reader]
    if len(dates) > 1:
        raise Refusal(place, "a union of two kinds of dates cannot be told apart")
    if dates:
        shapes["text"] = dates[0]
    plain_scalars = [each for each in scalars if not each.reader]
    everything = [*plain_scalars, *shapes.values()]
    if len(everything) == 1:
        only = everything[0]
        return Shape(only.reads, only.takes, only.reader, only.kinds, nullable, None if nullable else only.const, only.tag)
    if not shapes:
        reader = None
    else:
        parts = [f"{slot}={shape.reader}" for slot, shape in shapes.items()]
        parts += [] if plain_scalars else ["scalars=False"]
        parts += ["null=True"] if nullable and not plain_scalars else []
        reader = f"read_either({', '.join(parts)})"
    kinds = tuple(dict.fromkeys(kind for each in everything for kind in each.kinds))
    return Shape(
        reads=_joined(each.reads for each in everything),
        takes=_joined(each.takes for each in everything),
        reader=reader,
        kinds=() if dates else kinds,
        nullable=nullable,
        tag=next((each.tag for each in shapes.values() if each.tag), None),
    )


def _flat(members: Iterable[Any]) -> Iterable[Any]:
    for each in members:
        yield from _flat(each.inner_properties) if type(each) is parsed.UnionProperty else (each,)


def _joined(kinds: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(kinds))


def _lists(inner: Sequence[Any], schemas: Schemas, place: str) -> Shape:
    """Return the shape of a list that is one of several: its items tell which, so it is a list of a union."""
    item = _union(inner, schemas, f"{place}[]")
    types = [shape_of(each, schemas, place) for each in inner]
    reader = f"read_items({_nested(item)})" if item.reader else "read_items()"
    reads = _joined(f"list[{_or_none(each.reads, each)}]" for each in types)
    takes = _joined(f"Sequence[{_or_none(each.takes, each)}]" for each in types)
    return Shape(reads, takes, reader, ("array",))
