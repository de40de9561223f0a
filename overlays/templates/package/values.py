"""What the models share: how JSON data becomes a model and how a model becomes the same JSON data again.

A model keeps everything in its `__dict__`, in the order in which it came: a field that the contract knows under its
attribute's name, any other field under `?` and its name in JSON, which no attribute can have. What is absent there is
absent in JSON; the class itself answers for it (`None`, or the value of a tag).
"""

from __future__ import annotations

import datetime
import functools
import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Self, TypeVar, cast, final

from attrs import Attribute, define, field, frozen

from .errors import StructureError

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:  # the one that other libraries (pydantic) can read
    from typing_extensions import TypedDict

T = TypeVar("T")
M = TypeVar("M", bound="Model")
Read = Callable[[Any], Any]


@final
class _Unset:
    """The type of `UNSET`. It is falsy, and the same object after copying and pickling."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


# Any, so that a parameter with this default needs no type beside that of its values.
UNSET: Any = _Unset()
"""The default of a parameter that was not given. No field of a model ever has this value."""


# ---------------------------------------------------------------------------------------------------------------------
# Readers: from JSON data to models
# ---------------------------------------------------------------------------------------------------------------------
class Reader:
    """Reads JSON data of one kind; made when it is first used, so that no model is imported before.

    Calling it returns the value, with dicts turned into models; raises StructureError. A model is returned as it is.
    """

    __slots__ = ("_make", "_read", "keeps")

    def __init__(self, make: Callable[[], Read], *, keeps: type | None = None) -> None:
        self._make = make
        self._read: Read | None = None
        self.keeps = keeps
        """The type of values that are kept as they came, so that there is nothing to call for them."""

    def bind(self) -> Read:
        """Return the function that reads, without the step through this object."""
        if self._read is None:
            self._read = self._make()
        return self._read

    def __call__(self, data: Any) -> Any:
        return (self._read or self.bind())(data)


def _model_class(name: str) -> type[Model]:
    return cast("type[Model]", getattr(import_module(f"{__package__}.models"), name))


def read_model(name: str) -> Reader:
    """Read an object as the model of this name."""
    return Reader(lambda: _model_class(name).from_dict)


def read_items(read: Reader | None = None) -> Reader:
    """Read a list, and each of its items; items are kept as they came if no reader is given."""

    def make() -> Read:
        read_item = read and read.bind()

        def read_list(data: Any) -> Any:
            if type(data) is not list:
                data = _as_list(data)
            if read_item is None:
                return data
            values: list[Any] = []
            try:
                for item in data:
                    values.append(read_item(item))
            except StructureError as error:
                raise error.inside(len(values)) from None
            return values

        return read_list

    return Reader(make)


def _as_list(data: Any) -> list[Any]:
    if isinstance(data, Sequence) and not isinstance(data, (str, bytes, bytearray)):
        return list(data)
    raise StructureError("a list", data)


def read_entries(read: Reader | None = None) -> Reader:
    """Read an object whose keys may be any text, and each of its values; values are kept if no reader is given."""

    def make() -> Read:
        read_value = read and read.bind()

        def read_map(data: Any) -> Any:
            if not isinstance(data, Mapping):
                raise StructureError("an object", data)
            if read_value is None:
                return data
            values: dict[str, Any] = {}
            for key, value in data.items():
                try:
                    values[key] = read_value(value)
                except StructureError as error:
                    raise error.inside(key) from None
            return values

        return read_map

    return Reader(make)


def read_tagged(
    tag: str, members: Mapping[str, str], *, unknown: str | None = None, untagged: str | None = None
) -> Reader:
    """Read one of several models, told apart by the value of the field `tag`; `untagged` is the one without it.

    An object with another tag, or without the structure of its model, becomes the model `unknown`. If there is none, an
    object with another tag is kept as a dict, and one with a wrong structure raises.
    """

    def make() -> Read:
        readers: dict[Any, Read] = {}

        def reader_of(name: Any) -> Read:
            member = members.get(name, unknown) if isinstance(name, str) else unknown
            if name is None and untagged is not None:
                member = untagged
            read = (lambda data: data) if member is None else _model_class(member).from_dict
            if isinstance(name, str) and name in members:
                readers[name] = read
            return read

        def read_member(data: Any) -> Any:
            if not isinstance(data, dict):
                if isinstance(data, Model):
                    return data
                if not isinstance(data, Mapping):
                    raise StructureError("an object", data)
            name = data.get(tag)
            read = (readers.get(name) if isinstance(name, str) else None) or reader_of(name)
            if unknown is None:
                return read(data)
            try:
                return read(data)
            except StructureError:
                return _model_class(unknown).from_dict(data)

        return read_member

    return Reader(make)


def read_told_apart(members: Mapping[str, str]) -> Reader:
    """Read one of several models, told apart by a field that it alone requires."""

    def make() -> Read:
        def read_member(data: Any) -> Any:
            if isinstance(data, Model):
                return data
            if not isinstance(data, Mapping):
                raise StructureError("an object", data)
            for name, member in members.items():
                if name in data:
                    return _model_class(member).from_dict(data)
            raise StructureError(f"an object with {' or '.join(members)}", data)

        return read_member

    return Reader(make)


def read_either(
    *,
    array: Reader | None = None,
    object: Reader | None = None,
    text: Reader | None = None,
    scalars: bool = True,
    null: bool = False,
) -> Reader:
    """Read a value by its JSON type; `scalars` tells whether other values are kept as they are, `null` whether null is."""

    def make() -> Read:
        read_array, read_object, read_text = (read and read.bind() for read in (array, object, text))
        names = {"a list": read_array, "an object": read_object, "a scalar": scalars or text}
        expected = " or ".join(name for name, allowed in names.items() if allowed)

        def read_any(data: Any) -> Any:
            if isinstance(data, str):
                read, kept = read_text, scalars
            elif isinstance(data, (list, tuple)):
                read, kept = read_array, False
            elif isinstance(data, (Mapping, Model)):
                read, kept = read_object, False
            else:
                read, kept = None, scalars or (null and data is None)
            if read is not None:
                return read(data)
            if not kept:
                raise StructureError(expected, data)
            return data

        return read_any

    return Reader(make, keeps=str if scalars and text is None else None)


def _keep_scalar(data: Any) -> Any:
    """Keep a scalar as it came; a list or an object cannot stand for one."""
    if isinstance(data, (list, dict)):
        raise StructureError("a scalar", data)
    return data


read_scalar = Reader(lambda: _keep_scalar, keeps=int)


class DateTime(datetime.datetime):
    """A point in time that was read; it remembers the text, so that it is written as it came."""

    text: str | None = None

    def __reduce__(self) -> Any:
        return (_parse_date_time, (self.text,)) if self.text is not None else super().__reduce__()


class Date(datetime.date):
    """A day that was read; it remembers the text, so that it is written as it came."""

    text: str | None = None

    def __reduce__(self) -> Any:
        return (_parse_date, (self.text,)) if self.text is not None else super().__reduce__()


def _parse_date_time(data: Any) -> Any:
    """Read a date with a time (RFC 3339, ISO 8601); a text that is none is kept."""
    if not isinstance(data, str):
        return data
    try:
        value = DateTime.fromisoformat(data)
    except ValueError:
        from dateutil.parser import isoparse  # slow to import, and seldom needed

        try:
            value = DateTime.fromisoformat(isoparse(data).isoformat())
        except (ValueError, OverflowError):
            return data
    value.text = data
    return value


def _parse_date(data: Any) -> Any:
    """Read a day (RFC 3339, ISO 8601); a text that is none is kept."""
    if not isinstance(data, str):
        return data
    try:
        value = Date.fromisoformat(data)
    except ValueError:
        return data
    value.text = data
    return value


read_date_time = Reader(lambda: _parse_date_time)
read_date = Reader(lambda: _parse_date)


# ---------------------------------------------------------------------------------------------------------------------
# Models
# ---------------------------------------------------------------------------------------------------------------------
@frozen
class Field:
    """What the contract says of one field."""

    name: str
    """Name of the attribute."""
    wire: str
    """Name in JSON."""
    read: Reader | None = None
    """How its value is read; None for what is kept as it came."""
    required: bool = False
    nullable: bool = False
    """Whether the contract allows null."""
    tag: Any = UNSET
    """The single value of a tag, which is filled in where the service leaves it out."""
    secret: bool = False
    """Whether `repr` hides it."""


class Fields:
    """The fields of one model, by their names as attributes and in JSON."""

    def __init__(self, *fields: Field) -> None:
        self.by_name = {each.name: each for each in fields}
        self.by_wire = {each.wire: each for each in fields}
        self.plain = frozenset(each.wire for each in fields if each.name == each.wire)
        """Names in JSON that are the attributes' names too."""

    def sort_out(self, state: dict[str, Any]) -> None:
        """Give each entry of `state`, keyed as in JSON, the key that a model has for it; the order stays."""
        data = dict(state)
        state.clear()
        for wire, value in data.items():
            known = self.by_wire.get(wire)
            state[f"?{wire}" if known is None else known.name] = value

    def set_null_aside(self, state: dict[str, Any], name: str) -> None:
        """Keep null where the contract has none only for `to_dict` and `[]`: for the attribute the field is missing."""
        known = self.by_name[name]
        if known.required and not known.nullable:
            del state[name]
            state[f"?{known.wire}"] = None


def state_only(cls: type, fields: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Let attrs hand on the state of a model as a whole (`evolve`, `copy.replace`), and no field by itself."""
    return [each if each.name == "_state" else each.evolve(init=False) for each in fields]


class _Missing:
    """Stands in a class for a required field: found when an object does not have it."""

    def __init__(self, field: Field) -> None:
        self._field = field

    def __get__(self, model: Model | None, kind: type[Model]) -> Any:
        if model is None:
            return self
        came = "null" if self._field.wire in model else "no such field"
        raise AttributeError(f"{kind.__name__}.{self._field.name} is required, but the service sent {came}")


# Makes a model without its constructor.
_create = object.__new__


class Model:
    """Base of every model, an attrs class like them.

    `"x" in model` tells whether a field was sent, `model["x"]` reads any field by its name in JSON, known or not;
    KeyError if it is absent. Models compare by content.
    """

    if TYPE_CHECKING:
        _state: dict[str, Any]
    else:  # the one field that attrs hands on; a type checker would want each subclass to have the same constructor
        _state: dict[str, Any] = field(alias="_state")

    _FIELDS: ClassVar[Fields] = Fields()
    _plain: ClassVar[frozenset[str]] = frozenset()
    _readers: ClassVar[tuple[tuple[str, Read, type | None], ...] | None] = None

    def __init__(self, **given: Any) -> None:
        raise NotImplementedError("a model of the contract has a constructor of its own")

    def __init_subclass__(cls) -> None:
        construct = cls.__init__

        @functools.wraps(construct)
        def __init__(self: Model, *args: Any, _state: dict[str, Any] | None = None, **given: Any) -> None:
            if self._readers is None:
                self._prepare()
            if _state is None:
                construct(self, *args, **given)
                return
            vars(self).update(_state)
            for name, value in given.items():
                if name not in self._FIELDS.by_name:
                    raise TypeError(f"{type(self).__name__} has no field {name!r}")
                setattr(self, name, value)

        cls.__init__ = __init__  # type: ignore[method-assign]  # the same, with one hidden argument

    def _fill(self, given: Mapping[str, Any]) -> None:
        """Take the arguments of a constructor."""
        for name, known in self._FIELDS.by_name.items():
            value = given.get(name, UNSET)
            if value is not UNSET:
                try:
                    self._set(known, value)
                except StructureError as error:
                    raise error.inside(known.wire) from None

    def _set(self, known: Field, value: Any) -> None:
        state = vars(self)
        state.pop(f"?{known.wire}", None)
        if value is UNSET or (value is None and not known.nullable):
            if known.required and known.tag is UNSET:
                raise ValueError(f"{type(self).__name__}.{known.name} is required: it cannot be {value!r}")
            state.pop(known.name, None)
        elif value is None or known.read is None:
            state[known.name] = value
        else:
            state[known.name] = known.read(value)

    @classmethod
    def _prepare(cls) -> tuple[tuple[str, Read, type | None], ...]:
        """Bind the readers, and let the class answer for what is absent; once, when the first model is read."""
        fields = cls._FIELDS.by_name.values()
        for each in fields:
            absent = None if each.tag is UNSET and not each.required else each.tag
            setattr(cls, each.name, _Missing(each) if absent is UNSET else absent)
        cls._plain = cls._FIELDS.plain
        cls._readers = tuple((each.name, each.read.bind(), each.read.keeps) for each in fields if each.read is not None)
        return cls._readers

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data; raises StructureError, which names the path to what is not as the contract says."""
        if type(src_dict) is not dict:
            if isinstance(src_dict, cls):
                return src_dict
            if not isinstance(src_dict, Mapping):
                raise StructureError(f"an object ({cls.__name__})", src_dict)
        readers = cls._readers
        if readers is None:
            readers = cls._prepare()
        self = _create(cls)
        state = self.__dict__
        state.update(src_dict)
        if not cls._plain.issuperset(src_dict):
            cls._FIELDS.sort_out(state)
        name = ""
        try:
            for name, read, keeps in readers:
                value = state.get(name)
                if value is None:
                    if name in state:
                        cls._FIELDS.set_null_aside(state, name)
                elif type(value) is not keeps:
                    state[name] = read(value)
        except StructureError as error:
            raise error.inside(cls._FIELDS.by_name[name].wire) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: exactly what was read, or what was set."""
        fields = self._FIELDS
        if vars(self).keys() <= fields.plain:
            return {name: to_json(value) for name, value in vars(self).items() if value is not UNSET}
        return {self._wire(name): to_json(value) for name, value in vars(self).items() if value is not UNSET}

    def _wire(self, key: str) -> str:
        """Return the name in JSON of an entry of the state."""
        return key[1:] if key[0] == "?" else self._FIELDS.by_name[key].wire

    def _key(self, wire: str) -> str:
        """Return the key of a field in the state, by its name in JSON."""
        known = self._FIELDS.by_wire.get(wire)
        return known.name if known is not None and known.name in vars(self) else f"?{wire}"

    @property
    def additional_properties(self) -> MutableMapping[str, Any]:
        """The fields that the contract does not know, by their names; changing it changes the model."""
        return _Unknown(self)

    @additional_properties.setter
    def additional_properties(self, values: Mapping[str, Any]) -> None:
        state = vars(self)
        for key in [key for key in state if key[0] == "?"]:
            del state[key]
        state.update((f"?{wire}", value) for wire, value in values.items())

    def __getitem__(self, wire: str) -> Any:
        state, key = vars(self), self._key(wire)
        if key not in state:
            raise KeyError(wire)
        return state[key]

    def __setitem__(self, wire: str, value: Any) -> None:
        known = self._FIELDS.by_wire.get(wire)
        if known is None:
            vars(self)[f"?{wire}"] = value
        else:
            self._set(known, value)

    def __delitem__(self, wire: str) -> None:
        state, key = vars(self), self._key(wire)
        if key not in state:
            raise KeyError(wire)
        del state[key]

    def __contains__(self, wire: object) -> bool:
        return isinstance(wire, str) and self._key(wire) in vars(self)

    if not TYPE_CHECKING:  # a type checker knows the fields, and that there is nothing to iterate over
        __iter__ = None

        def __setattr__(self, name: str, value: Any) -> None:
            known = self._FIELDS.by_name.get(name)
            if known is not None:
                self._set(known, value)
            elif isinstance(getattr(type(self), name, None), property):
                object.__setattr__(self, name, value)
            else:
                raise AttributeError(
                    f"{type(self).__name__} has no field {name!r}; model[{name!r}] = ... sets a new one"
                )

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *self._FIELDS.by_name} - {key for key in vars(self) if key[0] == "?"})

    def __repr__(self) -> str:
        fields, state = self._FIELDS.by_name, vars(self)
        shown = {name: state[name] for name, known in fields.items() if name in state and not known.secret}
        if unknown := dict(self.additional_properties):
            shown["additional_properties"] = unknown
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(other) is type(self) else NotImplemented

    __hash__: ClassVar[None]  # type: ignore[assignment]  # it can be changed

    def __copy__(self) -> Self:
        return self._with_state(vars(self))

    def __reduce__(self) -> Any:
        return _restored, (type(self), dict(vars(self)))

    @classmethod
    def _with_state(cls, state: Mapping[str, Any]) -> Self:
        if cls._readers is None:
            cls._prepare()
        self = _create(cls)
        vars(self).update(state)
        return self

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
    Model._state = property(lambda self: dict(vars(self)))  # attrs has removed what the class had there


def _restored(cls: type[M], state: dict[str, Any]) -> M:
    """Make a model out of what `pickle` or `deepcopy` kept of it."""
    return cls._with_state(state)


class _Unknown(MutableMapping[str, Any]):
    """The unknown fields of a model, as a mapping."""

    def __init__(self, of: Model) -> None:
        self._state = vars(of)

    def __getitem__(self, wire: str) -> Any:
        return self._state[f"?{wire}"]

    def __setitem__(self, wire: str, value: Any) -> None:
        self._state[f"?{wire}"] = value

    def __delitem__(self, wire: str) -> None:
        del self._state[f"?{wire}"]

    def __iter__(self) -> Iterator[str]:
        return (key[1:] for key in list(self._state) if key[0] == "?")

    def __len__(self) -> int:
        return sum(key[0] == "?" for key in self._state)

    def __repr__(self) -> str:
        return repr(dict(self))


class UnknownModel(Model):
    """An object of a kind that the contract does not know, kept as it came.

    Its fields are attributes of any type; its tag reads "UNKNOWN", and `model["type"]` has the tag that was sent.
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        vars(self).update((f"?{name}", value) for name, value in raw.items())

    @property
    def raw(self) -> dict[str, Any]:
        """The whole object, as it came."""
        return self.to_dict()

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    else:

        def __getattr__(self, name: str) -> Any:
            if f"?{name}" not in vars(self):
                raise AttributeError(f"{type(self).__name__} has no field {name!r}")
            return vars(self)[f"?{name}"]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Keep an object as it is; raises StructureError for anything else."""
        if isinstance(src_dict, cls):
            return src_dict
        if not isinstance(src_dict, Mapping):
            raise StructureError(f"an object ({cls.__name__})", src_dict)
        return cls._with_state({f"?{name}": value for name, value in src_dict.items()})


# ---------------------------------------------------------------------------------------------------------------------
# From models to JSON data
# ---------------------------------------------------------------------------------------------------------------------
_PLAIN = frozenset({str, int, float, bool, type(None)})


def to_json(value: Any) -> Any:
    """Return plain JSON data for a value in which models, dicts, lists and dates are mixed at any depth.

    UNSET in a dict is left out. Nothing that was passed in is changed.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items() if item is not UNSET}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return [to_json(item) for item in value]
    if isinstance(value, datetime.date):  # datetime is one
        text: str | None = getattr(value, "text", None)
        return value.isoformat() if text is None else text
    return value


# Made once: `json.dumps` makes another for each text.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def encode_json(data: Any) -> bytes:
    """Write JSON data, models among it, as UTF-8; raises ValueError naming the place of what cannot be JSON."""
    try:
        plain = to_json(data)
        try:
            return _encode(plain).encode()
        except UnicodeEncodeError:  # a lone surrogate: UTF-8 cannot have it, but JSON can escape it
            return json.dumps(plain, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as error:
        reason = "it is nested too deep, or holds itself" if isinstance(error, RecursionError) else error
        raise ValueError(f"{_culprit(data) or 'the data'} cannot be written as JSON: {reason}") from error


def _culprit(data: Any) -> str:
    """Return the path to the first value in `data` that cannot be JSON, "" where that is `data` itself."""
    if isinstance(data, Model):
        data = {data._wire(key): value for key, value in vars(data).items()}
    if isinstance(data, Mapping):
        steps = [(f".{key}", item) for key, item in data.items() if item is not UNSET]
    elif isinstance(data, Sequence) and not isinstance(data, (str, bytes, bytearray)):
        steps = [(f"[{index}]", item) for index, item in enumerate(data)]
    else:
        return ""
    for step, item in steps:
        try:
            json.dumps(to_json(item), allow_nan=False)
        except RecursionError:  # the way on may have no end
            return step.lstrip(".")
        except (TypeError, ValueError):
            rest = _culprit(item)
            return f"{step}.{rest}".lstrip(".").replace(".[", "[") if rest else step.lstrip(".")
    return ""


__all__ = [
    "UNSET",
    "Field",
    "Fields",
    "Model",
    "Reader",
    "TypedDict",
    "UnknownModel",
    "encode_json",
    "read_date",
    "read_date_time",
    "read_either",
    "read_entries",
    "read_items",
    "read_model",
    "read_scalar",
    "read_tagged",
    "read_told_apart",
    "state_only",
    "to_json",
]
