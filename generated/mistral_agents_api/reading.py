# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Readers turn JSON data into models, lists of models and dates. Generated models and operations name them.

A reader is called with JSON data and returns the value; it raises StructureError. It also takes models, lists and dates
in place of data, because constructors use the same readers.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from . import dates
from .errors import StructureError
from .fields import Read
from .preparing import as_list, prepare

if TYPE_CHECKING:
    from .values import Model


class Reader:
    """Reads JSON data of one type. It is prepared when it is first used, so that it imports no model before."""

    __slots__ = ("_make", "_read", "is_late", "is_scalar", "items", "keeps", "takes_only")

    def __init__(
        self, make: Callable[[], Read], *, keeps: type | None = None, is_scalar: bool = False, is_late: bool = False
    ) -> None:
        self._make = make
        self._read: Read | None = None
        self.keeps = keeps
        """The type of values that are kept as they were sent, so that the reader need not be called for them."""
        self.takes_only: str | None = None
        """If a constructor refuses numbers and booleans, the words of its error for what was expected. Otherwise None.

        If the service sends a number or a boolean, it is always kept.
        """
        self.items: Reader | None = None
        """How each item of a list is read, if it reads lists whose items need reading."""
        self.is_scalar = is_scalar
        """Whether it returns a value as it is or refuses it, and never converts it."""
        self.is_late = is_late
        """Whether a field of a model keeps the text as it was sent until somebody reads the attribute."""

    def bind(self) -> Read:
        """Return the function that reads, so that calls need not go through this object."""
        if self._read is None:
            self._read = self._make()
        return self._read

    def bind_later(self, variables: dict[str, Any], name: str) -> None:
        """Set a variable to a function that, when first called, replaces itself by the one that `bind` returns."""

        def read_first(data: Any) -> Any:
            variables[name] = read = self.bind()
            return read(data)

        variables[name] = read_first

    def __call__(self, data: Any) -> Any:
        return (self._read or self.bind())(data)


def _model_class(name: str) -> type[Model]:
    return cast("type[Model]", getattr(import_module(f"{__package__}.models"), name))


def _reader_of(name: str) -> Read:
    model = _model_class(name)
    return model._read or prepare(model)


def _is_model(data: Any) -> bool:
    return hasattr(type(data), "_FIELDS")


def read_model(name: str) -> Reader:
    """Read an object as the model with this name."""
    return Reader(lambda: _reader_of(name))


def read_items(read: Reader | None = None) -> Reader:
    """Read a list and each of its items. Without a reader, items are kept as they were sent."""

    def make() -> Read:
        read_item: Read | None = None

        def read_list(data: Any) -> Any:
            nonlocal read_item
            if type(data) is not list:
                data = as_list(data)
            if read is None:
                return data.copy()  # the caller's list stays the caller's
            if not data:  # the class of the items is not imported
                return []
            if read_item is None:
                read_item = read.bind()
            values: list[Any] = []
            try:
                for item in data:
                    values.append(read_item(item))  # noqa: PERF401  # an error tells how far it came
            except StructureError as error:
                raise error.inside(len(values)) from None
            return values

        return read_list

    reader = Reader(make)
    reader.items = read
    return reader


def read_entries(read: Reader | None = None) -> Reader:
    """Read an object with any keys, and each of its values. Without a reader, values are kept as they were sent."""

    def read_map(data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise StructureError("an object", data)
        if read is None:
            return dict(data)
        values: dict[str, Any] = {}
        for key, value in data.items():
            try:
                values[key] = read(value)
            except StructureError as error:
                raise error.inside(key) from None
        return values

    return Reader(lambda: read_map)


def read_tagged(
    tag: str, members: Mapping[str, str], *, unknown: str | None = None, untagged: str | None = None
) -> Reader:
    """Read one of several models. The value of the field `tag` decides; `untagged` is the model without a tag.

    An object with another tag becomes the model `unknown`, and so does an object that does not fit its model. If there
    is no `unknown`, an object with another tag stays a dict, and one that does not fit its model raises StructureError.
    """
    names = {*members.values(), *filter(None, (unknown, untagged))}
    readers: dict[str, Read] = {}

    def reader_of(value: Any) -> Read:
        member = members.get(value, unknown) if isinstance(value, str) else unknown
        if value is None and untagged is not None:
            member = untagged
        read = dict if member is None else _reader_of(member)
        if isinstance(value, str) and value in members:
            readers[value] = read
        return read

    def read_member(data: Any) -> Any:
        if type(data) is not dict:
            if _is_one_of(data, names):
                return data
            if not isinstance(data, Mapping):
                raise StructureError("an object", data)
        try:
            read = readers[data[tag]]
        except (KeyError, TypeError):  # no tag, one that is new here, or one that is no text
            read = reader_of(data.get(tag))
        if unknown is None:
            return read(data)
        try:
            return read(data)
        except StructureError:
            return _reader_of(unknown)(data)

    return Reader(lambda: read_member)


def _is_one_of(data: Any, names: set[str]) -> bool:
    """Tell whether something is a model with one of these names, or an `Unknown...` model."""
    return _is_model(data) and any(
        each.__name__ in names or each.__name__ == "UnknownModel" for each in type(data).__mro__
    )


def read_told_apart(members: Mapping[str, str]) -> Reader:
    """Read one of several models. A field that only one of them requires decides."""
    names = set(members.values())

    def read_member(data: Any) -> Any:
        if _is_one_of(data, names):
            return data
        if not isinstance(data, Mapping):
            raise StructureError("an object", data)
        for name, member in members.items():
            if name in data:
                return _reader_of(member)(data)
        raise StructureError(f"an object with {' or '.join(members)}", data)

    return Reader(lambda: read_member)


def read_either(
    *,
    array: Reader | None = None,
    object: Reader | None = None,
    text: Reader | None = None,
    scalars: bool = True,
    null: bool = False,
) -> Reader:
    """Read a value by its JSON type; `scalars`: whether a scalar without a reader is kept; `null`: the same for null."""
    names = {"a list": array, "an object": object, "a scalar": scalars, "a string": text}
    expected = " or ".join(name for name, allowed in names.items() if allowed and not (name == "a string" and scalars))

    def read_any(data: Any) -> Any:
        if data is None:
            read, kept = None, null
        elif isinstance(data, (str, datetime.date)):
            read, kept = text, scalars
        elif isinstance(data, (list, tuple)):
            read, kept = array, False
        elif isinstance(data, Mapping) or _is_model(data):
            read, kept = object, False
        else:
            read, kept = None, scalars
        if read is not None:
            return read(data)
        if not kept:
            raise StructureError(expected, data)
        return data

    keeps_text = scalars if text is None else text is read_string
    reader = Reader(lambda: read_any, keeps=str if keeps_text else None)
    if text is read_string:
        reader.takes_only = " or ".join(name for name, allowed in names.items() if allowed and name != "a scalar")
    return reader


def _keep_scalar(data: Any) -> Any:
    """Return a scalar unchanged; raises StructureError for a list or an object."""
    if isinstance(data, (list, tuple, dict)) or _is_model(data):
        raise StructureError("a scalar", data)
    return data


def _scalar(keeps: type | None) -> Reader:
    return Reader(lambda: _keep_scalar, keeps=keeps, is_scalar=True)


read_scalar = _scalar(None)
"""Read a scalar of any type. The readers for one type do the same: if the service sends another type, it is kept."""
read_string, read_integer, read_number, read_boolean = map(_scalar, (str, int, float, bool))
read_anything = Reader(lambda: lambda data: data)
# Each event of a conversation has a date, which few programs read.
read_date_time = Reader(lambda: dates.read_date_time, keeps=str, is_late=True)
read_date = Reader(lambda: dates.read_date, keeps=str, is_late=True)

__all__ = [
    "Reader", "read_anything", "read_boolean", "read_date", "read_date_time", "read_either", "read_entries",
    "read_integer", "read_items", "read_model", "read_number", "read_scalar", "read_string", "read_tagged",
    "read_told_apart",
]  # fmt: skip
