"""Small documents, one for each kind of thing that the compile step knows; each becomes a package of its own."""

from __future__ import annotations

from typing import Any

from compiling import Document, operation, ref, small_document

TEXT: Document = {"type": "string"}
NULL: Document = {"type": "null"}


def array(items: Document) -> Document:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def record(required: str = "", **properties: Any) -> Document:
    """Return the schema of an object."""
    return {"type": "object", "properties": properties} | ({"required": required.split()} if required else {})


def tagged(tag: str, value: str, **properties: Any) -> Document:
    """Return the schema of an object with a tag."""
    return record(tag, **{tag: {"type": "string", "const": value, "default": value}}, **properties)


def body(schema: Document, *, required: bool = True) -> Document:
    """Return a request body of JSON."""
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def parameter(name: str, where: str, schema: Document, **parts: Any) -> Document:
    """Return a parameter; in a path it is required."""
    return {"name": name, "in": where, "required": where == "path", "schema": schema} | parts


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

ODD_NAMES = ["async", "lambda", "class", "from", "None", "True", "import", "to_dict", "from_dict", "additional_properties", "raw", "models", "self", "cls", "list", "dict", "type", "id", "str", "int", "object", "camelCase", "PascalCase", "kebab-case", "with.dot", "$ref", "é", "1st", "_private", "__dunder__", "locals", "datetime", "builtins", "define", "client", "body", "format", "property", "copy", "vars", "field", "fields", "Any", "state", "data", "value", "name", "read", "keys", "items"]
NAMES = small_document(
    {
        "Counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "Names": record("async list", **dict.fromkeys(ODD_NAMES, TEXT)),
        "Builtins": record(
            list=array(ref("Names")), dict=ref("Counts"), str=TEXT,
            int={"type": "integer"}, type={"type": "string", "enum": ["list", "dict[str, int]"]}, object=array(TEXT), bool=TEXT,
            float={"type": "number"},
        ),
    },
    {
        "/n": {"post": operation("names_list", array(ref("Builtins")), requestBody=body(ref("Names")))},
        "/m": {"post": operation("names_dict", array(ref("Names")), requestBody=body(ref("Builtins")))},
        "/t/{lambda}": {
            "get": operation(
                "names_type", array(TEXT), parameters=[
                    parameter("lambda", "path", TEXT), parameter("camelCase", "query", TEXT),
                    parameter("X-Some-Header", "header", TEXT), parameter("type", "query", array(TEXT)),
                    parameter("self", "query", TEXT),
                ]
            )
        },
        "/c": {"get": operation("names_camelCase", TEXT)},
    },
)  # fmt: skip

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
                "times_get", {"type": "string", "format": "date-time"},
                parameters=[parameter("day", "path", {"type": "string", "format": "date"}),
                            parameter("since", "query", {"type": "string", "format": "date-time"})],
            )
        },
    },
)  # fmt: skip

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

ANSWERS = small_document(
    {
        "Thing": record("id", id=TEXT),
        "Problem": record("reason", reason=TEXT),
        "Other": record("code", code={"type": "integer"}),
    },
    {
        "/one": {"get": operation("things_one", ref("Thing")), "delete": operation("things_delete")},
        "/many": {"get": operation("things_many", array(ref("Thing")))},
        "/map": {"get": operation("things_map", {"type": "object", "additionalProperties": ref("Thing")})},
        "/union": {"get": operation("things_union", {"oneOf": [ref("Thing"), ref("Problem")]})},
        "/maybe": {"get": operation("things_maybe", {"oneOf": [ref("Thing"), NULL]})},
        "/scalar": {"get": operation("things_scalar", {"type": "integer"})},
        "/text": {"get": operation("things_text", TEXT)},
        "/any": {"get": operation("things_any", {})},
        "/errors": {
            "get": operation(
                "things_errors",
                responses={
                    "2XX": {
                        "description": "ok",
                        "content": {"application/problem+json; charset=utf-8": {"schema": ref("Thing")}},
                    },
                    "404": {"description": "no", "content": {"application/json": {"schema": ref("Problem")}}},
                    "default": {"description": "no", "content": {"application/json": {"schema": ref("Other")}}},
                },
            )
        },
    },
)

REQUESTS = small_document(
    {
        "New": record("name", name=TEXT, tags=array(TEXT)),
        "Start": record("agent_id", agent_id=TEXT, store={"type": "boolean"}),
        "StartByModel": record("model", model=TEXT, store={"type": "boolean"}),
    },
    {
        "/new": {
            "post": operation("things_new", requestBody=body(ref("New"))),
            "put": operation("things_put", requestBody=body(ref("New"), required=False)),
        },
        "/start": {"post": operation("things_start", requestBody=body({"anyOf": [ref("Start"), ref("StartByModel")]}))},
        "/{id}/x/{number}": {
            "parameters": [parameter("id", "path", TEXT, description="Identifier of the thing.")],
            "get": operation(
                "things_get", parameters=[
                    parameter("number", "path", {"type": "integer"}), parameter("page", "query", {"type": "integer"}),
                    parameter("sort", "query", {"type": "string", "enum": ["up", "down"]}),
                    parameter("tags", "query", array(TEXT)), parameter("deep", "query", {"type": "boolean"}),
                    parameter("X-Trace", "header", TEXT, required=True),
                    {"name": "where", "in": "query", "content": {"application/json": {"schema": ref("New")}}},
                    {"name": "filter", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
                ],
            ),
        },
        "/named": {"get": {"operationId": "things_named", "tags": ["things"], "summary": "Only a summary", "responses": {"204": {"description": ""}}}},
    },
)  # fmt: skip


def events(event: Document, **end: str) -> Document:
    """Return a response of events."""
    frame = record("data", data={"type": "string", "contentMediaType": "application/json", "contentSchema": event})
    return {
        "text/event-stream": {
            "schema": frame,
            "x-stream": {name.replace("_", "-"): value for name, value in end.items()},
        }
    }


STREAMS = small_document(
    {
        "Ask": record("question", question=TEXT, stream={"type": "boolean", "const": False}),
        "AskStreamRequest": record("question", question=TEXT, stream={"type": "boolean", "const": True}),
        "Answer": record("text", text=TEXT),
        "Piece": record("text", text=TEXT),
        "Begun": tagged("type", "begun"),
        "Done": tagged("type", "done", text=TEXT),
        "Event": {"oneOf": [ref("Begun"), ref("Done")], "title": "Event"},
    },
    {
        "/ask": {
            "post": operation(
                "talks_ask",
                requestBody=body({"anyOf": [ref("Ask"), ref("AskStreamRequest")]}),
                responses={
                    "200": {
                        "description": "ok",
                        "content": {
                            "application/json": {"schema": ref("Answer")},
                            **events(ref("Piece"), end="[DONE]"),
                        },
                    }
                },
            )
        },
        "/follow": {
            "get": operation(
                "talks_follow",
                responses={
                    "200": {
                        "description": "ok",
                        "content": events(ref("Event"), end_event="done", error_event="failed"),
                    }
                },
            )
        },
    },
)

PAGES = small_document(
    {"Thing": record("id", id=TEXT), "Page": record("data", data=array(ref("Thing")), next_page_token=TEXT)},
    {
        "/counted": {
            "get": operation(
                "things_list", array(ref("Thing")),
                parameters=[parameter("page", "query", {"type": "integer"}), parameter("page_size", "query", {"type": "integer"})],
                **{"x-paging": {"parameter": "page"}},
            )
        },
        "/tokens": {
            "get": operation(
                "things_pages", ref("Page"), parameters=[parameter("page_token", "query", TEXT)],
                **{"x-paging": {"parameter": "page_token", "next": "next_page_token", "items": "data"}},
            )
        },
        "/page": {"get": operation("page_get", ref("Thing"))},
    },
)  # fmt: skip

KINDS = {
    "recursive": RECURSIVE,
    "unions": UNIONS,
    "maps": MAPS,
    "names": NAMES,
    "formats": FORMATS,
    "scalars": SCALARS,
    "answers": ANSWERS,
    "requests": REQUESTS,
    "streams": STREAMS,
    "pages": PAGES,
}
