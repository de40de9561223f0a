"""Make plans of an operation's keyword arguments from the generator's parameters and bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen
from tools.openapi.operations import Node, Operation, parameters

from . import parsed
from .code import attribute_name, literal, one_line, plain
from .document import Document
from .models import default_of, in_order, models_in
from .plans import FormPlan, ParameterPlan, required_first
from .refusal import Refusal
from .schemas import Schemas, name_of
from .shapes import Shape, shape_of


@frozen
class Forms:
    """The forms that the body of an operation can have."""

    for_json: tuple[FormPlan, ...] = ()
    """The forms that ask for one JSON answer."""
    for_events: tuple[FormPlan, ...] = ()
    """The forms that ask for events."""
    type: str | None = None
    """The type of the whole body."""


def plan_parameters(
    place: str, where: str, endpoint: Any, raw: Mapping[str, Node], schemas: Schemas
) -> tuple[ParameterPlan, ...]:
    """Return the parameters in "path", "query" or "header"; `raw` has them as the document does. Raises Refusal."""
    found = []
    for prop in getattr(endpoint, f"{where}_parameters"):
        name = plain(prop.name)
        written = raw.get(name, {})
        shape = shape_of(prop, schemas, f"{place} {name}")
        if "content" not in written:
            _check_style(f"{place} {name}", where, shape)
        plan = _parameter(f"{place} {name}", prop, shape, written)
        found.append(evolve(plan, as_json="content" in written, nonempty=where == "path"))
    return tuple(found)


def raw_parameters(document: Document, operation: Operation, where: str) -> dict[str, Node]:
    """Return an operation's parameters in "path", "query" or "header" (`where`), by name, as the document has them."""
    found = parameters(document.raw, operation)
    return {str(each["name"]): each for each in found if each.get("in") == where}


def _check_style(place: str, where: str, shape: Shape) -> None:
    """Refuse an object, a list of lists or objects, and a list in a path or a header."""
    if "object" in shape.kinds:
        raise Refusal(place, "an object as a parameter needs content: {application/json: ...}")
    if "array" in shape.kinds and where != "query":
        raise Refusal(place, f"a list in a {where} is not supported")
    if shape.items is not None and {"array", "object"} & {*shape.items.kinds}:
        raise Refusal(place, "a list of lists or objects as a parameter needs content: {application/json: ...}")


def _parameter(place: str, prop: Any, shape: Shape, raw: Node) -> ParameterPlan:
    return ParameterPlan(
        name=attribute_name(prop.name, str(prop.python_name)),
        wire=literal(plain(prop.name)),
        takes=shape.takes,
        required=prop.required,
        nullable=shape.nullable,
        kinds=shape.kinds,
        nonempty=prop.required and bool(raw.get("minItems") or raw.get("minLength")),
        const=None if shape.const is None else literal(shape.const),
        default=default_of(prop, shape, place),
        doc=one_line(raw.get("description") or prop.description),
    )


def plan_forms(place: str, endpoint: Any, schemas: Schemas, *, has_stream: bool) -> Forms:
    """Return the bodies of an operation; raises Refusal."""
    if not endpoint.bodies:
        return Forms()
    if len(endpoint.bodies) > 1 or str(endpoint.bodies[0].body_type) != "json":
        raise Refusal(place, "a body must be JSON; forms, files and several media types are not supported")
    members = list(_members(place, endpoint.bodies[0].prop, schemas))
    for_json: list[FormPlan] = []
    for_events: list[FormPlan] = []
    for model in members:
        name = name_of(model)
        asks_for_events = has_stream and (len(members) == 1 or name.endswith("StreamRequest"))
        (for_events if asks_for_events else for_json).append(_form(place, model, schemas, streamed=asks_for_events))
    kinds = [f"models.{form.schema} | models.{form.schema}Dict" for form in for_json + for_events]
    return Forms(tuple(for_json), tuple(for_events), " | ".join(kinds))


def _members(place: str, prop: Any, schemas: Schemas) -> Iterator[Any]:
    """Yield the models that a body can be."""
    if type(prop) is parsed.UnionProperty and any(
        type(each) is not parsed.ModelProperty for each in prop.inner_properties
    ):
        raise Refusal(place, "a body must be an object, or a union of objects")
    if type(prop) not in (parsed.ModelProperty, parsed.UnionProperty):
        raise Refusal(place, "a body must be an object, or a union of objects")
    for each in models_in(prop):
        if schemas.is_map(each):
            raise Refusal(place, "a body without named fields is not supported")
        yield schemas.model(each)


def _form(place: str, model: Any, schemas: Schemas, *, streamed: bool) -> FormPlan:
    name = name_of(model)
    fields, fixed = [], {}
    for prop in in_order(model, schemas):
        wire = plain(prop.name)
        shape = shape_of(prop, schemas, f"{place} {name}.{wire}")
        plan = _parameter(f"{place} {name}.{wire}", prop, shape, schemas.raw_field(name, wire))
        if plan.const is not None and (prop.required or (streamed and plan.const in ("True", "False"))):
            fixed[plan.wire] = plan.const
        # A field with a single value need not be passed, even if the form requires it.
        fields.append(evolve(plan, required=plan.required and plan.const is None))
    return FormPlan(name, required_first(fields), tuple(fixed.items()))
