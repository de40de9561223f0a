"""The fields of a model as data.

The state of a model is its `__dict__`, in the order in which the fields were sent. The key of a field that the contract
knows is the name of its attribute. The key of any other field is its name in JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from attrs import Attribute, frozen

from .unset import UNSET

if TYPE_CHECKING:
    from .reading import Reader
    from .values import Model

Read = Callable[[Any], Any]
"""Turns JSON data into a value; raises StructureError."""


@frozen
class Aside:
    """Key in the state of a model for a value that no attribute shows. `wire` is its name in JSON.

    There are two kinds: a null that the contract does not allow, and a field whose name in JSON is the attribute of
    another field.
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
        """Whether the attribute can never be None, because the field is required or a tag, and may not be null."""
        return not self.nullable and (self.required or self.tag is not UNSET)

    @property
    def is_strict(self) -> bool:
        """Whether it is a scalar that is kept as it came and cannot be null. A model checks all such fields at once."""
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
        """The JSON names of fields whose attributes have other names, and the names of these attributes.

        If JSON data has a field with one of these names, the state has it under another key.
        """

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
        replace_keys(state, self.key)


def replace_keys(state: dict[Any, Any], key: Callable[[Any], Any]) -> None:
    """Replace each key in `state`. The order stays the same."""
    entries = [(key(each), value) for each, value in state.items()]
    state.clear()
    state.update(entries)


def state_only(_class: type, fields: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Let attrs see only one argument of the constructor: `_state`.

    So `evolve` and `copy.replace` pass the whole state of a model to its constructor, instead of single fields.
    """
    return [each if each.name == "_state" else each.evolve(init=False) for each in fields]


class Method:
    """A method that stays visible if the model has an unknown field with the same name.

    Python prefers a descriptor with `__set__` to the object's `__dict__`, which has the unknown field.
    """

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


__all__ = ["Aside", "Field", "Fields", "Method", "Read", "UnknownFields", "replace_keys", "state_only"]
