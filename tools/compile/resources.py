"""Make plans of resources from those of operations: one class for each tag, with a method for each operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from .code import beside, docstring, hides_builtin, one_line, sentence
from .document import Document
from .plans import FormPlan, MethodPlan, OperationPlan, ParameterPlan, ResourcePlan, required_first
from .refusal import Refusal

OPTIONS = {
    "retries": "when the call is sent again: a RetryConfig, or a number of retries; None means never",
    "timeout_ms": "limit of each wait for the network, in milliseconds",
    "deadline_ms": "limit of the whole call with its retries, in milliseconds",
    "server_url": "address of the service for this call",
    "http_headers": "headers of this call; they win over the client's",
    "extra_body": "more fields of the body; a field replaces the argument of the same name",
    "extra_query": "more query parameters; a parameter replaces the argument of the same name",
}
"""The options that every method takes beside the contract's arguments, with their descriptions."""
STREAM_OPTIONS = {
    "first_event_timeout_ms": "limit of the wait for the first event, in milliseconds",
    "idle_timeout_ms": "limit of the wait for each further event, in milliseconds",
}
"""The options that only streaming methods take."""
OF_THE_CLIENT = frozenset({"aclose", "beta", "clock", "close", "connections"})
"""Public names of the client that do not come from tags, so that no tag may have them."""
_METHODS_OF_THE_OVERLAY = {"agents": {"parse", "run_tools"}}
_TYPES_OF_OPTIONS = frozenset({"float", "int", "str"})
_IMPORTED = frozenset(
    {
        "Any",
        "AsyncEventStream",
        "AsyncPage",
        "EventStream",
        "Literal",
        "Mapping",
        "Page",
        "Resource",
        "Resources",
        "Sequence",
    }
    | {"RetryConfig"}
)
"""Names that the module of a resource uses, so that a resource's class may not have them."""


def plan_resources(document: Document, operations: Iterable[OperationPlan]) -> list[ResourcePlan]:
    """Return the plan of each tag's methods; raises Refusal for names that cannot be used."""
    said = {str(each.get("name")): each.get("description", "") for each in document.raw.get("tags", ())}
    by_tag: dict[str, list[MethodPlan]] = {}
    for operation in operations:
        by_tag.setdefault(operation.tag, []).extend(_methods(operation))
    resources = []
    for tag, methods in by_tag.items():
        if tag in OF_THE_CLIENT:
            raise Refusal(f"the tag {tag}", "the client has an attribute of this name")
        _check_methods(tag, methods)
        hidden = frozenset(each.name for each in methods if hides_builtin(each.name))
        doc = docstring(sentence(said.get(tag)) or f"The operations of {tag}.", indent="    ")
        resources.append(ResourcePlan(tag, _class_name(tag), doc, tuple(_beside(each, hidden) for each in methods)))
    for name in ("class_name", "tag"):
        names = [getattr(each, name).lower() for each in resources]
        for each, lower in zip(resources, names, strict=True):
            if names.count(lower) > 1:
                raise Refusal(f"the tag {each.tag}", f"two tags would be called {getattr(each, name)} in Python")
    return resources


def _class_name(tag: str) -> str:
    name = "".join(word[:1].upper() + word[1:] for word in tag.split("_"))
    return f"{name}Resource" if name in _IMPORTED else name


def _check_methods(tag: str, methods: Iterable[MethodPlan]) -> None:
    """Refuse methods and arguments whose names cannot be used."""
    taken = set(_METHODS_OF_THE_OVERLAY.get(tag, ()))
    for method in methods:
        for name in (method.name, f"{method.name}_async"):
            if name in _TYPES_OF_OPTIONS:
                raise Refusal(f"{tag}.{name}", "a method may not have this name, which annotations of every method use")
            if name in taken:
                raise Refusal(f"{tag}.{name}", "two methods have this name")
            taken.add(name)
        for form in method.forms:
            names = [each.name for each in form]
            for name in names:
                if name in OPTIONS or name in STREAM_OPTIONS:
                    raise Refusal(
                        f"{tag}.{method.name} {name}", "the argument has the name of an option of calls or streams"
                    )
                if names.count(name) > 1:
                    raise Refusal(f"{tag}.{method.name} {name}", "two arguments have this name in Python")


def _beside(method: MethodPlan, hidden: frozenset[str]) -> MethodPlan:
    """Return a method with annotations that are correct in a class whose methods have names of builtins."""
    return evolve(
        method,
        returns=beside(method.returns, hidden),
        returns_async=beside(method.returns_async, hidden),
        forms=tuple(tuple(evolve(each, takes=beside(each.takes, hidden)) for each in form) for form in method.forms),
    )


def _methods(operation: OperationPlan) -> Iterator[MethodPlan]:
    """Yield the methods of an operation: one for a JSON answer, and one for events."""
    if operation.stream is None or operation.answer != "None":
        runner, returns, returns_async = "call", operation.answer, operation.answer
        if operation.paging is not None:
            kinds = f"[{operation.paging.item}, {operation.answer}]"
            runner, returns, returns_async = "page", f"Page{kinds}", f"AsyncPage{kinds}"
        forms = _arguments(operation, operation.forms)
        yield _documented(MethodPlan(operation.method, runner, operation, returns, returns_async, forms))
    if operation.stream is not None:
        name = "stream" if operation.method == "complete" else f"{operation.method}_stream"
        kinds = f"[{operation.stream.event}, {operation.answer if operation.reader else 'Any'}]"
        forms = _arguments(operation, operation.stream.forms)
        yield _documented(
            MethodPlan(name, "stream", operation, f"EventStream{kinds}", f"AsyncEventStream{kinds}", forms)
        )


def _arguments(operation: OperationPlan, forms: Iterable[FormPlan]) -> tuple[tuple[ParameterPlan, ...], ...]:
    """Return the arguments of a method for each form of its body; required arguments come first."""
    each_form = [form.parameters for form in forms] or [()]
    if not operation.body_required:  # if no field is passed, no body is sent
        each_form = [tuple(evolve(each, required=False) for each in parameters) for parameters in each_form]
    return tuple(required_first((*operation.arguments, *parameters)) for parameters in each_form)


def _documented(method: MethodPlan) -> MethodPlan:
    operation = method.operation
    summary = f"{operation.summary.rstrip('.')}, as a stream of events." if method.streamed else operation.summary
    paragraphs = [summary]
    if operation.doc and sentence(operation.doc) != operation.summary:
        paragraphs.append(one_line(operation.doc))
    if operation.deprecated:
        paragraphs.append("The contract marks this operation as deprecated.")
    options = OPTIONS | STREAM_OPTIONS if method.streamed else OPTIONS
    described = [(each.name, each.doc) for each in method.everything] + list(options.items())
    paragraphs.append(
        "\n".join(["Args:", *(f"    {name}: {doc}" if doc else f"    {name}" for name, doc in described)])
    )
    sends = f"{operation.http_method[1:-1]} {operation.path[1:-1]}"
    paragraphs.append(f"Sends `{sends}`. Raises the errors of `mistral_agents.errors`.")
    return evolve(method, doc=docstring("\n\n".join(paragraphs), width=104, indent="        "))
