"""An operation of the contract as data: how its arguments become a request, and how its answers are read.

Each module under `api` has one `Operation`. Nothing here does I/O. Whoever sends a request gets its parts from the
operation, and lets the operation read what comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from attrs import Factory, field, frozen

from .arguments import ArgumentError, Arguments, Parameter, checked, pairs, shown, text_of
from .values import UNSET

Answer = TypeVar("Answer")
Event = TypeVar("Event")
Item = TypeVar("Item")


@frozen
class Form:
    """One form of a request's body: its fields, and the fields whose value is fixed."""

    schema: str
    """Name of the schema."""
    fields: tuple[Parameter, ...]
    fixed: Mapping[str, Any] = field(factory=dict)
    """Fields that the form always sends, by wire name (`stream: true`)."""
    names: frozenset[str] = field(
        default=Factory(lambda self: frozenset(each.name for each in self.fields), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )
    """Names of the arguments of this form."""
    required: frozenset[str] = field(
        default=Factory(lambda self: frozenset(each.name for each in self.fields if each.required), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )
    """Names of the arguments that this form requires."""


@frozen
class Stream(Generic[Event]):
    """How an operation answers with server-sent events."""

    forms: tuple[Form, ...]
    """Forms of the body that ask for events. Empty if the operation has no body."""
    schema: str
    """Name of the schema of an event's data."""
    read: Callable[[Any], Event]
    """Reads the data of one event, after JSON is parsed; raises StructureError."""
    tag: str | None = None
    """Field of the data that says which kind of event it is, if there is one."""
    end: str | None = None
    """Data of the end event, which is not delivered (`[DONE]`)."""
    end_event: str | None = None
    """Name of the end event, which is delivered."""
    error_event: str | None = None
    """Name of the event that reports an error."""


@frozen
class Paging:
    """How a list continues: which parameter asks for the next page, and where the items are."""

    parameter: str
    """Query parameter for the next page: a number that increases by one, or a token."""
    next: str | None = None
    """Field of a page with the token of the next page. None if pages have numbers."""
    items: str | None = None
    """Field of a page with the items. None if the answer is the list itself."""
    size: str | None = None
    """Query parameter for the maximum number of items on a page, if there is one."""


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
    """The JSON object to send, which may contain models, or a model. None if there is no body."""


@frozen
class Operation(Generic[Answer, Event, Item]):
    """All that is known about one operation.

    Type parameters: `Answer` is the type of its JSON answer, `Event` that of an event of its stream, `Item` that of an
    item of its list.
    """

    name: str
    """Tag and method: `conversations.start`."""
    method: str
    path: str
    """The path, with the wire names of its parameters in braces."""
    answer: Callable[[Any], Answer] | None = None
    """Reads a JSON answer; raises StructureError. None if the operation answers without a body, or only with events."""
    statuses: tuple[int, ...] = (200,)
    """Statuses that mean success."""
    idempotent: bool = False
    """Whether sending the request twice changes nothing."""
    path_parameters: tuple[Parameter, ...] = ()
    query_parameters: tuple[Parameter, ...] = ()
    header_parameters: tuple[Parameter, ...] = ()
    forms: tuple[Form, ...] = ()
    """Forms of the body that ask for one JSON answer. Empty if the operation has no body."""
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
        """Return the request for keyword arguments. Arguments that are UNSET are left out.

        `extra_body` and `extra_query` replace arguments of the same name, also required ones. A whole `body` replaces
        all arguments that are fields of the body. Raises ArgumentError.
        """
        given = {name: value for name, value in arguments.items() if value is not UNSET}
        forms = self.stream.forms if streamed and self.stream is not None else self.forms
        if body is UNSET:
            fields = {name: value for name, value in given.items() if any(name in form.names for form in forms)}
            body = self._body(forms, fields, extra_body or {})
        return Request(
            method=self.method,
            path=self._path(given),
            query=(*pairs(self.query_parameters, given, extra_query or {}),),
            headers=dict(pairs(self.header_parameters, given, {})),
            body=body,
        )

    def read_error(self, status_code: int, data: Any) -> Any:
        """Return the body of an error as the contract's model for its status, or None if it does not fit."""
        for error in self.errors:
            if error.low <= status_code <= error.high:
                try:
                    return error.read(data)
                except (ValueError, RecursionError):
                    return None
        return None

    def _path(self, given: Arguments) -> str:
        path = self.path
        for each in self.path_parameters:
            value = checked(each, given)
            text = text_of(each, UNSET if value is None else value)
            if text in ("", ".", ".."):
                raise ArgumentError(f"{each.name}: expected the identifier in {self.path}, got {shown(value)}")
            path = path.replace(f"{{{each.wire}}}", quote(text, safe=""))
        return path

    def _body(self, forms: Sequence[Form], given: Arguments, extra: Mapping[str, Any]) -> Mapping[str, Any] | None:
        if not forms:
            if extra:
                raise ArgumentError(f"extra_body: expected none, because {self.name} sends no body")
            return None
        if not self.body_required and not given and not extra and not any(form.fixed for form in forms):
            return None
        form = self._form(forms, given.keys(), extra)
        body = dict(form.fixed)
        for each in form.fields:
            # Most fields are optional and not given. `checked` would find that out, too, but it would take 2 % of the
            # time of a call for all of them.
            if each.name not in given and each.wire not in extra and not each.required:
                continue
            if each.wire in extra and each.const is UNSET:
                continue
            try:
                value = checked(each, {each.name: extra[each.wire]} if each.wire in extra else given)
            except ArgumentError as error:
                if each.const is UNSET or self.stream is None:
                    raise
                other = "ends" if forms is self.forms else "does not end"
                raise ArgumentError(f"{error}; call the method whose name {other} in stream") from None
            if value is not UNSET:
                body[each.wire] = value
        body.update(extra)
        return body

    def _form(self, forms: Sequence[Form], given: Collection[str], extra: Mapping[str, Any]) -> Form:
        """Return the form to which the arguments belong; raises ArgumentError if they mix forms, or fit none."""
        if len(forms) == 1:
            return forms[0]
        names = {*given, *(each.name for form in forms for each in form.fields if each.wire in extra)}
        fitting = [form for form in forms if names <= form.names]
        whole = [form for form in fitting if form.required <= names]
        if whole:
            return whole[0]
        choices = ", or ".join(" and ".join(each.name for each in form.fields if each.required) for form in forms)
        if not fitting:
            meant = max(forms, key=lambda form: (len(form.required & names), len(form.names & names)))
            wrong, right = _joined(names - meant.names), _joined(names & meant.required or names & meant.names)
            raise ArgumentError(f"{wrong}: cannot be combined with {right}. Give {choices}")
        fewest = min((form.required - names for form in fitting), key=len)
        raise ArgumentError(f"{_joined(fewest)}: missing. Give {choices}; got {_joined(names) or 'neither'}")


def _joined(names: Collection[str]) -> str:
    return " and ".join(sorted(names))


__all__ = ["ArgumentError", "ErrorBody", "Form", "Operation", "Paging", "Parameter", "Request", "Stream"]
