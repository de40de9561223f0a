"""Make plans of operations from the generator's endpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen
from openapi_python_client import strings
from tools.openapi.operations import Node, Operation

from .code import is_identifier, literal, plain, sentence
from .document import EVENTS, Document
from .mistakes import is_json
from .parameters import plan_forms, plan_parameters, raw_parameters
from .plans import ErrorPlan, OperationPlan, PagingPlan, StreamPlan
from .refusal import Refusal
from .schemas import Schemas
from .shapes import shape_of

_IDEMPOTENT = ("GET", "HEAD", "PUT", "DELETE")  # RFC 9110, section 9.2.2


def plan_operations(data: Any, document: Document, schemas: Schemas) -> dict[str, OperationPlan]:
    """Return the plan of each operation, by the generator's name for it; raises Refusal."""
    compiler = _Compiler.of(document, schemas)
    endpoints = {
        str(endpoint.name): endpoint
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    plans: dict[str, OperationPlan] = {}
    for operation in document.operations():
        place = operation.name
        tag, name = _names(place, operation.raw)
        module = str(strings.PythonIdentifier(f"{tag}_{name}", prefix="field_"))
        if module not in endpoints:
            raise Refusal(place, "the generator left this operation out")
        if module in plans:
            raise Refusal(place, f"two operations are called {module} in Python")
        plans[module] = compiler.plan(endpoints[module], operation)
    return plans


def _names(place: str, operation: Node) -> tuple[str, str]:
    """Return the tag and the method name of an operation; raises Refusal if its operationId does not have both."""
    tags = operation.get("tags")
    if not tags:
        raise Refusal(place, "an operation needs `tags`, a list whose first tag is the name of its group of methods")
    tag, identifier = str(tags[0]), str(operation.get("operationId", ""))
    method = identifier.removeprefix(f"{tag}_")
    if not is_identifier(tag) or method == identifier or not is_identifier(method):
        found = f"{identifier!r} for the tag {tag!r}" if identifier else "none"
        raise Refusal(place, f"operationId must be <tag>_<method>, both of them identifiers, found {found}")
    return tag, method


@frozen
class _Compiler:
    """Makes the plans of operations from the document and the generator's parse."""

    document: Document
    schemas: Schemas
    events: Mapping[str, Any]
    """The generator's property for each stream's event, by operationId."""

    @classmethod
    def of(cls, document: Document, schemas: Schemas) -> _Compiler:
        events = schemas.models.get(EVENTS)
        properties = [] if events is None else schemas.fields(events)
        return cls(document, schemas, {plain(each.name): each for each in properties})

    def plan(self, endpoint: Any, found: Operation) -> OperationPlan:
        place, operation = found.name, found.raw
        tag, method = _names(place, operation)
        success = [each for each in endpoint.responses.patterns if each.status_code.range[0] // 100 == 2]
        if not success:
            raise Refusal(place, "an operation needs a response with a status of 2xx")
        answer, reader = self._answer(place, operation, success)
        stream = self._stream(place, operation)
        forms = plan_forms(place, endpoint, self.schemas, has_stream=stream is not None)
        for_json, for_events = forms.for_json, forms.for_events
        if stream is not None and answer == "None":  # then every body asks for events
            for_json, for_events = (), for_json + for_events
        path_parameters, query_parameters, header_parameters = (
            plan_parameters(place, where, endpoint, raw_parameters(self.document, found, where), self.schemas)
            for where in ("path", "query", "header")
        )
        plan = OperationPlan(
            tag=tag,
            method=method,
            folder=str(endpoint.tags[0]),
            module=str(endpoint.name),
            http_method=literal(endpoint.method.upper()),
            path=literal(found.path),
            summary=sentence(endpoint.summary) or sentence(endpoint.description) or sentence(f"{method} of {tag}"),
            doc=plain(endpoint.description),
            idempotent=operation.get("x-idempotent", endpoint.method.upper() in _IDEMPOTENT),
            deprecated=bool(operation.get("deprecated")),
            path_parameters=path_parameters,
            query_parameters=query_parameters,
            header_parameters=header_parameters,
            forms=for_json,
            body_required=bool(self.document.resolve(operation.get("requestBody", {})).get("required")),
            body_type=forms.type,
            answer=answer,
            reader=reader,
            statuses=tuple(sorted({code for each in success for code in _range(each)})),
            errors=tuple(self._errors(place, endpoint)),
            stream=None if stream is None else evolve(stream, forms=for_events),
        )
        return evolve(plan, paging=self._paging(place, operation, plan))

    def _answer(self, place: str, operation: Node, success: Sequence[Any]) -> tuple[str, str | None]:
        """Return the type and the reader of the JSON answer, or "None" and None."""
        found: dict[str, str | None] = {}
        for each in success:
            response = self.document.resolve(operation["responses"][_status(each, operation)])
            content = response.get("content", {})
            if any(map(is_json, content)):
                shape = shape_of(each.prop, self.schemas, f"{place} answer")
                found[shape.read_type] = shape.inner_reader or ("read_scalar" if shape.kinds else "read_anything")
            elif not content:
                found["None"] = None
        if len(found) > 1:
            raise Refusal(place, f"the statuses of success have different answers: {' and '.join(found)}")
        return next(iter(found.items()), ("None", None))

    def _stream(self, place: str, operation: Node) -> StreamPlan | None:
        said = self.document.stream(place, operation)
        if said is None:
            return None
        shape = shape_of(self.events[operation["operationId"]], self.schemas, f"{place} event")
        if shape.reader is None or shape.kinds != ("object",) or shape.nullable:
            raise Refusal(place, "an event must be an object")
        return StreamPlan(
            schema=literal(said.schema),
            event=shape.reads,
            reader=shape.reader,
            tag=_optional(shape.tag),
            end=_optional(said.end),
            end_event=_optional(said.end_event),
            error_event=_optional(said.error_event),
        )

    def _errors(self, place: str, endpoint: Any) -> Iterator[ErrorPlan]:
        patterns = [(each.status_code.range, each.prop) for each in endpoint.responses.patterns]
        if endpoint.responses.default is not None:
            patterns.append(((400, 599), endpoint.responses.default.prop))
        for (low, high), prop in patterns:
            if low >= 400:
                shape = shape_of(prop, self.schemas, f"{place} {low}")
                if shape.reader is not None:
                    yield ErrorPlan(low, high, shape.reader, shape.reads)

    def _paging(self, place: str, operation: Node, plan: OperationPlan) -> PagingPlan | None:
        said = operation.get("x-paging")
        if said is None:
            return None
        if (
            not isinstance(said, Mapping)
            or not said.keys() <= {"parameter", "next", "items"}
            or "parameter" not in said
        ):
            raise Refusal(
                place,
                "x-paging must be {parameter: ...}, or {parameter: ..., next: ..., items: ...} for pages with a token",
            )
        names = {each.wire: each.name for each in plan.query_parameters}
        if literal(said["parameter"]) not in names:
            raise Refusal(
                place, f"x-paging names the query parameter {said['parameter']!r}, which the operation does not have"
            )
        fields = self._fields_of(place, plan.answer)
        items = said.get("items")
        item = _item(plan.answer if items is None else fields.get(items, ""))
        if item is None:
            raise Refusal(
                place, "x-paging needs an answer that is a list, or `items` with the name of the field that is a list"
            )
        if said.get("next") is not None and said["next"] not in fields:
            raise Refusal(
                place,
                f"x-paging names {said['next']!r} as the next page's token, a field that the answer does not have",
            )
        return PagingPlan(
            parameter=literal(said["parameter"]),
            next=_optional(said.get("next")),
            items=_optional(items),
            size='"page_size"' if '"page_size"' in names else None,
            item=item,
        )

    def _fields_of(self, place: str, answer: str) -> dict[str, str]:
        """Return the types of the fields of an answer that is a model, by their JSON names."""
        model = self.schemas.models.get(answer.removeprefix("models."))
        fields = [] if model is None else self.schemas.fields(model)
        return {plain(each.name): shape_of(each, self.schemas, place).reads for each in fields}


def _optional(value: str | None) -> str | None:
    return None if value is None else literal(value)


def _item(kind: str) -> str | None:
    return kind[len("list[") : -1] if kind.startswith("list[") else None


def _range(response: Any) -> range:
    low, high = response.status_code.range
    return range(low, high + 1)


def _status(response: Any, operation: Node) -> Any:
    low, high = response.status_code.range
    wanted = {str(low)} if low == high else {f"{low // 100}XX", f"{low // 100}xx"}
    return next(key for key in operation["responses"] if str(key) in wanted)
