"""What templates print: plans of models, operations and resources. Frozen data; every text in them is safe as code.

Types, literals and readers are Python code as text. Docstrings include their quotes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from attrs import frozen


class _Argument(Protocol):
    """An argument of a constructor or of a method."""

    @property
    def required(self) -> bool: ...
    @property
    def default(self) -> str | None: ...


_AnyArgument = TypeVar("_AnyArgument", bound=_Argument)


def must_be_given(argument: _Argument) -> bool:
    """Return whether a call fails without this argument."""
    return argument.required and argument.default is None


def required_first(arguments: Iterable[_AnyArgument]) -> tuple[_AnyArgument, ...]:
    """Return the arguments in an order that Python allows: those that must be given come first."""
    return tuple(sorted(arguments, key=lambda each: not must_be_given(each)))


def or_none(kind: str) -> str:
    """Return a type that includes None."""
    return kind if kind in ("Any", "None") or kind.endswith(" | None") else f"{kind} | None"


def _parameter(name: str, kind: str, default: str | None, required: bool) -> str:  # noqa: FBT001  # private
    if default is None and required:
        return f"{name}: {kind}"
    return f"{name}: {kind} = {'UNSET' if default is None else default}"


@frozen
class FieldPlan:
    """One field of a model."""

    name: str
    """The name of the attribute."""
    wire: str
    """The name in JSON, as a literal."""
    reads: str
    """The type of the attribute."""
    takes: str
    """The type of the constructor's parameter and of the entry in a plain dict, without None for null."""
    required: bool
    nullable: bool
    reader: str | None
    """A call of a reader in the package's `reading`; None for a value that is kept unchanged."""
    tag: str | None
    """The single value of a tag, as a literal."""
    default: str | None
    """The default that is sent, as a literal."""
    secret: bool
    doc: str

    @property
    def parameter(self) -> str:
        """The parameter of the constructor, with its default."""
        takes_none = self.nullable or not (self.required or self.default is not None)
        return _parameter(self.name, or_none(self.takes) if takes_none else self.takes, self.default, self.required)

    @property
    def entry(self) -> str:
        """The type of the entry in a plain dict, in which None means null."""
        kind = or_none(self.takes) if self.nullable else self.takes
        return kind if must_be_given(self) else f"NotRequired[{kind}]"

    @property
    def description(self) -> str:
        """The arguments of a `Field`."""
        said = [f'"{self.name}"', self.wire]
        said += [f"read={self.reader}"] if self.reader else []
        said += ["required=True"] if self.required else []
        said += ["nullable=True"] if self.nullable else []
        said += [f"tag={self.tag}"] if self.tag is not None else []
        said += ["secret=True"] if self.secret else []
        return ", ".join(said)


@frozen
class ModelPlan:
    """One schema of the contract that becomes a class, or an alias of `dict`."""

    name: str
    module: str
    doc: str
    fields: tuple[FieldPlan, ...] = ()
    alias: str | None = None
    """The type that the name is an alias of; None for a class."""
    unknown_tag: str | None = None
    """The attribute name of an `Unknown...` model's tag; None for every other model."""
    twin: bool = False
    """Whether a request can contain it, so that it needs a TypedDict."""
    twin_is_class: bool = True
    """Whether the TypedDict can be written as a class: all JSON names of fields can be attribute names there."""

    @property
    def parameters(self) -> tuple[FieldPlan, ...]:
        """The fields; those that the constructor requires come first."""
        return required_first(self.fields)


@frozen
class ParameterPlan:
    """One keyword argument of a method, and how it is sent."""

    name: str
    wire: str
    takes: str
    required: bool
    nullable: bool
    kinds: tuple[str, ...]
    nonempty: bool = False
    const: str | None = None
    default: str | None = None
    as_json: bool = False
    doc: str = ""
    """Its description: one line in a docstring's list of arguments."""

    @property
    def parameter(self) -> str:
        """The parameter of a method, with its default."""
        kind = self.takes if self.required and not self.nullable else or_none(self.takes)
        return _parameter(self.name, kind, self.default, self.required)

    @property
    def optional(self) -> str:
        """The parameter of a method with several forms, where it is optional, because not every form has it."""
        return _parameter(self.name, or_none(self.takes), None, required=False)

    @property
    def description(self) -> str:
        """The arguments of a `Parameter`."""
        said = [f'"{self.name}"', self.wire]
        said += [f"kinds={self.kinds!r}"] if self.kinds else []
        said += [f"{name}=True" for name in ("required", "nullable", "nonempty", "as_json") if getattr(self, name)]
        said += [f"const={self.const}"] if self.const is not None else []
        return ", ".join(said)


@frozen
class FormPlan:
    """One form of a request's body."""

    schema: str
    parameters: tuple[ParameterPlan, ...]
    fixed: tuple[tuple[str, str], ...] = ()
    """Names and values that this form always sends, as literals."""


@frozen
class UnionPlan:
    """A schema that is a union of models: it has a name for the union, and one for the union of their TypedDicts."""

    name: str
    members: tuple[str, ...]
    twins: tuple[str, ...]
    """The TypedDicts; empty if no request can contain the models."""


@frozen
class StreamPlan:
    """How an operation answers with events."""

    schema: str
    event: str
    """The type of an event's data."""
    reader: str
    tag: str | None
    end: str | None
    end_event: str | None
    error_event: str | None
    forms: tuple[FormPlan, ...] = ()


@frozen
class PagingPlan:
    """How to get the next page of a list. The names are Python literals."""

    parameter: str
    next: str | None
    items: str | None
    size: str | None
    item: str
    """The type of an item."""


@frozen
class ErrorPlan:
    """How the error body is read for a range of statuses."""

    low: int
    high: int
    reader: str
    type: str


@frozen
class OperationPlan:
    """One operation of the contract."""

    tag: str
    method: str
    """The name of its method."""
    folder: str
    """The name of the package in `api` that has its module."""
    module: str
    http_method: str
    path: str
    """The path as a literal."""
    summary: str
    """One sentence for its docstring."""
    doc: str
    idempotent: bool
    deprecated: bool
    path_parameters: tuple[ParameterPlan, ...]
    query_parameters: tuple[ParameterPlan, ...]
    header_parameters: tuple[ParameterPlan, ...]
    forms: tuple[FormPlan, ...]
    body_required: bool
    body_type: str | None
    """The type of the whole body, which only the functions of the generated client take."""
    answer: str
    """The type of the JSON answer; None for an operation that answers without a body."""
    reader: str | None
    statuses: tuple[int, ...]
    errors: tuple[ErrorPlan, ...] = ()
    stream: StreamPlan | None = None
    paging: PagingPlan | None = None

    @property
    def arguments(self) -> tuple[ParameterPlan, ...]:
        """All parameters that are not part of the body."""
        return self.path_parameters + self.query_parameters + self.header_parameters

    @property
    def event(self) -> str:
        """The type of an event's data."""
        return self.stream.event if self.stream else "Never"

    @property
    def item(self) -> str:
        """The type of a list's item."""
        return self.paging.item if self.paging else "Never"


@frozen
class MethodPlan:
    """One method of a resource, in its blocking and its async form."""

    name: str
    """The name of the blocking method; the async method has the suffix `_async`."""
    runner: str
    """The method of `Calls` that runs it: `call`, `stream` or `page`."""
    operation: OperationPlan
    returns: str
    returns_async: str
    forms: tuple[tuple[ParameterPlan, ...], ...]
    """The parameters for each form of the request."""
    doc: str = ""

    @property
    def streamed(self) -> bool:
        """Whether it returns a stream of events."""
        return self.runner == "stream"

    @property
    def everything(self) -> tuple[ParameterPlan, ...]:
        """The parameters of all forms, each once."""
        return tuple({each.name: each for form in self.forms for each in form}.values())


@frozen
class ResourcePlan:
    """The methods of one tag."""

    tag: str
    class_name: str
    doc: str
    methods: tuple[MethodPlan, ...]
