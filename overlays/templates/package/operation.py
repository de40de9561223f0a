"""An operation of the contract as data: how its arguments become a request, and how its answers are read.

Each module under `api` holds one `Operation`. Nothing here does I/O: whoever sends requests asks an operation for the
parts of one, and hands it what came back.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import quote

from attrs import field, frozen

from .values import UNSET, Model, to_json

Answer = TypeVar("Answer")
Event = TypeVar("Event")
Item = TypeVar("Item")

Kind = Literal["string", "integer", "number", "boolean", "array", "object"]
Arguments = Mapping[str, Any]


class ArgumentError(ValueError):
    """An argument does not fit the operation. Nothing was sent; the message names the argument."""


@frozen
class Parameter:
    """One keyword argument of an operation, and the place in the request where its value goes."""

    name: str
    """Name of the keyword argument."""
    wire: str
    """Name in the path, query, headers or body."""
    kinds: tuple[Kind, ...] = ()
    """JSON types that the value may have; empty if any will do."""
    required: bool = False
    nullable: bool = False
    """Whether None is sent as null. Otherwise None leaves an optional argument out."""
    nonempty: bool = False
    """Whether an empty text or list is refused."""
    const: Any = UNSET
    """The only value that the contract allows, if there is just one."""
    as_json: bool = False
    """Whether a query parameter or header holds its value as one JSON text."""


@frozen
class Form:
    """One form of a request's body: the fields that it takes, and those whose value is fixed."""

    schema: str
    """Name of the schema."""
    fields: tuple[Parameter, ...]
    fixed: Mapping[str, Any] = field(factory=dict)
    """Fields that the form always sends, by wire name (`stream: true`)."""

    @property
    def required(self) -> set[str]:
        """Names of the arguments that this form cannot do without."""
        return {each.name for each in self.fields if each.required}


@frozen
class Stream(Generic[Event]):
    """How an operation answers with server-sent events."""

    forms: tuple[Form, ...]
    """Bodies that ask for events; empty if the operation takes no body."""
    schema: str
    """Name of the schema of an event's data."""
    read: Callable[[Any], Event]
    """Read the data of one event, parsed from JSON; raises StructureError."""
    tag: str | None = None
    """Field of the data that names the event, if there is one."""
    end: str | None = None
    """Data of the last event, which is not delivered (`[DONE]`)."""
    end_event: str | None = None
    """Name of the last event, which is delivered."""
    error_event: str | None = None
    """Name of the event that reports an error."""


@frozen
class Paging:
    """How a list goes on: which parameter asks for the next page, and where the items are."""

    parameter: str
    """Query parameter of the next page: a number that goes up by one, or a token."""
    next: str | None = None
    """Field of a page that holds the token of the next one; None if pages are counted."""
    items: str | None = None
    """Field of a page that holds the items; None if the answer is the list itself."""
    size: str | None = None
    """Query parameter that limits the items of a page, if there is one."""


@frozen
class ErrorBody:
    """How the body of an error is read, for a range of statuses."""

    low: int
    high: int
    read: Callable[[Any], Any]


@frozen
class Request:
    """The parts of one HTTP request, before an address and a key are added."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: Any
    """JSON object to send, models among it, or a model; None if there is no body."""


@frozen
class Operation(Generic[Answer, Event, Item]):
    """Everything that is known about one operation: `Answer` is its JSON answer, `Event` an event, `Item` of a list."""

    name: str
    """Tag and method: `conversations.start`."""
    method: str
    path: str
    """Path with its parameters in braces, each by its wire name."""
    answer: Callable[[Any], Answer] | None = None
    """Read a JSON answer; raises StructureError. None if the operation answers without a body, or only with events."""
    statuses: tuple[int, ...] = (200,)
    """Statuses that mean success."""
    idempotent: bool = False
    """Whether sending the request twice changes nothing."""
    path_parameters: tuple[Parameter, ...] = ()
    query_parameters: tuple[Parameter, ...] = ()
    header_parameters: tuple[Parameter, ...] = ()
    forms: tuple[Form, ...] = ()
    """Bodies that ask for one JSON answer; empty if the operation takes no body."""
    body_required: bool = True
    stream: Stream[Event] | None = None
    paging: Paging | None = None
    errors: tuple[ErrorBody, ...] = ()

    def request(
        self,
        arguments: Arguments,
        *,
        streamed: bool = False,
        body: Any = UNSET,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> Request:
        """Return the request for keyword arguments; those that are UNSET are left out.

        `extra_body` and `extra_query` win over the arguments, and may stand for required ones. A whole `body` takes the
        place of the arguments that are its fields. Raises ArgumentError.
        """
        given = {name: value for name, value in arguments.items() if value is not UNSET}
        body_fields = {each.name for form in self._forms(streamed=streamed) for each in form.fields}
        if body is UNSET:
            fields = {name: given[name] for name in given if name in body_fields}
            body = self._body(fields, extra_body or {}, streamed)
        return Request(
            method=self.method,
            path=self._path(given),
            query=(*_pairs(self.query_parameters, given, extra_query or {}),),
            headers=dict(_pairs(self.header_parameters, given, {})),
            body=body,
        )

    def read_error(self, status_code: int, data: Any) -> Any:
        """Return the body of an error as the model that the contract has for its status, or None if it fits none."""
        for error in self.errors:
            if error.low <= status_code <= error.high:
                try:
                    return error.read(data)
                except (ValueError, RecursionError):
                    return None
        return None

    def _forms(self, *, streamed: bool) -> tuple[Form, ...]:
        return self.stream.forms if streamed and self.stream is not None else self.forms

    def _path(self, given: Arguments) -> str:
        path = self.path
        for each in self.path_parameters:
            value = _checked(each, given)
            text = _text(each, UNSET if value is None else value)
            if text in ("", ".", ".."):
                raise ArgumentError(f"{each.name}: expected the identifier in {self.path}, got {_shown(value)}")
            path = path.replace(f"{{{each.wire}}}", quote(text, safe=""))
        return path

    def _body(self, given: dict[str, Any], extra: Mapping[str, Any], streamed: bool) -> Mapping[str, Any] | None:
        forms = self._forms(streamed=streamed)
        if not forms:
            if extra:
                raise ArgumentError(f"extra_body: {self.name} takes no body")
            return None
        form = self._form(forms, given.keys(), extra)
        body = dict(form.fixed)
        for each in form.fields:
            if each.wire in extra and each.const is UNSET:
                continue
            value = _checked(each, {each.name: extra[each.wire]} if each.wire in extra else given)
            if value is not UNSET:
                body[each.wire] = value
        body.update(extra)
        return body if body or self.body_required else None

    def _form(self, forms: Sequence[Form], given: Any, extra: Mapping[str, Any]) -> Form:
        """Return the form that the arguments belong to; raises ArgumentError if they are of several, or of none."""
        if len(forms) == 1:
            return forms[0]
        names = given | {each.name for form in forms for each in form.fields if each.wire in extra}
        fitting = [form for form in forms if names <= {each.name for each in form.fields}]
        whole = [form for form in fitting if form.required <= names]
        if whole:
            return whole[0]
        choices = " or ".join(" and ".join(each.name for each in form.fields if each.required) for form in forms)
        said = " and ".join(sorted(names & {name for form in forms for name in form.required})) or "none of them"
        if not fitting:
            raise ArgumentError(f"{said}: {self.name} takes {choices}, not a mixture")
        missing = sorted(min((form.required - names for form in fitting), key=lambda each: len(each)))
        raise ArgumentError(f"{' and '.join(missing)}: missing; {self.name} takes {choices}, got {said}")


def _checked(parameter: Parameter, given: Arguments) -> Any:
    """Return the value of an argument, UNSET where nothing is to be sent; raises ArgumentError if it does not fit."""
    value = given.get(parameter.name, UNSET)
    if value is None and not parameter.nullable and not parameter.required:
        return UNSET
    if value is UNSET:
        if parameter.required:
            raise ArgumentError(f"{parameter.name}: missing; {_expected(parameter)}")
        return UNSET
    if parameter.const is not UNSET and value != parameter.const:
        raise ArgumentError(f"{parameter.name}: expected {parameter.const!r}, got {_shown(value)}")
    fits = parameter.nullable if value is None else not parameter.kinds or any(_is(value, k) for k in parameter.kinds)
    if not fits or (parameter.nonempty and value is not None and not len(value)):
        raise ArgumentError(f"{parameter.name}: {_expected(parameter)}, got {_shown(value)}")
    return value


def _shown(value: Any) -> str:
    """Return the start of a value for a message."""
    try:
        return f"{value!r:.80}"
    except RecursionError:
        return f"a {type(value).__name__} that is nested too deep"


def _expected(parameter: Parameter) -> str:
    words = {"string": "a text", "integer": "a whole number", "number": "a number", "boolean": "True or False"}
    words |= {"array": "a list", "object": "an object"}
    kinds = [words[kind] for kind in parameter.kinds] + ["None"] * parameter.nullable
    return f"expected {' or '.join(kinds) or 'a value'}" + ", which is not empty" * parameter.nonempty


def _is(value: Any, kind: Kind) -> bool:
    """Tell whether a value has a JSON type."""
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "array":
        return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))
    if kind == "object":
        return isinstance(value, (Model, Mapping))
    whole = isinstance(value, int) or (isinstance(value, float) and (kind == "number" or value.is_integer()))
    return whole and not isinstance(value, bool)


def _pairs(parameters: Sequence[Parameter], given: Arguments, extra: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return names and texts of query parameters or headers; a list gives one pair for each of its items."""
    pairs: list[tuple[str, str]] = []
    for each in parameters:
        value = UNSET if each.wire in extra else _checked(each, given)
        if value is UNSET or value is None:
            continue
        pairs += [(each.wire, _text(each, item)) for item in (value if _repeats(each, value) else [value])]
    for name, value in extra.items():
        as_text = Parameter(name=name, wire=name)
        pairs += [(name, _text(as_text, item)) for item in (value if _repeats(as_text, value) else [value])]
    return pairs


def _repeats(parameter: Parameter, value: Any) -> bool:
    return _is(value, "array") and not parameter.as_json


def _text(parameter: Parameter, value: Any) -> str:
    """Return a value as it is written in a path, a query or a header; raises ArgumentError if it cannot be."""
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
            raise ArgumentError(f"{parameter.name}: {value!r:.80} holds a control character")
        return text
    raise ArgumentError(f"{parameter.name}: {_expected(parameter)}, got {_shown(value)}")


__all__ = ["ArgumentError", "ErrorBody", "Form", "Operation", "Paging", "Parameter", "Request", "Stream"]
