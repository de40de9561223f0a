"""Make plans of models from the generator's parse."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from . import parsed
from .code import attribute_name, beside, docstring, hides_builtin, is_identifier, is_used, literal, one_line, plain
from .document import EVENTS, Document
from .plans import FieldPlan, ModelPlan, UnionPlan, or_none
from .refusal import Refusal
from .schemas import Schemas, name_of
from .shapes import Shape, scalar_reader, shape_of

_OF_MODELS = frozenset({"to_dict", "from_dict", "additional_properties", "raw"})
"""The names of attributes that models have beside their fields; only `UnknownModel` has `raw`."""
_IMPORTED = frozenset(
    {"Any", "ClassVar", "Field", "Fields", "Literal", "Mapping", "Model", "NotRequired", "Sequence", "TypedDict"}
    | {"UNSET", "UnknownModel"}
)
"""Names that the module of a model uses, so that a model's class may not have them."""


def schemas_of(data: Any, document: Document, config: Any) -> Schemas:
    """Return the models of the generator's parse, and the names of those that a request can contain."""
    models = {name_of(each): each for each in data.models}
    written = document.prepared.get("components", {}).get("schemas", {})
    raw = {str(parsed.Class.from_string(string=name, config=config).name): schema for name, schema in written.items()}
    schemas = Schemas(models)
    found: dict[str, None] = {}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            for prop in [
                *(body.prop for body in endpoint.bodies),
                *endpoint.query_parameters,
                *endpoint.header_parameters,
            ]:
                _visit(prop, schemas, found)
    return Schemas(models, frozenset(found), raw, _unions(written, schemas, config))


def _unions(written: Mapping[str, Any], schemas: Schemas, config: Any) -> dict[frozenset[str], str]:
    """Return the Python names of schemas that are a union of models, by the names of the models."""
    names = {name: str(parsed.Class.from_string(string=name, config=config).name) for name in written}

    def members(schema: Mapping[str, Any], inside: frozenset[str] = frozenset()) -> set[str | None]:
        """Return the models that a schema allows, and None if it also allows something else."""
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        model = schemas.models.get(names.get(name, ""))
        if model is not None:
            return {None if schemas.is_map(model) else names[name]}
        if name:  # the name of another union, or of nothing, which the generator reports
            return {None} if name in inside else members(written.get(name, {}), inside | {name})
        choices = schema.get("oneOf") or schema.get("anyOf") or ()
        return set[str | None]().union(*(members(each, inside) for each in choices)) if choices else {None}

    found: dict[frozenset[str], str] = {}
    for name, schema in written.items():
        models = members(schema)
        if len(models) > 1 and None not in models:
            found.setdefault(frozenset(filter(None, models)), names[name])
    return found


def _visit(prop: Any, schemas: Schemas, found: dict[str, None]) -> None:
    """Add the models that a value can contain to `found`."""
    for model in models_in(prop):
        name = name_of(model)
        if schemas.is_map(model):
            if name not in found and schemas.model(model).additional_properties is not None:
                found[name] = None  # only during this visit, because a map may contain itself
                _visit(schemas.model(model).additional_properties, schemas, found)
                del found[name]
        elif name not in found and not schemas.unknown_tag(model):
            found[name] = None
            for each in schemas.fields(model):
                _visit(each, schemas, found)


def models_in(prop: Any) -> Iterator[Any]:
    """Yield the models that a property refers to, also within lists and unions."""
    if type(prop) is parsed.ModelProperty:
        yield prop
    elif type(prop) is parsed.ListProperty:
        yield from models_in(prop.inner_property)
    elif type(prop) is parsed.UnionProperty:
        for each in prop.inner_properties:
            yield from models_in(each)


def in_order(model: Any, schemas: Schemas) -> list[Any]:
    """Return a model's properties in the document's order; in the generator's parse the required ones come first."""
    order = {plain(key): index for index, key in enumerate(model.data.properties or {})}
    return sorted(schemas.fields(model), key=lambda each: order.get(plain(each.name), -1))


def plan_models(schemas: Schemas) -> dict[str, ModelPlan]:
    """Return the plan of each model, by class name; raises Refusal."""
    plans = {name: plan_model(model, schemas) for name, model in schemas.models.items() if name != EVENTS}
    for name, plan in plans.items():
        if plan.twin and f"{name}Dict" in plans:
            raise Refusal(f"{name}Dict", f"is the name of the TypedDict for {name}")
    return plans


def plan_unions(schemas: Schemas, enums: Iterable[str]) -> list[UnionPlan]:
    """Return the plan of each schema that is a union of models; raises Refusal if its name is already taken."""
    plans = []
    others = {*schemas.models, *enums, "Any", "TypeAlias", "TYPE_CHECKING"}
    for members, name in sorted(schemas.unions.items(), key=lambda each: each[1]):
        twins = {f"{each}Dict" for each in members if not schemas.unknown_tag(schemas.models[each])}
        in_requests = twins <= {f"{each}Dict" for each in schemas.requests}
        plans.append(UnionPlan(name, tuple(sorted(members)), tuple(sorted(twins)) if in_requests else ()))
        taken = {name, f"{name}Dict"} if in_requests else {name}
        if clash := taken & others:
            raise Refusal(clash.pop(), f"is the name of the union {name}, or of the TypedDicts for its members")
    return plans


def plan_model(model: Any, schemas: Schemas) -> ModelPlan:
    """Return the plan of one model; raises Refusal."""
    name, module = name_of(model), str(model.class_info.module_name)
    if name in _IMPORTED:
        raise Refusal(name, "generated modules use this name: give the class another name with class_overrides")
    text = one_line(model.description) or f"{name}."
    if schemas.is_map(model):
        return ModelPlan(name, module, docstring(text), alias=shape_of(model, schemas, name).reads)
    doc = docstring(text, indent="    ")
    if (tag := schemas.unknown_tag(model)) is not None:
        if not is_identifier(tag):
            raise Refusal(name, "a model for unknown objects needs a tag that is an identifier")
        return ModelPlan(name, module, doc, unknown_tag=attribute_name(tag, tag, _OF_MODELS))
    others = model.additional_properties
    if others is not None and shape_of(others, schemas, f"{name}{{}}").reader is not None:
        raise Refusal(
            name, "an object with named fields whose other fields are objects, lists or dates is not supported"
        )
    fields = [_field(prop, model, schemas) for prop in in_order(model, schemas)]
    names = [each.name for each in fields]
    for each in names:
        if names.count(each) > 1:
            raise Refusal(name, f"two fields are called {each!r} in Python")
    hidden = frozenset(filter(hides_builtin, names))
    fields = [evolve(each, reads=beside(each.reads, hidden), takes=beside(each.takes, hidden)) for each in fields]
    wires = [plain(prop.name) for prop in schemas.fields(model)]
    usual = all(is_identifier(each) and not is_used(each) for each in wires)
    return ModelPlan(name, module, doc, tuple(fields), twin=name in schemas.requests, twin_is_class=usual)


def _field(prop: Any, model: Any, schemas: Schemas) -> FieldPlan:
    name, wire = name_of(model), plain(prop.name)
    place = f"{name}.{wire}"
    shape = shape_of(prop, schemas, place)
    default = default_of(prop, shape, place)
    tag = literal(shape.const) if isinstance(shape.const, str) and (prop.required or default) else None
    doc = one_line(schemas.raw_field(name, wire).get("description") or prop.description)
    return FieldPlan(
        name=attribute_name(prop.name, str(prop.python_name), _OF_MODELS),
        wire=literal(wire),
        reads=shape.read_type if prop.required or tag is not None else or_none(shape.reads),
        takes=shape.takes,
        required=prop.required,
        nullable=shape.nullable,
        reader=shape.reader or (scalar_reader(shape.kinds) if prop.required and shape.kinds else None),
        tag=tag,
        default=tag if tag is not None else default,
        secret=_is_secret(model, prop.name),
        doc=docstring(doc, indent="    ") if doc else "",
    )


def default_of(prop: Any, shape: Shape, place: str) -> str | None:
    """Return the default that is sent for a field, as a literal, or None; raises Refusal."""
    value = getattr(prop.default, "raw_value", None)
    if value is None:
        return None
    value = value if isinstance(value, bool | int | float) else plain(value)
    if not shape.kinds or not set(shape.kinds) <= {"string", "integer", "number", "boolean"}:
        raise Refusal(place, "only a text, a number or a boolean can have a default")
    if isinstance(value, float) and not math.isfinite(value):
        raise Refusal(place, f"JSON has no {value}")
    return literal(value)


def _is_secret(model: Any, name: Any) -> bool:
    schema = (model.data.properties or {}).get(name)
    return getattr(schema, "schema_format", "") == "password" or bool(getattr(schema, "writeOnly", False))
