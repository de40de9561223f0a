"""From the generator's endpoints to the plans of operations and of the resources that hold their methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen
from openapi_python_client import strings
from openapi_python_client.parser import properties as parsed

from .code import attribute_name, beside, docstring, hides_builtin, is_identifier, literal, plain, sentence
from .document import EVENTS, Document
from .models import default_of, models_in
from .plans import FormPlan, MethodPlan, OperationPlan, PagingPlan, ParameterPlan, ResourcePlan, StreamPlan
from .refusal import Refusal
from .shapes import Schemas, Shape, shape_of

OPTIONS = {
    "retries": "when the call is sent again: a RetryConfig, or a number of retries; None means never",
    "timeout_ms": "limit of each wait for the network, in milliseconds",
    "deadline_ms": "limit of the whole call with its retries, in milliseconds",
    "server_url": "address of the service for this call",
    "http_headers": "headers of this call; they win over the client's",
    "extra_body": "fields of the body that the contract does not have; they win over the arguments",
    "extra_query": "query parameters that the contract does not have; they win over the arguments",
}
"""What every method takes beside the contract's arguments."""
STREAM_OPTIONS = {
    "first_event_timeout_ms": "limit of the wait for the first event, in milliseconds",
    "idle_timeout_ms": "limit of the wait for each further event, in milliseconds",
}
"""What streaming methods take besides."""
_METHOD_NAMES_TAKEN = frozenset({"parse", "run_tools"})  # the overlay adds them to the methods of `agents`


@frozen
class Compiler:
    """Everything that the plans of operations are made from."""

    document: Document
    schemas: Schemas
    events: Mapping[str, Any]
    """The generator's property of each stream's event, by operationId."""

    @classmethod
    def of(cls, document: Document, schemas: Schemas) -> Compiler:
        """Return one for a parsed document."""
        events = schemas.models.get(EVENTS)
        properties = [] if events is None else schemas.fields(events)
        return cls(document, schemas, {plain(each.name): each for each in properties})

    def plan(self, endpoint: Any, path: str, operation: Mapping[str, Any]) -> OperationPlan:
        """Return the plan of one operation; raises Refusal."""
        place = f"{endpoint.method.upper()} {path}"
        tag, method = _names(place, operation)
        success = [each for each in endpoint.responses.patterns if each.status_code.range[0] // 100 == 2]
        statuses = sorted({code for each in success for code in _range(each)})
        if not statuses:
            raise Refusal(place, "an operation needs a response with a status of 2xx")
        answer, reader = self._answer(place, operation, success)
        stream = self._stream(place, operation)
        forms, streamed, body_type = self._forms(place, endpoint, operation, has_stream=stream is not None)
        if stream is not None and answer == "None":
            forms, streamed = (), forms + streamed
        plan = OperationPlan(
            tag=tag,
            method=method,
            module=str(endpoint.name),
            http_method=literal(str(endpoint.method).upper()),
            path=literal(path),
            summary=sentence(endpoint.summary) or sentence(endpoint.description) or sentence(f"{method} of {tag}"),
            doc=plain(endpoint.description),
            idempotent=operation.get("x-idempotent", str(endpoint.method).upper() in ("GET", "HEAD", "PUT", "DELETE")),
            deprecated=bool(operation.get("deprecated")),
            path_parameters=self._parameters(place, "path", endpoint.path_parameters, operation),
            query_parameters=self._parameters(place, "query", endpoint.query_parameters, operation),
            header_parameters=self._parameters(place, "header", endpoint.header_parameters, operation),
            forms=forms,
            body_required=bool(self.document.resolve(operation.get("requestBody", {})).get("required")),
            body_type=body_type,
            answer=answer,
            reader=reader,
            statuses=tuple(statuses),
            errors=tuple(self._errors(place, endpoint)),
            stream=None if stream is None else evolve(stream, forms=streamed),
        )
        plan = evolve(plan, paging=self._paging(place, operation, plan))
        _check_names(place, plan)
        return plan

    def _answer(self, place: str, operation: Mapping[str, Any], success: Sequence[Any]) -> tuple[str, str | None]:
        """Return the type and the reader of the JSON answer."""
        found: list[Shape] = []
        for each in success:
            response = self.document.resolve(operation["responses"][_status(each, operation)])
            content = response.get("content", {})
            if others := [kind for kind in content if not _is_json(kind) and kind != "text/event-stream"]:
                raise Refusal(place, f"an answer is JSON or an event stream, not {others[0]}")
            if any(map(_is_json, content)):
                found.append(shape_of(each.prop, self.schemas, f"{place} answer"))
        if len({each.reads for each in found}) > 1:
            raise Refusal(place, "two statuses of success have different answers")
        if not found:
            return "None", None
        kind = found[0].reads
        return (f"{kind} | None" if found[0].nullable and kind != "Any" else kind), found[0].reader or "read_scalar"

    def _stream(self, place: str, operation: Mapping[str, Any]) -> StreamPlan | None:
        said = self.document.stream(place, operation)
        if said is None:
            return None
        shape = shape_of(self.events[operation["operationId"]], self.schemas, f"{place} event")
        if shape.reader is None:
            raise Refusal(place, "an event is an object")
        return StreamPlan(
            forms=(),
            schema=literal(said.schema),
            event=shape.reads,
            reader=shape.reader,
            tag=literal(shape.tag) if shape.tag else None,
            end=literal(said.end) if said.end is not None else None,
            end_event=literal(said.end_event) if said.end_event is not None else None,
            error_event=literal(said.error_event) if said.error_event is not None else None,
        )

    def _errors(self, place: str, endpoint: Any) -> Iterator[tuple[int, int, str, str]]:
        patterns = [(each.status_code.range, each.prop) for each in endpoint.responses.patterns]
        if endpoint.responses.default is not None:
            patterns.append(((400, 599), endpoint.responses.default.prop))
        for (low, high), prop in patterns:
            if low >= 400:
                shape = shape_of(prop, self.schemas, f"{place} {low}")
                if shape.reader is not None:
                    yield low, high, shape.reader, shape.reads

    def _parameters(
        self, place: str, where: str, properties: Iterable[Any], operation: Mapping[str, Any]
    ) -> tuple[ParameterPlan, ...]:
        plans = [self._parameter(f"{place} {plain(each.name)}", each) for each in properties]
        found = []
        for plan, prop in zip(plans, properties, strict=True):
            as_json = (where, plain(prop.name)) in self.document.json_parameters
            raw = self._raw_parameter(operation, where, plain(prop.name))
            doc = " ".join(str(raw.get("description") or plain(prop.description)).split())
            nonempty = where == "path"
            found.append(evolve(plan, as_json=as_json, doc=doc, nonempty=nonempty))
        return tuple(found)

    def _raw_parameter(self, operation: Mapping[str, Any], where: str, name: str) -> Mapping[str, Any]:
        for each in operation.get("parameters", ()):
            raw = self.document.resolve(each)
            if (raw.get("in"), raw.get("name")) == (where, name):
                return dict(raw)
        return {}

    def _parameter(self, place: str, prop: Any, raw: Mapping[str, Any] | None = None) -> ParameterPlan:
        shape = shape_of(prop, self.schemas, place)
        default = default_of(prop, shape, place)
        raw = raw or {}
        return ParameterPlan(
            name=attribute_name(prop.name, str(prop.python_name)),
            wire=literal(plain(prop.name)),
            takes=shape.takes,
            required=prop.required,
            nullable=shape.nullable,
            kinds=shape.kinds,
            nonempty=prop.required and bool(raw.get("minItems") or raw.get("minLength")),
            const=None if shape.const is None else literal(shape.const),
            default=default,
            doc=" ".join(str(raw.get("description") or plain(prop.description)).split()),
        )

    def _forms(
        self, place: str, endpoint: Any, operation: Mapping[str, Any], *, has_stream: bool
    ) -> tuple[tuple[FormPlan, ...], tuple[FormPlan, ...], str | None]:
        """Return the bodies that ask for JSON, those that ask for events, and the type of the whole body."""
        if not endpoint.bodies:
            return (), (), None
        if len(endpoint.bodies) > 1 or str(endpoint.bodies[0].body_type) != "json":
            raise Refusal(place, "a body is JSON; forms, files and several media types are not supported")
        prop = endpoint.bodies[0].prop
        members = list(models_in(prop)) if type(prop) in (parsed.ModelProperty, parsed.UnionProperty) else []
        others = [each for each in getattr(prop, "inner_properties", ()) if type(each) is not parsed.ModelProperty]
        if not members or others:
            raise Refusal(place, "a body is an object, or a union of objects")
        forms, streamed = [], []
        for each in members:
            if self.schemas.is_map(each):
                raise Refusal(place, "a body without fields of its own is not supported")
            name = str(each.class_info.name)
            asks_for_events = has_stream and (len(members) == 1 or name.endswith("StreamRequest"))
            (streamed if asks_for_events else forms).append(self._form(place, each, name, streamed=asks_for_events))
        kinds = [f"models.{form.schema} | models.{form.schema}Dict" for form in forms + streamed]
        return tuple(forms), tuple(streamed), " | ".join(kinds)

    def _form(self, place: str, model: Any, name: str, *, streamed: bool) -> FormPlan:
        model = self.schemas.model(model)
        order = {plain(key): index for index, key in enumerate(model.data.properties or {})}
        parameters = []
        for prop in sorted(self.schemas.fields(model), key=lambda each: order.get(plain(each.name), -1)):
            raw = self.schemas.raw_field(name, plain(prop.name))
            parameters.append(self._parameter(f"{place} {name}.{plain(prop.name)}", prop, raw))
        fixed = [(each.wire, each.const) for each in parameters if streamed and each.const in ("True", "False")]
        consts = {each.wire for each in parameters if each.const is not None}
        # A field with one value need not be given, although the form requires it.
        parameters = [evolve(each, required=each.required and each.wire not in consts) for each in parameters]
        parameters.sort(key=lambda each: not (each.required and each.default is None))
        needed = [(each.wire, each.const) for each in parameters if each.const is not None and _required(model, each)]
        return FormPlan(name, name, tuple(parameters), tuple(dict([*fixed, *needed]).items()))

    def _paging(self, place: str, operation: Mapping[str, Any], plan: OperationPlan) -> PagingPlan | None:
        said = operation.get("x-paging")
        if said is None:
            return None
        if not isinstance(said, Mapping) or not said.keys() <= {"parameter", "next", "items"} or "parameter" not in said:
            raise Refusal(place, "x-paging takes parameter, and for pages with a token next and items")
        names = {each.wire: each.name for each in plan.query_parameters}
        if literal(said["parameter"]) not in names:
            raise Refusal(place, f"x-paging names the query parameter {said['parameter']!r}, which the operation lacks")
        item = _item(plan.answer) if said.get("items") is None else self._item_of_page(place, plan.answer, said["items"])
        if item is None:
            raise Refusal(place, "x-paging needs an answer that is a list, or items that names the field with the list")
        size = '"page_size"' if '"page_size"' in names else None
        following = None if said.get("next") is None else literal(said["next"])
        items = None if said.get("items") is None else literal(said["items"])
        return PagingPlan(literal(said["parameter"]), following, items, size, item)

    def _item_of_page(self, place: str, answer: str, name: str) -> str | None:
        model = self.schemas.models.get(answer.removeprefix("models."))
        for prop in self.schemas.fields(model) if model is not None else ():
            if plain(prop.name) == name:
                return _item(shape_of(prop, self.schemas, place).reads)
        return None


def _required(model: Any, parameter: ParameterPlan) -> bool:
    return any(literal(plain(each.name)) == parameter.wire for each in model.required_properties or ())


def _item(kind: str) -> str | None:
    return kind[len("list[") : -1] if kind.startswith("list[") else None


def _is_json(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _range(response: Any) -> range:
    low, high = response.status_code.range
    return range(low, high + 1)


def _status(response: Any, operation: Mapping[str, Any]) -> Any:
    low, high = response.status_code.range
    wanted = {str(low)} if low == high else {f"{low // 100}XX", f"{low // 100}xx"}
    return next(key for key in operation["responses"] if str(key) in wanted)


def _names(place: str, operation: Mapping[str, Any]) -> tuple[str, str]:
    """Return tag and method of an operation; raises Refusal if its operationId does not say them."""
    tags = operation.get("tags") or ["default"]
    tag, identifier = str(tags[0]), str(operation.get("operationId", ""))
    method = identifier.removeprefix(f"{tag}_")
    if not is_identifier(tag) or method == identifier or not is_identifier(method):
        raise Refusal(place, f"operationId must be <tag>_<method>, both of them identifiers, not {tag!r} and {identifier!r}")
    return tag, method


def _check_names(place: str, plan: OperationPlan) -> None:
    """Refuse arguments that could not be given by keyword."""
    for forms in (plan.forms, plan.stream.forms if plan.stream else ()):
        for form in forms or (FormPlan("", "", ()),):
            names = [each.name for each in (*plan.arguments, *form.parameters)]
            for name in names:
                if name in OPTIONS or name in STREAM_OPTIONS:
                    raise Refusal(f"{place} {name}", "is called like an option of every call")
                if names.count(name) > 1:
                    raise Refusal(f"{place} {name}", "two arguments have this name in Python")


def plan_operations(data: Any, document: Document, schemas: Schemas) -> dict[str, OperationPlan]:
    """Return the plan of each operation, by the generator's name for it; raises Refusal."""
    compiler = Compiler.of(document, schemas)
    endpoints = {
        str(endpoint.name): endpoint
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    plans = {}
    for path, method, operation in document.operations():
        tag, name = _names(f"{method.upper()} {path}", operation)
        endpoint = endpoints.get(str(strings.PythonIdentifier(f"{tag}_{name}", prefix="field_")))
        if endpoint is None:
            raise Refusal(f"{method.upper()} {path}", "the generator left this operation out")
        plans[str(endpoint.name)] = compiler.plan(endpoint, path, operation)
    return plans


def plan_resources(document: Document, operations: Iterable[OperationPlan]) -> list[ResourcePlan]:
    """Return the plan of each tag's methods; raises Refusal where two have the same name."""
    said = {str(each.get("name")): str(each.get("description", "")) for each in document.raw.get("tags", ())}
    by_tag: dict[str, list[MethodPlan]] = {}
    for operation in operations:
        by_tag.setdefault(operation.tag, []).extend(_methods(operation))
    resources = []
    for tag, methods in by_tag.items():
        names = [name for each in methods for name in (each.name, f"{each.name}_async")]
        for name in names:
            if names.count(name) > 1 or (tag == "agents" and name in _METHOD_NAMES_TAKEN):
                raise Refusal(f"{tag}.{name}", "two methods have this name")
        hidden = frozenset(each for each in names if hides_builtin(each))
        resources.append(
            ResourcePlan(
                tag=tag,
                class_name="".join(word.capitalize() for word in tag.split("_")),
                doc=docstring(sentence(said.get(tag) or f"The operations of {tag}"), indent="    "),
                methods=tuple(_beside(each, hidden) for each in methods),
            )
        )
    return resources


def _beside(method: MethodPlan, hidden: frozenset[str]) -> MethodPlan:
    if not hidden:
        return method
    forms = tuple(tuple(evolve(p, takes=beside(p.takes, hidden)) for p in form) for form in method.forms)
    return evolve(
        method,
        returns=beside(method.returns, hidden),
        returns_async=beside(method.returns_async, hidden),
        forms=forms,
    )


def _methods(operation: OperationPlan) -> Iterator[MethodPlan]:
    """Yield the methods of an operation: one that answers with JSON, one that answers with events."""
    if operation.stream is None or operation.answer != "None":
        runner, returns, returns_async = "call", operation.answer, operation.answer
        if operation.paging is not None:
            kinds = f"[{operation.paging.item}, {operation.answer}]"
            runner, returns, returns_async = "page", f"Page{kinds}", f"AsyncPage{kinds}"
        yield _method(operation, operation.method, runner, operation.forms, (returns, returns_async), streamed=False)
    if operation.stream is not None:
        name = "stream" if operation.method == "complete" else f"{operation.method}_stream"
        kinds = f"[{operation.stream.event}, {operation.answer}]"
        types = (f"EventStream{kinds}", f"AsyncEventStream{kinds}")
        yield _method(operation, name, "stream", operation.stream.forms, types, streamed=True)


def _method(
    operation: OperationPlan,
    name: str,
    runner: str,
    forms: Sequence[FormPlan],
    types: tuple[str, str],
    *,
    streamed: bool,
) -> MethodPlan:
    arguments = operation.arguments
    parameters = [
        tuple(sorted((*arguments, *form.parameters), key=lambda each: not (each.required and each.default is None)))
        for form in forms
    ] or [tuple(sorted(arguments, key=lambda each: not (each.required and each.default is None)))]
    method = MethodPlan(name, runner, operation, *types, forms=tuple(parameters), doc="", streamed=streamed)
    return evolve(method, doc=_method_doc(method))


def _method_doc(method: MethodPlan) -> str:
    operation = method.operation
    summary = operation.summary
    if method.streamed:
        summary = f"{summary.rstrip('.')}, as a stream of events."
    lines = [summary, ""]
    if operation.doc and sentence(operation.doc) != operation.summary:
        lines += [" ".join(operation.doc.split()), ""]
    if operation.deprecated:
        lines += ["The contract marks this operation as deprecated.", ""]
    lines.append("Args:")
    options = OPTIONS | STREAM_OPTIONS if method.streamed else OPTIONS
    described = [(each.name, each.doc) for each in method.everything] + list(options.items())
    lines += [f"    {name}: {doc}" if doc else f"    {name}" for name, doc in described]
    lines += ["", f"Sends `{operation.http_method.strip(chr(34))} {operation.path.strip(chr(34))}`. Raises the errors of `mistral_agents.errors`."]
    return docstring("\n".join(lines), width=104, indent="        ")
