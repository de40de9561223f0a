"""An operation of the contract as data: how its arguments become a request, and how its answers are read.

Each module under `api` holds one `Operation`. Nothing here does I/O: whoever sends requests asks an operation for the
parts of one, and hands it what came back.
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
    """One form of a request's body: the fields that it takes, and those whose value is fixed."""

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
    """Names of the arguments that this form takes."""
    required: frozenset[str] = field(
        default=Factory(lambda self: frozenset(each.name for each in self.fields if each.required), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )
    """Names of the arguments that this form cannot do without."""


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
    """All that is known about one operation. `Answer`: its JSON answer; `Event`: of its stream; `Item`: of its list."""

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
        """Return the body of an error as the model that the contract has for its status, or None if it fits none."""
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
            if each.name not in given and each.wire not in extra and not each.required:
                continue  # as most of them; `checked` would say the same, and take a fiftieth of a call for all
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
        """Return the form that the arguments belong to; raises ArgumentError if they are of several, or of none."""
        if len(forms) == 1:
            return forms[0]
        names = {*given, *(each.name for form in forms for each in form.fields if each.wire in extra)}
        fitting = [form for form in forms if names <= form.names]
        whole = [form for form in fitting if form.required <= names]
        if whole:
            return whole[0]
        choices = " or ".join(" and ".join(each.name for each in form.fields if each.required) for form in forms)
        said = " and ".join(sorted(names & {name for form in forms for name in form.required})) or "none of them"
        if not fitting:
            raise ArgumentError(f"{said}: {self.name} takes {choices}, but no mixture of them")
        lacks = [form.required - names for form in fitting]
        fewest = min(lacks, key=len)
        raise ArgumentError(f"{' and '.join(sorted(fewest))}: missing. {self.name} takes {choices}, and got {said}")


__all__ = ["ArgumentError", "ErrorBody", "Form", "Operation", "Paging", "Parameter", "Request", "Stream"]
