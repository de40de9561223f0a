# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""The base of all models. A model is read from JSON data, used as an object, and written as the same JSON data again.

A model keeps its fields in its `__dict__` (see `fields`). A field that is absent there is absent in JSON. The attribute
is then None; that of a tag has the tag's value, and that of a required field raises AttributeError.
"""

from __future__ import annotations

import datetime
import functools
import json
import sys
from collections.abc import Callable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

from attrs import define, field

from .errors import StructureError
from .fields import Aside, Field, Fields, Method, Read, UnknownFields
from .preparing import is_list, prepare
from .unset import UNSET

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:  # the one that other libraries (pydantic) can read
    from typing_extensions import TypedDict

M = TypeVar("M", bound="Model")


class Model:
    """Base of every model. All models are attrs classes.

    `"x" in model` tells whether a field was sent. `model["x"]` reads any field by its name in JSON, also an unknown
    one; it raises KeyError if the field is absent. Models compare by content.
    """

    if TYPE_CHECKING:
        _state: dict[Any, Any]
    else:  # for `evolve` of attrs; type checkers would think that it is an argument of each constructor
        _state: dict[Any, Any] = field(alias="_state")

    _FIELDS: ClassVar[Fields] = Fields()
    _read: ClassVar[Read | None] = None
    """The function that reads JSON data. None until the class is first used."""

    def __init__(self, **given: Any) -> None:
        raise NotImplementedError("expected a model of the contract, got their base class")

    def __init_subclass__(cls) -> None:
        cls._read = None
        construct: Callable[..., None] = cls.__init__

        @functools.wraps(construct)
        def initialize(self: Model, *args: Any, _state: dict[Any, Any] | None = None, **given: Any) -> None:
            if type(self)._read is None:
                prepare(type(self))
            if _state is None:
                construct(self, *args, **given)
                return
            self.__dict__.update(_state)
            for name, value in given.items():
                if name not in self._FIELDS.by_name:
                    raise TypeError(f"{type(self).__name__} has no field {name!r}")
                setattr(self, name, value)

        cls.__init__ = initialize  # type: ignore[method-assign]  # the same, with one hidden argument

    def _fill(self, given: Mapping[str, Any]) -> None:
        """Set the fields from the arguments of a constructor."""
        for name, known in type(self)._FIELDS.by_name.items():
            if given[name] is not UNSET:
                _set(self, known, given[name])

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data; raises StructureError, with the path to a value that does not fit the contract."""
        return cast("Self", (cls._read or prepare(cls))(src_dict))

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: exactly what was read or set."""
        wire = type(self)._FIELDS.wire
        return {
            wire(key): value if type(value) in _PLAIN else to_json(value)
            for key, value in self.__dict__.items()
            if value is not UNSET
        }

    @property
    def additional_properties(self) -> MutableMapping[str, Any]:
        """The fields that the contract does not know, by their names. Changing this mapping changes the model."""
        return UnknownFields(self)

    @additional_properties.setter
    def additional_properties(self, values: Mapping[str, Any]) -> None:
        unknown = UnknownFields(self)
        unknown.clear()
        unknown.update(values)

    def __getitem__(self, wire: str) -> Any:
        return _settled(self)[type(self)._FIELDS.found(wire, self.__dict__)]

    def __setitem__(self, wire: str, value: Any) -> None:
        fields = type(self)._FIELDS
        state: dict[Any, Any] = self.__dict__
        if wire in fields.by_wire:
            _set(self, fields.by_wire[wire], value)
        elif value is UNSET:
            state.pop(fields.key(wire), None)
        else:
            state[fields.key(wire)] = value

    def __delitem__(self, wire: str) -> None:
        del self.__dict__[type(self)._FIELDS.found(wire, self.__dict__)]

    def __contains__(self, wire: object) -> bool:
        keys = (type(self)._FIELDS.key(wire), Aside(wire)) if isinstance(wire, str) else ()
        return any(key in self.__dict__ for key in keys)

    if not TYPE_CHECKING:  # a type checker knows the fields, and that there is nothing to iterate over
        __iter__ = None

        def __setattr__(self, name: str, value: Any) -> None:
            fields = type(self)._FIELDS
            known = fields.by_name.get(name)
            if known is not None and known.wire in fields.by_wire:
                _set(self, known, value)
            elif isinstance(getattr(type(self), name, None), property):
                object.__setattr__(self, name, value)
            else:
                raise AttributeError(
                    f"{type(self).__name__} has no field {name!r}; model[{name!r}] = ... sets a new one"
                )

    def __dir__(self) -> list[str]:
        return sorted({*dir(type(self)), *type(self)._FIELDS.by_name})

    def __repr__(self) -> str:
        state = {(key.wire if isinstance(key, Aside) else key): value for key, value in _settled(self).items()}
        fields = type(self)._FIELDS.by_name.values()
        shown = {each.name: state[each.name] for each in fields if each.name in state and not each.secret}
        if unknown := dict(UnknownFields(self)):
            shown["additional_properties"] = unknown
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    def __eq__(self, other: object) -> bool:
        return _settled(self) == _settled(other) if type(other) is type(self) else NotImplemented

    __hash__: ClassVar[None]  # type: ignore[assignment]  # it can be changed

    def __copy__(self) -> Self:
        return _restored(type(self), self.__dict__)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        from copy import deepcopy  # slow to import, and seldom needed

        return _restored(type(self), deepcopy(self.__dict__, memo))

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _restored, (type(self), dict(self.__dict__))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls.from_dict, serialization=core_schema.plain_serializer_function_ser_schema(cls.to_dict)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        return {"type": "object", "title": cls.__name__}


if not TYPE_CHECKING:
    define(init=False, repr=False, eq=False, slots=False)(Model)
    Model._state = property(lambda self: dict(_settled(self)))  # attrs has removed what the class had there
    for _name in ("to_dict", "__deepcopy__", "__reduce_ex__"):  # the methods that are looked up in the object itself
        setattr(Model, _name, Method(vars(Model)[_name]))


def _restored(cls: type[M], state: dict[Any, Any]) -> M:
    """Make a model of the state that a copy or a pickle has kept."""
    if cls._read is None:
        prepare(cls)
    model = object.__new__(cls)
    model.__dict__.update(state)
    return model


def _settled(model: Model) -> dict[Any, Any]:
    """Return the state of a model, including the values that are made only when they are first read."""
    for name in type(model)._FIELDS.late:
        getattr(model, name, None)
    return model.__dict__


def _set(model: Model, known: Field, value: Any) -> None:
    """Set a field. If the contract does not allow null, None leaves it out; raises ValueError if it is required."""
    state: dict[Any, Any] = model.__dict__
    if value is UNSET or (value is None and not known.nullable):
        if known.required and known.tag is UNSET:
            raise ValueError(f"{type(model).__name__}.{known.name} is required: it cannot be {value!r}")
        state.pop(known.name, None)
    elif value is None or known.read is None:
        state[known.name] = value
    else:
        try:
            if known.read.takes_only is not None and isinstance(value, (int, float)):
                raise StructureError(known.read.takes_only, value)
            state[known.name] = known.read(value)
        except StructureError as error:
            raise error.inside(known.wire) from None
    state.pop(Aside(known.wire), None)  # a null that was read


class UnknownModel(Model):
    """An object of a type that the contract does not know. It keeps all fields.

    Its fields are attributes, typed Any. Its tag reads "UNKNOWN", and `model["type"]` has the tag that was sent.
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.additional_properties = raw

    @property
    def raw(self) -> dict[str, Any]:
        """The whole object, as it was sent."""
        return self.to_dict()

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(UnknownFields(self))!r})"


def to_json(value: Any) -> Any:
    """Return plain JSON data for a value that contains models, dicts, lists and dates at any depth.

    Entries of a dict that are UNSET are left out. The value itself is not changed.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return [to_json(item) for item in value]
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items() if item is not UNSET}
    if is_list(value):
        return [to_json(item) for item in value]
    if isinstance(value, datetime.date):  # datetime is one
        text: str | None = getattr(value, "text", None)
        return value.isoformat() if text is None else text
    return value


_PLAIN = frozenset({str, int, float, bool, type(None)})
# Made once: `json.dumps` makes another for each text.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def encode_json(data: Any) -> bytes:
    """Write JSON data, which may contain models, as UTF-8; raises ValueError with the place of what cannot be JSON."""
    try:
        plain = to_json(data)
        try:
            return _encode(plain).encode()
        except UnicodeEncodeError:  # a lone surrogate: UTF-8 cannot have it, but JSON can escape it
            return json.dumps(plain, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as error:
        reason = "it is nested too deep, or contains itself" if isinstance(error, RecursionError) else error
        raise ValueError(f"{_culprit(data) or 'the data'} cannot be written as JSON: {reason}") from error


def _culprit(data: Any) -> str:
    """Return the path to the first value in `data` that cannot be JSON, "" if it is `data` itself."""
    if isinstance(data, Model):
        data = {type(data)._FIELDS.wire(key): value for key, value in data.__dict__.items()}
    if isinstance(data, Mapping):
        steps = [(f".{key}", item) for key, item in data.items() if item is not UNSET]
    elif is_list(data):
        steps = [(f"[{index}]", item) for index, item in enumerate(data)]
    else:
        return ""
    for step, item in steps:
        try:
            json.dumps(to_json(item), allow_nan=False)
        except RecursionError:  # look no deeper: the data may contain itself
            return step.lstrip(".")
        except (TypeError, ValueError):
            rest = _culprit(item)
            return f"{step}.{rest}".lstrip(".").replace(".[", "[") if rest else step.lstrip(".")
    return ""


__all__ = ["UNSET", "Model", "TypedDict", "UnknownModel", "encode_json", "to_json"]
