# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The fields of a model as data. From them, the function that reads the model is made when the model is first used.

The state of a model is its `__dict__`, in the order in which the fields were sent. The key of a field that the contract
knows is the name of its attribute. The key of any other field is its name in JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from attrs import Attribute, frozen

from .errors import StructureError
from .unset import UNSET

if TYPE_CHECKING:
    from .reading import Reader
    from .values import Model

Read = Callable[[Any], Any]
"""Turns JSON data into a value; raises StructureError."""


@frozen
class Aside:
    """Key in the state of a model for a value that no attribute shows. `wire` is its name in JSON.

    The value is a null that the contract does not allow, or its name in JSON is also the attribute of another field.
    """

    wire: str


@frozen
class Field:
    """What the contract says about one field."""

    name: str
    """Name of the attribute."""
    wire: str
    """Name in JSON."""
    read: Reader | None = None
    """How its value is read. None if the value is kept as it was sent."""
    required: bool = False
    nullable: bool = False
    """Whether the contract allows null."""
    tag: Any = UNSET
    """The only value of a tag. The attribute has it even if the service leaves the tag out."""
    secret: bool = False
    """Whether `repr` hides it."""

    @property
    def forbids_null(self) -> bool:
        """Whether the attribute cannot be None, and so does not show a null that was sent."""
        return not self.nullable and (self.required or self.tag is not UNSET)

    @property
    def is_strict(self) -> bool:
        """Whether it is a scalar that is kept as it came and cannot be null. A model checks all of these at once."""
        return self.forbids_null and (self.read is None or self.read.is_scalar)


class Fields:
    """The fields of one model, by the names of their attributes and by their names in JSON."""

    def __init__(self, *fields: Field, unknown_tag: str | None = None) -> None:
        self.by_name = {each.name: each for each in fields}
        self.by_wire = {each.wire: each for each in fields}
        if unknown_tag is not None:  # the attribute does not show the tag that was sent
            self.by_name[unknown_tag] = Field(unknown_tag, unknown_tag, tag="UNKNOWN")
        renamed = [each for each in self.by_name.values() if self.by_wire.get(each.name) is not each]
        self.late = [each.name for each in self.by_name.values() if each.read is not None and each.read.is_late]
        """Names of the attributes whose value is made from its text when somebody first reads it."""
        self.odd = frozenset(name for each in renamed for name in (each.name, each.wire))
        """Names in JSON that differ from the name of their attribute, or are the name of another attribute."""

    def key(self, wire: str) -> str | Aside:
        """Return the key of a value in the state of a model, from its name in JSON."""
        known = self.by_wire.get(wire)
        if known is not None:
            return known.name
        return Aside(wire) if wire in self.by_name else wire

    def found(self, wire: str, state: Mapping[Any, Any]) -> Any:
        """Return the key of a value that is in the state, from its name in JSON; raises KeyError if it is absent."""
        for key in (self.key(wire), Aside(wire)):
            if key in state:
                return key
        raise KeyError(wire)

    def wire(self, key: str | Aside) -> str:
        """Return the name in JSON of a value in the state."""
        if type(key) is str and not self.odd:
            return key
        if isinstance(key, Aside):
            return key.wire
        return self.by_name[key].wire if key in self.by_name else key

    def sort_out(self, state: dict[Any, Any]) -> None:
        """Replace the names in JSON in `state` by the keys that the model uses. The order stays the same."""
        _replace_keys(state, self.key)


def _replace_keys(state: dict[Any, Any], key: Callable[[Any], Any]) -> None:
    entries = [(key(each), value) for each, value in state.items()]
    state.clear()
    state.update(entries)


def state_only(_class: type, fields: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Let attrs pass the state of a model as a whole (`evolve`, `copy.replace`) instead of single fields."""
    return [each if each.name == "_state" else each.evolve(init=False) for each in fields]


class _Missing:
    """Stands in a class for a required field. Python finds it if an object does not have the field."""

    def __init__(self, field: Field) -> None:
        self._field = field

    def __get__(self, model: Model | None, kind: type[Model]) -> Any:
        if model is None:
            return self
        came = "null" if self._field.wire in model else "no such field"
        raise AttributeError(f"{kind.__name__}.{self._field.name} is required, but the service sent {came}")


class _Late(_Missing):
    """Class attribute for a field whose value is made from its text when somebody first reads the attribute.

    It has a `__set__`, so Python calls it before it looks at the state of the model.
    """

    def __init__(self, field: Field, read: Read) -> None:
        super().__init__(field)
        self._read = read

    def __get__(self, model: Model | None, kind: type[Model]) -> Any:
        name = self._field.name
        if model is None or (name not in model.__dict__ and self._field.required):
            return super().__get__(model, kind)
        value = model.__dict__.get(name)
        if type(value) is str:
            text, value = value, self._read(value)
            if model.__dict__.get(name) is text:  # or another thread has set the field meanwhile
                model.__dict__[name] = value
        return value

    def __set__(self, model: Model, value: Any) -> None:
        model.__dict__[self._field.name] = value

    def __delete__(self, model: Model) -> None:
        if model.__dict__.pop(self._field.name, UNSET) is UNSET:
            raise AttributeError(self._field.name)


class Method:
    """A method that an unknown field of its name cannot hide, because Python prefers a descriptor with `__set__`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __get__(self, model: object | None, kind: type) -> Any:
        return self._function if model is None else self._function.__get__(model, kind)

    def __set__(self, model: object, value: Any) -> None:
        raise AttributeError(f"{self._function.__name__} is a method and cannot be set")


class UnknownFields(MutableMapping[str, Any]):
    """The unknown fields of a model, as a mapping."""

    def __init__(self, of: Model) -> None:
        self._model = of
        self._fields = type(of)._FIELDS

    def __getitem__(self, wire: str) -> Any:
        if wire in self._fields.by_wire:
            raise KeyError(wire)
        return self._model[wire]

    def __setitem__(self, wire: str, value: Any) -> None:
        if wire in self._fields.by_wire:
            raise KeyError(f"{wire} is a field of the contract: set it as an attribute")
        self._model[wire] = value

    def __delitem__(self, wire: str) -> None:
        del self._model.__dict__[self._fields.found(wire, self._model.__dict__)]

    def __iter__(self) -> Iterator[str]:
        names = map(self._fields.wire, list(self._model.__dict__))
        return (wire for wire in names if wire not in self._fields.by_wire)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


def prepare(cls: type[Model]) -> Read:
    """Give a class the values of absent fields, and return the function that reads it; once, when it is first used.

    If it ran earlier, every program would spend time on models that it does not use.
    """
    for each in cls._FIELDS.by_name.values():
        absent = None if each.tag is UNSET and not each.required else each.tag
        default = _Missing(each) if absent is UNSET else absent
        if each.read is not None and each.read.is_late:
            default = _Late(each, each.read.bind())
        setattr(cls, each.name, default)
    read = _unrolled(cls)
    cls._read = staticmethod(read)
    return read


def _unrolled(cls: type[Model]) -> Read:
    """Return the function that reads a model.

    It is compiled from source text with a few lines for each field, as attrs compiles constructors. An event of a
    stream takes a fifth less time than with a loop over the fields. The only words of the contract in this text are
    names, and they are literals.
    """
    strict = [each for each in cls._FIELDS.by_wire.values() if each.is_strict]
    known = [each for each in cls._FIELDS.by_name.values() if each not in strict]
    fields = [(each, each.read) for each in known if each.read is not None]
    variables: dict[str, Any] = {
        "model": cls, "create": object.__new__, "as_object": _as_object, "fields": cls._FIELDS, "odd": cls._FIELDS.odd,
        "null_aside": _null_aside, "StructureError": StructureError, "check": _check, "strict": strict,
    }  # fmt: skip
    unusual = []
    for index, each in enumerate(strict):
        if each.required and each.read is not None:
            variables[f"usual_{index}"] = each.read.keeps
            unusual.append(f"type(state[{each.name!r}]) is not usual_{index}")
        else:
            unusual.append(f"{each.name!r} in state and state[{each.name!r}] is None")
    lines = [
        "def read(data):",
        "    if type(data) is not dict:",
        "        if isinstance(data, model): return data",
        "        data = as_object(data, model)",
        "    self = create(model)",
        "    state = self.__dict__",
        "    state |= data",
        *(["    if not odd.isdisjoint(state): fields.sort_out(state)"] if cls._FIELDS.odd else []),
        *(["    try:", f"        if {' or '.join(unusual)}: check(strict, state)"] if unusual else []),
        *(["    except KeyError: check(strict, state)"] if unusual else []),
        *(["    try:"] if fields else []),
    ]
    for index, (each, reader) in enumerate(fields):
        reader.bind_later(variables, f"read_{index}")
        variables[f"kept_{index}"] = reader.keeps
        lines += [
            f"        if {each.name!r} in state:",
            f"            value = state[{each.name!r}]",
            "            if value is None:",
            f"                {f'null_aside(state, fields.by_name[{each.name!r}])' if each.forbids_null else 'pass'}",
            f"            elif type(value) is not kept_{index}:" if reader.keeps else "            else:",
            f"                name = {each.name!r}",
            f"                state[name] = read_{index}(value)",
        ]
    lines += [
        "    except StructureError as error:",
        "        raise error.inside(fields.by_name[name].wire) from None",
    ] * bool(fields)
    exec("\n".join([*lines, "    return self"]), variables)  # noqa: S102  # the lines above
    read: Read = variables["read"]
    return read


def _as_object(data: Any, model: type[Model]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise StructureError(f"an object ({model.__name__})", data)
    return dict(data)


def _null_aside(state: dict[Any, Any], field: Field) -> None:
    """Keep a null that the contract does not allow for `to_dict` and `[]` alone; the attribute reads as absent."""
    _replace_keys(state, lambda key: Aside(field.wire) if key == field.name else key)


def _check(strict: list[Field], state: dict[Any, Any]) -> None:
    """Put aside each null that the contract does not allow; raises StructureError for a list or an object."""
    for each in strict:
        value = state.get(each.name, UNSET)
        if value is None:
            _null_aside(state, each)
        elif value is not UNSET and each.read is not None:
            try:
                each.read(value)
            except StructureError as error:
                raise error.inside(each.wire) from None


__all__ = ["Aside", "Field", "Fields", "Method", "Read", "UnknownFields", "prepare", "state_only"]
