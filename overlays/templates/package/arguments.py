"""The keyword arguments of an operation: which values each takes, and how it is written in a path, query or header."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence, Sized
from typing import Any, Literal

from attrs import frozen

from .preparing import is_list
from .values import UNSET, Model, to_json

Kind = Literal["string", "integer", "number", "boolean", "array", "object"]
Arguments = Mapping[str, Any]


class ArgumentError(ValueError):
    """An argument does not fit the operation. Nothing was sent. The message names the argument."""


@frozen
class Parameter:
    """One keyword argument of an operation, and the place in the request where its value goes."""

    name: str
    """Name of the keyword argument."""
    wire: str
    """Name in the path, query, headers or body."""
    kinds: tuple[Kind, ...] = ()
    """JSON types that the value may have. Empty if it may have any."""
    required: bool = False
    nullable: bool = False
    """Whether None is sent as null. If not, None leaves an optional argument out."""
    nonempty: bool = False
    """Whether an empty text or list is refused."""
    const: Any = UNSET
    """The value, if the contract allows only one."""
    as_json: bool = False
    """Whether a query parameter or header contains its value as JSON text."""


def checked(parameter: Parameter, given: Arguments) -> Any:
    """Return the value of an argument, or UNSET if nothing is sent; raises ArgumentError if it does not fit."""
    value = given.get(parameter.name, UNSET)
    if value is None and not parameter.nullable and not parameter.required:
        return UNSET
    if value is UNSET:
        if parameter.required:
            raise ArgumentError(f"{parameter.name}: {_expected(parameter)}, got nothing")
        return UNSET
    if parameter.const is not UNSET and value != parameter.const:
        raise ArgumentError(f"{parameter.name}: expected {parameter.const!r}, got {shown(value)}")
    fits = parameter.nullable if value is None else not parameter.kinds or any(_is(value, k) for k in parameter.kinds)
    if not fits or (parameter.nonempty and isinstance(value, Sized) and not len(value)):
        raise ArgumentError(f"{parameter.name}: {_expected(parameter)}, got {shown(value)}")
    return value


def shown(value: Any) -> str:
    """Return the beginning of a value, for an error message."""
    try:
        return f"{value!r:.80}"
    except RecursionError:
        return f"a {type(value).__name__} that is nested too deep"


def _expected(parameter: Parameter) -> str:
    filled = "non-empty " * parameter.nonempty
    words = {"string": f"a {filled}string", "array": f"a {filled}list", "object": "an object"}
    words |= {"integer": "an integer", "number": "a number", "boolean": "True or False"}
    kinds = [words[kind] for kind in parameter.kinds] + ["None"] * parameter.nullable
    return f"expected {' or '.join(kinds) or 'a value'}"


def _is(value: Any, kind: Kind) -> bool:
    """Tell whether a value has a JSON type."""
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "array":
        return is_list(value)
    if kind == "object":
        return isinstance(value, (Model, Mapping))
    whole = isinstance(value, int) or (isinstance(value, float) and (kind == "number" or value.is_integer()))
    return whole and not isinstance(value, bool)


def pairs(parameters: Sequence[Parameter], given: Arguments, extra: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return names and texts of query parameters or headers. A list becomes one pair for each of its items."""
    pairs: list[tuple[str, str]] = []
    for each in parameters:
        value = UNSET if each.wire in extra else checked(each, given)
        if value is UNSET or value is None:
            continue
        pairs += [(each.wire, text_of(each, item)) for item in (value if _repeats(each, value) else [value])]
    for name, value in extra.items():
        as_text = Parameter(name=name, wire=name)
        pairs += [(name, text_of(as_text, item)) for item in (value if _repeats(as_text, value) else [value])]
    return pairs


def _repeats(parameter: Parameter, value: Any) -> bool:
    return _is(value, "array") and not parameter.as_json


def text_of(parameter: Parameter, value: Any) -> str:
    """Return the text of a value in a path, a query or a header; raises ArgumentError if it has none."""
    if isinstance(value, datetime.date):
        value = to_json(value)
    if parameter.as_json:
        try:
            return json.dumps(to_json(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        except (TypeError, ValueError, RecursionError) as error:
            raise ArgumentError(f"{parameter.name}: cannot be written as JSON: {error}") from error
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        text = str(value)
        if re.search(r"[\x00-\x1f\x7f]", text):
            raise ArgumentError(f"{parameter.name}: expected a value without control characters, got {value!r:.80}")
        return text
    raise ArgumentError(f"{parameter.name}: {_expected(parameter)}, got {shown(value)}")


__all__ = ["ArgumentError", "Arguments", "Parameter", "checked", "pairs", "shown", "text_of"]
