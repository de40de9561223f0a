"""Small documents that together have every kind of schema."""

from __future__ import annotations

from compile.parts import NULL, TEXT, array, body, parameter, record, tagged
from compiling import operation, ref, small_document

RECURSIVE = small_document(
    {
        "Node": record(
            name=TEXT,
            children=array(ref("Node")),
            by_name={"type": "object", "additionalProperties": ref("Node")},
            parent={"oneOf": [ref("Node"), NULL]},
            next=ref("Node"),
            row=array({"oneOf": [ref("Node"), NULL]}),
            grid=array(array(ref("Node"))),
            lists_by_name={"type": "object", "additionalProperties": array(ref("Node"))},
        ),
        "Left": record(right=ref("Right")),
        "Right": record(left=ref("Left")),
    },
    {"/n": {"post": operation("nodes_add", ref("Node"), requestBody=body(ref("Node")))}},
)

UNIONS = small_document(
    {
        "Cat": tagged("kind", "cat", lives={"type": "integer"}),
        "Dog": tagged("kind", "dog", name=TEXT),
        "UnknownPet": record("kind", kind={"type": "string", "not": {"enum": ["cat", "dog"]}}),
        "Pet": {
            "title": "Pet",
            "anyOf": [
                {
                    "oneOf": [ref("Cat"), ref("Dog")],
                    "discriminator": {
                        "propertyName": "kind",
                        "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"},
                    },
                },
                ref("UnknownPet"),
            ],
        },
        "Single": record("mode", mode={"type": "string", "enum": ["single"]}, one=TEXT),
        "Double": record("mode", mode={"type": "string", "enum": ["double"]}, two=TEXT),
        "ById": record("id", id=TEXT, note=TEXT),
        "ByName": record("name", name=TEXT, note=TEXT),
        "Plain": record(text=TEXT),
        "Box": record(
            pet=ref("Pet"),
            pets=array(ref("Pet")),
            grid=array(array(ref("Pet"))),
            cats_or_dogs={"anyOf": [array(ref("Cat")), array(ref("Dog"))]},
            single={"oneOf": [ref("Single"), ref("Double")], "title": "Enumerated"},
            told={"oneOf": [ref("ById"), ref("ByName")]},
            untagged={"oneOf": [ref("Cat"), ref("Dog"), ref("Plain")]},
            stop={"anyOf": [TEXT, array(TEXT), array(ref("Plain"))]},
            scalar={"anyOf": [TEXT, {"type": "integer"}, {"type": "boolean"}]},
            maybe={"anyOf": [array(ref("Plain")), NULL]},
            either={"anyOf": [ref("Plain"), array(ref("Plain")), TEXT, NULL]},
            strict={"anyOf": [ref("Plain"), array(ref("Plain"))]},
            mixed=array({"anyOf": [ref("Plain"), TEXT, {"type": "integer"}]}),
            mixed_or_null=array({"anyOf": [ref("Plain"), TEXT, {"type": "integer"}, NULL]}),
        ),
    },
    {"/b": {"post": operation("boxes_add", ref("Box"), requestBody=body(ref("Box")))}},
)

MAPS = small_document(
    {
        "Item": record(text=TEXT),
        "Totals": {"type": "object", "additionalProperties": {"type": "integer"}},
        "Free": {"type": "object"},
        "Closed": {"type": "object", "additionalProperties": False},
        "Maps": record(
            items={"type": "object", "additionalProperties": ref("Item")},
            totals=ref("Totals"),
            free=ref("Free"),
            closed=ref("Closed"),
            lists={"type": "object", "additionalProperties": array(ref("Item"))},
            maps={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": ref("Item")}},
            nullable={"type": "object", "additionalProperties": {"oneOf": [ref("Item"), NULL]}},
            days={"type": "object", "additionalProperties": {"type": "string", "format": "date"}},
            anything={},
        ),
    },
    {
        "/m": {
            "post": operation(
                "maps_add", {"type": "object", "additionalProperties": ref("Item")}, requestBody=body(ref("Maps"))
            )
        }
    },
)

ODD_NAMES = [
    "async",
    "lambda",
    "class",
    "from",
    "None",
    "True",
    "import",
    "to_dict",
    "from_dict",
    "additional_properties",
    "raw",
    "models",
    "self",
    "cls",
    "list",
    "dict",
    "type",
    "id",
    "str",
    "int",
    "object",
    "camelCase",
    "PascalCase",
    "kebab-case",
    "with.dot",
    "$ref",
    "é",
    "e\u0301t\u00e9",
    "\ufb01nd",
    "\uff52aise",
    "1st",
    "_private",
    "__dunder__",
    "locals",
    "datetime",
    "builtins",
    "define",
    "client",
    "body",
    "format",
    "property",
    "copy",
    "vars",
    "field",
    "fields",
    "Any",
    "state",
    "data",
    "value",
    "name",
    "read",
    "keys",
    "items",
    "mro",
]
NAMES = small_document(
    {
        "Left": record("mro l", mro=TEXT, l=TEXT),
        "Right": record("mro r", mro=TEXT, r=TEXT),
        "Either": record(side={"oneOf": [ref("Left"), ref("Right")]}),
        "Counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "Names": record("async list", **dict.fromkeys(ODD_NAMES, TEXT)),
        "Builtins": record(
            list=array(ref("Names")),
            dict=ref("Counts"),
            str=TEXT,
            int={"type": "integer"},
            type={"type": "string", "enum": ["list", "dict[str, int]"]},
            object=array(TEXT),
            bool=TEXT,
            float={"type": "number"},
        ),
    },
    {
        "/n": {"post": operation("names_list", array(ref("Builtins")), requestBody=body(ref("Names")))},
        "/m": {"post": operation("names_dict", array(ref("Names")), requestBody=body(ref("Builtins")))},
        "/t/{lambda}": {
            "get": operation(
                "names_type",
                array(TEXT),
                parameters=[
                    parameter("lambda", "path", TEXT),
                    parameter("camelCase", "query", TEXT),
                    parameter("X-Some-Header", "header", TEXT),
                    parameter("type", "query", array(TEXT)),
                    parameter("self", "query", TEXT),
                ],
            )
        },
        "/c": {"get": operation("names_camelCase", TEXT)},
    },
)

FORMATS = small_document(
    {
        "Times": record(
            "at",
            at={"type": "string", "format": "date-time"},
            day={"type": "string", "format": "date"},
            key={"type": "string", "format": "uuid"},
            address={"type": "string", "format": "uri"},
            days=array({"type": "string", "format": "date"}),
            moments=array({"oneOf": [{"type": "string", "format": "date-time"}, NULL]}),
            maybe={"anyOf": [{"type": "string", "format": "date-time"}, NULL]},
            number={"anyOf": [{"type": "string", "format": "date"}, {"type": "integer"}]},
            default_key={"type": "string", "format": "uuid", "default": "07EF8B4D-AA09-4FFA-898D-C710796AFF41"},
        ),
    },
    {
        "/t": {"post": operation("times_add", ref("Times"), requestBody=body(ref("Times")))},
        "/t/{day}": {
            "get": operation(
                "times_get",
                {"type": "string", "format": "date-time"},
                parameters=[
                    parameter("day", "path", {"type": "string", "format": "date"}),
                    parameter("since", "query", {"type": "string", "format": "date-time"}),
                ],
            )
        },
    },
)

SCALARS = small_document(
    {
        "Level": {"type": "integer", "enum": [1, 2, 3]},
        "Colour": {"type": "string", "enum": ["red", "light blue", 'say "hi"', "back\\slash"]},
        "Values": record(
            "count flag",
            count={"type": "integer"},
            flag={"type": "boolean"},
            level=ref("Level"),
            colour=ref("Colour"),
            maybe={"oneOf": [ref("Colour"), NULL]},
            always={"type": "boolean", "const": True},
            two={"type": "integer", "const": 2},
            half={"type": "number", "const": 0.5},
            quoted={"type": "string", "default": 'say "hi"'},
            slashed={"type": "string", "default": "back\\slash"},
            apostrophe={"type": "string", "default": 'it\'s "it"'},
            lines={"type": "string", "default": "a\nb\t\u2028"},
            amount={"type": "integer", "default": 3},
            ratio={"type": "number", "default": 0.25},
            off={"type": "boolean", "default": False},
            shade={"allOf": [ref("Colour")], "default": "light blue"},
            anything={},
            several={"type": ["string", "null"]},
            old={"type": "string", "deprecated": True},
            key={"type": "string", "format": "password"},
        ),
    },
    {"/v": {"post": operation("values_add", ref("Values"), requestBody=body(ref("Values")))}},
)
