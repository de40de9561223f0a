"""Draw schemas, and pairs of them that differ in one place, over every keyword that the comparison judges."""

from typing import Any

from hypothesis import strategies as st

Schema = Any

_LEAVES: list[Schema] = [
    *(
        {},
        True,
        False,
        {"const": "b"},
        {"const": None},
        {"enum": ["a", "b"]},
        {"enum": ["a", None]},
        {"enum": [1, 2.5]},
        {"enum": [[1], [1, "a"]]},
        {"enum": [{"a": 1}, {"b": "a"}]},
        {"properties": {"a": {"type": "string"}}},
        {"items": {"type": "integer"}},
        {"$ref": "#/components/schemas/Color"},
        {"$ref": "#/components/schemas/Dog"},
    ),
    *({"type": name} for name in ("string", "integer", "number", "boolean", "null", ["string", "null"])),
    *({"type": "string", **bound} for bound in ({"maxLength": 1}, {"pattern": "^a"}, {"not": {"enum": ["a"]}})),
    *({"type": "integer", **bound} for bound in ({"minimum": 1}, {"exclusiveMaximum": 2}, {"multipleOf": 2})),
    *({"type": "number", **bound} for bound in ({"exclusiveMinimum": 1}, {"maximum": 2})),
]
_NAMES = st.sampled_from(["a", "b", "xa"])
_COUNT = st.integers(0, 2)
# The keywords that are drawn for each type, several at a time: two keywords can restrict a value as neither does alone.
_FACETS: dict[str, list[str]] = {
    "string": ["minLength", "maxLength", "pattern", "enum", "not"],
    "integer": ["minimum", "maximum", "exclusiveMinimum", "multipleOf", "enum", "not", "if", "then", "else"],
    "number": ["minimum", "maximum", "exclusiveMaximum", "multipleOf", "const"],
    "array": [
        *("items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems"),
        *("unevaluatedItems", "allOf"),
    ],
    "object": [
        *("properties", "required", "additionalProperties", "patternProperties", "propertyNames"),
        *("dependentRequired", "dependentSchemas", "minProperties", "maxProperties", "unevaluatedProperties"),
        *("allOf", "anyOf", "if", "then"),
    ],
}
_UNIONS = ["anyOf", "oneOf", "allOf"]


def _facet(name: str, inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Any]:
    numbers = st.sampled_from([0, 1, 2, 2.5])
    asked = st.sampled_from([{"minimum": 1}, {"minimum": 2}, {"multipleOf": 2}, {"enum": [1, 2]}, {"type": "integer"}])
    found: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const"), numbers),
        **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains"), _COUNT),
        **dict.fromkeys(("minProperties", "maxProperties"), _COUNT),
        **dict.fromkeys(("items", "contains", "additionalProperties"), inner),
        **dict.fromkeys(("not", "if", "then", "else"), asked),
        **dict.fromkeys(("properties", "dependentSchemas"), st.dictionaries(_NAMES, inner, max_size=2)),
        **dict.fromkeys(_UNIONS, st.lists(inner, min_size=1, max_size=3)),
        "multipleOf": st.sampled_from([0.5, 1, 2, 4]),
        "pattern": st.sampled_from(["^a", "b$", ".*", "^x"]),
        "enum": st.lists(st.sampled_from(["a", "b", 1, 2, None]), min_size=1, max_size=3, unique_by=repr),
        "uniqueItems": st.booleans(),
        "prefixItems": st.lists(inner, min_size=1, max_size=2),
        "required": st.lists(_NAMES, unique=True, max_size=2),
        "patternProperties": st.dictionaries(st.sampled_from(["^x", "a$"]), inner, max_size=2),
        "propertyNames": st.sampled_from([{"pattern": "^x"}, {"maxLength": 1}, {"enum": ["a", "b"]}, {}]),
        "dependentRequired": st.dictionaries(_NAMES, st.lists(_NAMES, max_size=1), max_size=1),
        **dict.fromkeys(
            ("unevaluatedProperties", "unevaluatedItems"), st.sampled_from([False, True, {"type": "string"}])
        ),
    }
    return found[name]


def _larger(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    typed = [
        st.fixed_dictionaries({"type": st.just(kind)}, optional={name: _facet(name, inner) for name in names})
        for kind, names in _FACETS.items()
    ]
    return st.one_of(*typed, *(st.fixed_dictionaries({union: _facet(union, inner)}) for union in _UNIONS))


SCHEMAS: st.SearchStrategy[Schema] = st.recursive(st.sampled_from(_LEAVES), _larger, max_leaves=4)


@st.composite
def steps(draw: st.DrawFn) -> tuple[Schema, Schema]:
    """Draw a schema and what it becomes: something else, or the same with one keyword changed, added or taken away."""
    before = draw(SCHEMAS)
    kind = before.get("type") if isinstance(before, dict) else None
    names = [*_FACETS.get(kind, []), *_UNIONS] if isinstance(kind, str) else []
    names = names or [name for name in _UNIONS if isinstance(before, dict) and name in before]
    if not names or draw(st.integers(0, 9)) == 0:
        return before, draw(SCHEMAS)
    name = draw(st.sampled_from(names))
    rest = {key: value for key, value in before.items() if key != name}
    if name in before and draw(st.booleans()) and rest:
        return before, rest
    if name in _UNIONS and isinstance(before.get(name), list) and draw(st.booleans()):
        return before, {**rest, name: draw(st.permutations([*before[name], draw(SCHEMAS)]))}
    return before, {**rest, name: draw(_facet(name, SCHEMAS))}
