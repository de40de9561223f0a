"""Documents that the contract allows, made from `openapi.yaml`: drawn by Hypothesis, or with every field.

A schema may allow several kinds of values. Each alternative of it is a schema for one of these kinds. At its top, an
alternative has no reference and no union.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import yaml
from hypothesis import strategies as st

from mistral_agents_api import models

Schema = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
SCHEMAS: dict[str, Schema] = DOCUMENT["components"]["schemas"]
# The components whose class has a different name.
OVERRIDES: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "generator-config.yml").read_text())["class_overrides"]
PREFIX = "#/components/schemas/"
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
# One value of each scalar type, within every bound of the contract.
SCALARS: dict[str, Any] = {"string": "text", "integer": 1, "number": 0.5, "boolean": True, "null": None}
DATES = {"date-time": "2026-01-02T03:04:05.678Z", "date": "2026-01-02"}
# Names that generated classes or Python itself use.
AWKWARD_NAMES = ["additional_properties", "_key_order", "from_dict", "to_dict", "raw", "self", "class", "type", "", "é"]


@attrs.frozen
class Alternative:
    """One alternative of a schema, with the name of its component, or "" for a schema that is written inline."""

    name: str
    schema: Schema

    @property
    def kind(self) -> str:
        """The kind of JSON value: "object", "array", "null", "scalar", or "any"."""
        if not self.schema.keys() & {"type", "const", "enum"}:
            return "any"
        stated = self.schema.get("type")
        return stated if stated in ("object", "array", "null") else "scalar"

    @property
    def properties(self) -> dict[str, Schema]:
        """The fields of an object."""
        fields: dict[str, Schema] = self.schema.get("properties", {})
        return fields

    @property
    def required(self) -> list[str]:
        """The names of the required fields."""
        names: list[str] = self.schema.get("required", [])
        return names

    @property
    def tags(self) -> dict[str, str]:
        """The fields that tell which type of object it is, with their value."""
        return {name: field["const"] for name, field in self.properties.items() if "default" in field}

    @property
    def excluded_tags(self) -> dict[str, list[str]]:
        """The tags that an unknown member of a union may not have."""
        return {name: field["not"]["enum"] for name, field in self.properties.items() if "not" in field}


def component(name: str) -> Schema:
    """Return a schema that refers to a component."""
    return {"$ref": PREFIX + name}


def class_name(name: str) -> str:
    """Return the name of the generated class for a component."""
    return OVERRIDES.get(name, {}).get("class_name", name)


def model_of(name: str) -> Any:
    """Return the generated class for a component."""
    return getattr(models, class_name(name))


def alternatives(schema: Schema, name: str = "") -> list[Alternative]:
    """Return the alternatives of a schema; `name` is the name of its component."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PREFIX)
        return alternatives(SCHEMAS[name], name)
    if members := schema.get("anyOf") or schema.get("oneOf"):
        demanded = schema.get("required", [])  # the union requires these of every member
        opened = [each for member in members for each in alternatives(member)]
        if not demanded:
            return opened
        return [Alternative(each.name, {**each.schema, "required": [*each.required, *demanded]}) for each in opened]
    if "allOf" in schema:
        bases = [base for part in schema["allOf"] for base in alternatives(part)]
        fields = {key: field for base in bases for key, field in base.properties.items()}
        required = [key for base in bases for key in base.required]
        return [Alternative(name, {"type": "object", "properties": fields, "required": required})]
    if isinstance(schema.get("type"), list):
        return [Alternative(name, {**schema, "type": kind}) for kind in schema["type"]]
    return [Alternative(name, schema)]


def object_schema(name: str) -> Alternative:
    """Return the only alternative of a component that is an object."""
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
    """Return the names of the given components, and of all that they refer to; only of components that have fields."""
    found = reachable_components(*map(component, names))
    of_each = {name: alternatives(component(name)) for name in found}
    return sorted(name for name, all_ in of_each.items() if any(each.name == name and each.properties for each in all_))


def full_document(schema: Schema) -> Any:
    """Return a document with every field; it prefers objects and lists, and a list has one item of each alternative."""
    choices = alternatives(schema)
    return _full(min(choices, key=lambda each: ["object", "array", "any", "scalar", "null"].index(each.kind)))


def _full(alternative: Alternative) -> Any:
    schema = alternative.schema
    if alternative.kind == "object":
        fields = {name: full_document(field) for name, field in alternative.properties.items()}
        if isinstance(others := schema.get("additionalProperties"), dict):
            return {**fields, "any": full_document(others)}
        return fields if fields.keys() - alternative.excluded_tags else fields | {"any": [{"thing": None}]}
    if alternative.kind == "array":
        return [_full(each) for each in alternatives(schema["items"])]
    if "contentSchema" in schema:
        return json.dumps(full_document(schema["contentSchema"]))
    if "not" in schema:
        return "unheard-of"
    return next(_scalars(schema), ["any", {"thing": None}])


def _scalars(schema: Schema) -> Iterator[Any]:
    if "const" in schema:
        yield schema["const"]
    yield from schema.get("enum", [])
    if schema.get("format") in DATES:
        yield DATES[schema["format"]]
    if "type" in schema:
        yield SCALARS[schema["type"]]


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
