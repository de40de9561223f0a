"""The schemas of `openapi.yaml`, and documents that they allow, drawn by Hypothesis."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from tools.stress.documents import (
    AWKWARD_NAMES,
    DATES,
    DOCUMENT,
    PREFIX,
    SCHEMAS,
    Alternative,
    Schema,
    alternatives,
    class_name,
    component,
)

from mistral_agents_api import models

_OPERATIONS = [each for item in DOCUMENT["paths"].values() for each in item.values() if "operationId" in each]


def _named(schema: Schema) -> Iterator[str]:
    """Yield the components that a schema names and that become classes; for a union, its known members."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PREFIX)
        union = SCHEMAS[name] if SCHEMAS[name].keys() & {"anyOf", "oneOf"} else {}
        yield from _named(union)
        if not union and not name.startswith("Unknown"):
            yield name
    for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from _named(each)


def _bodies(operation: dict[str, Any], *, answers: bool) -> Iterator[str]:
    holders = operation["responses"].values() if answers else [operation.get("requestBody", {})]
    for holder in holders:
        resolved = (
            DOCUMENT["components"]["responses"][holder["$ref"].rpartition("/")[2]] if "$ref" in holder else holder
        )
        for media in resolved.get("content", {}).values():
            yield from _named(media["schema"])


def _events(frame: Schema) -> Iterator[str]:
    """Yield the components that the data of an event can be, given the schema of the event on the wire."""
    data = frame.get("properties", {}).get("data", {})
    for each in (data, *data.get("anyOf", ())):
        yield from _named(each.get("contentSchema", {}))


ANSWERS = sorted({name for each in _OPERATIONS for name in _bodies(each, answers=True)})
ANSWERS += sorted({event for name in ANSWERS for event in _events(SCHEMAS[name])})
"""Components that are a whole answer, an error body, an event as it is on the wire, or the data of an event."""
REQUESTS = sorted({name for each in _OPERATIONS for name in _bodies(each, answers=False)})
"""Components that are a whole request."""


def model_of(name: str) -> Any:
    """Return the generated class for a component."""
    return getattr(models, class_name(name))


def object_schema(name: str) -> Alternative:
    """Return the only alternative of a component that allows only objects."""
    (only,) = alternatives(component(name))
    return only


def kind_of(value: Any) -> str:
    """Return the kind of a JSON value: "object", "array", "null" or "scalar"."""
    if isinstance(value, dict):
        return "object"
    if isinstance(value, (list, tuple)):
        return "array"
    return "null" if value is None else "scalar"


def alternative_for(schema: Schema, value: Any) -> Alternative:
    """Return the alternative of a schema that a valid value fits."""
    kind = kind_of(value)
    fitting = [each for each in alternatives(schema) if each.kind in (kind, "any")]
    if kind == "object":
        fitting = [each for each in fitting if _has_tags(each, value)]
        fitting.sort(key=lambda each: not _has_its_fields(each, value))
    return fitting[0]


def _has_its_fields(alternative: Alternative, value: dict[str, Any]) -> bool:
    closed = alternative.schema.get("additionalProperties") is False
    return value.keys() >= {*alternative.required} and not (closed and value.keys() - alternative.properties)


def _has_tags(alternative: Alternative, value: dict[str, Any]) -> bool:
    return all(value.get(name, tag) == tag for name, tag in alternative.tags.items()) and not any(
        value.get(name) in known for name, known in alternative.excluded_tags.items()
    )


def parts(schema: Any) -> Iterator[Schema]:
    """Yield a schema and every schema written inside it that a value may match; references are not followed."""
    if not isinstance(schema, dict):
        return
    yield schema
    for keyword in ("items", "additionalProperties", "contentSchema"):
        yield from parts(schema.get(keyword))
    for keyword in ("allOf", "anyOf", "oneOf"):
        for member in schema.get(keyword, ()):
            yield from parts(member)
    for field in schema.get("properties", {}).values():
        yield from parts(field)


def reachable_components(*schemas: Schema) -> set[str]:
    """Return the names of all components that these schemas refer to, directly or through others."""
    found: set[str] = set()
    waiting = [*schemas]
    while waiting:
        names = {part["$ref"].removeprefix(PREFIX) for part in parts(waiting.pop()) if "$ref" in part}
        waiting += [SCHEMAS[name] for name in names - found]
        found |= names
    return found


def reachable(*names: str) -> list[str]:
    """Return the names of the given components and of all that they refer to, without those that have no fields."""
    found = reachable_components(*map(component, names))
    of_each = {name: alternatives(component(name)) for name in found}
    return sorted(name for name, all_ in of_each.items() if any(each.name == name and each.properties for each in all_))


EVERY_MODEL = reachable(*SCHEMAS)
"""The components that become models."""
KEYWORD_MODELS = [name for name in EVERY_MODEL if not object_schema(name).excluded_tags]
"""The models whose constructor takes the fields as keywords: all but `Unknown...` models."""

FEW = settings(
    max_examples=10,
    phases=set(Phase) - {Phase.explain},  # the phase "explain" traces every line, which takes most of the time
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Hypothesis settings for tests that draw documents of every model."""
LARGE = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
"""Hypothesis settings for documents that are large, or that a filter often refuses."""

JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
UNKNOWN_FIELDS = st.dictionaries(st.sampled_from(AWKWARD_NAMES) | st.text(max_size=5), JSON_VALUES, max_size=2)


def documents_of(schema: Schema) -> st.SearchStrategy[Any]:
    """Draw documents that a schema allows."""
    return _documents(schema)


@cache
def documents(name: str) -> st.SearchStrategy[Any]:
    """Draw documents that a component allows, with unknown fields if it is open, and with keys in any order."""
    return _documents(SCHEMAS[name])


def _documents(schema: Schema) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return documents(schema["$ref"].removeprefix(PREFIX))
    return st.one_of([_drawn(each) for each in alternatives(schema)])


def _drawn(alternative: Alternative) -> st.SearchStrategy[Any]:
    schema = alternative.schema
    if alternative.kind == "any":
        return JSON_VALUES
    if alternative.kind == "object":
        return _drawn_objects(alternative)
    if alternative.kind == "array":
        return st.lists(_documents(schema["items"]), min_size=schema.get("minItems", 0), max_size=3)
    return _drawn_scalars(schema)


def _drawn_scalars(schema: Schema) -> st.SearchStrategy[Any]:
    if "contentSchema" in schema:
        return _documents(schema["contentSchema"]).map(json.dumps)
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    low, high = schema.get("minimum"), schema.get("maximum")
    excluded = schema.get("not", {}).get("enum", [])
    texts = st.text(min_size=schema.get("minLength", 0), max_size=8).filter(lambda text: text not in excluded)
    if schema.get("format") in DATES:
        texts |= st.datetimes().map(lambda date: f"{date.isoformat()}Z") | st.just(DATES[schema["format"]])
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "null": st.none(),
        "boolean": st.booleans(),
        "integer": st.integers(low, high),
        "number": st.floats(low, high, allow_nan=False, allow_infinity=False),
        "string": texts,
    }
    return by_type[schema["type"]]


def _drawn_objects(alternative: Alternative) -> st.SearchStrategy[Any]:
    fields = {name: _documents(field) for name, field in alternative.properties.items()}
    required = {name: fields[name] for name in fields if name in alternative.required}
    optional = {name: fields[name] for name in fields if name not in required}
    known = st.fixed_dictionaries(required, optional=optional)
    unknown: st.SearchStrategy[dict[str, Any]] = st.just({})
    others = alternative.schema.get("additionalProperties")
    if isinstance(others, dict):
        unknown = st.dictionaries(st.text(max_size=5), _documents(others), max_size=2)
    elif others is not False:
        unknown = UNKNOWN_FIELDS.filter(lambda extra: not extra.keys() & fields.keys())
    return st.tuples(known, unknown).flatmap(
        lambda both: st.permutations([*both[0].items(), *both[1].items()]).map(dict)
    )
