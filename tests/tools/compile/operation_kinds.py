"""Small documents that together have every kind of operation."""

from __future__ import annotations

from compile.parts import NULL, TEXT, array, body, events, parameter, record, tagged
from compiling import operation, ref, small_document

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
                "things_get",
                parameters=[
                    parameter("number", "path", {"type": "integer"}),
                    parameter("page", "query", {"type": "integer"}),
                    parameter("sort", "query", {"type": "string", "enum": ["up", "down"]}),
                    parameter("tags", "query", array(TEXT)),
                    parameter("deep", "query", {"type": "boolean"}),
                    parameter("X-Trace", "header", TEXT, required=True),
                    {"name": "where", "in": "query", "content": {"application/json": {"schema": ref("New")}}},
                    {"name": "filter", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
                ],
            ),
        },
        "/named": {
            "get": {
                "operationId": "things_named",
                "tags": ["things"],
                "summary": "Only a summary",
                "responses": {"204": {"description": ""}},
            }
        },
    },
)


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
                "things_list",
                array(ref("Thing")),
                parameters=[
                    parameter("page", "query", {"type": "integer"}),
                    parameter("page_size", "query", {"type": "integer"}),
                ],
                **{"x-paging": {"parameter": "page"}},
            )
        },
        "/tokens": {
            "get": operation(
                "things_pages",
                ref("Page"),
                parameters=[parameter("page_token", "query", TEXT)],
                **{"x-paging": {"parameter": "page_token", "next": "next_page_token", "items": "data"}},
            )
        },
        "/page": {"get": operation("page_get", ref("Thing"))},
    },
)
