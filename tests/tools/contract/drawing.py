"""Draw values close to what schemas mention: their constants, bounds, patterns, names and items.

A validator that shares no code with the comparison (jsonschema-rs) decides which of them a schema allows.
"""

from collections.abc import Iterator
from typing import Any

import attrs
import jsonschema_rs
from hypothesis import strategies as st

Schemas = tuple[Any, ...]

_IN_PLACE = ("allOf", "anyOf", "oneOf")
_BESIDE = ("not", "if", "then", "else")
_DEEPEST = 3
_ORDINARY: dict[str, st.SearchStrategy[Any]] = {
    "null": st.none(),
    "boolean": st.booleans(),
    "integer": st.sampled_from([0, 1, -1, 2, 5, 7, 8]),
    "number": st.sampled_from([0, 1, -1, 2, 0.25, 2.5, 7]),
    "string": st.sampled_from(["", "a", "b", "ab", "ba", "a\nz", "xy", "az", "aaaaaa"]),
}
# If a schema states no type, these keywords show which type it is about.
_SPEAK_OF = {
    "object": {"properties", "required", "additionalProperties", "propertyNames"},
    "array": {"items", "prefixItems", "contains"},
    "number": {"minimum", "maximum", "multipleOf"},
    "string": {"pattern", "minLength", "maxLength"},
}
# Names of fields that no schema of the tables has, so that only a rule for additional fields applies to them.
_UNHEARD_OF = st.sampled_from(["unheard", "of"])


@attrs.frozen
class Side:
    """A schema in its contract. Values are drawn for it, and its validator tells which of them it allows."""

    schema: Any
    document: dict[str, Any]

    def validator(self, *, exclusive: bool = True) -> jsonschema_rs.Draft202012Validator:
        """Return the validator. Without `exclusive`, a value may fit several members of a `oneOf`, as readers allow."""
        schema, components = self.schema, self.document["components"]
        if not exclusive:
            schema, components = (_inclusive(part) for part in (schema, components))
        return jsonschema_rs.Draft202012Validator({"allOf": [schema], "components": components})

    def opened(self, schemas: Schemas) -> list[dict[str, Any]]:
        """Return the schemas and all others that apply to the same value: references, unions, conditions."""
        found, waiting = list[dict[str, Any]](), list(schemas)
        while waiting:
            schema = waiting.pop()
            if not isinstance(schema, dict) or schema in found:
                continue
            found.append(schema)
            waiting += [part for key in _IN_PLACE for part in schema.get(key, [])]
            waiting += [schema[key] for key in _BESIDE if key in schema]
            waiting += schema.get("dependentSchemas", {}).values()
            if "$ref" in schema:
                waiting.append(self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        return found


def values(one: Side, other: Side) -> st.SearchStrategy[Any]:
    """Draw values for the first side.

    A field that only the other side describes is drawn only if the first side has a rule for additional fields.
    """
    return _values(one, other, (one.schema,), (other.schema,), 0)


def _values(one: Side, other: Side, mine: Schemas, its: Schemas, depth: int) -> st.SearchStrategy[Any]:
    here, there = one.opened(mine), other.opened(its)
    every = [*here, *there]
    kinds = dict(_ORDINARY)
    if depth < _DEEPEST:
        kinds["array"] = st.deferred(lambda: _arrays(one, other, here, there, depth))
        kinds["object"] = st.deferred(lambda: _objects(one, other, here, there, depth))
    for name, found in (("number", _numbers(every)), ("integer", _numbers(every)), ("string", _texts(every))):
        kinds[name] = st.one_of(kinds[name], *found)
    stated = {name for schema in every for name in _types(schema)}
    if not any(_types(schema) for schema in here):  # this side allows any type, whatever the other side says
        stated = set()
    listed = [value for schema in every for value in _listed(schema)]
    chosen = [kinds[name] for name in kinds if name in stated or not stated]
    return st.one_of([*chosen, *([st.sampled_from(listed)] if listed else [])] or [st.none()])


def _types(schema: dict[str, Any]) -> list[str]:
    stated = schema.get("type", [])
    named = [stated] if isinstance(stated, str) else stated
    return named or [kind for kind, keys in _SPEAK_OF.items() if schema.keys() & keys]


def _listed(schema: dict[str, Any]) -> list[Any]:
    return [*([schema["const"]] if "const" in schema else []), *schema.get("enum", [])]


def _numbers(schemas: list[dict[str, Any]]) -> Iterator[st.SearchStrategy[Any]]:
    keys = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    bounds = sorted({schema[key] for schema in schemas for key in keys if key in schema})
    if bounds:
        yield st.sampled_from([bound + step for bound in bounds for step in (-1, -0.5, 0, 0.5, 1)]).map(_whole)
    factors = sorted({schema["multipleOf"] for schema in schemas if "multipleOf" in schema})
    if factors:
        yield st.builds(lambda factor, times: _whole(factor * times), st.sampled_from(factors), st.integers(-3, 6))


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def _texts(schemas: list[dict[str, Any]]) -> Iterator[st.SearchStrategy[Any]]:
    lengths = {schema[key] for schema in schemas for key in ("minLength", "maxLength") if key in schema}
    if lengths:
        yield st.sampled_from(sorted({max(0, length + step) for length in lengths for step in (-1, 0, 1)})).map(
            "a".__mul__
        )
    patterns = [schema["pattern"] for schema in schemas if "pattern" in schema and "\\p" not in schema["pattern"]]
    if patterns:
        yield st.sampled_from(sorted({*patterns})).flatmap(st.from_regex)


def _arrays(
    one: Side, other: Side, here: list[dict[str, Any]], there: list[dict[str, Any]], depth: int
) -> st.SearchStrategy[Any]:
    inner = [_inside(side, "items", "contains", "unevaluatedItems", "prefixItems") for side in (here, there)]
    item = _values(one, other, inner[0], inner[1], depth + 1)
    sizes = [schema[key] for schema in here for key in ("minItems", "maxItems", "minContains") if key in schema]
    return st.integers(0, max([3, *sizes]) + 1).flatmap(
        lambda size: st.lists(item, min_size=min(size, 3), max_size=size + 1)
    )


def _objects(
    one: Side, other: Side, here: list[dict[str, Any]], there: list[dict[str, Any]], depth: int
) -> st.SearchStrategy[Any]:
    names = dict.fromkeys(name for schema in here for name in _names(schema))
    typed = any(schema.get("additionalProperties") not in (None, True, {}) for schema in here)
    described = {name for schema in there for name in schema.get("properties", {})}
    # If this side allows anything in fields that it does not describe, the other side may describe such a field: that
    # counts as no break. So the field is not drawn.
    names |= dict.fromkeys(name for schema in there for name in _names(schema) if typed or name not in described)
    rest = ("additionalProperties", "patternProperties", "unevaluatedProperties")
    fields = {
        name: _values(
            one,
            other,
            _field(here, name) or _inside(here, *rest),
            _field(there, name) or _inside(there, *rest),
            depth + 1,
        )
        for name in names
    }
    wanted = [name for schema in here for name in schema.get("required", [])]
    always = {name: fields[name] for name in fields if name in wanted}
    known = st.one_of(
        st.fixed_dictionaries(always, optional={name: fields[name] for name in fields if name not in always}),
        st.fixed_dictionaries({}, optional=fields),
    )
    patterns = sorted({text for schema in [*here, *there] for text in schema.get("patternProperties", {})})
    patterns += [each["pattern"] for each in one.opened(_inside(here, "propertyNames")) if "pattern" in each]
    free = st.one_of(_UNHEARD_OF, *(st.from_regex(pattern, fullmatch=False) for pattern in patterns))
    others = _values(one, other, _inside(here, *rest), _inside(there, *rest), depth + 1)
    return st.builds(lambda more, stated: {**more, **stated}, st.dictionaries(free, others, max_size=2), known)


def _names(schema: dict[str, Any]) -> Iterator[str]:
    yield from schema.get("properties", {})
    yield from schema.get("required", [])
    for name, due in schema.get("dependentRequired", {}).items():
        yield from (name, *due)
    yield from schema.get("dependentSchemas", {})
    yield from (name for name in _listed(schema.get("propertyNames", {})) if isinstance(name, str))


def _field(schemas: list[dict[str, Any]], name: str) -> Schemas:
    return tuple(schema["properties"][name] for schema in schemas if name in schema.get("properties", {}))


def _inside(schemas: list[dict[str, Any]], *keys: str) -> Schemas:
    found = [schema[key] for schema in schemas for key in keys if key in schema]
    single = [each for each in found if isinstance(each, bool) or not _is_many(each)]
    return (*single, *(inner for each in found if _is_many(each) for inner in _members(each)))


def _is_many(part: Any) -> bool:
    return isinstance(part, list) or (
        isinstance(part, dict) and all(key.startswith("^") or key.endswith("$") for key in part)
    )


def _members(part: Any) -> list[Any]:
    return part if isinstance(part, list) else list(part.values())


def _inclusive(part: Any) -> Any:
    if isinstance(part, dict):
        return {"anyOf" if key == "oneOf" else key: _inclusive(inner) for key, inner in part.items()}
    return [_inclusive(inner) for inner in part] if isinstance(part, list) else part
