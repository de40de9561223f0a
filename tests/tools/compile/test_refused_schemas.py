"""Schemas that cannot be compiled to correct code are refused; the error has their place and the reason."""

from __future__ import annotations

import pytest
from tools.compile.refusal import Refusal
from tools.compile.supported import check_supported

from compile.parts import TEXT, array, body, parameter, record, tagged
from compiling import Document, check_refusal, operation, plans, ref, small_document

BINARY = {"type": "string", "format": "binary"}


def with_field(schema: Document, **others: Document) -> Document:
    """Return a document with a schema that has one field."""
    return small_document({"Thing": record(field=schema), **others})


A, B = record(a=TEXT, x=TEXT), record(a=TEXT, y=TEXT)
NOT_A = {"type": "string", "not": {"enum": ["a"]}}
UNKNOWN = record("kind", kind=NOT_A)
CHOICES = {"A": tagged("kind", "a"), "B": tagged("kind", "b")}
CHOICE = {"oneOf": [ref("A"), ref("B")]}
MAPPED = {"propertyName": "kind"}
REFUSED: dict[str, tuple[Document, str]] = {
    "union without a tag": (
        with_field({"anyOf": [ref("A"), ref("B")]}, A=A, B=B),
        r"Thing\.field: A, B cannot be told apart: each needs a tag of its own, or a required field of its own",
    ),
    "union with a free object": (
        with_field({"anyOf": [ref("A"), {"type": "object"}]}, A=A),
        r"Thing\.field: a union of objects cannot be told apart if one of them has no named fields",
    ),
    "same tag": (
        with_field({"oneOf": [ref("A"), ref("B")]}, A=tagged("kind", "a"), B=tagged("kind", "a")),
        r"Thing\.field: A, B cannot be told apart",
    ),
    "untagged beside an unknown": (
        with_field({"anyOf": [ref("A"), ref("B"), ref("U")]}, A=A, B=B, U=UNKNOWN),
        r"Thing\.field: A, B cannot",
    ),
    "two unknown members": (
        with_field({"anyOf": [ref("A"), ref("U"), ref("V")]}, A=tagged("kind", "a"), U=UNKNOWN, V=UNKNOWN),
        r"Thing\.field: a union has two members for unknown objects",
    ),
    "lists without a tag": (
        with_field({"anyOf": [array(ref("A")), array(ref("B"))]}, A=A, B=B),
        r"Thing\.field\[\]: A, B cannot be told apart",
    ),
    "two kinds of dates": (
        with_field({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
        r"Thing\.field: a union of two kinds of dates cannot be told apart",
    ),
    "fields beside typed others": (
        small_document({"Thing": record(id=TEXT) | {"additionalProperties": ref("A")}, "A": A}),
        "Thing: an object with named fields whose other fields are objects",
    ),
    "map of itself": (
        small_document({"Tree": {"type": "object", "additionalProperties": ref("Tree")}, "T": record(t=ref("Tree"))}),
        "Tree.*contains itself",
    ),
    "two fields of one name": (
        small_document({"Thing": record(to_dict=TEXT, to_dict_=TEXT)}),
        "Thing: two fields are called 'to_dict_'",
    ),
    "name of the twin": (
        small_document(
            {"Thing": record(id=TEXT), "ThingDict": record(id=TEXT)},
            {"/x": {"post": operation("a_b", requestBody=body(ref("Thing")))}},
        ),
        "ThingDict: is the name of the TypedDict for Thing",
    ),
    "name of a base": (
        small_document({"Model": record(id=TEXT)}),
        "Model: generated modules use this name: .*class_overrides",
    ),
    "closed unknown": (
        small_document({"U": UNKNOWN | {"additionalProperties": False}, "T": record(u=ref("U"))}),
        r"U\.kind: `not` is supported only",
    ),
    "unknown with typed others": (
        small_document({"U": UNKNOWN | {"additionalProperties": {"type": "integer"}}}),
        r"U\.kind: `not` is supported only",
    ),
    "unknown without its tag": (small_document({"U": record(kind=NOT_A)}), r"U\.kind: `not` is supported only"),
    "unknown with another field": (
        small_document({"U": record("kind", kind=NOT_A, name=TEXT)}),
        r"U\.kind: `not` is supported only",
    ),
    "excluded number": (
        small_document({"U": record("kind", kind={"type": "integer", "not": {"enum": [1]}})}),
        r"U\.kind: `not` is supported only",
    ),
    "excluded constant": (
        small_document({"U": record("kind", kind={"type": "string", "not": {"const": "a"}})}),
        r"U\.kind: `not` is supported only",
    ),
    "excluded in a list": (with_field(array(NOT_A)), r"Thing\.field\[\]: `not` is supported only"),
    "excluded object": (small_document({"Thing": record(id=TEXT) | {"not": record("x")}}), "Thing: `not` is supported"),
    "excluded in a parameter": (
        small_document({}, {"/x": {"get": operation("a_b", parameters=[parameter("p", "query", NOT_A)])}}),
        "GET /x: `not` is supported only",
    ),
    "tuple": (
        with_field({"type": "array", "prefixItems": [TEXT, {"type": "integer"}]}),
        r"Thing\.field: prefixItems is not supported",
    ),
    "odd unknown tag": (
        small_document({"U": record("", **{"a b": NOT_A}) | {"required": ["a b"]}}),
        "U: a model for unknown objects needs a tag",
    ),
    "list as a constant": (
        with_field({"const": ["a"]}),
        r"Thing\.field: a constant must be a text, a number or a boolean|.*",
    ),
    "default of a date": (
        with_field({"type": "string", "format": "date-time", "default": "2026-01-02T00:00:00Z"}),
        r"Thing\.field: only a text, a number or a boolean can have a default",
    ),
    "default of a wrong kind": (
        with_field({"type": "integer", "default": "many"}),
        r"Thing: Invalid int value: many \(openapi-python-client\)$",
    ),
    "infinite default": (with_field({"type": "number", "default": float("inf")}), r"Thing\.field: JSON has no inf"),
    "binary field": (with_field(BINARY), r"Thing\.field: file data is not supported"),
    "reference to nowhere": (
        with_field(ref("Missing")),
        r"Thing\.field: \$ref '#/components/schemas/Missing' names nothing in this document$",
    ),
    "reference with a typo": (
        with_field(array(ref("Paet")), Part=record(a=TEXT)),
        r"Thing\.field\[\]: .*Is '#/components/schemas/Part' meant\?",
    ),
    "reference through a typo": (
        with_field({"$ref": "#/component/schemas/Part"}, Part=record(a=TEXT)),
        r"Thing\.field: .*Is '#/components/schemas/Part' meant\?",
    ),
    "reference out": (with_field({"$ref": "other.yaml#/a"}), r"Thing\.field: \$ref 'other\.yaml#/a' is not supported"),
    "mapping to nowhere": (
        with_field(CHOICE | {"discriminator": MAPPED | {"mapping": {"a": "#/components/schemas/Thimg"}}}, **CHOICES),
        r"Thing\.field: the mapping of the discriminator for 'a': '.*/Thimg' names nothing .*\. Is '.*/Thing' meant\?",
    ),
    "mapping to the name of nothing": (
        with_field(CHOICE | {"discriminator": MAPPED | {"mapping": {"a": "Bye"}}}, **CHOICES),
        r"Thing\.field: the mapping of the discriminator for 'a': '#/components/schemas/Bye' names nothing",
    ),
    "mapping out": (
        with_field(CHOICE | {"discriminator": MAPPED | {"mapping": {"a": "other.yaml#/A"}}}, **CHOICES),
        r"Thing\.field: the mapping of the discriminator for 'a': 'other\.yaml#/A' is not supported",
    ),
    "keyword with a typo": (
        with_field(TEXT | {"maxLenght": 3}),
        r"Thing\.field: there is no keyword 'maxLenght'\. Is 'maxLength' meant\?",
    ),
    "required field with a typo": (
        small_document({"Thing": record("nmae", name=TEXT)}),
        r"Thing: `required` names 'nmae', which is not in `properties`\. Is 'name' meant\?",
    ),
    "schemas by condition": (
        with_field(record(a=TEXT) | {"if": record(a=TEXT), "then": record(b=TEXT)}),
        r"Thing\.field: if is not supported: the compiled models would ignore its schemas",
    ),
    "properties by pattern": (
        with_field({"type": "object", "patternProperties": {"^x-": TEXT}}),
        r"Thing\.field: patternProperties is not supported",
    ),
    "unknown type": (with_field({"type": "arry"}), r"Thing\.field: there is no type 'arry'\. Is 'array' meant\?"),
    "type of another language": (
        with_field({"type": "dict"}),
        r"Thing\.field: there is no type 'dict'\. Is 'object' m",
    ),
    "list of nothing": (
        with_field({"type": ["array", "null"]}),
        r"Thing\.field: an array needs `items`, the schema of",
    ),
    "keyword of OpenAPI 3.0": (
        with_field(TEXT | {"nullable": True}),
        r"Thing\.field: nullable is a keyword of OpenAPI 3\.0: write `type: \[string, 'null'\]`",
    ),
    "keyword of OpenAPI 3.0 beside a reference": (
        with_field(ref("A") | {"nullable": True}, A=A),
        r"Thing\.field: nullable is a keyword of OpenAPI 3\.0: write `anyOf: \[\.\.\., {type: 'null'}\]`",
    ),
    "required in a field": (with_field(TEXT | {"required": True}), r"Thing\.field: `required` does not belong here"),
    "required that is no list": (
        small_document({"Thing": {"type": "object", "required": True, "properties": {"a": TEXT}}}),
        "Thing: `required` must be a list with the names of fields",
    ),
    "enum of two types": (with_field({"enum": ["a", 1]}), r"Thing\.field: an `enum` must have values, and all of"),
    "empty enum": (with_field({"enum": []}), r"Thing\.field: an `enum` must have values"),
    "properties that are a list": (
        small_document({"Thing": {"type": "object", "properties": [TEXT]}}),
        r"components\.schemas\.Thing\.properties: Input should be a valid dictionary \(openapi-python-client\)$",
    ),
    "unknown type of several": (with_field({"type": ["text", "null"]}), r"Thing\.field: there is no type 'text'$"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_by_name(name: str) -> None:
    """The error begins with the place and says what is wrong there."""
    check_refusal(*REFUSED[name])


def test_names_that_are_no_types_and_pointers_of_other_forms() -> None:
    """A field may be called `type`, in `properties` and in other keywords with names of fields (`dependentRequired`).

    A reference may be percent-encoded, or lead into a list.
    """
    listed = {"anyOf": [TEXT, {"type": "integer"}]}
    thing = record(type=TEXT, a=TEXT, b={"$ref": "#/components/schemas/A%20list/anyOf/1"})
    document = small_document({"Thing": thing | {"dependentRequired": {"type": ["a"]}}, "A list": listed})
    check_supported(document)
    with pytest.raises(Refusal, match="names nothing"):
        check_supported(small_document({"Thing": record(b={"$ref": "#/components/schemas/A/anyOf/2"}), "A": listed}))


def test_a_mapping_by_name() -> None:
    """A mapping may have names of schemas instead of references."""
    mapping = {"a": "A", "b": "#/components/schemas/B"}
    check_supported(with_field(CHOICE | {"discriminator": MAPPED | {"mapping": mapping}}, **CHOICES))


def test_keywords_as_names_and_data() -> None:
    """A field called `not` or `prefixItems`, and data with such keys, are compiled like any other field and data."""
    names = record("", **{"not": TEXT, "prefixItems": TEXT, "servers": TEXT, "properties": TEXT})
    thing = record(field={"type": "object", "default": None, "examples": [{"not": 1}]})
    compiled = plans(small_document({"Names": names, "Thing": thing, "U": UNKNOWN | {"x-more": {"not": 1}}}))
    assert [each.wire for each in compiled.models["Names"].fields] == [
        '"not"',
        '"prefixItems"',
        '"servers"',
        '"properties"',
    ]
    assert compiled.models["U"].unknown_tag == "kind"
