"""The plans that templates print: small documents become frozen data."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tools.compile.code import attribute_name, beside, docstring, literal, sentence
from tools.compile.package import Plans
from tools.compile.plans import FieldPlan, OperationPlan
from tools.compile.refusal import Refusal

from compile.operation_kinds import PAGES, REQUESTS, STREAMS
from compile.parts import NULL, TEXT, array, body, parameter, record, tagged
from compiling import Document, operation, plans, ref, small_document

DATE = {"type": "string", "format": "date-time"}
SCHEMAS = {
    "Cat": tagged("kind", "cat"),
    "Dog": tagged("kind", "dog"),
    "UnknownPet": record("kind", kind={"type": "string", "not": {"enum": ["cat", "dog"]}}),
    "ById": record("id", id=TEXT),
    "ByName": record("name", name=TEXT),
    "Free": {"type": "object"},
}
TAGGED = 'read_tagged("kind", {"cat": "Cat", "dog": "Dog"}'


def field_of(schema: Document, *, required: bool = False, sent: bool = False) -> FieldPlan:
    """Return the plan of a field with this schema; with `sent`, the field is part of a request."""
    holder = record("field" if required else "", field=schema)
    paths = {"/x": {"post": operation("things_add", requestBody=body(ref("Holder")))}} if sent else {}
    return plans(small_document({"Holder": holder, **SCHEMAS}, paths), class_overrides={}).models["Holder"].fields[0]


@pytest.mark.parametrize(
    ("schema", "reads", "reader"),
    [
        (TEXT, "str | None", None),
        ({"type": "integer"}, "int | None", None),
        ({"type": "number"}, "float | None", None),
        ({}, "Any", None),
        (DATE, "datetime.datetime | None", "read_date_time"),
        ({"type": "string", "format": "date"}, "datetime.date | None", "read_date"),
        ({"type": "string", "format": "uuid"}, "str | None", None),
        ({"const": 2}, "Literal[2] | None", None),
        ({"type": "boolean", "const": True}, "Literal[True] | None", None),
        ({"const": 0.5}, "float | None", None),
        ({"type": "string", "enum": ["a"]}, 'Literal["a"] | None', None),
        ({"type": "string", "enum": ["a", "b"]}, "models.HolderField | None", None),
        (array(TEXT), "list[str] | None", "read_items()"),
        (array(DATE), "list[datetime.datetime] | None", "read_items(read_date_time)"),
        (
            array({"oneOf": [DATE, NULL]}),
            "list[datetime.datetime | None] | None",
            "read_items(read_either(text=read_date_time, scalars=False, null=True))",
        ),
        (ref("ById"), "models.ById | None", 'read_model("ById")'),
        (array(array(ref("ById"))), "list[list[models.ById]] | None", 'read_items(read_items(read_model("ById")))'),
        (ref("Free"), "dict[str, Any] | None", "read_entries()"),
        ({"type": "object", "additionalProperties": TEXT}, "dict[str, str] | None", "read_entries()"),
        (
            {"type": "object", "additionalProperties": ref("ById")},
            *("dict[str, models.ById] | None", 'read_entries(read_model("ById"))'),
        ),
        ({"oneOf": [ref("Cat"), ref("Dog")]}, "models.Cat | models.Dog | None", f"{TAGGED})"),
        (
            {"anyOf": [{"oneOf": [ref("Cat"), ref("Dog")]}, ref("UnknownPet")]},
            *("models.Cat | models.Dog | models.UnknownPet | None", f'{TAGGED}, unknown="UnknownPet")'),
        ),
        (
            {"oneOf": [ref("Cat"), ref("Dog"), ref("ById")]},
            *("models.Cat | models.Dog | models.ById | None", f'{TAGGED}, untagged="ById")'),
        ),
        (
            {"oneOf": [ref("ById"), ref("ByName")]},
            *("models.ById | models.ByName | None", 'read_told_apart({"id": "ById", "name": "ByName"})'),
        ),
        (
            {"anyOf": [TEXT, array(TEXT), array(ref("ById"))]},
            "str | list[str] | list[models.ById] | None",
            'read_either(array=read_items(read_either(object=read_model("ById"), text=read_string)), text=read_string)',
        ),
        (
            {"anyOf": [array(ref("Cat")), array(ref("Dog"))]},
            *("list[models.Cat] | list[models.Dog] | None", f"read_items({TAGGED}))"),
        ),
        ({"anyOf": [TEXT, {"type": "integer"}, NULL]}, "str | int | None", None),
        ({"anyOf": [{}, TEXT]}, "Any", None),
    ],
)
def test_shape_of_a_field(schema: Document, reads: str, reader: str | None) -> None:
    """The plan of a field has the type that users read, and the reader that makes it."""
    plan = field_of(schema)
    assert (plan.reads, plan.reader) == (reads, reader)


@pytest.mark.parametrize(
    ("schema", "required", "parameter_text", "entry"),
    [
        (TEXT, True, "field: str", "str"),
        (TEXT, False, "field: str | None = UNSET", "NotRequired[str]"),
        ({"type": ["string", "null"]}, True, "field: str | None", "str | None"),
        ({"type": ["string", "null"]}, False, "field: str | None = UNSET", "NotRequired[str | None]"),
        ({"type": "string", "default": 'a "b"'}, False, "field: str = 'a \"b\"'", "NotRequired[str]"),
        (
            {"type": "string", "const": "a", "default": "a"},
            True,
            'field: Literal["a"] = "a"',
            'NotRequired[Literal["a"]]',
        ),
        (array(TEXT), True, "field: Sequence[str]", "Sequence[str]"),
        (ref("Free"), True, "field: Mapping[str, Any]", "Mapping[str, Any]"),
        (ref("ById"), True, "field: models.ById | models.ByIdDict", "models.ById | models.ByIdDict"),
        ({}, False, "field: Any = UNSET", "NotRequired[Any]"),
    ],
)
def test_what_a_field_accepts(schema: Document, required: bool, parameter_text: str, entry: str) -> None:  # noqa: FBT001  # a column
    """The constructor's parameter takes None for null and for a missing field, the TypedDict's entry only for null."""
    plan = field_of(schema, required=required, sent=True)
    assert (plan.parameter, plan.entry) == (parameter_text, entry)


def test_tags_defaults_and_secrets() -> None:
    """A field with a single value is a tag if it is required or has that default; passwords are secret."""
    assert (field_of({"const": "a"}, required=True).tag, field_of({"const": "a"}).tag) == ('"a"', None)
    assert field_of({"const": "a", "default": "a"}).tag == '"a"'
    assert field_of({"type": "string", "format": "password"}).secret
    assert field_of({"type": "string", "writeOnly": True}).secret
    assert not field_of(TEXT).secret
    assert field_of({"type": "integer"}, required=True).reader == "read_integer"
    assert field_of({"type": "string", "description": " Says\n what. "}).doc == '"""Says what."""'
    described_beside = field_of(ref("ById") | {"description": "Beside a reference."})
    assert described_beside.doc == '"""Beside a reference."""'


def test_models_of_requests_have_twins() -> None:
    """A model that a request can contain, at any depth, has a TypedDict; a model of answers only has none."""
    found = plans(REQUESTS).models
    assert {name for name, plan in found.items() if plan.twin} == {"New", "Start", "StartByModel"}
    assert {name for name, plan in plans(STREAMS).models.items() if plan.twin} == {"Ask", "AskStreamRequest"}
    assert {name for name, plan in plans(PAGES).models.items() if plan.twin} == set()


def test_maps_and_unknown_members_are_special_classes() -> None:
    """An object without fields is an alias of a dict; an `Unknown...` model has only its tag."""
    found = plans(small_document(SCHEMAS), class_overrides={}).models
    assert (found["Free"].alias, found["ById"].alias) == ("dict[str, Any]", None)
    assert (found["UnknownPet"].unknown_tag, found["Cat"].unknown_tag) == ("kind", None)


def operations(document: Document) -> dict[str, OperationPlan]:
    """Return the plans of a document's operations."""
    return plans(document, class_overrides={}).operations


def test_operation_of_a_request() -> None:
    """The plan says where each argument is sent, which forms the body has, and how the answer is read."""
    found = operations(REQUESTS)
    get = found["things_get"]
    assert (get.http_method, get.path, get.statuses, get.answer, get.reader) == (
        *('"GET"', '"/{id}/x/{number}"', (204,), "None", None),
    )
    assert [each.name for each in get.arguments] == [
        *("id", "number", "page", "sort", "tags", "deep", "where", "filter", "x_trace"),
    ]
    by_name = {each.name: each for each in get.arguments}
    assert by_name["id"].doc == "Identifier of the thing."
    assert (by_name["id"].description, by_name["where"].description) == (
        '"id", "id", kinds=(\'string\',), required=True, nonempty=True',
        '"where", "where", kinds=(\'object\',), as_json=True',
    )
    assert [form.schema for form in found["things_start"].forms] == ["Start", "StartByModel"]
    assert (found["things_put"].body_required, found["things_new"].body_required) == (False, True)
    assert (found["things_put"].idempotent, found["things_new"].idempotent) == (True, False)
    assert found["things_named"].summary == "Only a summary."


def test_operation_of_a_stream() -> None:
    """The plan of a stream has its own forms, the reader of its events, and its end."""
    found = operations(STREAMS)
    ask, follow = found["talks_ask"].stream, found["talks_follow"].stream
    assert ask is not None
    assert follow is not None
    assert (ask.schema, ask.event, ask.end, [form.fixed for form in ask.forms]) == (
        *('"Piece"', "models.Piece", '"[DONE]"', [(('"stream"', "True"),)]),
    )
    assert (follow.tag, follow.end_event, follow.error_event) == ('"type"', '"done"', '"failed"')
    assert found["talks_follow"].answer == "None"


def test_operation_with_pages() -> None:
    """The plan of a paged list has the parameter of the next page, and the place and type of its items."""
    found = operations(PAGES)
    counted, tokens = found["things_list"].paging, found["things_pages"].paging
    assert counted is not None
    assert tokens is not None
    assert attrs.astuple(counted) == ('"page"', None, None, '"page_size"', "models.Thing")
    assert attrs.astuple(tokens) == ('"page_token"', '"next_page_token"', '"data"', None, "models.Thing")


def test_resources_and_their_methods() -> None:
    """A tag is a class; the plan of a method says what runs it, what it returns, and its overloads."""
    (things,) = plans(REQUESTS).resources
    by_name = {each.name: each for each in things.methods}
    assert (things.tag, things.class_name, things.doc) == ("things", "Things", '"""The operations of things."""')
    assert [[each.parameter for each in form] for form in by_name["start"].forms] == [
        ["agent_id: str", "store: bool | None = UNSET"],
        ["model: str", "store: bool | None = UNSET"],
    ]
    assert [each.parameter for each in by_name["put"].everything] == [
        "name: str | None = UNSET",
        "tags: Sequence[str] | None = UNSET",
    ]
    (talks,) = plans(STREAMS).resources
    assert [(each.name, each.runner, each.returns) for each in talks.methods] == [
        ("ask", "call", "models.Answer"),
        ("ask_stream", "stream", "EventStream[models.Piece, models.Answer]"),
        ("follow_stream", "stream", "EventStream[models.Event, Any]"),
    ]
    pages = {each.tag: each for each in plans(PAGES).resources}
    assert pages["page"].class_name == "PageResource"
    assert [(each.runner, each.returns_async) for each in pages["things"].methods] == [
        ("page", "AsyncPage[models.Thing, builtins.list[models.Thing]]"),
        ("page", "AsyncPage[models.Thing, models.Page]"),
    ]


def test_parameter_means_what_it_says_in_each_operation() -> None:
    """Two operations may have a parameter of the same name, which is JSON in one and a text in the other."""
    as_json = {"name": "q", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}}
    document = small_document(
        {},
        {
            "/a": {"get": operation("things_a", parameters=[as_json])},
            "/b": {"get": operation("things_b", parameters=[parameter("q", "query", TEXT)])},
        },
    )
    found = operations(document)
    assert [found[name].query_parameters[0].as_json for name in ("things_a", "things_b")] == [True, False]


def test_plans_are_frozen() -> None:
    """A plan cannot be changed after it was made."""
    plan: Any = field_of(TEXT)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        plan.name = "other"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("a", '"a"'),
        ('say "hi"', "'say \"hi\"'"),
        ("it's", '"it\'s"'),
        ("back\\slash", '"back\\\\slash"'),
        ("a\nb", '"a\\nb"'),
        ({"a": [1, True, None]}, '{"a": [1, True, None]}'),
    ],
)
def test_literals(value: Any, code: str) -> None:
    """JSON data is written as a Python literal of the same value."""
    assert literal(value) == code
    assert eval(code) == value  # noqa: S307  # a literal made in this test


@pytest.mark.parametrize("text", ['a"', 'a"""b', "a\\", "\\N{x}", "a\n\n  b: c", '"""', '\\\\"""', " "])
def test_docstrings_keep_their_text(text: str) -> None:
    """A docstring keeps all its words, whatever quotes and backslashes it has."""
    code = docstring(text)
    assert eval(code).split() == text.split()  # noqa: S307  # a docstring made in this test


def test_names_and_sentences() -> None:
    """An attribute may have the name of a builtin; it gets an underscore if generated code uses the name."""
    names = {
        "type": "type_",
        "list": "list_",
        "class": "class_",
        "models": "models",
        "self": "self_",
        "camelCase": "camel_case",
    }
    found = [attribute_name(wire, python) for wire, python in names.items()]
    assert found == ["type", "list", "class_", "models_", "self_", "camel_case"]
    assert [sentence(" Do\n it.. "), sentence(""), sentence("Do it")] == ["Do it.", "", "Do it."]
    kind = 'list[dict[str, Literal["list", "a dict[x"]]] | datetime.date'
    assert beside(kind, frozenset({"list", "dict"})) == (
        'builtins.list[builtins.dict[str, Literal["list", "a dict[x"]]] | datetime.date'
    )


PET = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}
OPEN_PET = {"anyOf": [ref("Pet"), ref("UnknownPet")]}


def plans_with_pets(*, sent: bool, **more: Document) -> Plans:
    """Return the plans of a document with two unions of pets; with `sent`, pets are part of a request."""
    holder = record(one=ref("Pet"), some=array(ref("OpenPet")), maybe={"oneOf": [ref("Pet"), NULL]})
    paths = {"/x": {"post": operation("things_add", requestBody=body(ref("Holder")))}} if sent else {}
    schemas = {**SCHEMAS, "Pet": PET, "OpenPet": OPEN_PET, "Holder": holder, **more}
    return plans(small_document(schemas, paths), class_overrides={})


def test_a_union_of_models_has_a_name() -> None:
    """A union of models has a name, which types of fields use; so has the union of its members' TypedDicts."""
    found = plans_with_pets(sent=True)
    assert [(each.name, each.members, each.twins) for each in found.unions] == [
        ("OpenPet", ("Cat", "Dog", "UnknownPet"), ("CatDict", "DogDict")),
        ("Pet", ("Cat", "Dog"), ("CatDict", "DogDict")),
    ]
    assert [(each.reads, each.takes) for each in found.models["Holder"].fields] == [
        ("models.Pet | None", "models.Pet | models.PetDict"),
        ("list[models.OpenPet] | None", "Sequence[models.OpenPet | models.OpenPetDict]"),
        ("models.Pet | None", "models.Pet | models.PetDict"),
    ]


def test_a_union_of_models_in_answers_alone() -> None:
    """If no request contains its members, a union has no name for TypedDicts."""
    found = plans_with_pets(sent=False)
    assert [each.twins for each in found.unions] == [(), ()]
    assert found.models["Holder"].fields[0].takes == "models.Pet | Mapping[str, Any]"


def test_a_union_whose_name_is_taken() -> None:
    """The name for a union's TypedDicts must not be the name of a model."""
    with pytest.raises(Refusal, match=r"PetDict: is the name of the union Pet, or of the TypedDicts for its members"):
        plans_with_pets(sent=True, PetDict=record(x=TEXT))


def test_a_union_with_the_name_of_an_enum() -> None:
    """The name for a union's TypedDicts must not be the name of an enum."""
    with pytest.raises(Refusal, match="PetDict: is the name of the union Pet"):
        plans_with_pets(sent=True, PetDict={"type": "string", "enum": ["a", "b"]}, Other=record(x=ref("PetDict")))
