"""Prepares a model when it is first used: its attributes get their defaults, and the function that reads it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from .errors import StructureError
from .fields import Aside, Field, Read, replace_keys
from .unset import UNSET

if TYPE_CHECKING:
    from .values import Model


def prepare(cls: type[Model]) -> Read:
    """Give the attributes of a model's class their defaults, and return the function that reads such a model.

    This runs once for each class, when the class is first used. If it ran earlier, every program would spend time on
    models that it does not use.
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
    stream takes a fifth less time than with a loop over the fields. Lists are read here, too, which saves a call for
    each list. From the contract, this text contains only names of fields, each as a string literal. So no text of the
    contract can become code.
    """
    strict = [each for each in cls._FIELDS.by_wire.values() if each.is_strict]
    known = [each for each in cls._FIELDS.by_name.values() if each not in strict]
    fields = [(each, each.read) for each in known if each.read is not None]
    variables: dict[str, Any] = {
        "model": cls, "create": object.__new__, "as_object": _as_object, "fields": cls._FIELDS, "odd": cls._FIELDS.odd,
        "null_aside": _null_aside, "StructureError": StructureError, "check": _check, "strict": strict,
        "misfit": _misfit, "as_list": as_list,
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
        (reader.items or reader).bind_later(variables, f"read_{index}")
        variables[f"kept_{index}"] = reader.keeps
        lines += [
            f"        if {each.name!r} in state:",
            f"            value = state[{each.name!r}]",
            "            if value is None:",
            f"                {f'null_aside(state, fields.by_name[{each.name!r}])' if each.forbids_null else 'pass'}",
            f"            elif type(value) is not kept_{index}:" if reader.keeps else "            else:",
            f"                name = {each.name!r}",
        ]
        if reader.items:
            lines += [
                "                items = value if type(value) is list else as_list(value)",
                "                state[name] = values = []",
                "                for item in items:",
                f"                    values.append(read_{index}(item))",
            ]
        else:
            lines.append(f"                state[name] = read_{index}(value)")
    lines += [
        "    except StructureError as error:",
        "        raise misfit(error, fields.by_name[name], value, state[name]) from None",
    ] * bool(fields)
    exec("\n".join([*lines, "    return self"]), variables)  # noqa: S102  # the lines above
    read: Read = variables["read"]
    return read


def _as_object(data: Any, model: type[Model]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise StructureError(f"an object ({model.__name__})", data)
    return dict(data)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Tell whether a value is a sequence that is not a text: it becomes an array in JSON."""
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))


def as_list(data: Any) -> list[Any]:
    """Return a sequence as a list; raises StructureError for any other value."""
    if is_list(data):
        return list(data)
    raise StructureError("a list", data)


def _misfit(error: StructureError, field: Field, value: Any, read: Any) -> StructureError:
    """Return the error for a field that does not fit, with the path to the mistake.

    If the value is a list, `read` is a list of the items before the wrong one, so its length is the wrong one's index.
    """
    if read is not value and field.read is not None and field.read.items is not None:
        error = error.inside(len(read))
    return error.inside(field.wire)


def _null_aside(state: dict[Any, Any], field: Field) -> None:
    """Keep a null although the contract does not allow it. Only `to_dict` and `[]` show it; the attribute looks absent."""
    replace_keys(state, lambda key: Aside(field.wire) if key == field.name else key)


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
            if model.__dict__.get(name) is text:  # otherwise another thread has set the field, and that value stays
                model.__dict__[name] = value
        return value

    def __set__(self, model: Model, value: Any) -> None:
        model.__dict__[self._field.name] = value

    def __delete__(self, model: Model) -> None:
        if model.__dict__.pop(self._field.name, UNSET) is UNSET:
            raise AttributeError(self._field.name)


__all__ = ["as_list", "prepare"]
