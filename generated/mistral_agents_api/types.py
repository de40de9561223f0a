# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""What every model and endpoint of this package shares."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any, ClassVar, Generic, Literal, TypeVar, cast, final

from attrs import Attribute, AttrsInstance, define, fields

from .errors import StructureError


@final
class Unset:
    """The type of `UNSET`, the value of a field that is absent.

    It is falsy, and whatever attribute it is asked for is `UNSET` again: an optional part of an answer can be reached
    through without a test at each step (`choice.message.content`).
    """

    __slots__ = ()

    def __new__(cls) -> Unset:
        return UNSET

    def __bool__(self) -> Literal[False]:
        return False

    def __getattr__(self, name: str) -> Unset:
        # Protocols (copying, array interfaces, ...) ask for dunder names and must hear that there is none.
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Unset = object.__new__(Unset)


# The null of JSON, as a type checker should see it: kept where it came, although the contract has none there.
NULL: Any = None

# Makes a model without its constructor; for each event of a stream, where looking it up by the class takes longer.
create = object.__new__


class Model:
    """Base of every model: keeps the fields that the contract does not know, and gives access to them by key."""

    __slots__ = ("_additional_properties",)

    _FIELDS: ClassVar[frozenset[str]] = frozenset()
    """The fields that the contract knows, by their names there."""
    _additional_properties: dict[str, Any]
    _source: Mapping[str, Any]  # an attribute of each model
    """What the model was read from: its unknown fields, and the order of its keys."""

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Fields that the contract does not know, as they came; `to_dict` gives them back."""
        try:
            return self._additional_properties
        except AttributeError:  # few ask for them: they are looked for when somebody does
            unknown = {name: value for name, value in self._source.items() if name not in self._FIELDS}
            self._additional_properties = unknown
            return unknown

    @additional_properties.setter
    def additional_properties(self, value: dict[str, Any]) -> None:
        self._additional_properties = value

    @property
    def additional_keys(self) -> list[str]:
        """The names of the fields that the contract does not know."""
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

    def __repr__(self) -> str:
        shown = {each.name: getattr(self, each.name) for each in _attributes(self) if each.repr}
        if self.additional_properties:
            shown["additional_properties"] = self.additional_properties
        values = (f"{name}={value!r}" for name, value in shown.items() if value is not UNSET)
        return f"{type(self).__name__}({', '.join(values)})"

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    __hash__: ClassVar[None]  # type: ignore[assignment]  # it can be changed

    def __getstate__(self) -> dict[str, Any]:
        # Of the source nothing but the order of its keys is left to keep.
        return {**_values(self), "_source": dict.fromkeys(self._source)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    def to_dict(self) -> dict[str, Any]:
        """Return the model as plain JSON data."""
        raise NotImplementedError


def _attributes(model: Model) -> list[Attribute[Any]]:
    """Return the attributes that stand for fields of the contract."""
    return [each for each in fields(cast("type[AttrsInstance]", type(model))) if each.init]


def _values(model: Any) -> dict[str, Any]:
    """Return what a model holds, by the names of its attributes."""
    values = {each.name: getattr(model, each.name) for each in _attributes(model)}
    return {**values, "additional_properties": model.additional_properties}


def to_json(value: Any) -> Any:
    """Return plain JSON data for a value in which models, dicts and sequences are mixed at any depth.

    Models become dicts; absent (`UNSET`) entries of a dict are left out; nothing that was passed in is changed.
    """
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items() if item is not UNSET}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return [to_json(item) for item in value]
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
        values = _values(data)
        data = values | values.pop("additional_properties")
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


def in_order(result: dict[str, Any], received: Iterable[str]) -> dict[str, Any]:
    """Return `result` with the keys in the order in which they were received, new ones last."""
    return {key: result[key] for key in received if key in result} | result


def check_object(data: Any, model: str) -> None:
    """Check the data of a model; raises StructureError if it is no object."""
    if not isinstance(data, Mapping):
        raise StructureError(f"an object ({model})", data)


def read_member(members: Mapping[str, Any], tag: str, unknown: Any, data: Any) -> Any:
    """Read one member of a tagged union: as the class that its tag names, else as `unknown`, or, without one, as it is."""
    if not isinstance(data, Mapping):
        raise StructureError("an object", data)
    name = data.get(tag)
    model = members.get(name, unknown) if isinstance(name, str) else unknown
    return data if model is None else model.from_dict(data)


T = TypeVar("T")


@define
class Response(Generic[T]):
    """An answer of the service: `parsed` is None when its status has no model, or an error body does not fit one."""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


__all__ = [
    "NULL",
    "UNSET",
    "Model",
    "Response",
    "Unset",
    "check_object",
    "create",
    "encode_json",
    "in_order",
    "read_member",
    "to_json",
]
