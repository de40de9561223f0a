"""From the generator's models to plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from openapi_python_client.parser import properties as parsed

from .code import attribute_name, beside, docstring, hides_builtin, literal, plain
from .document import EVENTS, Document
from .plans import FieldPlan, ModelPlan
from .refusal import Refusal
from .shapes import Schemas, Shape, is_closed, shape_of

# What every model has beside its fields.
_OF_MODELS = frozenset({"to_dict", "from_dict", "additional_properties", "raw"})


def schemas_of(data: Any, document: Document, config: Any) -> Schemas:
    """Return the models of the generator's parse, and which of them a request can hold."""
    models = {str(each.class_info.name): each for each in data.models}
    written = document.prepared.get("components", {}).get("schemas", {})
    raw = {str(parsed.Class.from_string(string=name, config=config).name): schema for name, schema in written.items()}
    schemas = Schemas(models)
    found: dict[str, None] = {}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            for prop in [*(body.prop for body in endpoint.bodies), *endpoint.query_parameters]:
                _visit(prop, schemas, found)
    return Schemas(models, frozenset(found), raw)


def _visit(prop: Any, schemas: Schemas, found: dict[str, None]) -> None:
    """Add the models that a value can hold."""
    for model in models_in(prop):
        name = str(model.class_info.name)
        if name in found or schemas.is_map(model) or schemas.unknown_tag(model):
            if schemas.is_map(model) and schemas.model(model).additional_properties is not None:
                _visit(schemas.model(model).additional_properties, schemas, found)
            continue
        found[name] = None
        for each in schemas.fields(model):
            _visit(each, schemas, found)


def models_in(prop: Any) -> Iterator[Any]:
    """Yield the models that a property names, inside lists and unions too."""
    if type(prop) is parsed.ModelProperty:
        yield prop
    elif type(prop) is parsed.ListProperty:
        yield from models_in(prop.inner_property)
    elif type(prop) is parsed.UnionProperty:
        for each in prop.inner_properties:
            yield from models_in(each)


def plan_models(data: Any, schemas: Schemas) -> dict[str, ModelPlan]:
    """Return the plan of each model, by class name; raises Refusal."""
    names = [name for name in schemas.models if name != EVENTS]
    return {name: plan_model(schemas.models[name], schemas) for name in names}


def plan_model(model: Any, schemas: Schemas) -> ModelPlan:
    """Return the plan of one model; raises Refusal."""
    name, module = str(model.class_info.name), str(model.class_info.module_name)
    doc = docstring(" ".join(plain(model.description).split()) or f"{name}.", indent="    ")
    if schemas.is_map(model):
        return ModelPlan(name, module, docstring(" ".join(plain(model.description).split()) or f"{name}."), alias=shape_of(model, schemas, name).reads)
    if isinstance(model.additional_properties, parsed.ModelProperty | parsed.ListProperty | parsed.UnionProperty):
        raise Refusal(name, "an object with fields of its own and typed additionalProperties is not supported")
    if tag := schemas.unknown_tag(model):
        if is_closed(model):
            raise Refusal(name, "a model for what is unknown cannot forbid fields")
        return ModelPlan(name, module, doc, unknown_tag=tag)
    fields = tuple(_fields(model, schemas, name))
    for each in fields:
        if sum(other.name == each.name for other in fields) > 1:
            raise Refusal(name, f"two fields are called {each.name!r} in Python")
    return ModelPlan(name, module, doc, _beside_builtins(fields), twin=name in schemas.requests)


def _beside_builtins(fields: Iterable[FieldPlan]) -> tuple[FieldPlan, ...]:
    from attrs import evolve

    fields = tuple(fields)
    hidden = frozenset(each.name for each in fields if hides_builtin(each.name))
    return tuple(evolve(each, reads=beside(each.reads, hidden), takes=beside(each.takes, hidden)) for each in fields)


def _fields(model: Any, schemas: Schemas, name: str) -> Iterator[FieldPlan]:
    # In the order of the document, which is the order of what is sent; the generator has the required ones first.
    order = {plain(key): index for index, key in enumerate(model.data.properties or {})}
    for prop in sorted(schemas.fields(model), key=lambda each: order.get(plain(each.name), -1)):
        wire = plain(prop.name)
        shape = shape_of(prop, schemas, f"{name}.{wire}")
        default = default_of(prop, shape, f"{name}.{wire}")
        tag = literal(shape.const) if isinstance(shape.const, str) and (prop.required or default) else None
        reader = shape.reader or ("read_scalar" if prop.required and type(prop) is parsed.IntProperty else None)
        yield FieldPlan(
            name=attribute_name(prop.name, str(prop.python_name), _OF_MODELS),
            wire=literal(wire),
            reads=f"{shape.reads} | None" if _may_be_none(shape, prop.required or tag is not None) else shape.reads,
            takes=shape.takes,
            required=prop.required,
            nullable=shape.nullable,
            reader=reader,
            tag=tag,
            default=tag if tag is not None else default,
            secret=_is_secret(model, prop.name),
            doc=_doc(schemas.raw_field(name, wire).get("description") or prop.description),
        )


def _doc(description: Any) -> str:
    text = " ".join(plain(description).split())
    return docstring(text, indent="    ") if text else ""


def _may_be_none(shape: Shape, required: bool) -> bool:
    return shape.reads not in ("Any", "None") and (shape.nullable or not required)


def default_of(prop: Any, shape: Shape, place: str) -> str | None:
    """Return what is sent for a field that is not given, as a literal, or None."""
    value = getattr(prop.default, "raw_value", None)
    if value is None:
        return None
    value = value if isinstance(value, bool | int | float) else plain(value)
    if shape.kinds and not set(shape.kinds) <= {"string", "integer", "number", "boolean"}:
        raise Refusal(place, "a default is a text, a number or a boolean")
    if not shape.kinds:
        raise Refusal(place, "a default of a date is not supported")
    return literal(value)


def _is_secret(model: Any, name: Any) -> bool:
    schema = (model.data.properties or {}).get(name)
    return schema is not None and (getattr(schema, "schema_format", "") == "password" or bool(getattr(schema, "writeOnly", False)))
